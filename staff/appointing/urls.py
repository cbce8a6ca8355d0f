"""From the candidate to the post that is held: the pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
