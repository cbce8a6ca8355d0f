"""The papers of the protocol: agenda, role, notice, pack, and the six that the AST sees."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from astcoord.core import documents, policy
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from placements.agreement import tasks
from placements.agreement.actions import placements, progress, protocol
from placements.agreement.documents.protocol import agenda_facts, agenda_facts_for
from placements.agreement.rules.items import agree_problems
from placements.agreement.rules.protocol import ProtocolRows
from placements.papers.models import SharedDocument
from placements.placement.documents import role_facts
from placements.placement.models import Placement
from placements.supported.models import SupportedStaff
from tests.cast import Cast
from tests.placements import stories

TODAY = date(2026, 10, 6)


def words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def messages_of(paper: SharedDocument) -> list[str]:
    return [p.message for p in agree_problems(10, ProtocolRows(Placement(), papers=[paper])) if not p.warning]


def test_r_8_10_each_paper_has_owner_and_date() -> None:
    assert messages_of(SharedDocument(kind="behaviour_policy", owner="Deputy", due=TODAY)) == []
    assert "Behaviour policy" in messages_of(SharedDocument(kind="behaviour_policy", due=TODAY))[0]
    assert messages_of(SharedDocument(kind="action_plans", state="not_applicable")) == []


@pytest.mark.django_db
def test_r_9_1_five_seen_and_one_outstanding_shows_five_of_six(cast: Cast, client: Any) -> None:
    placement = stories.all_agreed(cast)
    states = dict.fromkeys(stories.Kind.values, "seen")
    states[stories.Kind.IMPROVEMENT_PLAN] = "outstanding"

    progress.record_papers(placement=placement, by=cast.host_head, states=states)

    assert placement.protocol.get(number=10).fulfilment == "ongoing"
    client.force_login(cast.host_head)
    assert "5 of 6 seen" in client.get(placement.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_r_9_1_only_action_plans_may_not_apply(cast: Cast) -> None:
    placement = stories.all_agreed(cast)

    with pytest.raises(Refused, match="Only action plans"):
        progress.record_papers(
            placement=placement, by=cast.host_head, states={stories.Kind.BEHAVIOUR_POLICY: "not_applicable"}
        )


def test_r_9_2_a_paper_due_after_the_first_day_warns_and_does_not_block() -> None:
    paper = SharedDocument(kind="behaviour_policy", owner="Deputy", due=date(2026, 10, 20))
    late = ProtocolRows(Placement(starts_on=TODAY), papers=[paper])
    assert [p.warning for p in agree_problems(10, late)] == [True]


@pytest.mark.django_db
def test_r_15_3_a_blank_agenda_has_items_1_to_10_in_order(cast: Cast) -> None:
    text = words(documents.preview("protocol-agenda", title="Agenda", facts=agenda_facts(), on=timezone.now()))

    places = [text.index(f"{n}. ") for n in range(1, 11)]
    assert places == sorted(places)


@pytest.mark.django_db
def test_r_15_3_a_completed_agenda_has_status_note_and_owner(cast: Cast) -> None:
    placement = stories.met(cast)
    protocol.save_item(
        placement=placement, number=5, by=cast.host_head, note="Bring books", **stories.item_answers()[5]
    )

    facts = agenda_facts(placement)
    text = words(documents.preview("protocol-agenda", title="Agenda", facts=facts, on=timezone.now()))

    assert "Agreed with an action" in text
    assert "Bring books" in text
    assert "Home headteacher, by 17 November 2026" in text


@pytest.mark.django_db
def test_r_15_2_the_role_statement_follows_the_policy(cast: Cast) -> None:
    line = "performance targets that the teacher shares"
    rules = policy.in_force()

    with_line = documents.preview("role-statement", title="Role", facts=role_facts(rules), on=timezone.now())
    rules.pm_support = "none"
    without = documents.preview("role-statement", title="Role", facts=role_facts(rules), on=timezone.now())

    assert line in words(with_line)
    assert line not in words(without)
    assert "Write references" in words(without)


@pytest.mark.django_db
def test_r_15_7_the_chair_notice_names_no_member_of_staff(cast: Cast) -> None:
    placement = stories.issued(cast)
    placement.focus = "Help Juno Pettifer and sorrel ambleforth with planning"
    placement.save(update_fields=["focus"])

    placements.tell_chair(placement, by=cast.coordinator)

    notice = Message.objects.get(kind="chair-notice")
    text = words(documents.pdf(notice.attachments.get()))
    assert "Fewer than 3 members of staff" in text
    for name in ("juno", "pettifer", "sorrel", "ambleforth"):
        assert name not in (text + notice.subject + notice.body).lower()


@pytest.mark.django_db
def test_r_15_8_the_circulation_pack_is_one_pdf(cast: Cast, client: Any) -> None:
    placement = stories.met(cast)
    client.force_login(cast.host_head)

    response = client.get(reverse("placements:pack_pdf", args=[placement.pk]))

    text = words(response.content)
    assert response["Content-Type"] == "application/pdf"
    for part in ("Links afterwards", "never asked to", "ast-office@marlshire.example", "not inspection"):
        assert part in text


@pytest.mark.django_db
def test_r_9_2_the_head_is_reminded_once_ten_and_once_three_days_before(cast: Cast, clock: Any) -> None:
    stories.all_agreed(cast)
    assert tasks.remind_of_papers() == 0

    sent = []
    for day in (24, 25, 31):
        clock.move_to(datetime(2026, 10, day, 9, tzinfo=UTC))
        sent += [tasks.remind_of_papers(), tasks.remind_of_papers()]

    assert sent == [1, 0, 0, 0, 1, 0]
    assert Message.objects.filter(kind="papers-outstanding", to_email=cast.host_head.email).count() == 2


@pytest.mark.django_db
def test_section_g_the_protocol_for_one_person_keeps_the_names_of_the_authority_and_the_schools(cast: Cast) -> None:
    placement = stories.met(cast)
    placement.supported.create(name="Tom Marlshire", kind="teacher", selection="self")
    person = placement.supported.create(name="Quillan Zanderbeck", kind="teacher", selection="self")
    typed = "Mr Marlshire and Mrs Zanderbeck"
    protocol.save_item(placement=placement, number=5, by=cast.host_head, note=typed, **stories.item_answers()[5])
    placement.protocol.filter(number=5).update(action=typed)
    Placement.objects.filter(pk=placement.pk).update(meeting_place=typed, focus=typed, day_shape=typed)
    placement.papers.filter(kind="behaviour_policy").update(owner=typed, state="outstanding")

    facts = agenda_facts_for(SupportedStaff.objects.get(pk=person.pk))

    assert facts["letterhead"]["authority"] == "Marlshire County Council"
    assert (facts["home"], facts["host"]) == (cast.home.name, cast.host.name)
    rest = str({**facts, "letterhead": ""})
    assert "Zanderbeck" not in rest
    assert "Marlshire" not in rest
    assert (facts["items"][4]["note"], facts["items"][4]["action"]) == ("A colleague and a colleague",) * 2
    assert ["Shape of the day", "A colleague and a colleague"] in facts["items"][4]["agreed"]
