"""Inductions: the pages."""

from django.urls import URLPattern, path

from staff.inductions import views

ONE = "asts/<int:pk>/induction/"
MEETING = "inductions/meetings/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("inductions/", views.InductionList.as_view(), name="inductions"),
    path(ONE, views.induction, name="induction"),
    path(f"{ONE}steps/", views.induction_tick, name="induction_tick"),
    path("inductions/steps/<int:pk>/back/", views.induction_back, name="induction_back"),
    path(f"{ONE}meeting/", views.meeting_add, name="induction_meeting_add"),
    path(f"{MEETING}change/", views.meeting_change, name="induction_meeting_change"),
    path(f"{MEETING}remove/", views.meeting_remove, name="induction_meeting_remove"),
]
