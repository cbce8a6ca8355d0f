"""R-17.11: what is sent twice, by whatever accident, makes one thing."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import retention
from astcoord.core.clock import today
from astcoord.core.models.messages import Message
from astcoord.core.models.posted import Posted
from astcoord.ui import kept, once
from evaluation.evidence.models import Evidence
from placements.activities.models import Activity
from placements.requests.models import RequestedStaff
from tests.cast import Cast
from tests.evaluation.stories import NOVEMBER
from tests.factories import RequestFactory
from tests.placements.active import active
from tests.placements.supported.supported_links import ANSWERS, link_of
from tests.placements.supported.test_supported import opened
from tests.schools.pages import boxes, text

pytestmark = pytest.mark.django_db
HELD = {"kind": "authority", "days": "0.5", "what": "Talk to new teachers", "submit": "Record it"}


@pytest.fixture
def add(cast: Cast, client: Client) -> str:
    """Where an AST records other work; every entry is a row of its own, whatever it says."""
    client.force_login(cast.ast)
    return reverse("placements:work_add", args=[cast.post.pk])


def keys(client: Client, url: str) -> list[str]:
    return re.findall(rf'name="{kept.KEY}" value="([^"]+)"', text(client.get(url)).partition("<main")[2])


def drawn(client: Client, url: str) -> dict[str, str]:
    """The form's own key, as its page carries it."""
    return {kept.KEY: keys(client, url)[0]}


def work(**more: Any) -> dict[str, Any]:
    return {**HELD, **boxes("on", date(2026, 10, 5)), **more}


def words(response: Any) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", text(response)).split()))


def test_r_17_11_the_same_form_sent_twice_is_one(client: Client, add: str) -> None:
    form = work(**drawn(client, add))
    first, second = client.post(add, form), client.post(add, form)
    assert Activity.objects.count() == 1
    assert second.status_code == first.status_code == 302
    assert second["Location"] == first["Location"]
    assert once.TWICE in words(client.get(second["Location"]))


def test_r_17_11_a_form_with_an_error_may_be_sent_again(client: Client, add: str) -> None:
    key = drawn(client, add)
    wrong = client.post(add, work(what="", **key))
    assert "There is a problem" in text(wrong)
    assert not Posted.objects.exists()
    client.post(add, work(**key))
    assert Activity.objects.count() == 1


def test_r_17_11_what_was_refused_may_be_sent_again(cast: Cast, client: Client) -> None:
    """A button whose action says no leads back with a red banner: nothing has been done, so nothing is remembered."""
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, status="draft")
    client.force_login(cast.coordinator)
    cast.host_head.roles.all().delete()
    hand_over = reverse("placements:request_hand_over", args=[asked.pk])
    asked.created_by = cast.coordinator
    asked.save()
    key = {kept.KEY: once.new_key()}
    said = client.post(hand_over, key, follow=True)
    assert "has no headteacher account" in words(said)
    assert not Posted.objects.exists()


def test_r_17_11_from_two_tabs_it_is_one_until_somebody_says_that_they_mean_two(client: Client, add: str) -> None:
    one, two, three = (drawn(client, add) for _ in range(3))
    client.post(add, work(**one))
    said = client.post(add, work(**two))
    assert Activity.objects.count() == 1
    assert "You sent the same at 10:00, and that is saved. It has not been saved a second time." in words(said)
    assert 'value="Talk to new teachers"' in text(client.get(add)), "what was written is on the form again"
    client.post(add, work(**two))
    assert Activity.objects.count() == 1, "nor by a double click in the second tab"
    client.post(add, work(**three))
    assert Activity.objects.count() == 2, "meant"


def test_r_17_11_the_same_again_is_no_accident_after_something_else_or_a_while(
    client: Client, add: str, clock: Any
) -> None:
    client.post(add, work(**drawn(client, add)))
    client.post(add, work(what="Something else", **drawn(client, add)))
    client.post(add, work(**drawn(client, add)))
    assert Activity.objects.count() == 3
    clock.shift(timedelta(minutes=11))
    client.post(add, work(**drawn(client, add)))
    assert Activity.objects.count() == 4


def test_r_17_11_back_and_again_with_other_answers_loses_none_of_them(client: Client, add: str) -> None:
    key = drawn(client, add)
    first = client.post(add, work(**key))
    said = client.post(add, work(what="A course in March", **key))
    assert Activity.objects.get().what == "Talk to new teachers"
    assert "with other answers, and that is saved. What you have sent now is not saved." in words(said)
    assert f'href="{first["Location"]}"' in text(said)
    form = client.get(add)
    assert 'value="A course in March"' in text(form)
    assert kept.NOT_SAVED in words(form)
    client.post(add, work(what="A course in March", **{kept.KEY: keys(client, add)[0]}))
    assert set(Activity.objects.values_list("what", flat=True)) == {"Talk to new teachers", "A course in March"}


def test_r_17_11_nobody_is_answered_with_what_somebody_else_sent(cast: Cast, client: Client, add: str) -> None:
    """At one computer, from the history of its browser."""
    form = work(**drawn(client, add))
    client.post(add, form)
    client.force_login(cast.coordinator)
    client.post(add, form)
    assert Activity.objects.count() == 2


def test_r_17_11_every_form_of_a_page_has_a_key_of_its_own_and_reading_stores_none(cast: Cast, client: Client) -> None:
    cast.placement()
    client.force_login(cast.coordinator)
    found = [key for _ in range(2) for key in keys(client, reverse("staff:person", args=[cast.ast.pk]))]
    assert len(found) == len(set(found)) >= 2
    assert not Posted.objects.exists()


def test_r_17_11_a_person_added_twice_to_a_request_is_named_once(cast: Cast, client: Client) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, status="draft")
    client.force_login(cast.host_head)
    url = reverse("placements:request_person_add", args=[asked.pk])
    form = {
        "name": "Ashby Penrose",
        "kind": "teacher",
        "selection": "self",
        "situation": "none",
        "head_agrees": "on",
        **drawn(client, url),
    }
    before = RequestedStaff.objects.count()
    answers = [client.post(url, form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302], words(answers[0])
    assert RequestedStaff.objects.count() == before + 1


def test_r_17_11_a_file_sent_twice_is_kept_once(cast: Cast, client: Client, clock: Any) -> None:
    """The limit on its size is in place before anybody looks at the key."""
    clock.move_to(NOVEMBER)
    placement = active(cast, objectives=1)
    client.force_login(cast.ast)
    url = reverse("evaluation:evidence_add", args=[placement.pk])
    sent = {"title": "Plan", "what": "file", "no_child": "on", "objectives": [placement.objectives.get().pk]}
    key = drawn(client, url)
    answers = []
    for name in ("plan.txt", "plan.txt"):
        file = SimpleUploadedFile(name, b"A plan of three lessons", content_type="text/plain")
        answers.append(client.post(url, {**sent, "file": file, **key}))
    assert [answer.status_code for answer in answers] == [302, 302], words(answers[0])
    assert Evidence.objects.count() == 1


def test_r_17_11_a_button_pressed_twice_sends_one_message_and_pressed_anew_another(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    page = reverse("staff:person", args=[cast.chair.pk])
    role = cast.chair.roles.get()
    button = reverse("staff:role_invite", args=[role.pk])
    key, later = ({kept.KEY: each} for each in (once.new_key(), once.new_key()))
    assert keys(client, page)
    for _ in range(2):
        client.post(button, key)
    assert Posted.objects.count() == 1
    client.post(button, later)
    assert Posted.objects.count() == 2
    assert Message.objects.exists()


def test_r_17_11_what_went_wrong_in_the_middle_leaves_nothing_behind(
    client: Client, add: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thing and key are written together or not at all."""
    form = work(**drawn(client, add))

    def fail(self: Any, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr("astcoord.ui.once._went_wrong", fail)
        client.raise_request_exception = False
        assert client.post(add, form).status_code == 500
    assert not Activity.objects.exists()
    client.post(add, form)
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("key", ["", "short", "x" * 23, "é" * 22, "' OR 1=1 --aaaaaaaaaaa"])
def test_a_key_that_we_did_not_draw_counts_for_nothing(client: Client, add: str, key: str) -> None:
    for _ in range(2):
        client.post(add, work(**{kept.KEY: key}))
    assert Activity.objects.count() == 2


def test_r_17_11_a_week_later_nothing_is_remembered(client: Client, add: str, clock: Any) -> None:
    client.post(add, work(**drawn(client, add)))
    assert Posted.objects.count() == 1
    clock.shift(timedelta(days=9))
    retention.apply(today())
    assert not Posted.objects.exists()


def test_it_costs_a_form_four_statements(client: Client, add: str) -> None:
    key = drawn(client, add)
    with CaptureQueriesContext(connection) as without:
        client.post(add, work(what="One"))
    with CaptureQueriesContext(connection) as having:
        client.post(add, work(what="Two", **key))
    ours = [query["sql"] for query in having if "posted" in query["sql"]]
    assert len(ours) == 4, ours
    assert not [query for query in without if "posted" in query["sql"]]


def test_r_17_11_by_a_signed_link_a_part_is_confirmed_once_and_other_answers_are_kept(cast: Cast) -> None:
    """Somebody without an account, whose browser has no session in which words could wait."""
    juno = opened(cast, Juno_Pettifer="juno@marlshire.example").supported.get()
    client, link = Client(), link_of(juno)
    form = {**ANSWERS, **drawn(client, link)}
    answers = [client.post(link, form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302], words(answers[0])
    assert juno.confirmations.count() == 1
    client.post(link, {**form, "gain": "More time to listen."})
    last = juno.confirmations.last()
    assert last is not None
    assert last.gain == "More time to listen."


def test_r_17_11_a_button_with_an_answer_and_no_page_of_its_own_leads_back_with_a_word(
    cast: Cast, client: Client
) -> None:
    """Its address takes no GET, so there is no form to show the second answer on."""
    client.force_login(cast.coordinator)
    page = reverse("schools:feeders", args=[cast.host.urn])
    button = reverse("schools:feeder_remove", args=[cast.host.urn])
    key, here = drawn(client, page), {"HTTP_REFERER": f"http://testserver{page}"}
    client.post(button, {"school": cast.home.pk, "way": "to", **key}, **here)
    said = client.post(button, {"school": cast.elsewhere.pk, "way": "to", **key}, **here)
    assert "with other answers" in words(said)
    back = client.get(button, follow=True)
    assert back.request["PATH_INFO"] == page
    assert kept.NO_FORM_HERE in words(back)
