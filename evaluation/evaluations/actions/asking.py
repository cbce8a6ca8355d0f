"""Asking for evaluation forms: at the half-term's end, in the last fortnight, after the end (R-11.1, R-11.5, R-11.8).

Everything here may be repeated: a form that is there is never asked for a second time.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import transaction

from astcoord.core import gate
from astcoord.core.clock import today
from astcoord.core.models.messages import Message
from astcoord.core.nightly import each
from evaluation.evaluations import emails, permissions, rules
from evaluation.evaluations.lifecycle import EVALUATION_WITH_OWNER, AskedOf, EvaluationKind, EvaluationStatus
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.wording import sheet_of
from placements.endings.emails import Asked
from placements.placement.lifecycle import PlacementStatus, ReviewKind
from placements.placement.models import Placement
from placements.placement.reads import policy_of
from placements.supported.models import SupportedStaff
from schools.calendar.models import HalfTerm
from staff.accounts.models import User

Whom = tuple[str, SupportedStaff | None]


def ask_interim(*, on: date) -> int:
    """R-11.1: of the head and of everybody supported, at the end of a half-term or on the dates fixed in P4."""
    active = Placement.objects.filter(
        status=PlacementStatus.ACTIVE, starts_on__lte=on, ends_on__gte=on - rules.CATCH_UP
    ).with_people()
    ends = list(HalfTerm.objects.filter(ends_on__range=(on - rules.CATCH_UP, on)).values_list("ends_on", flat=True))
    return each(active.prefetch_related("reviews_planned"), lambda placement: _ask_interim(placement, ends, on))


def _ask_interim(placement: Placement, half_term_ends: list[date], on: date) -> int:
    if placement.starts_on is None or placement.ends_on is None:
        return 0
    planned = [p.on for p in placement.reviews_planned.all() if p.kind == ReviewKind.SCHOOL_EVALUATION]
    dates = rules.interim_dates(
        planned=planned, half_term_ends=half_term_ends, first=placement.starts_on, last=placement.ends_on
    )
    rounds = rules.asked_lately(dates, on)
    return sum(
        len(ask(placement=placement, kind=EvaluationKind.INTERIM, whom=school(placement), opens=day, on=on))
        for day in rounds
    )


def ask_joint(form: Evaluation) -> None:
    """R-11.1: once the head has answered, the AST is asked for the joint part, after a talk with the school."""
    if (form.kind, form.asked_of) == (EvaluationKind.INTERIM, AskedOf.HOST_HEAD):
        due = today() + rules.ANSWER_WITHIN
        ask(
            placement=form.placement,
            kind=EvaluationKind.INTERIM,
            whom=[(AskedOf.AST, None)],
            opens=form.opens_on,
            on=today(),
            due=due,
        )


def ask_final(placement: Placement) -> list[Asked]:
    """R-11.5: near the end, or after an early end, of everybody; the co-ordinator's own part concludes it.

    Whom it was asked of: who has an account hears of it by the message about the end, and by no second one.
    """
    now = today()
    again = _conclude_anew(placement)
    everybody = [*school(placement), (AskedOf.AST, None), (AskedOf.COORDINATOR, None)]
    due = max(placement.ends_on or now, now) if placement.status == PlacementStatus.FINAL_EVALUATION else None
    made = ask(
        placement=placement, kind=EvaluationKind.FINAL, whom=everybody, opens=now, on=now, due=due, accounts=False
    )
    return [asked for form in (*again, *made) for asked in emails.owners(form)]


def ask_after_early_end(placement: Placement) -> list[Asked]:
    """R-8.14: it is evaluated all the same, unless it ended before it began."""
    first, last = placement.starts_on, placement.ended_on
    return ask_final(placement) if first and last and first <= last else []


def _conclude_anew(placement: Placement) -> list[Evaluation]:
    """The placement has gone on after its final evaluation: what was concluded then does not count for the new end."""
    done = Evaluation.objects.filter(
        placement=placement,
        kind=EvaluationKind.FINAL,
        asked_of=AskedOf.COORDINATOR,
        status__in=(EvaluationStatus.ACCEPTED, EvaluationStatus.WAIVED),
    )
    forms = list(done.with_people())
    for form in forms:
        ask_anew(form=form, by=None, tell=False)
    return forms


def ask_anew(*, form: Evaluation, by: User | None, problems: Any = None, tell: bool = True) -> None:
    """Ask for a form that was waived or accepted: due a fortnight from today."""
    gate.move(
        form,
        "ask_again",
        by=by,
        may=permissions.decides,
        problems=problems,
        waive_reason="",
        accepted_by=None,
        accepted_at=None,
        due_on=max(today(), form.opens_on) + rules.ANSWER_WITHIN,
    )
    if tell:
        emails.new_link(form, today())


def ask_after_the_end(placement: Placement) -> list[Asked]:
    """R-11.8: evaluated at once where the policy asks for it; the second time comes with the return visit."""
    if not policy_of(placement).immediate_evaluation:
        return []
    now, whom = today(), school(placement)
    made = ask(placement=placement, kind=EvaluationKind.IMMEDIATE, whom=whom, opens=now, on=now, accounts=False)
    return [asked for form in made for asked in emails.owners(form)]


def school(placement: Placement) -> list[Whom]:
    """The host head and each of the people supported who have not withdrawn."""
    people = SupportedStaff.objects.filter(placement=placement).taking_part()
    return [(AskedOf.HOST_HEAD, None), *((AskedOf.SUPPORTED, person) for person in people)]


def announce(*, on: date) -> int:
    """N17: tell whoever is asked from today on and was not told when the form was made; new messages."""
    opened = Evaluation.objects.asked(on).filter(
        kind=EvaluationKind.RETURN, opens_on__gte=on - rules.CATCH_UP, status=EvaluationStatus.DUE
    )
    forms = list(opened.with_people())
    before = Message.objects.count()
    for form in forms:
        emails.asked(form)
    return Message.objects.count() - before


@transaction.atomic
def ask(
    *,
    placement: Placement,
    kind: str,
    whom: Iterable[Whom],
    opens: date,
    on: date,
    due: date | None = None,
    accounts: bool = True,
) -> list[Evaluation]:
    """Make the forms that are not there yet, and tell those asked if the day has come; the new ones.

    They ask on four levels where the policy of the placement says so (R-11.6).

    Without `accounts`, who has one is told otherwise, and only links go out.
    """
    Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    there = Evaluation.objects.filter(placement=placement, kind=kind)
    if kind == EvaluationKind.INTERIM:
        there = there.filter(opens_on=opens)
    have: set[tuple[str, int | None]] = set(there.values_list("asked_of", "person_id"))
    due = max(due or opens + rules.ANSWER_WITHIN, on)
    if kind == EvaluationKind.FINAL:
        there.filter(status__in=EVALUATION_WITH_OWNER, due_on__lt=due).update(due_on=due)
    levels = policy_of(placement).on_levels
    made = [
        Evaluation(
            placement=placement,
            kind=kind,
            asked_of=asked_of,
            person=person,
            levels=sheet_of(kind, asked_of, levels=levels).levels,
            opens_on=opens,
            due_on=due,
        )
        for asked_of, person in _new(whom, have)
    ]
    for form in made:
        form.save()
        if opens <= on and (accounts or form.person is not None):
            emails.asked(form)
    return made


def _new(whom: Iterable[Whom], have: set[tuple[str, int | None]]) -> Iterator[Whom]:
    for asked_of, person in whom:
        if (asked_of, person.pk if person else None) not in have:
            yield asked_of, person
