"""Statements on training: the pages."""

from django.urls import URLPattern, path

from evaluation.training import views

urlpatterns: list[URLPattern] = [
    path("training-statements/missing/", views.training_missing, name="training_missing"),
    *views.StatementPages().urls(),
]
