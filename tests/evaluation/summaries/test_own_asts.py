"""What governors read of the ASTs whom their school employs (R-13.3, R-15.12)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.roles import Role
from evaluation.ideas.actions import IDEAS
from placements.days import ledger
from placements.placement.models import Placement
from staff.openings.models import Opening
from staff.posts.models import Post
from tests.cast import Cast
from tests.evaluation import stories
from tests.factories import PostFactory, UserFactory, person
from tests.staff.pay.paying import WHY, approved, paid
from tests.staff.secondments.telling import pdf_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

PAGE, PAPER = reverse("evaluation:own_asts"), reverse("evaluation:own_asts_pdf")
IDEA = "Pupils plan their own investigations: we try it in Year 8"


@pytest.fixture
def home_chair(cast: Cast) -> Any:
    return person("Bettina Longacre", "bettina@marlshire.example", Role.GOVERNOR, cast.home)


@pytest.fixture
def told(cast: Cast, placement: Placement) -> Placement:
    """A day written up, an idea brought back, and what the governors decided."""
    stories.write_up(cast, placement)
    IDEAS.save(by=cast.ast, placement=placement, text=IDEA)
    cast.post.opening = Opening.objects.create(
        school=cast.home,
        status="filled",
        governors_decided_on="2024-03-14",
        governors_minute="2024/17",
        responsible_for="Mathematics in every key stage.",
    )
    cast.post.save()
    return placement


def read(client: Client, user: Any, url: str) -> str:
    client.force_login(user)
    return client.get(url).content.decode()


def test_r_13_3_governors_read_the_post_its_time_and_what_came_back(
    client: Client, cast: Cast, told: Placement, home_chair: Any
) -> None:
    page = read(client, home_chair, PAGE)
    for wanted in (cast.post.name, "38 days", "1 day", IDEA, cast.host.name, "one contribution among other factors"):
        assert wanted in page, wanted
    assert reverse("staff:post", args=[cast.post.pk]) in page
    paper = read(client, home_chair, PAPER)
    for wanted in ("Mathematics in every key stage.", "2024/17", "Funded by", "Time set aside", IDEA, "38 days"):
        assert wanted in paper, wanted


def test_r_2_9_governors_read_range_reason_and_point_of_their_own_asts(
    client: Client, cast: Cast, told: Placement, home_chair: Any
) -> None:
    approved(cast)
    paid(cast, 6)
    paper = read(client, home_chair, PAPER)
    for wanted in ("Points 5 to 9", "The pay rise", str(WHY["pay_rise"]), "6, since"):
        assert wanted in paper, wanted
    assert "Points 5 to 9" not in read(client, home_chair, PAGE)


def test_r_13_3_a_home_chair_views_the_own_school_only(
    client: Client, cast: Cast, told: Placement, home_chair: Any
) -> None:
    PostFactory(user=person("Oswin Tarrant", "oswin@marlshire.example", Role.AST, cast.elsewhere), home=cast.elsewhere)
    for url in (PAGE, PAPER):
        assert "Oswin Tarrant" not in read(client, home_chair, url)
        of_the_host = read(client, cast.chair, url)
        assert cast.post.name not in of_the_host
        assert IDEA not in of_the_host
    assert "employs no AST at the moment" in read(client, cast.chair, PAGE)
    client.force_login(cast.ast)
    assert client.get(PAGE).status_code == client.get(PAPER).status_code == 403


@pytest.mark.paper
def test_r_15_12_a_home_chairs_paper_holds_the_own_school_only(
    client: Client, cast: Cast, told: Placement, home_chair: Any
) -> None:
    """Given a home chair, when printed, then the own school’s ASTs alone: no other school’s, and nobody supported."""
    other = person("Oswin Tarrant", "oswin@marlshire.example", Role.AST, cast.elsewhere)
    decided = {"governors_decided_on": "2024-05-02", "governors_minute": "2024/99", "responsible_for": "Ceramics."}
    theirs = Opening.objects.create(school=cast.elsewhere, status="filled", **decided)
    PostFactory(user=other, home=cast.elsewhere, opening=theirs)
    client.force_login(home_chair)
    response = client.get(PAPER)
    assert response["Content-Type"] == "application/pdf"
    paper = pdf_text(response.content)
    for wanted in (cast.home.name, cast.post.name, "2024/17", IDEA, "38 days"):
        assert wanted in paper, wanted
    supported = list(told.supported.values_list("name", flat=True))
    assert supported
    for foreign in (*supported, other.name, "Ceramics.", "2024/99", cast.elsewhere.name):
        assert foreign not in paper, foreign


def test_r_13_3_an_aspirant_of_the_own_school_is_not_named(
    client: Client, cast: Cast, told: Placement, home_chair: Any
) -> None:
    PostFactory(user=UserFactory(name="Ulla Penhale"), home=cast.home, status="candidate")
    for url in (PAGE, PAPER):
        assert "Ulla Penhale" not in read(client, home_chair, url)


def test_r_13_3_there_is_a_way_from_the_first_page(client: Client, home_chair: Any) -> None:
    assert PAGE in read(client, home_chair, reverse("home"))


def test_r_16_3_the_paper_with_pay_and_assessment_is_recorded_as_read(
    client: Client, cast: Cast, told: Placement, home_chair: Any
) -> None:
    read(client, home_chair, PAGE)
    assert not AuditEvent.objects.about(cast.post).filter(by=home_chair).exists()
    read(client, home_chair, PAPER)
    assert AuditEvent.objects.about(cast.post).filter(by=home_chair).count() == 1


def test_r_13_3_whoever_left_this_year_is_still_counted(
    client: Client, cast: Cast, told: Placement, home_chair: Any
) -> None:
    Post.objects.filter(pk=cast.post.pk).update(status="left", ends_on="2026-10-30")
    assert cast.post.name in read(client, home_chair, PAGE)
    Post.objects.filter(pk=cast.post.pk).update(ends_on="2026-07-31", starts_on="2024-09-01")
    assert cast.post.name not in read(client, home_chair, PAGE)


def test_the_page_costs_the_same_for_one_ast_and_for_many(
    client: Client, cast: Cast, told: Placement, home_chair: Any, django_assert_max_num_queries: Any
) -> None:
    def queries() -> int:
        with django_assert_max_num_queries(19) as counted:
            assert client.get(PAGE).status_code == 200
        return len(counted)

    client.force_login(home_chair)
    client.get(PAGE)
    before = queries()
    for number in range(6):
        other = person(f"Ast {number}", f"ast{number}@marlshire.example", Role.AST, cast.home)
        ledger.open_budget(PostFactory(user=other, home=cast.home), cast.year)
    assert queries() == before
