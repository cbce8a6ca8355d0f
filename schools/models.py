"""Gathers the tables of all rooms for Django; code imports them from their rooms."""

from schools.calendar.models import AcademicYear, Closure, HalfTerm, Term
from schools.register.models import Cluster, PendingImport, School, SchoolLink, SchoolStatus

__all__ = [
    "AcademicYear",
    "Closure",
    "Cluster",
    "HalfTerm",
    "PendingImport",
    "School",
    "SchoolLink",
    "SchoolStatus",
    "Term",
]
