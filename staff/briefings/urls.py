"""Briefing sessions: the pages."""

from django.urls import URLPattern, path

from staff.briefings import views

urlpatterns: list[URLPattern] = [
    path("briefings/", views.BriefingList.as_view(), name="briefings"),
    path("briefings/add/", views.briefing_add, name="briefing_add"),
    path("briefings/<int:pk>/", views.briefing, name="briefing"),
    path("briefings/<int:pk>/change/", views.briefing_change, name="briefing_change"),
    path("briefings/<int:pk>/cancel/", views.briefing_cancel, name="briefing_cancel"),
    path("briefings/<int:pk>/book/", views.briefing_book, name="briefing_book"),
    path("briefing-places/<int:pk>/give-back/", views.booking_cancel, name="booking_cancel"),
]
