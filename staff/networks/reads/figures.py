"""Network meetings in numbers: by term, by kind, and what the agendas were for (R-3.13, R-15.15)."""

from collections import Counter
from collections.abc import Iterable, Sequence

from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.figures.permissions import reads_sums
from staff.figures.reads.sheets import Cell, Sheet, Table
from staff.networks.lifecycle import COUNTS, MeetingKind, MeetingStatus, Purpose, Reply
from staff.networks.models import AgendaItem, Invitation, NetworkMeeting

HEADER = ("Meetings called", "Held", "Invitations", "Apologies", "Were there")
PEOPLE = (3, 4, 5)
"""Columns that count ASTs."""
NOTE = "A meeting is called when its invitations are sent. Whoever was at two meetings counts twice."


def sheet(user: User, year: AcademicYear | None) -> Sheet:
    """One school year; a consultant’s meetings and group, an officer sums. Four queries."""
    meetings = _meetings(user, year) if year else []
    return Sheet(
        name=f"network-meetings-{year.slug}" if year else "network-meetings",
        title="Network meetings in numbers",
        tables=tuple(_tables(user, meetings, year)) if year and meetings else (),
        chosen=(("School year", str(year)),) if year else (),
        notes=(NOTE,),
        empty="No network meeting was called in this school year." if year else "No school year is entered yet.",
    )


def _meetings(user: User, year: AcademicYear) -> list[NetworkMeeting]:
    every = NetworkMeeting.objects.all() if reads_sums(user) else NetworkMeeting.objects.visible_to(user)
    return list(every.filter(status__in=COUNTS, on__range=(year.starts_on, year.ends_on)))


def _tables(user: User, meetings: Sequence[NetworkMeeting], year: AcademicYear) -> Iterable[Table]:
    invited = _invited(user, meetings)
    terms = [
        (term.name, [each for each in meetings if term.starts_on <= each.on <= term.ends_on])
        for term in year.terms.order_by("starts_on")
    ]
    within = {each.pk for _, found in terms for each in found}
    if between := [each for each in meetings if each.pk not in within]:
        terms.append(("Between terms", between))
    kinds = [(str(kind.label), [each for each in meetings if each.kind == kind]) for kind in MeetingKind]
    for code, title, first, parts in (("csv", "By term", "Term", terms), ("kinds", "By kind", "Kind", kinds)):
        rows = tuple(_line(label, found, invited) for label, found in parts)
        table = Table(code, title, (first, *HEADER), rows, _line("All", meetings, invited))
        yield table.for_officers(columns=PEOPLE) if reads_sums(user) else table
    counted = Counter(AgendaItem.objects.filter(meeting__in=meetings).values_list("purpose", flat=True))
    rows = tuple((str(purpose.label), counted[purpose]) for purpose in Purpose)
    yield Table("purposes", "What the agendas were for", ("Purpose", "Items"), rows, ("All", sum(counted.values())))


def _invited(user: User, meetings: Sequence[NetworkMeeting]) -> dict[int, list[Invitation]]:
    every = Invitation.objects.all() if reads_sums(user) else Invitation.objects.visible_to(user)
    found: dict[int, list[Invitation]] = {each.pk: [] for each in meetings}
    for each in every.filter(meeting__in=meetings).distinct():
        found[each.meeting_id].append(each)
    return found


def _line(label: str, meetings: Sequence[NetworkMeeting], invited: dict[int, list[Invitation]]) -> tuple[Cell, ...]:
    people = [each for meeting in meetings for each in invited[meeting.pk]]
    held = sum(meeting.status == MeetingStatus.HELD for meeting in meetings)
    sorry = sum(each.reply == Reply.APOLOGIES for each in people)
    return (label, len(meetings), held, len(people), sorry, sum(each.attended is True for each in people))
