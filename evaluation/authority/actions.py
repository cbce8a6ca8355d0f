"""The annual report is issued (R-15.16)."""

from datetime import date

from django.db import transaction

from astcoord.core import audit
from astcoord.core.models.documents import Document
from astcoord.core.problems import refuse
from evaluation.authority import documents, rules
from evaluation.authority.reads import annual
from placements.deployment.reads.chosen import Chosen
from placements.deployment.reads.periods import Period
from schools.calendar.models import AcademicYear
from staff.accounts.actions.people import require_coordinator
from staff.accounts.models import User


@transaction.atomic
def issue(*, period: Period, today: date, by: User) -> Document:
    """Freeze the report on a school year as it stands now. Issued again it is a new version; the old ones stay."""
    require_coordinator(by)
    year = AcademicYear.objects.select_for_update().get(pk=period.year.pk)
    refuse(rules.issue_problems(year.starts_on, name=str(year), today=today))
    version = documents.issued().filter(about_id=year.pk).count() + 1
    made = annual.report(by, period, Chosen(), [("Period", period.name)], today)
    frozen = documents.freeze(made, year, version=version, by=by)
    audit.record("Annual report issued", year, by=by, after={"year": str(year), "version": version})
    return frozen
