"""Notices to ASTs: the pages."""

from staff.notices.views import urlpatterns

__all__ = ["urlpatterns"]
