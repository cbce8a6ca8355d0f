"""Whoever waits sees for whom and since when, and reminds at most once in three days (R-18.5)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from astcoord.core import waiting
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from evaluation.evaluations.models import Evaluation
from placements.agreement.reads.protocol import contract_in_force
from placements.days.actions import days as days_actions
from placements.matching import actions as matching
from placements.matching.models import Match
from tests.cast import Cast
from tests.factories import RequestFactory
from tests.placements import stories
from tests.placements.active import active

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.fixture
def match(cast: Cast) -> Match:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, status="under_review")
    return matching.propose(request=asked, post=cast.post, days=Decimal(6), by=cast.coordinator)


def text_of(response: Any) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def page(client: Client, user: Any, url: str) -> str:
    client.force_login(user)
    return text_of(client.get(url))


def press(client: Client, user: Any, thing: Any, slug: str) -> str:
    client.force_login(user)
    return text_of(client.post(reverse("remind", args=[thing.pk, slug]), follow=True))


def reminders() -> list[Message]:
    return list(Message.objects.filter(kind="reminder").order_by("pk"))


def test_r_18_5_a_reminder_today_and_pressed_again_is_refused_until_then(
    cast: Cast, client: Client, match: Match, clock: Any
) -> None:
    url = reverse("placements:match", args=[match.pk])
    before = page(client, cast.coordinator, url)
    assert f"The home headteacher, {cast.home_head.name}, since 6 October 2026." in before
    assert f"The AST, {cast.ast.name}, since 6 October 2026." in before

    assert "A reminder goes to the home headteacher by e-mail." in press(
        client, cast.coordinator, match, "match-home_head"
    )

    (message,) = reminders()
    assert message.to_email == cast.home_head.email
    assert f"{cast.coordinator.name} has been waiting for an answer to the match of Wren Castellow" in message.body
    assert "What is needed from you: Read the request, and say yes or no" in message.body
    assert reverse("placements:match_home", args=[match.pk]) in message.body
    assert AuditEvent.objects.about(match).get(verb=waiting.REMINDED).by == cast.coordinator
    again = press(client, cast.administrator, match, "match-home_head")
    assert "A reminder went out on 6 October 2026. You can send the next from 9 October 2026." in again
    assert "Reminded on 6 October 2026. The next reminder can go out from 9 October 2026." in again
    assert len(reminders()) == 1
    press(client, cast.coordinator, match, "match-ast")  # the other has had none
    assert len(reminders()) == 2
    clock.move_to(datetime(2026, 10, 9, 9, tzinfo=UTC))
    press(client, cast.coordinator, match, "match-home_head")
    assert len(reminders()) == 3


def test_who_does_not_wait_reads_nothing_of_it_and_may_not_remind(cast: Cast, client: Client, match: Match) -> None:
    url = reverse("placements:match_ast", args=[match.pk])
    assert "Remind" not in page(client, cast.ast, url)  # has not answered yet
    send = reverse("remind", args=[match.pk, "match-home_head"])
    assert client.post(send).status_code == 403
    for user, status in ((cast.officer, 403), (cast.host_head, 404), (cast.outsider, 404)):
        client.force_login(user)
        assert client.post(send).status_code == status, user.name
    client.force_login(cast.coordinator)
    assert client.post(reverse("remind", args=[match.pk, "nothing-ast"])).status_code == 404
    assert not reminders()


def test_r_18_5_whoever_has_answered_waits_for_the_other_until_there_is_nobody(
    cast: Cast, client: Client, match: Match
) -> None:
    matching.answer(match=match, party="ast", yes=True, by=cast.ast)
    url = reverse("placements:match_ast", args=[match.pk])
    assert "Remind the home headteacher" in page(client, cast.ast, url)
    press(client, cast.ast, match, "match-home_head")
    assert [message.to_email for message in reminders()] == [cast.home_head.email]
    assert "Nobody is waited for here any more." in press(client, cast.coordinator, match, "match-ast")
    matching.answer(match=match, party="home_head", yes=True, by=cast.home_head)
    assert "Remind" not in page(client, cast.ast, url)


def test_r_18_5_of_signatures_whoever_has_signed(cast: Cast, client: Client) -> None:
    placement = stories.issued(cast)
    stories.sign(cast, placement, "host_head")
    url = reverse("placements:contract", args=[placement.pk])
    assert "Remind" not in page(client, cast.ast, url)  # has to sign first
    assert page(client, cast.host_head, url).count("Remind ") == 3
    press(client, cast.host_head, contract_in_force(placement), "signature-ast")
    (message,) = reminders()
    assert message.to_email == cast.ast.email
    assert "Read and sign the contract" in message.body
    assert url in message.body


def test_r_18_5_of_days_that_the_host_school_has_not_confirmed(cast: Cast, client: Client) -> None:
    placement = active(cast)
    days_actions.plan_series(
        placement=placement, dates=[date(2026, 11, 3), date(2026, 11, 10)], days=Decimal(1), by=cast.ast
    )
    url = placement.get_absolute_url()
    assert "Remind the host headteacher" in page(client, cast.ast, url)
    for other in (cast.host_head, cast.home_head, cast.officer):
        assert "Remind" not in page(client, other, url)
    press(client, cast.ast, placement, "days-host_head")
    (message,) = reminders()
    assert message.to_email == cast.host_head.email
    assert "a yes to 2 outreach days of Wren Castellow" in message.body
    assert reverse("placements:days_confirm") in message.body
    assert "By when: before 3 November 2026" in message.body


def test_r_18_5_of_a_request_that_the_headteacher_has_not_confirmed(cast: Cast, client: Client) -> None:
    asked = RequestFactory(
        host=cast.host, created_by=cast.administrator, confirmed_by=None, status="awaiting_confirmation"
    )
    assert "Remind the headteacher of Fernleigh" in page(client, cast.administrator, asked.get_absolute_url())
    press(client, cast.administrator, asked, "request-host_head")
    assert [message.to_email for message in reminders()] == [cast.host_head.email]


def test_r_18_5_of_an_evaluation_that_is_due(cast: Cast, client: Client) -> None:
    placement = active(cast)
    form = Evaluation.objects.create(
        placement=placement,
        kind="interim",
        asked_of="host_head",
        opens_on=date(2026, 10, 1),
        due_on=date(2026, 10, 15),
    )
    url = form.get_absolute_url()
    assert f"The host headteacher, {cast.host_head.name}, since 1 October 2026." in page(client, cast.coordinator, url)
    assert "Remind" not in page(client, cast.host_head, url)
    press(client, cast.coordinator, form, "evaluation-host_head")
    (message,) = reminders()
    assert (message.to_email, url in message.body) == (cast.host_head.email, True)


def test_without_an_address_the_page_says_so(cast: Cast, client: Client, match: Match) -> None:
    cast.home_head.roles.all().delete()
    cast.home.email = ""
    cast.home.save()
    said = page(client, cast.coordinator, reverse("placements:match", args=[match.pk]))
    assert "The home headteacher, since 6 October 2026. There is no e-mail address to write to." in said
    assert "Remind the home headteacher" not in said
    assert "Telephone instead" in press(client, cast.coordinator, match, "match-home_head")
