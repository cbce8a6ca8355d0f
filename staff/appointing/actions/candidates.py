"""A candidate is named, changed, and out of it again (R-2.1, R-2.3, R-2.4)."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.name_keys import name_key
from astcoord.core.problems import Problem, Refused, refuse
from staff.accounts.actions.people import account
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.appointing import permissions, rules
from staff.appointing.lifecycle import Ended, Result
from staff.appointing.models import Candidature
from staff.openings import actions as openings
from staff.openings.lifecycle import OpeningStatus
from staff.openings.models import Opening
from staff.posts.actions import beginning
from staff.posts.lifecycle import CHANGED, NAMED, ON_THE_WAY
from staff.posts.models import Expertise, Post


@dataclass(frozen=True)
class Entered:
    """What the school says of its candidate; the subjects may be left for later."""

    fte: Decimal
    route: str
    consulted: bool
    subjects: Collection[str] = ()

    def words(self) -> dict[str, Any]:
        """For the audit trail."""
        told = {"full-time equivalent": self.fte, "recruited": self.route, "authority consulted": self.consulted}
        return {**told, "subjects": sorted(self.subjects)}


@transaction.atomic
def name(*, opening: Opening, name: str, email: str, entered: Entered, by: User) -> Post:
    """Name the candidate for a post that the governors have decided on. Nobody is invited before being in post."""
    if not permissions.can_name(by, opening):
        raise PermissionDenied("name a candidate")
    refuse(rules.candidate_problems(fte=entered.fte, route=entered.route))
    opened = openings.select(opening=opening, by=by)
    person = account(name=name, email=email, by=by)
    refuse(_person_problems(person, name, opened, by))
    post = Post.objects.create(user=person, home=opened.school, opening=opened, fte=entered.fte)
    _write_subjects(post, entered.subjects)
    Candidature.objects.create(
        post=post, route=entered.route, consulted=entered.consulted, named_on=today(), named_by=by
    )
    audit.record(NAMED, post, by=by, after={"name": person.name, "school": opened.school.name, **entered.words()})
    return post


@transaction.atomic
def change(*, post: Post, entered: Entered, by: User) -> Post:
    """Something that was entered of a candidate is different, or was wrong."""
    locked = lock(post, allowed=permissions.can_keep_candidate(by, post))
    if locked.status not in ON_THE_WAY:
        raise Refused([gate.out_of_turn(locked, "Change the candidate")])
    refuse(rules.candidate_problems(fte=entered.fte, route=entered.route))
    before = entered_of(locked)
    if before == entered:
        return locked
    locked.fte = entered.fte
    locked.save(update_fields=["fte"])
    _write_subjects(locked, entered.subjects)
    Candidature.objects.update_or_create(
        post=locked,
        defaults={"route": entered.route, "consulted": entered.consulted},
        create_defaults={
            "route": entered.route,
            "consulted": entered.consulted,
            "named_on": today(),
            "named_by": by,
        },
    )
    audit.record(CHANGED, locked, by=by, before=before.words(), after=entered.words())
    return locked


@transaction.atomic
def close(*, post: Post, ended: str, look_again: bool, reason: str, by: User) -> Post:
    """The candidate is out of it. The school looks for another one, or the post closes (R-2.1)."""
    locked = lock(post, allowed=permissions.can_keep_candidate(by, post))
    refuse(rules.closing_problems(status=locked.status, reason=reason))
    closed = gate.move(locked, "close", by=by, may=permissions.can_keep_candidate, reason=reason.strip())
    closed.assessments.filter(result="").update(result=Result.VOID)
    Candidature.objects.filter(post=closed).update(ended=Ended(ended))
    opening = closed.opening
    if opening is not None and opening.status == OpeningStatus.SELECTED:
        # Why is the candidate's business: the opening's own history is read by more people (section G*).
        if look_again:
            openings.look_again(opening=opening, reason="Another candidate is looked for", by=by)
        else:
            openings.end(opening=opening, reason="Nobody else is looked for", by=by)
    return closed


def entered_of(post: Post) -> Entered:
    """What is recorded of a candidate, as it would be entered."""
    found = Candidature.objects.filter(post=post).first()
    subjects = tuple(sorted(post.expertise.values_list("subject", flat=True)))
    if found is None:
        return Entered(fte=post.fte, route="", consulted=False, subjects=subjects)
    return Entered(fte=post.fte, route=found.route, consulted=found.consulted, subjects=subjects)


def lock(post: Post, *, allowed: bool) -> Post:
    """The post, for one of two people who would move it at once."""
    if not allowed:
        raise PermissionDenied("move this candidate")
    return Post.objects.locked(post.pk)


def _person_problems(person: User, name: str, opening: Opening, by: User) -> list[Problem]:
    """An address that is somebody else's, and a second post at the same school."""
    if name_key(person.name) != name_key(name):
        who = f": {person.name}" if is_coordinator(by) else ""
        words = f"Somebody of another name signs in with this address already{who}. Check name and address."
        return [Problem(words, "email", "R-2.1", "another-name")]
    return beginning.second_post_problems(person=person, home=opening.school)


def _write_subjects(post: Post, subjects: Collection[str]) -> None:
    Expertise.objects.filter(post=post).exclude(subject__in=subjects).delete()
    for subject in subjects:
        Expertise.objects.get_or_create(post=post, subject=subject)
