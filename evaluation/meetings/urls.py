"""Review meetings and what was agreed there."""

from django.urls import URLPattern, path

from evaluation.meetings import views

urlpatterns: list[URLPattern] = [
    path("placements/<int:pk>/meetings/", views.meetings, name="meetings"),
    path("placements/<int:pk>/meetings/record/", views.record, name="meeting_record"),
    path("meetings/<int:pk>/change/", views.change, name="meeting_change"),
    path("meetings/<int:pk>/action/", views.add_action, name="meeting_action"),
    path("meeting-actions/<int:pk>/done/", views.tick, name="action_done"),
    path("meeting-actions/<int:pk>/open/", views.untick, name="action_open"),
    path("meeting-actions/<int:pk>/remove/", views.drop, name="action_remove"),
]
