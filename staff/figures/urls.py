"""Statistics of ASTs and posts: the pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
