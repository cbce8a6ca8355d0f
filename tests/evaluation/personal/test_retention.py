"""Supported people are forgotten when their time is over: everywhere, once, and nobody else is (section G, R-6.7)."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from astcoord.core import delivery, documents, gate, outbox, retention
from astcoord.core.models.documents import Document
from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.messages import Message
from evaluation.diary.models import DiaryEntry
from evaluation.reviews.models import ImpactReview
from placements.agreement.documents.contracts import contract_facts
from placements.endings.actions import early
from placements.placement.models import Placement
from placements.requests.actions import asking as request_actions
from placements.requests.actions import decisions
from placements.requests.models import RequestedStaff
from placements.supported.models import SupportedStaff
from schools.calendar.models import Term
from tests.cast import Cast
from tests.factories import PlacementFactory, PostFactory, RequestFactory
from tests.placements.active import PEOPLE, active

pytestmark = pytest.mark.django_db
ENDED = date(2026, 11, 24)
SAID = "Juno Pettifer and Mrs Ambleforth taught the lesson together."
DONE = "A colleague and a colleague taught the lesson together."


@pytest.fixture
def ended(cast: Cast, clock: Any) -> Placement:
    """A placement that the host head ended on 24 November 2026, with its diary, review and papers."""
    placement = active(cast, objectives=2)
    RequestedStaff.objects.filter(request=placement.request).update(situation="some", email="juno@marlshire.example")
    placement.focus = "Help Juno with planning"
    placement.save(update_fields=["focus"])
    day = placement.outreach_days.create(on=date(2026, 11, 3), days=1)
    entry = DiaryEntry.objects.create(day=day, author=cast.ast, priorities=SAID)
    entry.staff.set(placement.supported.all())
    review = ImpactReview.objects.create(
        placement=placement, term=Term.objects.get(slug="autumn-2026"), due_on=ENDED, summary=SAID
    )
    documents.freeze("impact-review", title="Review", facts={"summary": SAID, "number": 3}, about=review)
    clock.move_to("2026-11-24 10:00:00Z")
    early.end_early(
        placement=placement,
        by=cast.host_head,
        ended_on=ENDED,
        category="staffing",
        reason="Juno Pettifer has left the school",
    )
    return placement


def after(years: int, *, days: int = 0) -> date:
    return ENDED.replace(year=ENDED.year + years) + timedelta(days=days)


def counts(done: list[retention.Done]) -> dict[str, int]:
    return {each.line.what: each.count for each in done if each.count}


NAMES = "Names and e-mail addresses of supported staff"
DECLARED = "What a headteacher declared of a person’s situation"


def test_g_names_stay_for_two_years_and_then_go_everywhere(ended: Placement) -> None:
    assert NAMES not in counts(retention.apply(after(2)))
    assert set(SupportedStaff.objects.values_list("name", flat=True)) == set(PEOPLE)

    assert counts(retention.apply(after(2, days=1)))[NAMES] == 3

    assert [p.name for p in SupportedStaff.objects.all()] == ["Name removed 1", "Name removed 2"]
    assert [(p.name, p.email) for p in RequestedStaff.objects.all()] == [("Name removed 1", "")]
    ended.refresh_from_db()
    assert ended.focus == "Help a colleague with planning"
    assert ended.ended_reason == "A colleague has left the school"
    assert ended.objectives.get(number=2).text == "A colleague plans problem solving into every unit."
    entry = DiaryEntry.objects.get()
    assert entry.priorities == DONE
    assert entry.staff.count() == 2
    assert ImpactReview.objects.get().summary == DONE
    assert Document.objects.get(kind="impact-review").facts == {"summary": DONE, "number": 3}


def test_g_nothing_is_left_of_the_names_in_any_table(ended: Placement) -> None:
    """The whole database, history included, read as text."""
    retention.apply(after(2, days=1))
    dump = StringIO()
    call_command("dumpdata", "core", "schools", "staff", "placements", "evaluation", stdout=dump)
    for part in ("Juno", "Pettifer", "Sorrel", "Ambleforth"):
        assert part not in dump.getvalue()


def test_r_16_4_a_second_night_finds_nothing(ended: Placement) -> None:
    retention.apply(after(2, days=1))
    before = AuditEvent.objects.count()
    assert counts(retention.apply(after(2, days=1))) == {}
    assert counts(retention.due(after(2, days=2))) == {}
    assert AuditEvent.objects.count() == before


def test_history_tells_of_it_in_numbers_only(ended: Placement) -> None:
    retention.apply(after(2, days=1))
    told = {}
    for event in AuditEvent.objects.filter(verb=retention.VERB):
        assert (event.by, event.about_id, event.before, event.reason) == (None, None, {}, "")
        told[event.after["what"]] = event.after["records"]
    assert told.items() >= {DECLARED: 1, NAMES: 3}.items()
    assert all(isinstance(count, int) for count in told.values())


def test_time_runs_from_the_last_end_and_open_placements_keep_their_names(cast: Cast, ended: Placement) -> None:
    second = PlacementFactory(match__request=ended.request, match__post=PostFactory(), status="active")
    Placement.objects.filter(pk=second.pk).update(ends_on=after(6))
    assert not counts(retention.due(after(5))).keys() & {NAMES, DECLARED}
    second.refresh_from_db()
    gate.move(second, "end_early", by=None, reason="x", ended_on=ENDED, ended_reason="x")
    assert counts(retention.due(after(2, days=1)))[NAMES] == 3


def test_r_6_7_what_was_declared_goes_with_the_end_not_two_years_later(ended: Placement) -> None:
    assert counts(retention.apply(ENDED)) == {DECLARED: 1}
    assert set(RequestedStaff.objects.values_list("situation", flat=True)) == {""}
    assert set(SupportedStaff.objects.values_list("name", flat=True)) == set(PEOPLE)


def test_r_6_9_why_the_aims_were_realistic_goes_with_what_was_declared(cast: Cast, ended: Placement) -> None:
    said = "Six days for somebody in serious difficulty"
    request = decisions.state_realism(request=ended.request, by=cast.coordinator, statement="Six days suffice")
    decisions.state_realism(request=request, by=cast.coordinator, statement=said)
    assert counts(retention.due(ENDED)) == counts(retention.apply(ENDED)) == {DECLARED: 2}
    request.refresh_from_db()
    assert (request.realism, request.realism_by) == ("", None)
    found = AuditEvent.objects.about(request).filter(verb="request: aims found realistic")
    assert [(event.by, event.reason, event.before, event.after) for event in found] == [
        (cast.coordinator, "", {}, {})
    ] * 2, "history keeps that it was said, and not what"


def test_r_6_7_what_was_declared_stays_while_the_request_is_alive(cast: Cast) -> None:
    request = RequestFactory(host=cast.host)
    decisions.state_realism(request=request, by=cast.coordinator, statement="Six days suffice")
    assert counts(retention.apply(date(2026, 10, 6))) == {}


def test_people_of_requests_that_came_to_nothing_are_forgotten_too(cast: Cast) -> None:
    withdrawn = RequestFactory(host=cast.host, created_by=cast.host_head)
    request_actions.withdraw(request=withdrawn, by=cast.host_head, ending="not_needed", note="Juno has moved")
    draft = RequestFactory(host=cast.host, status="draft", submitted_at=None)
    RequestFactory(host=cast.host)  # still open, for as long as it takes
    assert NAMES not in counts(retention.apply(date(2028, 10, 6)))
    assert counts(retention.apply(date(2028, 10, 7)))[NAMES] == 2
    assert {p.name for p in [*withdrawn.staff.all(), *draft.staff.all()]} == {"Name removed 1"}
    assert RequestedStaff.objects.filter(name="Juno Pettifer").count() == 1
    assert "Juno" not in Transition.objects.last().reason


def test_the_dry_run_counts_the_same_and_changes_nothing(ended: Placement, clock: Any) -> None:
    clock.move_to("2028-11-26 10:00:00Z")
    told = StringIO()
    call_command("apply_retention", "--dry-run", stdout=told)
    assert f"     3  {NAMES}" in told.getvalue()
    assert "Nothing was changed" in told.getvalue()
    assert SupportedStaff.objects.filter(name=PEOPLE[0]).exists()
    call_command("apply_retention", stdout=told)
    assert not SupportedStaff.objects.filter(name=PEOPLE[0]).exists()


def test_g_no_name_gets_into_a_contract_so_that_none_need_be_taken_out(cast: Cast) -> None:
    placement = active(cast, objectives=2)
    placement.host_expectations = "Frees Juno Pettifer for an hour."
    facts = contract_facts(placement, cast.policy, state="draft", number=1, change="Juno joins")
    assert "Juno" not in str(facts)
    assert facts["host_expectations"] == "Frees a colleague for an hour."
    assert ["J.P.", "Teacher", "Volunteered"] in facts["staff"]


def test_g_e_mails_and_papers_of_the_forgotten_are_forgotten_too(cast: Cast, ended: Placement) -> None:
    person = ended.supported.get(name="Juno Pettifer")
    person.email = "juno@marlshire.example"
    person.save(update_fields=["email"])
    documents.freeze("supported-form", title="Form", facts={"name": person.name}, about=person)
    to = (person.name, "Juno@marlshire.example")
    outbox.queue(key="own", kind="k", to=to, subject="Your form", body="Hello", about=ended)
    delivery.deliver_all()
    retention.apply(after(2, days=1))
    message = Message.objects.get(key="own")
    assert (message.to_email, message.to_name, message.subject) == ("", "", "Your form")
    assert Document.objects.get(kind="supported-form").facts == {"name": "A colleague"}
    assert Message.objects.exclude(key="own").exclude(to_email="").exists()


def test_texts_of_messages_go_after_a_year_and_the_rest_stays(cast: Cast, clock: Any) -> None:
    outbox.queue(key="one", kind="k", to=("Wren", cast.ast.email), subject="Hello", body="Long words")
    outbox.queue(key="two", kind="k", to=cast.ast.email, subject="Wait", body="For ever", not_before=_at(2030))
    delivery.deliver_all()
    what = "Text of e-mails that the service sent"
    assert what not in counts(retention.apply(date(2027, 10, 6)))
    assert counts(retention.apply(date(2027, 10, 7))) == {what: 1}
    kept = Message.objects.get(key="one")
    assert (kept.subject, kept.to_email, kept.to_name, kept.status) == ("Hello", cast.ast.email, "", "sent")
    assert "Long words" not in kept.body
    assert Message.objects.get(key="two").body == "For ever"
    outbox.queue(key="one", kind="k", to=cast.ast.email, subject="Hello", body="Again")
    assert Message.objects.get(key="one").body == kept.body, "the key still keeps it from going out twice"


def _at(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)
