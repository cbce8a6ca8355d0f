"""The list of aspirants: kept by the co-ordinator; heads put forward teachers of their own (R-2.22)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.register import Register
from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_coordinator
from staff.aspirants import emails, permissions, rules
from staff.aspirants.lifecycle import OffReason
from staff.aspirants.models import Aspirant
from staff.posts.models import Post

CANDIDATURE = "{} became a candidate for a post. End the candidature there, then add the teacher again."


class Aspirants(Register[Aspirant]):
    """Marked * in section G: no administrator, no officer."""

    model = Aspirant
    noun = "aspirant"
    rule = "R-2.22"
    readers = frozenset({Role.COORDINATOR, Role.CONSULTANT, Role.HEADTEACHER})
    keepers = frozenset({Role.COORDINATOR, Role.HEADTEACHER})
    used_words = "The teacher became a candidate for a post, so the entry stays for a while."

    def may_keep(self, user: User, row: Aspirant | None = None) -> bool:
        return permissions.can_keep(user, row) if row else super().may_keep(user)

    def problems(self, row: Aspirant) -> list[Problem]:
        """A name, a day that has come, and nobody twice."""
        others = Aspirant.objects.filter(school_id=row.school_id, off_on=None).exclude(pk=row.pk)
        return rules.listed_problems(row, others, today())

    def has_ended(self, row: Aspirant) -> bool:
        return row.off_on is not None

    def is_used(self, row: Aspirant) -> bool:
        return row.post_id is not None

    def told(self, row: Aspirant) -> dict[str, Any]:
        return {
            "name": row.name,
            "school": row.school.name,
            "subject": str(row.get_subject_display()),
            "readiness": str(row.get_readiness_display()),
            "aspirant since": row.since,
            "note": row.note,
        }

    @transaction.atomic
    def save(self, *, row: Aspirant | None = None, by: User, **fields: Any) -> Aspirant:
        """Add or change one. A head's waits for the co-ordinator, and is of the own school."""
        school = fields.get("school") or (row.school if row else None)
        if not is_coordinator(by) and not (school and heads(by, school.pk)):
            raise PermissionDenied("keep the register: another school’s aspirant")
        if row is None and is_coordinator(by):
            fields["confirmed_on"] = today()
        return super().save(row=row, by=by, **fields)


ASPIRANTS = Aspirants()


@transaction.atomic
def confirm(*, row: Aspirant, by: User) -> Aspirant:
    """Whom a head has put forward is on the list. A second time changes nothing."""
    held = _lock(row)
    if not is_coordinator(by):
        raise PermissionDenied("confirm an aspirant")
    refuse(rules.confirm_problems(held))
    if held.confirmed_on is None:
        held.confirmed_on = today()
        held.save(update_fields=["confirmed_on"])
        audit.record("aspirant: put on the list", held, by=by)
        emails.answered(held, listed=True)
    return held


@transaction.atomic
def take_off(*, row: Aspirant, because: str, note: str = "", post: Post | None = None, by: User) -> Aspirant:
    """Off the list from today, and why; a candidate leads on to the post."""
    held = _lock(row)
    if not (is_coordinator(by) or heads(by, held.school_id)):
        raise PermissionDenied("take an aspirant off the list")
    same = post is not None and post.home_id == held.school_id
    refuse(rules.off_problems(held, because=because, has_post=post is not None, same_school=same))
    waited = held.waits
    held.off_on, held.off_because, held.off_note, held.post = today(), because, " ".join(note.split()), post
    held.save(update_fields=["off_on", "off_because", "off_note", "post"])
    told = {"because": str(OffReason(because).label), "what else": held.off_note, "post": str(post) if post else ""}
    audit.record("aspirant: taken off the list", held, by=by, after={k: v for k, v in told.items() if v})
    if waited and not heads(by, held.school_id):
        emails.answered(held, listed=False)
    return held


@transaction.atomic
def put_back(*, row: Aspirant, by: User) -> Aspirant:
    """It was a mistake, or the teacher is back: on the list again."""
    held = _lock(row)
    if not is_coordinator(by):
        raise PermissionDenied("put an aspirant back")
    if held.post_id is not None:
        raise Refused([Problem(CANDIDATURE.format(held.name), "", "R-2.22", "candidate")])
    if held.off_on is not None:
        refuse(ASPIRANTS.problems(held))
        held.off_on, held.off_because, held.off_note = None, "", ""
        held.confirmed_on = held.confirmed_on or today()
        held.save(update_fields=["off_on", "off_because", "off_note", "confirmed_on"])
        audit.record("aspirant: put back on the list", held, by=by)
    return held


def _lock(row: Aspirant) -> Aspirant:
    found: Aspirant = Aspirant.objects.select_for_update(of=("self",)).select_related("school").get(pk=row.pk)
    return found
