"""Inductions: the meeting before the assessment, four steps after the pass, who leads them (R-3.1, R-3.2, R-3.4)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astcoord.core import presets
from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from staff.accounts.actions.merging import merge
from staff.accounts.models import User
from staff.appointing.actions import assessing, candidates
from staff.expertise.vocabulary import InductionStep, Subject
from staff.inductions import actions
from staff.inductions.actions import Held
from staff.inductions.models import InductionMeeting
from staff.posts.lifecycle import PostStatus
from staff.posts.models import InductionItem, Post
from tests.cast import Cast
from tests.factories import PostFactory, UserFactory, person
from tests.schools.pages import boxes
from tests.staff.appointing.telling import BODY, HELD, named, opened, passing
from tests.staff.openings.sending import At
from tests.staff.posts.changing import text
from tests.staff.secondments.telling import begun, norfolk, round_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
MET = date(2026, 9, 21)
STEPS = InductionStep.values
BOTH = ("expectations", "context")
NOT_MET = "No meeting with the candidate is logged"


@pytest.fixture
def candidate(cast: Cast) -> Post:
    return named(cast, opened(cast))


def held(cast: Cast, **said: Any) -> Held:
    given = {"on": MET, "led_by": cast.coordinator, "head": "Ivo Saltmarsh", "line_manager": "Zoë Ó Briain-Łęcka"}
    return Held(**{**given, "shared": BOTH, **said})


def logged(cast: Cast, post: Post, **said: Any) -> InductionMeeting:
    return actions.log(post=post, held=held(cast, **said), by=cast.coordinator)


def sent(cast: Cast, **said: Any) -> dict[str, Any]:
    """What the page of a meeting sends."""
    given = {"led_by": cast.coordinator.pk, "head": "Ivo Saltmarsh", "line_manager": "Zoë Ó Briain-Łęcka"}
    return {**boxes("on", said.pop("on", MET)), **given, "shared": list(BOTH), **said}


def required(cast: Cast) -> None:
    cast.policy.induction_before_assessment = "required"
    cast.policy.save()


def done_steps(post: Post) -> list[str]:
    return list(post.induction.exclude(done_on=None).values_list("step", flat=True))


# Before the assessment


def test_r_3_1_without_a_meeting_whoever_books_is_warned(cast: Cast, candidate: Post) -> None:
    office = At(cast.coordinator)
    assert NOT_MET in office.sees("candidate_book", candidate)
    said = office.send("candidate_book", candidate, on=date(2026, 10, 20), body=BODY)
    assert "The assessment is booked." in said
    assert (
        f"{NOT_MET} that shares what is expected of an AST and the context of the role. It should come before" in said
    )
    candidate.refresh_from_db()
    assert candidate.status == PostStatus.BOOKED


def test_r_3_1_without_a_meeting_nothing_is_booked_where_it_is_required(cast: Cast, candidate: Post) -> None:
    required(cast)
    office = At(cast.coordinator)
    refused = office.send("candidate_book", candidate, on=date(2026, 10, 20), body=BODY)
    assert "Log the meeting before the assessment is booked." in refused
    assert "There is a problem" in refused
    candidate.refresh_from_db()
    assert (candidate.status, candidate.assessments.count()) == (PostStatus.CANDIDATE, 0)
    assert "The meeting is logged." in office.send("induction_meeting_add", candidate, **sent(cast))
    booked = office.send("candidate_book", candidate, on=date(2026, 10, 20), body=BODY)
    assert "The assessment is booked." in booked
    assert NOT_MET not in booked


def test_r_3_1_a_meeting_after_the_assessment_does_not_precede_it(cast: Cast, candidate: Post) -> None:
    required(cast)
    logged(cast, candidate, on=date(2026, 9, 30))
    with pytest.raises(Refused, match="was on 30 September 2026, after that day"):
        assessing.book(post=candidate, on=HELD, body=BODY, by=cast.coordinator)
    assessing.book(post=candidate, on=date(2026, 9, 30), body=BODY, by=cast.coordinator)


def test_r_3_1_both_topics_may_be_shared_at_two_meetings(cast: Cast, candidate: Post) -> None:
    required(cast)
    logged(cast, candidate, shared=("expectations",))
    with pytest.raises(Refused, match=NOT_MET):
        assessing.book(post=candidate, on=HELD, body=BODY, by=cast.coordinator)
    logged(cast, candidate, shared=("context",), on=date(2026, 9, 22))
    assessing.book(post=candidate, on=HELD, body=BODY, by=cast.coordinator)


def test_r_3_1_who_is_seconded_is_met_before_the_result(cast: Cast) -> None:
    """Nothing is booked then, so that the result asks for the meeting."""
    norfolk(cast, induction_before_assessment="required")
    post = begun(cast, round_of(cast)).secondment.post
    said = {"post": post, "passed": True, "on": date(2026, 10, 6), "body": BODY, "note": "", "by": cast.coordinator}
    with pytest.raises(Refused, match=NOT_MET):
        assessing.record_result(**said)
    logged(cast, post)
    assert assessing.record_result(**said).status == PostStatus.PASSED


def test_r_3_1_only_east_sussex_requires_it() -> None:
    asks = {name for name in presets.NAMES if presets.settings_of(name)["induction_before_assessment"] == "required"}
    assert asks == {"east_sussex"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"on": date(2026, 10, 7)}, "The day of the meeting must be today or in the past"),
        ({"on": date(2022, 9, 21)}, "more than three years ago. Check the year."),
        ({"head": " "}, "Enter the headteacher who was there"),
        ({"line_manager": ""}, "Enter the line manager who was there"),
        ({"shared": []}, "Select what was gone through"),
        ({"led_by": ""}, "Select who met the candidate"),
        ({"shared": ["lunch"]}, "Select an answer to “What was gone through?”"),
    ],
)
def test_r_3_1_what_makes_a_meeting_wrong(cast: Cast, candidate: Post, wrong: dict[str, Any], said: str) -> None:
    assert said in At(cast.coordinator).send("induction_meeting_add", candidate, **sent(cast, **wrong))
    assert not InductionMeeting.objects.exists()


def test_r_3_1_the_action_asks_the_same(cast: Cast, candidate: Post) -> None:
    """Also of somebody who sends what no page offers."""
    nothing = {"head": " ", "line_manager": "", "shared": (), "led_by": cast.outsider}
    with pytest.raises(Refused) as refusal:
        logged(cast, candidate, **nothing)
    assert {problem.field for problem in refusal.value.problems} == {"led_by", "head", "line_manager", "shared"}


def test_r_3_1_date_and_attendees_stand_on_the_page(cast: Cast, candidate: Post) -> None:
    logged(cast, candidate, others="Chair of governors")
    said = At(cast.consultant).sees("induction", candidate)
    for words in ("21 September 2026", "Bryony Quill", "Ivo Saltmarsh", "Zoë Ó Briain-Łęcka", "Chair of governors"):
        assert words in said
    assert "Meeting before the assessment 21 September 2026, with Bryony Quill" in At(cast.outsider).sees(
        "post", candidate
    )
    assert AuditEvent.objects.filter(verb="Viewed: meetings before the assessment", by=cast.consultant).count() == 1


def test_r_3_1_a_meeting_that_was_logged_wrong_is_put_right_or_taken_away(cast: Cast, candidate: Post) -> None:
    group = At(cast.consultant)
    assert "The meeting is logged." in group.send("induction_meeting_add", candidate, **sent(cast))
    assert "logged already" in group.send("induction_meeting_add", candidate, **sent(cast)), "sent twice"
    meeting = InductionMeeting.objects.get()
    assert "The meeting is saved." in group.send("induction_meeting_change", meeting, **sent(cast, head="Ana Sol"))
    assert "Ana Sol" in group.sees("induction", candidate)
    assert "Enter a short reason" in group.send("induction_meeting_remove", meeting)
    assert "The meeting is taken away." in group.send("induction_meeting_remove", meeting, reason="Another candidate’s")
    assert not InductionMeeting.objects.exists()
    trail = AuditEvent.objects.about(candidate).filter(verb__startswith="Meeting before")
    assert {event.verb.split()[-1] for event in trail} == {"logged", "changed", "away"}
    assert trail.get(verb=actions.REMOVED).reason == "Another candidate’s"
    assert group.status("induction_meeting_change", meeting.pk) == 404


def test_r_3_1_a_booked_assessment_keeps_the_meeting_that_is_required(cast: Cast, candidate: Post) -> None:
    meeting = logged(cast, candidate)
    assessing.book(post=candidate, on=HELD, body=BODY, by=cast.coordinator)
    required(cast)
    with pytest.raises(Refused, match="needs this meeting"):
        actions.remove(meeting=meeting, reason="A slip", by=cast.coordinator)
    with pytest.raises(Refused, match="needs this meeting"):
        actions.change(meeting=meeting, held=held(cast, shared=("context",)), by=cast.coordinator)
    logged(cast, candidate, on=date(2026, 9, 22))
    actions.remove(meeting=meeting, reason="A slip", by=cast.coordinator)


def test_r_3_1_whoever_led_it_stays_after_the_role_has_ended(cast: Cast, candidate: Post) -> None:
    meeting = logged(cast, candidate, led_by=cast.consultant)
    cast.consultant.roles.update(ends_on=date(2026, 10, 1))
    assert "The meeting is saved." in At(cast.coordinator).send(
        "induction_meeting_change", meeting, **sent(cast, led_by=cast.consultant.pk, others="A governor")
    )


def test_r_3_1_no_meeting_after_the_pass(cast: Cast, candidate: Post) -> None:
    post = passing(cast, candidate)
    with pytest.raises(Refused, match="passed on 29 September 2026"):
        logged(cast, post, on=date(2026, 9, 30))
    assert logged(cast, post).on == MET, "a forgotten one is logged later"


def test_r_3_1_the_candidature_is_over(cast: Cast, candidate: Post) -> None:
    meeting = logged(cast, candidate)
    candidates.close(post=candidate, ended="withdrew", look_again=False, reason="Moves away", by=cast.outsider)
    for act in (
        lambda: logged(cast, candidate, on=date(2026, 9, 22)),
        lambda: actions.remove(meeting=meeting, reason="x", by=cast.coordinator),
    ):
        with pytest.raises(Refused, match="This post is over"):
            act()
    assert "Log a meeting" not in At(cast.coordinator).sees("induction", candidate)


# After the pass


def test_r_3_2_the_consultant_ticks_the_four_steps_between_pass_and_first_day(cast: Cast, candidate: Post) -> None:
    group = At(cast.consultant)
    assert "follows the pass" in group.send("induction_tick", candidate, done=STEPS, **boxes("on", MET))
    post = passing(cast, candidate)
    early = group.send("induction_tick", post, done=STEPS[:3], **boxes("on", date(2026, 9, 28)))
    assert "on or after 29 September 2026, the date of the pass" in early
    assert "in the past" in group.send("induction_tick", post, done=STEPS[:3], **boxes("on", date(2026, 10, 7)))
    assert "Select what was gone through" in group.send("induction_tick", post, **boxes("on", HELD))
    assert done_steps(post) == []
    assert "The induction is recorded." in group.send("induction_tick", post, done=STEPS[:3], **boxes("on", HELD))
    assert not Post.objects.get(pk=post.pk).inducted
    said = group.sees("induction", post)
    assert said.count("29 September 2026, recorded by Orla Thistlethwaite") == 3
    assert "Not done yet" in said
    assert "The induction is recorded." in At(cast.coordinator).send(
        "induction_tick", post, done=STEPS[3:], **boxes("on", date(2026, 10, 6))
    )
    assert Post.objects.get(pk=post.pk).inducted
    assert "recorded by Bryony Quill" in group.sees("induction", post)
    assert "Record the induction" not in group.sees("induction", post)
    assert "All four steps are recorded." in group.sees("induction_tick", post)


def test_r_3_2_of_two_who_tick_a_step_one_is_told(cast: Cast) -> None:
    """The second had the page open; the day of the first stays."""
    post = PostFactory(inducted=False)
    actions.tick(post=post, done=STEPS[:1], on=date(2026, 10, 1), by=cast.consultant)
    with pytest.raises(Refused, match="Recorded already: “Local arrangements” on 1 October 2026"):
        actions.tick(post=post, done=STEPS[:2], on=date(2026, 10, 5), by=cast.coordinator)
    assert done_steps(post) == STEPS[:1]


def test_r_3_2_a_step_ticked_by_mistake_is_taken_back_with_a_reason(cast: Cast) -> None:
    item = cast.post.induction.get(step="practices")
    group = At(cast.consultant)
    assert "Enter a short reason" in group.send("induction_back", item)
    assert "is to be gone through again" in group.send("induction_back", item, reason="The wrong AST")
    assert "nothing to take back" in group.send("induction_back", item, reason="The wrong AST"), "sent twice"
    assert "practices" not in done_steps(cast.post)
    assert cast.post in Post.objects.induction_unfinished(date(2026, 10, 6))
    event = AuditEvent.objects.get(verb=actions.UNTICKED)
    assert (event.by, event.reason) == (cast.consultant, "The wrong AST")
    assert "by Wren Castellow" in next(iter(event.before.values()))
    assert "Induction unfinished" in At(cast.home_head).sees("post", cast.post)


def test_r_3_2_no_reason_no_taking_back(cast: Cast) -> None:
    with pytest.raises(Refused, match="Enter why it is taken back"):
        actions.take_back(item=cast.post.induction.all()[0], reason=" ", by=cast.coordinator)


def test_r_3_2_what_is_recorded_of_a_post_that_is_over_stays(cast: Cast) -> None:
    Post.objects.update(status=PostStatus.LEFT, ends_on=date(2026, 9, 30))
    with pytest.raises(Refused, match="This post is over"):
        actions.take_back(item=cast.post.induction.all()[0], reason="x", by=cast.coordinator)


# Who leads whom


@pytest.fixture
def english(cast: Cast) -> Post:
    """An AST for English, with a meeting, in nobody's group but the co-ordinator's."""
    post: Post = PostFactory(subjects=(Subject.ENGLISH,), inducted=False)
    InductionMeeting.objects.create(post=post, on=date(2024, 9, 1), led_by=cast.coordinator, head="A", line_manager="B")
    return post


def test_r_3_4_the_maths_consultant_does_not_find_an_english_ast(cast: Cast, english: Post) -> None:
    """Given the maths consultant, when opening an English AST, then not found: on every page of the room."""
    group, meeting, item = At(cast.consultant), english.induction_meetings.get(), english.induction.all()[0]
    pages = {
        "post": english,
        "induction": english,
        "induction_tick": english,
        "induction_meeting_add": english,
        "induction_meeting_change": meeting,
        "induction_meeting_remove": meeting,
        "induction_back": item,
    }
    for page, of in pages.items():
        assert group.status(page, of) == 404, page
        assert group.client.post(group.url(page, of), {}).status_code in (404, 405), page
        assert At(cast.coordinator).status(page, of) == 200, page
    listed = group.sees("inductions")
    assert cast.ast.name in listed
    assert english.name not in listed
    assert english.name not in group.client.get(group.url("inductions"), {"export": "csv"}).getvalue().decode()
    for act in (
        lambda: actions.tick(post=english, done=STEPS, on=MET, by=cast.consultant),
        lambda: actions.take_back(item=item, reason="x", by=cast.consultant),
        lambda: actions.log(post=english, held=held(cast), by=cast.consultant),
        lambda: actions.change(meeting=meeting, held=held(cast), by=cast.consultant),
        lambda: actions.remove(meeting=meeting, reason="x", by=cast.consultant),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_r_3_4_a_consultant_who_is_an_ast_does_not_tick_the_own_induction(cast: Cast) -> None:
    both = person("Maud Ferrars", "maud@marlshire.example", Role.CONSULTANT, subjects=(Subject.MATHEMATICS,))
    own = PostFactory(user=both, inducted=False)
    assert At(both).status("induction", own) == 200
    assert At(both).status("induction_tick", own) == 403
    assert own not in Post.objects.led_by(both)
    assert cast.post in Post.objects.led_by(both)


@pytest.mark.parametrize("who", ["administrator", "officer", "home_head", "ast"])
def test_r_3_2_nobody_else_ticks(cast: Cast, who: str) -> None:
    """The administrator reads the steps, and approves nothing (R-3.3)."""
    reader = At(getattr(cast, who))
    assert "recorded by" in reader.sees("induction", cast.post)
    assert "Take back" not in reader.sees("induction", cast.post)
    for page, of in (
        ("induction_tick", cast.post),
        ("induction_back", cast.post.induction.all()[0]),
        ("induction_meeting_add", cast.post),
        ("inductions", None),
    ):
        assert reader.status(page, *([of] if of else [])) == 403, page
    with pytest.raises(PermissionDenied):
        actions.tick(post=cast.post, done=STEPS, on=MET, by=getattr(cast, who))


def test_g_the_meeting_is_read_like_the_assessment(cast: Cast) -> None:
    """Not by administrators and officers, nor in the history that the administrator reads (section G*)."""
    InductionMeeting.objects.create(
        post=cast.post, on=MET, led_by=cast.coordinator, head="Ivo Saltmarsh", line_manager="Zoë", shared=BOTH
    )
    actions.change(
        meeting=InductionMeeting.objects.get(),
        held=held(cast, on=date(2025, 3, 1), others="Marked"),
        by=cast.coordinator,
    )
    for user in (cast.coordinator, cast.consultant, cast.home_head, cast.ast):
        assert "Marked" in At(user).sees("induction", cast.post), user
    assert "Marked" in At(cast.coordinator).sees("post", cast.post)
    for user in (cast.administrator, cast.officer):
        for page in ("induction", "post"):
            said = At(user).sees(page, cast.post)
            assert "Marked" not in said, user
            assert "before the assessment" not in said, user
    for user in (cast.host_head, cast.outsider, cast.chair):
        assert At(user).status("induction", cast.post) == 404


# The list, the first page, and what hangs on it


def test_the_list_finds_what_is_to_do(cast: Cast, candidate: Post) -> None:
    fresh = PostFactory(user=UserFactory(name="Corin Pemberley"), inducted=False)
    group = At(cast.consultant)
    first = text(group.client.get("/tasks/"))
    assert "Candidates to meet before their assessment" in first
    assert "Inductions to finish" in first
    assert candidate.name in group.sees("inductions", query="?check=meeting")
    assert fresh.name not in group.sees("inductions", query="?check=meeting")
    assert fresh.name in group.sees("inductions", query="?check=steps")
    assert cast.ast.name not in group.sees("inductions", query="?check=steps&check=meeting")
    assert "4 of 4" in group.sees("inductions")
    logged(cast, candidate)
    actions.tick(post=fresh, done=STEPS, on=date(2026, 10, 6), by=cast.consultant)
    first = text(group.client.get("/tasks/"))
    assert "Candidates to meet" not in first
    assert "Inductions to finish" not in first
    assert "Inductions to finish" not in text(At(cast.administrator).client.get("/tasks/"))


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_same_of_the_database_however_long_it_is(cast: Cast, count: int) -> None:
    PostFactory.create_batch(count)
    for user in (cast.coordinator, cast.consultant):
        reader = At(user)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            reader.sees("inductions", query="?check=steps")
            reader.sees("inductions")
        assert len(asked) <= 24, len(asked)
    with CaptureQueriesContext(connection) as asked:
        reader.sees("induction", cast.post)
    assert len(asked) <= 15, len(asked)


def test_r_1_7_who_led_a_meeting_goes_over_to_the_account_that_goes_on(cast: Cast, candidate: Post) -> None:
    twice: User = person("Orla T", "orla.t@marlshire.example", Role.CONSULTANT, subjects=(Subject.MATHEMATICS,))
    logged(cast, candidate, led_by=twice)
    merge(keep=cast.consultant, other=twice, reason="Entered twice", by=cast.coordinator)
    assert InductionMeeting.objects.get().led_by == cast.consultant


def test_nothing_is_stored_twice(cast: Cast, candidate: Post) -> None:
    """The steps that are ticked before the first day are those of the post that is held."""
    post = passing(cast, candidate)
    actions.tick(post=post, done=STEPS[:2], on=HELD, by=cast.coordinator)
    assessing.appoint(
        post=post, starts_on=date(2026, 10, 5), first_post=True, management_duties="", by=cast.coordinator
    )
    assert InductionItem.objects.filter(post=post).count() == 4
    assert done_steps(post) == STEPS[:2]
