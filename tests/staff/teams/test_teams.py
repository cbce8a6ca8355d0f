"""ASTs of one school in a team, with a lead and a shared aim (R-3.18)."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from staff.posts.models import Post
from staff.teams.actions import TEAMS
from staff.teams.models import Team
from tests.cast import Cast
from tests.factories import PostFactory, person
from tests.schools.pages import signed_in
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db


def posts(cast: Cast) -> list[Post]:
    """Three ASTs at one school."""
    return [
        cast.post,
        PostFactory(home=cast.home, user__name="Đorđe Łęcki"),
        PostFactory(home=cast.home, user__name="Anwen Pryce"),
    ]


def made(cast: Cast, **changes: Any) -> Team:
    lead, *others = posts(cast)
    given = {"name": "Numbers everywhere", "aim": "One way to teach ratio", "lead": lead, "members": others}
    return TEAMS.save(**{"by": cast.home_head, **given, **changes})


def url(page: str, *args: Any) -> str:
    return reverse(f"staff:{page}", args=args)


def test_r_3_18_three_asts_at_one_school_are_one_record(cast: Cast) -> None:
    """Given 3 ASTs at one school, when teamed, then one record shows all."""
    lead, *others = posts(cast)
    head = signed_in(cast.home_head)
    sent = {"name": "Numbers everywhere", "aim": "One way to teach ratio", "lead": lead.pk}
    done = head.post(url("team_add"), {**sent, "members": [post.pk for post in others]})
    assert done.status_code == 302, text(done)
    team = Team.objects.get()
    assert (team.school, team.lead, team.members.count()) == (cast.home, lead, 3)
    shown = text(head.get(url("team", team.pk)))
    assert "Lead Wren Castellow" in shown
    assert "Anwen Pryce" in shown
    assert "Đorđe Łęcki" in shown
    assert "Shared aim One way to teach ratio" in shown
    listed = text(head.get(url("teams")))
    assert "Numbers everywhere Hollowbrook School Wren Castellow Anwen Pryce, Wren Castellow, Đorđe Łęcki" in listed


def test_r_3_18_what_makes_it_wrong_is_said_at_its_field(cast: Cast) -> None:
    lead = posts(cast)[0]
    stranger = PostFactory(home=cast.elsewhere, user__name="Isolde Marsh")
    office = signed_in(cast.coordinator)
    whole = {"name": "Numbers", "aim": "Ratio", "lead": lead.pk, "members": [stranger.pk]}
    for sent, words in (
        ({}, "Enter what the team is called"),
        ({}, "Enter the aim that the team shares"),
        ({}, "Select who leads the team"),
        ({**whole, "members": []}, "Select at least one more AST beside the lead"),
        (whole, "Isolde Marsh does not hold an AST post at Hollowbrook School"),
        ({**whole, "members": ["9" * 30]}, "There is a problem"),
        ({**whole, "name": "x" * 101}, "100 characters or fewer"),
    ):
        assert words in office.post(url("team_add"), sent).content.decode(), words
    assert not Team.objects.exists()
    made(cast)
    with pytest.raises(Refused, match="has a team of this name already"):
        TEAMS.save(by=cast.coordinator, name="NUMBERS everywhere", aim="x", lead=cast.post, members=[])
    with pytest.raises(IntegrityError), transaction.atomic():
        Team.objects.create(school=cast.home, name="NUMBERS EVERYWHERE", aim="x", lead=cast.post)


def test_r_3_18_who_has_left_cannot_be_chosen_and_is_marked(cast: Cast) -> None:
    team = made(cast)
    other = team.members.exclude(pk=cast.post.pk).order_by("pk")[0]
    Post.objects.filter(pk=other.pk).update(status="left", ends_on="2026-09-30")
    shown = text(signed_in(cast.ast).get(url("team", team.pk)))
    assert f"{other.name} (not at this school now)" in shown
    with pytest.raises(Refused, match="does not hold an AST post"):
        TEAMS.save(row=team, by=cast.home_head, lead=cast.post, members=[Post.objects.get(pk=other.pk)], aim="Another")


@pytest.mark.parametrize("who", ["home_head", "coordinator"])
def test_r_3_18_a_team_whose_lead_has_left_says_so_and_is_given_another(cast: Cast, who: str) -> None:
    team = made(cast)
    Post.objects.filter(pk=cast.post.pk).update(status="left", ends_on="2026-09-30")
    keeper = signed_in(getattr(cast, who))
    shown = text(keeper.get(url("team", team.pk)))
    assert "This team has no lead: its lead left on 30 September 2026 (Wren Castellow)." in shown
    assert "No lead" in text(keeper.get(url("teams")))
    others = list(team.members.exclude(pk=cast.post.pk).values_list("pk", flat=True))
    sent = {"name": team.name, "aim": team.aim, "lead": others[0], "members": others}
    done = keeper.post(url("team_change", team.pk), sent)
    assert done.status_code == 302, text(done)
    team.refresh_from_db()
    assert (team.lead_id, set(team.members.values_list("pk", flat=True))) == (others[0], set(others))
    assert "has no lead" not in text(keeper.get(url("team", team.pk)))


def test_r_3_18_a_team_whose_lead_has_moved_says_so(cast: Cast) -> None:
    team = made(cast)
    cast.post.moves.create(left=cast.home, home=cast.elsewhere, on="2026-10-01", done=True)
    Post.objects.filter(pk=cast.post.pk).update(home=cast.elsewhere)
    shown = text(signed_in(cast.home_head).get(url("team", team.pk)))
    assert "This team has no lead: its lead moved to another school on 1 October 2026" in shown
    Post.objects.filter(pk=cast.post.pk).update(home=cast.home, status="passed", starts_on=None)
    shown = text(signed_in(cast.home_head).get(url("team", team.pk)))
    assert "This team has no lead: its lead is not in post (Wren Castellow)" in shown


def test_r_3_18_the_own_head_and_the_coordinator_keep_it(cast: Cast) -> None:
    team = made(cast)
    for other in (cast.outsider, cast.host_head):
        with pytest.raises(PermissionDenied):
            made(cast, by=other)
        assert signed_in(other).get(url("team_change", team.pk)).status_code == 404
    for other in (cast.administrator, cast.ast, cast.officer, cast.consultant):
        assert signed_in(other).get(url("team_add")).status_code == 403
    theirs = signed_in(cast.outsider).post(
        url("team_add"), {"name": "x", "aim": "x", "lead": cast.post.pk, "members": []}
    )
    assert theirs.status_code == 200, "nobody chooses another school's AST"
    office = signed_in(cast.coordinator)
    members = [post.pk for post in team.members.all()]
    sent = {"name": team.name, "aim": "Another aim", "lead": members[1], "members": members}
    assert office.post(url("team_change", team.pk), sent).status_code == 302
    team.refresh_from_db()
    assert (team.aim, team.lead_id, team.members.count()) == ("Another aim", members[1], 3)
    assert AuditEvent.objects.about(team).filter(verb="team: changed").exists()
    assert office.post(url("team_remove", team.pk)).status_code == 302
    assert not Team.objects.exists()
    assert Post.objects.filter(pk__in=members).count() == 3


def test_r_3_18_who_reads_it(cast: Cast) -> None:
    governor = person("Gilda Marsh", "gilda@marlshire.example", Role.GOVERNOR, cast.home)
    team = made(cast)
    opens = {
        user.name: signed_in(user).get(url("team", team.pk)).status_code
        for user in (
            cast.coordinator,
            cast.administrator,
            cast.home_head,
            governor,
            cast.ast,
            cast.outsider,
            cast.chair,
            cast.officer,
            PostFactory(home=cast.home, user__name="Not a member").user,
        )
    }
    assert [name for name, code in opens.items() if code == 200] == [
        "Bryony Quill",
        "Idris Fenwick-Moss",
        "Tamsin Ashgrove",
        "Gilda Marsh",
        "Wren Castellow",
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_with_one_and_with_thirty(cast: Cast, count: int) -> None:
    everybody = posts(cast)
    for number in range(count):
        team = Team.objects.create(school=cast.home, name=f"Team {number}", aim="An aim", lead=cast.post)
        team.members.set(everybody)
    client = signed_in(cast.coordinator)
    for address, most in ((url("teams"), 12), (url("team", team.pk), 15), (url("team_change", team.pk), 15)):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= most, [query["sql"][:90] for query in asked]
