"""Former ASTs stand on a board only if they said yes, with what they ticked, and leave it at once (R-3.17)."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import presets
from astcoord.core.clock import today
from astcoord.core.home import tasks_for
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.alumni import actions, links
from staff.alumni.models import AlumniEntry
from staff.alumni.tasks import write_to_alumni
from staff.posts.actions import leaving
from staff.posts.models import Post
from staff.posts.tasks import look_after_posts
from tests.cast import Cast
from tests.factories import PostFactory
from tests.schools.pages import signed_in
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

LAST = date(2026, 10, 23)
AFTER = datetime(2026, 10, 26, 9, tzinfo=UTC)
BOARD = "/people/former-asts/"
SAID = {"shows": ["name", "now"], "texts": {"now": "Deputy headteacher", "reach": "not ticked"}}
SENT = {"wish": "yes", "shows": ["name", "now"], "now": "Deputy headteacher", "reach": "not ticked", "offers": ""}


@pytest.fixture(autouse=True)
def switched_on(cast: Cast) -> None:
    Policy.objects.update(alumni=True)
    leaving.record(post=cast.post, last_day=LAST, destination="deputy", reason="Promoted", by=cast.coordinator)


def url(page: str, *args: Any) -> str:
    return reverse(f"staff:{page}", args=args)


def board(user: User) -> str:
    return text(signed_in(User.objects.get(pk=user.pk)).get(BOARD))


def own(cast: Cast) -> User:
    return User.objects.get(pk=cast.ast.pk)


def gone(clock: time_machine.Traveller) -> None:
    """The last day is over, and the night has been."""
    clock.move_to(AFTER)
    look_after_posts()


def link_in_mail() -> str:
    body = Message.objects.filter(kind="alumni-link").order_by("-pk")[0].body
    return str(re.search(r"https?://[^/\s]+(/people/former/\S+)", body).group(1))  # type: ignore[union-attr]


def test_r_3_17_without_a_yes_the_leaver_is_absent(cast: Cast, clock: time_machine.Traveller) -> None:
    """Given no opt-in, when the board loads, then the leaver is absent."""
    gone(clock)
    assert write_to_alumni() == 1
    shown = board(cast.coordinator)
    assert "Wren" not in shown
    assert "No former AST has said yet" in shown


def test_r_3_17_asked_before_the_last_day_and_shown_after_it(cast: Cast, clock: time_machine.Traveller) -> None:
    page = url("alumni_own", cast.post.pk)
    [task] = [t for t in tasks_for(own(cast), today()) if t.url == page]
    assert (task.title, task.due) == ("Say whether former colleagues may find you", LAST)
    ast = signed_in(own(cast))
    assert "May the board of former ASTs show you?" in text(ast.get(page))
    assert ast.post(page, SENT).status_code == 302
    assert not [t for t in tasks_for(own(cast), today()) if t.url == page]
    assert "Wren" not in board(cast.coordinator), "not before the last day is over"
    gone(clock)
    for reader in (cast.coordinator, cast.administrator, cast.consultant, PostFactory(home=cast.elsewhere).user):
        shown = board(reader)
        assert "Wren Castellow Deputy headteacher" in shown
        assert "not ticked" not in shown
    assert not AlumniEntry.objects.exclude(reach="").exists(), "what was not ticked is not kept"
    for other in (cast.officer, cast.home_head, cast.chair):
        assert signed_in(other).get(BOARD).status_code == 403


def test_r_3_17_without_the_name_nothing_tells_it(cast: Cast, clock: time_machine.Traveller) -> None:
    said = {"shows": ["offers"], "texts": {"offers": "A talk on fractions"}}
    actions.answer(post=cast.post, wish=True, by=cast.ast, **said)
    gone(clock)
    shown = board(cast.consultant)
    assert "A former AST" in shown
    assert "A talk on fractions" in shown
    assert "Wren" not in shown
    assert "Hollowbrook" not in shown
    found = signed_in(cast.consultant)
    assert "A talk on fractions" not in text(found.get(f"{BOARD}?words=Wren"))
    assert "A talk on fractions" in text(found.get(f"{BOARD}?words=FRACTIONS"))


def test_r_3_17_wrong_answers_say_what_to_do(cast: Cast) -> None:
    ast, page = signed_in(own(cast)), url("alumni_own", cast.post.pk)
    for sent, words in (
        ({}, "Select yes or no"),
        ({"wish": "yes"}, "Select what may stand on the board, or answer no"),
        ({"wish": "yes", "shows": ["now"], "now": " "}, "Enter what you do now"),
        ({"wish": "yes", "shows": ["reach"]}, "Enter how you can be reached"),
        ({"wish": "yes", "shows": ["offers"]}, "Enter what you offer"),
        ({"wish": "yes", "shows": ["salary"]}, "Select what may stand there from the list"),
        ({"wish": "yes", "shows": ["now"], "now": "x" * 201}, "200 characters or fewer"),
    ):
        assert words in text(ast.post(page, sent)), sent
    assert not AlumniEntry.objects.exists()
    assert ast.post(page, {"wish": "no", "shows": ["name"], "now": "x"}).status_code == 302
    entry = AlumniEntry.objects.get()
    assert (entry.on_board, entry.with_name, entry.now, entry.answered_on) == (False, False, "", today())
    with pytest.raises(IntegrityError), transaction.atomic():
        AlumniEntry.objects.update(now="Without a yes")


def test_r_3_17_removed_at_once_by_the_person(cast: Cast, clock: time_machine.Traveller) -> None:
    actions.answer(post=cast.post, wish=True, by=cast.ast, **SAID)
    ast, page = signed_in(own(cast)), url("alumni_own", cast.post.pk)
    assert "Take me off the board" in text(ast.get(page))
    assert ast.post(url("alumni_own_remove", cast.post.pk)).status_code == 302
    entry = AlumniEntry.objects.get()
    assert (entry.on_board, entry.with_name, entry.now) == (False, False, "")
    again = ast.post(url("alumni_own_remove", cast.post.pk), follow=True)
    assert "off the board already" in again.content.decode()
    gone(clock)
    assert "Wren" not in board(cast.coordinator)
    told = AuditEvent.objects.about(cast.post).filter(verb__startswith="Board of former ASTs")
    assert not [row for row in told if "Deputy" in str(row.after) + str(row.before)], "the words stand in no trail"


def test_r_3_17_after_the_last_day_a_link_does_it(cast: Cast, clock: time_machine.Traveller) -> None:
    gone(clock)
    assert signed_in(own(cast)).get(url("alumni_own", cast.post.pk)).status_code == 403, "the role has ended"
    assert (write_to_alumni(), write_to_alumni()) == (1, 0)
    client, link = Client(), link_in_mail()
    page = client.get(link)
    assert "May the board of former ASTs show you?" in text(page)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    assert "You are not on it" in Message.objects.get(kind="alumni-link").body
    assert client.post(link, SENT).status_code == 302
    assert "Wren Castellow Deputy headteacher" in board(cast.coordinator)
    assert "Take me off the board" in text(client.get(link))
    client.post(f"{link}off/")
    assert "Wren" not in board(cast.coordinator)
    assert client.post(link, SENT).status_code == 302, "and back, as they like"


def test_r_3_17_who_said_yes_before_is_told_so_and_who_said_no_is_left_alone(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    other = PostFactory(home=cast.elsewhere)
    leaving.record(post=other, last_day=LAST, destination="head", reason="Promoted", by=cast.coordinator)
    actions.answer(post=cast.post, wish=True, by=cast.ast, **SAID)
    actions.answer(post=other, wish=False, shows=(), texts={}, by=other.user)
    gone(clock)
    assert write_to_alumni() == 1
    message = Message.objects.get(kind="alumni-link")
    assert message.to_email == cast.ast.email
    assert "You stand on it with what you agreed to" in message.body


def test_r_3_17_links_end(cast: Cast, clock: time_machine.Traveller) -> None:
    gone(clock)
    write_to_alumni()
    link = link_in_mail()
    Client().post(link, SENT)
    clock.move_to(datetime(2026, 12, 1, 9, tzinfo=UTC))
    old = Client().get(link)
    assert (old.status_code, "Send me a new link" in old.content.decode()) == (410, True)
    assert "Wren" not in old.content.decode()
    assert "on its way" in text(Client().post(f"{link}new-link/"))
    assert Message.objects.filter(kind="alumni-link").count() == 2
    fresh = link_in_mail()
    assert Client().get(fresh).status_code == 200
    assert Client().post(f"{fresh}new-link/").status_code == 410, "a link that works needs no new one"
    office = signed_in(cast.coordinator)
    assert "Take off" in text(office.get(BOARD))
    assert "Take off the board: Wren Castellow" in text(office.get(url("alumni_remove", cast.post.pk)))
    assert office.post(url("alumni_remove", cast.post.pk)).status_code == 302
    assert "Wren" not in board(cast.coordinator)
    assert Client().get(fresh).status_code == 410, "taken off by the office, the link does not put it back"
    assert Client().post(fresh, SENT).status_code == 410
    assert office.get(url("alumni_remove", cast.post.pk)).status_code == 404
    assert Client().get("/people/former/forged/").status_code == 404


def test_r_3_17_nobody_puts_somebody_else_on(cast: Cast) -> None:
    for other in (cast.coordinator, cast.home_head, cast.officer):
        with pytest.raises(PermissionDenied):
            actions.answer(post=cast.post, wish=True, by=other, **SAID)
    actions.answer(post=cast.post, wish=True, by=cast.ast, **SAID)
    for other in (cast.home_head, cast.officer, cast.consultant):
        with pytest.raises(PermissionDenied):
            actions.remove(post=cast.post, by=other)
    stranger = PostFactory(home=cast.elsewhere)
    assert signed_in(stranger.user).get(url("alumni_own", cast.post.pk)).status_code == 404
    assert signed_in(stranger.user).get(url("alumni_own", stranger.pk)).status_code == 404, "nobody is leaving there"


def test_r_3_17_who_stays_after_all_is_not_on_the_board(cast: Cast, clock: time_machine.Traveller) -> None:
    actions.answer(post=cast.post, wish=True, by=cast.ast, **SAID)
    gone(clock)
    leaving.take_back(post=Post.objects.get(pk=cast.post.pk), reason="Stays", by=cast.coordinator)
    assert "Wren" not in board(cast.coordinator)
    with pytest.raises(PermissionDenied):
        actions.answer(post=Post.objects.get(pk=cast.post.pk), wish=True, by=cast.ast, **SAID)


def test_where_it_is_switched_off_there_is_nothing_of_it(cast: Cast, clock: time_machine.Traveller) -> None:
    actions.answer(post=cast.post, wish=True, by=cast.ast, **SAID)
    token = links.token_for(AlumniEntry.objects.select_related("post__user").get())
    more = reverse("more")
    assert "Former ASTs" in text(signed_in(cast.coordinator).get(more))
    Policy.objects.update(alumni=False)
    assert "Former ASTs" not in text(signed_in(cast.coordinator).get(more))
    assert signed_in(cast.coordinator).get(BOARD).status_code == 404
    assert signed_in(own(cast)).get(url("alumni_own", cast.post.pk)).status_code == 404
    assert Client().get(url("alumni_by_link", token)).status_code == 404
    AlumniEntry.objects.all().delete()
    assert not [t for t in tasks_for(own(cast), today()) if "former colleagues" in t.title]
    gone(clock)
    assert write_to_alumni() == 0
    assert [name for name in presets.NAMES if presets.settings_of(name).get("alumni")] == ["bradford"]


def test_two_at_once_are_told(cast: Cast, clock: time_machine.Traveller) -> None:
    actions.answer(post=cast.post, wish=True, by=cast.ast, **SAID)
    actions.remove(post=cast.post, by=cast.ast)
    with pytest.raises(Refused, match="off the board already"):
        actions.remove(post=cast.post, by=cast.coordinator)


@pytest.mark.parametrize("count", [1, 30])
def test_the_board_costs_the_same_with_one_and_with_thirty(
    cast: Cast, clock: time_machine.Traveller, count: int
) -> None:
    for number in range(count):
        post = PostFactory(home=cast.home, status="left", ends_on=date(2026, 7, 22), user__name=f"Łucja Ö {number}")
        AlumniEntry.objects.create(post=post, on_board=True, with_name=True, answered_on=date(2026, 7, 1))
    client = signed_in(cast.coordinator)
    client.get(BOARD)
    with CaptureQueriesContext(connection) as asked:
        assert "Łucja Ö 0" in text(client.get(BOARD))
    assert len(asked) <= 12, [query["sql"][:90] for query in asked]


def test_consultants_of_any_subject_read_the_board(cast: Cast) -> None:
    assert Role.CONSULTANT in {role.role for role in cast.consultant.current_roles}
    assert signed_in(cast.consultant).get(BOARD).status_code == 200
