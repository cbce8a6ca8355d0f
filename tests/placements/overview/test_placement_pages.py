"""The pages of a placement: who reaches them, what they show, how many queries they cost."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.messages import Message
from placements.agreement.actions import contracts
from placements.overview.home import placements
from placements.placement.models import Placement
from schools.calendar.actions import save_year
from schools.calendar.years import default_year
from schools.register.models import School
from tests.cast import Cast
from tests.placements import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

READ = (
    "placement_detail",
    "placement_history",
    "placement_missing",
    "placement_protocol",
    "placement_objectives",
    "contract",
)
PAPERS = ("protocol_pdf", "role_pdf", "pack_pdf", "contract_draft_pdf")


def url(name: str, placement: Placement, *args: Any) -> str:
    return reverse(f"placements:{name}", args=[placement.pk, *args])


@pytest.fixture
def issued(cast: Cast) -> Placement:
    return stories.issued(cast)


@pytest.mark.parametrize("who", ["coordinator", "administrator", "consultant", "host_head", "home_head", "ast"])
def test_everybody_concerned_reads_the_same_pages(cast: Cast, client: Any, issued: Placement, who: str) -> None:
    client.force_login(getattr(cast, who))

    for name in READ:
        assert client.get(url(name, issued)).status_code == 200, name


def test_section_g_officers_read_the_placements_own_page_and_no_papers(
    cast: Cast, client: Any, issued: Placement
) -> None:
    client.force_login(cast.officer)

    assert client.get(issued.get_absolute_url()).status_code == 200
    for name in ("placement_protocol", "placement_history", "contract", "placement_objectives", *PAPERS):
        assert client.get(url(name, issued)).status_code == 403, name


def test_section_g_officers_read_sums_and_no_step_of_the_protocol(cast: Cast, client: Any, issued: Placement) -> None:
    for who, shown in (("consultant", True), ("officer", False)):
        client.force_login(getattr(cast, who))
        page = client.get(issued.get_absolute_url()).content.decode()
        assert ("Waiting for" in page) is shown, who
        assert ("What is next" in page) is shown, who


def test_section_g_the_home_head_does_not_read_the_name_of_the_hosts_chair(
    cast: Cast, client: Any, issued: Placement
) -> None:
    School.objects.filter(pk=issued.host_id).update(chair_name="Odo Marsham", chair_email="odo@marlshire.example")
    for who, named in (("host_head", True), ("ast", True), ("home_head", False)):
        client.force_login(getattr(cast, who))
        page = client.get(url("placement_item", issued, 3)).content.decode()
        assert ("The notice goes to Odo Marsham" in page) is named, who
        assert ("The notice goes to the chair of governors" in page) is not named, who


@pytest.mark.parametrize("who", ["outsider", "chair"])
def test_r_16_2_a_foreign_head_and_a_governor_find_nothing(
    cast: Cast, client: Any, issued: Placement, who: str
) -> None:
    client.force_login(getattr(cast, who))

    for name in (*READ, *PAPERS, "placement_terms", "circulation", "placement_end", "cover", "objective_add"):
        assert client.get(url(name, issued)).status_code == 404, name
    assert client.get(url("contract_pdf", issued, 1)).status_code == 404
    data = {"version": 1, "party": "host_head", "declared": "on"}
    assert client.post(url("contract", issued), data).status_code == 404


def test_r_3_3_the_administrator_cannot_sign(cast: Cast, client: Any, issued: Placement) -> None:
    client.force_login(cast.administrator)

    data = {"version": 1, "party": "coordinator", "declared": "on"}
    assert client.post(url("contract", issued), data).status_code == 403
    assert client.post(url("contract_issue", issued), {}).status_code == 403


def test_section_g_the_home_head_sees_initials(cast: Cast, client: Any, issued: Placement) -> None:
    for who, shown in (("host_head", True), ("ast", True), ("home_head", False)):
        client.force_login(getattr(cast, who))
        page = client.get(issued.get_absolute_url()).content.decode()
        assert ("Juno Pettifer" in page) is shown, who
        assert ("J.P." in page) is not shown, who
    client.force_login(cast.officer)
    page = client.get(issued.get_absolute_url()).content.decode()
    assert "Juno Pettifer" not in page
    assert "J.P." not in page


def test_the_page_says_whose_turn_it_is(cast: Cast, client: Any, issued: Placement) -> None:
    client.force_login(cast.host_head)
    mine = client.get(issued.get_absolute_url()).content.decode()
    assert "Your turn:</strong> Sign as host headteacher" in mine

    stories.sign(cast, issued, "ast")
    client.force_login(cast.ast)
    other = client.get(issued.get_absolute_url()).content.decode()
    assert "Waiting for the host headteacher: Sign as host headteacher" in other


def test_signing_on_the_page(cast: Cast, client: Any, issued: Placement) -> None:
    client.force_login(cast.host_head)
    page = client.get(url("contract", issued)).content.decode()
    assert "Sign as Rowan Oakhanger, Host headteacher" in page

    nothing = client.post(url("contract", issued), {"version": 1, "party": "host_head"})
    assert "Tick the declaration" in nothing.content.decode()
    client.post(url("contract", issued), {"version": 1, "party": "host_head", "declared": "on"})

    assert stories.in_force(issued).signatures.get().user == cast.host_head
    assert "Sign as Rowan" not in client.get(url("contract", issued)).content.decode()


def test_r_8_12_an_old_page_is_refused_with_what_to_do(cast: Cast, client: Any, issued: Placement) -> None:
    contracts.issue(placement=issued, by=cast.coordinator, change="days")
    client.force_login(cast.host_head)

    response = client.post(url("contract", issued), {"version": 1, "party": "host_head", "declared": "on"}, follow=True)

    assert "Read version 2 and sign that one" in response.content.decode()
    assert not stories.in_force(issued).signatures.exists()


def test_nothing_changes_by_a_get(cast: Cast, client: Any) -> None:
    placement = stories.all_agreed(cast)
    client.force_login(cast.coordinator)

    for name in ("protocol_confirm", "role_send"):
        assert client.get(url(name, placement)).status_code == 405
    placement.refresh_from_db()
    assert placement.status == "preliminary_held"


@pytest.mark.parametrize("number", range(1, 11))
def test_each_item_page_saves_its_answer(cast: Cast, client: Any, number: int) -> None:
    placement = stories.met(cast)
    client.force_login(cast.host_head)
    facts: dict[int, dict[str, Any]] = {
        2: {"staff_meeting_not_needed": "on"},
        4: {"school_evaluation_1": "2026-12-15", "final_evaluation": "2027-02-09"},
        5: {"day_shape": "Two lessons", "visit_planned_on": "2026-11-17", "visit_host_agrees": "on"},
        6: {"review_meeting_1": "2026-12-08"},
        7: {"notice_days": "5"},
        9: {"focus": "Aims", "reserved_day_1": "2027-02-02"},
        10: {f"owner_{n}": "Deputy" for n in range(1, 7)} | {f"due_{n}": "2026-10-20" for n in range(1, 7)},
    }
    page = url("placement_item", placement, number)
    assert client.get(page).status_code == 200

    response = client.post(page, {"agreement": "agreed", **facts.get(number, {})})

    assert response.status_code == 302, response.content.decode()
    assert placement.protocol.get(number=number).agreement in ("agreed", "with_action")


def test_an_item_page_says_what_is_missing_beside_its_field(cast: Cast, client: Any) -> None:
    placement = stories.met(cast)
    client.force_login(cast.ast)

    page = client.post(url("placement_item", placement, 7), {"agreement": "agreed"}).content.decode()

    assert "There is a problem" in page
    assert 'href="#id_notice_days"' in page


def test_a_home_head_reads_the_items_and_changes_none(cast: Cast, client: Any) -> None:
    placement = stories.met(cast)
    client.force_login(cast.home_head)

    assert client.get(url("placement_item", placement, 7)).status_code == 200
    assert client.post(url("placement_item", placement, 7), {"agreement": "agreed"}).status_code == 403
    assert client.get(url("placement_terms", placement)).status_code == 403


def test_the_whole_road_by_browser_forms(cast: Cast, client: Any) -> None:
    placement = stories.opened(cast)
    client.force_login(cast.coordinator)
    client.post(url("meeting_call", placement), {"meeting_called_for": "2026-10-06", "meeting_place": "Library, 4pm"})
    present = ["host_head", "ast", "coordinator", "staff"]
    client.post(url("meeting_hold", placement), {"held_on": "2026-10-06", "present": present})
    placement.refresh_from_db()
    assert placement.status == "preliminary_held"

    form = client.get(url("placement_terms", placement)).context["form"]
    data = {name: form.initial.get(name) or "" for name in form.fields} | stories.TERMS
    data |= {"starts_on": "2026-11-03", "ends_on": "2027-02-09"}
    saved = client.post(url("placement_terms", placement), data)
    assert saved.status_code == 302, saved.context["form"].errors
    client.post(url("objective_add", placement), stories.OBJECTIVE)

    placement.refresh_from_db()
    assert placement.host_expectations == stories.TERMS["host_expectations"]
    assert placement.objectives.get().baseline == stories.OBJECTIVE["baseline"]


def test_cover_circulation_and_end_by_form(cast: Cast, client: Any) -> None:
    placement = stories.signed(cast)
    client.force_login(cast.coordinator)
    client.post(url("role_send", placement))
    client.force_login(cast.home_head)
    warned = client.post(url("cover", placement), {"cover": ["supply"]}, follow=True).content.decode()
    assert "least settled kind of cover" in warned
    client.force_login(cast.host_head)
    client.post(url("circulation", placement), {"circulated_on": "2026-10-06"})
    placement.refresh_from_db()
    assert placement.status == "active"
    assert "least settled" not in client.get(placement.get_absolute_url()).content.decode()

    client.post(
        url("placement_end", placement),
        {"ended_on": "2026-10-06", "ended_category": "priorities", "ended_reason": "The class has closed"},
    )

    placement.refresh_from_db()
    assert (placement.status, placement.ended_reason) == ("ended_early", "The class has closed")


def test_what_is_missing_names_who_sees_to_it(cast: Cast, client: Any) -> None:
    placement = stories.signed(cast)
    client.force_login(cast.host_head)

    page = client.get(url("placement_missing", placement)).content.decode()

    assert "Nobody has said how the AST’s classes at home are covered" in page
    assert "The home headteacher" in page
    assert "Let it start without" not in page


def test_the_list_narrows_and_exports(cast: Cast, client: Any, issued: Placement) -> None:
    stories.opened(cast)
    client.force_login(cast.coordinator)
    page = reverse("placements:placement_list")

    assert "2 placements" in client.get(page).content.decode()
    assert "1 placement" in client.get(page, {"status": "contract_issued"}).content.decode()
    file = client.get(page, {"status": "planned", "export": "csv"}).getvalue().decode()
    rows = file.partition("\r\n\r\n")[0].splitlines()
    assert len(rows) == 2


def test_r_20_10_a_contract_of_last_year_is_found_by_its_school_year(
    cast: Cast, client: Any, issued: Placement
) -> None:
    before = save_year(default_year("2025-26"), by=None)
    old = stories.opened(cast)
    Placement.objects.filter(pk=old.pk).update(starts_on=date(2026, 1, 12), ends_on=date(2026, 3, 9))
    client.force_login(cast.coordinator)
    for year, found, other in ((before, old, issued), (cast.year, issued, old)):
        page = client.get(reverse("placements:placement_list"), {"year": year.pk}).content.decode()
        assert found.reference in page
        assert other.reference not in page


@pytest.mark.parametrize(
    ("who", "name"),
    [("host_head", "placements_at_school"), ("home_head", "placements_at_school"), ("ast", "my_placements")],
)
def test_heads_and_asts_have_their_own_list(cast: Cast, client: Any, issued: Placement, who: str, name: str) -> None:
    client.force_login(getattr(cast, who))
    assert issued.reference in client.get(reverse(f"placements:{name}")).content.decode()
    client.force_login(cast.outsider)
    wrong = client.get(reverse("placements:placements_at_school")).content.decode()
    assert issued.reference not in wrong


def queries(client: Any, page: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def test_a_list_costs_the_same_at_1_and_at_30_rows(cast: Cast, client: Any, issued: Placement) -> None:
    client.force_login(cast.coordinator)
    page = reverse("placements:placement_list")
    client.get(page)
    one = queries(client, page)
    for _ in range(29):
        cast.placement()

    assert queries(client, page) == one <= 12


def test_a_detail_page_costs_at_most_15_queries(cast: Cast, client: Any, issued: Placement) -> None:
    client.force_login(cast.host_head)
    client.get(issued.get_absolute_url())

    assert queries(client, issued.get_absolute_url()) <= 15


def test_home_tells_each_what_to_do(cast: Cast, issued: Placement) -> None:
    titles = {
        who: {t.title for t in placements.tasks(getattr(cast, who), date(2026, 10, 6))}
        for who in ("coordinator", "host_head", "home_head", "ast", "outsider", "chair")
    }

    assert titles["coordinator"] == {"Sign contracts"}
    assert titles["host_head"] == {"Sign the contract", "Give the protocol to all staff"}
    assert titles["home_head"] == {"Sign the contract", "Say how classes are covered"}
    assert titles["ast"] == {"Sign the contract"}
    assert titles["outsider"] == titles["chair"] == set()


def test_n12_the_home_head_is_asked_for_cover_when_the_contract_goes_out(cast: Cast, issued: Placement) -> None:
    message = Message.objects.get(kind="cover-missing")
    assert message.to_email == cast.home_head.email
    assert "how the AST’s classes are covered" in message.body


def test_r_3_3_the_administrator_is_not_led_to_what_the_co_ordinator_alone_does(cast: Cast, client: Any) -> None:
    placement = stories.ready(cast)
    issue = f'href="{url("contract_issue", placement)}"'
    for reader, led in ((cast.coordinator, True), (cast.administrator, False)):
        client.force_login(reader)
        page = client.get(placement.get_absolute_url()).content.decode()
        assert (issue in page) == led, reader
        assert "Issue the contract" in page
