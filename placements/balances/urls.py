"""ASTs' years."""

from django.urls import URLPattern, path

from placements.balances import views

urlpatterns: list[URLPattern] = [
    path("asts/<int:pk>/year/", views.balance, name="balance"),
    path("asts/<int:pk>/year/<slug:slug>/move/", views.move_days, name="move_days"),
    path("asts/alerts/", views.time_alerts, name="time_alerts"),
    path("placements/<int:pk>/use/", views.placement_use, name="placement_use"),
]
