"""ASTs of one school who work together: the pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
