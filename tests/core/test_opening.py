"""The set-up list of a new authority (R-17.1)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import opening
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.opening import StepLeft
from astcoord.core.models.policy import Policy
from astcoord.core.roles import Role
from placements.letters.lifecycle import RoundStatus
from placements.letters.models import LetterRound
from schools.calendar.actions import save_year
from schools.calendar.models import Term
from schools.calendar.years import default_year
from schools.register.models import School
from staff.accounts.models import User
from tests.cast import Cast
from tests.factories import PostFactory, PriorityFactory, RoleFactory, SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 6)
ALL = ["policy", "calendar", "schools", "contacts", "heads", "asts", "under-way", "priorities", "letter"]


@pytest.fixture
def newcomer() -> User:
    """The first person of an authority that has nothing yet."""
    user: User = UserFactory()
    RoleFactory(user=user, role=Role.COORDINATOR)
    return user


def shown(client: Client) -> dict[str, Any]:
    return {step.code: step for step in client.get("/").context["set_up"]}


def test_r_17_1_an_empty_database_shows_what_to_do_and_leads_there(client: Client, newcomer: User) -> None:
    client.force_login(newcomer)
    page = client.get("/").content.decode()
    assert "Set up the service" in page
    assert "Nothing is waiting for you" not in page
    steps = shown(client)
    assert list(steps) == ALL
    assert not any(step.done for step in steps.values())
    for step in steps.values():
        assert client.get(step.url).status_code == 200, step.title


def test_r_17_1_the_list_goes_when_all_is_done(client: Client, newcomer: User) -> None:
    client.force_login(newcomer)
    done: list[str] = []

    def now_done() -> list[str]:
        before = set(done)
        done[:] = [code for code, step in shown(client).items() if step.is_over]
        return sorted(set(done) - before)

    Policy.objects.create(valid_from=date(2026, 9, 1), authority_name="Marlshire", office_email="ast@marlshire.example")
    assert now_done() == []
    assert "Missing: the office’s address" in shown(client)["policy"].said
    Policy.objects.update(office_address="Shire Hall")
    assert now_done() == ["policy"]
    save_year(default_year("2026-27"), by=newcomer)
    assert now_done() == ["calendar"]
    school, other = SchoolFactory(email="office@fernleigh.example"), SchoolFactory(email="")
    assert now_done() == ["schools"]
    assert "1 of 2 schools have an e-mail address" in shown(client)["contacts"].said
    School.objects.filter(pk=other.pk).update(email="office@withy.example")
    assert now_done() == ["contacts"]
    RoleFactory(user=UserFactory(), role=Role.HEADTEACHER, school=school)
    assert now_done() == []
    assert "1 of 2 schools" in shown(client)["heads"].said
    client.post(reverse("set_up_leave", args=["heads"]))
    assert now_done() == ["heads"]
    PostFactory(home=school)
    assert now_done() == ["asts"]
    client.post(reverse("set_up_leave", args=["under-way"]))
    assert now_done() == ["under-way"], "an authority may have none"
    PriorityFactory()
    assert now_done() == ["priorities"]
    term = Term.objects.order_by("starts_on")[0]
    LetterRound.objects.create(term=term, facts={}, status=RoundStatus.BUILT)
    assert now_done() == [], "a letter that waits for approval has not gone"
    LetterRound.objects.update(status=RoundStatus.SENT)
    assert shown(client) == {}
    assert "Set up the service" not in client.get("/").content.decode()


def test_r_17_1_only_what_one_can_work_without_may_be_left_and_it_may_be_taken_up_again(
    client: Client, newcomer: User
) -> None:
    client.force_login(newcomer)
    for code in ("policy", "schools", "letter", "contacts", "nothing"):
        assert client.post(reverse("set_up_leave", args=[code])).status_code == 404, code
    page = client.get("/").content.decode()
    assert reverse("set_up_leave", args=["priorities"]) in page
    for _ in range(2):
        assert client.post(reverse("set_up_leave", args=["priorities"]))["Location"] == "/"
    assert (StepLeft.objects.get().code, StepLeft.objects.get().by) == ("priorities", newcomer)
    page = client.get("/").content.decode()
    assert "Left as it is" in page
    assert reverse("set_up_take_up", args=["priorities"]) in page
    client.post(reverse("set_up_take_up", args=["priorities"]))
    assert not StepLeft.objects.exists()
    verbs = list(AuditEvent.objects.filter(verb__startswith="set-up").order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "set-up list: “Priorities” left as it is",
        "set-up list: “Priorities” taken up again",
    ], "twice is once"


def test_r_17_1_the_list_is_the_offices_alone(client: Client, cast: Cast) -> None:
    for user in (cast.host_head, cast.ast, cast.officer):
        assert opening.steps_for(user, TODAY) == []
        client.force_login(user)
        assert "Set up the service" not in client.get("/").content.decode()
        assert client.post(reverse("set_up_leave", args=["priorities"])).status_code == 403
    steps = {step.code: step for step in opening.steps_for(cast.administrator, TODAY)}
    assert steps["policy"].url == "", "an administrator does not change the policy"


def test_r_17_1_the_list_costs_the_same_for_thirty_schools(client: Client, newcomer: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            opening.steps_for(newcomer, TODAY)
        return len(queries)

    SchoolFactory()
    cost()  # whoever is signed in has read the own roles already
    before = cost()
    for _ in range(30):
        SchoolFactory()
    assert cost() == before
