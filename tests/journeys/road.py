"""The steps of the main road, each by the person whose step it is: from the letters to the governors' summary."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import expect

from astcoord.core import delivery
from astcoord.core.models.messages import Message
from placements.agreement.models import ContractVersion, Signature
from placements.placement.models import Placement
from placements.supported.models import SupportedStaff
from staff.accounts.actions.people import confirm_address
from tests.browser import sign_in
from tests.cast import Cast
from tests.journeys.walk import Walk
from tests.placements.supported.supported_links import link_of


def letters_go_out(walk: Walk, cast: Cast) -> None:
    confirm_address(cast.coordinator)
    sign_in(walk.page, walk.site, cast.coordinator.email)
    walk.go("/letters/").press("Prepare letters now").tick("Autumn term 2026")
    walk.press("Prepare the letters").press("Approve and send").sees("3 letters will go by e-mail")
    walk.press("Approve and send").sees("The letters are on their way.")
    assert delivery.deliver_all()["sent"] == 3
    walk.go("/letters/")


def the_list_of_priorities(walk: Walk) -> None:
    walk.go("/priorities/").press("Add a priority").tick("Education development plan")
    walk.write(Priority="Raise standards in mathematics").press("Save the priority").sees("is saved.")


def a_head_asks(walk: Walk, cast: Cast, *, refusals: bool = False) -> None:
    """One person, recommended, for six days; with `refusals` the head first asks for what no AST does."""
    walk.as_(cast.host_head).go("/requests/start/").press("Start now")
    walk.page.get_by_label("Subject or area").fill("Mathe")
    walk.page.get_by_role("option", name="Mathematics and numeracy").click()
    walk.tick("Key stage 2")
    walk.page.get_by_label("What needs to get better?").fill("Pupils cannot choose a method.")
    walk.tick("Our own view").press("Save and continue")
    walk.page.get_by_label("What you would like the AST to do").fill("Plan and teach alongside two teachers.")
    walk.page.get_by_label("What your staff need to learn").fill("Planning problem solving.")
    walk.page.get_by_label("What should be different at the end?").fill("Problem solving is in every unit.")
    walk.page.get_by_label("What will you look at").fill("70% of Year 6 attempt every problem by July.")
    walk.page.get_by_label("Work alongside willing teachers").check()
    if refusals:
        walk.tick("Cover for an absent teacher").press("Save and continue").sees("An AST cannot cover for absence")
        walk.page.get_by_label("Cover for an absent teacher").uncheck()
    walk.press("Save and continue")
    walk.page.get_by_label("How many days would you like?").fill("6")
    walk.page.get_by_label("From which week?").select_option("The week of 2 November 2026")
    walk.page.get_by_label("Until which week?").select_option("The week of 8 February 2027")
    for box in walk.page.get_by_role("checkbox").all():
        box.check()
    walk.press("Save and continue")
    walk.tick("Raise standards in mathematics").press("Save and continue")
    walk.page.get_by_label("Name of the person or group").fill("Juno Pettifer")
    for label in (
        "Recommended by the headteacher",
        "to develop their own practice",
        "to carry on after the AST has left",
    ):
        walk.page.get_by_label(label).check()
    walk.tick("Teacher")
    walk.page.get_by_label("Email address").fill("juno.pettifer@marlshire.example")
    if refusals:
        walk.tick("In a capability procedure", "I agree to this person taking part").press("Save and continue")
        walk.sees("An AST cannot support somebody in a capability procedure.")
    walk.page.get_by_label("No difficulty").check()
    walk.page.get_by_label("I agree to this person taking part").check()
    walk.press("Save and continue").press("Continue").sees("Check your answers").press("Send the request").sees(
        "Request sent"
    )


def a_match_is_made(walk: Walk, cast: Cast) -> None:
    walk.as_(cast.coordinator, "/requests/queue/").link("R0")
    walk.link("See who could help").link(f"Choose {cast.ast.name}").press("Propose this match")
    for person, path in ((cast.ast, "/matches/asked/"), (cast.home_head, "/matches/answers/")):
        walk.as_(person, path).link(cast.host.name).tick("Yes").press("Send your answer")
    walk.sees("Everybody has said yes")


def the_preliminary_meeting(walk: Walk, cast: Cast, placement: Placement) -> None:
    walk.as_(cast.coordinator, "/placements/").link(placement.reference).link("Call the preliminary meeting")
    walk.date("Day of the meeting", "9 10 2026")
    walk.page.get_by_label("Time and place").fill("3:45pm at the host school")
    walk.press("Send the agenda and the role statement").link("Record the preliminary meeting")
    walk.date("Day on which it was held", "9 10 2026")
    walk.tick("Host headteacher", "AST", "Co-ordinator", "Supported staff").press("Record the meeting")


@contextmanager
def item(walk: Walk, placement: Placement, number: int) -> Iterator[None]:
    """Open one of the ten items, say what there is to say, and record it as agreed."""
    walk.go(f"/placements/{placement.pk}/protocol/{number}/")
    yield
    walk.tick("Agreed").press("Save and continue").sees(f"P{number}: agreed")


def the_ten_items(walk: Walk, cast: Cast, placement: Placement) -> None:
    walk.as_(cast.host_head, f"/placements/{placement.pk}/protocol/")
    with item(walk, placement, 1):
        pass
    with item(walk, placement, 2):
        walk.page.get_by_label("No staff meeting is needed").check()
    with item(walk, placement, 3):
        pass
    with item(walk, placement, 4):
        walk.date("First evaluation by head and staff", "8 12 2026").date("Final evaluation", "9 2 2027")
    with item(walk, placement, 5):
        walk.page.get_by_label("Shape of the day").fill("Two lessons together, planning, a talk at half past three.")
        walk.date("When do they visit", "10 11 2026")
        walk.page.get_by_label("The host headteacher agrees to the visit").check()
    with item(walk, placement, 6):
        walk.date("First review meeting", "8 12 2026")
    with item(walk, placement, 7):
        walk.page.get_by_label("How many school days’ notice").fill("5")
    with item(walk, placement, 8):
        pass
    with item(walk, placement, 9):
        walk.date("First day with time for review", "9 2 2027")
    with item(walk, placement, 10):
        for box in walk.page.get_by_label("who provides it?").all():
            box.fill("School office")
        for name, part in (("Day", "2"), ("Month", "11"), ("Year", "2026")):
            for box in walk.page.get_by_label(name, exact=True).all()[:-1]:
                box.fill(part)
    walk.sees("10 of 10 agreed")
    walk.as_(cast.home_head, f"/placements/{placement.pk}/").link("Agree to the visit").press("Agree to the visit")


def terms_and_objectives(walk: Walk, cast: Cast, placement: Placement) -> None:
    walk.as_(cast.coordinator, f"/placements/{placement.pk}/terms/")
    walk.page.get_by_label("What will the host school do?").fill("Release the staff named.")
    walk.page.get_by_label("What will the AST do?").fill("Plan, teach and review with the staff named.")
    walk.page.get_by_label("Name of the senior education inspector").fill("Larch Wetherby")
    walk.page.get_by_label("Role of the senior education inspector").fill("Senior inspector, primary")
    walk.press("Save the terms").sees("The terms have been saved")
    walk.go(f"/placements/{placement.pk}/objectives/add/").fill(
        {
            "Objective": "Problem solving is planned into every unit.",
            "Where do things stand now?": "42% of Year 6 attempt every problem.",
            "What will count as success?": "70% attempt every problem by July.",
            "What will show it?": "The summer test.",
        }
    )
    walk.press("Save the objective")


def juno_confirms(walk: Walk) -> None:
    """Without an account, by the link in the e-mail (R-6.11)."""
    walk.page.context.clear_cookies()
    walk.go(link_of(SupportedStaff.objects.get()))
    for box in walk.page.get_by_role("checkbox").all():
        box.check()
    walk.page.get_by_label("What would you like to get better at?").fill("Waiting longer before I help.")
    walk.page.get_by_label("What do you hope to gain").fill("Lessons in which pupils choose the method.")
    walk.press("Confirm my part")


def cover_and_contract(walk: Walk, cast: Cast, placement: Placement) -> None:
    walk.as_(cast.home_head, f"/placements/{placement.pk}/cover/")
    walk.page.get_by_label("Part-time appointment").check()
    walk.press("Save the cover plan")
    walk.as_(cast.coordinator, f"/placements/{placement.pk}/protocol/").press("Confirm the protocol")
    walk.go(f"/placements/{placement.pk}/contract/issue/").press("Issue the contract for signature")
    walk.as_(cast.host_head, f"/placements/{placement.pk}/circulation/")
    walk.date("When did all staff have the papers?", "9 10 2026").press("Save")


def four_signatures(walk: Walk, cast: Cast, placement: Placement) -> None:
    for person in (cast.host_head, cast.ast, cast.coordinator, cast.home_head):
        walk.as_(person, f"/placements/{placement.pk}/contract/")
        walk.page.get_by_label("I have read this version of the contract").check()
        walk.link(f"Sign as {person.name}").sees("You have signed version 1")
    version = ContractVersion.objects.get()
    assert set(Signature.objects.values_list("sha256", flat=True)) == {version.sha256}
    notice = Message.objects.get(kind="chair-notice")
    assert notice.to_email == cast.host.chair_email
    placement.refresh_from_db()
    assert placement.status == "active"
    walk.go(f"/placements/{placement.pk}/contract/")
    with walk.page.expect_download() as signed:
        walk.page.get_by_role("link", name="PDF").first.click()
    assert signed.value.suggested_filename.endswith(".pdf")


def the_diary(walk: Walk, cast: Cast, placement: Placement) -> None:
    walk.as_(cast.ast, f"/placements/{placement.pk}/diary/add/")
    walk.page.get_by_label("Main priorities").fill("Planning a unit on fractions")
    walk.page.get_by_label("Work alongside willing teachers").check()
    walk.tick("Juno Pettifer")
    walk.page.get_by_role("group", name="Was the end-of-day talk held?").get_by_label("Yes").check()
    walk.press("Submit").sees("The outreach day of 10 November 2026 is in the diary.")


def the_impact_review(walk: Walk, cast: Cast, placement: Placement) -> None:
    walk.as_(cast.coordinator, "/reviews/open/").press("Open the reviews")
    walk.as_(cast.ast, "/reviews/").link(placement.reference)
    walk.link("Write the review")
    walk.page.get_by_role("group", name="Progress on objective 1").get_by_label("Good progress").check()
    walk.page.get_by_label("What shows it, for objective 1").fill("Two sets of books")
    walk.page.get_by_label("What has changed in the school").fill("More pupils explain their method.")
    walk.press("Submit to the headteacher").sees("The review is with the headteacher.")
    walk.as_(cast.host_head).link("Comment on the AST’s impact review")
    walk.page.get_by_label("Your comment").fill("We see this too.")
    walk.press("Send to the co-ordinator")
    walk.as_(cast.coordinator, "/reviews/").link(placement.reference).go(
        walk.page.url.removeprefix(walk.site.url).rstrip("/") + "/decide/"
    )
    walk.page.get_by_label("Accept the review").check()
    walk.press("Save decision")


def governors_read(walk: Walk, cast: Cast) -> None:
    walk.as_(cast.chair, "/summaries/").link("P0")
    walk.sees("Problem solving is planned into every unit.").sees("Good progress")
    expect(walk.page.get_by_text("Pettifer")).to_have_count(0)
    with walk.page.expect_download() as paper:
        walk.page.get_by_role("link", name="PDF").first.click()
    assert paper.value.suggested_filename.endswith(".pdf")
