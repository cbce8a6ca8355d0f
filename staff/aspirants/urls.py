"""Teachers who may become ASTs: the list."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
