"""The pages of ASTs and people, as those who use them see them."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placements.days import ledger
from schools.register.actions import add_status
from staff.accounts.models import User
from staff.expertise.vocabulary import Subject
from staff.posts.models import Post
from staff.posts.reads.posts import more_cards
from tests.cast import Cast
from tests.factories import PostFactory, UserFactory
from tests.schools.pages import boxes

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"staff:{name}", args=args)


def read(client: Client, person: User, path: str, **query: Any) -> str:
    client.force_login(person)
    response = client.get(path, query)
    assert response.status_code == 200, path
    return response.content.decode()


def status(client: Client, person: User, path: str) -> int:
    client.force_login(person)
    return client.get(path).status_code


def test_r_5_5_heads_browse_the_expertise_without_names(cast: Cast, client: Client) -> None:
    music = PostFactory(subjects=(Subject.MUSIC,))
    page = read(client, cast.outsider, url("expertise"), subject="music")
    assert "1 AST" in page
    assert "Music</t" in page
    assert "Mathematics and numeracy, " not in page
    assert music.name not in page
    assert music.home.name not in page
    assert "No days left" in page
    assert music.name in read(client, cast.coordinator, url("expertise"))
    ledger.open_budget(music, cast.year)
    assert "No days left" not in read(client, cast.outsider, url("expertise"), subject="music")


def test_r_5_5_the_file_for_heads_has_no_names_either(cast: Cast, client: Client) -> None:
    client.force_login(cast.outsider)
    text = b"".join(client.get(url("expertise"), {"export": "csv"})).decode()
    assert "Available" in text
    assert cast.ast.name not in text


def test_r_3_5_the_register_finds_what_needs_attention(cast: Cast, client: Client) -> None:
    PostFactory(user=UserFactory(name="Corin Pemberley"), weekday=False)
    PostFactory(user=UserFactory(name="Sorrel Ainsworth"), checked_on=date(2025, 9, 1))
    PostFactory(user=UserFactory(name="Tansy Rookwood"), inducted=False)
    for check, name in (("no_pattern", "Corin"), ("stale", "Sorrel"), ("induction", "Tansy")):
        page = read(client, cast.administrator, url("posts"), check=check)
        assert "1 AST" in page
        assert name in page
    home = read(client, cast.administrator, "/tasks/")
    assert "ASTs without outreach time" in home
    assert "Profiles to be checked" in home


def test_r_3_4_a_consultant_sees_the_own_group_only(cast: Cast, client: Client) -> None:
    music = PostFactory(subjects=(Subject.MUSIC,))
    page = read(client, cast.consultant, url("posts"))
    assert cast.post.name in page
    assert music.name not in page
    assert status(client, cast.consultant, url("post", music.pk)) == 404
    assert status(client, cast.consultant, url("post", cast.post.pk)) == 200


def test_section_g_who_sees_an_asts_page(cast: Cast, client: Client) -> None:
    path = url("post", cast.post.pk)
    for person, expected in (
        (cast.coordinator, 200),
        (cast.administrator, 200),
        (cast.officer, 200),
        (cast.ast, 200),
        (cast.home_head, 200),
        (cast.host_head, 404),
        (cast.outsider, 404),
        (cast.chair, 404),
    ):
        assert status(client, person, path) == expected, person
    assert "Funded by" not in read(client, cast.officer, path)
    assert "Funded by" in read(client, cast.home_head, path)


def test_r_1_5_the_employing_governors_are_named_as_accountable(cast: Cast, client: Client) -> None:
    page = read(client, cast.coordinator, url("post", cast.post.pk))
    assert f"The governing body of {cast.home.name}" in page


def test_r_4_9_a_home_school_in_difficulties_waives_outreach(cast: Cast, client: Client) -> None:
    add_status(cast.home, name="special_measures", starts_on=date(2026, 9, 1), by=cast.coordinator)
    assert "Some is recommended" in read(client, cast.ast, url("post", cast.post.pk))


def test_r_4_10_asts_without_outreach_time_are_listed_by_phase(cast: Cast, client: Client) -> None:
    primary = PostFactory(weekday=False, home__phase="primary")
    secondary = PostFactory(weekday=False, home__phase="secondary")
    page = read(client, cast.coordinator, url("posts"), check="no_pattern", phase="primary")
    assert primary.name in page
    assert secondary.name not in page
    assert cast.post.name not in page
    assert secondary.name in read(client, cast.coordinator, url("posts"), check="no_pattern")


def test_r_4_10_the_home_head_is_asked_for_the_pattern_and_sets_it(cast: Cast, client: Client) -> None:
    cast.post.patterns.all().delete()
    assert f"Set the outreach time of {cast.post.name}" in read(client, cast.home_head, "/")
    day = {"from_on_day": "6", "from_on_month": "10", "from_on_year": "2026"}
    client.post(url("pattern", cast.post.pk), {"day_2": "0.5", "day_3": "0.5", **day})
    assert len(Post.objects.get(pk=cast.post.pk).pattern_on(date(2026, 10, 6))) == 2
    assert "Wednesdays, half a day" in read(client, cast.home_head, url("post", cast.post.pk))
    again = client.post(url("pattern", cast.post.pk), day).content.decode()
    assert "Select at least half a day" in again
    assert status(client, cast.ast, url("pattern", cast.post.pk)) == 403


def test_r_3_5_the_ast_keeps_the_own_profile(cast: Cast, client: Client) -> None:
    client.force_login(cast.ast)
    assert client.get(url("own_post")).headers["Location"] == url("post", cast.post.pk)
    data = {
        "subjects": ["music", "drama"],
        "level_music": "3",
        "key_stages": ["ks1"],
        "work_types": ["cpd"],
        "pupil_groups": ["all"],
    }
    client.post(url("profile", cast.post.pk), data)
    levels = {e.subject: e.level for e in cast.post.expertise.all()}
    assert levels == {"music": 3, "drama": 2}
    wrong = client.post(url("profile", cast.post.pk), {**data, "subjects": []}).content.decode()
    assert "Select subjects and areas" in wrong or "Select at least one subject" in wrong


def test_r_2_11_funding_by_the_school_makes_outreach_encouraged_not_required(cast: Cast, client: Client) -> None:
    assert "Outreach is required." in read(client, cast.coordinator, url("post", cast.post.pk))
    sent = {"funding": "school", **boxes("starts_on", date(2026, 10, 6))}
    page = client.post(url("funding", cast.post.pk), sent, follow=True).content.decode()
    assert "Outreach is encouraged, not required." in page
    balance = read(client, cast.home_head, reverse("placements:balance", args=[cast.post.pk]))
    assert "Outreach is encouraged, not required." in balance
    assert status(client, cast.home_head, url("funding", cast.post.pk)) == 403


def test_r_3_3_the_administrator_changes_profiles_and_approves_nothing(cast: Cast, client: Client) -> None:
    assert status(client, cast.administrator, url("profile", cast.post.pk)) == 200
    for name in ("post_add", "person_add"):
        assert status(client, cast.administrator, url(name)) == 403


def test_an_ast_in_post_is_added_on_one_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    assert client.get(url("post_add")).status_code == 200
    data = {
        "name": "Linnet Harrowgate",
        "email": "linnet@marlshire.example",
        "home": cast.elsewhere.pk,
        "fte": "0.5",
        "governors_decided_on_day": "14",
        "governors_decided_on_month": "3",
        "governors_decided_on_year": "2024",
        "governors_minute": "2024/17",
        "responsible_for": "Music in every key stage.",
        "passed_on_day": "2",
        "passed_on_month": "5",
        "passed_on_year": "2024",
        "assessor": "National assessment agency",
        "starts_on_day": "1",
        "starts_on_month": "9",
        "starts_on_year": "2024",
        "reason": "In post before this service began",
    }
    undecided = {name: value for name, value in data.items() if not name.startswith("governors_decided")}
    refused = client.post(url("post_add"), undecided).content.decode()
    assert "A post needs the decision of the school’s governors: enter its date" in refused
    page = client.post(url("post_add"), data, follow=True).content.decode()
    assert "14 March 2024, minute 2024/17" in page
    assert "Linnet Harrowgate is recorded as in post." in page
    for gap in ("Induction unfinished", "Outreach time not set", "Profile not filled in"):
        assert gap in page
    assert "Fill in what the AST offers" in page
    assert "ASTs whose profile is not filled in" in client.get("/tasks/").content.decode()
    post = Post.objects.get(user__email="linnet@marlshire.example")
    assert ledger.balance(post, cast.year).budget == 19
    again = client.post(url("post_add"), data).content.decode()
    assert "already has a post at" in again


def test_r_4_11_the_years_page(cast: Cast, client: Client) -> None:
    path = reverse("placements:balance", args=[cast.post.pk])
    page = read(client, cast.ast, path)
    assert "38 days" in page
    assert "Free for new placements" in page
    assert status(client, cast.host_head, path) == 404
    assert "No budget has been opened" in read(
        client, cast.coordinator, reverse("placements:balance", args=[PostFactory().pk])
    )


def test_people_pages(cast: Cast, client: Client) -> None:
    page = read(client, cast.coordinator, url("people"), name="rowan")
    assert "1 person" in page
    assert "Headteacher, Fernleigh Primary School" in page
    data = {"name": "Nerys Holloway", "email": "n@marlshire.example", "role": "governor", "is_chair": "on"}
    assert "Select the school" in client.post(url("person_add"), data).content.decode()
    shown = client.post(url("person_add"), {**data, "school": cast.host.pk}, follow=True).content.decode()
    assert "(chair)" in shown
    role = User.objects.get(email="n@marlshire.example").roles.get()
    end = {"ends_on_day": "6", "ends_on_month": "10", "ends_on_year": "2026"}
    client.post(url("role_end", role.pk), end)
    role.refresh_from_db()
    assert role.ends_on == date(2026, 10, 6)
    assert status(client, cast.administrator, url("people")) == 200
    assert status(client, cast.administrator, url("person_change", cast.ast.pk)) == 403
    assert status(client, cast.officer, url("people")) == 403


@pytest.mark.parametrize("name", ["posts", "expertise", "people"])
def test_lists_cost_the_same_at_one_and_at_thirty(cast: Cast, client: Client, name: str) -> None:
    client.force_login(cast.coordinator)

    def cost() -> int:
        client.get(url(name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(name)).status_code == 200
        return own(queries)

    few = cost()
    PostFactory.create_batch(30)
    assert cost() == few <= 12


def test_the_asts_page_costs_few_queries(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    client.get(url("post", cast.post.pk))  # the first time a day it is written down who looked
    with CaptureQueriesContext(connection) as queries:
        client.get(url("post", cast.post.pk))
    assert own(queries) <= 15 + len(more_cards), "and one for each room with a card of its own"


def own(queries: CaptureQueriesContext) -> int:
    """Without those of the library that notes when a session was last used."""
    return len([q for q in queries if "usersession" not in q["sql"] and "SAVEPOINT" not in q["sql"]])
