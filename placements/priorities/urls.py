"""The authority's priorities."""

from django.urls import URLPattern, path

from placements.priorities import views

urlpatterns: list[URLPattern] = [
    path("priorities/", views.Priorities.as_view(), name="priorities"),
    path("priorities/add/", views.save, name="priority_add"),
    path("priorities/<int:pk>/", views.priority, name="priority"),
    path("priorities/<int:pk>/change/", views.save, name="priority_change"),
    path("priorities/<int:pk>/retire/", views.retire, name="priority_retire"),
    path("priorities/<int:pk>/bring-back/", views.bring_back, name="priority_bring_back"),
    path("priorities/<int:pk>/remove/", views.remove, name="priority_remove"),
]
