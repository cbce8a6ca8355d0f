"""Outreach judgements told through the actions, and read through the pages."""

from io import BytesIO
from typing import Any

from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from evaluation.performance import actions
from evaluation.performance.actions import Written
from evaluation.performance.models import OutreachJudgement
from evaluation.performance.reads.targets import targets_of
from staff.accounts.models import User
from staff.descriptions.actions import agreeing, writing
from staff.descriptions.models import JobDescription, JobObjective
from tests.cast import Cast
from tests.staff.descriptions.writing import drafted
from tests.staff.posts.changing import text

TARGET, CRITERION = "Two schools plan together", "20% more pupils at level 2B"
JUDGED, NEEDS, SHOWS = "Two schools have gained.", "Leading a course for adults", "Both unit plans are in use"


class Reader:
    """One person before the browser."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)

    def get(self, name: str, *args: Any, **query: Any) -> Any:
        return self.client.get(reverse(f"evaluation:{name}", args=args), query)

    def text(self, name: str, *args: Any, **query: Any) -> str:
        found: str = text(self.get(name, *args, **query))
        return found

    def status(self, name: str, *args: Any, **query: Any) -> int:
        found: int = self.get(name, *args, **query).status_code
        return found

    def send(self, name: str, *args: Any, **sent: Any) -> str:
        """What the page that follows says."""
        return text(self.client.post(reverse(f"evaluation:{name}", args=args), sent, follow=True))


def with_target(cast: Cast, *, outreach: bool = True) -> JobDescription:
    """The job description in force has one objective, which lies on outreach or not."""
    draft = drafted(cast)
    writing.save_objective(
        description=draft,
        text=TARGET,
        criterion=CRITERION,
        responsibility=draft.responsibilities.last(),
        on_outreach=outreach,
        by=cast.home_head,
    )
    put = writing.put(description=draft, by=cast.home_head)
    return agreeing.agree(description=put, seen=put.asked, by=cast.ast)


def target(cast: Cast) -> JobObjective:
    return targets_of(cast.post)[0]


def said(cast: Cast, **other: Any) -> Written:
    """All that the agreed format asks."""
    targets = {each.pk: ("reached", SHOWS) for each in targets_of(cast.post)}
    return Written(**{"judgement": JUDGED, "development": NEEDS, "targets": targets, **other})


def begun(cast: Cast, by: User | None = None) -> OutreachJudgement:
    return actions.begin(post=cast.post, year=cast.year, by=by or cast.coordinator)


def written(cast: Cast, by: User | None = None, **other: Any) -> OutreachJudgement:
    return actions.write(row=begun(cast, by), written=said(cast, **other), by=by or cast.coordinator)


def issued(cast: Cast, **other: Any) -> OutreachJudgement:
    return actions.issue(row=written(cast, **other), by=cast.coordinator)


def paper(answer: Any) -> str:
    """The words of a PDF that a page gave."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())
