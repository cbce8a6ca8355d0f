"""Briefing sessions with places: the pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
