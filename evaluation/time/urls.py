"""The time report."""

from django.urls import URLPattern, path

from evaluation.time import views

urlpatterns: list[URLPattern] = [
    path("time/", views.time, name="time"),
    path("time/statement.pdf", views.time_pdf, name="time_pdf"),
]
