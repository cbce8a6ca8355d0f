"""A placement's diary with the ways on to its reviews and its summary."""

from django.urls import URLPattern, path

from evaluation.overview import views

urlpatterns: list[URLPattern] = [
    path("placements/<int:pk>/diary/", views.placement_diary, name="placement_diary"),
]
