"""From any page what it is about is one click away, and back leads to the list as it was (R-20.1, R-20.11)."""

import re
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.policy import Policy
from astcoord.core.roles import Role
from placements.requests.lifecycle import RequestStatus
from schools.register.models import School
from staff.accounts.models import User
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from staff.posts.permissions import can_see
from tests.cast import Cast
from tests.factories import MatchFactory, PostFactory, RequestFactory
from tests.placements import stories

pytestmark = pytest.mark.django_db

LINKS = re.compile(r'<a [^>]*href="([^"]+)"')


@pytest.fixture(autouse=True)
def reachable(cast: Cast) -> None:
    """Everybody can be telephoned."""
    School.objects.filter(pk=cast.host.pk).update(telephone="01632 960001")
    School.objects.filter(pk=cast.home.pk).update(telephone="01632 960002")
    Policy.objects.update(office_phone="01632 960000")
    cast.host.refresh_from_db()


def about(client: Client, user: Any, url: str) -> set[str]:
    """The links under “About this”."""
    client.force_login(user)
    html = client.get(url).content.decode()
    assert "About this" in html, url
    return set(LINKS.findall(html.split("About this", 1)[1].split("</section>", 1)[0]))


def back_of(client: Client, url: str) -> str:
    """Where the back link of a page leads."""
    return back_on(client.get(url))


def back_on(page: Any) -> str:
    [back] = re.findall(r'<a href="([^"]+)" class="govuk-back-link"', page.content.decode())
    return back.replace("&amp;", "&")


def test_r_20_11_a_match_leads_to_the_ast_the_school_the_request_and_the_office(client: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, status=RequestStatus.PROPOSED)
    match = MatchFactory(request=asked, post=cast.post, proposed_by=cast.coordinator)
    links = about(client, cast.coordinator, reverse("placements:match", args=[match.pk]))
    assert links == {
        reverse("placements:request_detail", args=[asked.pk]),
        reverse("staff:post", args=[cast.post.pk]),
        f"mailto:{cast.ast.email}",
        cast.host.get_absolute_url(),
        "tel:01632960001",
        f"mailto:{cast.host.email}",
        cast.home.get_absolute_url(),
        "tel:01632960002",
        f"mailto:{cast.home.email}",
        "tel:01632960000",
        "mailto:ast-office@marlshire.example",
    }


def test_r_20_11_whoever_is_asked_sees_what_they_may_have(client: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, status=RequestStatus.PROPOSED)
    match = MatchFactory(request=asked, post=cast.post, proposed_by=cast.coordinator)
    office = {"tel:01632960000", "mailto:ast-office@marlshire.example"}
    request = reverse("placements:request_detail", args=[asked.pk])
    own = {cast.home.get_absolute_url(), "tel:01632960002", f"mailto:{cast.home.email}"}
    ast = {reverse("staff:post", args=[cast.post.pk]), f"mailto:{cast.ast.email}"}
    for who, page in ((cast.ast, "match_ast"), (cast.home_head, "match_home")):
        links = about(client, who, reverse(f"placements:{page}", args=[match.pk]))
        assert links == {request, *ast, *own, *office}, page


PAGES = (
    "placements:placement_detail",
    "placements:placement_history",
    "placements:placement_protocol",
    "placements:contract",
    "placements:placement_objectives",
    "evaluation:placement_diary",
    "evaluation:meetings",
)


@pytest.mark.parametrize("who", ["coordinator", "host_head", "home_head", "ast", "consultant"])
def test_r_20_11_every_link_on_every_page_of_a_placement_opens(client: Client, cast: Cast, who: str) -> None:
    placement = stories.issued(cast)
    seen: set[str] = set()
    for page in PAGES:
        url = reverse(page, args=[placement.pk])
        links = about(client, getattr(cast, who), url)
        assert url not in links
        assert links & {placement.get_absolute_url(), reverse("placements:request_detail", args=[placement.request_id])}
        seen |= links
    for link in sorted(seen):
        if link.startswith("/"):
            assert client.get(link).status_code == 200, (who, link)
    assert reverse("placements:contract", args=[placement.pk]) in seen
    assert reverse("placements:placement_protocol", args=[placement.pk]) in seen


def test_r_20_11_telephone_and_email_are_for_those_who_may_have_them(client: Client, cast: Cast) -> None:
    placement = stories.issued(cast)
    url = placement.get_absolute_url()
    host, home, ast = "tel:01632960001", "tel:01632960002", f"mailto:{cast.ast.email}"
    for who, may, may_not in (
        (cast.coordinator, {host, home, ast}, set()),
        (cast.host_head, {host, ast}, {home}),
        (cast.home_head, {home, ast}, {host}),
        (cast.ast, {host, home, ast}, set()),
    ):
        links = about(client, who, url)
        assert may <= links, who
        assert not may_not & links, who


def test_r_20_11_a_request_leads_to_what_came_of_it(client: Client, cast: Cast) -> None:
    placement = cast.placement()
    url = reverse("placements:request_detail", args=[placement.request_id])
    for who in (cast.coordinator, cast.host_head):
        client.force_login(who)
        assert placement.get_absolute_url() in LINKS.findall(client.get(url).content.decode())
    assert cast.host.get_absolute_url() in about(client, cast.host_head, url)


def test_who_may_open_an_asts_page_is_said_the_same_twice(cast: Cast) -> None:
    candidate = PostFactory(home=cast.elsewhere, status=PostStatus.CANDIDATE)
    for post in (cast.post, candidate):
        for who in vars(cast).values():
            if isinstance(who, User):
                found = Post.objects.visible_to(who).filter(pk=post.pk).exists()
                assert can_see(who, post) == found, (who, post.status)


def test_r_20_11_back_returns_to_the_list_as_it_was_filtered(client: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, status=RequestStatus.SUBMITTED)
    client.force_login(cast.coordinator)
    here = f"{reverse('placements:queue')}?q=fernleigh&group=all"
    links = LINKS.findall(client.get(here).content.decode())
    detail = reverse("placements:request_detail", args=[asked.pk])
    [row] = [link for link in links if link.startswith(detail)]
    assert back_of(client, row.replace("&amp;", "&")) == here
    assert back_of(client, detail) == reverse("placements:queue")


def test_r_20_11_back_keeps_the_filter_after_a_form_or_a_button(client: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, status=RequestStatus.SUBMITTED)
    client.force_login(cast.coordinator)
    site = "http://testserver"
    here = f"{reverse('placements:queue')}?q=fernleigh&group=all"
    detail = reverse("placements:request_detail", args=[asked.pk])
    page = f"{detail}?{urlencode({'back': here})}"
    assert back_of(client, page) == here
    done = client.post(
        reverse("placements:request_take_up", args=[asked.pk]), headers={"referer": site + page}, follow=True
    )
    assert done.redirect_chain[-1][0] == detail
    assert back_on(done) == here
    form = reverse("placements:request_decline", args=[asked.pk])
    again = client.get(detail, headers={"referer": site + form})
    assert back_on(again) == here
    person_page = reverse("staff:person_add")
    people = f"{reverse('staff:people')}?name=zz"
    wrong = client.post(f"{person_page}?{urlencode({'back': people})}", {})
    assert back_on(wrong) == people
    bare = client.get(detail, headers={"referer": site + reverse("placements:queue")})
    assert back_on(bare) == reverse("placements:queue")


def test_a_list_that_nobody_filtered_has_bare_links(client: Client, cast: Cast) -> None:
    asked = RequestFactory(host=cast.host, status=RequestStatus.SUBMITTED)
    placement = cast.placement()
    client.force_login(cast.coordinator)
    queue = LINKS.findall(client.get(reverse("placements:queue")).content.decode())
    detail = reverse("placements:request_detail", args=[asked.pk])
    # The queue that nobody narrowed is a view as well, through which one goes from request to request.
    assert [link for link in queue if link.startswith(detail)] == [f"{detail}?view="]
    placements = LINKS.findall(client.get(reverse("placements:placement_list")).content.decode())
    assert placement.get_absolute_url() in placements


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/no-such-page/",
        "/%0d%0aLocation:evil.example",
        "",
        "/requests/queue/?q=" + "x" * 1200,
    ],
)
def test_r_20_11_back_leads_to_no_other_place(client: Client, cast: Cast, wanted: str) -> None:
    asked = RequestFactory(host=cast.host, status=RequestStatus.SUBMITTED)
    client.force_login(cast.coordinator)
    url = reverse("placements:request_detail", args=[asked.pk])
    assert back_of(client, f"{url}?back={quote(wanted)}") == reverse("placements:queue")


def test_r_20_1_a_list_says_what_other_states_hold(client: Client, cast: Cast) -> None:
    RequestFactory(host=cast.host, status=RequestStatus.PLACED)
    RequestFactory(host=cast.host, status=RequestStatus.DECLINED, ending="no_days")
    client.force_login(cast.coordinator)
    html = client.get(reverse("placements:queue"), {"q": "fernleigh"}).content.decode()
    assert "There are no requests" in html
    [link] = re.findall(r'href="([^"]+)">2 elsewhere<', html)
    everything = client.get(reverse("placements:queue") + link.replace("&amp;", "&")).content.decode()
    assert "<strong>2 requests</strong>" in everything
    assert "elsewhere" not in everything
    assert "elsewhere" not in client.get(reverse("placements:queue")).content.decode()


@pytest.mark.parametrize(
    ("page", "query"),
    [("schools:list", "q"), ("placements:placement_list", "name"), ("staff:posts", "name")],
)
def test_r_20_1_so_do_the_other_lists(client: Client, cast: Cast, page: str, query: str) -> None:
    cast.placement()
    School.objects.filter(pk=cast.host.pk).update(status="closed")
    words = {"schools:list": {}, "placements:placement_list": {"status": "active"}, "staff:posts": {"status": "left"}}
    looked_for = "fernleigh" if page != "staff:posts" else "castellow"
    client.force_login(cast.coordinator)
    html = client.get(reverse(page), {query: looked_for, **words[page]}).content.decode()
    assert "1 elsewhere" in html


@pytest.mark.parametrize("number", ["R{}", "r{}", "{}", "R0000{}"])
def test_a_list_finds_its_numbers_too(client: Client, cast: Cast, number: str) -> None:
    asked = RequestFactory(host=cast.host, status=RequestStatus.SUBMITTED)
    client.force_login(cast.coordinator)
    html = client.get(reverse("placements:queue"), {"q": number.format(asked.pk)}).content.decode()
    assert "<strong>1 request</strong>" in html


OFFICE_MENU = ["Home", "Requests", "Placements", "ASTs", "Schools", "Reports", "More"]


def menu(client: Client, user: Any, url: str = "/") -> list[str]:
    client.force_login(user)
    return [item["text"] for item in client.get(url).context["navigation"]]


def test_r_20_1_the_office_has_a_short_menu(client: Client, cast: Cast) -> None:
    for who in (cast.coordinator, cast.administrator, cast.officer, cast.consultant):
        assert [item for item in menu(client, who) if item != "Week"] == OFFICE_MENU
    for who in (cast.host_head, cast.ast, cast.chair):
        assert len(menu(client, who)) <= 8


def test_what_is_for_now_and_then_stands_in_groups(client: Client, cast: Cast) -> None:
    client.force_login(cast.coordinator)
    groups = client.get(reverse("more")).context["groups"]
    assert [heading for heading, _ in groups][:2] == ["Requests and placements", "ASTs"]
    labels = {heading: [label for label, _, _ in rows] for heading, rows in groups}
    assert {"Matches", "Plans", "Reviews", "Evaluations"} <= set(labels["Requests and placements"])
    assert "Letters" in labels["Schools"]
    assert {"People", "Policy", "Audit trail"} <= set(labels["Running the service"])
    assert labels["Your account"][-1] == "Security"


def test_what_serves_a_list_stands_above_it_and_marks_it_in_the_menu(client: Client, cast: Cast) -> None:
    client.force_login(cast.coordinator)
    assert [label for label, _ in client.get(reverse("placements:queue")).context["beside"]][:2] == ["Matches", "Plans"]
    asked = RequestFactory(host=cast.host, status=RequestStatus.SUBMITTED)
    for url in (reverse("placements:matches"), reverse("placements:request_detail", args=[asked.pk])):
        items = client.get(url).context["navigation"]
        assert [item["text"] for item in items if item["active"]] == ["Requests"], url


def test_the_header_has_the_search_and_the_way_out_for_everybody(client: Client, cast: Cast) -> None:
    for who in (cast.coordinator, cast.host_head, cast.ast, cast.chair):
        client.force_login(who)
        header = client.get("/").content.decode().split("</header>")[0]
        assert 'role="search"' in header
        assert "Sign out" in header
        assert who.has_role(*Role.values)
    client.logout()
    assert 'role="search"' not in client.get("/accounts/login/code/").content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_a_search_of_a_list_stays_within_its_queries(client: Client, cast: Cast, rows: int) -> None:
    RequestFactory.create_batch(rows, host=cast.host, status=RequestStatus.PLACED)
    client.force_login(cast.coordinator)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("placements:queue"), {"q": "fernleigh"}).status_code == 200
    assert len(captured) <= 12
