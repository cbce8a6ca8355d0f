"""What is charged for outreach days."""

from django.urls import URLPattern, path

from placements.charges import views

urlpatterns: list[URLPattern] = [path("charges/", views.charges, name="charges")]
