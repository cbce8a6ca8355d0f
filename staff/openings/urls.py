"""Posts that schools want to open: the pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
