"""What pages cost: queries, size and processor time of the lists and of one thing of each kind, for every role."""

import logging
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from astcoord.core.roles import Role
from astcoord.ui.navigation import entries_for
from evaluation.diary.models import DiaryEntry
from evaluation.reviews.models import ImpactReview
from placements.letters.models import LetterRound
from placements.matching.models import Match
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from schools.register.models import School
from staff.accounts.models import User
from staff.posts.models import Post

Find = Callable[[Any], QuerySet[Any]]
DETAILS: tuple[tuple[str, Find], ...] = (
    ("schools:detail", School.objects.visible_to),
    ("staff:post", Post.objects.visible_to),
    ("placements:balance", Post.objects.visible_to),
    ("placements:request_detail", OutreachRequest.objects.visible_to),
    ("placements:candidates", lambda _: OutreachRequest.objects.in_queue()),
    ("placements:match", Match.objects.visible_to),
    ("placements:match_ast", Match.objects.visible_to),
    ("placements:match_home", Match.objects.visible_to),
    ("placements:placement_detail", Placement.objects.visible_to),
    ("placements:placement_protocol", Placement.objects.visible_to),
    ("placements:contract", Placement.objects.visible_to),
    ("placements:placement_history", Placement.objects.visible_to),
    ("placements:letter_round", lambda _: LetterRound.objects.all()),
    ("evaluation:placement_diary", Placement.objects.visible_to),
    ("evaluation:entry", lambda user: DiaryEntry.objects.visible_to(user).submitted()),
    ("evaluation:review", ImpactReview.objects.visible_to),
    ("evaluation:summary", lambda user: Placement.objects.visible_to(user) | Placement.objects.summarised_to(user)),
)
"""Pages of one thing. Whoever may see none, or may not open the page, is passed over."""
HOST = "localhost"
TRIED = 5
"""How many things are tried until one has the page: not every placement has a contract."""


@dataclass(frozen=True)
class Budget:
    queries: int
    cpu_ms: float
    kilobytes: float | None = None


LIST, DETAIL = Budget(12, 30, 40), Budget(15, 30)


@dataclass(frozen=True)
class Cost:
    """One page for one role, against its budget."""

    role: str
    page: str
    queries: int
    kilobytes: float
    cpu_ms: float
    budget: Budget

    @property
    def over(self) -> list[str]:
        """What goes beyond the budget, in words."""
        most = self.budget
        found = [
            ("queries", self.queries > most.queries),
            ("kB", most.kilobytes is not None and self.kilobytes > most.kilobytes),
            ("CPU", self.cpu_ms > most.cpu_ms),
        ]
        return [word for word, is_over in found if is_over]


def measure(runs: int, roles: tuple[str, ...] = ()) -> Iterator[Cost]:
    """Every page in turn. What looking leaves behind (a session, a look that is recorded) is rolled back."""
    with override_settings(DEBUG=False, ALLOWED_HOSTS=[HOST]), _quiet(), transaction.atomic():
        for role in Role:
            person = User.objects.filter(is_active=True, roles__role=role).order_by("pk").first()
            if person is not None and (not roles or role in roles):
                yield from _of(role, person, runs)
        transaction.set_rollback(True)


@contextmanager
def _quiet() -> Iterator[None]:
    """A page that this person may not open is nothing to report here."""
    log = logging.getLogger("django.request")
    was = log.level
    log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(was)


def _of(role: str, person: User, runs: int) -> Iterator[Cost]:
    client = Client(SERVER_NAME=HOST)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    secure = urlsplit(settings.SITE_URL).scheme == "https"
    for name in ("home", *(entry.url_name for entry in entries_for([role]))):
        path = _opens(client, reverse(name), secure=secure)
        if path:
            budget = DETAIL if name == "home" else LIST
            yield _cost(client, path, role=role, page=name, runs=runs, budget=budget)
    for name, find in DETAILS:
        for pk in _keys(find(person)):
            if path := _opens(client, reverse(name, args=[pk]), secure=secure):
                yield _cost(client, path, role=role, page=name, runs=runs, budget=DETAIL)
                break


def _keys(found: QuerySet[Any]) -> list[Any]:
    """The things' keys in addresses, those that came first and so went furthest first."""
    field = "urn" if found.model is School else "pk"
    return list(found.order_by("pk").values_list(field, flat=True).distinct()[:TRIED])


def _opens(client: Client, path: str, *, secure: bool) -> str:
    """The address that answers with a page, one redirect followed; "" if this person has none there."""
    response = client.get(path, secure=secure)
    if response.status_code == 302:
        path = response["Location"]
        response = client.get(path, secure=secure)
    return path if response.status_code == 200 else ""


def _cost(client: Client, path: str, *, role: str, page: str, runs: int, budget: Budget) -> Cost:
    secure = urlsplit(settings.SITE_URL).scheme == "https"
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path, secure=secure)
    queries = len(captured)  # now: the next request clears the log
    times = []
    for _ in range(runs):
        start = time.process_time()
        client.get(path, secure=secure)
        times.append((time.process_time() - start) * 1000)
    return Cost(role, page, queries, len(response.content) / 1000, median(times), budget)
