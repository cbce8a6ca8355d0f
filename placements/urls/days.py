from django.urls import URLPattern, path

from placements.views.coordinator import days as coordinator
from placements.views.everyone import parts as everyone
from placements.views.headteacher import days as headteacher
from placements.views.teacher import days as teacher

urlpatterns: list[URLPattern] = [
    path("days/", coordinator.DayList.as_view(), name="day_list"),
    path("placements/<int:pk>/days/plan/", teacher.day_plan, name="day_plan"),
    path("placements/<int:pk>/days/series/", teacher.day_series, name="day_series"),
    path("days/<int:pk>/change/", teacher.day_change, name="day_change"),
    path("days/<int:pk>/", everyone.day_parts, name="day_parts"),
    path("days/<int:pk>/plan/", everyone.day_parts_change, name="day_parts_change"),
    path("days/<int:pk>/cancel/", teacher.day_cancel, name="day_cancel"),
    path("days/<int:pk>/confirm/", headteacher.day_confirm, name="day_confirm"),
]
