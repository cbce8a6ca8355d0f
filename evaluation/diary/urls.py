"""The diary of outreach days."""

from django.urls import URLPattern, path

from evaluation.diary import views

urlpatterns: list[URLPattern] = [
    path("diary/", views.diary, name="diary"),
    path("diary/add/", views.write_up_choose, name="write_up_choose"),
    path("diary/days/<int:pk>/", views.write_up_day, name="write_up_day"),
    path("diary/entries/<int:pk>/", views.entry, name="entry"),
    path("diary/entries/<int:pk>/correct/", views.entry_correct, name="entry_correct"),
    path("placements/<int:pk>/diary/add/", views.write_up, name="write_up"),
]
