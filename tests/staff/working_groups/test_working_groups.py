"""Working groups: members, needs found, actions; what is overdue; who keeps and who reads them (R-3.15)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astcoord.core.clock import today
from astcoord.core.home import tasks_for
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.posts.events import Leaving
from staff.posts.models import Post
from staff.working_groups import consequences
from staff.working_groups.actions import ACTIONS, GROUPS
from staff.working_groups.models import GroupAction, WorkingGroup
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory, person
from tests.staff.secondments.telling import Reader, day

pytestmark = pytest.mark.django_db
NAME, NEED = "Reading across subjects", "Year 7 cannot read our textbooks"


@pytest.fixture
def other(cast: Cast) -> Post:
    user = person("Fenn Ólafsdóttir", "fenn@marlshire.example", Role.AST, SchoolFactory(name="Larkfield School"))
    return PostFactory(user=user, home=user.roles.get().school, subjects=("music",))


@pytest.fixture
def group(cast: Cast, other: Post) -> WorkingGroup:
    return made(cast, other)


def made(cast: Cast, other: Post, **said: Any) -> WorkingGroup:
    given = {"name": NAME, "aim": "Find out what helps", "needs": "", "members": [cast.post, other]}
    return GROUPS.save(by=cast.coordinator, **{**given, **said})


def action(cast: Cast, group: WorkingGroup, **said: Any) -> GroupAction:
    given = {"text": "Ask heads of year", "owner": cast.post, "due_on": today() + timedelta(days=7), "by": cast.ast}
    return ACTIONS.save(**{**given, "group": group, **said})


def late(cast: Cast, group: WorkingGroup) -> GroupAction:
    row = action(cast, group)
    GroupAction.objects.filter(pk=row.pk).update(due_on=today() - timedelta(days=1))
    return GroupAction.objects.get(pk=row.pk)


def todo(user: User) -> list[str]:
    return [task.title for task in tasks_for(User.objects.get(pk=user.pk), today())]


def test_r_3_15_members_needs_and_actions_stand_in_one_record(cast: Cast, other: Post) -> None:
    office, ast = Reader(cast.coordinator), Reader(cast.ast)
    asked = {"name": NAME, "aim": "Find out what helps", "members": [cast.post.pk, other.pk]}
    assert "Select at least two" in office.send("working_group_add", **{**asked, "members": [other.pk]})
    assert office.send("working_group_add", **asked) == ""
    assert "of this name already" in office.send("working_group_add", **{**asked, "name": NAME.upper()})
    group = WorkingGroup.objects.get()
    assert ast.send("working_group_change", group.pk, name=NAME, aim=group.aim, needs=NEED) == ""
    who = f"{group.pk}-{other.pk}"
    due = day("due_on", today() + timedelta(days=7))
    assert ast.send("group_action_add", text="Collect texts, 好", who=who, **due) == ""
    row = GroupAction.objects.get()
    assert (row.group, row.owner) == (group, other)
    page = Reader(other.user).text("working_group", group.pk)
    assert [w for w in (NEED, cast.post.name, other.name, "Collect texts, 好", "To be done") if w not in page] == []


def test_r_3_15_an_action_due_is_listed_when_it_is_overdue(cast: Cast, group: WorkingGroup) -> None:
    """Given an action due, when overdue, then listed: on its page, in the list, on the first pages."""
    row = action(cast, group, due_on=today())
    assert "Overdue actions of working groups" not in todo(cast.coordinator)
    row = late(cast, group)
    office = Reader(cast.coordinator)
    listed = office.get("group_actions", state="overdue")
    assert str(row) in listed.content.decode()
    assert "1 action" in listed.content.decode()
    assert "Overdue" in office.get("group_actions", state="overdue", export="csv").getvalue().decode()
    assert "(Overdue)" in office.text("working_group", group.pk)
    assert "Overdue actions of working groups" in todo(cast.coordinator)
    assert todo(cast.ast)[0] == f"{group}: {row}"


def test_r_3_15_an_action_is_done_and_not_done_after_all(cast: Cast, group: WorkingGroup, other: Post) -> None:
    row, member = late(cast, group), Reader(other.user)
    assert member.send("group_action_done", row.pk) == ""
    assert f"{group}: {row}" not in todo(cast.ast)
    with pytest.raises(Refused, match="is done"):
        ACTIONS.save(row=GroupAction.objects.get(pk=row.pk), text="Another", by=cast.ast)
    assert "Change it" not in member.text("group_action", row.pk)
    assert member.send("group_action_reopen", row.pk) == ""
    assert f"{group}: {row}" in todo(cast.ast)
    changed = {"text": "Ask all heads", "who": f"{group.pk}-{other.pk}", **day("due_on", today())}
    assert member.send("group_action_change", row.pk, **changed) == ""
    row.refresh_from_db()
    assert (row.text, row.owner, row.due_on) == ("Ask all heads", other, today())
    assert member.send("group_action_remove", row.pk) == ""
    assert not GroupAction.objects.exists()


def test_r_3_15_an_overdue_action_is_worded_better_without_another_day(cast: Cast, group: WorkingGroup) -> None:
    row = late(cast, group)
    assert ACTIONS.save(row=row, text="Ask heads of year 7", by=cast.ast).text == "Ask heads of year 7"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": " "}, "Enter what is to be done"),
        ({"due_on": date(2026, 9, 1)}, "today or later"),
        ({"due_on": date(2126, 9, 1)}, "Check the year"),
    ],
)
def test_r_3_15_what_makes_an_action_wrong(cast: Cast, group: WorkingGroup, said: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        action(cast, group, **said)


def test_r_3_15_who_does_it_belongs_to_the_group_and_is_in_post(cast: Cast, group: WorkingGroup, other: Post) -> None:
    with pytest.raises(Refused, match="belongs to the group"):
        action(cast, group, owner=PostFactory())
    Post.objects.filter(pk=other.pk).update(ends_on=today() - timedelta(days=1))
    with pytest.raises(Refused, match="not in post now"):
        action(cast, group, owner=Post.objects.get(pk=other.pk))
    assert f"{other.name} (not in post now)" in Reader(cast.coordinator).text("working_group", group.pk)


def test_r_3_15_who_reads_and_who_keeps(cast: Cast, group: WorkingGroup) -> None:
    row = action(cast, group)
    stranger = person("Cato Wyndham", "cato@marlshire.example", Role.AST, SchoolFactory())
    PostFactory(user=stranger)
    drama = person("Ada Marlowe", "ada@marlshire.example", Role.CONSULTANT, subjects=("drama",))
    for user in (cast.coordinator, cast.administrator, cast.consultant, cast.ast):
        assert group.aim in Reader(user).text("working_group", group.pk), user
        assert row.text in Reader(user).text("group_actions")
    for user in (stranger, drama):
        assert Reader(user).status("working_group", group.pk) == 404
        assert Reader(user).status("group_action", row.pk) == 404
        assert group.name not in Reader(user).text("working_groups")
        with pytest.raises(PermissionDenied):
            action(cast, group, by=user)
    for user in (cast.home_head, cast.officer, cast.chair):
        assert (Reader(user).status("working_groups"), Reader(user).status("group_actions")) == (403, 403)
    assert Reader(cast.consultant).status("group_action_add") == 403
    with pytest.raises(PermissionDenied):
        ACTIONS.end(row=row, by=cast.consultant)


def test_r_3_15_who_belongs_to_it_is_the_offices_to_say(cast: Cast, group: WorkingGroup, other: Post) -> None:
    ast = Reader(cast.ast)
    assert ast.status("working_group_add") == 403
    assert "Who belongs to it?" not in ast.text("working_group_change", group.pk)
    assert "End the group" not in ast.text("working_group", group.pk)
    for act in (GROUPS.end, GROUPS.remove):
        with pytest.raises(PermissionDenied):
            act(row=group, by=cast.ast)
    with pytest.raises(PermissionDenied):
        GROUPS.save(row=group, members=[cast.post], by=cast.ast)
    row, third = action(cast, group), PostFactory()
    with pytest.raises(Refused, match="Give it to somebody else"):
        GROUPS.save(row=group, members=[other, third], by=cast.coordinator)
    ACTIONS.save(row=row, owner=other, by=cast.ast)
    GROUPS.save(row=group, members=[other, third], by=cast.coordinator)
    assert Reader(cast.ast).status("working_group", group.pk) == 404


def test_r_3_15_a_group_ends_and_goes_on(cast: Cast, group: WorkingGroup, other: Post) -> None:
    row, office = late(cast, group), Reader(cast.coordinator)
    with pytest.raises(Refused, match="End it instead"):
        GROUPS.remove(row=group, by=cast.coordinator)
    assert office.send("working_group_end", group.pk) == ""
    assert "Overdue actions of working groups" not in todo(cast.coordinator)
    assert f"{group}: {row}" not in todo(cast.ast)
    with pytest.raises(Refused, match="has ended"):
        action(cast, WorkingGroup.objects.get(), by=cast.coordinator)
    assert "It is done" not in Reader(cast.ast).text("group_action", row.pk)
    again = made(cast, other)
    with pytest.raises(Refused, match="of this name already"):
        GROUPS.resume(row=group, by=cast.coordinator)
    GROUPS.remove(row=again, by=cast.coordinator)
    assert office.send("working_group_resume", group.pk) == ""
    assert f"{group}: {row}" in todo(cast.ast)


def test_r_17_7_actions_of_somebody_who_leaves_are_named(cast: Cast, group: WorkingGroup) -> None:
    row = action(cast, group)
    event = Leaving(cast.post, last_day=today(), today=today())
    assert [hanging.what for hanging in consequences.of_leaving(event)] == [f"{group}: {row}"]


def test_r_3_15_lists_cost_the_same_with_thirty(cast: Cast, other: Post) -> None:
    reader, costs = Reader(cast.coordinator), []
    for more in (1, 29):
        for number in range(more):
            group = made(cast, other, name=f"Group {more} {number}", members=[cast.post, other, PostFactory()])
            action(cast, group)
        for page in (("working_groups",), ("group_actions",), ("working_group", group.pk)):
            reader.get(*page)
            with CaptureQueriesContext(connection) as queries:
                reader.get(*page)
            costs.append(len(queries))
    assert costs[:3] == costs[3:]
    assert max(costs) <= 12, costs
