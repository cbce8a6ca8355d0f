"""The question builder."""

from django.urls import URLPattern, path

from evaluation.question import views

urlpatterns: list[URLPattern] = [
    path("reports/question/", views.question, name="question"),
]
