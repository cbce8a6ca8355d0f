"""The initial consultation form, for outreach and for inreach: asked by policy, filled in by two, printed (R-8.18)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from astcoord.core.models.policy import Policy
from placements.activities.actions.inreach import ask_inreach
from placements.activities.models import InreachAgreement
from placements.consultations import actions
from placements.consultations.lifecycle import ANSWERS
from placements.consultations.models import Consultation
from tests.cast import Cast
from tests.placements import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

SAID = {
    "situation": "Two classes find fractions hard.",
    "strengths": "Teachers plan together.",
    "tried": "A course last year.",
    "wanted": "Juno Pettifer leads the planning.",
    "ways": "Teach together on Tuesdays.",
    "time": "An afternoon a week of outreach time.",
    "success": "Plans are used by all.",
}


@pytest.fixture
def leicester(cast: Cast) -> Cast:
    """An authority whose policy asks for the form."""
    Policy.objects.filter(pk=cast.policy.pk).update(initial_consultation=True)
    return cast


def at(client: Client, user: Any, name: str, *args: Any, data: dict[str, str] | None = None, query: str = "") -> str:
    client.force_login(user)
    url = reverse(f"placements:{name}", args=args) + query
    page = client.post(url, data, follow=True) if data is not None else client.get(url)
    return str(page.content.decode())


def part(side: str) -> dict[str, str]:
    """One side's answers, by somebody who knows that one of them names a person supported."""
    return {name: SAID[name] for name in ANSWERS[side]} | {"form_told": "wanted"}


def inreach_of(cast: Cast) -> InreachAgreement:
    days = {"starts_on": date(2026, 10, 12), "ends_on": date(2026, 12, 18)}
    return ask_inreach(post=cast.post, aims="Plan together", time_source="non_contact", by=cast.ast, **days)


def test_r_8_18_before_outreach_school_and_ast_each_fill_in_a_part(client: Client, leicester: Cast) -> None:
    cast, placement = leicester, stories.opened(leicester)
    assert "Fill in the initial consultation" in at(client, cast.host_head, "placement_detail", placement.pk)
    page = at(client, cast.host_head, "outreach_consultation_part", placement.pk, "school", data=part("school"))
    assert "Nobody has to sign it" in page
    assert SAID["wanted"] in page
    at(client, cast.ast, "outreach_consultation_part", placement.pk, "ast", data=part("ast"))
    assert Consultation.objects.get().is_whole
    redacted = at(client, cast.home_head, "outreach_consultation", placement.pk)
    assert SAID["ways"] in redacted
    assert "Pettifer" not in redacted


def test_r_8_18_given_inreach_when_saved_then_no_host_signature_is_asked(client: Client, leicester: Cast) -> None:
    cast, agreement = leicester, inreach_of(leicester)
    assert "Initial consultation form" in at(client, cast.ast, "inreach", agreement.pk)
    at(client, cast.ast, "inreach_consultation_part", agreement.pk, "ast", data=part("ast"))
    at(client, cast.home_head, "inreach_consultation_part", agreement.pk, "school", data=part("school"))
    assert Consultation.objects.get(inreach=agreement).is_whole
    agreement.refresh_from_db()
    assert agreement.status == "asked"
    for name in ("inreach_pdf", "inreach_consultation_pdf"):
        paper = at(client, cast.home_head, name, agreement.pk)
        assert "ignature" not in paper
        assert cast.post.user.name in paper
    assert "Plan together" in at(client, cast.home_head, "inreach_pdf", agreement.pk)
    assert client.get(reverse("placements:inreach", args=[agreement.pk])).status_code == 200
    client.force_login(cast.host_head)
    assert client.get(reverse("placements:inreach", args=[agreement.pk])).status_code == 404


def test_r_15_9_a_consultation_prints_every_answer_and_a_blank_one_every_question(
    client: Client, leicester: Cast
) -> None:
    cast, placement = leicester, stories.opened(leicester)
    for side, by in (("school", cast.host_head), ("ast", cast.ast)):
        actions.fill_in(about=placement, side=side, by=by, answers=part(side))
    paper = at(client, cast.host_head, "outreach_consultation_pdf", placement.pk)
    assert all(words in paper for words in SAID.values())
    blank = at(client, cast.host_head, "outreach_consultation_pdf", placement.pk, query="?blank")
    assert not any(words in blank for words in SAID.values())
    assert blank.count("<h3>") == len(SAID)


def test_r_8_18_each_fills_in_the_own_part_whole(client: Client, leicester: Cast) -> None:
    cast, placement = leicester, stories.opened(leicester)
    with pytest.raises(PermissionDenied):
        actions.fill_in(about=placement, side="school", by=cast.ast, answers=part("school"))
    sent = {**part("ast"), "success": " "}
    page = at(client, cast.ast, "outreach_consultation_part", placement.pk, "ast", data=sent)
    assert "There is a problem" in page
    assert not Consultation.objects.exists()


def test_r_8_18_where_the_policy_asks_for_none_nobody_is_sent_to_it(client: Client, cast: Cast) -> None:
    placement = stories.opened(cast)
    assert "initial consultation" not in at(client, cast.host_head, "placement_detail", placement.pk).lower()
    assert "Initial consultation form" not in at(client, cast.ast, "inreach", inreach_of(cast).pk)
