"""A school's page: all that belongs to it, for each reader what that reader may see (R-20.6)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.documents import Document
from evaluation.reviews.models import ImpactReview
from placements.days.models import OutreachDay
from placements.letters.models import Letter, LetterRound
from placements.notes.models import CaseNote
from placements.placement.models import Placement
from schools.calendar.models import Term
from schools.register.models import Cluster, School
from schools.succession.models import Succession
from tests.cast import Cast
from tests.factories import RequestFactory, SchoolFactory
from tests.placements.deployment.working import delivered
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db
SESSION = 3


def worked(cast: Cast, days: int = 2, **facts: Any) -> Placement:
    placement = cast.placement(status="active", starts_on=date(2026, 9, 8), ends_on=date(2027, 2, 9), **facts)
    OutreachDay.objects.create(placement=placement, on=date(2026, 9, 29), days=1, status="done")
    delivered(placement, days)
    term = Term.objects.order_by("starts_on").first()
    ImpactReview.objects.create(placement=placement, term=term, due_on=date(2026, 12, 15))
    return placement


def noted(cast: Cast) -> None:
    CaseNote.objects.create(school=cast.host, text="Ring before noon.", owner=cast.coordinator)


def sections(client: Client, school: School) -> dict[str, Any]:
    page = client.get(school.get_absolute_url())
    return {card.title: card for card in page.context["page"].cards}


def test_r_20_6_the_page_of_a_school_holds_all_that_belongs_to_it(cast: Cast, client: Client) -> None:
    placement = worked(cast)
    noted(cast)
    client.force_login(cast.coordinator)
    shown = text(client.get(cast.host.get_absolute_url()))
    for words in (
        *("Ms R Oakhanger", placement.reference, placement.request.reference, "Active", "Wren Castellow"),
        *("Last support: 29 September 2026", "2026/27: 2 days", "Ring before noon.", "No letter has gone to it yet."),
        *("Impact reviews", "No AST is employed here.", "8 September 2026 to 9 February 2027"),
    ):
        assert words in shown, words
    assert "Wren Castellow" in text(client.get(cast.home.get_absolute_url())), "its own AST"


def test_r_20_6_each_section_leads_to_the_full_list_of_this_school(cast: Cast, client: Client) -> None:
    placement = worked(cast)
    noted(cast)
    other = RequestFactory(host=cast.elsewhere)
    client.force_login(cast.coordinator)
    urls = [
        url
        for card in sections(client, cast.host).values()
        for _, url in card.links
        if f"school={cast.host.urn}" in url
    ]
    assert len(urls) == 5
    for url in urls:
        page = client.get(url)
        assert page.status_code == 200, url
        assert cast.host.name in [chip.value for chip in page.context["filter"].chips], url
        assert other.reference not in text(page)
        hidden = f'<input type="hidden" name="school" value="{cast.host.urn}" id="id_school">'
        assert hidden in page.content.decode() or not page.context["filters_shown"], "filtering on keeps the school"
    listed = client.get(reverse("placements:placement_list"), {"school": str(cast.host.urn)})
    assert [row.record.pk for row in listed.context["table"].rows] == [placement.pk]
    nobody = client.get(reverse("placements:placement_list"), {"school": "999999"})
    assert "There is no school with this URN" in text(nobody)


def test_r_20_6_only_what_the_reader_may_see(cast: Cast, client: Client) -> None:
    placement = worked(cast)
    noted(cast)
    seen = {}
    for who in ("officer", "consultant", "host_head", "chair"):
        client.force_login(getattr(cast, who))
        seen[who] = set(sections(client, cast.host))
    every = {"Its own ASTs", "Requests", "Placements", "Support", "Letters", "Impact reviews", "Attainment"}
    assert seen["officer"] == seen["host_head"] == every
    assert seen["consultant"] == every - {"Letters"}
    assert seen["chair"] == {"Its own ASTs", "Attainment"}
    Placement.objects.update(subject="music")
    placement.request.__class__.objects.update(subject="music")
    client.force_login(cast.consultant)
    cards = sections(client, cast.host)
    assert not any(cards[title].lines for title in ("Requests", "Placements", "Support", "Impact reviews"))
    client.force_login(cast.outsider)
    assert client.get(cast.host.get_absolute_url()).status_code == 404


def test_r_20_6_a_head_reads_letters_once_their_round_is_approved(cast: Cast, client: Client, letter: Letter) -> None:
    client.force_login(cast.host_head)
    assert sections(client, cast.host)["Letters"].lines == ()
    LetterRound.objects.update(status="sent")
    (line,) = sections(client, cast.host)["Letters"].lines
    assert client.get(line[2]).status_code == 200


@pytest.fixture
def letter(cast: Cast) -> Letter:
    term = Term.objects.order_by("starts_on").first()
    document = Document.objects.create(kind="letter", title="Letter", facts={}, sha256="0" * 64, pdf=b"%PDF-1.7")
    made = LetterRound.objects.create(term=term, facts={"as_of": "2026-09-01"})
    return Letter.objects.create(round=made, school=cast.host, document=document)


def test_r_20_6_a_successor_shows_what_was_done_at_the_school_it_follows(cast: Cast, client: Client) -> None:
    placement = worked(cast)
    academy = SchoolFactory(name="Fernleigh Academy")
    client.force_login(cast.coordinator)
    assert "No outreach day has been written up here" in text(client.get(academy.get_absolute_url()))
    Succession.objects.create(school=cast.host, successor=academy, on=date(2026, 10, 1))
    shown = text(client.get(academy.get_absolute_url()))
    assert "Last support: 29 September 2026" in shown
    assert f"{placement.reference}, Wren Castellow, mathematics and numeracy, at Fernleigh Primary School" in shown


def test_r_20_6_the_page_costs_the_same_with_much_on_it(cast: Cast, client: Client) -> None:
    cluster = Cluster.objects.create(name="Vale", slug="vale")
    School.objects.filter(pk=cast.host.pk).update(cluster=cluster)
    client.force_login(cast.coordinator)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(cast.host.get_absolute_url()).status_code == 200
        return len(found)

    worked(cast)
    asked()
    one = asked()
    for number in range(12):
        worked(cast)
        noted(cast)
        cast.host.feeds_into.add(SchoolFactory())
        RequestFactory(host=cast.host, submitted_at=datetime(2026, 9, number + 1, 12, tzinfo=UTC))
    assert asked() == one <= 15 + SESSION


def test_r_20_11_about_a_school_stand_its_people_and_cluster(cast: Cast, client: Client) -> None:
    cluster = Cluster.objects.create(name="Vale", slug="vale")
    School.objects.filter(pk=cast.host.pk).update(cluster=cluster, telephone="01632 960123")
    client.force_login(cast.coordinator)
    page = client.get(cast.host.get_absolute_url()).content.decode()
    assert "About this" in page
    assert 'href="tel:01632960123"' in page
    assert f'href="{reverse("schools:list")}?cluster={cluster.pk}"' in page
    client.force_login(cast.host_head)
    assert f"?cluster={cluster.pk}" not in client.get(cast.host.get_absolute_url()).content.decode()
