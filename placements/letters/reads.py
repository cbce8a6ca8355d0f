"""Where the letters of a round stand: one state per letter, counted in one query."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Lower

from astcoord.core import doubt
from astcoord.core.models.bounces import Unreachable
from astcoord.core.models.messages import MessageStatus
from placements.letters.lifecycle import RoundStatus
from placements.letters.models import Letter, LetterRound
from schools.register.lifecycle import OPEN_STATUSES


class LetterState(models.TextChoices):
    """What has become of one school's letter."""

    PREPARED = "prepared", "Prepared"
    QUEUED = "queued", "Queued"
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    TO_POST = "to_post", "To print and post"
    POSTED = "posted", "Posted"
    NOT_SENT = "not_sent", "Not sent"


S = LetterState
COLOURS = {
    S.PREPARED: "grey",
    S.QUEUED: "blue",
    S.SENDING: "blue",
    S.SENT: "green",
    S.FAILED: "red",
    S.TO_POST: "yellow",
    S.POSTED: "green",
    S.NOT_SENT: "grey",
}


def with_state(letters: QuerySet[Letter]) -> QuerySet[Any]:
    """Each letter with `state`: its message's, or where it stands on paper."""
    return letters.annotate(
        state=Case(
            When(posted_on__isnull=False, then=Value(S.POSTED)),
            When(message__status=MessageStatus.CANCELLED, then=Value(S.NOT_SENT)),
            When(message__isnull=False, then=F("message__status")),
            When(round__status=RoundStatus.BUILT, then=Value(S.PREPARED)),
            When(~Q(school__status__in=OPEN_STATUSES) | Q(round__status=RoundStatus.CANCELLED), then=Value(S.NOT_SENT)),
            default=Value(S.TO_POST),
            output_field=models.CharField(),
        )
    )


def with_back(letters: QuerySet[Letter]) -> QuerySet[Any]:
    """Each letter with `back_since`: since when e-mail to the school's present address comes back."""
    known = Unreachable.objects.filter(address=Lower(OuterRef("school__email")))
    return letters.annotate(back_since=Subquery(known.values("since")[:1]))


@dataclass(frozen=True)
class Progress:
    """How far a round has come."""

    counts: dict[str, int]
    running: bool

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def to_email(self) -> int:
        """Letters that go, or went, by e-mail."""
        return sum(self.counts.get(s, 0) for s in (S.QUEUED, S.SENDING, S.SENT, S.FAILED))

    @property
    def done(self) -> int:
        """Of those, the ones of which nothing more is to be expected."""
        return self.counts.get(S.SENT, 0) + self.counts.get(S.FAILED, 0)

    def of(self, state: str) -> int:
        return self.counts.get(state, 0)

    @property
    def stats(self) -> list[tuple[Any, ...]]:
        """Number, words, link to the list, tone: for the cards. States that nobody is in are left out."""
        shown = (S.PREPARED, S.QUEUED, S.SENDING, S.SENT, S.FAILED, S.TO_POST, S.POSTED, S.NOT_SENT)
        return [
            (self.of(state), str(state.label), f"?state={state}#results", "red" if state == S.FAILED else "")
            for state in shown
            if self.of(state)
        ]


def progress(letter_round: LetterRound) -> Progress:
    """The round's letters by state, in one query."""
    rows = with_state(letter_round.letters.all()).order_by().values("state").annotate(n=Count("pk"))
    return Progress({row["state"]: row["n"] for row in rows}, letter_round.status == RoundStatus.SENDING)


def doubtful(letter_round: LetterRound) -> int:
    """How many of its letters may have arrived twice, as far as nobody has found out yet. One query."""
    return letter_round.letters.filter(message__in=doubt.doubtful()).count()


@dataclass(frozen=True)
class Reached:
    """How letters that are prepared would go, by schools as they are now."""

    by_email: int
    by_post: int
    closed: int


def reached(letter_round: LetterRound) -> Reached:
    """One query."""
    opens = Q(school__status__in=OPEN_STATUSES)
    found = letter_round.letters.aggregate(
        by_email=Count("pk", filter=opens & ~Q(school__email="")),
        by_post=Count("pk", filter=opens & Q(school__email="")),
        closed=Count("pk", filter=~opens),
    )
    return Reached(**found)


def rounds() -> QuerySet[LetterRound]:
    """All rounds, the newest first, with how many letters each has, and how many failed or wait to be posted."""
    failed = Q(letters__message__status=MessageStatus.FAILED)
    to_post = Q(
        letters__message=None,
        letters__posted_on=None,
        letters__school__status__in=OPEN_STATUSES,
        status__in=[RoundStatus.SENDING, RoundStatus.SENT],
    )
    return LetterRound.objects.select_related("term").annotate(
        total=Count("letters"),
        failed=Count("letters", filter=failed),
        to_post=Count("letters", filter=to_post),
    )


def to_post(letter_round: LetterRound) -> QuerySet[Any]:
    """The letters that wait to be printed and posted, by school."""
    found = with_state(letter_round.letters.all()).filter(state=S.TO_POST)
    return found.select_related("school", "document", "round__term").order_by("school__name_key", "pk")
