"""The guides in the browser (R-18.1)."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from astcoord.core.help import FOLDER, GUIDES, text_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SLUGS = [guide.slug for guide in GUIDES]


def test_r_18_1_every_guide_that_is_written_is_there() -> None:
    assert sorted(SLUGS) == sorted(path.stem for path in FOLDER.glob("*.md"))


@pytest.mark.parametrize("slug", SLUGS)
def test_r_18_1_a_guide_is_read_whole_with_its_contents(client: Client, cast: Cast, slug: str) -> None:
    written = (FOLDER / f"{slug}.md").read_text(encoding="utf-8")
    page = client.get(f"/help/{slug}/").content.decode()
    assert page.count("<h1") == 1
    assert page.count('class="govuk-heading-m"') == len(re.findall(r"^## ", written, re.M))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert "<img" not in page


def test_r_18_1_everybodys_own_guide_comes_first(client: Client, cast: Cast) -> None:
    for who, title in (("host_head", "headteachers"), ("ast", "Advanced Skills"), ("chair", "governors")):
        client.force_login(getattr(cast, who))
        page = client.get("/help/").content.decode()
        assert page.index(f"For {title}") < page.index("Guides for others")


def test_r_18_1_whoever_cannot_sign_in_reads_them_too(client: Client) -> None:
    page = client.get("/help/").content.decode()
    assert all(f"/help/{slug}/" in page for slug in SLUGS)
    assert 'href="/help/"' in client.get("/accounts/login/code/").content.decode()


def test_a_guide_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/help/nobody/").status_code == 404


def test_one_guide_leads_to_another(client: Client) -> None:
    assert 'href="../coordinator/"' in text_of("administrator").html
    assert client.get("/help/coordinator/").status_code == 200


class Balanced(HTMLParser):
    """Every list and table that is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("slug", SLUGS)
def test_the_markup_of_a_guide_is_whole(slug: str) -> None:
    reader = Balanced()
    reader.feed(text_of(slug).html)
    assert not reader.open
