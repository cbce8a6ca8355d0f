from schools.models.calendar import AcademicYear, Closure, HalfTerm, Term
from schools.models.pending import PendingImport
from schools.models.school import Cluster, School, SchoolLink, SchoolStatus

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
