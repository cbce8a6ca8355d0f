"""The papers of boards: host and home content apart, one a term, on a page after sign-in, in large print too."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core import documents
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from astcoord.core.roles import Role
from evaluation.ideas.actions import IDEAS
from evaluation.summaries.actions import send_board_summaries
from evaluation.summaries.reads import papers
from placements.placement.models import Placement
from staff.accounts.models import User
from tests.cast import Cast
from tests.evaluation import stories
from tests.factories import PriorityFactory, SchoolFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

END_OF_TERM = date(2026, 12, 18)
PAGE = reverse("evaluation:board_papers")
IDEA = "Pupils plan their own investigations"
HOST = "Outreach at Fernleigh Primary School"
HOME = "own Advanced Skills Teachers"
SMALLEST = 16
"""Points: nothing in large print is smaller."""


@pytest.fixture
def home_chair(cast: Cast) -> User:
    return person("Bettina Longacre", "bettina@marlshire.example", Role.GOVERNOR, cast.home)


@pytest.fixture
def sent(cast: Cast, placement: Placement, clock: Any) -> Placement:
    """A term with a day, an idea and an accepted review has ended, and the boards have their papers."""
    placement.priorities.add(PriorityFactory(reference="EDP 2", name="Raise standards in mathematics"))
    stories.write_up(cast, placement)
    stories.accepted(cast, placement)
    IDEAS.save(by=cast.ast, placement=placement, text=IDEA)
    clock.move_to(datetime(2026, 12, 18, 16, tzinfo=UTC))
    assert send_board_summaries(END_OF_TERM) == 2
    return placement


def paper_of(school: Any) -> Document:
    return Document.objects.about(school).get(kind=papers.KIND)


def get(client: Client, user: User, url: str) -> Any:
    client.force_login(user)
    return client.get(url)


def said(client: Client, user: User, url: str) -> str:
    response = get(client, user, url)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def file_of(document: Document) -> str:
    return reverse("evaluation:board_paper", args=[document.pk])


def test_r_15_12_a_host_chair_prints_host_content_only(client: Client, cast: Cast, sent: Placement) -> None:
    for url in (
        reverse("evaluation:summary_pdf", args=[sent.pk]),
        reverse("evaluation:own_asts_pdf"),
        file_of(paper_of(cast.host)),
    ):
        paper = said(client, cast.chair, url)
        for home in (IDEA, "38 days", "given to 1 other school", "Budget for the year", "Funded by", "Points "):
            assert home not in paper, (url, home)
    paper = said(client, cast.chair, file_of(paper_of(cast.host)))
    for host in (HOST, "EDP 2 Raise standards in mathematics. From the authority’s education", "1 day was used."):
        assert host in paper, host
    assert get(client, cast.chair, file_of(paper_of(cast.home))).status_code == 404


def test_r_15_12_a_home_board_prints_home_content(
    client: Client, cast: Cast, sent: Placement, home_chair: User
) -> None:
    paper = said(client, home_chair, file_of(paper_of(cast.home)))
    for home in (IDEA, "38 days", "1 day was given to 1 other school.", HOME, "Three questions"):
        assert home in paper, home
    assert HOST not in paper
    assert get(client, home_chair, file_of(paper_of(cast.host))).status_code == 404


def test_r_13_4_one_paper_a_term_for_each_board_and_none_for_a_board_with_nothing(cast: Cast, sent: Placement) -> None:
    assert send_board_summaries(END_OF_TERM) == send_board_summaries(date(2027, 1, 4)) == 0
    assert Document.objects.filter(kind=papers.KIND).count() == 2
    assert not Document.objects.about(cast.elsewhere).filter(kind=papers.KIND).exists()
    assert send_board_summaries(date(2027, 3, 1)) == 0


def test_n_28_the_e_mail_leads_to_the_page_after_sign_in(client: Client, cast: Cast, sent: Placement) -> None:
    message = Message.objects.get(kind="board-summary", to_email=cast.host.chair_email)
    assert PAGE in message.body
    assert client.get(PAGE).status_code == 302
    page = said(client, cast.chair, PAGE)
    assert file_of(paper_of(cast.host)) in page
    assert f"{file_of(paper_of(cast.host))}?large=on" in page
    assert cast.home.name not in page
    assert f'href="{PAGE}"' in said(client, cast.chair, reverse("home"))


def test_r_13_4_who_reads_which_papers(client: Client, cast: Cast, sent: Placement, home_chair: User) -> None:
    own = {cast.chair: [cast.host], cast.host_head: [cast.host], cast.home_head: [cast.home], home_chair: [cast.home]}
    everybodys = {each: [cast.host, cast.home] for each in (cast.coordinator, cast.administrator, cast.officer)}
    for user, schools in {**own, **everybodys, cast.outsider: []}.items():
        page = said(client, user, PAGE)
        for school in (cast.host, cast.home):
            assert (file_of(paper_of(school)) in page) == (school in schools), (user, school)
            status = get(client, user, file_of(paper_of(school))).status_code
            assert status == (200 if school in schools else 404), (user, school)
    assert "There is no paper yet" in said(client, cast.outsider, PAGE)
    for user in (cast.ast, cast.consultant):
        assert get(client, user, PAGE).status_code == get(client, user, file_of(paper_of(cast.host))).status_code == 403
    other = Document.objects.create(kind="chair-notice", title="Another paper", facts={}, about=cast.host)
    assert get(client, cast.chair, file_of(other)).status_code == 404


def test_the_page_of_papers_costs_the_same_at_1_and_30(
    client: Client, cast: Cast, sent: Placement, django_assert_max_num_queries: Any
) -> None:
    def queries() -> int:
        with django_assert_max_num_queries(12) as counted:
            assert client.get(PAGE).status_code == 200
        return len(counted)

    client.force_login(cast.officer)
    client.get(PAGE)
    before = queries()
    for number in range(30):
        Document.objects.create(kind=papers.KIND, title=f"Paper {number}", facts={}, about=SchoolFactory())
    assert queries() == before


@pytest.mark.parametrize("name", ["summary", "own_asts"])
def test_r_13_4_large_print_is_offered_beside_the_ordinary_one(
    client: Client, cast: Cast, sent: Placement, home_chair: User, name: str
) -> None:
    whose, args = (cast.chair, [sent.pk]) if name == "summary" else (home_chair, [])
    url = reverse(f"evaluation:{name}_pdf", args=args)
    assert f"{url}?large=on" in said(client, whose, reverse(f"evaluation:{name}", args=args))
    large = get(client, whose, f"{url}?large=on")
    assert "large-print" in large["Content-Disposition"]
    assert 'class="large"' in large.content.decode()
    assert 'class="large"' not in said(client, whose, url)


@pytest.mark.paper
def test_r_13_4_large_print_is_large_tagged_and_says_the_same(
    client: Client, cast: Cast, sent: Placement, home_chair: User
) -> None:
    for url, user in (
        (reverse("evaluation:summary_pdf", args=[sent.pk]), cast.chair),
        (file_of(paper_of(cast.home)), home_chair),
        (reverse("evaluation:own_asts_pdf"), home_chair),
    ):
        data = get(client, user, f"{url}?large=on").content
        assert min(sizes(data)) >= SMALLEST, url
        with pikepdf.open(BytesIO(data)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert "/StructTreeRoot" in pdf.Root
        large = " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
        for wanted in ("Three questions that a", "What changed since"):
            assert wanted in " ".join(large.split()), (url, wanted)
    assert documents.pdf(paper_of(cast.home)) == get(client, home_chair, file_of(paper_of(cast.home))).content


def sizes(data: bytes) -> Iterator[float]:
    """The size of each piece of text, in points."""
    found: list[float] = []
    for page in PdfReader(BytesIO(data)).pages:
        page.extract_text(
            visitor_text=lambda text, cm, tm, font, size: (
                found.append(round(size * abs(tm[3]) * abs(cm[3]), 1)) if text.strip() else None
            )
        )
    assert found
    return iter(found)
