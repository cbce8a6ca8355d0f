"""AST posts: recording who is in post, keeping the profile and the outreach time current."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from astcoord.core import audit, gate
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.problems import Problem, refuse
from schools.register.models import School
from staff.accounts import permissions as accounts
from staff.accounts.actions.people import account, require_coordinator
from staff.accounts.models import User
from staff.expertise.vocabulary import Funding, PupilGroup
from staff.openings import actions as openings
from staff.openings.models import Opening
from staff.openings.rules import decision_problems
from staff.posts import permissions, rules
from staff.posts.actions import beginning
from staff.posts.models import Expertise, OutreachPattern, Post

WHOLE_WAY = ("book", "pass", "appoint")
"""The moves from a candidate to a post that is held, with nothing skipped (R-2.1)."""


@dataclass(frozen=True)
class Appointment:
    """An AST who is already in post: how the post came about."""

    fte: Decimal
    funding: str
    passed_on: date
    assessor: str
    starts_on: date
    first_post: bool = True
    funding_area: str = ""
    management_duties: str = ""
    governors_decided_on: date | None = None
    governors_minute: str = ""
    responsible_for: str = ""

    def problems(self) -> list[Problem]:
        """R-1.4, R-2.2: what keeps it from being written."""
        decided = decision_problems(
            decided_on=self.governors_decided_on,
            minute=self.governors_minute,
            responsible_for=self.responsible_for,
            starts_on=self.starts_on,
            today=today(),
        )
        paid = rules.funding_problems(funding=self.funding, area=self.funding_area)
        return (
            decided
            + paid
            + rules.pass_problems(
                passed_on=self.passed_on, assessor=self.assessor, starts_on=self.starts_on, today=today()
            )
        )

    def fields(self) -> dict[str, Any]:
        """What is stored with the post at once; the stages of its life bring the rest."""
        return {
            "fte": self.fte,
            "funding": self.funding,
            "funding_area": self.funding_area if self.funding == Funding.DEPARTMENT else "",
            "first_post": self.first_post,
            "management_duties": self.management_duties,
        }


@dataclass(frozen=True)
class Profile:
    """What an AST offers (R-3.5). `expertise` is level by subject."""

    expertise: Mapping[str, int]
    key_stages: Collection[str]
    work_types: Collection[str]
    pupil_groups: Collection[str] = (PupilGroup.ALL,)
    years_teaching: int | None = None
    about: str = ""
    former_roles: str = ""
    career_aims: str = ""

    def problems(self) -> list[Problem]:
        return rules.profile_problems(subjects=self.expertise, key_stages=self.key_stages, work_types=self.work_types)

    def fields(self) -> dict[str, Any]:
        """What is stored with the post itself."""
        sets = {name: tuple(getattr(self, name)) for name in ("key_stages", "work_types", "pupil_groups")}
        plain = {name: getattr(self, name) for name in ("years_teaching", "about", "former_roles", "career_aims")}
        return sets | plain


@dataclass(frozen=True)
class InPost:
    """Everything that is known of an AST whom the scheme already has. The profile may be asked for afterwards."""

    name: str
    email: str
    home: School
    appointment: Appointment
    profile: Profile | None = None
    pattern: Mapping[int, Decimal] = field(default_factory=dict)
    inducted_on: date | None = None


@transaction.atomic
def record_in_post(*, entry: InPost, reason: str, by: User, invite: bool = True, capacity_reason: str = "") -> Post:
    """Enter an AST who is in post already, as a scheme does that starts from a spreadsheet (R-2.1).

    Every stage is walked, with the same reason, so that no stage is skipped silently.
    """
    require_coordinator(by)
    how = entry.appointment
    refuse([*rules.reason_problems(reason), *how.problems(), *(entry.profile.problems() if entry.profile else ())])
    person = account(name=entry.name, email=entry.email, by=by)
    refuse(beginning.second_post_problems(person=person, home=entry.home))
    opening = _opened(entry, reason=reason, by=by)
    offered: dict[str, Any] = {"checked_on": today(), **entry.profile.fields()} if entry.profile else {}
    post = Post.objects.create(user=person, home=entry.home, opening=opening, **how.fields(), **offered)
    if entry.profile:
        _write_expertise(post, entry.profile.expertise)
    _walk(post, how, reason=reason, by=by)
    beginning.begin(post, reason=reason, by=by, invite=invite, capacity_reason=capacity_reason)
    if entry.inducted_on:
        post.induction.update(done_on=entry.inducted_on, done_by=by or post.user)
    if entry.pattern:
        _write_pattern(post, entry.pattern, from_on=how.starts_on)
    return post


@transaction.atomic
def update_profile(*, post: Post, profile: Profile, by: User) -> Post:
    """Change what an AST offers; who saves it has looked through it, so it counts as checked (R-3.5)."""
    require(permissions.can_edit_profile(by, post))
    refuse(profile.problems())
    locked = Post.objects.locked(post.pk)
    before = _profile_words(locked)
    for name, value in profile.fields().items():
        setattr(locked, name, value)
    locked.checked_on = today()
    locked.save(update_fields=[*profile.fields(), "checked_on"])
    _write_expertise(locked, profile.expertise)
    after = _profile_words(locked)
    audit.record(
        "Profile changed" if before != after else "Profile checked",
        locked,
        by=by,
        before={k: v for k, v in before.items() if after[k] != v},
        after={k: v for k, v in after.items() if before[k] != v},
    )
    return locked


@transaction.atomic
def mark_checked(*, post: Post, by: User) -> Post:
    """Note that the profile was looked through today and is right as it stands (R-3.5)."""
    require(permissions.can_edit_profile(by, post))
    locked = Post.objects.locked(post.pk)
    before, locked.checked_on = locked.checked_on, today()
    locked.save(update_fields=["checked_on"])
    audit.record("Profile checked", locked, by=by, before={"last checked": before}, after={"last checked": today()})
    return locked


@transaction.atomic
def set_pattern(*, post: Post, days: Mapping[int, Decimal], from_on: date, by: User) -> list[OutreachPattern]:
    """Set the weekdays for outreach from a day on (R-4.10); what held until then ends the day before."""
    require(permissions.can_set_pattern(by, post))
    refuse(rules.pattern_problems(days))
    locked = Post.objects.locked(post.pk)
    before = [str(each) for each in locked.pattern_on(from_on)]
    OutreachPattern.objects.filter(post=locked, starts_on__gte=from_on).delete()
    running = OutreachPattern.objects.filter(post=locked, starts_on__lt=from_on)
    for each in running.filter(ends_on=None) | running.filter(ends_on__gte=from_on):
        each.ends_on = from_on - timedelta(days=1)
        each.save(update_fields=["ends_on"])
    written = _write_pattern(locked, days, from_on=from_on)
    audit.record(
        "Outreach time set",
        locked,
        by=by,
        before={"time": before},
        after={"time": [str(each) for each in written], "from": from_on},
    )
    return written


def _opened(entry: InPost, *, reason: str, by: User) -> Opening | None:
    """The post as the school opened it, up to the candidate; None where the decision lies before this service."""
    how = entry.appointment
    if how.governors_decided_on is None:
        return None
    return openings.opened_before(
        school=entry.home,
        decided_on=how.governors_decided_on,
        minute=how.governors_minute,
        responsible_for=how.responsible_for,
        reason=reason,
        by=by,
    )


def _walk(post: Post, how: Appointment, *, reason: str, by: User) -> None:
    changes: dict[str, dict[str, Any]] = {
        "pass": {"passed_on": how.passed_on, "assessor": how.assessor.strip()},
        "appoint": {"starts_on": how.starts_on},
    }
    for name in WHOLE_WAY:
        gate.move(post, name, by=by, may=accounts.is_coordinator, reason=reason, **changes.get(name, {}))


def _write_expertise(post: Post, expertise: Mapping[str, int]) -> None:
    Expertise.objects.filter(post=post).exclude(subject__in=expertise).delete()
    for subject, level in expertise.items():
        Expertise.objects.update_or_create(post=post, subject=subject, defaults={"level": level})


def _write_pattern(post: Post, days: Mapping[int, Decimal], *, from_on: date) -> list[OutreachPattern]:
    chosen = [(weekday, share) for weekday, share in sorted(days.items()) if share]
    return [
        OutreachPattern.objects.create(post=post, weekday=weekday, share=share, starts_on=from_on)
        for weekday, share in chosen
    ]


def _profile_words(post: Post) -> dict[str, Any]:
    expertise = Expertise.objects.filter(post=post)
    return {
        "subjects": [f"{each} ({each.get_level_display()})" for each in expertise],
        "key stages": list(post.key_stages),
        "kinds of work": list(post.work_types),
        "pupil groups": list(post.pupil_groups),
        "years teaching": post.years_teaching,
        "about": post.about,
        "earlier roles": post.former_roles,
        "aims": post.career_aims,
    }
