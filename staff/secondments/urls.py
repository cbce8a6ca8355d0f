"""Secondments: rounds, proposals, grants."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
