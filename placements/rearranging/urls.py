"""Days moved or called off together."""

from django.urls import URLPattern, path

from placements.rearranging import views

urlpatterns: list[URLPattern] = [
    path("placements/<int:pk>/days/move/", views.days_move, name="days_move"),
    path("placements/<int:pk>/days/cancel/", views.days_cancel, name="days_cancel"),
]
