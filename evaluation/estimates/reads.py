"""Estimates beside results: the screen, what an offer rests on, and departments that have had help (R-11.12, R-7.4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min
from django.urls import reverse

from astcoord.core import policy
from astcoord.core.words import say_later
from evaluation.estimates import rules
from evaluation.estimates.lifecycle import OFFER_MAY_BE_MADE_AGAIN
from evaluation.estimates.models import Estimate, Offer
from evaluation.estimates.querysets import SUPPORTED, EstimateQuerySet
from evaluation.results.lifecycle import MEANINGS, Measure
from evaluation.results.models import AttainmentResult
from evaluation.results.wording import figure_words
from placements.matching.reads.evidence import NO_EVIDENCE, Card
from placements.placement.models import Placement
from placements.requests.lifecycle import REQUEST_OPEN
from placements.requests.models import OutreachRequest
from staff.accounts.models import User
from staff.expertise.vocabulary import Subject

LATEST = 6
"""So many figures of a department stand beside a need."""
NEW_YEAR = 9
"""From September on, the results of the same year's summer are known."""
MEANING_CHANGED = "Not compared: the measure has changed its meaning"
HEADER = ("School", "Subject", "Measure", say_later("First day with an AST"), "Before", "After")


def screen(user: User) -> EstimateQuerySet:
    """R-11.12: departments below their estimate, by school: a list of whom to ask, and of nobody to blame."""
    found = Estimate.objects.visible_to(user).candidates().with_help().select_related("school")
    return found.order_by("school__name_key", "subject", "-year", "measure")


def may_be_offered(row: Any) -> bool:
    """A row of the screen to which no offer stands, and which has not asked by itself."""
    return not row.asked and (row.offer_status is None or row.offer_status in OFFER_MAY_BE_MADE_AGAIN)


def grounds(offer: Offer) -> list[str]:
    """What an offer rests on, a line for each measure; one query."""
    rows = Estimate.objects.filter(school=offer.school_id, subject=offer.subject, year=offer.year)
    return [f"{row.get_measure_display()}, {row.year}: {said(row)}" for row in rows.candidates().order_by("measure")]


def said(row: Any) -> str:
    """The two figures of a row of `with_actual`, and how they lie to each other."""
    return rules.said(row.value, row.result, row.measure)


def is_candidate(school_id: int, subject: str, year: int) -> bool:
    """Some result of the department lies under its estimate."""
    return Estimate.objects.filter(school=school_id, subject=subject, year=year).candidates().exists()


def open_request(school_id: int, subject: str) -> str:
    """The reference of a request in this subject that is under way; "" for none."""
    found = OutreachRequest.objects.filter(host=school_id, subject=subject, status__in=REQUEST_OPEN).first()
    return found.reference if found else ""


def cards(request: OutreachRequest, user: User, today: date) -> Iterable[Card]:
    """Beside a need: the department's estimates, where the policy has the screen, and its results (R-7.4)."""
    here = {"school": request.host_id, "subject": request.subject}
    if policy.in_force(today).fft_screen:
        rows = Estimate.objects.visible_to(user).filter(**here).with_actual().order_by("-year", "measure")
        told = [(f"{row.get_measure_display()}, {row.year}", said(row)) for row in rows[:LATEST]]
        yield Card("Estimates of the Fischer Family Trust", told or [("Estimates", NO_EVIDENCE)])
    results = AttainmentResult.objects.visible_to(user).filter(**here).counting().order_by("-year", "measure", "pk")
    figures = {
        (each.get_measure_display(), each.year): figure_words(each.value, each.unit) for each in results[: 2 * LATEST]
    }
    known = [(f"{measure}, {year}", value) for (measure, year), value in list(figures.items())[:LATEST]]
    yield Card("Results of the department", known or [("Results", NO_EVIDENCE)])


@dataclass(frozen=True)
class Helped:
    """One measure of a department that has had an AST, before and after the first day."""

    school: str
    subject: str
    measure: str
    since: date
    before: str
    after: str
    url: str

    @property
    def cells(self) -> tuple[Any, ...]:
        """As the file has them."""
        return self.school, self.subject, self.measure, self.since.isoformat(), self.before, self.after


def helped(user: User) -> list[Helped]:
    """Departments with estimates that have had help, by school; two queries."""
    begun = Placement.objects.filter(status__in=SUPPORTED, starts_on__isnull=False).order_by()
    since = {(h, s): first for h, s, first in begun.values_list("host", "subject").annotate(first=Min("starts_on"))}
    rows = Estimate.objects.visible_to(user).filter(school__in={host for host, _ in since}).with_actual()
    found: dict[tuple[int, str, str], list[Any]] = {}
    for row in rows.select_related("school").order_by("school__name_key", "subject", "measure", "year"):
        if (row.school_id, row.subject) in since:
            found.setdefault((row.school_id, row.subject, row.measure), []).append(row)
    return [_helped(each, since[key[:2]]) for key, each in found.items()]


def _helped(rows: Sequence[Any], since: date) -> Helped:
    """The last summer whose results were known when the AST came, and the last one after it."""
    known = since.year if since.month >= NEW_YEAR else since.year - 1
    before = next((row for row in reversed(rows) if row.year <= known and row.result is not None), None)
    after = next((row for row in reversed(rows) if row.year > known and row.result is not None), None)
    meaning = MEANINGS[rows[0].measure]
    comparable = not (before and after) or meaning.span_of(before.year) == meaning.span_of(after.year)
    return Helped(
        rows[0].school.name,
        str(Subject(rows[0].subject).label),
        str(Measure(rows[0].measure).label),
        since,
        _figure(before),
        _figure(after) if comparable else MEANING_CHANGED,
        reverse("evaluation:estimate", args=[rows[-1].pk]),
    )


def _figure(row: Any) -> str:
    return f"{row.year}: {said(row)}" if row else NO_EVIDENCE
