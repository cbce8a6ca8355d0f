"""Gathers the tables of all rooms for Django; code imports them from their rooms."""

from schools.calendar.models import AcademicYear, Closure, HalfTerm, Term
from schools.register.models import Cluster, PendingImport, School, SchoolLink, SchoolStatus
from schools.succession.models import Succession, SuccessionRow

__all__ = [
    "AcademicYear",
    "Closure",
    "Cluster",
    "HalfTerm",
    "PendingImport",
    "School",
    "SchoolLink",
    "SchoolStatus",
    "Succession",
    "SuccessionRow",
    "Term",
]
