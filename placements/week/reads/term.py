"""A term in one grid: each AST, week by week (R-20.5)."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse

from astcoord.core.wording import number
from astcoord.core.words import say, say_later
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from placements.week.reads.chosen import Chosen
from schools.calendar import reads as calendar
from schools.calendar.models import Term
from staff.accounts.models import User
from staff.figures.reads.sheets import Cell, Sheet, Table
from staff.posts.models import Post, PostAbsence

AWAY = "Away"
NOTE = say_later("Days with a date in each week, planned or done. “Away”: the AST cannot come at all in that week.")
Weeks = dict[date, Decimal]


def sheet(user: User, term: Term | None, chosen: Chosen, said: tuple[tuple[str, str], ...]) -> Sheet:
    """Every AST whom this reader sees at work in the term, also those without a day. Four queries."""
    if term is None:
        return Sheet("term-grid", "A term, week by week", (), empty="No term is entered yet.")
    mondays = calendar.between(term.starts_on, term.ends_on).weeks(term.starts_on, term.ends_on)
    names, days = _asts(user, term, chosen), _days(user, term, chosen)
    away = _away(list(names), term)
    names |= dict(days.keys())
    by_ast = {pk: weeks for (pk, _), weeks in days.items()}
    order = sorted(names, key=lambda pk: (names[pk].casefold(), pk))
    rows = tuple(_row(names[pk], by_ast.get(pk, {}), mondays, away.get(pk, set())) for pk in order)
    together: Weeks = defaultdict(Decimal)
    for weeks in by_ast.values():
        for monday, sum_of_week in weeks.items():
            together[monday] += sum_of_week
    table = Table(
        code="csv",
        title=f"{term.name}: days in each week",
        header=(say("AST"), *(f"{monday.day} {monday:%b}" for monday in mondays), "Term"),
        rows=rows,
        total=_row("All", together, mondays, set()),
        links=tuple(f"{reverse('placements:week')}?ast={pk}&week={term.starts_on}" for pk in order),
        note=NOTE,
    )
    title = "A term, week by week"
    return Sheet(
        f"term-{term.slug}", title, (table,) if rows else (), chosen=said, empty=say("No AST works in this term.")
    )


def _asts(user: User, term: Term, chosen: Chosen) -> dict[int, str]:
    """Who is in post in the term, of those whose page this reader may open; of a host school only who comes."""
    posts = Post.objects.visible_to(user).in_post_between(term.starts_on, term.ends_on)
    posts = chosen.narrow(posts, ast="pk", schools=("home", "placements__host"), cluster="placements__host__cluster")
    return dict(posts.order_by().distinct().values_list("pk", "user__name"))


def _days(user: User, term: Term, chosen: Chosen) -> dict[tuple[int, str], Weeks]:
    """Days by AST (id of the post, name) and Monday."""
    days = OutreachDay.objects.counting().filter(placement__in=Placement.objects.visible_to(user))
    days = chosen.of_placements(days.filter(on__range=(term.starts_on, term.ends_on)), "placement__")
    found: dict[tuple[int, str], Weeks] = defaultdict(lambda: defaultdict(Decimal))
    for pk, name, on, length in days.values_list("placement__post", "placement__post__user__name", "on", "days"):
        found[pk, name][calendar.monday(on)] += length
    return found


def _away(posts: list[int], term: Term) -> dict[int, set[date]]:
    """The Mondays of the weeks in which each is away from Monday to Friday."""
    rows = PostAbsence.objects.touching(term.starts_on, term.ends_on).filter(post__in=posts)
    found: dict[int, set[date]] = defaultdict(set)
    for absence in rows:
        last = min(absence.ends_on or term.ends_on, term.ends_on + timedelta(days=6))
        for on in calendar.days(max(absence.starts_on, calendar.monday(term.starts_on)), last):
            whole = absence.holds(calendar.monday(on)) and absence.holds(calendar.monday(on) + timedelta(days=4))
            if whole:
                found[absence.post_id].add(calendar.monday(on))
    return found


def _row(label: str, weeks: Weeks, mondays: list[date], away: set[date]) -> tuple[Cell, ...]:
    cells = (number(weeks[monday]) if weeks.get(monday) else AWAY if monday in away else "" for monday in mondays)
    return (label, *cells, number(sum((weeks.get(monday, Decimal(0)) for monday in mondays), Decimal(0))))
