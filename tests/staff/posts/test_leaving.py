"""An AST leaves the post: what hangs on it, the last day, the report (R-3.16, R-17.7)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.home import tasks_for
from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.activities.models import InreachAgreement
from placements.activities.tasks import finish_inreach
from placements.days import ledger
from placements.days import tasks as day_tasks
from placements.days.actions import days
from placements.days.models import LedgerEntry
from placements.endings.actions import early
from placements.matching import actions as matching
from placements.matching.models import Match
from placements.variations.models import TimeVariation
from staff.accounts.actions import accounts
from staff.accounts.models import User
from staff.posts.actions import leaving
from staff.posts.models import Post
from staff.posts.tasks import look_after_posts
from tests.cast import Cast
from tests.factories import PostFactory, RequestFactory, SchoolFactory
from tests.placements.active import active, elsewhere
from tests.schools.pages import boxes, signed_in
from tests.staff.posts.changing import Asked, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
CHRISTMAS = date(2026, 12, 18)


def answers(last_day: date = CHRISTMAS, destination: str = "deputy", reason: str = "Deputy at Oxlip School") -> Any:
    return {**boxes("last_day", last_day), "destination": destination, "reason": reason}


def record(cast: Cast, last_day: date = CHRISTMAS, destination: str = "deputy", **more: Any) -> Post:
    given = {"post": cast.post, "reason": "Promoted", "by": cast.coordinator, **more}
    return leaving.record(last_day=last_day, destination=destination, **given)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_r_3_16_the_page_lists_what_hangs_on_it_and_then_does_it(cast: Cast) -> None:
    placement = active(cast)
    days.plan_series(
        placement=placement, dates=[date(2026, 12, 15), date(2027, 1, 5), date(2027, 1, 12)], days=1, by=cast.ast
    )
    page = Asked("post_leave", cast.post, cast.administrator)
    asked = page.ask(**answers())
    said = text(asked)
    assert "Nothing is recorded yet" in said
    assert f"{placement.reference}, Fernleigh Primary School: 2 days, from 5 January 2027 to 12 January 2027" in said
    assert "change the contract to end by 18 December 2026, or end it early on that day" in said
    assert "38 days become" in said
    assert "Role: Advanced Skills Teacher, Hollowbrook School Ends on 18 December 2026" in said
    assert Post.objects.get(pk=cast.post.pk).ends_on is None

    assert page.confirm(asked, **answers()).status_code == 302
    post = Post.objects.get(pk=cast.post.pk)
    assert (post.ends_on, post.left_to, post.left_because) == (CHRISTMAS, "deputy", "Deputy at Oxlip School")
    assert (post.status, post.is_in_post(CHRISTMAS)) == ("in_post", True)
    called_off = placement.outreach_days.filter(status="cancelled")
    assert [day.on for day in called_off] == [date(2027, 1, 5), date(2027, 1, 12)]
    assert {day.cancelled_reason for day in called_off} == {"The AST’s last day in post is 18 December 2026"}
    assert Message.objects.filter(kind="day-cancelled", to_email=cast.host_head.email).count() == 1
    placement.refresh_from_db()
    assert placement.status == "active"
    (task,) = [t for t in tasks_for(cast.coordinator, date(2026, 10, 6)) if t.title.startswith("Decide how")]
    assert (task.count, task.url, task.due) == (1, reverse("staff:post_leave", args=[post.pk]), CHRISTMAS)
    assert placement.get_absolute_url() in signed_in(cast.coordinator).get(task.url).content.decode()
    assert cast.ast.roles.get().ends_on == CHRISTMAS
    assert "Deputy" not in called_off[0].cancelled_reason


def test_r_3_16_the_task_stands_until_the_placement_is_ended(cast: Cast, clock: time_machine.Traveller) -> None:
    placement = active(cast)
    record(cast)
    clock.move_to("2026-12-18 15:00:00Z")
    early.end_early(
        placement=placement,
        by=cast.coordinator,
        ended_on=CHRISTMAS,
        reason="The AST leaves",
        category="staffing",
        side="ast",
    )
    assert not [t for t in tasks_for(cast.coordinator, CHRISTMAS) if t.title.startswith("Decide how")]


def test_r_3_16_the_night_after_the_last_day_makes_the_move(cast: Cast, clock: time_machine.Traveller) -> None:
    record(cast)
    assert look_after_posts() == 0
    clock.move_to("2026-12-18 09:00:00Z")
    assert look_after_posts() == 0
    assert fresh(cast.ast).has_role("ast")
    clock.move_to("2026-12-19 05:05:00Z")
    assert (look_after_posts(), look_after_posts()) == (1, 0)
    assert Post.objects.get(pk=cast.post.pk).status == "left"
    walked = Transition.objects.about(cast.post).get()
    assert (walked.move, walked.by, walked.target) == ("leave", None, "left")
    assert not fresh(cast.ast).current_roles
    assert signed_in(cast.ast).get(reverse("staff:own_post")).status_code == 403
    assert "Advanced Skills Teacher" in text(
        signed_in(cast.coordinator).get(reverse("staff:post", args=[cast.post.pk]))
    )


def test_r_17_7_the_year_ends_with_the_post_and_comes_back_with_it(cast: Cast) -> None:
    before = ledger.balance(cast.post, cast.year).budget
    record(cast)
    after = ledger.balance(cast.post, cast.year).budget
    assert 12 < after < 16  # 14 or so of the 38 weeks
    entry = LedgerEntry.objects.get(source="post")
    assert (entry.days, entry.by, entry.reason) == (after - before, cast.coordinator, "in post until 18 December 2026")
    client = signed_in(cast.administrator)
    page = reverse("staff:post", args=[cast.post.pk])
    stay = reverse("staff:post_stay", args=[cast.post.pk])
    assert client.post(stay, {"reason": "Stays after all"}).url == page  # type: ignore[attr-defined]
    assert ledger.balance(cast.post, cast.year).budget == before
    assert cast.ast.roles.get().ends_on is None
    assert day_tasks.open_budgets() == 0
    with pytest.raises(Refused, match="nothing to take back"):
        leaving.take_back(post=cast.post, reason="Twice", by=cast.coordinator)


def test_r_17_7_contracts_above_the_shorter_year_are_listed(cast: Cast) -> None:
    placement = active(cast, days=Decimal(6), ends_on=date(2026, 10, 23), starts_on=date(2026, 10, 6))
    said = text(Asked("post_leave", cast.post, cast.coordinator).ask(**answers(date(2026, 10, 23))))
    assert "Runs to its agreed end on 23 October 2026" in said
    assert "Contracts above" not in said
    elsewhere(cast, days=Decimal(12))
    said = text(Asked("post_leave", cast.post, cast.coordinator).ask(**answers(date(2026, 10, 23))))
    assert "18 days are given away" in said
    assert f"{placement.reference}, Fernleigh Primary School 6 days of 2026/27 under contract" in said


def test_r_3_16_open_matches_other_shares_and_inreach_follow(cast: Cast, clock: time_machine.Traveller) -> None:
    short = RequestFactory(host=cast.host, created_by=cast.host_head, status="submitted", wanted_until=CHRISTMAS)
    long = RequestFactory(host=SchoolFactory(), created_by=cast.host_head, status="submitted")
    for request in (short, long):
        matching.propose(request=request, post=cast.post, days=Decimal(3), by=cast.coordinator)
    dates = {"starts_on": date(2026, 11, 2), "ends_on": date(2027, 3, 26)}
    share = TimeVariation.objects.create(
        post=cast.post, share=Decimal("0.1"), reason="Illness at home", asked_by=cast.ast, **dates
    )
    inreach = InreachAgreement.objects.create(
        post=cast.post,
        aims="Planning",
        time_source="other",
        asked_by=cast.ast,
        status="agreed",
        agreed_by=cast.coordinator,
        **dates,
    )
    asked = Asked("post_leave", cast.post, cast.administrator).ask(**answers())
    said = text(asked)
    assert short.reference not in said
    assert f"{long.reference}, {long.host.name}: waits for answers Is withdrawn now" in said
    assert "10% of the time from 2 November 2026 to 26 March 2027 Is withdrawn now" in said
    assert "Ends on 18 December 2026." in said
    Asked("post_leave", cast.post, cast.administrator).do(**answers())
    assert Match.objects.get(request=short).status == "proposed"
    assert Match.objects.get(request=long).status == "refused"
    long.refresh_from_db()
    share.refresh_from_db()
    assert (long.status, share.status) == ("under_review", "withdrawn")
    assert finish_inreach() == 0
    clock.move_to("2026-12-19 09:00:00Z")
    assert finish_inreach() == 1
    inreach.refresh_from_db()
    assert inreach.status == "ended"


def test_r_3_16_wrong_days_and_answers_are_refused_with_words(cast: Cast) -> None:
    page = Asked("post_leave", cast.post, cast.coordinator)
    assert "on or after 1 September 2025, the first day in post" in text(page.ask(**answers(date(2025, 8, 31))))
    assert "far from today. Check the year" in text(page.ask(**answers(date(2062, 12, 18))))
    assert "Enter where the AST goes, or why" in text(page.ask(**answers(destination="other", reason=" ")))
    assert "where the AST goes" in text(page.ask(**boxes("last_day", CHRISTMAS)))
    assert Post.objects.get(pk=cast.post.pk).ends_on is None


def test_r_3_16_nobody_leaves_before_a_day_that_was_held(cast: Cast, clock: time_machine.Traveller) -> None:
    placement = active(cast)
    day = days.plan_day(placement=placement, on=date(2026, 11, 3), days=Decimal(1), by=cast.ast)
    clock.move_to("2026-11-04 09:00:00Z")
    days.deliver_day(day=day, on=day.on, days=day.days, venue=day.venue, by=cast.ast)
    with pytest.raises(Refused, match="An outreach day was held on 3 November 2026"):
        record(cast, date(2026, 11, 2))
    assert record(cast, date(2026, 11, 3)).status == "left"


def test_r_3_16_it_is_changed_and_corrected_with_the_audit_trail(cast: Cast, clock: time_machine.Traveller) -> None:
    record(cast)
    record(cast, date(2027, 2, 12), "head")
    clock.move_to("2027-02-13 09:00:00Z")
    look_after_posts()
    record(cast, date(2027, 2, 11), "leadership")
    post = Post.objects.get(pk=cast.post.pk)
    assert (post.status, post.ends_on, post.left_to) == ("left", date(2027, 2, 11), "leadership")
    assert cast.ast.roles.get().ends_on == date(2027, 2, 11)
    changes = [e.after.get("destination") for e in AuditEvent.objects.about(post).filter(verb="Leaving recorded")]
    assert sorted(changes) == ["deputy", "head", "leadership"]
    again = AuditEvent.objects.count()
    record(cast, date(2027, 2, 11), "leadership")
    assert AuditEvent.objects.count() == again  # sent twice is once
    leaving.take_back(post=post, reason="It was somebody else", by=cast.administrator)
    assert Post.objects.get(pk=post.pk).is_in_post(date(2027, 3, 1))
    assert fresh(cast.ast).has_role("ast")


def test_r_3_16_a_left_post_stays_ended_where_there_is_a_new_one(cast: Cast) -> None:
    record(cast, date(2026, 10, 5))
    PostFactory(user=cast.ast, home=cast.home, starts_on=date(2026, 10, 6))
    with pytest.raises(Refused, match="has another post at Hollowbrook School now"):
        leaving.take_back(post=cast.post, reason="Mistake", by=cast.coordinator)


def test_r_17_7_of_two_at_once_the_second_sees_the_first(cast: Cast) -> None:
    first, second = (Asked("post_leave", cast.post, each) for each in (cast.coordinator, cast.administrator))
    one, two = first.ask(**answers()), second.ask(**answers(date(2027, 7, 20), "head", "Head of Oxlip"))
    assert first.confirm(one, **answers()).status_code == 302
    late = second.confirm(two, **answers(date(2027, 7, 20), "head", "Head of Oxlip"))
    assert "Nothing is recorded yet" in text(late)
    assert Post.objects.get(pk=cast.post.pk).ends_on == CHRISTMAS
    other = answers(date(2027, 7, 20), "head", "Head of Oxlip")
    assert second.confirm(late, **other).status_code == 302
    assert Post.objects.get(pk=cast.post.pk).ends_on == date(2027, 7, 20)


def test_r_3_16_only_the_office_records_it_and_only_some_read_why(cast: Cast) -> None:
    for person in (cast.home_head, cast.ast, cast.officer):
        with pytest.raises(PermissionDenied):
            record(cast, by=person)
    record(cast, reason="Ill for a long time")
    page = reverse("staff:post", args=[cast.post.pk])
    for person in (cast.coordinator, cast.administrator, cast.home_head, cast.ast):
        assert "Ill for a long time" in text(signed_in(person).get(page))
    for person in (cast.officer, cast.consultant):
        said = text(signed_in(person).get(page))
        assert "18 December 2026" in said
        assert "Ill for a long time" not in said


def test_r_3_16_leaving_altogether_leads_to_the_post_first(cast: Cast) -> None:
    client = signed_in(cast.coordinator)
    url = reverse("staff:person_leave", args=[cast.ast.pk])
    assert reverse("staff:post_leave", args=[cast.post.pk]) in client.get(url).content.decode()
    with pytest.raises(Refused, match="Record the end of the post first"):
        accounts.leave(person=cast.ast, last_day=CHRISTMAS, by=cast.coordinator)
    cast.ast.roles.create(role="governor", school=cast.elsewhere)
    record(cast)
    (role,) = accounts.leave(person=cast.ast, last_day=date(2026, 12, 31), by=cast.coordinator)
    assert (role.role, role.ends_on) == ("governor", date(2026, 12, 31))


def test_r_3_16_destinations_by_phase_are_exactly_two_and_one(cast: Cast) -> None:
    primary = [PostFactory(home=SchoolFactory(phase="primary")) for _ in range(4)]
    for post, destination in zip(primary, ("deputy", "deputy", "leadership"), strict=False):
        record(cast, date(2026, 10, 2), destination, post=post)
    record(cast, destination="head")  # secondary, and only at Christmas
    client = signed_in(cast.coordinator)
    url = reverse("staff:leavers")
    said = text(client.get(url))
    # In post, left, kept, will leave; deputy, head, leadership, elsewhere, substantive, other.
    assert "Primary 4 3 25% 0 2 0 1 0 0 0" in said
    assert "Secondary 1 0 100% 1 0 0 0 0 0 0" in said
    assert "All phases 5 3 40% 1 2 0 1 0 0 0" in said
    lines = b"".join(client.get(url, {"export": "csv", "year": "2026-27"})).decode().splitlines()
    assert lines[1] == "Primary,4,3,25%,0,2,0,1,0,0,0"
    assert AuditEvent.objects.filter(verb__startswith="Exported").count() == 1
    assert primary[0].name in said
    assert client.get(reverse("staff:post", args=[primary[0].pk])).status_code == 200  # history survives


def test_the_report_and_the_page_cost_the_same_at_one_and_at_thirty(cast: Cast) -> None:
    client = signed_in(cast.coordinator)

    def queries(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(url).status_code == 200
        return len(found)

    record(cast, date(2026, 10, 23))
    active(cast)
    urls = [reverse("staff:leavers"), reverse("staff:post_leave", args=[cast.post.pk])]
    one = [queries(url) for url in urls]
    for _ in range(29):
        record(cast, date(2026, 10, 2), post=PostFactory(home=SchoolFactory(phase="primary")))
        elsewhere(cast, days=Decimal(1))
    assert [queries(url) for url in urls] == one
