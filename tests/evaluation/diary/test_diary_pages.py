"""The diary's pages: what each reader sees of them (section G), and how a day is written up."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.ui.kept import NOT_ANSWERS
from evaluation.diary import actions
from evaluation.diary.actions import DayHeld
from evaluation.diary.models import DiaryEntry
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from placements.requests.models import RequestedStaff
from tests.cast import Cast
from tests.evaluation.stories import HALF, NOVEMBER, TELLING, TUESDAY, WHOLE, write_up
from tests.placements import stories as agreed
from tests.placements.active import elsewhere

pytestmark = pytest.mark.django_db

SESSION = 5
"""What keeping track of the signed-in device costs every page."""

ANSWER = {
    "on": "2026-11-24",
    "days": "1",
    "venue": "host",
    "priorities": "Planning a unit on fractions",
    "activities": ["willing_teachers"],
    "talk_held": "yes",
    "talk_said": "Agreed the next lesson",
}


def page(client: Client, user: Any, name: str, *args: Any) -> str:
    client.force_login(user)
    response = client.get(reverse(f"evaluation:{name}", args=args))
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def test_the_form_is_ready_for_today(client: Client, cast: Cast, placement: Placement) -> None:
    text = page(client, cast.ast, "write_up", placement.pk)
    assert 'name="on_day" type="text" value="24"' in text
    assert "Juno Pettifer" in text
    assert text.index("Work alongside willing teachers") < text.index("Make teaching materials")


def test_a_day_is_submitted_and_another_offered(client: Client, cast: Cast, placement: Placement) -> None:
    client.force_login(cast.ast)
    person = placement.supported.first()
    url = reverse("evaluation:write_up", args=[placement.pk])
    answer = {**ANSWER, "staff": [person.pk], "objectives": [placement.objectives.first().pk]}
    text = client.post(url, answer, follow=True).content.decode()
    assert "The outreach day of 24 November 2026 is in the diary." in text
    assert "Write up another outreach day" in text
    entry = DiaryEntry.objects.get()
    assert (entry.status, list(entry.staff.all())) == ("submitted", [person])


def test_r_10_4_errors_link_to_their_fields(client: Client, cast: Cast, placement: Placement) -> None:
    client.force_login(cast.ast)
    url = reverse("evaluation:write_up", args=[placement.pk])
    text = client.post(url, {**ANSWER, "priorities": "", "talk_held": "no"}).content.decode()
    assert "Error: " in text
    assert 'href="#id_priorities"' in text
    assert "Enter why the end-of-day talk was not possible" in text
    assert not OutreachDay.objects.exists()


def test_r_10_3_given_not_held_when_saved_without_reason_then_an_error(
    client: Client, cast: Cast, placement: Placement
) -> None:
    client.force_login(cast.ast)
    url = reverse("evaluation:write_up", args=[placement.pk])
    text = client.post(url, {**ANSWER, "talk_held": "no", "talk_said": "", "talk_reason": " "}).content.decode()
    assert 'href="#id_talk_reason"' in text
    assert not DiaryEntry.objects.exists()
    client.post(url, {**ANSWER, "talk_held": "no", "talk_reason": "The head was called away"})
    text = page(client, cast.host_head, "entry", DiaryEntry.objects.get().pk)
    assert "Not possible: The head was called away" in text


def test_r_10_6_given_the_form_when_inspected_then_no_grade_field_exists(
    client: Client, cast: Cast, placement: Placement
) -> None:
    """And the host headteacher reads all that there is: no private notes of the AST."""
    form = page(client, cast.ast, "write_up", placement.pk)
    names = set(re.findall(r'name="([a-z_]+)"', form.partition("<main")[2]))
    assert names - {*NOT_ANSWERS, "submit", "draft"} == {
        *("on_day", "on_month", "on_year", "days", "venue", "priorities", "activities", "other_activities"),
        *("lesson_classes", "staff", "objectives", "evidence", "next_steps", "idea"),
        *("talk_held", "talk_said", "talk_reason"),
    }
    told = {"objectives": [placement.objectives.first().pk], "next_steps": "Try it with Year 5"}
    entry = write_up(cast, placement, **told)
    text = page(client, cast.host_head, "entry", entry.pk)
    for wanted in (TELLING.priorities, "Try it with Year 5", TELLING.evidence, TELLING.talk_note):
        assert wanted in text


def test_a_draft_comes_back_filled_in(client: Client, cast: Cast, placement: Placement) -> None:
    client.force_login(cast.ast)
    url = reverse("evaluation:write_up", args=[placement.pk])
    client.post(url, {**ANSWER, "talk_held": "", "draft": "1"})
    entry = DiaryEntry.objects.get()
    assert entry.status == "draft"
    assert "Draft entry" in page(client, cast.ast, "placement_diary", placement.pk)
    assert ANSWER["priorities"] in page(client, cast.ast, "write_up_day", entry.day.pk)
    assert "Draft entry" not in page(client, cast.host_head, "placement_diary", placement.pk)
    assert ANSWER["priorities"] not in page(client, cast.host_head, "placement_diary", placement.pk)
    assert client.get(reverse("evaluation:entry", args=[entry.pk])).status_code == 404


@pytest.mark.parametrize(
    "junk",
    [
        {"on": "2026-13-45"},
        {"days": "9"},
        {"venue": "' OR 1=1"},
        {"staff": ["99999"]},
        {"objectives": ["x"]},
        {"activities": ["appraisal"]},
        {"priorities": "x" * 2001},
        {"priorities": "a\x00b"},
        {"talk_held": "maybe"},
        {"on": "2027-01-12"},
    ],
)
def test_hostile_input_saves_nothing(client: Client, cast: Cast, placement: Placement, junk: dict[str, Any]) -> None:
    client.force_login(cast.ast)
    url = reverse("evaluation:write_up", args=[placement.pk])
    response = client.post(url, {**ANSWER, **junk})
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert not OutreachDay.objects.exists()


def test_script_in_a_text_is_only_text(client: Client, cast: Cast, placement: Placement) -> None:
    entry = write_up(cast, placement, priorities="<script>alert(1)</script>")
    for user in (cast.ast, cast.host_head, cast.home_head):
        assert "<script>alert(1)" not in page(client, user, "entry", entry.pk)


def test_g_the_home_head_reads_priorities_and_time_only(client: Client, cast: Cast, placement: Placement) -> None:
    first = placement.objectives.get(number=1)
    entry = write_up(cast, placement, staff=[p.pk for p in placement.supported.all()], objectives=[first.pk])
    for text in (
        page(client, cast.home_head, "placement_diary", placement.pk),
        page(client, cast.home_head, "entry", entry.pk),
    ):
        assert TELLING.priorities in text
        assert "1 day" in text
        for secret in ("Pettifer", "J.P.", TELLING.evidence, TELLING.next_steps, TELLING.talk_note, "model lessons"):
            assert secret not in text


def test_g_host_head_office_and_consultant_read_it_whole(client: Client, cast: Cast, placement: Placement) -> None:
    entry = write_up(cast, placement, staff=[p.pk for p in placement.supported.all()])
    for user in (cast.host_head, cast.coordinator, cast.administrator):
        assert "Juno Pettifer, Sorrel Ambleforth" in page(client, user, "entry", entry.pk)
    by_initials = page(client, cast.consultant, "entry", entry.pk)
    assert "J.P., S.A." in by_initials
    assert "Pettifer" not in by_initials


def test_g_the_officer_reads_time_only(client: Client, cast: Cast, placement: Placement) -> None:
    entry = write_up(cast, placement)
    text = page(client, cast.officer, "placement_diary", placement.pk)
    assert "1 day" in text
    assert TELLING.priorities not in text
    assert client.get(reverse("evaluation:entry", args=[entry.pk])).status_code == 403
    assert not DiaryEntry.objects.visible_to(cast.officer).exists()


def test_r_13_2_a_chair_does_not_open_the_diary(client: Client, cast: Cast, placement: Placement) -> None:
    entry = write_up(cast, placement)
    client.force_login(cast.chair)
    for name, pk in (("placement_diary", placement.pk), ("entry", entry.pk), ("write_up", placement.pk)):
        assert client.get(reverse(f"evaluation:{name}", args=[pk])).status_code == 403
    for name in ("diary", "time", "time_pdf", "reviews"):
        assert client.get(reverse(f"evaluation:{name}")).status_code == 403


def test_r_16_2_neighbours_find_nothing(client: Client, cast: Cast, placement: Placement) -> None:
    entry = write_up(cast, placement)
    client.force_login(cast.outsider)
    for name, pk in (("placement_diary", placement.pk), ("entry", entry.pk), ("entry_correct", entry.pk)):
        assert client.get(reverse(f"evaluation:{name}", args=[pk])).status_code in (403, 404)
    assert client.get(reverse("evaluation:placement_diary", args=[placement.pk])).status_code == 404


def test_cancelled_and_not_logged_days_are_told(client: Client, cast: Cast, placement: Placement) -> None:
    OutreachDay.objects.create(
        placement=placement,
        on=TUESDAY - timedelta(days=14),
        days=1,
        status="cancelled",
        cancelled_by="host",
        cancelled_reason="Snow",
    )
    OutreachDay.objects.create(placement=placement, on=TUESDAY - timedelta(days=7), days=1)
    OutreachDay.objects.create(placement=placement, on=TUESDAY + timedelta(days=7), days=HALF)
    write_up(cast, placement)
    text = page(client, cast.ast, "placement_diary", placement.pk)
    for words in ("Not logged", "Cancelled", "Host school: Snow", "Delivered", "Planned", "Write it up", "second half"):
        assert words in text
    assert "1 day delivered, 0.5 days planned, 1 day not logged, 1 day cancelled" in text


def test_the_asts_own_diary_holds_every_placement(client: Client, cast: Cast, placement: Placement) -> None:
    second = elsewhere(cast)
    write_up(cast, placement, TUESDAY, HALF)
    write_up(cast, second, TUESDAY - timedelta(days=1), HALF)
    text = page(client, cast.ast, "diary")
    assert placement.host.name in text
    assert second.host.name in text
    assert "<strong>1 day</strong> delivered" in text
    assert "<strong>38 days</strong> budget" in text
    chosen = page(client, cast.ast, "write_up_choose")
    assert second.host.name in chosen


def test_one_placement_needs_no_choice(client: Client, cast: Cast, placement: Placement) -> None:
    client.force_login(cast.ast)
    response = client.get(reverse("evaluation:write_up_choose"))
    assert response["Location"] == reverse("evaluation:write_up", args=[placement.pk])


def test_difficulty_is_nowhere_near_the_diary(client: Client, cast: Cast, placement: Placement) -> None:
    RequestedStaff.objects.filter(request=placement.request).update(situation="some")
    entry = write_up(cast, placement)
    for user in (cast.ast, cast.host_head, cast.home_head, cast.coordinator):
        for text in (page(client, user, "placement_diary", placement.pk), page(client, user, "entry", entry.pk)):
            assert "difficulty" not in text.lower()


def test_r_10_8_a_correction_before_the_lock_needs_nobody(client: Client, cast: Cast, placement: Placement) -> None:
    entry = write_up(cast, placement)
    client.force_login(cast.ast)
    url = reverse("evaluation:entry_correct", args=[entry.pk])
    assert client.get(url).status_code == 200
    assert "Enter the main priorities" in client.post(url, {**ANSWER, "priorities": ""}).content.decode()
    client.post(url, {**ANSWER, "priorities": "Decimals", "days": "0.5"})
    entry.refresh_from_db()
    assert (entry.priorities, entry.day.days) == ("Decimals", HALF)


def test_r_20_5_the_page_asks_why_when_the_date_is_another(client: Client, cast: Cast, placement: Placement) -> None:
    entry = write_up(cast, placement)
    client.force_login(cast.ast)
    url = reverse("evaluation:entry_correct", args=[entry.pk])
    before = TUESDAY - timedelta(days=7)
    moved = {**ANSWER, "on": before.isoformat()}
    assert "Why was the date wrong?" in client.get(url).content.decode()
    assert "Enter why the date was wrong" in client.post(url, moved).content.decode()
    assert client.post(url, {**moved, "why": "It was the week before"}).status_code == 302
    entry.refresh_from_db()
    assert entry.day.on == before


def test_pages_cost_the_same_at_1_and_30_days(
    client: Client, cast: Cast, placement: Placement, django_assert_max_num_queries: Any
) -> None:
    def queries(name: str, *args: Any) -> int:
        with django_assert_max_num_queries(12 + SESSION) as counted:
            assert client.get(reverse(f"evaluation:{name}", args=args)).status_code == 200
        return len(counted)

    entry = actions.save_draft(placement=placement, held=DayHeld(TUESDAY, WHOLE, "host"), telling=TELLING, by=cast.ast)
    assert entry.status == "draft"
    pages = [("diary",), ("placement_diary", placement.pk)]
    client.force_login(cast.ast)
    client.get(reverse("evaluation:diary"))  # the first page of a session writes the session
    before = [queries(*one) for one in pages]
    OutreachDay.objects.bulk_create(
        OutreachDay(placement=placement, on=TUESDAY + timedelta(days=n), days=1) for n in range(1, 31)
    )
    assert [queries(*one) for one in pages] == before


def test_a_long_diary_is_read_by_the_half_term(client: Client, cast: Cast, placement: Placement) -> None:
    days = [TUESDAY + timedelta(days=n) for n in range(-35, 0)]
    OutreachDay.objects.bulk_create(OutreachDay(placement=placement, on=on, days=1) for on in days)
    client.force_login(cast.ast)
    url = reverse("evaluation:diary")
    whole = client.get(url).context["diary"]
    counted = 0
    for number, group in enumerate(whole.groups, 1):
        found = client.get(url, {"half": number})
        assert [each.name for each in found.context["shown"].groups] == [group.name]
        counted += found.content.decode().count('<tr class="govuk-table__row" role="row">\n      <th scope="row"')
    assert counted == 35
    usual = client.get(url, {"half": "nonsense"}).content.decode()
    assert usual.count('<strong aria-current="page">') == 1
    assert usual.count('<li><a class="govuk-link govuk-!-font-weight-bold"') == len(whole.to_write)


def test_g_a_name_in_a_text_does_not_reach_the_home_head(client: Client, cast: Cast, placement: Placement) -> None:
    second = placement.objectives.get(number=2)
    entry = write_up(cast, placement, priorities="Coach Juno Pettifer", next_steps="Juno leads", objectives=[second.pk])
    for name, pk in (("placement_diary", placement.pk), ("entry", entry.pk)):
        assert "Coach a colleague" in page(client, cast.home_head, name, pk)
        assert "Juno" not in page(client, cast.home_head, name, pk)
        assert "Juno" not in page(client, cast.consultant, name, pk)
        assert "Coach Juno Pettifer" in page(client, cast.host_head, name, pk)
    entry.refresh_from_db()
    assert entry.priorities == "Coach Juno Pettifer"


def test_r_8_13_with_three_of_four_signatures_a_diary_day_is_refused(
    client: Client, cast: Cast, clock: Any, quick_print: None
) -> None:
    placement = agreed.issued(cast)
    agreed.sign(cast, placement, "host_head", "ast", "coordinator")
    assert placement.status == "awaiting_signatures"
    clock.move_to(NOVEMBER)
    client.force_login(cast.ast)
    page = client.post(reverse("evaluation:write_up", args=[placement.pk]), ANSWER).content.decode()
    assert "This placement is now “Waiting for signatures”, so no day can be planned or written up." in page
    assert not OutreachDay.objects.exists()
