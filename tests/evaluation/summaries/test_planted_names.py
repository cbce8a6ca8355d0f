"""Names planted in every free text that may name somebody supported: governors read none of them (R-13.2, section G).

Which texts these are, the models' own declarations say, so that a new one is planted in by itself. What governors may
open, the table of access says, and the links of these pages.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, models, transaction

from astcoord.core import personal_data
from astcoord.core.documents import freeze
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from astcoord.core.roles import Role
from evaluation.summaries.actions import send_board_summaries
from evaluation.summaries.reads.papers import KIND
from placements.agreement import emails as agreement
from placements.agreement.documents import protocol
from placements.changes.emails import tell_in_force
from placements.changes.models import Amendment
from placements.consultations.models import Consultation
from placements.endings.actions import early
from placements.placement.models import Placement
from placements.placement.reads import readers_of
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.supported.models import SupportedStaff
from staff.accounts.models import RoleAssignment, User
from tests.access import crawl, named
from tests.access.sides import NOW, World
from tests.access.table import ALL, OWN, OWN_ONLY, YES, rows
from tests.access.walk import addresses, client_of
from tests.access.world import build
from tests.factories import person
from tests.worlds import put_back, quickly_printed

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("world")]

NAMES = ("Quillan Zanderbeck", "Ng Yo", "زهير قنديل", "赵钱孙")
"""Invented, and in nothing else that the world says: Latin, of two letters each, Arabic, Chinese."""

SEEN = re.compile(r"quillan|zanderbeck|\bNg\b|\bYo\b|زهير|قنديل|赵钱孙|钱孙", re.IGNORECASE)
"""A name or a part of one."""

OPENS = {ALL, OWN, OWN_ONLY, YES}
GOVERNORS = ("host_chair", "other_governor", "home_chair")
END_OF_TERM = datetime(2026, 12, 18, 16, tzinfo=UTC)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Two sides, as for the tests of access, with the names in every text; and a term that has ended."""
    with django_db_blocker.unblock(), quickly_printed(), put_back():
        with time_machine.travel(NOW, tick=True):
            made = build()
        made.users["home_chair"] = person(
            "Bettina Longacre", "bettina@marlshire.example", Role.GOVERNOR, made.ours.home
        )
        planted = plant()
        assert (
            set(planted) >= {f"{model._meta.label}.{column}" for model, column in named.columns()} - named.WITHOUT_A_ROW
        )
        with time_machine.travel(END_OF_TERM, tick=True):
            assert send_board_summaries(END_OF_TERM.date()) > 1
        yield made


@pytest.fixture
def db(world: World) -> Iterator[None]:
    """This file's own: a savepoint of the world."""
    with put_back():
        yield


def plant() -> list[str]:
    """Name these people in each declared column of every case; in which columns that could be done."""
    for request in OutreachRequest.objects.all():
        for name in NAMES:
            who = {"name": name, "kind": "teacher", "selection": "self"}
            RequestedStaff.objects.create(request=request, head_agrees=True, **who)
            for placement in request.placements.all():
                SupportedStaff.objects.create(placement=placement, **who)
    for placement in Placement.objects.filter(consultation=None):
        Consultation.objects.create(placement=placement)
    done = []
    for model, column in named.columns():
        rows_of_it = [_planted(row, column) for row in model._default_manager.all()]
        done += [f"{model._meta.label}.{column}"] if any(rows_of_it) else []
    return done


def _planted(row: models.Model, column: str) -> bool:
    if personal_data.case_of(row) is None:
        return False
    value, most = getattr(row, column), getattr(row._meta.get_field(column), "max_length", None)
    told = _told(value)
    told = told[:most] if isinstance(told, str) else told
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**{column: told})
    except IntegrityError:  # a rule of the database wants it empty
        return False
    return bool(told != value)


def _told(value: Any) -> Any:
    """A text, or the sentences in lists and dicts, with the names in front."""
    if isinstance(value, str):
        return f"{', '.join(NAMES)}; {value}"
    if isinstance(value, dict):
        return {key: _told(each) if " " in str(each) or isinstance(each, list) else each for key, each in value.items()}
    return [_told(each) for each in value] if isinstance(value, list) else value


def doors(world: World) -> list[str]:
    """Where a governor may begin: what the table opens to either of the two that stand in it."""
    opened = (row for row in rows() if OPENS & {row.cells["host_chair"], row.cells["other_governor"]})
    pages = (row for row in opened if not row.page.startswith(("account_", "/", "mfa_")))
    found = [url for row in pages if row.kind in ("page", "form", "file") for url in addresses(row, world)[:2]]
    return ["/", *found]


@pytest.mark.parametrize("key", GOVERNORS)
def test_r_13_2_no_name_of_supported_staff_can_be_read_on_governors_pages(db: None, world: World, key: str) -> None:
    read = {url: text for url, text in crawl.texts(client_of(world, key), doors(world)).items() if text}
    found = ((url, SEEN.search(text), text) for url, text in read.items())
    leaks = [f"{url}: {text[max(0, at.start() - 60) : at.end() + 20]!r}" for url, at, text in found if at]
    assert not leaks, "\n".join(leaks)
    kinds = {crawl.kind_of(url) for url in read}
    wanted = {"evaluation:summaries", "evaluation:own_asts", "evaluation:own_asts_pdf?large", "staff:retention"}
    if key != "other_governor":  # whose school has had no paper and hosts nobody
        wanted |= {"evaluation:board_paper", "evaluation:board_paper?large"}
    if key == "host_chair":
        wanted |= {"evaluation:summary", "evaluation:summary_pdf?large", "evaluation:summaries?export"}
        assert any("a colleague" in text for text in read.values())
    assert wanted <= kinds, wanted - kinds


def test_r_13_2_the_planted_names_are_read_by_those_who_may(db: None, world: World) -> None:
    """Otherwise texts that nobody is shown would prove nothing."""
    read = crawl.texts(client_of(world, "host_head"), [f"/placements/{world.ours.placement.pk}/"])
    everything = " ".join(read.values())
    for part in ("Zanderbeck", "Ng Yo", "قنديل", "赵钱孙"):
        assert part in everything, part


def test_r_13_2_messages_and_papers_to_chairs_name_nobody(db: None, world: World) -> None:
    """N10, N20, N28: before the start, on extension and early end, and at the end of term."""
    ours = world.ours
    facts = protocol.chair_facts(Placement.objects.get(pk=ours.placement.pk))
    agreement.tell_chair(ours.placement, freeze(protocol.CHAIR, title="Notice", facts=facts, about=ours.placement))
    amendment = Amendment.objects.get(pk=ours["amendment"].pk)
    amendment.kind = "extension"
    readers = readers_of(amendment.placement, NOW.date())
    tell_in_force(amendment, readers, Document.objects.filter(kind=KIND)[0])
    early.end_early(
        placement=Placement.objects.get(pk=ours.placement.pk),
        by=world.users["host_head"],
        ended_on=date(2026, 10, 5),
        reason=f"{NAMES[0]} leaves",
        category="staffing",
    )
    chairs = {school.chair_email for school in (ours.host, ours.home)} - {""}
    governors = User.objects.filter(pk__in=RoleAssignment.objects.filter(role=Role.GOVERNOR).values("user"))
    sent = Message.objects.filter(to_email__in=chairs | set(governors.values_list("email", flat=True)))
    kinds = {message.kind for message in sent}
    assert {"chair-notice", "extension-notice", "placement-ended", "board-summary"} <= kinds, kinds
    for message in sent:
        papers = [str(paper.facts) + paper.title for paper in message.attachments.all()]
        for text in (message.subject, message.body, *papers):
            assert not SEEN.search(text), (message.kind, text)
