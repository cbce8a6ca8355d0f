"""The papers that boards were sent at the end of each term (R-13.4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from astcoord.core.models.documents import Document
from astcoord.core.roles import OFFICE, Role
from schools.register.models import School
from staff.accounts.models import User

KIND = "governors-summary"
SHOWN = 100
"""Papers on the page at most, the newest first."""


@dataclass(frozen=True)
class Papers:
    """What the page shows; `more` says that there are older ones."""

    papers: Sequence[Document]
    more: bool


def papers_for(user: User) -> "QuerySet[Document]":
    """Those of the schools of this head or governor; all for the office and officers (section G)."""
    found = Document.objects.filter(kind=KIND, about_type=ContentType.objects.get_for_model(School))
    if not user.has_role(*OFFICE, Role.OFFICER):
        found = found.filter(about_id__in=user.schools_as(Role.HEADTEACHER, Role.GOVERNOR))
    ordered: QuerySet[Document] = found.order_by("-created_at", "-pk")
    return ordered


def papers_page(user: User) -> Papers:
    """The newest first; one query."""
    found = list(papers_for(user).only("title", "created_at")[: SHOWN + 1])
    return Papers(found[:SHOWN], len(found) > SHOWN)
