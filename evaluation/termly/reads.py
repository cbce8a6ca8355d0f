"""The pack of a termly meeting, as page and paper show it (R-20.8)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum
from django.urls import reverse

from astcoord.core.shown import all_shown_to
from astcoord.core.wording import counted, date_words
from astcoord.core.words import say
from astcoord.ui.charts import plain
from evaluation.reviews.models import ImpactReview
from evaluation.termly.models import Decision, TermlyMeeting
from placements.days.models import LedgerEntry
from placements.placement.lifecycle import PLACEMENT_OPEN, PLACEMENT_UNDER_WAY
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from schools.calendar.models import Term
from staff.accounts.models import User
from staff.figures.reads.sheets import Sheet, Table
from staff.posts.models import Post


def last_term(on: date) -> Term | None:
    """The term that was over by that day; one query."""
    return Term.objects.filter(ends_on__lt=on).order_by("-ends_on").first()


def pack(meeting: TermlyMeeting, reader: User, today: date) -> Sheet:
    """Agenda, last term's days, and what is open; as things stand today. As many queries however long it is."""
    tables = [_agenda(meeting), *_days(meeting, reader), _reviews(reader), _next(reader), _unmet(reader)]
    decided = decisions(meeting)
    if decided:
        tables.append(_decisions(decided))
    return Sheet(
        name=f"termly-meeting-{meeting.on.isoformat()}",
        title=str(meeting),
        tables=tuple(tables),
        chosen=(("Where", meeting.place),) if meeting.place else (),
        notes=(f"As things stand on {date_words(today)}.",),
    )


def decisions(meeting: TermlyMeeting) -> list[Decision]:
    """What was decided, by the day by which it is to be done. One query."""
    return list(meeting.decisions.select_related("note__owner"))


def _agenda(meeting: TermlyMeeting) -> Table:
    rows = tuple((number, item) for number, item in enumerate(meeting.items, 1))
    return Table("agenda", "Agenda", ("Number", "What is talked about"), rows, words=2)


def _days(meeting: TermlyMeeting, reader: User) -> Iterable[Table]:
    """Everybody who was in post in that term, those who gave no day among them."""
    term = last_term(meeting.on)
    if term is None:
        return
    posts = Post.objects.visible_to(reader).in_post_between(term.starts_on, term.ends_on)
    held = list(posts.select_related("user", "home").order_by("user__name_key", "pk"))
    entries = LedgerEntry.objects.filter(
        post__in=held, on__range=(term.starts_on, term.ends_on), placement__isnull=False
    )
    delivery, plan = LedgerEntry.Kind.DELIVERY, LedgerEntry.Kind.PLAN
    sums = (
        entries.order_by()
        .values_list("post")
        .annotate(
            given=Sum("days", filter=Q(kind=delivery), default=0), planned=Sum("days", filter=Q(kind=plan), default=0)
        )
    )
    days: dict[int, tuple[Decimal, Decimal]] = {pk: (given, planned) for pk, given, planned in sums}
    pairs = [days.get(post.pk, (Decimal(0), Decimal(0))) for post in held]
    lines = [(post, given, planned) for post, (given, planned) in zip(held, pairs, strict=True)]
    rows = tuple((post.name, post.home.name, plain(given), plain(planned)) for post, given, planned in lines)
    all_given = sum((given for _, given, _ in lines), Decimal(0))
    all_planned = sum((planned for *_, planned in lines), Decimal(0))
    yield Table(
        code="days",
        title=f"Days of each {say('AST')}, {term.name}",
        header=(say("AST"), "Own school", "Days given", "Days with a date"),
        rows=rows,
        total=("All", "", plain(all_given), plain(all_planned)) if rows else (),
        links=tuple(reverse("staff:post", args=[post.pk]) for post in held),
        words=2,
        note="" if rows else say("No AST was in post in that term."),
    )


def _reviews(reader: User) -> Table:
    found = list(ImpactReview.objects.visible_to(reader).open().with_people().order_by("due_on", "pk"))
    rows = tuple(
        (
            *(each.placement.post.name, each.placement.host.name, each.term.name),
            *(date_words(each.due_on), str(each.get_status_display())),
        )
        for each in found
    )
    return Table(
        code="reviews",
        title="Open impact reviews",
        header=(say("AST"), "School", "Term", "Due", "State"),
        rows=rows,
        links=tuple(reverse("evaluation:review", args=[each.pk]) for each in found),
        words=5,
        note="" if rows else "No impact review is open.",
    )


def _next(reader: User) -> Table:
    open_ = Placement.objects.visible_to(reader).filter(status__in=PLACEMENT_OPEN - PLACEMENT_UNDER_WAY)
    found = list(open_.with_people().order_by("starts_on", "pk"))
    rows = tuple(
        (
            *(each.reference, each.post.name, each.host.name, str(each.get_subject_display())),
            *(date_words(each.starts_on) if each.starts_on else "No day yet", plain(each.days)),
        )
        for each in found
    )
    return Table(
        code="placements",
        title=say("Placements that begin next"),
        header=(say("Placement"), say("AST"), "School", "Subject", "First day", "Days"),
        rows=rows,
        links=tuple(each.get_absolute_url() for each in found),
        words=5,
        note="" if rows else say("No placement is being prepared."),
    )


def _unmet(reader: User) -> Table:
    """Requests for which nobody has been found, or not for all days."""
    waiting: Any = OutreachRequest.objects.visible_to(reader).in_queue().with_turns(0).select_related("host")
    found = list(all_shown_to(reader, waiting.prefetch_related("matches").order_by("since", "pk")))
    rows = tuple(
        (
            *(each.reference, each.host.name, str(each.get_subject_display())),
            *(date_words(each.since.date()), str(each.get_status_display())),
            plain((each.days or 0) - each.days_found),
        )
        for each in found
    )
    return Table(
        code="unmet",
        title=f"Unmet demand: {counted(len(found), 'request')}",
        header=("Request", "School", "Subject", "Waiting since", "State", "Days wanted"),
        rows=rows,
        links=tuple(each.get_absolute_url() for each in found),
        words=5,
        note="" if rows else "No request waits.",
    )


def _decisions(decided: list[Decision]) -> Table:
    rows = tuple(
        (
            *(each.note.text, each.note.owner.name, date_words(each.note.due_on) if each.note.due_on else ""),
            date_words(each.note.done_on) if each.note.done_on else "Open",
        )
        for each in decided
    )
    return Table(
        code="decisions",
        title="What was decided",
        header=("What", "Who", "By", "Done"),
        rows=rows,
        links=tuple(each.note.get_absolute_url() for each in decided),
        words=4,
    )
