from django.urls import URLPattern, path

from placements.days.views import confirming, cover, visit
from placements.days.views import days as views

urlpatterns: list[URLPattern] = [
    path("days/", views.DayList.as_view(), name="day_list"),
    path("days/cover/", cover.CoverDates.as_view(), name="cover_dates"),
    path("days/cover/print/", cover.cover_dates_pdf, name="cover_dates_pdf"),
    path("placements/<int:pk>/days/plan/", views.day_plan, name="day_plan"),
    path("placements/<int:pk>/days/series/", views.day_series, name="day_series"),
    path("days/confirm/", confirming.days_confirm, name="days_confirm"),
    path("placements/<int:pk>/visit/waive/", visit.visit_waive, name="visit_waive"),
    path("placements/<int:pk>/visit/expect/", visit.visit_expect, name="visit_expect"),
    path("days/<int:pk>/change/", views.day_change, name="day_change"),
    path("days/<int:pk>/", views.day_parts, name="day_parts"),
    path("days/<int:pk>/plan/", views.day_parts_change, name="day_parts_change"),
    path("days/<int:pk>/cancel/", views.day_cancel, name="day_cancel"),
    path("days/<int:pk>/confirm/", confirming.day_confirm, name="day_confirm"),
]
