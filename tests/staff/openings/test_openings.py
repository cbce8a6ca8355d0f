"""From the first question to a post that is open (R-1.4, R-1.7, R-2.1, R-2.4, R-14.5)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from astcoord.core import home
from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from schools.register.actions import add_status
from staff.openings import actions, reads
from staff.openings.lifecycle import OpeningStatus
from staff.openings.models import Introduction, Opening, TalkOffer
from tests.cast import Cast
from tests.factories import SchoolFactory, person
from tests.staff.openings.sending import At

pytestmark = pytest.mark.django_db

ASKED = {"subject": "music", "wanted": "A music AST for the valley.", "reasons": ["retain"]}
DECIDED = {"governors_minute": "7.2", "responsible_for": "Music in every key stage."}
TALKED, MET = date(2026, 9, 14), date(2026, 9, 28)


def asked(cast: Cast, **fields: Any) -> Opening:
    """By the head of a school that has no AST."""
    return actions.ask(school=cast.elsewhere, by=cast.outsider, **{**ASKED, **fields})


def discussed(cast: Cast) -> Opening:
    return actions.discuss(opening=asked(cast), discussed_on=TALKED, informed=True, by=cast.coordinator)


def decided(cast: Cast) -> Opening:
    return actions.decide(
        opening=discussed(cast), decided_on=MET, minute="7.2", responsible_for="Music.", by=cast.outsider
    )


def test_r_1_7_an_enquiry_becomes_discussed_with_a_date(cast: Cast) -> None:
    page = At(cast.outsider).send("opening_add", **ASKED)
    assert "The enquiry is recorded" in page
    assert "Next: The co-ordinator talks to the school" in page
    opening = Opening.objects.get()
    assert (opening.status, opening.asked_by, opening.school) == ("enquiry", cast.outsider, cast.elsewhere)
    assert "Schools that ask about employing an AST" in {t.title for t in home.tasks_for(cast.coordinator, today())}
    page = At(cast.coordinator).send("opening_discuss", opening, discussed_on=TALKED, informed="on")
    assert "14 September 2026; strategy and funding information given" in page
    opening.refresh_from_db()
    assert (opening.status, opening.discussed_on, opening.informed) == (OpeningStatus.DISCUSSED, TALKED, True)


def test_r_1_7_the_co_ordinator_enters_one_for_any_school_and_a_head_only_for_the_own(cast: Cast) -> None:
    page = At(cast.coordinator).send("opening_add", **ASKED, school=cast.host.pk)
    assert cast.host.name in page
    At(cast.host_head).send("opening_add", **ASKED, school=cast.home.pk)
    assert set(Opening.objects.values_list("school", flat=True)) == {cast.host.pk}
    assert Opening.objects.count() == 2
    for somebody in (cast.administrator, cast.ast, cast.home_head):
        with pytest.raises(PermissionDenied):
            actions.ask(school=cast.elsewhere, by=somebody, **ASKED)


def test_r_1_7_what_is_asked_for_can_be_changed_as_long_as_nobody_is_named(cast: Cast) -> None:
    opening = asked(cast)
    page = At(cast.outsider).send("opening_change", opening, subject="drama", wanted="Drama after all. ミュージック")
    assert "Drama after all. ミュージック" in page
    Opening.objects.update(status="filled")
    assert "no longer possible" in At(cast.outsider).send("opening_change", opening, subject="art", wanted="Art")


@pytest.mark.parametrize("day", [date(2026, 10, 7), date(2027, 1, 1)])
def test_r_1_7_a_discussion_to_come_is_none(cast: Cast, day: date) -> None:
    page = At(cast.coordinator).send("opening_discuss", asked(cast), discussed_on=day)
    assert "must be today or in the past" in page
    assert Opening.objects.get().status == OpeningStatus.ENQUIRY


def test_r_1_7_heads_who_agreed_are_introduced_and_both_get_an_e_mail(cast: Cast) -> None:
    opening = asked(cast)
    at = At(cast.coordinator)
    assert "No other headteacher has agreed to talk" in at.sees("opening_introduce", opening)
    assert "Thank you." in At(cast.home_head).send("talk_offer")
    actions.offer_talk(by=cast.home_head)
    assert TalkOffer.objects.count() == 1
    headship = cast.home_head.roles.get()
    for _ in range(2):
        page = at.send("opening_introduce", opening, colleague=headship.pk)
    assert "Tamsin Ashgrove, Hollowbrook School" in page or "Select a head" in page
    assert Introduction.objects.count() == 1
    sent = {m.to_email: m.body for m in Message.objects.filter(kind="heads-introduced")}
    assert set(sent) == {cast.home_head.email, cast.outsider.email}
    assert "Tamsin Ashgrove of Hollowbrook School" in sent[cast.outsider.email]
    assert "Ivo Saltmarsh of Stonecross Primary School" in sent[cast.home_head.email]
    assert cast.home.email in sent[cast.outsider.email]


def test_r_1_7_who_takes_it_back_is_not_introduced(cast: Cast) -> None:
    opening = asked(cast)
    actions.offer_talk(by=cast.home_head)
    assert "Nobody is introduced to you any more." in At(cast.home_head).send("talk_back")
    assert not reads.talkers(opening, today())
    with pytest.raises(Refused, match="does not talk to other heads any more"):
        actions.introduce(opening=opening, colleague=cast.home_head.roles.get(), by=cast.coordinator)
    actions.take_talk_back(by=cast.home_head)
    assert not Message.objects.filter(kind="heads-introduced").exists()


def test_r_1_7_nobody_is_introduced_to_the_own_self(cast: Cast) -> None:
    actions.offer_talk(by=cast.outsider)
    cast.outsider.roles.create(role=Role.HEADTEACHER, school=SchoolFactory())
    assert not reads.talkers(asked(cast), today())


def test_r_1_4_without_the_governors_decision_a_blocking_message_appears(cast: Cast) -> None:
    opening = discussed(cast)
    at = At(cast.coordinator)
    assert "The governors’ decision is not recorded. Until it is, this post cannot be opened." in at.sees(
        "opening", opening
    )
    page = at.send("opening_advertise", opening, advertised_on=MET, advertised_in="The list")
    assert "This post cannot be opened yet: the governors’ decision to have an AST is not recorded." in page
    assert Opening.objects.get().status == OpeningStatus.DISCUSSED
    page = at.send("opening_decide", opening)
    for words in ("enter its date", "Enter where the governors’ decision is minuted", "Enter what the AST is respons"):
        assert words in page


@pytest.mark.parametrize("who", ["outsider", "coordinator", "governor"])
def test_r_1_4_the_decision_is_recorded_by_head_governor_or_co_ordinator(cast: Cast, who: str) -> None:
    governor = person("Hester Dunmore", "hester@marlshire.example", Role.GOVERNOR, cast.elsewhere)
    by = governor if who == "governor" else getattr(cast, who)
    page = At(by).send("opening_decide", discussed(cast), governors_decided_on=MET, **DECIDED)
    assert "28 September 2026, minute 7.2: Music in every key stage." in page
    assert Opening.objects.get().status == OpeningStatus.APPROVED


def test_r_1_4_others_do_not_decide(cast: Cast) -> None:
    opening = discussed(cast)
    assert At(cast.home_head).status("opening_decide", opening) == 404
    assert At(cast.chair).status("opening_decide", opening) == 404
    assert At(cast.administrator).status("opening_decide", opening) == 403
    for by in (cast.administrator, cast.home_head, cast.ast):
        with pytest.raises(PermissionDenied):
            actions.decide(opening=opening, decided_on=MET, minute="1", responsible_for="x", by=by)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 9, 13), "must be on or after 14 September 2026, the first discussion"),
        (date(2026, 10, 7), "must be today or in the past"),
    ],
)
def test_r_1_4_a_decision_before_the_discussion_or_to_come_is_refused(cast: Cast, day: date, words: str) -> None:
    page = At(cast.outsider).send("opening_decide", discussed(cast), governors_decided_on=day, **DECIDED)
    assert words in page
    assert Opening.objects.get().governors_decided_on is None


def test_r_1_4_a_wrong_decision_is_corrected_and_the_trail_keeps_both(cast: Cast) -> None:
    opening = decided(cast)
    page = At(cast.outsider).send("opening_decide", opening, governors_decided_on=date(2026, 9, 29), **DECIDED)
    assert "29 September 2026, minute 7.2" in page
    event = AuditEvent.objects.about(opening).filter(verb__contains="corrected").get()
    assert event.before["governors decided on"] == "2026-09-28"
    assert Opening.objects.get().status == OpeningStatus.APPROVED


def test_r_14_5_no_applicants_are_counted_and_schools_in_a_category_flagged(cast: Cast) -> None:
    add_status(cast.elsewhere, name="special_measures", starts_on=date(2026, 9, 1), by=cast.coordinator)
    opening = decided(cast)
    at = At(cast.outsider)
    page = at.send("opening_advertise", opening, advertised_on=MET, advertised_in="A newspaper")
    assert "not known yet" in page
    page = at.send("opening_advertise", opening, advertised_on=MET, advertised_in="A newspaper", applicants="0")
    assert "no applicants. The school was in a category" in page
    office = At(cast.coordinator)
    listed = office.sees("openings")
    assert "1 advertised, 1 of them without applicants. In schools in a category: 1 advertised, 1 without" in listed
    assert "School in a category" in listed
    assert cast.elsewhere.name in office.sees("openings", query="?advert=none")
    file = office.client.get(office.url("openings") + "?export=csv")
    assert "No applicants; school in a category" in b"".join(file).decode()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"advertised_on": date(2026, 9, 27)}, "on or after 28 September 2026, the governors’ decision"),
        ({"advertised_on": date(2026, 10, 7)}, "must be today or in the past"),
        ({"applicants": "-1"}, "0"),
        ({"applicants": "many"}, "number"),
        ({"advertised_in": " "}, "Enter where the post was advertised"),
    ],
)
def test_r_14_5_wrong_answers_are_said_at_their_field(cast: Cast, answers: dict[str, Any], words: str) -> None:
    usual = {"advertised_on": MET, "advertised_in": "A newspaper"}
    page = At(cast.outsider).send("opening_advertise", decided(cast), **{**usual, **answers})
    assert "There is a problem" in page
    assert words in page
    assert Opening.objects.get().status == OpeningStatus.APPROVED


def test_r_2_1_a_post_is_closed_with_a_reason_by_its_head_and_not_twice(cast: Cast) -> None:
    opening = asked(cast)
    at = At(cast.outsider)
    assert "Enter a short reason" in at.send("opening_close", opening, reason="")
    assert "The post is closed." in at.send("opening_close", opening, reason="We think again next year.")
    assert "no longer possible" in at.send("opening_close", opening, reason="Again")
    assert Transition.objects.about(opening).get().reason == "We think again next year."


def test_r_2_1_the_stage_is_corrected_back_and_forward_only_with_a_reason(cast: Cast) -> None:
    opening = decided(cast)
    at = At(cast.coordinator)
    assert "Enter" in at.send("opening_correct", opening, stage="discussed", reason="")
    assert Opening.objects.get().status == OpeningStatus.APPROVED
    assert "The stage is now: Discussed" in at.send("opening_correct", opening, stage="discussed", reason="No quorum.")
    opening.refresh_from_db()
    assert (opening.governors_decided_on, opening.responsible_for) == (None, "")
    last = AuditEvent.objects.about(opening).filter(verb="AST post corrected").get()
    assert last.reason == "No quorum."
    other = asked(cast)
    at.send("opening_correct", other, stage="discussed", reason="Talked before this service began.")
    other.refresh_from_db()
    assert other.status == OpeningStatus.DISCUSSED
    assert Transition.objects.about(other).get().move == "correct_to_discussed"
    for by in (cast.outsider, cast.administrator):
        with pytest.raises(PermissionDenied):
            actions.correct(opening=other, stage="enquiry", reason="x", by=by)


def test_r_1_4_no_correction_leads_past_the_governors_decision(cast: Cast) -> None:
    opening = discussed(cast)
    assert "Approved by governors" not in At(cast.coordinator).sees("opening_correct", opening).split("Why is")[0][60:]
    with pytest.raises(Refused, match="the governors’ decision to have an AST is not recorded"):
        actions.correct(opening=opening, stage="approved", reason="In a hurry", by=cast.coordinator)


def test_a_closed_post_is_opened_again_where_it_stood(cast: Cast) -> None:
    opening = decided(cast)
    actions.close(opening=opening, reason="By mistake", by=cast.coordinator)
    actions.correct(opening=opening, stage="approved", reason="Closed by mistake", by=cast.coordinator)
    opening.refresh_from_db()
    assert (opening.status, opening.governors_decided_on) == (OpeningStatus.APPROVED, MET)


def test_two_people_at_once_the_second_is_told_where_it_stands(cast: Cast) -> None:
    opening = asked(cast)
    stale = Opening.objects.get(pk=opening.pk)
    actions.close(opening=opening, reason="No", by=cast.outsider)
    with pytest.raises(Refused, match="now “Closed”"):
        actions.discuss(opening=stale, discussed_on=TALKED, informed=True, by=cast.coordinator)


def test_g_heads_and_governors_see_their_own_and_the_authority_all(cast: Cast) -> None:
    opening = asked(cast)
    governor = person("Hester Dunmore", "hester@marlshire.example", Role.GOVERNOR, cast.elsewhere)
    for by in (cast.coordinator, cast.administrator, cast.officer, cast.outsider, governor):
        assert At(by).status("opening", opening) == 200, by
        assert cast.elsewhere.name in At(by).sees("openings"), by
    for by in (cast.home_head, cast.host_head, cast.chair):
        assert At(by).status("opening", opening) == 404, by
        assert "No AST post to show" in At(by).sees("openings"), by
    for by in (cast.ast, cast.consultant):
        assert At(by).status("openings") == 403, by


def test_the_list_begins_with_what_is_still_to_fill(cast: Cast) -> None:
    """R-2.1: filled and closed posts show where they are asked for, in the file as on the page."""
    found = {stage: SchoolFactory(name=f"School {stage}") for stage in ("enquiry", "selected", "filled", "closed")}
    day, words = {"governors_decided_on": MET}, {"governors_minute": "7.2", "responsible_for": "Music."}
    for stage, school in found.items():
        Opening.objects.create(school=school, asked_on=MET, status=stage, **({**day, **words}))
    office = At(cast.coordinator)
    for query, stages in (
        ("", {"enquiry", "selected"}),
        ("?state=filled", {"filled"}),
        ("?state=closed", {"closed"}),
        ("?state=all", set(found)),
        ("?status=filled", {"filled"}),
        ("?state=nonsense", {"enquiry", "selected"}),
    ):
        page = office.sees("openings", query=query)
        file = b"".join(office.client.get(office.url("openings") + (query or "?") + "&export=csv")).decode()
        assert {stage for stage in found if f"School {stage}" in page} == stages, query
        assert {stage for stage in found if f"School {stage}" in file} == stages, query
    Opening.objects.exclude(status="filled").delete()
    assert "Filled" in office.sees("openings"), "the filter is there with nothing to fill, too"


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_at_one_row_and_at_thirty(
    cast: Cast, client: Client, django_assert_max_num_queries: Any, rows: int
) -> None:
    for _ in range(rows):
        Opening.objects.create(school=SchoolFactory(), asked_on=MET)
    client.force_login(cast.coordinator)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("staff:openings")).status_code == 200


def test_one_post_costs_few_queries(cast: Cast, client: Client, django_assert_max_num_queries: Any) -> None:
    opening = decided(cast)
    client.force_login(cast.outsider)
    with django_assert_max_num_queries(15):
        assert client.get(opening.get_absolute_url()).status_code == 200
