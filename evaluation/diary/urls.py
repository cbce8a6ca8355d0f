"""The diary of outreach days."""

from django.urls import URLPattern, path

from evaluation.diary import views

urlpatterns: list[URLPattern] = [
    path("diary/", views.diary, name="diary"),
    path("diary/add/", views.visit_choose, name="visit_choose"),
    path("diary/days/<int:pk>/", views.visit_day, name="visit_day"),
    path("diary/entries/<int:pk>/", views.entry, name="entry"),
    path("diary/entries/<int:pk>/correct/", views.entry_correct, name="entry_correct"),
    path("placements/<int:pk>/diary/add/", views.visit_add, name="visit_add"),
]
