"""Guidance as a register: what a page said before stays (R-3.19)."""

from typing import Any

from django.db import transaction

from astcoord.core.clock import today
from astcoord.core.problems import Problem
from astcoord.core.register import Register
from astcoord.core.roles import AUTHORITY, Role
from staff.accounts.models import User
from staff.guidance import rules
from staff.guidance.models import GuidancePage


class Guidance(Register[GuidancePage]):
    """The co-ordinator writes it; the authority, ASTs and headteachers read what is for them."""

    model = GuidancePage
    noun = "page of guidance"
    rule = "R-3.19"
    readers = AUTHORITY | {Role.HEADTEACHER, Role.AST}
    keepers = frozenset({Role.COORDINATOR})
    ends_with = "retired_on"
    end_verb, resume_verb = "taken down", "put up again"
    used_words = "It has earlier versions, so it stays. Take it down instead."

    @transaction.atomic
    def save(self, *, row: GuidancePage | None = None, by: User, **fields: Any) -> GuidancePage:
        """A new text is a new version; the one before is kept."""
        held = self._keep(row, by) if row else None
        fields["text"] = fields["text"].strip()
        if held is None:
            fields["edited_on"] = today()
        elif held.text != fields["text"]:
            said = {"number": held.version, "text": held.text, "on": held.edited_on}
            held.versions.create(by=by, **said)
            fields |= {"version": held.version + 1, "edited_on": today()}
        return super().save(row=row, by=by, **fields)

    def problems(self, row: GuidancePage) -> list[Problem]:
        return rules.page_problems(title=row.title, text=row.text)

    def told(self, row: GuidancePage) -> dict[str, Any]:
        """Its text stands in the versions."""
        about = str(row.get_topic_display())
        return {"title": row.title, "about": about, "for whom": row.whom, "version": row.version}

    def is_used(self, row: GuidancePage) -> bool:
        return row.version > 1


GUIDANCE = Guidance()
