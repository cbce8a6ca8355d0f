"""What of an AST's days and years hangs on the post: what its changes make of them (R-17.7, R-3.16, R-4.1)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Max, Min, QuerySet, Sum
from django.urls import reverse

from astcoord.core.consequences import Hanging
from astcoord.core.problems import Problem
from astcoord.core.wording import counted, date_words, days_words, number, plural
from astcoord.core.words import say, say_later
from placements.days import budgets, ledger
from placements.days.actions.days import cancel_days
from placements.days.actions.several import rearrange
from placements.days.lifecycle import DAY_OPEN, DayStatus
from placements.days.models import LedgerEntry, OutreachDay
from placements.days.reads import moves
from placements.placement.models import Placement
from staff.accounts.models import User
from staff.posts.events import (
    AWAY,
    CORRECTING,
    HOURS,
    LEAVING,
    TAKEN_BACK,
    Away,
    Correcting,
    Leaving,
    NewHours,
    TakenBack,
    correcting_facts,
    leaving_facts,
    taken_back_facts,
)
from staff.posts.models import Post
from staff.posts.rules import Spell

SHOWN = 5
LEAVE_INSTEAD = say_later("Record instead that the AST leaves.")


def of_years(post: Post, spell: Spell) -> Iterator[Hanging]:
    """Each year whose budget becomes another; undecided where more is given away than it then has."""
    url = reverse("placements:balance", args=[post.pk])
    for year, stood, wanted in budgets.due(post, spell):
        taken = ledger.balance(post, year).taken
        words = f"{days_words(stood)} become {days_words(wanted)}."
        if taken <= wanted:
            yield Hanging(f"Budget of {year}", words, f"{url}?year={year.slug}")
            continue
        more = f"{days_words(taken)} are given away, {days_words(taken - wanted)} too many: see the contracts below."
        yield Hanging(f"Budget of {year}", f"{words} {more}", f"{url}?year={year.slug}", undecided=True)


def contracts_above(post: Post, spell: Spell) -> Iterator[Hanging]:
    """The contracts of each year that has given away more than it then has, as far as they lie in that year."""
    for year, _, wanted in budgets.due(post, spell):
        if ledger.balance(post, year).taken <= wanted:
            continue
        rows = LedgerEntry.objects.filter(post=post, year=year, kind=LedgerEntry.Kind.CONTRACT).order_by()
        held = dict(rows.values_list("placement").annotate(Sum("days")))
        for placement in Placement.objects.open().filter(pk__in=held).with_people().order_by("pk"):
            fate = f"{days_words(held[placement.pk])} of {year} under contract, and the year has too few. "
            fate += "Change the contract, end it early, or leave the year overdrawn."
            what = f"{placement.reference}, {placement.host.name}"
            yield Hanging(what, fate, placement.get_absolute_url(), undecided=True)


def years_of_leaving(event: Leaving) -> Iterator[Hanging]:
    """R-2.1: the year's days are those of the weeks until the last day."""
    return of_years(event.post, event.spell)


def contracts_of_leaving(event: Leaving) -> Iterator[Hanging]:
    """R-17.7: contracts above the new budget."""
    return contracts_above(event.post, event.spell)


def years_of_hours(event: NewHours) -> Iterator[Hanging]:
    """R-17.7: the year's days are pro rata."""
    return of_years(event.post, event.spell)


def contracts_of_hours(event: NewHours) -> Iterator[Hanging]:
    """R-17.7: contracts above the new budget."""
    return contracts_above(event.post, event.spell)


def settle_hours(event: NewHours, by: User | None) -> None:
    fte = number(event.spell.fte_on(event.starts_on))
    reason = f"full-time equivalent {fte} from {date_words(event.starts_on)}"
    budgets.settle(event.post, today=event.today, by=by, reason=reason)


def settle_years(event: Leaving, by: User | None) -> None:
    until = f"in post until {date_words(event.last_day)}" if event.last_day else "in post without a last day"
    budgets.settle(event.post, today=event.today, by=by, reason=until)


def days_after(event: Leaving) -> Iterator[Hanging]:
    """Days that are planned after the last day, by placement."""
    if event.last_day is None:
        return
    yield from _by_placement(_days_after(event.post, event.last_day))


def _days_after(post: Post, last_day: date) -> QuerySet[OutreachDay]:
    return OutreachDay.objects.filter(placement__post=post, status__in=DAY_OPEN, on__gt=last_day)


def _by_placement(mine: QuerySet[OutreachDay]) -> Iterator[Hanging]:
    found = mine.order_by().values("placement").annotate(many=Count("pk"), first=Min("on"), last=Max("on"))
    by_placement = {row["placement"]: row for row in found}
    for placement in Placement.objects.filter(pk__in=by_placement).with_people().order_by("pk"):
        row = by_placement[placement.pk]
        several = row["many"] > 1
        span = f"from {date_words(row['first'])} to {date_words(row['last'])}" if several else date_words(row["first"])
        what = f"{placement.reference}, {placement.host.name}: {counted(row['many'], 'day')}, {span}"
        it = plural(row["many"], "It is", "They are")
        fate = f"{it} called off now, and the school, {say('the AST')} and {say('the AST')}’s own school are told."
        yield Hanging(what, fate, placement.get_absolute_url())


def call_off_days_after(event: Leaving, by: User | None) -> None:
    """One message for each placement; the time goes back to it."""
    if event.last_day is None:
        return
    reason = f"{say('The AST')}’s last day in post is {date_words(event.last_day)}"
    _call_off(_days_after(event.post, event.last_day), reason, by)


def _call_off(mine: QuerySet[OutreachDay], reason: str, by: User | None) -> None:
    by_placement: dict[int, list[OutreachDay]] = {}
    for day in mine.select_related("placement__post__user").order_by("on"):
        by_placement.setdefault(day.placement_id, []).append(day)
    for days in by_placement.values():
        cancel_days(days=days, side=OutreachDay.CancelledBy.AST, reason=reason, by=by)


def _days_away(event: Away) -> QuerySet[OutreachDay]:
    """Days to come in the time away."""
    mine = OutreachDay.objects.filter(placement__post=event.post).to_come(max(event.first, event.today))
    return mine.filter(on__lte=event.last) if event.last else mine


CALL_OFF, KEEP = "cancel", "keep"


def days_away(event: Away) -> Iterator[Hanging]:
    """Each day that is planned in the time away, to be called off, kept, or moved (R-20.4).

    One query, and where the last day away is known those of one book for each placement.
    """
    rows = list(_days_away(event).select_related("placement__post__user", "placement__host").order_by("on", "pk"))
    free = moves.dates_from(rows, event.last + timedelta(days=1)) if event.last else {}
    for day in rows:
        later = ((on.isoformat(), f"Move it to {on:%A} {date_words(on)}") for on in free.get(day.pk, ()))
        yield Hanging(
            f"{day.on:%A} {date_words(day.on)}, {day.placement.host.name} ({day.placement.reference})",
            f"{days_words(day.days)}, {day.get_venue_display().lower()}.",
            day.placement.get_absolute_url(),
            key=_key(day),
            choices=((CALL_OFF, "Call it off"), (KEEP, say("Keep it: the AST comes all the same")), *later),
        )


def settle_days_away(event: Away, by: User) -> None:
    """Each as it was decided; everybody concerned gets one message. Why the AST is away is nobody's business there."""
    off, moved = [], {}
    for day in _days_away(event).select_related("placement__post__user").order_by("on", "pk"):
        fate = event.decisions.get(_key(day), CALL_OFF)
        if fate == CALL_OFF:
            off.append(day)
        elif fate != KEEP:
            moved[day] = date.fromisoformat(fate)
    side = OutreachDay.CancelledBy.AST
    rearrange(called_off=off, moved=moved, side=side, reason=say("The AST cannot come in this time"), by=by)


def _key(day: OutreachDay) -> str:
    return f"day_{day.pk}"


def to_write_up(event: Leaving) -> Iterator[Hanging]:
    """Days that have been and are not written up: the AST can do it until the last day, the office always."""
    if event.last_day is None:
        return
    past = OutreachDay.objects.filter(placement__post=event.post).not_logged(min(event.today, event.last_day))
    sums = past.aggregate(Count("pk"), Sum("days"))
    if many := sums["pk__count"]:
        until = date_words(event.last_day)
        fate = (
            f"{say('The AST')} can write the diary until {until}. After that the office enters it "
            "or calls the days off."
        )
        url = f"{reverse('placements:balance', args=[event.post.pk])}"
        yield Hanging(f"{counted(many, 'day')} not written up yet", fate, url)


def delivered_later(event: Leaving) -> list[Problem]:
    """Nobody leaves before a day that was held."""
    if event.last_day is None:
        return []
    done = OutreachDay.objects.filter(placement__post=event.post, status=DayStatus.DONE, on__gt=event.last_day)
    last: date | None = done.aggregate(Max("on"))["on__max"]
    if last is None:
        return []
    words = f"An outreach day was held on {date_words(last)}. Enter that day or a later one."
    return [Problem(words, "last_day", "R-3.16", "delivered")]


def years_of_correcting(event: Correcting) -> Iterator[Hanging]:
    """R-2.1, R-4.1: the years' days are those of the right first day and hours."""
    return of_years(event.post, event.spell)


def contracts_of_correcting(event: Correcting) -> Iterator[Hanging]:
    """R-17.7: contracts above the new budget."""
    return contracts_above(event.post, event.spell)


def settle_corrected(event: Correcting, by: User | None) -> None:
    """The post is written already; a year that it reaches only now gets its days."""
    budgets.settle(event.post, today=event.today, by=by, reason="the appointment was corrected")
    budgets.open_for(event.post, by=by, today=event.today)


def days_recorded(event: Correcting) -> Iterator[tuple[date, str]]:
    """Outreach days before the new first day that are planned or were held. One query."""
    days = OutreachDay.objects.filter(placement__post=event.post, on__lt=event.starts_on)
    for day in days.exclude(status=DayStatus.CANCELLED).select_related("placement__host").order_by("on")[:5]:
        yield day.on, f"an outreach day at {day.placement.host.name}"


def years_of_taking_back(event: TakenBack) -> Iterator[Hanging]:
    """R-2.1: who was not in post has no days."""
    return of_years(event.post, budgets.NEVER_HELD)


def take_days_back(event: TakenBack, by: User | None) -> None:
    reason = "the first day in post was taken back"
    budgets.settle(event.post, today=event.today, by=by, reason=reason, spell=budgets.NEVER_HELD)


def time_given(event: TakenBack) -> Iterator[Problem]:
    """R-2.1: placements of the AST, and time that is recorded beside them. Two queries."""
    mine = Placement.objects.filter(post=event.post).select_related("host").order_by("pk")
    if named := [f"{each.reference}, {each.host.name}" for each in mine[:SHOWN]]:
        words = f"{say('This AST')} {say('has placements')} ({'; '.join(named)}). {LEAVE_INSTEAD}"
        yield Problem(words, "stage", "R-2.1", "placements")
    elif LedgerEntry.objects.filter(post=event.post, kind__in=ledger.TAKEN).exists():
        yield Problem(f"Time of {say('this AST')} is recorded. {LEAVE_INSTEAD}", "stage", "R-2.1", "time")


def register() -> None:
    """Called when the software starts."""
    LEAVING.register("Days after the last day", days_after, call_off_days_after, order=10)
    LEAVING.register("The diary", to_write_up, order=15)
    LEAVING.register("The year’s days", years_of_leaving, settle_years, order=20)
    LEAVING.register("Contracts above the year’s days", contracts_of_leaving, order=21)
    AWAY.register("Days in that time", days_away, settle_days_away, order=10)
    HOURS.register("The year’s days", years_of_hours, settle_hours, order=20)
    HOURS.register("Contracts above the year’s days", contracts_of_hours, order=21)
    CORRECTING.register("The year’s days", years_of_correcting, settle_corrected, order=20)
    CORRECTING.register("Contracts above the year’s days", contracts_of_correcting, order=21)
    TAKEN_BACK.register("The year’s days", years_of_taking_back, take_days_back, order=20)
    taken_back_facts.append(time_given)
    leaving_facts.append(delivered_later)
    correcting_facts.append(days_recorded)
