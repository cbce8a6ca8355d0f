"""The authority's priorities."""

from django.urls import URLPattern, path

from placements.views.coordinator import priorities

urlpatterns: list[URLPattern] = [
    path("priorities/", priorities.Priorities.as_view(), name="priorities"),
    path("priorities/add/", priorities.save, name="priority_add"),
    path("priorities/<int:pk>/", priorities.priority, name="priority"),
    path("priorities/<int:pk>/change/", priorities.save, name="priority_change"),
    path("priorities/<int:pk>/retire/", priorities.retire, name="priority_retire"),
    path("priorities/<int:pk>/bring-back/", priorities.bring_back, name="priority_bring_back"),
    path("priorities/<int:pk>/remove/", priorities.remove, name="priority_remove"),
    path("placements/<int:pk>/priorities/", priorities.of_placement, name="placement_priorities"),
]
