"""The week of visits."""

from django.urls import URLPattern, path

from placements.week import views

urlpatterns: list[URLPattern] = [
    path("week/", views.week, name="week"),
    path("week/term/", views.term, name="week_term"),
]
