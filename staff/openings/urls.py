"""Posts that schools want to open: the pages."""

from django.urls import URLPattern, path

from staff.openings import views

urlpatterns: list[URLPattern] = [
    path("posts-to-fill/", views.OpeningList.as_view(), name="openings"),
    path("posts-to-fill/add/", views.opening_add, name="opening_add"),
    path("posts-to-fill/talk/", views.talk_offer, name="talk_offer"),
    path("posts-to-fill/talk/back/", views.talk_back, name="talk_back"),
    path("posts-to-fill/<int:pk>/", views.opening, name="opening"),
    path("posts-to-fill/<int:pk>/change/", views.opening_change, name="opening_change"),
    path("posts-to-fill/<int:pk>/discuss/", views.opening_discuss, name="opening_discuss"),
    path("posts-to-fill/<int:pk>/introduce/", views.opening_introduce, name="opening_introduce"),
    path("posts-to-fill/<int:pk>/decide/", views.opening_decide, name="opening_decide"),
    path("posts-to-fill/<int:pk>/advertise/", views.opening_advertise, name="opening_advertise"),
    path("posts-to-fill/<int:pk>/close/", views.opening_close, name="opening_close"),
    path("posts-to-fill/<int:pk>/correct/", views.opening_correct, name="opening_correct"),
]
