"""Lists of placements, and the page of one."""

from django.urls import URLPattern, path

from placements.overview import views

urlpatterns: list[URLPattern] = [
    path("placements/", views.PlacementList.as_view(), name="placement_list"),
    path("placements/school/", views.AtMySchool.as_view(), name="placements_at_school"),
    path("placements/mine/", views.MyPlacements.as_view(), name="my_placements"),
    path("placements/<int:pk>/", views.detail, name="placement_detail"),
    path("placements/<int:pk>/history/", views.history, name="placement_history"),
    path("placements/<int:pk>/missing/", views.missing, name="placement_missing"),
]
