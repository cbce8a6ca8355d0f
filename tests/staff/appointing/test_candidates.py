"""From the candidate to the post that is held (R-2.1, R-2.2, R-2.3, R-2.4, R-1.5, R-14.4; scenarios B3 and B8)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from astcoord.core import home
from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.messages import Message
from astcoord.core.problems import Problem, Refused
from astcoord.core.roles import Role
from astcoord.settings.worker import CELERY_BEAT_SCHEDULE
from placements.days import ledger
from staff.accounts.models import User
from staff.appointing.actions import assessing, candidates, correcting
from staff.appointing.actions.candidates import Entered
from staff.appointing.models import Assessment
from staff.openings import actions as openings
from staff.openings.models import Opening
from staff.posts.events import before_in_post
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from staff.posts.reads.posts import starred
from tests.cast import Cast
from tests.factories import PostFactory
from tests.staff.appointing.telling import BODY, HELD, MET, NAMED, appointed, named, opened, passing
from tests.staff.descriptions.writing import agreed_for
from tests.staff.openings.sending import At
from tests.staff.pay.paying import whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def opening(cast: Cast) -> Opening:
    return opened(cast)


@pytest.fixture
def candidate(cast: Cast, opening: Opening) -> Post:
    return named(cast, opening)


@pytest.fixture
def passed(cast: Cast, candidate: Post) -> Post:
    return passing(cast, candidate)


def test_b8_from_an_enquiry_to_a_part_time_ast_in_post_through_the_pages(cast: Cast, opening: Opening) -> None:
    """R-2.1, R-2.3: every stage in order, each by whoever it belongs to."""
    head, office = At(cast.outsider), At(cast.coordinator)
    assert "Name the candidate" in head.sees("opening", opening)
    assert "Linnet Harrowgate is named." in head.send("opening_candidate", opening, **NAMED)
    post = Post.objects.get(opening=opening)
    assert (post.status, post.fte, post.user.email) == (PostStatus.CANDIDATE, Decimal("0.6"), NAMED["email"])
    assert not Message.objects.filter(kind="invitation").exists()
    assert "Assessments to book" in {task.title for task in home.tasks_for(cast.coordinator, today())}
    assert "The assessment is booked." in office.send("candidate_book", post, on=HELD, body=BODY)
    page = office.send("candidate_result", post, passed="yes", on=HELD, body=BODY, note="Clear.")
    assert "29 September 2026, National assessment agency: passed. Clear." in page
    agreed_for(post, cast.outsider)
    whole(cast, post)
    page = office.send("candidate_appoint", post, starts_on=date(2026, 10, 5), first_post="on")
    assert "is recorded as in post" in page
    assert "Fill in what the AST offers" in page
    post.refresh_from_db()
    assert (post.status, post.passed_on, post.assessor) == (PostStatus.IN_POST, HELD, BODY)
    assert [t.move for t in Transition.objects.about(post)] == ["book", "pass", "appoint"]
    assert post.opening.status == "filled"
    assert post.user.has_role(Role.AST)
    assert post.induction.count() == 4
    assert ledger.balance(post, cast.year).budget > 0
    assert Message.objects.get(kind="invitation").to_email == NAMED["email"]


def test_r_2_3_a_peripatetic_teacher_of_0_6_is_accepted(cast: Cast, opening: Opening) -> None:
    answers = {**NAMED, "name": "Şîrîn Ødegård", "route": "external"}
    page = At(cast.outsider).send("opening_candidate", opening, **answers)
    assert "Şîrîn Ødegård is named." in page
    assert "From outside the school; the authority was consulted" in page


def test_r_2_1_an_unassessed_candidate_marked_in_post_is_refused(cast: Cast, candidate: Post) -> None:
    page = At(cast.coordinator).send("candidate_appoint", candidate, starts_on=date(2026, 10, 5))
    assert "Nobody can be in post without a pass of the external assessment. Record the pass first." in page
    candidate.refresh_from_db()
    assert candidate.status == PostStatus.CANDIDATE
    assert not candidate.user.has_role(Role.AST)


def test_r_1_4_no_candidate_without_the_governors_decision(cast: Cast) -> None:
    asked = openings.ask(school=cast.elsewhere, wanted="x", subject="", reasons=(), by=cast.outsider)
    openings.discuss(opening=asked, discussed_on=MET, informed=False, by=cast.coordinator)
    for by in (cast.coordinator, cast.outsider):
        page = At(by).send("opening_candidate", asked, **NAMED)
        assert "This post cannot be opened yet: the governors’ decision to have an AST is not recorded." in page
    assert not User.objects.filter(email=NAMED["email"]).exists()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"fte": "0"}, "Enter a full-time equivalent from 0.1 to 1"),
        ({"fte": "1.2"}, "Enter a full-time equivalent from 0.1 to 1"),
        ({"route": ""}, "Select how the candidate was found"),
        ({"name": ""}, "Enter"),
        ({"email": "no address"}, "in the correct format"),
    ],
)
def test_r_2_4_wrong_answers_are_said_and_nothing_is_half_saved(
    cast: Cast, opening: Opening, answers: dict[str, Any], words: str
) -> None:
    page = At(cast.outsider).send("opening_candidate", opening, **{**NAMED, **answers})
    assert "There is a problem" in page
    assert words in page
    opening.refresh_from_db()
    assert (opening.status, Post.objects.filter(opening=opening).count()) == ("approved", 0)


def test_an_address_that_is_somebody_elses_names_nobody(cast: Cast, opening: Opening) -> None:
    page = At(cast.outsider).send("opening_candidate", opening, **{**NAMED, "email": cast.ast.email})
    assert "Somebody of another name signs in with this address already. Check name and address." in page
    assert cast.ast.name not in page
    assert not Post.objects.filter(opening=opening).exists()


def test_two_heads_name_at_once_and_only_one_candidate_is_named(cast: Cast, opening: Opening, candidate: Post) -> None:
    page = At(cast.coordinator).send("opening_candidate", opening, **{**NAMED, "email": "other@marlshire.example"})
    assert "“Name the candidate” is no longer possible" in page
    assert Post.objects.filter(opening=opening).count() == 1


def test_r_2_1_a_stale_page_is_told_where_the_candidate_stands(cast: Cast, candidate: Post) -> None:
    stale = Post.objects.get(pk=candidate.pk)
    assessing.book(post=candidate, on=HELD, body=BODY, by=cast.coordinator)
    assessing.record_result(post=candidate, passed=True, on=HELD, body=BODY, note="", by=cast.coordinator)
    with pytest.raises(Refused, match="now “Passed”"):
        assessing.record_result(post=stale, passed=False, on=HELD, body=BODY, note="", by=cast.coordinator)
    with pytest.raises(Refused, match="now “Passed”"):
        assessing.book(post=stale, on=HELD, body=BODY, by=cast.coordinator)
    assert [a.result for a in Assessment.objects.filter(post=candidate)] == ["pass"]


@pytest.mark.parametrize(
    ("page", "answers", "words"),
    [
        ("candidate_book", {"on": date(2026, 9, 13)}, "on or after 14 September 2026, when the governors decided"),
        ("candidate_book", {"on": date(2031, 1, 1)}, "far from today"),
        ("candidate_book", {"body": ""}, "Enter"),
        ("candidate_result", {"on": date(2026, 10, 7), "passed": "yes"}, "today or in the past"),
        ("candidate_result", {"on": HELD}, "Select the result"),
    ],
)
def test_r_2_2_days_and_results_that_make_no_sense_are_refused(
    cast: Cast, candidate: Post, page: str, answers: dict[str, Any], words: str
) -> None:
    if page == "candidate_result":
        assessing.book(post=candidate, on=HELD, body=BODY, by=cast.coordinator)
    before = Post.objects.get(pk=candidate.pk).status
    said = At(cast.coordinator).send(page, candidate, **{"on": HELD, "body": BODY, **answers})
    assert words in said
    assert Post.objects.get(pk=candidate.pk).status == before


def test_r_2_2_a_fail_makes_no_ast_and_the_candidate_may_be_assessed_again(cast: Cast, candidate: Post) -> None:
    for on, result in ((HELD, False), (date(2026, 10, 5), True)):
        assessing.book(post=candidate, on=on, body=BODY, by=cast.coordinator)
        assessing.record_result(post=candidate, passed=result, on=on, body=BODY, note="", by=cast.coordinator)
        candidate.refresh_from_db()
    assert [a.result for a in candidate.assessments.all()] == ["fail", "pass"]
    assert (candidate.status, candidate.passed_on) == (PostStatus.PASSED, date(2026, 10, 5))


def test_r_2_2_six_years_after_a_pass_no_job_asks_for_another(
    cast: Cast, passed: Post, clock: time_machine.Traveller
) -> None:
    """The school's performance management is the continuing evidence."""
    post = appointed(passed, cast.coordinator)
    clock.move_to(datetime(2032, 10, 6, 9, tzinfo=UTC))
    for job in CELERY_BEAT_SCHEDULE.values():
        if job["task"].startswith(("staff.", "placements.", "evaluation.")):
            import_string(job["task"])(*job.get("args", ()))
    assert Assessment.objects.filter(post=post).count() == 1
    assert Post.objects.get(pk=post.pk).status == PostStatus.IN_POST
    asked = [task.title for user in (cast.coordinator, cast.outsider) for task in home.tasks_for(user, today())]
    assert not [title for title in asked if "ssess" in title]
    assert not Message.objects.filter(body__icontains="reassess").exists()


@pytest.fixture
def _wanted() -> Iterator[None]:
    """Another room wants something before a post is held."""

    def ask(post: Post) -> list[Problem]:
        return [Problem("Agree a pay range first")]

    before_in_post.append(ask)
    yield
    before_in_post.remove(ask)


@pytest.mark.usefixtures("_wanted")
def test_requirements_e_what_other_rooms_want_comes_first(cast: Cast, passed: Post) -> None:
    at = At(cast.coordinator)
    assert "Agree a pay range first" in at.sees("post", passed)
    assert "Agree a pay range first" in at.send("candidate_appoint", passed, starts_on=date(2026, 10, 5))
    passed.refresh_from_db()
    assert passed.status == PostStatus.PASSED


def test_r_2_2_the_first_day_lies_after_the_pass(cast: Cast, passed: Post) -> None:
    page = At(cast.coordinator).send("candidate_appoint", passed, starts_on=date(2026, 9, 28))
    assert "must be on or after 29 September 2026, the date of the pass" in page


def test_r_1_5_a_fifth_ast_at_one_school_is_accepted(cast: Cast, passed: Post) -> None:
    PostFactory.create_batch(4, home=cast.elsewhere)
    appointed(passed, cast.coordinator)
    assert Post.objects.in_post(today()).filter(home=cast.elsewhere).count() == 5
    assert f"The governing body of {cast.elsewhere.name}" in At(cast.coordinator).sees("post", passed)


@pytest.fixture
def _full(cast: Cast) -> None:
    """An authority with 35 places, all of them taken (scenario B3)."""
    PostFactory.create_batch(34)
    cast.policy.capacity = 35
    cast.policy.save()


@pytest.mark.usefixtures("_full")
def test_r_14_4_the_36th_ast_needs_the_co_ordinators_reason(cast: Cast, passed: Post) -> None:
    at = At(cast.coordinator)
    assert "Why is the authority’s capacity passed?" in at.sees("candidate_appoint", passed)
    page = at.send("candidate_appoint", passed, starts_on=date(2026, 10, 5))
    assert "The authority has places for 35 ASTs, and this would be number 36" in page
    assert Post.objects.get(pk=passed.pk).status == PostStatus.PASSED
    assert not passed.user.roles.exists()
    at.send("candidate_appoint", passed, starts_on=date(2026, 10, 5), capacity_reason="Maths comes first.")
    event = AuditEvent.objects.about(passed).get(verb="Capacity passed")
    assert (event.reason, event.after) == ("Maths comes first.", {"capacity": 35, "ASTs in post": 36})
    assert "Capacity passed" in starred


def test_r_14_4_the_35th_needs_none(cast: Cast, passed: Post) -> None:
    PostFactory.create_batch(33)
    cast.policy.capacity = 35
    cast.policy.save()
    assert "capacity" not in At(cast.coordinator).sees("candidate_appoint", passed)
    appointed(passed, cast.coordinator)
    assert not AuditEvent.objects.filter(verb="Capacity passed").exists()


def test_a_candidature_closes_and_the_school_looks_again_or_not(cast: Cast, candidate: Post) -> None:
    at, reason = At(cast.outsider), {"ended": "withdrew", "reason": "Moves away."}
    assert "Select what becomes of the post" in at.send("candidate_close", candidate, **reason)
    assert "The candidature is closed." in at.send("candidate_close", candidate, **reason, then="again")
    opening = Opening.objects.get(pk=candidate.opening_id)
    assert opening.status == "approved"
    assert "Moves away." not in At(cast.officer).sees("opening", opening)
    again = At(cast.outsider).send("opening_candidate", opening, **NAMED)
    assert "is named" in again, "the same person may be named again"
    second = Post.objects.get(opening=opening, status=PostStatus.CANDIDATE)
    candidates.close(post=second, ended="school", look_again=False, reason="No money", by=cast.coordinator)
    assert Opening.objects.get(pk=opening.pk).status == "closed"
    assert "no longer possible" in at.send("candidate_close", second, **reason, then="again")


def test_an_opening_with_a_candidate_is_not_closed_over_the_candidates_head(cast: Cast, candidate: Post) -> None:
    with pytest.raises(Refused, match="Close the candidature first"):
        openings.close(opening=candidate.opening, reason="x", by=cast.coordinator)


def test_what_was_entered_of_a_candidate_is_changed(cast: Cast, candidate: Post) -> None:
    page = At(cast.outsider).send("candidate_change", candidate, fte="0.8", route="external", subjects=["music"])
    assert "From outside the school; the authority was not consulted" in page
    candidate.refresh_from_db()
    assert (candidate.fte, candidate.subject_names()) == (Decimal("0.80"), ["Music"])


def test_r_2_1_the_stage_of_a_candidate_is_corrected_only_with_a_reason(cast: Cast, passed: Post) -> None:
    at = At(cast.coordinator)
    assert "Enter" in at.send("candidate_stage", passed, stage="booked", reason="")
    assert Post.objects.get(pk=passed.pk).status == PostStatus.PASSED
    assert "The stage is now: Assessment booked" in at.send(
        "candidate_stage", passed, stage="booked", reason="Of another person."
    )
    passed.refresh_from_db()
    assert (passed.status, passed.passed_on, passed.assessor) == (PostStatus.BOOKED, None, "")
    assert [a.result for a in passed.assessments.all()] == [""]
    correcting.stage(post=passed, stage="candidate", reason="Not booked at all", by=cast.coordinator)
    assert [a.result for a in passed.assessments.all()] == ["void"]
    page = at.send("candidate_stage", passed, stage="passed", reason="Assessed elsewhere.")
    assert "Enter the date of the pass" in page
    at.send("candidate_stage", passed, stage="passed", reason="Assessed elsewhere.", on=HELD, body=BODY)
    passed.refresh_from_db()
    assert (passed.status, passed.passed_on, passed.assessor) == (PostStatus.PASSED, HELD, BODY)
    assert [t.reason for t in Transition.objects.about(passed)][-1] == "Assessed elsewhere."
    for by in (cast.outsider, cast.administrator):
        with pytest.raises(PermissionDenied):
            correcting.stage(post=passed, stage="booked", reason="x", by=by)


def test_a_candidature_closed_by_mistake_goes_on_unless_there_is_another(cast: Cast, candidate: Post) -> None:
    candidates.close(post=candidate, ended="mistake", look_again=False, reason="Wrong row", by=cast.coordinator)
    correcting.stage(post=candidate, stage="candidate", reason="Closed by mistake", by=cast.coordinator)
    candidate.refresh_from_db()
    assert (candidate.status, candidate.opening.status) == (PostStatus.CANDIDATE, "selected")
    candidates.close(post=candidate, ended="mistake", look_again=True, reason="Wrong row", by=cast.coordinator)
    entered = Entered(fte=Decimal(1), route="internal", consulted=False)
    candidates.name(
        opening=Opening.objects.get(), name="Other", email="o@marlshire.example", entered=entered, by=cast.outsider
    )
    with pytest.raises(Refused, match="Another candidate has this post now"):
        correcting.stage(post=candidate, stage="candidate", reason="Again", by=cast.coordinator)


def test_g_candidates_are_for_the_co_ordinator_the_own_head_and_the_group(cast: Cast, candidate: Post) -> None:
    for by, status in (
        *((cast.coordinator, 200), (cast.outsider, 200), (cast.consultant, 200)),
        *((cast.administrator, 404), (cast.officer, 404), (cast.home_head, 404), (cast.host_head, 404)),
    ):
        assert At(by).status("post", candidate) == status, by
    for by in (cast.administrator, cast.officer):
        assert "Linnet" not in At(by).sees("opening", candidate.opening)
        assert "Linnet" not in At(by).sees("openings")
    assert "Linnet Harrowgate: candidate" in At(cast.outsider).sees("opening", candidate.opening)
    for page in ("candidate_book", "candidate_result", "candidate_appoint", "candidate_stage"):
        assert At(cast.outsider).status(page, candidate) == 403
    for by in (cast.home_head, cast.administrator):
        with pytest.raises(PermissionDenied):
            candidates.close(post=candidate, ended="school", look_again=True, reason="x", by=by)
        with pytest.raises(PermissionDenied):
            assessing.book(post=candidate, on=HELD, body=BODY, by=by)


def test_an_asts_page_shows_how_the_post_came_about(cast: Cast, passed: Post) -> None:
    post = appointed(passed, cast.coordinator)
    for by in (cast.coordinator, cast.outsider):
        page = At(by).sees("post", post)
        assert "How the post came about" in page
        assert "Candidate named" in page
    assert "How the post came about" not in At(cast.administrator).sees("post", post)


@pytest.mark.parametrize("who", ["coordinator", "outsider", "consultant"])
def test_a_candidates_page_costs_few_queries(
    cast: Cast, passed: Post, client: Client, django_assert_max_num_queries: Any, who: str
) -> None:
    client.force_login(getattr(cast, who))
    with django_assert_max_num_queries(28):
        assert client.get(reverse("staff:post", args=[passed.pk])).status_code == 200
