"""What matrix G grants is shown, where people look for it, and to nobody else: one line for each fact (section G)."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evaluation.diary.models import DiaryEntry
from placements.days.models import OutreachDay
from placements.matching.models import Match
from placements.placement.models import Meeting, Placement
from placements.supported.links import token_for
from placements.supported.models import SupportedStaff
from schools.register.models import School
from staff.posts.models import Post
from tests.cast import Cast
from tests.placements import stories
from tests.placements.active import active

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

PHONE, STREET, COVER_NOTE = "01632 960123", "7 Millrace Lane", "Pupils know Mr Tarn."
MAIL, ABOUT = "office@fernleigh.example", "I leave schemes of work behind, and Sorrel Ambleforth uses them."
WHY = (
    {"title": "Expertise", "text": "Leads others in Mathematics", "points": 39.5, "most": 40.0},
    {"title": "Time", "text": "6 days free, 24 days left this year", "points": 11.75, "most": 12.0},
    {"title": "Share of the year still free", "text": "24 of 38 days are not promised yet", "points": 2.5, "most": 4.0},
    {"title": "Bear in mind", "text": "A long journey", "warning": True},
    {"title": "Points by", "text": "The weights of edition 2026-1", "weights": {"expertise": 40.0}},
)
EVERYBODY = ("coordinator", "administrator", "officer", "consultant", "host_head", "home_head", "ast", "chair")


@pytest.fixture
def placement(cast: Cast) -> Placement:
    """Under way, with everything that this page is about."""
    School.objects.filter(pk=cast.host.pk).update(street=STREET, town="Marlbridge", telephone=PHONE, email=MAIL)
    Post.objects.filter(pk=cast.post.pk).update(about=ABOUT, years_teaching=17, management_duties="Leads year 8")
    School.objects.filter(pk=cast.home.pk).update(street="1 Home Road", telephone="01632 960999")
    cast.host.statuses.create(kind="category", name="special_measures", starts_on=date(2026, 9, 1))
    placement = active(cast, cover=("floating",), cover_note=COVER_NOTE)
    Match.objects.filter(pk=placement.match_id).update(
        reasons=list(WHY), rank=2, score="83.7", lower_choice_reason="The first has been there twice."
    )
    meeting = placement.meetings.get()
    Meeting.objects.filter(pk=meeting.pk).update(
        notes="Begin with Year 5.", staff_present=False, absence_consent="Both teachers were on a course."
    )
    return placement


def page(user: Any, name: str, pk: int) -> str:
    """What somebody reads there; nothing where they may not look."""
    client = Client()
    client.force_login(user)
    response = client.get(reverse(name, args=[pk]))
    return response.content.decode() if response.status_code == 200 else ""


def readers(cast: Cast, name: str, pk: int, *words: str) -> set[str]:
    """Who finds these words on that page; nobody finds some of them only."""
    said = {key: page(getattr(cast, key), name, pk) for key in EVERYBODY}
    for key, text in said.items():
        found = [word for word in words if word in text]
        assert found in ([], list(words)), f"{key} reads only {found}"
    return {key for key, text in said.items() if words[0] in text}


PARTIES = {"coordinator", "administrator", "consultant", "host_head", "home_head", "ast"}
AUTHORITY = {"coordinator", "administrator", "officer", "consultant"}


def test_g_protocol_and_meetings_what_was_decided_and_why_it_went_ahead(cast: Cast, placement: Placement) -> None:
    told = ("Begin with Year 5.", "Both teachers were on a course.")
    assert readers(cast, "evaluation:meetings", placement.pk, *told) == PARTIES
    assert not page(cast.outsider, "evaluation:meetings", placement.pk)


def test_r_8_0_why_it_went_ahead_stands_in_the_history_too(cast: Cast) -> None:
    from placements.agreement.actions import protocol  # noqa: PLC0415

    planned = stories.opened(cast)
    protocol.hold_meeting(
        placement=planned, held_on=date(2026, 10, 5), present=["ast"], by=cast.coordinator, consent="Snow."
    )
    assert readers(cast, "placements:placement_history", planned.pk, "Snow.") == PARTIES


def test_the_ten_items_lead_to_what_the_meeting_decided(cast: Cast, placement: Placement) -> None:
    way = reverse("evaluation:meetings", args=[placement.pk])
    assert f'href="{way}"' in page(cast.ast, "placements:placement_protocol", placement.pk)


@pytest.mark.parametrize("name", ["placements:placement_detail", "evaluation:placement_diary"])
def test_g_school_the_ast_finds_the_host_where_the_work_is(cast: Cast, placement: Placement, name: str) -> None:
    told = (STREET, "Special measures")
    assert readers(cast, name, placement.pk, *told) == AUTHORITY | {"ast"}
    called = (PHONE, "tel:01632960123", f"mailto:{MAIL}", "Ms R Oakhanger")
    assert readers(cast, name, placement.pk, *called) == AUTHORITY | {"ast", "host_head"}, "the head's own school"


def test_g_school_a_day_says_where_to_drive(cast: Cast, placement: Placement) -> None:
    day = OutreachDay.objects.create(placement=placement, on=date(2026, 11, 10), days=1)
    assert readers(cast, "placements:day_parts", day.pk, STREET) == AUTHORITY - {"officer"} | {"ast"}
    OutreachDay.objects.filter(pk=day.pk).update(venue="ast")
    assert STREET not in page(cast.ast, "placements:day_parts", day.pk), "on that day nobody drives to the host"


def test_g_school_an_ast_reads_nothing_of_other_schools(cast: Cast, placement: Placement) -> None:
    School.objects.filter(pk=cast.elsewhere.pk).update(telephone="01632 960555")
    for school in (cast.elsewhere, cast.host):
        assert not page(cast.ast, "schools:detail", school.urn)
    assert "01632 960999" not in page(cast.host_head, "placements:placement_detail", placement.pk)


def test_r_18_3_the_calendar_of_the_ast_has_the_address_and_nobody_elses(cast: Cast, placement: Placement) -> None:
    from placements.days import dates  # noqa: PLC0415

    OutreachDay.objects.create(placement=placement, on=date(2026, 11, 10), days=1)

    def places(user: Any) -> list[str]:
        return [entry.place for entry in dates.of(user, date(2026, 10, 6))]

    assert places(cast.ast) == [f"Fernleigh Primary School, {', '.join(cast_host(cast).address_lines)}"]
    assert places(cast.home_head) == places(cast.host_head) == ["Fernleigh Primary School"]


def cast_host(cast: Cast) -> School:
    return School.objects.get(pk=cast.host.pk)


def test_g_cover_is_read_by_the_ast_the_home_head_the_office_and_the_consultant(
    cast: Cast, placement: Placement
) -> None:
    granted = {"coordinator", "administrator", "consultant", "home_head", "ast"}
    assert readers(cast, "placements:placement_detail", placement.pk, "Cover at home", COVER_NOTE) == granted


OFFER = (
    "What Wren Castellow can help with",
    "Mathematics and numeracy: ",
    "Key stage 2",
    "In the AST’s own words",
)


def test_g_ast_profile_the_host_head_reads_what_the_ast_offers(cast: Cast, placement: Placement) -> None:
    assert readers(cast, "placements:placement_detail", placement.pk, *OFFER[:1], ABOUT) == {"host_head"}
    said = page(cast.host_head, "placements:placement_detail", placement.pk)
    assert [words for words in OFFER if words not in said] == []
    for private in ("Full-time equivalent", "Leads year 8", "Profile last checked", "Funded by", "Assessed by"):
        assert private not in said
    assert not page(cast.host_head, "staff:post", cast.post.pk), "the whole page is not the host head’s"
    assert not page(cast.outsider, "placements:placement_detail", placement.pk)


def test_g_match_reasons_the_host_head_reads_points_without_words(cast: Cast, placement: Placement) -> None:
    told = ("Why Wren Castellow was proposed", "39.5 of 40 points")
    assert readers(cast, "placements:placement_detail", placement.pk, *told) == {"host_head"}
    said = page(cast.host_head, "placements:placement_detail", placement.pk)
    for untold in ("Leads others", "not promised", "11.8 of", "2.5 of 4", "83.7", "A long journey", "edition", "twice"):
        assert untold not in said


def test_g_match_reasons_there_are_none_where_nobody_was_ranked(cast: Cast, placement: Placement) -> None:
    Match.objects.filter(pk=placement.match_id).update(reasons=[])
    assert "was proposed" not in page(cast.host_head, "placements:placement_detail", placement.pk)


@pytest.fixture
def juno(placement: Placement) -> SupportedStaff:
    return placement.supported.get(name="Juno Pettifer")


def own_page(person: SupportedStaff, name: str = "placements:supported_form") -> Any:
    return Client().get(reverse(name, args=[token_for(person)]))


def test_g_ast_profile_a_person_supported_reads_what_the_ast_offers(juno: SupportedStaff) -> None:
    said = own_page(juno).content.decode()
    assert [words for words in OFFER if words not in said] == []
    assert "I leave schemes of work behind" in said
    for private in ("Sorrel", "Full-time equivalent", "Leads year 8", "Profile last checked"):
        assert private not in said
    SupportedStaff.objects.filter(pk=juno.pk).update(withdrew_on=date(2026, 10, 6))
    assert OFFER[0] not in own_page(juno).content.decode(), "nobody comes to help who withdrew"


def worked(placement: Placement, on: date, *people: SupportedStaff, submitted: bool = True) -> None:
    """A day that was held, with whom the diary says."""
    day = OutreachDay.objects.create(placement=placement, on=on, days=1, status="done")
    entry = DiaryEntry.objects.create(
        day=day,
        author=placement.post.user,
        status="submitted" if submitted else "draft",
        priorities="What only the AST writes.",
        activities=("model_lesson",) if submitted else (),
        talk_held=True,
        submitted_at="2026-11-12T09:00Z" if submitted else None,
    )
    entry.staff.set(people)


def test_g_outreach_day_a_person_supported_reads_the_own_days(
    cast: Cast, placement: Placement, juno: SupportedStaff, clock: Any
) -> None:
    clock.move_to("2026-11-24 09:00 +0000")
    sorrel = placement.supported.get(name="Sorrel Ambleforth")
    worked(placement, date(2026, 11, 10), juno)
    worked(placement, date(2026, 11, 17), sorrel)
    worked(placement, date(2026, 11, 19), juno, submitted=False)
    OutreachDay.objects.create(placement=placement, on=date(2026, 12, 1), days=1, status="confirmed")
    OutreachDay.objects.create(
        placement=placement,
        on=date(2026, 12, 8),
        days=1,
        status="cancelled",
        cancelled_by="ast",
        cancelled_reason="Ill",
    )
    said = own_page(juno).content.decode().replace("\xa0", " ")
    assert "Your days with the AST" in said
    own = said.split("Your days with the AST")[1].split("</ul>")[0]
    for day, found in (("10", True), ("17", False), ("19", False)):
        assert (f"{day} November" in own) is found, day
    assert "17 November" not in said, "a day with somebody else"
    assert "1 December" in said
    assert "8 December" in said
    assert "Called off" in said
    assert "Teach model lessons" in said
    for not_theirs in ("What only the AST writes.", "Sorrel", "Ill<"):
        assert not_theirs not in said


def test_g_outreach_day_past_days_stay_readable_and_none_is_to_come_for_who_withdrew(
    cast: Cast, placement: Placement, juno: SupportedStaff, clock: Any
) -> None:
    clock.move_to("2026-11-24 09:00 +0000")
    worked(placement, date(2026, 11, 10), juno)
    OutreachDay.objects.create(placement=placement, on=date(2026, 12, 1), days=1)
    SupportedStaff.objects.filter(pk=juno.pk).update(withdrew_on=date(2026, 11, 20))
    said = own_page(juno).content.decode().replace("\xa0", " ")
    assert "10 November" in said
    assert "1 December" not in said


def test_g_contract_and_protocol_are_read_by_the_person_whom_they_support(cast: Cast) -> None:
    signed = stories.active(cast)
    person = signed.supported.order_by("pk")[0]
    said = own_page(person).content.decode()
    for name, ending in (
        ("placements:contract_for_person", "contract"),
        ("placements:protocol_for_person", "ten-items"),
    ):
        assert f"/{ending}.pdf" in said
        response = own_page(person, name)
        assert response.status_code == 200
        assert response["Content-Type"] == "application/pdf"
        assert "no-store" in response["Cache-Control"]


def test_g_contract_there_is_none_before_it_is_issued_and_none_of_which_somebody_is_no_part(cast: Cast) -> None:
    person = stories.ready(cast).supported.order_by("pk")[0]
    name = "placements:contract_for_person"
    assert own_page(person, name).status_code == 404
    assert "/contract.pdf" not in own_page(person).content.decode()
    assert Client().get(reverse(name, args=["forged"])).status_code == 404

    issued = stories.issued(cast).supported.order_by("pk")[0]
    assert own_page(issued, name).status_code == 200
    SupportedStaff.objects.filter(pk=issued.pk).update(withdrew_on=date(2026, 10, 6), taken_off=True)
    assert own_page(issued, name).status_code == 404


def test_g_protocol_names_none_of_the_others_to_a_person_supported(
    placement: Placement, juno: SupportedStaff, monkeypatch: pytest.MonkeyPatch
) -> None:
    from astcoord.core import documents  # noqa: PLC0415
    from placements.placement.ten_items import ITEMS  # noqa: PLC0415

    told: list[Any] = []
    monkeypatch.setattr(documents, "preview", lambda *_, facts, **__: told.append(facts) or b"%PDF-1.7")
    for item in ITEMS:
        placement.protocol.create(number=item.number, note="Sorrel Ambleforth goes first, then Juno Pettifer.")
    assert own_page(juno, "placements:protocol_for_person").status_code == 200
    assert "Ambleforth" not in str(told)
    assert "goes first" in str(told)
