"""Evidence as pages show it: under its objective, and under its day (R-10.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from astcoord.core.wording import date_words
from evaluation.evidence import permissions
from evaluation.evidence.models import Evidence
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from placements.placement.permissions import is_ast_of
from placements.supported.models import SupportedStaff
from placements.supported.reads import Offered, teller_for
from placements.supported.redaction import Redactor, redactor
from staff.accounts.models import User


@dataclass(frozen=True)
class Item:
    """One piece for one reader. `link` is empty for a file, which is fetched by `pk`."""

    pk: int
    title: str
    link: str
    file: str
    size: int
    by: str
    at: datetime
    day: OutreachDay | None
    can_remove: bool
    can_publish: bool


@dataclass(frozen=True)
class Heading:
    """An objective, or what belongs to none, with its evidence; `number` is the objective's."""

    title: str
    items: Sequence[Item]
    number: int = 0


@dataclass(frozen=True)
class EvidencePage:
    """A placement's evidence for one reader."""

    headings: Sequence[Heading]
    count: int
    can_attach: bool


def evidence_page(placement: Placement, user: User) -> EvidencePage:
    """Every objective in order, also those without evidence; then what belongs to a day alone. Four queries."""
    redact = redactor(user, placement)
    found = list(_visible(user).filter(placement=placement).prefetch_related("objectives"))
    of_objective = {
        each: [item for item in found if each in item.objectives.all()] for each in placement.objectives.all()
    }
    headings = [
        Heading(f"{each.number}. {redact(each.text)}", _items(items, user, redact), each.number)
        for each, items in of_objective.items()
    ]
    if others := [item for item in found if not item.objectives.all()]:
        headings.append(Heading("Evidence of no single objective", _items(others, user, redact)))
    return EvidencePage(headings, len(found), permissions.can_attach(user, placement))


def by_objective(placement: Placement, user: User, redact: Redactor | None = None) -> dict[int, list[Item]]:
    """What shows each objective, by its number, beside a review or a final evaluation (R-10.5, R-11.2).

    Two queries and those of the names, if `redact` is not given; nothing for those who do not read evidence.
    """
    if not permissions.reads_evidence(user, placement):
        return {}
    found = list(_visible(user).filter(placement=placement, objectives__isnull=False).distinct())
    shown: dict[int, list[Item]] = {}
    if not found:
        return shown
    pairs = Evidence.objectives.through.objects.filter(evidence__in=found).order_by("evidence_id")
    items = {item.pk: item for item in _items(found, user, redact or redactor(user, placement))}
    for pk, number in pairs.values_list("evidence_id", "objective__number"):
        shown.setdefault(number, []).append(items[pk])
    return shown


def of_day(day: OutreachDay, user: User) -> list[Item]:
    """What belongs to one day; nothing for those who do not read evidence."""
    if not permissions.reads_evidence(user, day.placement):
        return []
    return _items(_visible(user).filter(day=day), user, redactor(user, day.placement))


def for_person(person: SupportedStaff, token: str) -> list[Offered]:
    """What one of the people supported finds on their own page: of days on which they took part. Other people's names
    stay out of the words."""
    told = teller_for(person)
    found = Evidence.objects.of_person(person).held().select_related("day").order_by("day__on", "pk")
    return [
        Offered(
            title=told(each.title),
            url=each.link or reverse("evaluation:evidence_for_person", args=[token, each.pk]),
            about=f"{'Link to another site' if each.link else 'File'}, outreach day of {date_words(each.day.on)}",
        )
        for each in found
    ]


def _visible(user: User) -> QuerySet[Evidence]:
    found: QuerySet[Evidence] = Evidence.objects.visible_to(user).held()
    return found.select_related("placement__post", "day", "added_by")


def _items(found: Iterable[Evidence], user: User, redact: Redactor) -> list[Item]:
    return [
        Item(
            pk=each.pk,
            title=redact(each.title),
            link=each.link,
            file=redact(each.name),
            size=each.size,
            by=str(each.added_by.name),
            at=each.added_at,
            day=each.day,
            can_remove=permissions.can_remove(user, each),
            can_publish=is_ast_of(user, each.placement),
        )
        for each in found
    ]
