"""The school calendar."""

from django.urls import URLPattern, path

from schools.calendar import views

urlpatterns: list[URLPattern] = [
    path("calendar/", views.years, name="years"),
    path("calendar/add/", views.year_add, name="year_add"),
    path("calendar/closed-days/", views.closures, name="closures"),
    path("calendar/closed-days/<int:pk>/remove/", views.closure_remove, name="closure_remove"),
    path("calendar/<slug:slug>/", views.year, name="year"),
]
