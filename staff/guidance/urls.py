"""Guidance: the pages."""

from staff.guidance.views import urlpatterns

__all__ = ["urlpatterns"]
