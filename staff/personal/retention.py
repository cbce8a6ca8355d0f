"""This floor's lines of the retention schedule: accounts and posts."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from astcoord.core import periods
from astcoord.core.retention import Line, deleting
from schools.register.models import PendingImport

YEARS = periods.SCHEDULE[-1].audit_years


def old_imports(today: date) -> Any:
    """Lists of schools of yesterday and earlier that nobody has confirmed."""
    start = timezone.make_aware(datetime.combine(today - timedelta(days=1), time.min))
    return PendingImport.objects.filter(at__lt=start)


LINES = (
    deleting(
        old_imports,
        what="Lists of schools that were sent and not confirmed yet",
        whose="Headteachers and chairs of governors of the list",
        why="To show what would change in the register of schools before it is stored",
        how_long="Until it is confirmed or put aside, a day or two at most",
        then="Deleted.",
        seen_by="Whoever sent it, alone",
        order=64,
    ),
    Line(
        what="Accounts and roles",
        whose="Headteachers, ASTs, governors, the authority’s staff",
        why="To let people sign in and see what their role allows",
        how_long=f"While a role is held; then as long as the history that names them, up to {YEARS} years",
        then="A role ends on its last day and the person sees nothing any more. The name stays with the "
        "decisions and signatures that were made.",
        seen_by="Co-ordinator and administrator",
        order=40,
    ),
    Line(
        what="An AST’s post, assessment, profile and time",
        whose="ASTs",
        why="To appoint, to match requests with expertise, and to account for days",
        how_long="While in post; then as long as the placements that the AST carried out",
        then="Nothing is removed by itself.",
        seen_by="The AST, the home school’s headteacher and governors, the office, the subject’s consultant; what the "
        "AST offers also the host headteacher and the people supported. Looks at assessment and funding are recorded.",
        rule="R-16.3",
        order=50,
    ),
)
