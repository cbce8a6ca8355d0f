"""People supported are asked once the meeting is called, say yes to their objectives, and are asked again when these
change (R-6.11, R-8.11); their page goes on afterwards (R-18.8)."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.clock import today
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.agreement.actions import contracts, protocol, terms
from placements.changes.actions import asking, deciding
from placements.days.actions import days, parts
from placements.days.rules.parts import Part as DayPart
from placements.placement.models import Placement
from placements.supported import actions as supported
from placements.supported import links
from placements.supported.models import SupportedStaff
from schools.register.models import School
from tests.cast import Cast
from tests.placements import stories
from tests.placements.changes.changing import signed_by, started
from tests.placements.supported.supported_links import ANSWERS, LINK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

INVITED, ASKED = "supported-invited", "supported-objectives"


def page_of(person: SupportedStaff) -> str:
    person.refresh_from_db()
    return reverse("placements:supported_form", args=[links.token_for(person)])


def read(person: SupportedStaff) -> str:
    return Client().get(page_of(person)).content.decode()


def say(person: SupportedStaff, **answers: Any) -> Any:
    return Client().post(page_of(person), {**ANSWERS, **answers}, follow=True)


def with_addresses(placement: Placement) -> list[SupportedStaff]:
    people = list(placement.supported.all())
    for n, person in enumerate(people):
        person.email = f"person{n}@marlshire.example"
        person.save()
    return people


def test_r_6_11_nobody_is_asked_before_the_meeting_is_called(cast: Cast) -> None:
    placement = stories.opened(cast)
    people = with_addresses(placement)
    assert not Message.objects.filter(kind=INVITED).exists()
    with pytest.raises(Refused, match="has not been called yet"):
        supported.send_link(person=people[0], by=cast.host_head)
    with pytest.raises(Refused, match="has not been called yet"):
        supported.confirm(person=people[0], part=stories.PART, by=cast.host_head, signed_on=today())
    protocol.call_meeting(placement=placement, on=date(2026, 10, 9), place="Library", by=cast.coordinator)
    assert Message.objects.filter(kind=INVITED).count() == 2
    protocol.call_meeting(placement=placement, on=date(2026, 10, 12), place="Library", by=cast.coordinator)
    assert Message.objects.filter(kind=INVITED).count() == 2


def test_r_8_11_each_sees_the_objectives_that_concern_them_and_what_will_be_done(cast: Cast) -> None:
    placement = stories.all_agreed(cast)
    first, second = with_addresses(placement)
    terms.add_objective(
        placement=placement,
        by=cast.ast,
        people=[second],
        **{**stories.OBJECTIVE, "text": f"Books show reasoning in the class of {first.name}."},
    )
    assert "Books show reasoning" not in read(first)
    page = read(second)
    assert "Books show reasoning in the class of a colleague" in page
    assert first.name not in page
    for words in ("Pupils choose a method by themselves.", "Two lessons, planning, talk.", "6 days"):
        assert words in page


def test_r_8_11_the_contract_is_refused_while_one_has_not_said_yes(cast: Cast) -> None:
    placement = stories.all_agreed(cast)
    first, second = with_addresses(placement)
    protocol.confirm_protocol(placement=placement, by=cast.coordinator)
    say(first, yes="on", seen=first.concerned)
    say(second)  # confirms, and does not say yes
    with pytest.raises(Refused) as refused:
        contracts.issue(placement=placement, by=cast.coordinator)
    (problem,) = refused.value.problems
    assert (problem.rule, f"{second.name} has not said yes" in problem.message) == ("R-8.11", True)
    say(second, yes="on", seen=second.concerned)
    assert "You said yes to them on" in read(second)
    assert contracts.issue(placement=placement, by=cast.coordinator).number == 1


def test_r_8_11_a_yes_to_words_that_have_changed_meanwhile_is_no_yes(cast: Cast) -> None:
    placement = stories.all_agreed(cast)
    first, _ = with_addresses(placement)
    opened = first.concerned
    changed = {**stories.OBJECTIVE, "criterion": "Nine in ten attempt every problem by July."}
    terms.change_objective(objective=placement.objectives.get(), by=cast.ast, **changed)
    page = say(first, yes="on", seen=opened).content.decode()
    assert "The objectives have changed since you opened this page" in page
    first.refresh_from_db()
    assert first.owes_a_yes


def test_r_8_11_they_are_asked_when_the_protocol_is_confirmed_and_reminded(cast: Cast) -> None:
    placement = stories.all_agreed(cast)
    people = with_addresses(placement)
    for person in people:
        person.link_version = 1
        person.link_sent_at = "2026-10-05T09:00Z"
        person.save()
        supported.confirm(person=person, part=stories.PART)
    assert not Message.objects.filter(kind=ASKED).exists()  # while the items are worked through nobody is
    protocol.confirm_protocol(placement=placement, by=cast.coordinator)
    assert Message.objects.filter(kind=ASKED).count() == 2
    assert all(LINK.search(m.body) for m in Message.objects.filter(kind=ASKED))
    assert supported.ask_everybody() == 0
    assert [supported.remind(today=today() + timedelta(days=n)) for n in (4, 5, 5, 10)] == [0, 2, 0, 2]


def test_r_8_11_when_objectives_change_later_they_are_asked_again(cast: Cast) -> None:
    placement = stories.active(cast)
    first, _ = with_addresses(placement)
    SupportedStaff.objects.filter(placement=placement).update(link_version=1)
    amendment = asking.propose_change(placement=placement, by=cast.ast, reason="The test has changed.")
    changed = {**stories.OBJECTIVE, "criterion": "Nine in ten attempt every problem by July."}
    asking.save_objective(amendment=amendment, by=cast.ast, number=1, **changed)
    amendment = deciding.offer(amendment=amendment, by=cast.coordinator)
    assert not Message.objects.filter(kind=ASKED).exists()
    signed_by(cast, amendment, *stories.PARTIES)
    assert Message.objects.filter(kind=ASKED).count() == 2
    assert "Your turn" in read(first)
    assert "Nine in ten" in read(first)
    first.refresh_from_db()
    say(first, yes="on", seen=first.concerned)
    first.refresh_from_db()
    assert not first.owes_a_yes


def test_r_8_11_work_does_not_begin_before_everybody_said_yes_to_what_was_changed(cast: Cast) -> None:
    placement = stories.issued(cast)
    changed = {**stories.OBJECTIVE, "criterion": "Nine in ten attempt every problem by July."}
    terms.change_objective(objective=placement.objectives.get(), by=cast.coordinator, **changed)
    placement.refresh_from_db()
    stories.sign(cast, placement, *stories.PARTIES)
    started(cast, placement)
    assert placement.status == "signed"
    stories.everybody_confirms(placement)
    placement.refresh_from_db()
    assert placement.status == "active"  # the last yes was what it waited for


def test_r_18_8_the_page_goes_on_with_the_next_day_what_to_prepare_whom_to_ask_and_a_way_out(cast: Cast) -> None:
    placement = stories.active(cast)
    first, second = with_addresses(placement)
    School.objects.filter(pk=placement.home_id).update(telephone="01632 960 077")
    assert "No day with the AST is planned yet" in read(first)
    day = days.plan_day(
        placement=placement, on=date(2026, 11, 3), days=Decimal(1), note="Bring two sets of books.", by=cast.ast
    )
    plan = [
        DayPart("model_lesson", 60, "Year 4", (first.pk,), row=1),
        DayPart("work", 180, row=2),
        DayPart("meeting", 30, row=3),
        DayPart("own_planning", 30, row=4),
    ]
    parts.plan_parts(day=day, parts=plan, seen=0, by=cast.ast)
    page = read(first)
    for words in ("Tuesday ", "3 November 2026", "a whole day", "Bring two sets of books.", "Year 4: you watch"):
        assert words in page
    comes_next = page.split("What comes next")[1].split("What is agreed")[0]
    for whom in (f"{cast.ast.name}, at", "tel:01632960077", "your headteacher", f"mailto:{cast.policy.office_email}"):
        assert whom in comes_next
    assert re.search(r'href="/my-part/[^"]+/withdraw/"', comes_next)
    objectives = page.split("Objectives that concern you")[1]
    assert placement.objectives.get(number=1).text in objectives
    assert "you watch" not in read(second)
    assert second.name not in page
