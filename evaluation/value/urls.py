"""Value for money: the pages."""

from django.urls import URLPattern, path

from evaluation.value import views

urlpatterns: list[URLPattern] = [
    path("value-for-money/", views.value, name="value"),
    path("placements/<int:pk>/cost/", views.placement_cost, name="placement_cost"),
    path("placements/<int:pk>/cost/remove/", views.placement_cost_remove, name="placement_cost_remove"),
]
