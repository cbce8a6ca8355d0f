"""Five points of the spine: proposed, talked over, decided by governors, taken back (R-2.7, R-2.9, R-2.19)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from astcoord.core import home
from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from staff.accounts.models import User
from staff.pay import rules
from staff.pay.actions import ranges
from staff.pay.models import PayRange
from staff.pay.reads.holding import range_on
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory
from tests.schools.pages import boxes, signed_in
from tests.staff.pay.paying import FIRST, WHY, approved, governor, paid, proposal, proposed
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db
JANUARY = date(2027, 1, 1)


def send(cast: Cast, lowest: int, highest: int, **more: Any) -> Any:
    page = reverse("staff:pay_range_add", args=[cast.post.pk])
    said = {"lowest": lowest, "highest": highest, **boxes("starts_on", JANUARY), **more}
    return signed_in(cast.home_head).post(page, said)


@pytest.mark.parametrize(
    ("lowest", "highest", "words"),
    [
        (24, 28, "The pay spine ends at point 27: the highest range is 23 to 27"),
        (5, 8, "A range is exactly 5 points one after another: from 5 to 9"),
        (5, 10, "from 5 to 9"),
        (9, 5, "from 9 to 13"),
        (0, 4, "The lowest point must be 1 or more"),
        (-3, 1, "The lowest point must be 1 or more"),
    ],
)
def test_r_2_7_a_range_is_five_consecutive_points(cast: Cast, lowest: int, highest: int, words: str) -> None:
    assert words in text(send(cast, lowest, highest))
    assert not PayRange.objects.exists()


@pytest.mark.parametrize("lowest", [1, 23])
def test_r_2_7_the_ranges_at_both_ends_are_accepted(cast: Cast, lowest: int) -> None:
    assert send(cast, lowest, lowest + 4).status_code == 302
    assert str(PayRange.objects.get()) == f"Points {lowest} to {lowest + 4} from 1 January 2027"


def test_r_2_7_letters_and_a_day_of_another_century_are_told_at_their_fields(cast: Cast) -> None:
    assert "must be a whole number" in text(send(cast, "five", 9))  # type: ignore[arg-type]
    assert "first day in post" in text(send(cast, 5, 9, **boxes("starts_on", date(1926, 9, 1))))
    assert "Check the year" in text(send(cast, 5, 9, **boxes("starts_on", date(2126, 9, 1))))
    assert not PayRange.objects.exists()


@pytest.mark.parametrize(("lowest", "refused"), [(1, False), (5, False), (6, True)])
def test_r_2_19_a_seconded_range_lies_inside_one_to_nine(cast: Cast, lowest: int, refused: bool) -> None:
    assert bool(rules.range_problems(lowest=lowest, highest=lowest + 4, most=9, seconded=True)) == refused
    Post.objects.filter(pk=cast.post.pk).update(funding="secondment")
    answered = send(cast, lowest, lowest + 4)
    assert (answered.status_code == 200) == refused
    assert not refused or "The range of a seconded AST ends at point 9" in text(answered)


def test_r_2_19_the_bounds_are_the_policys(cast: Cast) -> None:
    """A setting that is changed changes what is refused."""
    Post.objects.filter(pk=cast.post.pk).update(funding="secondment")
    Policy.objects.update(secondment_first_point=3, secondment_last_point=8)
    assert "The lowest point must be 3 or more" in text(send(cast, 2, 6))
    assert "The range of a seconded AST ends at point 8" in text(send(cast, 5, 9))
    assert send(cast, 4, 8).status_code == 302


def test_r_2_9_an_empty_reason_is_refused_when_the_range_is_approved(cast: Cast) -> None:
    row = proposed(cast, pay_rise="", differentials=" ")
    page = reverse("staff:pay_range_approve", args=[row.pk])
    sent = {**boxes("decided_on", date(2026, 10, 1)), "minute": "4.1"}
    answered = signed_in(governor(cast)).post(page, sent)
    assert "Write the reason first: the pay rise, and the differences to other teachers’ pay" in text(answered)
    ranges.change(row=row, proposal=proposal(), by=cast.home_head)
    assert signed_in(governor_of(cast)).post(page, sent).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.minute, row.decided_on) == ("approved", "4.1", date(2026, 10, 1))


def governor_of(cast: Cast) -> Any:
    return cast.home.role_assignments.get(role="governor").user


def test_r_2_7_it_is_talked_over_with_the_ast_before_the_governors_decide(cast: Cast) -> None:
    row, board = proposed(cast, talked_on=None), governor(cast)
    with pytest.raises(Refused, match="Talk the range over with the AST first"):
        ranges.approve(row=row, decided_on=FIRST, minute="4.1", by=board)
    client = signed_in(cast.ast)
    assert "It has been talked over with me" in text(client.get(reverse("staff:pay", args=[cast.post.pk])))
    client.post(reverse("staff:pay_range_talked", args=[row.pk]))
    row.refresh_from_db()
    assert row.talked_on == today()
    assert ranges.approve(row=row, decided_on=today(), minute="4.1", by=board).status == "approved"
    with pytest.raises(PermissionDenied):
        ranges.talked_over(row=row, by=cast.home_head)


@pytest.mark.parametrize("decided_on", [date(2026, 10, 7), date(2027, 10, 1)])
def test_r_2_7_a_decision_of_tomorrow_is_none(cast: Cast, decided_on: date) -> None:
    with pytest.raises(Refused, match="today or in the past"):
        ranges.approve(row=proposed(cast), decided_on=decided_on, minute="4.1", by=cast.coordinator)


def test_r_2_7_a_later_range_takes_the_place_of_an_earlier_from_its_day(cast: Cast) -> None:
    old, new = approved(cast), approved(cast, 10, JANUARY)
    assert range_on(cast.post, date(2026, 12, 31)) == old
    assert range_on(cast.post, JANUARY) == new
    assert range_on(cast.post, date(2025, 8, 31)) is None
    said = text(signed_in(cast.home_head).get(reverse("staff:pay", args=[cast.post.pk])))
    assert "Pay range 5 to 9; 10 to 14 from 1 January 2027" in said


def test_r_2_7_two_ranges_of_one_day_and_two_proposals_at_once_are_refused(cast: Cast) -> None:
    approved(cast)
    again = proposed(cast, 6)
    with pytest.raises(Refused, match="Another range holds from 1 September 2025 already"):
        ranges.approve(row=again, decided_on=FIRST, minute="4.2", by=cast.coordinator)
    with pytest.raises(Refused, match="A range waits for the governors already"):
        proposed(cast, 7, JANUARY)


def test_r_2_7_decided_twice_the_second_is_out_of_turn(cast: Cast) -> None:
    row, board = proposed(cast), governor(cast)
    stale = PayRange.objects.get(pk=row.pk)
    ranges.approve(row=row, decided_on=FIRST, minute="4.1", by=board)
    with pytest.raises(Refused, match="no longer possible"):
        ranges.refuse_range(row=stale, reason="Too high", by=cast.coordinator)
    with pytest.raises(Refused, match="no longer possible"):
        ranges.change(row=stale, proposal=proposal(6), by=cast.home_head)
    assert PayRange.objects.get().status == "approved"


def test_r_2_7_governors_send_it_back_and_the_head_proposes_another(cast: Cast) -> None:
    row, board = proposed(cast, 18), governor(cast)
    page = reverse("staff:pay_range_refuse", args=[row.pk])
    assert "Enter a short reason" in text(signed_in(board).post(page, {"reason": " "}))
    assert signed_in(board).post(page, {"reason": "Not this year"}).status_code == 302
    said = text(signed_in(cast.home_head).get(reverse("staff:pay", args=[cast.post.pk])))
    assert "Sent back by the governors" in said
    assert "Not this year" in said
    assert "Propose a pay range" in said
    assert send(cast, 5, 9).status_code == 302


def test_r_2_7_a_proposal_is_withdrawn_and_an_approval_taken_back_by_the_coordinator_alone(cast: Cast) -> None:
    ranges.withdraw(row=proposed(cast), reason="Too soon", by=cast.home_head)
    old, row = approved(cast), approved(cast, 6, JANUARY)
    with pytest.raises(PermissionDenied):
        ranges.withdraw(row=row, reason="Wrong", by=cast.home_head)
    ranges.withdraw(row=row, reason="Wrong minute", by=cast.coordinator)
    assert range_on(cast.post, JANUARY) == old
    paid(cast)
    with pytest.raises(Refused, match="Point 7 from 1 September 2025 lies in this range"):
        ranges.withdraw(row=old, reason="Wrong", by=cast.coordinator)
    assert AuditEvent.objects.about(cast.post).get(verb="Pay range taken back").reason == "Wrong minute"


def test_r_2_7_who_may_not_propose_or_decide(cast: Cast) -> None:
    for user in (cast.ast, cast.administrator, cast.officer, cast.outsider, cast.consultant, governor(cast)):
        with pytest.raises(PermissionDenied):
            ranges.propose(post=cast.post, proposal=proposal(), by=user)
    row = proposed(cast)
    for user in (cast.ast, cast.home_head, cast.administrator, cast.officer, cast.chair):
        with pytest.raises(PermissionDenied):
            ranges.approve(row=row, decided_on=FIRST, minute="1", by=user)


def test_r_2_7_nobody_decides_the_own_pay(cast: Cast) -> None:
    cast.ast.roles.create(role="governor", school=cast.home)
    both = User.objects.get(pk=cast.ast.pk)
    assert both.has_role("governor")
    with pytest.raises(PermissionDenied):
        ranges.approve(row=proposed(cast), decided_on=FIRST, minute="1", by=both)


def test_r_2_7_governors_read_of_a_candidate_once_a_range_is_put_to_them(cast: Cast) -> None:
    post, board = PostFactory(home=cast.home, status="candidate", passed_on=None, starts_on=None), governor(cast)
    page = reverse("staff:pay", args=[post.pk])
    assert signed_in(board).get(page).status_code == 404
    proposed(cast, post=post, talked_on=today(), starts_on=JANUARY)
    assert "Approve this range" in text(signed_in(board).get(page))
    assert signed_in(board).get(reverse("staff:post", args=[post.pk])).status_code == 404


def test_r_2_7_the_ast_and_the_governors_are_told_and_asked(cast: Cast) -> None:
    board = governor(cast)
    row = proposed(cast, talked_on=None)
    told = Message.objects.filter(kind="pay-range-proposed").values_list("to_email", flat=True)
    assert set(told) == {cast.ast.email, board.email}
    assert [t.title for t in home.tasks_for(board, today())] == [f"Decide the pay range of {cast.ast.name}"]
    assert "Read the pay range that is proposed for you" in {t.title for t in home.tasks_for(cast.ast, today())}
    ranges.talked_over(row=row, by=cast.ast)
    ranges.approve(row=row, decided_on=today(), minute="4.1", by=board)
    told = Message.objects.filter(kind="pay-range-decided").values_list("to_email", flat=True)
    assert set(told) == {cast.ast.email, cast.home_head.email}
    for message in Message.objects.filter(kind__startswith="pay-range"):
        assert not [word for word in ("5 to 9", "point 5", "4.1") if word in message.body], "no pay in an e-mail"
    assert not [t for t in home.tasks_for(board, today()) if "pay range" in t.title]


def test_r_2_7_two_heads_at_one_proposal_do_not_undo_each_other(cast: Cast) -> None:
    row = proposed(cast)
    page, client = reverse("staff:pay_range_change", args=[row.pk]), signed_in(cast.home_head)
    shown = client.get(page).context["form"].shown
    token = str(shown).split('value="')[1].split('"')[0]
    name = str(shown).split('name="')[1].split('"')[0]
    ranges.change(row=row, proposal=proposal(10), by=cast.coordinator)
    said = {**WHY, "lowest": 6, "highest": 10, **boxes("starts_on", FIRST), **boxes("talked_on", FIRST), name: token}
    assert "This was changed after you opened the page" in text(client.post(page, said))
    row.refresh_from_db()
    assert row.lowest == 10


def test_names_and_reasons_in_other_scripts_stay_whole(cast: Cast) -> None:
    row = proposed(cast, pay_rise="Ναι — ประกาศ, zwölf Prozent", differentials="<b>لا</b>")
    said = signed_in(cast.ast).get(reverse("staff:pay", args=[cast.post.pk])).content.decode()
    assert row.pay_rise in said
    assert "&lt;b&gt;لا&lt;/b&gt;" in said
