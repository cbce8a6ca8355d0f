"""The review half-way through a placement."""

from django.urls import URLPattern, path

from evaluation.half_way import views

HERE = "placements/<int:pk>/half-way"

urlpatterns: list[URLPattern] = [
    path("half-way-reviews/", views.HalfWayList.as_view(), name="half_way_reviews"),
    path(f"{HERE}/", views.detail, name="half_way"),
    path(f"{HERE}/decide/", views.decide, name="half_way_decide"),
    path(f"{HERE}/take-back/", views.take_back, name="half_way_take_back"),
    path(f"{HERE}/<slug:side>/", views.view, name="half_way_view"),
]
