"""The people supported confirm before the contract, withdraw when they wish, and are reminded (R-6.11 to R-6.13)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from astcoord.core import delivery, home
from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.agreement.actions import contracts, placements, protocol, terms
from placements.endings.actions import early
from placements.overview.reads.steps import CANNOT, DONE
from placements.placement.models import Placement
from placements.requests.lifecycle import StaffKind
from placements.requests.models import RequestedStaff
from placements.supported import actions as supported
from placements.supported.models import Confirmation, SupportedStaff
from placements.supported.rules import Part, contract_problems, part_problems, reminder_due
from tests.cast import Cast
from tests.factories import MatchFactory, RequestFactory
from tests.placements import stories
from tests.placements.supported.supported_links import confirm_by_link, link_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def opened(cast: Cast, **people: str) -> Placement:
    """Agreed, opened and called to the meeting, with these people: name (with _ for a space) and address."""
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, status="agreed", staff=False)
    for name, email in people.items():
        RequestedStaff.objects.create(
            request=asked, name=name.replace("_", " "), email=email, selection="self", head_agrees=True
        )
    match = MatchFactory(request=asked, post=cast.post, status="agreed", proposed_by=cast.coordinator)
    placement = placements.open_placement(match=match, by=cast.home_head)
    Placement.objects.filter(pk=placement.pk).update(meeting_called_for=date(2026, 10, 9))
    supported.invite_everybody(placement=placement, by=cast.coordinator)
    return Placement.objects.with_people().get(pk=placement.pk)


@pytest.fixture
def two(cast: Cast) -> Placement:
    return opened(cast, Juno_Pettifer="juno@marlshire.example", Sorrel_Ambleforth="sorrel@marlshire.example")


def person(placement: Placement, name: str = "Juno") -> SupportedStaff:
    return placement.supported.get(name__startswith=name)


def titles(user: Any) -> list[str]:
    return [task.title for task in home.tasks_for(user, today())]


def test_r_6_11_the_contract_waits_for_everybody_and_names_who_to_those_who_may_know(cast: Cast) -> None:
    placement = stories.all_agreed(cast)
    juno, sorrel = placement.supported.all()
    supported.confirm(person=juno, part=stories.part_of(juno))
    protocol.confirm_protocol(placement=placement, by=cast.coordinator)

    with pytest.raises(Refused) as refused:
        contracts.issue(placement=placement, by=cast.coordinator)

    (problem,) = refused.value.problems
    assert problem.rule == "R-6.11"
    assert "Sorrel Ambleforth has not confirmed yet" in problem.message
    assert "Juno" not in problem.message
    supported.confirm(person=sorrel, part=stories.part_of(sorrel))
    assert contracts.issue(placement=placement, by=cast.coordinator).number == 1


def test_r_6_11_the_rule_says_what_it_is_given_to_say() -> None:
    people = [SupportedStaff(name="Juno Pettifer"), SupportedStaff(name="Sorrel Ambleforth")]
    (problem,) = contract_problems(people, names=False)
    assert problem.message.startswith("J.P. and S.A. have not confirmed")
    people[0].confirmed_at = timezone.now()
    (problem,) = contract_problems(people, names=True)
    assert problem.message.startswith("Sorrel Ambleforth has not confirmed")
    assert contract_problems(people[:1], names=False) == []
    assert contract_problems([], names=False)[0].code == "nobody"


def test_r_6_11_every_commitment_and_both_answers_are_needed() -> None:
    assert part_problems(stories.PART) == []
    missing = part_problems(Part(("read", "time"), " ", ""))
    assert [p.field for p in missing] == ["agreed", "agreed", "agreed", "development", "gain"]


def test_r_6_11_n8_goes_to_everybody_with_an_address_and_names_nobody(cast: Cast) -> None:
    placement = opened(cast, Juno_Pettifer="juno@marlshire.example", Sorrel_Ambleforth="")

    (message,) = Message.objects.filter(kind="supported-invited")
    assert message.to_email == "juno@marlshire.example"
    assert "Juno" not in message.subject + message.body
    assert "withdraw at any time" in message.body
    assert link_of(person(placement)) in message.body
    assert delivery.deliver_all()["sent"] == 1
    assert person(placement).link_sent_at is not None
    assert person(placement, "Sorrel").link_sent_at is None


def test_r_6_13_a_group_fills_in_paper_even_with_an_address(cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, status="agreed", staff=False)
    RequestedStaff.objects.create(
        request=asked, name="Year 4 team", email="y4@marlshire.example", kind=StaffKind.GROUP, selection="self",
        head_agrees=True,
    )  # fmt: skip
    RequestedStaff.objects.create(
        request=asked, name="Ash Tindall", kind=StaffKind.TEACHING_ASSISTANT, selection="self", head_agrees=True
    )
    match = MatchFactory(request=asked, post=cast.post, status="agreed", proposed_by=cast.coordinator)
    placement = placements.open_placement(match=match, by=cast.home_head)

    assert not Message.objects.filter(kind="supported-invited").exists()
    assert placement.supported.count() == 2


def test_r_6_11_paper_is_entered_with_its_day_and_by_whom(cast: Cast, two: Placement) -> None:
    sorrel = person(two, "Sorrel")
    for stranger in (cast.home_head, cast.ast, cast.outsider):
        with pytest.raises(PermissionDenied):
            supported.confirm(person=sorrel, part=stories.PART, by=stranger, signed_on=today())
    with pytest.raises(Refused, match="today or in the past"):
        supported.confirm(person=sorrel, part=stories.PART, by=cast.host_head, signed_on=date(2026, 10, 7))

    kept = supported.confirm(person=sorrel, part=stories.PART, by=cast.host_head, signed_on=date(2026, 10, 5))

    assert (kept.recorded_by, kept.signed_on) == (cast.host_head, date(2026, 10, 5))
    assert person(two, "Sorrel").confirmed_at is not None
    event = AuditEvent.objects.about(two).order_by("-pk").first()
    assert event is not None
    assert (event.verb, event.by) == ("supported staff: confirmed on paper", cast.host_head)


def test_r_6_11_paper_never_overwrites_what_a_person_wrote(cast: Cast, two: Placement) -> None:
    juno = person(two)
    assert confirm_by_link(juno).status_code == 302

    with pytest.raises(Refused, match="Only they can change"):
        supported.confirm(person=juno, part=stories.PART, by=cast.host_head, signed_on=today())


def test_r_6_11_answers_change_until_the_contract_and_goals_after_it_with_their_history(cast: Cast) -> None:
    placement = stories.all_agreed(cast)
    juno = placement.supported.first()
    assert juno is not None
    supported.confirm(person=juno, part=stories.PART)
    first = SupportedStaff.objects.get(pk=juno.pk).confirmed_at
    supported.confirm(person=juno, part=stories.PART)
    assert Confirmation.objects.count() == 1, "the same again is nothing new"
    stories.everybody_confirms(placement)
    protocol.confirm_protocol(placement=placement, by=cast.coordinator)
    contracts.issue(placement=placement, by=cast.coordinator)

    changed = supported.confirm(person=juno, part=Part((), "Asking better questions.", "Talk in lessons."))

    assert set(changed.agreed) == set(stories.PART.agreed)
    said = [c.development for c in juno.confirmations.all()]
    assert said == [stories.PART.development, "Asking better questions."]
    assert SupportedStaff.objects.get(pk=juno.pk).confirmed_at == first
    assert stories.in_force(placement).number == 1


def test_r_6_12_a_withdrawal_tells_head_and_coordinator_without_name_or_reason(cast: Cast, two: Placement) -> None:
    supported.withdraw(person=person(two))
    supported.withdraw(person=person(two))

    told = Message.objects.filter(kind="supported-withdrew")
    assert {m.to_email for m in told} == {cast.host_head.email, cast.coordinator.email}
    for message in told:
        assert "Juno" not in message.subject + message.body
        assert "No reason is asked for" in message.body
    event = AuditEvent.objects.about(two).filter(verb__startswith="supported staff: one withdrew").get()
    assert (event.by, event.reason) == (None, "")
    assert [p.name for p in two.supported.taking_part()] == ["Sorrel Ambleforth"]


def test_r_6_12_whoever_withdrew_is_not_waited_for(cast: Cast) -> None:
    placement = stories.all_agreed(cast)
    juno, sorrel = placement.supported.all()
    supported.confirm(person=juno, part=stories.part_of(juno))
    supported.withdraw(person=sorrel)
    protocol.confirm_protocol(placement=placement, by=cast.coordinator)

    contracts.issue(placement=placement, by=cast.coordinator)

    assert stories.in_force(placement).document.facts["staff"] == [["J.P.", "Teacher", "Volunteered"]]


def test_r_6_12_when_nobody_is_left_the_coordinator_decides_and_no_contract_goes_out(cast: Cast) -> None:
    placement = stories.ready(cast)
    for each in placement.supported.all():
        supported.withdraw(person=each)

    assert "Nobody is left" in Message.objects.filter(kind="supported-withdrew").latest("pk").body
    assert "Decide what happens: nobody is left to be supported" in titles(cast.coordinator)
    with pytest.raises(Refused, match="Nobody is left"):
        contracts.issue(placement=placement, by=cast.coordinator)


def test_r_6_12_a_withdrawal_voids_no_signature_and_a_later_change_of_terms_does(cast: Cast) -> None:
    placement = stories.issued(cast)
    stories.sign(cast, placement, "host_head", "ast")

    supported.withdraw(person=placement.supported.last())
    terms.save_terms(placement=placement, by=cast.coordinator, focus=placement.focus)
    protocol.save_item(placement=placement, number=7, by=cast.coordinator, notice_days=5)

    assert stories.in_force(placement).number == 1
    assert stories.in_force(placement).signatures.count() == 2
    protocol.save_item(placement=placement, number=7, by=cast.coordinator, notice_days=6)
    version = stories.in_force(placement)
    assert version.number == 2
    assert len(version.document.facts["staff"]) == 1


def test_r_6_12_nobody_withdraws_from_a_placement_that_is_over(cast: Cast, two: Placement) -> None:
    early.abandon(placement=two, by=cast.coordinator, reason="The school has merged")

    with pytest.raises(Refused):
        supported.withdraw(person=person(two))


def test_reminders_go_out_after_five_and_ten_days_once_each(
    cast: Cast, two: Placement, clock: time_machine.Traveller
) -> None:
    supported.confirm(person=person(two), part=stories.PART)
    start = today()
    sent = []
    for day in (4, 5, 5, 6, 9, 11, 12, 30):
        clock.move_to(datetime(2026, 10, 6, 9, tzinfo=UTC) + timedelta(days=day))
        sent.append(supported.remind(today=start + timedelta(days=day)))

    assert sent == [0, 1, 0, 0, 0, 1, 0, 0]
    reminders = Message.objects.filter(kind="supported-reminder")
    assert {m.to_email for m in reminders} == {"sorrel@marlshire.example"}
    assert "Sorrel" not in reminders.latest("pk").body


def test_a_reminder_is_due_from_its_day_on() -> None:
    sent = date(2026, 10, 6)
    assert [reminder_due(sent, sent + timedelta(days=n)) for n in (0, 4, 5, 9, 10, 40)] == [0, 0, 5, 5, 10, 10]


def test_nobody_is_reminded_who_withdrew_or_once_the_contract_is_out(
    cast: Cast, two: Placement, clock: time_machine.Traveller
) -> None:
    supported.withdraw(person=person(two))
    Placement.objects.filter(pk=two.pk).update(status="contract_issued")
    clock.move_to(datetime(2026, 10, 12, 9, tzinfo=UTC))

    assert supported.remind(today=today()) == 0


def test_a_head_sends_a_link_again_but_not_twice_within_minutes(
    cast: Cast, two: Placement, clock: time_machine.Traveller
) -> None:
    with pytest.raises(Refused, match="a few minutes ago"):
        supported.send_link(person=person(two), by=cast.host_head)
    clock.shift(timedelta(minutes=11))

    supported.send_link(person=person(two), by=cast.host_head)

    sent = Message.objects.filter(to_email="juno@marlshire.example", kind="supported-invited").order_by("pk")
    assert [m.status for m in sent] == ["cancelled", "queued"], "the first had not gone out, and would not work"


def test_a_new_address_gets_a_link_and_the_old_one_none(cast: Cast, two: Placement) -> None:
    old = link_of(person(two))

    supported.set_address(person=person(two), email="juno.pettifer@marlshire.example", by=cast.host_head)

    assert link_of(person(two)) != old
    assert Message.objects.get(to_email="juno@marlshire.example").status == "cancelled"
    events = AuditEvent.objects.about(two).filter(verb__contains="address changed")
    assert "juno" not in str(events.values_list("before", "after", "reason")), "history is for ever, addresses are not"


def test_the_placement_shows_whose_turn_it_is(cast: Cast, client: Any) -> None:
    placement = stories.all_agreed(cast)
    protocol.confirm_protocol(placement=placement, by=cast.coordinator)
    protocol.send_role_statement(placement=placement, by=cast.coordinator)
    client.force_login(cast.coordinator)
    page = client.get(placement.get_absolute_url()).context["page"]
    rows = {title: (state, hint) for title, _, state, hint in [*page.mine, *page.others]}

    assert rows["Issue the contract"][0] == CANNOT
    assert "0 of 2 confirmed" in rows["Get the confirmation of everybody supported"][1]
    assert page.turn.words.startswith("Waiting for the people supported or the host headteacher")
    assert "Get the confirmation of everybody supported" in titles(cast.host_head)
    stories.everybody_confirms(placement)
    page = client.get(placement.get_absolute_url()).context["page"]
    assert "Get the confirmation of everybody supported" not in titles(cast.host_head)
    assert (page.turn.mine, page.turn.words) == (True, "Issue the contract")
    assert ("Get the confirmation of everybody supported", DONE) in [(row[0], row[2]) for row in page.done]
