"""Teams of ASTs: the pages."""

from staff.teams.views import urlpatterns

__all__ = ["urlpatterns"]
