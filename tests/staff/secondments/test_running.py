"""A secondment begins, is prepared, passes, nears its end and ends (R-2.17, R-2.18)."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from astcoord.core.models.messages import Message
from astcoord.core.problems import Problem, Refused
from placements.agreement.reads.readiness import activation_problems
from placements.allocation.exclusions import Exclusion
from placements.requests.models import OutreachRequest
from schools.calendar.actions import save_year
from schools.calendar.years import default_year
from staff.accounts.actions.merging import merge
from staff.accounts.models import User
from staff.appointing import reads as appointing
from staff.posts.actions import leaving, moving
from staff.posts.actions.posts import set_pattern
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from staff.secondments.actions import ending, running
from staff.secondments.lifecycle import ProposalStatus
from staff.secondments.models import Proposal, SecondmentRound
from staff.secondments.tasks import look_after_secondments
from tests.cast import Cast
from tests.factories import PlacementFactory, RequestFactory, person
from tests.placements.matching.matching_stories import ranked
from tests.staff.secondments.telling import Reader, approved, begun, day, norfolk, round_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
S = ProposalStatus
ASKS = datetime(2029, 6, 1, 5, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other rooms want before a post is held, their own tests say."""
    monkeypatch.setattr(appointing, "before_in_post", [])


@pytest.fixture
def row(cast: Cast) -> SecondmentRound:
    norfolk(cast)
    return round_of(cast)


@pytest.fixture
def seconded(cast: Cast, row: SecondmentRound) -> Proposal:
    return begun(cast, row)


def post_of(proposal: Proposal) -> Post:
    return Post.objects.get(secondment__proposal=proposal)


def passed(cast: Cast, proposal: Proposal, *, in_post: bool = True) -> Proposal:
    on = date(2026, 10, 5)
    found = running.record_pass(proposal=proposal, passed_on=on, assessor="National agency", by=cast.coordinator)
    return running.appoint(proposal=found, starts_on=on, by=cast.coordinator) if in_post else found


def test_r_2_17_a_secondment_begins_with_account_role_post_and_36_months(cast: Cast, row: SecondmentRound) -> None:
    found = approved(cast, row)
    sent = {
        **day("starts_on", date(2026, 10, 6)),
        **day("decided_on", date(2026, 9, 30)),
        "guide": str(cast.consultant.pk),
        "minute": "Full meeting, 4.1",
        "responsible_for": "Mathematics",
    }
    office = Reader(cast.coordinator)
    late = {**sent, **day("decided_on", date(2026, 11, 3))}
    assert "must have decided before" in office.send("secondment_begin", found.pk, **late)
    assert not Post.objects.filter(user__email="marigold@marlshire.example").exists(), "nothing is half-saved"
    assert office.send("secondment_begin", found.pk, **sent) == ""
    found.refresh_from_db()
    post = post_of(found)
    assert (found.status, post.status, post.funding) == (S.ASPIRING, PostStatus.SECONDED, "secondment")
    assert (found.secondment.starts_on, found.secondment.ends_on) == (date(2026, 10, 6), date(2029, 10, 5))
    assert post.opening is not None
    assert post.opening.governors_minute == "Full meeting, 4.1"
    assert post.user.roles.get().role == "ast"
    assert Message.objects.filter(kind="invitation", to_email=post.user.email).exists()
    assert "no longer possible" in office.send("secondment_begin", found.pk, **sent), "twice"
    teacher = Reader(User.objects.get(pk=post.user_id))
    assert "Points 1 to 5" in teacher.text("proposal", found.pk)


def test_r_2_17_months_are_the_policys(cast: Cast, row: SecondmentRound) -> None:
    norfolk(cast, secondment_months=24)
    assert begun(cast, row).secondment.ends_on == date(2028, 8, 31)


@pytest.mark.parametrize("let_out", [True, False])
def test_r_2_17_an_aspirant_does_outreach_while_seconded_where_the_policy_lets(
    cast: Cast, row: SecondmentRound, let_out: bool
) -> None:
    norfolk(cast, aspirant_outreach=let_out)
    post = post_of(begun(cast, row))
    Post.objects.filter(pk=post.pk).update(key_stages=("ks2",), work_types=cast.post.work_types)
    set_pattern(post=post, days={1: 1}, from_on=date(2026, 10, 6), by=cast.host_head)  # type: ignore[dict-item]
    asked: OutreachRequest = RequestFactory(host=cast.elsewhere, created_by=cast.outsider)
    found = ranked(asked)
    if let_out:
        assert found.rank_of(post.pk) > 0
    else:
        assert found.why_not(post.pk) == Exclusion.NOT_ASSESSED


def test_r_2_17_the_placement_of_an_aspirant_does_not_wait_for_the_induction_after_the_pass(
    cast: Cast, seconded: Proposal
) -> None:
    placement = PlacementFactory(match__post=post_of(seconded))
    asked = {problem.code for problem in activation_problems(placement, date(2026, 10, 6))}
    assert "induction" not in asked
    norfolk(cast, aspirant_outreach=False)
    assert "induction" in {problem.code for problem in activation_problems(placement, date(2026, 10, 6))}


def test_r_2_18_preparation_is_recorded_and_guided(cast: Cast, seconded: Proposal) -> None:
    guide = Reader(cast.consultant)
    said = guide.send("secondment_step", seconded.pk, kind="done", what="Lesson", **day("on", date(2026, 12, 1)))
    assert "a day that has come" in said
    sent = {"kind": "done", "what": "Lesson watched, talked over", **day("on", date(2026, 10, 1))}
    assert guide.send("secondment_step", seconded.pk, **sent) == ""
    page = Reader(cast.host_head).text("proposal", seconded.pk)
    assert "Lesson watched, talked over" in page
    assert cast.consultant.name in page
    step = seconded.secondment.steps.get()
    with pytest.raises(PermissionDenied):
        running.add_step(proposal=seconded, kind="done", on=date(2026, 10, 1), what="x", by=cast.administrator)
    assert guide.send("secondment_step_remove", seconded.pk, step.pk) == ""
    assert not seconded.secondment.steps.exists()
    other = person("Ludo Varley", "ludo@marlshire.example", "consultant", subjects=("music",))
    assert Reader(cast.coordinator).send("secondment_guide", seconded.pk, guide=str(other.pk)) == ""
    assert guide.status("secondment_step", seconded.pk) == 403


def test_r_2_2_the_pass_goes_through_the_gate_and_the_post_is_held(cast: Cast, seconded: Proposal) -> None:
    office = Reader(cast.coordinator)
    with pytest.raises(Refused, match="without a pass"):
        running.appoint(proposal=seconded, starts_on=date(2026, 10, 5), by=cast.coordinator)
    sent = {"assessor": "National agency", **day("passed_on", date(2026, 10, 7))}
    assert "today or in the past" in office.send("secondment_pass", seconded.pk, **sent)
    sent |= day("passed_on", date(2026, 10, 5))
    assert office.send("secondment_pass", seconded.pk, **sent) == ""
    assert "no longer possible" in office.send("secondment_pass", seconded.pk, **sent)
    seconded.refresh_from_db()
    assert seconded.status == S.ASSESSED
    early = day("starts_on", date(2026, 10, 4))
    assert "the date of the pass" in office.send("secondment_appoint", seconded.pk, **early)
    assert office.send("secondment_appoint", seconded.pk, **day("starts_on", date(2026, 10, 5))) == ""
    post = post_of(seconded)
    assert (post.status, post.starts_on) == (PostStatus.IN_POST, date(2026, 10, 5))
    assert post.opening is not None
    assert post.opening.status == "filled"


def wants_a_description(post: Post) -> list[Problem]:
    return [Problem("No job description is agreed")]


def test_e_what_other_rooms_want_before_a_post_is_held_is_asked(
    cast: Cast, seconded: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = passed(cast, seconded, in_post=False)
    monkeypatch.setattr(appointing, "before_in_post", [wants_a_description])
    said = Reader(cast.coordinator).send("secondment_appoint", found.pk, **day("starts_on", date(2026, 10, 6)))
    assert "No job description is agreed" in said
    assert post_of(found).status == PostStatus.PASSED


def test_r_2_17_month_33_asks_co_ordinator_and_school_once(
    cast: Cast, seconded: Proposal, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2029, 5, 31, 5, 15, tzinfo=UTC))
    assert look_after_secondments() == 0
    clock.move_to(ASKS)
    assert look_after_secondments() == 1
    assert look_after_secondments() == 0
    told = set(Message.objects.filter(kind="secondment-ending").values_list("to_email", flat=True))
    assert told == {cast.host_head.email, cast.policy.office_email}
    words = "Choose what follows the secondment of Marigold Penhaligon"
    for user in (cast.coordinator, cast.host_head):
        assert words in Reader(User.objects.get(pk=user.pk)).client.get("/tasks/").content.decode()
    assert words not in Reader(cast.outsider).client.get("/tasks/").content.decode()
    head = Reader(cast.host_head)
    assert "Why" in head.send("secondment_wish", seconded.pk, ending="return")
    assert head.send("secondment_wish", seconded.pk, ending="return", reason="Her class wants her back.") == ""
    assert words not in head.client.get("/tasks/").content.decode()
    assert "Her class wants her back." in Reader(cast.coordinator).text("proposal", seconded.pk)


def test_r_2_17_back_to_the_substantive_post(cast: Cast, seconded: Proposal, clock: time_machine.Traveller) -> None:
    passed(cast, seconded)
    clock.move_to(ASKS)
    sent = {"ending": "return", "reason": "The three years are over.", **day("until", date(2029, 8, 31))}
    assert Reader(cast.coordinator).send("secondment_end", seconded.pk, **sent) == ""
    post = post_of(seconded)
    assert (post.status, post.ends_on, post.left_to) == (PostStatus.IN_POST, date(2029, 8, 31), "substantive")
    seconded.refresh_from_db()
    assert seconded.status == S.RETURNED
    assert Message.objects.filter(kind="secondment-ended").count() == 2
    clock.move_to(datetime(2029, 9, 1, 5, 15, tzinfo=UTC))
    leaving.leave_due(date(2029, 9, 1))
    assert post_of(seconded).status == PostStatus.LEFT


def test_r_2_17_who_has_not_passed_returns_and_the_post_is_closed_after_the_last_day(
    cast: Cast, seconded: Proposal, clock: time_machine.Traveller
) -> None:
    ending.give_back(proposal=seconded, last_day=date(2026, 10, 20), reason="It was not for her.", by=cast.coordinator)
    assert look_after_secondments() == 0
    assert post_of(seconded).status == PostStatus.SECONDED
    assert post_of(seconded).user.roles.get().ends_on == date(2026, 10, 20)
    clock.move_to(datetime(2026, 10, 21, 5, 15, tzinfo=UTC))
    assert look_after_secondments() == 1
    assert post_of(seconded).status == PostStatus.CLOSED
    assert look_after_secondments() == 0


def test_r_2_17_on_in_a_post_that_the_school_pays(
    cast: Cast, seconded: Proposal, clock: time_machine.Traveller
) -> None:
    with pytest.raises(Refused, match="Only an AST who is in post"):
        ending.keep(proposal=seconded, last_day=date(2026, 10, 20), reason="x", by=cast.coordinator)
    passed(cast, seconded)
    ending.keep(proposal=seconded, last_day=date(2026, 10, 20), reason="The school pays.", by=cast.coordinator)
    assert post_of(seconded).funding == "secondment"
    clock.move_to(datetime(2026, 10, 21, 5, 15, tzinfo=UTC))
    assert look_after_secondments() == 1
    assert (post_of(seconded).funding_on(date(2026, 10, 21)), post_of(seconded).status) == (
        "school",
        PostStatus.IN_POST,
    )


def test_r_2_17_an_extension_needs_its_exceptional_reason(
    cast: Cast, seconded: Proposal, clock: time_machine.Traveller
) -> None:
    clock.move_to(ASKS)
    look_after_secondments()
    office = Reader(cast.coordinator)
    sent = {"ending": "extend", **day("until", date(2030, 8, 31))}
    assert "Why" in office.send("secondment_end", seconded.pk, **sent)
    with pytest.raises(Refused, match="exceptional reason"):
        ending.extend(proposal=seconded, new_end=date(2030, 8, 31), reason=" ", by=cast.coordinator)
    early = {"ending": "extend", "reason": "Maternity leave", **day("until", date(2029, 8, 31))}
    assert "must be after 31 August 2029" in office.send("secondment_end", seconded.pk, **early)
    assert office.send("secondment_end", seconded.pk, reason="Maternity leave", **sent) == ""
    seconded.refresh_from_db()
    held = seconded.secondment
    assert (seconded.status, held.ends_on) == (S.EXTENDED, date(2030, 8, 31))
    assert held.extended_because == "Maternity leave"
    clock.move_to(datetime(2030, 6, 1, 5, 15, tzinfo=UTC))
    assert look_after_secondments() == 1, "asked again before the new last day"


def test_an_ending_that_was_a_mistake_is_taken_back(cast: Cast, seconded: Proposal) -> None:
    ending.give_back(proposal=seconded, last_day=date(2026, 12, 18), reason="Said too soon.", by=cast.coordinator)
    office = Reader(cast.coordinator)
    sent = {"reason": "She stays.", **day("until", date(2026, 10, 1))}
    assert "today or later" in office.send("secondment_resume", seconded.pk, **sent)
    sent |= day("until", date(2029, 8, 31))
    assert office.send("secondment_resume", seconded.pk, **sent) == ""
    seconded.refresh_from_db()
    assert (seconded.status, seconded.secondment.ends_on) == (S.ASPIRING, date(2029, 8, 31))
    assert post_of(seconded).user.roles.filter(ends_on=None).exists()


def test_only_the_co_ordinator_ends_and_only_the_own_head_wishes(cast: Cast, seconded: Proposal) -> None:
    for act, said in (
        (ending.give_back, {"last_day": date(2026, 12, 1)}),
        (ending.extend, {"new_end": date(2030, 1, 1)}),
    ):
        for user in (cast.host_head, cast.administrator, cast.consultant):
            with pytest.raises(PermissionDenied):
                act(proposal=seconded, reason="x", by=user, **said)
    with pytest.raises(PermissionDenied):
        ending.wish(proposal=seconded, ending="return", reason="x", by=cast.outsider)


def test_r_17_7_a_post_that_ends_takes_the_secondment_with_it(cast: Cast, seconded: Proposal) -> None:
    passed(cast, seconded)
    post = post_of(seconded)
    said = {"last_day": date(2027, 1, 31), "destination": "head", "reason": "Promoted"}
    leaving.record(post=post, by=cast.coordinator, **said)
    seconded.secondment.refresh_from_db()
    assert seconded.secondment.ends_on == date(2027, 1, 31)


def test_r_2_17_a_seconded_ast_does_not_move_to_another_school(cast: Cast, seconded: Proposal) -> None:
    passed(cast, seconded)
    save_year(default_year("2027-28"), by=None)
    with pytest.raises(Refused, match="seconded at the home school"):
        moving.record(post=post_of(seconded), home=cast.elsewhere, on=date(2027, 1, 4), by=cast.coordinator)


def test_r_17_7_an_advisers_two_accounts_become_one(cast: Cast, seconded: Proposal) -> None:
    other = person("Orla T", "orla.t@marlshire.example", "consultant", subjects=("music",))
    merge(keep=other, other=cast.consultant, reason="The same person", by=cast.coordinator)
    seconded.refresh_from_db()
    assert (seconded.adviser, seconded.secondment.guide) == (other, other)


def test_the_page_of_a_secondment_costs_at_most_fifteen_queries(
    cast: Cast, seconded: Proposal, django_assert_max_num_queries
) -> None:
    for user in (cast.coordinator, cast.host_head):
        reader = Reader(user)
        reader.get("proposal", seconded.pk)
        with django_assert_max_num_queries(15):
            reader.get("proposal", seconded.pk)


def test_the_card_on_the_asts_page_leads_to_the_secondment(cast: Cast, seconded: Proposal) -> None:
    post = post_of(seconded)
    assert "See the secondment" in Reader(cast.coordinator).text("post", post.pk)
    assert "See the secondment" in Reader(cast.host_head).text("post", post.pk)
