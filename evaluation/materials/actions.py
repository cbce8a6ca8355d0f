"""The library of materials, as a register (R-10.10)."""

from typing import Any

from django.db import transaction

from astcoord.core.problems import Problem, refuse
from astcoord.core.register import Register
from astcoord.core.roles import OFFICE, Role
from evaluation.evidence.actions import Attached
from evaluation.evidence.rules import attachment_problems
from evaluation.materials import rules
from evaluation.materials.models import Material
from evaluation.materials.querysets import LIBRARY
from placements.papers.rules import safe_name
from placements.requests.lifecycle import StaffKind
from placements.supported.models import SupportedStaff
from staff.accounts.models import User
from staff.accounts.permissions import is_office


class Materials(Register[Material]):
    """ASTs publish; each keeps what is theirs, and the office may withdraw anything."""

    model = Material
    noun = "teaching material"
    rule = "R-10.10"
    readers = OFFICE | LIBRARY | {Role.CONSULTANT}
    keepers = OFFICE | {Role.AST}
    ends_with = "withdrawn_on"
    end_verb, resume_verb = "withdrawn", "published again"

    def may_keep(self, user: User, row: Material | None = None) -> bool:
        if row is None:
            return bool(user.has_role(Role.AST))
        return row.author_id == user.pk or is_office(user)

    @transaction.atomic
    def save(
        self,
        *,
        row: Material | None = None,
        by: User,
        attached: Attached | None = None,
        no_names: bool = False,
        **fields: Any,
    ) -> Material:
        """Publish, or better: with `attached`, another file or link; without, the one that is there stays."""
        name = safe_name(attached.name) if attached and attached.name else ""
        given = Attached(name, attached.data, attached.link.strip()) if attached else None
        found = [] if no_names else [rules.not_declared()]
        if given or row is None:
            given = given or Attached()
            found += attachment_problems(given.name, given.data, given.link, rule=self.rule)
        refuse(found)
        new = row is None
        if given:
            fields |= _columns(given)
        return super().save(row=row, by=by, **fields, **({"author": by} if new else {}))

    def problems(self, row: Material) -> list[Problem]:
        people = SupportedStaff.objects.filter(placement__post__user=row.author_id).exclude(kind=StaffKind.GROUP)
        others = Material.objects.filter(author=row.author_id).exclude(pk=row.pk)
        words = rules.words_problems(row, people.values_list("name", flat=True))
        return words + rules.published_already(row, others)

    def told(self, row: Material) -> dict[str, Any]:
        """A file with its fingerprint, so that another of the same name is a change; a link says what it is."""
        return {
            "what it is": row.title,
            "subject": row.get_subject_display() if row.subject else "",
            "key stages": ", ".join(Material._meta.get_field("key_stages").labels(row)),
            "what it is for": row.purpose,
            "file or link": f"{row.name} (fingerprint {row.sha256[:12]})" if row.name else row.link,
        }


def _columns(given: Attached) -> dict[str, Any]:
    held = Material()
    held.put(name=given.name, data=given.data, link=given.link)
    return {column: getattr(held, column) for column in ("name", "link", "data", "content_type", "size", "sha256")}


MATERIALS = Materials()
