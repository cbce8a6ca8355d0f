"""Which schools closed and are not settled, and what the register proposes to follow them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from astcoord.core.consequences import Section
from schools.register.lifecycle import LinkKind, RegisterStatus
from schools.register.models import School, SchoolLink
from schools.register.querysets import SchoolQuerySet
from schools.succession.events import HANGING, WHAT_GOES, Handing
from schools.succession.models import Succession


@dataclass(frozen=True)
class Unsettled:
    """A school that closed while something hangs on it, with what was said of it and what the register proposes."""

    school: School
    answer: Succession | None
    proposed: list[School]


def unsettled_schools(on: date) -> SchoolQuerySet:
    """Closed schools on which something hangs. One query, whatever the rooms that have something."""
    hanging = Q(pk__in=[])
    for schools in HANGING:
        hanging |= Q(pk__in=schools(on))
    return School.objects.filter(hanging, status=RegisterStatus.CLOSED).order_by(
        F("closed_on").asc(nulls_last=True), "name_key", "urn"
    )


def unsettled(on: date) -> list[Unsettled]:
    """For the list; five queries."""
    schools = list(unsettled_schools(on))
    answers = {row.school_id: row for row in current_of(schools)}
    proposed = successors_of(schools)
    return [Unsettled(each, answers.get(each.pk), proposed.get(each.pk, [])) for each in schools]


def current_of(schools: list[School]) -> QuerySet[Succession]:
    """What was said of these schools."""
    return Succession.objects.current().filter(school__in=schools).select_related("school", "successor")


def answer_of(school: School) -> Succession | None:
    """What was said of this school."""
    return current_of([school]).first()


def stands_now(school: School) -> School:
    """The school that goes on with its work today: itself, or the last of those that followed. A query for each."""
    seen = {school.pk}
    while (answer := answer_of(school)) and answer.successor and answer.successor.pk not in seen:
        school = answer.successor
        seen.add(school.pk)
    return school


def successors_of(schools: list[School]) -> dict[int, list[School]]:
    """The schools that the register's links name as successors, from either side, by the school's key.

    By URN: a link may have been read before the other school was. Three queries.
    """
    urns = {school.urn: school.pk for school in schools}
    pairs = set(
        SchoolLink.objects.filter(school__in=schools, kind=LinkKind.SUCCESSOR).values_list("school_id", "other_urn")
    )
    back = SchoolLink.objects.filter(other_urn__in=urns, kind=LinkKind.PREDECESSOR)
    pairs |= {(urns[urn], other) for urn, other in back.values_list("other_urn", "school__urn")}
    known = School.objects.filter(urn__in={urn for _, urn in pairs}).by_name()
    found: dict[int, list[School]] = {}
    for other in known:
        for pk in sorted({pk for pk, urn in pairs if urn == other.urn and pk != other.pk}):
            found.setdefault(pk, []).append(other)
    return found


def handings(school: School, successor: School | None, on: date, before: Succession | None = None) -> list[Handing]:
    """What goes from where to where with this answer; `before` is the answer that it puts right.

    What a wrong successor was given goes on from there, or back; what was left at the closed school goes, too.
    """
    found = []
    if before is not None and before.successor is not None:
        found.append(Handing(before.successor, successor or school, on, earlier=before))
    if successor is not None or not found:
        found.append(Handing(school, successor, on))
    return found


def what_goes(school: School, successor: School | None, on: date, before: Succession | None = None) -> list[Section]:
    """Everything that hangs on it, and what becomes of it, under a heading for each kind."""
    found: dict[str, Section] = {}
    for each in handings(school, successor, on, before):
        for section in WHAT_GOES.sections(each):
            found.setdefault(section.title, Section(section.title, [])).rows.extend(section.rows)
    return list(found.values())
