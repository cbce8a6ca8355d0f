"""Secondments told through the actions: Norfolk’s policy, a round, proposals in any state."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core import presets
from astcoord.core.clock import today
from schools.register.models import School
from staff.accounts.models import User
from staff.pay.actions.figures import FIGURES
from staff.secondments.actions import deciding, proposing, running
from staff.secondments.actions.proposing import Written
from staff.secondments.actions.rounds import ROUNDS
from staff.secondments.models import Proposal, SecondmentRound
from tests.cast import Cast
from tests.staff.posts.changing import text

QUESTIONS = "Why this teacher?\nWhich schools could be helped?"
BOTH = {"met_aspirant": "observed", "met_head": "talked"}


def norfolk(cast: Cast, **settings: Any) -> None:
    """The preset’s settings, with which secondments are on."""
    for name, value in {**presets.settings_of("norfolk"), **settings}.items():
        setattr(cast.policy, name, value)
    cast.policy.save()


def round_of(cast: Cast, **fields: Any) -> SecondmentRound:
    """One that is open for two weeks more."""
    given = {
        "name": "Secondments from January",
        "opens_on": date(2026, 9, 14),
        "closes_on": date(2026, 10, 20),
        "phases": ("primary", "special"),
        "questions": QUESTIONS,
    }
    return ROUNDS.save(by=cast.coordinator, **{**given, **fields})


def written(name: str = "Marigold Penhaligon", **fields: Any) -> Written:
    """Whole: nothing is wanting, and no other funding is declared."""
    answers: Sequence[tuple[str, str]] = [(question, "Because of the children.") for question in QUESTIONS.split("\n")]
    given: dict[str, Any] = {
        "aspirant_email": f"{name.split(maxsplit=1)[0].lower()}@marlshire.example",
        "subjects": ("mathematics",),
        "answers": answers,
        "current_salary": Decimal(30000),
        "pay_fit": "Above the best-paid teacher, below the leadership range.",
        "range_start": 1,
    }
    return Written(aspirant_name=name, **{**given, **fields})


def draft(
    cast: Cast, row: SecondmentRound, *, school: School | None = None, by: User | None = None, **said: Any
) -> Proposal:
    """The host’s head begins one."""
    return proposing.propose(round=row, school=school or cast.host, written=written(**said), by=by or cast.host_head)


def submitted(cast: Cast, row: SecondmentRound, **said: Any) -> Proposal:
    found = proposing.submit(proposal=draft(cast, row, **said), by=cast.host_head)
    return deciding.name_adviser(proposal=found, adviser=cast.consultant, by=cast.coordinator)


def endorsed(cast: Cast, row: SecondmentRound, **said: Any) -> Proposal:
    return deciding.endorse(proposal=submitted(cast, row, **said), note="", by=cast.consultant, **BOTH)


def approved(cast: Cast, row: SecondmentRound, **said: Any) -> Proposal:
    return deciding.approve(proposal=endorsed(cast, row, **said), by=cast.coordinator)


def begun(cast: Cast, row: SecondmentRound, *, starts_on: date = date(2026, 9, 1), **said: Any) -> Proposal:
    """Seconded since the beginning of the school year."""
    return running.begin(
        proposal=approved(cast, row, **said),
        starts_on=starts_on,
        guide=cast.consultant,
        decided_on=min(starts_on, today()),
        minute="Full meeting, 4.1",
        responsible_for="Mathematics in this school and others.",
        by=cast.coordinator,
    )


def figures(cast: Cast) -> None:
    """The salaries of the acceptance example."""
    for point, amount in ((0, 30000), (1, 34938)):
        FIGURES.save(by=cast.coordinator, point=point, amount=Decimal(amount), starts_on=date(2026, 4, 1))


def pdf_text(data: bytes) -> str:
    """What a paper says."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


class Reader:
    """One person at the pages of secondments."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)

    def get(self, name: str, /, *args: object, **query: str) -> Any:
        return self.client.get(reverse(f"staff:{name}", args=args), query)

    def text(self, name: str, *args: object) -> str:
        return text(self.get(name, *args))

    def send(self, name: str, /, *args: object, **answers: Any) -> str:
        """The form is sent: what the page says where it comes back, "" where it leads away."""
        response = self.client.post(reverse(f"staff:{name}", args=args), answers)
        return "" if response.status_code == 302 else text(response)

    def status(self, name: str, *args: object) -> int:
        return int(self.get(name, *args).status_code)


class Fresh(Reader):
    """The same in a story of years: signed in anew for each page."""

    def __init__(self, user: User) -> None:
        self.pk = user.pk

    @property
    def client(self) -> Client:  # type: ignore[override]
        found = Client()
        found.force_login(User.objects.get(pk=self.pk))
        return found


def day(field: str, on: date) -> dict[str, str]:
    """A date in three boxes."""
    return {f"{field}_day": str(on.day), f"{field}_month": str(on.month), f"{field}_year": str(on.year)}
