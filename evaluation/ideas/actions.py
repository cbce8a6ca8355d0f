"""Ideas brought back, as a register; and as a line of the diary (R-10.11)."""

from typing import Any

from django.db import transaction

from astcoord.core import audit
from astcoord.core.problems import Problem
from astcoord.core.register import Register
from astcoord.core.roles import OFFICE, Role
from evaluation.ideas import rules
from evaluation.ideas.models import Idea
from placements.days.models import OutreachDay
from placements.placement.lifecycle import PLACEMENT_OVER, PLACEMENT_UNDER_WAY
from placements.supported import names
from staff.accounts.models import User

BEGUN = PLACEMENT_UNDER_WAY | set(PLACEMENT_OVER)


class Ideas(Register[Idea]):
    """ASTs write them; the home headteacher and the office read them."""

    model = Idea
    noun = "idea"
    rule = "R-10.11"
    readers = OFFICE | {Role.HEADTEACHER}
    keepers = frozenset({Role.AST})

    def may_keep(self, user: User, row: Idea | None = None) -> bool:
        return bool(user.has_role(Role.AST)) if row is None else row.placement.post.user_id == user.pk

    @transaction.atomic
    def save(self, *, row: Idea | None = None, by: User, **fields: Any) -> Idea:
        """A new one is its writer's."""
        return super().save(row=row, by=by, **fields, **({} if row else {"author": by}))

    def problems(self, row: Idea) -> list[Problem]:
        placement = row.placement
        if placement.post.user_id != row.author_id or placement.status not in BEGUN:
            return [rules.not_yours()]
        return rules.idea_problems(row.text, names.of_placement(placement))

    def told(self, row: Idea) -> dict[str, Any]:
        return {"idea": row.text, "where it comes from": row.placement.host.name}


IDEAS = Ideas()


@transaction.atomic
def tell(*, day: OutreachDay, text: str, by: User) -> None:
    """What the diary of a day says of it: kept, put in other words, or taken out where it says nothing."""
    held = Idea.objects.select_for_update().filter(day=day).first()
    before, after = held.text if held else "", text.strip()
    if before == after:
        return
    if held is None:
        placement = day.placement
        held = Idea(placement=placement, day=day, author=placement.post.user, noted_on=day.on)
    if after:
        held.text = after
        held.save()
        audit.record("idea: told in the diary", held, by=by, before={"idea": before}, after={"idea": after})
    else:
        audit.record("idea: taken out of the diary", held, by=by, before={"idea": before})
        held.delete()
