"""How the days of a year are spread."""

from django.urls import URLPattern, path

from placements.deployment import views

urlpatterns: list[URLPattern] = [
    path("deployment/", views.deployment, name="deployment"),
]
