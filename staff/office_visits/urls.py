"""The co-ordinator’s own visits: the pages."""

from staff.office_visits.views import urlpatterns

__all__ = ["urlpatterns"]
