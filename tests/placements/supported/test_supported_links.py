"""The form without an account: what a link opens, what it does not, and what is said of one that counts no more."""

import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.signed_links import LEFT_OUT, LineFormatter, State, without_tokens
from placements.agreement.actions import contracts, protocol
from placements.endings.actions import early
from placements.placement.models import Placement
from placements.supported import actions as supported
from placements.supported import links as personal_links
from placements.supported.links import SALT, token_for
from placements.supported.models import Confirmation, SupportedStaff
from tests.cast import Cast
from tests.placements import stories
from tests.placements.supported.supported_links import ANSWERS, confirm_by_link, letter_to, link_of
from tests.placements.supported.test_supported import opened, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.fixture
def two(cast: Cast) -> Placement:
    return opened(cast, Juno_Pettifer="juno@marlshire.example", Sorrel_Ambleforth="sorrel@marlshire.example")


@pytest.fixture
def juno(two: Placement) -> SupportedStaff:
    return person(two)


def rows() -> tuple[int, ...]:
    counted = (Confirmation, AuditEvent, Message)
    return (*(m.objects.count() for m in counted), SupportedStaff.objects.filter(withdrew_on=None).count())


def test_r_6_11_a_link_opens_the_form_and_the_form_confirms(client: Client, juno: SupportedStaff) -> None:
    page = client.get(link_of(juno))
    assert page.status_code == 200
    text = page.content.decode()
    for words in ("Juno Pettifer", "Wren Castellow", "Read the protocol", "An AST is never asked to", "ten items"):
        assert words in text
    assert client.post(link_of(juno), ANSWERS).status_code == 302
    juno.refresh_from_db()
    (kept,) = juno.confirmations.all()
    assert (kept.development, kept.gain, kept.own) == (ANSWERS["development"], ANSWERS["gain"], True)
    assert "You have confirmed your part" in client.get(link_of(juno)).content.decode()


def test_r_6_11_what_is_missing_is_said_at_its_field(client: Client, juno: SupportedStaff) -> None:
    page = client.post(link_of(juno), {"agreed": ["read"], "development": " "})
    found = page.context["form"].errors
    assert len(found["agreed"]) == 4
    assert found["development"] == ["Enter what you would like to get better at"]
    assert found["gain"] == ["Enter what you hope to gain"]
    assert client.post(link_of(juno), {}).context["form"].errors
    assert not Confirmation.objects.exists()


def test_looking_changes_nothing(client: Client, juno: SupportedStaff) -> None:
    """Mail scanners open every link, and some ask for HEAD."""
    link, before = link_of(juno), rows()
    for path in (link, f"{link}withdraw/", f"{link}protocol.pdf"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path).status_code == 200
            assert client.head(path).status_code == 200
        assert not [q for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")], path
    assert client.get(f"{link}new-link/").status_code == 405
    assert rows() == before


def test_the_forms_need_the_token_against_forgery(juno: SupportedStaff) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(link_of(juno), ANSWERS).status_code == 403
    assert browser.post(f"{link_of(juno)}withdraw/").status_code == 403


def test_pages_are_kept_by_nobody_and_listed_nowhere(client: Client, juno: SupportedStaff) -> None:
    link = link_of(juno)
    for path in (link, f"{link}withdraw/", f"{link}protocol.pdf", "/my-part/nothing/"):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "private, no-store"
        assert "noindex" in headers["X-Robots-Tag"]
        assert headers["Referrer-Policy"] == "strict-origin", "the path never leaves, and forms still work"


def test_r_6_12_a_link_withdraws_at_any_time_without_a_reason(cast: Cast, juno: SupportedStaff) -> None:
    link, browser = link_of(juno), Client()
    assert "Nobody will ask you why" in browser.get(f"{link}withdraw/").content.decode()
    assert browser.post(f"{link}withdraw/", follow=True).context["person"].withdrew_on is not None
    juno.refresh_from_db()
    assert juno.withdrew_on is not None


def test_nothing_is_replayed_after_a_withdrawal(juno: SupportedStaff) -> None:
    link, browser = link_of(juno), Client()
    browser.post(link, ANSWERS)
    browser.post(f"{link}withdraw/")
    before = rows()

    browser.post(link, {**ANSWERS, "gain": "Something else"})
    browser.post(f"{link}withdraw/")

    assert rows() == before
    page = browser.get(link)
    assert page.context["form"] is None
    assert "You have withdrawn" in page.content.decode()


def test_somebody_sees_what_is_held_about_them_and_nothing_of_anybody_else(two: Placement, client: Client) -> None:
    juno, sorrel = person(two), person(two, "Sorrel")
    confirm_by_link(sorrel, development="ZQSORREL", gain="ZQSORREL")
    confirm_by_link(juno, development="ZQJUNO first")
    confirm_by_link(juno, development="ZQJUNO second")

    text = client.get(link_of(juno)).content.decode()

    for words in ("juno@marlshire.example", "Volunteered", "ZQJUNO first", "ZQJUNO second"):
        assert words in text
    for words in ("Sorrel", "ZQSORREL", "sorrel@"):
        assert words not in text


def test_what_the_head_declared_is_not_behind_a_link(two: Placement, client: Client) -> None:
    two.request.staff.update(situation="some")
    assert "Some difficulty" not in client.get(link_of(person(two))).content.decode()


def test_once_the_contract_is_out_only_the_goals_are_asked(cast: Cast, client: Client) -> None:
    placement = stories.all_agreed(cast)
    juno = placement.supported.first()
    assert juno is not None
    supported.set_address(person=juno, email="juno@marlshire.example", by=cast.host_head)
    stories.everybody_confirms(placement)
    protocol.confirm_protocol(placement=placement, by=cast.coordinator)
    contracts.issue(placement=placement, by=cast.coordinator)

    juno.refresh_from_db()
    assert "agreed" not in client.get(link_of(juno)).context["form"].fields
    assert client.post(link_of(juno), {"development": "Questions", "gain": "Talk"}).status_code == 302
    assert juno.confirmations.count() == 2


def test_a_link_ends_after_thirty_days_and_a_new_one_goes_to_the_known_address_only(
    juno: SupportedStaff, client: Client, clock: time_machine.Traveller
) -> None:
    old = link_of(juno)
    clock.shift(timedelta(days=29, hours=23))
    assert client.get(old).status_code == 200
    clock.shift(timedelta(hours=2))

    page = client.get(old)
    assert page.status_code == 410
    assert "Juno" not in page.content.decode()
    assert "juno@" not in page.content.decode()
    assert client.post(old, ANSWERS).status_code == 410
    assert client.post(f"{old}withdraw/").status_code == 410
    for _ in range(3):
        answer = client.post(f"{old}new-link/")
        assert answer.status_code == 200
        assert "juno@" not in answer.content.decode()
    assert Message.objects.filter(kind="supported-new-link").count() == 1, "one a day fills no mailbox"
    assert letter_to(juno).to_email == "juno@marlshire.example"
    assert client.get(link_of(juno)).status_code == 200


def test_a_replaced_link_is_gone_and_renews_nothing(cast: Cast, juno: SupportedStaff, client: Client) -> None:
    old = link_of(juno)
    supported.set_address(person=juno, email="other@marlshire.example", by=cast.host_head)

    assert client.get(old).status_code == 410
    assert client.post(old, ANSWERS).status_code == 410
    assert client.post(f"{old}new-link/").status_code == 410
    assert not Message.objects.filter(kind="supported-new-link").exists()
    assert not Confirmation.objects.exists()


def test_a_link_for_another_purpose_opens_nothing(juno: SupportedStaff, client: Client) -> None:
    for salt in ("placements.supported-staff.other-form", "django.core.signing"):
        foreign = signing.dumps([juno.pk, juno.link_version], salt=salt)
        assert client.get(reverse("placements:supported_form", args=[foreign])).status_code == 404
    with_other_key = signing.dumps([juno.pk, juno.link_version], key="another key", salt=SALT)
    assert client.get(reverse("placements:supported_form", args=[with_other_key])).status_code == 404


def test_a_link_to_somebody_who_is_gone_or_never_was_is_not_found(two: Placement, client: Client) -> None:
    nobody = SupportedStaff(pk=999999, link_version=1, placement=two)
    assert client.get(reverse("placements:supported_form", args=[token_for(nobody)])).status_code == 404


def test_a_placement_that_is_over_takes_no_more_answers(cast: Cast, two: Placement, client: Client) -> None:
    link = link_of(person(two))
    early.abandon(placement=two, by=cast.coordinator, reason="The school has merged")

    assert "This work has ended" in client.get(link).content.decode()
    client.post(link, ANSWERS)
    client.post(f"{link}withdraw/")
    assert not Confirmation.objects.exists()
    assert two.supported.taking_part().count() == 2


@settings(max_examples=150, deadline=None)
@given(junk=st.text(min_size=0, max_size=80), cut=st.integers(0, 70), flip=st.integers(0, 200), data=st.data())
def test_no_tampered_link_counts(junk: str, cut: int, flip: int, data: st.DataObject) -> None:
    """Cut, changed in one place, or made up: never somebody's, never an error."""
    true = signing.dumps([7, 1], salt=SALT)
    place = flip % len(true)
    letter = data.draw(st.sampled_from("Aa0_-:.").filter(lambda c: c != true[place]))
    for token in (junk, true[: min(cut, len(true) - 1)], f"{true}{junk}x", true[:place] + letter + true[place + 1 :]):
        assert personal_links.read(token).state is State.UNKNOWN


@settings(max_examples=60, deadline=None)
@given(token=st.text(min_size=1, max_size=60).filter(lambda t: "/" not in t))
def test_no_made_up_address_is_an_error(token: str) -> None:
    client = Client()
    for name in ("supported_form", "supported_withdraw", "supported_protocol"):
        try:
            path = reverse(f"placements:{name}", args=[token])
        except UnicodeEncodeError:
            continue
        assert client.get(path).status_code in (404, 429)
    assert client.post(f"/my-part/{'x'}/new-link/").status_code in (404, 429)


def test_trying_links_is_slowed_down_and_good_links_are_not(juno: SupportedStaff, client: Client) -> None:
    codes = [client.get("/my-part/nonsense/").status_code for _ in range(40)]
    assert codes[0] == 404
    assert codes[-1] == 429
    assert client.get(link_of(juno)).status_code == 200


def test_one_person_cannot_send_forms_without_end(juno: SupportedStaff, client: Client) -> None:
    link = link_of(juno)
    codes = [client.post(link, {**ANSWERS, "gain": f"Answer {n}"}).status_code for n in range(40)]
    assert codes[0] == 302
    assert codes[-1] == 429


def test_no_log_line_holds_a_link(juno: SupportedStaff) -> None:
    token = token_for(juno)
    line = LineFormatter("{levelname} {message}", style="{")
    for message in ("Gone: /my-part/%s/", "Forbidden (CSRF cookie not set.): /my-part/%s/withdraw/"):
        record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, (token,), None)
        assert token not in line.format(record)
        assert LEFT_OUT in line.format(record)
    assert without_tokens("at 12:30:45 nothing was wrong: a:b") == "at 12:30:45 nothing was wrong: a:b"
    assert without_tokens(token.replace(":", "%3A")) == LEFT_OUT


def test_every_handler_uses_the_formatter_that_leaves_links_out(settings: Any) -> None:
    config = settings.LOGGING
    assert config["formatters"]["line"]["()"] == "astcoord.core.signed_links.LineFormatter"
    assert {h.get("formatter") for h in config["handlers"].values()} == {"line"}
