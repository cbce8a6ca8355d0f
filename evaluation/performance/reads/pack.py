"""The evidence of one AST's outreach in one school year (R-12.3): figures, and how far objectives were reached.

No form's own words stand in it, and whatever somebody typed of an objective is read without the names of the people
supported, whoever reads it (`core.protected`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from astcoord.core import policy, protected
from astcoord.core.suppression import SMALLEST_GROUP, count_words
from astcoord.core.wording import counted, days_words
from astcoord.core.words import say, say_later
from evaluation.diary.lifecycle import DiaryStatus
from evaluation.evaluations.lifecycle import EVALUATION_ANSWERED, AskedOf, Helps
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.reads.placements import outcome
from evaluation.reviews.lifecycle import Progress, ReviewStatus
from evaluation.reviews.models import ImpactReview
from evaluation.value.lifecycle import BEGUN
from placements.activities.models import Activity
from placements.days.lifecycle import DayStatus
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from schools.calendar.models import AcademicYear
from staff.expertise.vocabulary import Subject
from staff.posts.models import Post
from staff.quality.lifecycle import TOOK_PLACE
from staff.quality.models import QaVisit

Rows = list[tuple[str, str]]
ReadsReport = Callable[[QaVisit], bool]
ZERO = Decimal(0)
NOT_YET = "Nothing accepted yet"
TOO_FEW_PLACEMENTS = say_later(f"Fewer than {SMALLEST_GROUP} placements: not shown")
TOO_FEW = f"Fewer than {SMALLEST_GROUP} forms: not shown"


@dataclass(frozen=True)
class Section:
    """One kind of evidence."""

    title: str
    rows: Rows


def names_of(post: Post) -> list[str]:
    """Everybody supported in any placement of this AST: no text about the AST holds one of them. Two queries."""
    cases = set(Placement.objects.filter(post=post).values_list("request_id", flat=True))
    return [name for names in protected.names_in(cases).values() for name in names]


def pack(post: Post, year: AcademicYear, today: date, *, reads_report: ReadsReport | None) -> list[Section]:
    """Everything, by kind; a fixed number of queries. `reads_report` says of which visits the outcome is read.

    Without `reads_report` it is what governors read: sums, and nothing of visits (section G*, R-11.13).
    """
    first, last = year.starts_on, min(today, year.ends_on)
    placements = list(_placements(post, first, last))
    sections = [
        Section("Days", _days(post, first, last)),
        Section("Impact reviews", _reviews(placements, first, last)),
        Section("What schools and the people supported say", _feedback(placements, first, last)),
        *(_together(placements) if reads_report is None else _objectives(placements)),
    ]
    if reads_report is not None and policy.in_force(today).qa_visits:
        sections.append(Section("QA visits", _visits(post, first, last, reads_report)))
    names = names_of(post)
    return [
        Section(each.title, [(key, protected.cleaned(said, names)) for key, said in each.rows]) for each in sections
    ]


def _placements(post: Post, first: date, last: date) -> Iterable[Placement]:
    """Those that lay in the year, with their accepted reviews and their forms. Six queries."""
    reviews = ImpactReview.objects.select_related("term").prefetch_related("progress__objective")
    forms = Evaluation.objects.prefetch_related("objectives")
    found = Placement.objects.filter(post=post, status__in=BEGUN, starts_on__lte=last, ends_on__gte=first)
    return (
        found.select_related("host")
        .prefetch_related("objectives", Prefetch("impact_reviews", reviews), Prefetch("evaluations", forms))
        .order_by("starts_on", "pk")
    )


def _days(post: Post, first: date, last: date) -> Rows:
    """Diary totals. Two queries."""
    done = OutreachDay.objects.filter(placement__post=post, status=DayStatus.DONE, on__range=(first, last))
    days = list(done.values_list("days", "placement__host", "diary__status"))
    work = Activity.objects.standing().filter(post=post, on__range=(first, last))
    other = list(work.values_list("days", "kind"))
    inreach = sum((share for share, kind in other if kind == "inreach"), ZERO)
    told = sum(1 for *_, status in days if status not in (None, DiaryStatus.DRAFT))
    return [
        ("Outreach delivered", days_words(sum((share for share, *_ in days), ZERO))),
        ("In how many schools", str(len({host for _, host, _ in days}))),
        ("Dates written up in the diary", f"{told} of {len(days)}"),
        (say("Other AST work"), days_words(sum((share for share, _ in other), ZERO) - inreach)),
        ("Inreach in the own school", days_words(inreach)),
    ]


def _reviews(placements: Sequence[Any], first: date, last: date) -> Rows:
    """How many of the year's reviews are accepted, and what they say of objectives."""
    due = [row for each in placements for row in each.impact_reviews.all() if first <= row.term.starts_on <= last]
    asked = [row for row in due if row.status != ReviewStatus.WAIVED]
    accepted = [row for row in asked if row.status == ReviewStatus.ACCEPTED]
    said = Counter(each.progress for row in accepted for each in row.progress.all() if each.progress)
    rows: Rows = [("Accepted", f"{len(accepted)} of {len(asked)}")]
    return [*rows, *((str(label), counted(said[code], "objective")) for code, label in Progress.choices if said[code])]


def _feedback(placements: Sequence[Any], first: date, last: date) -> Rows:
    """Whether the support helps, of forms asked for in the year, as sums: only where three say so (section G)."""
    forms = [
        form
        for each in placements
        for form in each.evaluations.all()
        if form.status in EVALUATION_ANSWERED and form.helps and first <= form.opens_on <= last
    ]
    heads = Counter(form.helps for form in forms if form.asked_of == AskedOf.HOST_HEAD)
    people = Counter(form.helps for form in forms if form.asked_of == AskedOf.SUPPORTED)
    return [
        ("Host headteachers: does it help?", _helped(heads)),
        ("People supported: does it help?", _helped(people)),
    ]


def _helped(said: Counter[str]) -> str:
    if not said:
        return "No form yet"
    if said.total() < SMALLEST_GROUP:
        return TOO_FEW
    told = [f"{label} {count_words(said[code])}" for code, label in Helps.choices if said[code]]
    return f"{counted(said.total(), 'form')}: {', '.join(told)}"


def _together(placements: Sequence[Any]) -> list[Section]:
    """How far the objectives of all placements came, where three or more are told of."""
    told = [[_came(each, one) for one in each.objectives.all()] for each in placements]
    sums = Counter(said for each in told for said in each)
    if len([each for each in told if each]) < SMALLEST_GROUP:
        return [Section(say("Objectives of placements"), [("How far they came", TOO_FEW_PLACEMENTS)])]
    return [
        Section(say("Objectives of placements"), [(said, counted(sums[said], "objective")) for said in sorted(sums)])
    ]


def _objectives(placements: Sequence[Any]) -> list[Section]:
    """Of each placement, how far each objective came: the concluded final evaluation's word, else the last review's."""
    return [
        Section(
            f"{each.reference}, {each.host.name}, {Subject(each.subject).label}",
            [(f"{one.number}. How far it came", _of_objective(each, one)) for one in each.objectives.all()],
        )
        for each in placements
        if each.objectives.all()
    ]


def _of_objective(placement: Any, objective: Any) -> str:
    came = _came(placement, objective)
    return f"{objective.text} {came}." if objective.text.endswith(".") else f"{objective.text}: {came}"


def _came(placement: Any, objective: Any) -> str:
    final = {said.number: said.reached for said in outcome(placement.evaluations.all())}
    accepted = [row for row in placement.impact_reviews.all() if row.status == ReviewStatus.ACCEPTED]
    told = {
        said.objective_id: said.get_progress_display()
        for row in sorted(accepted, key=lambda row: row.term.starts_on)
        for said in row.progress.all()
        if said.progress
    }
    return final.get(objective.number) or told.get(objective.pk) or NOT_YET


def _visits(post: Post, first: date, last: date, reads_report: ReadsReport) -> Rows:
    """Visits that took place, each with its outcome where this reader reads the report. One query."""
    found = QaVisit.objects.filter(post__user=post.user_id, status__in=TOOK_PLACE, on__range=(first, last))
    rows = found.whole().prefetch_related("post__expertise").order_by("on", "pk")
    return [(str(row), row.outcome if row.outcome and reads_report(row) else "Took place") for row in rows] or [
        ("Visits", "None took place")
    ]
