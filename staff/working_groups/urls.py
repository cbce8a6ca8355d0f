"""Working groups of ASTs: the pages."""

from staff.working_groups.views import urlpatterns

__all__ = ["urlpatterns"]
