"""Those who have left and stay in touch: the pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
