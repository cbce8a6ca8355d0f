"""Teams of ASTs, as a register (R-3.18)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core.clock import today
from astcoord.core.problems import Problem
from astcoord.core.register import Register
from astcoord.core.roles import OFFICE, Role
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_coordinator
from staff.posts.models import Post
from staff.teams import rules
from staff.teams.models import Team


class Teams(Register[Team]):
    """The co-ordinator and the own headteacher keep them; the office, the school's governors and members read them."""

    model = Team
    noun = "team"
    rule = "R-3.18"
    readers = OFFICE | {Role.HEADTEACHER, Role.GOVERNOR, Role.AST}
    keepers = frozenset({Role.COORDINATOR, Role.HEADTEACHER})

    def may_keep(self, user: User, row: Team | None = None) -> bool:
        """A headteacher those of the own school."""
        return super().may_keep(user) and (row is None or is_coordinator(user) or heads(user, row.school_id))

    @transaction.atomic
    def save(self, *, row: Team | None = None, by: User, **fields: Any) -> Team:
        """The team is the lead's school's; the lead belongs to it, whether ticked or not."""
        lead, members = fields.pop("lead"), fields.pop("members")
        if not (is_coordinator(by) or heads(by, lead.home_id)):
            raise PermissionDenied("keep a team of another school")
        chosen = list({post.pk: post for post in (lead, *members)}.values())
        team = super().save(row=row, by=by, lead=lead, school=lead.home, chosen=chosen, **fields)
        team.members.set(chosen)
        return team

    def problems(self, row: Team) -> list[Problem]:
        chosen = members_of(row)
        now = today()
        away = [post.name for post in chosen if not row.holds(post, now)]
        others = Team.objects.filter(school=row.school).exclude(pk=row.pk).values_list("name", flat=True)
        return rules.team_problems(
            name=row.name,
            aim=row.aim,
            count=len(chosen),
            elsewhere=away,
            school=row.school.name,
            others=others,
        )

    def told(self, row: Team) -> dict[str, Any]:
        """Everything, in one record."""
        return {
            "team": row.name,
            "school": row.school.name,
            "shared aim": row.aim,
            "lead": row.lead.name,
            "members": sorted(post.name for post in members_of(row)),
        }


def members_of(team: Team) -> list[Post]:
    """Those of the team, or those that are about to be; uses prefetched members."""
    chosen: list[Post] | None = getattr(team, "chosen", None)
    return list(team.members.all()) if chosen is None else chosen


def eligible(user: User) -> Any:
    """The ASTs of whom this person may make a team: in post, at the own schools, or for the co-ordinator at any."""
    found = Post.objects.in_post(today()).select_related("user", "home")
    if is_coordinator(user):
        return found.order_by("home__name_key", "user__name_key", "pk")
    return found.filter(home_id__in=user.schools_as(Role.HEADTEACHER)).order_by(
        "home__name_key", "user__name_key", "pk"
    )


TEAMS = Teams()
