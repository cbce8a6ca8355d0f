"""The clock of retention over the demonstration: seven years of nights, and what is said to be gone is nowhere.

The whole database is read as text, whatever the table: rows that are rewritten, history, plans, messages with their
keys and attachments, stored papers with their bytes, sessions and the tables of libraries.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, models
from django.utils import timezone

from astcoord.core import append_only, delivery, documents
from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.loading import PendingUpload
from astcoord.core.models.messages import Message
from astcoord.core.models.posted import Posted
from astcoord.settings.worker import CELERY_BEAT_SCHEDULE
from evaluation.evidence.models import Evidence
from evaluation.materials.models import Material
from placements.papers.models import PaperFile
from placements.personal import forgetting
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.supported import emails
from placements.supported.models import Confirmation, SupportedStaff
from placements.taken_in.models import SignedPaper
from schools.register.models import PendingImport
from staff.accounts.models import User
from tests.conftest import NOW
from tests.demo.loading import load

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("db", "quick_print")]

BUSY = ("sweep_outbox", "finish_letter_rounds", "look_after_plans")
"""Jobs of every few seconds, which keep nothing."""

Gone = dict[str, str]
"""Words that must not be found any more, and what they are."""


def remembered() -> Gone:
    """Every text of the demonstration that the schedule says goes; marks where the demonstration has none."""
    gone: Gone = {}
    for model in (SupportedStaff, RequestedStaff):
        for person in model.objects.exclude(kind="group"):
            gone[person.name] = "the name of somebody supported"
            if person.email:
                gone[person.email] = "the address of somebody supported"
    own = {text for pair in User.objects.values_list("name", "email") for text in pair}
    return {text: what for text, what in gone.items() if text not in own} | marks()


def marks() -> Gone:
    """Planted in what the schedule removes, one for each kind."""
    found: Gone = {}

    def mark(kind: str, rows: Any, **columns: Any) -> None:
        word = f"ZQ{kind.upper().replace(' ', '')}"
        assert rows.update(**{name: value(word) if callable(value) else word for name, value in columns.items()}), kind
        found[word] = kind

    mark("goals of a confirmation", Confirmation.objects.all(), development=str, gain=str)
    mark("text of an email", Message.objects.all(), body=str, calendar=str, error=str, to_name=str)
    mark("evidence", Evidence.objects.filter(link=""), title=str, name=str, data=str.encode)
    mark("paper file", PaperFile.objects.all(), name=str, data=str.encode)
    mark("signed paper", SignedPaper.objects.all(), name=str, data=str.encode)
    mark("withdrawn material", Material.objects.all(), title=str, withdrawn_on=lambda _: today())
    mark("uploaded list", PendingUpload.objects.all(), filename=str)
    mark("list of schools", PendingImport.objects.all(), filename=str, reading=lambda word: {"head": word})
    mark("form sent", Posted.objects.all(), target=str)
    mark("browser of a sign in", UserSession.objects.all(), user_agent=str)
    return found


def things_that_the_demonstration_lacks() -> None:
    """A row of each kind that the schedule knows, and an e-mail to an address that was corrected since."""
    person = SupportedStaff.objects.exclude(email="").filter(withdrew_on=None, placement__status="active")[0]
    before = person.email
    emails.renew(person, today())
    SupportedStaff.objects.filter(pk=person.pk).update(email=f"new.{before}")
    delivery.deliver_all()
    placement = Placement.objects.filter(status="active").order_by("pk")[0]
    user = placement.post.user
    paper = placement.papers.order_by("pk")[0]
    file = {"name": "x", "content_type": "text/plain", "size": 1, "sha256": "x", "data": b"x"}
    PaperFile.objects.create(paper=paper, uploaded_by=user, **file)
    SignedPaper.objects.create(placement=placement, uploaded_by=user, uploaded_at=timezone.now(), **file)
    Evidence.objects.create(placement=placement, title="x", name="x", data=b"x", added_by=user)
    Material.objects.create(
        title="x", subject="mathematics", key_stages=("ks2",), purpose="x", author=user, **{**file, "data": b"y"}
    )
    PendingUpload.objects.create(kind="posts", by_pk=user.pk, filename="x")
    PendingImport.objects.create(by_pk=user.pk, filename="x", reading={})
    Posted.objects.create(key="x", digest="x", target="/my-part/ZQTOKEN/")
    session = SessionStore()
    session["who"] = "ZQSESSION"
    session.create()
    UserSession.objects.create(user=user, session_key=session.session_key, ip="192.0.2.7", user_agent="x")


def a_name_in_every_text() -> None:
    """Where a text may name the people of its request, the whole name of one of them stands in it."""
    for request in OutreachRequest.objects.all():
        people = RequestedStaff.objects.filter(request=request).exclude(kind="group")
        if not people:
            continue
        name = people[0].name
        for declared, rows in forgetting.of_requests([request.pk]):
            for column in declared.may_name:
                field = rows.model._meta.get_field(column)
                if isinstance(field, models.JSONField):
                    rows.update(**{column: [{"why": f"{name} asked."}]})
                elif isinstance(field, models.TextField):
                    rows.exclude(**{column: ""}).update(**{column: f"{name} asked."})
        for placement in request.placements.all():
            person = placement.supported.first()
            about = person or placement
            documents.freeze("supported-form", title=f"Form of {name}", facts={"name": name}, about=about)


def lived_through(years: int, clock: time_machine.Traveller) -> None:
    """So many years: every scheduled job the next night and one night a year, as the worker runs it, and the post.

    The triggers of history go by the database's own clock, which does not travel: they are lifted meanwhile.
    """
    jobs = [each["task"].rpartition(".") for each in CELERY_BEAT_SCHEDULE.values()]
    with append_only.lifted("default", only="core_auditevent"), append_only.lifted("default", only="core_transition"):
        for year in range(years + 1):
            clock.move_to(NOW + timedelta(days=1 + round(year * 365.25)))
            for module, _, job in jobs:
                if job not in BUSY:
                    getattr(import_module(module), job)()
            delivery.deliver_all()


def whole_database() -> Iterator[tuple[str, str]]:
    """Every table, and every one of its rows as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    text = bytes(value).decode("latin-1") if isinstance(value, memoryview | bytes) else value
                    if isinstance(text, str):
                        yield f"{table}.{name}", text


def found(gone: Gone) -> dict[str, set[str]]:
    """Where these words still stand."""
    places: dict[str, set[str]] = defaultdict(set)
    for place, text in whole_database():
        for words in gone:
            if words in text:
                places[place].add(words)
    return places


def test_g_after_seven_years_nothing_is_left_of_what_the_schedule_says_is_gone(clock: time_machine.Traveller) -> None:
    clock.move_to(NOW)
    load()
    delivery.deliver_all()
    things_that_the_demonstration_lacks()
    a_name_in_every_text()
    gone = remembered()
    before = {words for places in found(gone).values() for words in places}
    assert before == set(gone), "each is somewhere to begin with"
    first = timezone.now()

    lived_through(7, clock)

    left = found(gone)
    assert not left
    assert not AuditEvent.objects.filter(at__lte=first).exists()
    assert not RequestedStaff.objects.exclude(situation="").exists()
