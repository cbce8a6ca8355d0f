"""A placement's whole life in a browser: asked for, agreed, worked, evaluated, completed, and what comes after (B1).

It begins with the governors' decision to have an AST, follows the main road to the signed contract, meets the four
refusals on the way, and goes on where the first story stops. The clock moves on between the steps, and what the night
does by itself is done.
"""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page

from evaluation.evaluations import tasks as evaluations
from evaluation.evaluations.links import address
from evaluation.evaluations.models import Evaluation
from placements.endings import tasks as endings
from placements.placement.models import Placement
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from tests.cast import Cast
from tests.journeys import road
from tests.journeys.walk import Axe, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def walk(page: Page, live_server: Any, axe: Axe) -> Walk:
    return Walk(page, live_server, axe)


def test_b1_from_the_governors_decision_to_the_informal_link(
    walk: Walk, cast: Cast, clock: time_machine.Traveller
) -> None:
    _the_post_opens_on_the_governors_decision(walk, cast)
    road.letters_go_out(walk, cast)
    road.the_list_of_priorities(walk)
    _refused_where_the_host_is_in_special_measures(walk, cast)
    road.a_head_asks(walk, cast, refusals=True)
    road.a_match_is_made(walk, cast)
    placement = Placement.objects.get()
    clock.move_to(datetime(2026, 10, 9, 9, tzinfo=UTC))
    road.the_preliminary_meeting(walk, cast, placement)
    road.the_ten_items(walk, cast, placement)
    road.terms_and_objectives(walk, cast, placement)
    road.juno_confirms(walk)
    road.cover_and_contract(walk, cast, placement)
    road.four_signatures(walk, cast, placement)
    _a_second_day_in_one_week_is_refused(walk, cast, placement)
    clock.move_to(datetime(2026, 11, 10, 16, tzinfo=UTC))
    road.the_diary(walk, cast, placement)
    clock.move_to(datetime(2026, 12, 9, 9, tzinfo=UTC))
    _interim_evaluation(walk, cast, placement)
    clock.move_to(datetime(2027, 1, 12, 9, tzinfo=UTC))
    _extended_once(walk, cast, placement)
    clock.move_to(datetime(2027, 2, 15, 9, tzinfo=UTC))
    _final_evaluation(walk, cast, placement)
    _completed(walk, cast, placement)
    _an_informal_link(walk, cast, placement)


def _the_post_opens_on_the_governors_decision(walk: Walk, cast: Cast) -> None:
    """Without it there is no post (R-1.4). In this story the AST's earlier one ended before the scheme began."""
    Post.objects.update(status=PostStatus.LEFT, starts_on=date(2022, 9, 1), ends_on=date(2025, 7, 31))
    walk.as_(cast.coordinator, "/people/asts/add/").fill({"Name": cast.ast.name, "E-mail address": cast.ast.email})
    walk.page.get_by_label("Home school").fill(cast.home.name)
    walk.page.get_by_role("option", name=cast.home.name).click()
    walk.fill({"Assessed by": "National assessment agency"}).date("Date of the pass", "12 3 2025")
    walk.date("In post from", "1 9 2025")
    walk.press("Add this AST").sees("A post needs the decision of the school’s governors: enter its date")
    walk.date("Date of the governors’ decision", "16 1 2025")
    walk.fill({"Minute": "2025/4", "What is the AST responsible for?": "Mathematics, here and in other schools."})
    walk.press("Add this AST").sees("is recorded as in post.").sees("16 January 2025, minute 2025/4")
    walk.link("Fill in what the AST offers").tick("Mathematics and numeracy", "Key stage 2")
    walk.tick("Work alongside willing teachers", "Teach model lessons with staff watching").press("Save profile")
    walk.link("Say on which days the AST is free")
    walk.page.get_by_role("group", name="Tuesday").get_by_label("Whole day").check()
    walk.date("From which day?", "1 9 2026").press("Save outreach time")
    walk.link("Record the induction").date("When?", "12 9 2025")
    for box in walk.page.get_by_role("checkbox").all():
        box.check()
    walk.press("Save").sees("The induction is recorded.")
    walk.page.context.clear_cookies()


def _refused_where_the_host_is_in_special_measures(walk: Walk, cast: Cast) -> None:
    cast.elsewhere.statuses.create(kind="category", name="special_measures", starts_on=date(2026, 9, 1))
    walk.as_(cast.outsider).go("/requests/start/").press("Start now").press("Yes, continue")
    walk.sees("A school in special measures cannot have outreach here.")


def _a_second_day_in_one_week_is_refused(walk: Walk, cast: Cast, placement: Placement) -> None:
    for day in ("10", "12"):
        walk.as_(cast.ast, f"/placements/{placement.pk}/days/plan/").date("Date", f"{day} 11 2026")
        walk.tick("Whole day", "At the host school").press("Plan this day")
    walk.sees("That week already holds 1 day of outreach")


def _interim_evaluation(walk: Walk, cast: Cast, placement: Placement) -> None:
    """On the day fixed under P4 the head and Juno are asked; Juno answers by the link, without an account."""
    assert evaluations.look_after_evaluations() > 0
    walk.as_(cast.host_head).link("Fill in your evaluation of the AST’s support")
    walk.tick("Yes").write(**{"What has changed in teaching so far?": "Units have problems in them."}).press("Hand in")
    _juno_says(walk, placement, "interim", {"What have you tried or changed in your teaching?": "I wait longer."})


def _juno_says(walk: Walk, placement: Placement, kind: str, answers: dict[str, str]) -> None:
    form = Evaluation.objects.get(placement=placement, kind=kind, person__isnull=False)
    assert form.person
    walk.page.context.clear_cookies()
    walk.go("/" + address(form, form.person).split("/", 3)[3])
    walk.tick("Yes", "Yes, the AST may read them").fill(answers).press("Hand in")
    walk.sees("Your answers have been handed in.")


def _extended_once(walk: Walk, cast: Cast, placement: Placement) -> None:
    """The head asks for one day more, the co-ordinator agrees, everybody signs the addendum (R-8.15)."""
    walk.as_(cast.host_head, f"/placements/{placement.pk}/").link("Ask for an extension")
    walk.date("New last day", "26 2 2027").write(
        **{"How many days altogether?": "7", "Why is it needed?": "The last unit comes after half-term."}
    )
    walk.press("Ask for the extension").sees("The extension has been asked for.")
    walk.as_(cast.coordinator, "/tasks/").link("Answer: extension asked for").link(
        "Agree, and put it out for signature"
    )
    walk.press("Agree, and put it out for signature")
    for person in (cast.host_head, cast.ast, cast.coordinator, cast.home_head):
        walk.as_(person, "/tasks/").link("Sign: extension")
        walk.page.get_by_label("I have read this version of the contract").check()
        walk.link(f"Sign as {person.name}").sees("You have signed version 2")
    placement.refresh_from_db()
    assert (placement.ends_on, placement.days, placement.status) == (date(2027, 2, 26), 7, "active")


def _final_evaluation(walk: Walk, cast: Cast, placement: Placement) -> None:
    """The last fortnight begins: self-report alone is never enough (R-11.3)."""
    assert endings.open_final_evaluations() == 1
    evaluations.look_after_evaluations()
    walk.as_(cast.coordinator, f"/placements/{placement.pk}/complete/").sees("evaluation form is not in yet")
    _juno_says(
        walk,
        placement,
        "final",
        {"What do you do differently now?": "I ask first.", "What will you carry on with?": "Problems every week."},
    )
    walk.as_(cast.host_head).link("Fill in your evaluation of the AST’s support")
    walk.tick("Yes", "Reached")
    walk.fill(
        {
            "What has changed in the practice of the staff supported?": "Problem solving is planned.",
            "What has changed in the school as a whole?": "Others ask for the units.",
            "What will continue, and who will see to it?": "The subject leader keeps the units.",
            "What shows it, for objective 1?": "71% in the summer test.",
        }
    ).press("Hand in")
    walk.as_(cast.coordinator, f"/placements/{placement.pk}/evaluations/").link("Conclude the final evaluation")
    walk.date("When was the final evaluation talked over?", "15 2 2027").tick("Host headteacher", "AST", "Co-ordinator")
    walk.fill(
        {
            "What has changed in the practice of the staff supported?": "Problem solving is planned.",
            "What has changed in the school as a whole?": "Others ask for the units.",
            "What will continue?": "The units.",
        }
    ).press("Conclude the final evaluation")


def _completed(walk: Walk, cast: Cast, placement: Placement) -> None:
    walk.as_(cast.coordinator, f"/placements/{placement.pk}/complete/").press("Complete the placement")
    walk.sees("The placement is complete.")


def _an_informal_link(walk: Walk, cast: Cast, placement: Placement) -> None:
    """Both sides wish it; it takes no days (R-8.16)."""
    walk.as_(cast.ast, f"/placements/{placement.pk}/").link("Informal links afterwards").link("Note an informal link")
    walk.write(**{"What is it about?": "The school may ring with questions."}).press("Ask the other side")
    walk.as_(cast.host_head, f"/placements/{placement.pk}/links/").press("We wish it too")
    walk.sees("Both sides wish it now")
