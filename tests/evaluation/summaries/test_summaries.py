"""What governors read: R-13.2, R-13.4, R-15.12, R-11.11, and never a name (section G)."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core import documents
from astcoord.core.models.messages import Message
from evaluation.diary.models import DiaryEntry
from evaluation.summaries.actions import send_board_summaries
from evaluation.summaries.reads.placements import has_summary, summary
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from placements.requests.models import RequestedStaff
from placements.supported.models import SupportedStaff
from tests.cast import Cast
from tests.evaluation import stories
from tests.evaluation.evaluations.telling import concluded
from tests.evaluation.stories import TUESDAY
from tests.factories import PriorityFactory
from tests.placements.active import active, elsewhere

pytestmark = pytest.mark.django_db

SECRETS = (
    *("Pettifer", "Juno", "Sorrel", "Ambleforth"),
    *("fractions", "Books and the half-term", "We see this too", "difficulty"),
)


def text_of(data: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(data)).pages).split())


@pytest.fixture
def told(cast: Cast, placement: Placement) -> Placement:
    """With a day written up, an accepted review, names in the aims, and a declaration that nobody may see."""
    placement.focus = "Coach Juno Pettifer and Mrs Ambleforth in problem solving"
    placement.save()
    placement.priorities.add(PriorityFactory(reference="EDP 2", name="Raise standards in mathematics"))
    RequestedStaff.objects.filter(request=placement.request).update(situation="some")
    stories.write_up(cast, placement, staff=[p.pk for p in placement.supported.all()])
    OutreachDay.objects.create(placement=placement, on=TUESDAY + timedelta(days=7), days=1)
    stories.accepted(cast, placement)
    return placement


@pytest.mark.parametrize("who", ["chair", "host_head", "home_head", "coordinator", "administrator", "officer"])
def test_r_13_2_the_summary_tells_results_and_no_names(client: Client, cast: Cast, told: Placement, who: str) -> None:
    client.force_login(getattr(cast, who))
    page = client.get(reverse("evaluation:summary", args=[told.pk])).content.decode()
    paper = text_of(client.get(reverse("evaluation:summary_pdf", args=[told.pk])).content)
    for text in (page, paper):
        for wanted in (
            "Coach a colleague and a colleague in problem solving",
            "A colleague plans problem solving into every unit.",
            "Good progress",
            "one contribution among other factors",
            "Fewer than 3 members of staff",
            "6 days",
            "Active",
            "EDP 2 Raise standards in mathematics",
        ):
            assert wanted in text, wanted
        for secret in SECRETS:
            assert secret not in text, secret


def test_r_14_1_governors_read_that_it_serves_none_and_not_why(client: Client, cast: Cast, told: Placement) -> None:
    told.priorities.clear()
    Placement.objects.filter(pk=told.pk).update(no_priority_reason="Asked for by the adviser.")
    client.force_login(cast.chair)
    page = client.get(reverse("evaluation:summary", args=[told.pk])).content.decode()
    assert "None of the authority’s priorities" in page
    assert "adviser" not in page


def test_r_13_2_only_those_who_know_the_names_are_told_of_them(client: Client, cast: Cast, told: Placement) -> None:
    url = reverse("evaluation:summary", args=[told.pk])
    warning = "name a member of staff"
    client.force_login(cast.host_head)
    assert warning in client.get(url).content.decode()
    client.force_login(cast.chair)
    assert warning not in client.get(url).content.decode()


def test_r_13_2_given_a_chair_when_opening_the_diary_then_forbidden(
    client: Client, cast: Cast, told: Placement
) -> None:
    client.force_login(cast.chair)
    entry = DiaryEntry.objects.get()
    for url in (
        reverse("evaluation:placement_diary", args=[told.pk]),
        reverse("evaluation:entry", args=[entry.pk]),
        reverse("evaluation:diary"),
        reverse("evaluation:objective_evidence", args=[told.pk, 1]),
        reverse("evaluation:evidence", args=[told.pk]),
    ):
        assert client.get(url).status_code == 403, url
    assert client.get(told.get_absolute_url()).status_code == 404


def test_three_members_of_staff_are_counted(client: Client, cast: Cast, told: Placement) -> None:
    SupportedStaff.objects.create(placement=told, name="Avery Dunmore", kind="teacher", selection="self")
    client.force_login(cast.chair)
    assert "3 members of staff" in client.get(reverse("evaluation:summary", args=[told.pk])).content.decode()


def test_r_16_2_a_governor_sees_the_own_school_only(client: Client, cast: Cast, told: Placement) -> None:
    other = elsewhere(cast)
    early = active(cast, status="awaiting_signatures")
    client.force_login(cast.chair)
    text = client.get(reverse("evaluation:summaries")).content.decode()
    assert told.reference in text
    assert other.reference not in text
    assert early.reference not in text
    for hidden in (other, early):
        for name in ("summary", "summary_pdf"):
            assert client.get(reverse(f"evaluation:{name}", args=[hidden.pk])).status_code == 404
    client.force_login(cast.outsider)
    assert client.get(reverse("evaluation:summary", args=[told.pk])).status_code == 404
    client.force_login(cast.ast)
    assert client.get(reverse("evaluation:summary", args=[told.pk])).status_code == 403


def test_a_placement_that_was_abandoned_has_no_summary(client: Client, cast: Cast, told: Placement) -> None:
    abandoned = active(cast, status="closed")
    client.force_login(cast.chair)
    assert client.get(reverse("evaluation:summary", args=[abandoned.pk])).status_code == 404
    Placement.objects.filter(pk=told.pk).update(status="closed")
    assert client.get(reverse("evaluation:summary", args=[told.pk])).status_code == 200


def test_r_13_4_one_paper_per_board_at_the_end_of_term(cast: Cast, told: Placement, clock: Any) -> None:
    assert send_board_summaries(TUESDAY) == 0
    clock.move_to(datetime(2026, 12, 18, 16, tzinfo=UTC))
    assert send_board_summaries(date(2026, 12, 18)) == 2  # the host's board and the home board
    assert send_board_summaries(date(2026, 12, 19)) == 0
    host = Message.objects.get(kind="board-summary", to_email=cast.host.chair_email)
    text = text_of(documents.pdf(host.attachments.get()))
    assert "Outreach at Fernleigh Primary School" in text
    assert "gave to other schools" not in text
    for secret in SECRETS:
        assert secret not in text + host.subject + host.body
    home = Message.objects.get(kind="board-summary", to_email=cast.home.chair_email)
    text = text_of(documents.pdf(home.attachments.get()))
    assert "Wren Castellow" in text
    assert "38 days" in text
    assert "Outreach at Fernleigh" not in text


def test_r_13_4_a_board_without_an_address_is_left_out(cast: Cast, told: Placement, clock: Any) -> None:
    cast.host.chair_email = ""
    cast.host.save()
    clock.move_to(datetime(2026, 12, 18, 16, tzinfo=UTC))
    assert send_board_summaries(date(2026, 12, 18)) == 1


def test_the_list_costs_the_same_at_1_and_30(
    client: Client, cast: Cast, placement: Placement, django_assert_max_num_queries: Any
) -> None:
    def queries() -> int:
        with django_assert_max_num_queries(16) as counted:
            assert client.get(reverse("evaluation:summaries")).status_code == 200
        return len(counted)

    client.force_login(cast.officer)
    client.get(reverse("evaluation:summaries"))
    before = queries()
    for _ in range(29):
        elsewhere(cast)
    assert queries() == before


def test_a_governor_without_a_summary_reads_what_will_stand_there(client: Client, cast: Cast) -> None:
    client.force_login(cast.chair)
    page = client.get(reverse("home")).content.decode()
    assert "Summaries of outreach at your school" in page
    assert "There is no summary yet" in page


def test_r_11_5_governors_read_what_came_of_it_once_the_final_evaluation_is_concluded(
    cast: Cast, placement: Placement
) -> None:
    stories.accepted(cast, placement)
    assert {result.progress for result in summary(placement, TUESDAY).results} == {"Good progress"}
    concluded(cast, placement)
    for status in ("final_evaluation", "completed", "return_due", "return_done"):
        Placement.objects.filter(pk=placement.pk).update(**{"status": status})
        assert has_summary(Placement.objects.get(pk=placement.pk))
        told = summary(placement, TUESDAY)
        assert {result.progress for result in told.results} == {"Reached"}
        assert told.reviewed == "final evaluation"
