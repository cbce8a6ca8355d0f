"""The turn of the year."""

from django.urls import URLPattern, path

from placements.year_end import views

urlpatterns: list[URLPattern] = [path("year/open/", views.open_year, name="open_year")]
