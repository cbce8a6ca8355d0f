"""What has happened since last term, from the rows of history and of days: for many placements at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum

from astcoord.core.models.history import Transition
from astcoord.core.wording import date_words
from evaluation.evaluations.lifecycle import EVALUATION, AskedOf
from evaluation.evaluations.lifecycle import EvaluationStatus as V
from evaluation.evaluations.models import Evaluation
from evaluation.reviews.lifecycle import REVIEW
from evaluation.reviews.models import ImpactReview
from evaluation.summaries.wording.changes import HostChanges, Moved, Since
from placements.changes.lifecycle import AMENDMENT, AmendmentKind, AmendmentStatus
from placements.changes.models import Amendment
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.placement.lifecycle import PLACEMENT, PlacementStatus
from placements.placement.models import Placement
from schools.calendar.models import Term

ZERO = Decimal(0)
Told = Mapping[int, str]
"""Progress, in words, by the number of the objective."""


def since_last_term(today: date) -> Since | None:
    """Since the term before the one that is, or was, under way; None where the calendar holds none yet. One query."""
    terms = list(Term.objects.filter(starts_on__lte=today).order_by("-starts_on")[:2])
    if not terms:
        return None
    latest, *before = terms
    if before:
        ended = before[0].ends_on
        return Since(ended, f"the end of the {before[0].name} on {date_words(ended)}", latest.season)
    began = latest.starts_on
    return Since(began - timedelta(days=1), f"the beginning of the {latest.name} on {date_words(began)}", latest.season)


class Happened:
    """What happened to these placements since a day. Three queries, however many they are.

    The placements come with their accepted reviews, in order, and their evaluations.
    """

    def __init__(self, placements: Sequence[Placement], since: Since) -> None:
        self.since = since
        pks = [placement.pk for placement in placements]
        in_force = Amendment.objects.filter(placement__in=pks, status=AmendmentStatus.IN_FORCE)
        self._forms = {form.pk: form for placement in placements for form in placement.evaluations.all()}
        self._amendments = {each.pk: each for each in in_force.only("placement", "kind")}
        self._moves = self._moved(
            {
                PLACEMENT.name: pks,
                REVIEW.name: [review.pk for placement in placements for review in placement.impact_reviews.all()],
                EVALUATION.name: self._forms,
                AMENDMENT.name: self._amendments,
            }
        )
        self._days = self._days_of(pks)

    def _moved(self, rows: Mapping[str, Iterable[int]]) -> dict[str, dict[int, list[Transition]]]:
        """By machine and row, the transitions since then, in order. One query."""
        wanted = Q(pk__in=[])
        for machine, pks in rows.items():
            wanted |= Q(machine=machine, about_id__in=list(pks))
        found: dict[str, dict[int, list[Transition]]] = defaultdict(lambda: defaultdict(list))
        for each in Transition.objects.filter(wanted, at__date__gt=self.since.day).order_by("pk"):
            found[each.machine][each.about_id or 0].append(each)
        return found

    def _days_of(self, pks: Sequence[int]) -> dict[int, tuple[Decimal, int]]:
        """Days done and planned days called off since then, by placement. One query."""
        days = OutreachDay.objects.filter(placement__in=pks, on__gt=self.since.day).order_by()
        sums = days.values_list("placement").annotate(
            done=Sum("days", filter=Q(status=DayStatus.DONE)),
            called_off=Count("pk", filter=Q(status=DayStatus.CANCELLED)),
        )
        return {pk: (done or ZERO, called_off) for pk, done, called_off in sums}

    def reviewed(self, placement: Placement) -> list[ImpactReview]:
        """Its reviews that were accepted since then."""
        accepted = self._moves[REVIEW.name]
        return [
            review
            for review in placement.impact_reviews.all()
            if any(move.target == review.status for move in accepted.get(review.pk, ()))
        ]

    def concluded(self, placement: Placement) -> bool:
        """Whether its final evaluation was concluded since then, and still is."""
        return any(form.status == V.ACCEPTED for form in self._forms_with("conclude", placement))

    def of(self, placement: Placement, *, before: Told, now: Told) -> HostChanges:
        """`before` is what was told of each objective then, `now` what is told today."""
        states = self._moves[PLACEMENT.name].get(placement.pk)
        days, called_off = self._days.get(placement.pk, (ZERO, 0))
        handed = self._forms_with("submit", placement)
        effect = [
            each
            for each in self._amendments.values()
            if each.placement_id == placement.pk and each.pk in self._moves[AMENDMENT.name]
        ]
        return HostChanges(
            state_before=str(PlacementStatus(states[0].source).label) if states else "",
            state=placement.get_status_display(),
            days=days,
            called_off=called_off,
            moved=[Moved(n, before.get(n, ""), told) for n, told in sorted(now.items()) if before.get(n) != told],
            reviews=len(self.reviewed(placement)),
            head=any(form.asked_of == AskedOf.HOST_HEAD for form in handed),
            ast=any(form.asked_of == AskedOf.AST for form in handed),
            supported=len({form.person_id for form in handed if form.asked_of == AskedOf.SUPPORTED}),
            concluded=self.concluded(placement),
            extended_to=placement.ends_on if any(each.is_extension for each in effect) else None,
            changed=any(each.kind == AmendmentKind.CHANGE for each in effect),
        )

    def _forms_with(self, move: str, placement: Placement) -> list[Evaluation]:
        """Its forms with which this was done since then."""
        done = self._moves[EVALUATION.name]
        found = (self._forms[pk] for pk, moves in done.items() if any(each.move == move for each in moves))
        return [form for form in found if form.placement_id == placement.pk]
