"""The year in one look."""

from django.urls import URLPattern, path

from evaluation.year_view import views

urlpatterns: list[URLPattern] = [
    path("year/", views.year_view, name="year_view"),
]
