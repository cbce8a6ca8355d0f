"""Pay ranges, points and money: the pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
