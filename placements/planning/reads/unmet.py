"""Requests that a plan does not meet: counted by reason, and each with its cost to others and what would help."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from placements.planning.models import Plan, PlanNote, PlanUnmet
from placements.planning.reads import words
from placements.planning.reads.plans import notes_of
from placements.planning.rules import CLASSES
from staff.accounts.models import User


@dataclass(frozen=True)
class UnmetRow:
    """One request that is not met: why, what it would cost others, and the smallest changes that would meet it."""

    unmet: PlanUnmet
    why: str
    cost: str
    remedies: tuple[str, ...]
    able: tuple[tuple[int, str], ...]

    @property
    def label(self) -> str:
        return CLASSES.get(self.unmet.priority, "")

    @property
    def cells(self) -> list[object]:
        """The row of a spreadsheet, as in `HEADER`."""
        request = self.unmet.request
        return [
            request.reference,
            request.host.name,
            request.get_subject_display(),
            self.label,
            self.unmet.days,
            self.why,
            self.cost,
            "; ".join(self.remedies),
        ]


HEADER = ("Request", "School", "Subject", "Class", "Days", "Why", "Cost to others", "What would help")


@dataclass(frozen=True)
class Reason:
    """One reason for which requests are not met, and how many; the code chooses it in an address."""

    code: str
    text: str
    count: int


def unmet_of(plan: Plan) -> list[PlanUnmet]:
    """Requests not met, the first class first; one query."""
    return list(PlanUnmet.objects.filter(plan=plan).select_related("request__host").order_by("priority", "pk"))


def reasons(unmet: Sequence[PlanUnmet]) -> list[Reason]:
    """What stood in the way and of how many, the most frequent first."""
    counted = Counter(words.reason_of(each) for each in unmet)
    return [Reason(code, words.reason(code), count) for code, count in counted.most_common()]


def rows(plan: Plan, unmet: Sequence[PlanUnmet], reader: User) -> list[UnmetRow]:
    """These requests with what was found out about them, in three queries at most."""
    notes = notes_of(plan, [each.request_id for each in unmet])
    people = words.people_in(notes.values(), reader)
    return [
        UnmetRow(
            each,
            words.why_unmet(each),
            words.cost(note),
            words.remedies(note, people),
            tuple((pk, people[pk]) for pk in (note or {}).get("able", ()) if pk in people),
        )
        for each in unmet
        for note in [notes.get(each.request_id)]
    ]


def outlook(plan: Plan) -> list[tuple[str, int, int]]:
    """What one AST more in each subject would meet: subject, requests gained, requests lost; the best first."""
    found = PlanNote.objects.filter(plan=plan).exclude(subject="").values_list("subject", "facts")
    gains = [(words.subject(code), len(f["gained"]), len(f["lost"])) for code, f in found]
    return sorted(gains, key=lambda row: (row[2] - row[1], row[0]))
