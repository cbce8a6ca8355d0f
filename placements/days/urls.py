from django.urls import URLPattern, path

from placements.days import views

urlpatterns: list[URLPattern] = [
    path("days/", views.DayList.as_view(), name="day_list"),
    path("placements/<int:pk>/days/plan/", views.day_plan, name="day_plan"),
    path("placements/<int:pk>/days/series/", views.day_series, name="day_series"),
    path("days/<int:pk>/change/", views.day_change, name="day_change"),
    path("days/<int:pk>/", views.day_parts, name="day_parts"),
    path("days/<int:pk>/plan/", views.day_parts_change, name="day_parts_change"),
    path("days/<int:pk>/cancel/", views.day_cancel, name="day_cancel"),
    path("days/<int:pk>/confirm/", views.day_confirm, name="day_confirm"),
]
