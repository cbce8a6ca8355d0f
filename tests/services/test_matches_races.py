"""Two people at once on one match, or after one AST's last days (R-7.5, R-4.11)."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from astcoord.core.clock import today
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.matching import actions
from placements.matching.models import Match
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from schools.calendar.actions import save_year
from schools.calendar.models import AcademicYear
from schools.calendar.years import default_year
from staff.accounts.models import User
from staff.posts.models import Post
from tests.factories import PostFactory, RequestFactory, SchoolFactory, person

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def together(*works: Callable[[], Any]) -> list[Any]:
    """Start all works at the same moment; what each returned or raised."""
    start, results = threading.Barrier(len(works)), []

    def run(work: Callable[[], Any]) -> None:
        start.wait()
        try:
            results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.fixture
def ast(db: Any) -> Post:
    """An AST of Marlshire with a year's budget, in the year that holds today."""
    now = today()
    Policy.objects.create(valid_from=now - timedelta(days=400), office_email="ast-office@marlshire.example")
    first = now.year if now.month >= 9 else now.year - 1
    for start in (first, first + 1):
        save_year(default_year(f"{start}-{(start + 1) % 100:02d}"), by=None)
    post = PostFactory(home=SchoolFactory(phase="secondary"))
    for year in AcademicYear.objects.all():
        ledger.open_budget(post, year)
    return post


def wanted(**facts: Any) -> OutreachRequest:
    first = today() + timedelta(days=14)
    return RequestFactory(wanted_from=first, wanted_until=first + timedelta(days=120), **facts)


def test_r_7_5_two_yeses_at_once_make_one_placement(ast: Post) -> None:
    coordinator = person("Bryony Quill", "bryony@marlshire.example", Role.COORDINATOR)
    head = person("Tamsin Ashgrove", "tamsin@marlshire.example", Role.HEADTEACHER, ast.home)
    match = actions.propose(request=wanted(), post=ast, days=Decimal(2), by=coordinator)

    def yes(party: str, who: int) -> Callable[[], Any]:
        return lambda: actions.answer(
            match=Match.objects.get(pk=match.pk), party=party, yes=True, by=User.objects.get(pk=who)
        )

    results = together(yes("ast", ast.user_id), yes("home_head", head.pk))
    assert [r for r in results if isinstance(r, Exception)] == []
    assert Placement.objects.filter(match=match).count() == 1


def test_r_4_11_two_proposals_after_the_last_days_promise_them_once(ast: Post) -> None:
    coordinator = person("Bryony Quill", "bryony@marlshire.example", Role.COORDINATOR)
    requests = [wanted(), wanted()]
    year = AcademicYear.objects.on(requests[0].wanted_from).get()
    left = ledger.balance(ast, year).remaining
    spent = left - Decimal(3)
    LedgerEntry.objects.create(
        post=ast, year=year, kind=LedgerEntry.Kind.BUDGET, days=-spent, on=date.today(), reason="Three days left"
    )

    def propose(pk: int) -> Callable[[], Any]:
        return lambda: actions.propose(
            request=OutreachRequest.objects.get(pk=pk),
            post=Post.objects.get(pk=ast.pk),
            days=Decimal(3),
            by=User.objects.get(pk=coordinator.pk),
        )

    results = together(*(propose(r.pk) for r in requests))
    assert sum(isinstance(r, Match) for r in results) == 1
    assert sum(isinstance(r, Refused) for r in results) == 1
    assert Match.objects.live().count() == 1


def test_r_7_5_one_ast_proposed_twice_at_once_for_a_request_is_one_match(ast: Post) -> None:
    coordinator = person("Bryony Quill", "bryony@marlshire.example", Role.COORDINATOR)
    request = wanted()

    def propose() -> Match:
        return actions.propose(
            request=OutreachRequest.objects.get(pk=request.pk),
            post=Post.objects.get(pk=ast.pk),
            days=Decimal(2),
            by=User.objects.get(pk=coordinator.pk),
        )

    results = together(propose, propose)
    assert sorted(type(r).__name__ for r in results) == ["Match", "Refused"]
    assert Match.objects.count() == 1


def test_r_7_5_one_yes_sent_twice_at_once_counts_once(ast: Post) -> None:
    coordinator = person("Bryony Quill", "bryony@marlshire.example", Role.COORDINATOR)
    head = person("Tamsin Ashgrove", "tamsin@marlshire.example", Role.HEADTEACHER, ast.home)
    match = actions.propose(request=wanted(), post=ast, days=Decimal(2), by=coordinator)
    actions.answer(match=match, party="ast", yes=True, by=ast.user)

    def accept() -> Match:
        return actions.answer(
            match=Match.objects.get(pk=match.pk), party="home_head", yes=True, by=User.objects.get(pk=head.pk)
        )

    results = together(accept, accept)
    assert sorted(type(r).__name__ for r in results) == ["Match", "Refused"]
    assert Placement.objects.filter(match=match).count() == 1
