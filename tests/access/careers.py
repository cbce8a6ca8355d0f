"""The own career of a side's AST: job descriptions, one agreed and one that waits for both; a team."""

from datetime import date
from typing import Any

from staff.accounts.models import User
from staff.descriptions import documents
from staff.descriptions.models import JobDescription, JobObjective
from staff.teams.models import Team
from tests.access.sides import Side

AGREED = date(2026, 9, 14)


def written_of(side: Side, by: User) -> None:
    """Written by the head and agreed; then by the co-ordinator for the head, and put to both."""
    both = {"head_agreed_by": side.home_head, "head_agreed_on": AGREED, "ast_agreed_on": AGREED, "agreed_on": AGREED}
    agreed = _description(side, 1, f"{side.mark}DUTY", status="in_force", written_by=side.home_head, **both)
    documents.freeze(JobDescription.objects.whole().get(pk=agreed.pk), by=side.ast)
    waiting = _description(
        side, 2, f"{side.mark}NEWJOB", status="put", written_by=by, to_change=f"{side.mark}NEWJOB of before"
    )
    objective = JobObjective.objects.get(responsibility__description=waiting)
    team = Team.objects.create(school=side.home, lead=side.post, name=f"{side.mark}TEAM", aim=f"{side.mark}TEAM aims")
    team.members.add(side.post)
    side.things |= {"team": team, "agreed description": agreed, "description": waiting, "job objective": objective}


def _description(side: Side, version: int, mark: str, **fields: Any) -> JobDescription:
    """All four parts, and an objective."""
    texts = ("title", "line_manager", "purpose", "head_part", "classroom_tasks", "outreach_tasks")
    said = {name: f"{mark} as {name}" for name in texts}
    put = {"asked": 1, "put_on": AGREED}
    found: JobDescription = JobDescription.objects.create(post=side.post, version=version, **said, **put, **fields)
    inside = found.responsibilities.create(number=1, text=f"{mark} in the school")
    JobObjective.objects.create(responsibility=inside, text=f"{mark} is reached", on_outreach=True)
    return found
