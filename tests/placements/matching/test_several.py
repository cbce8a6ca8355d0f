"""Several matches answered at once, each recorded singly (R-18.6); a yes taken back is told (R-18.7)."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from placements.matching import actions
from placements.matching.models import Match
from tests.cast import Cast
from tests.factories import MatchFactory, RequestFactory

pytestmark = pytest.mark.django_db
YES = {"ast": "placements:asked_of_me_yes", "home_head": "placements:answers_awaited_yes"}
LIST = {"ast": "placements:asked_of_me", "home_head": "placements:answers_awaited"}


@pytest.mark.parametrize("party", ["ast", "home_head"])
def test_r_18_6_all_matches_that_wait_are_answered_together_each_recorded_singly(
    cast: Cast, client: Client, party: str
) -> None:
    matches = [MatchFactory(post=cast.post) for _ in range(3)]
    who = getattr(cast, party)
    client.force_login(who)
    assert reverse(YES[party]) in client.get(reverse(LIST[party])).content.decode()
    page = client.get(reverse(YES[party])).content.decode()
    assert all(match.request.host.name in page for match in matches)
    assert "checked" not in page  # each is a promise of its own

    done = client.post(reverse(YES[party]), {"matches": [match.pk for match in matches]}, follow=True)

    assert "3 yeses recorded." in done.content.decode()
    for match in matches:
        assert match.answers.get(party=party).yes
        assert AuditEvent.objects.about(match).filter(verb="match: yes", by=who).count() == 1
    assert reverse(YES[party]) not in client.get(reverse(LIST[party])).content.decode()


def test_r_18_6_one_that_cannot_be_answered_holds_up_no_other_and_says_why(cast: Cast, client: Client) -> None:
    good, late = (MatchFactory(post=cast.post) for _ in range(2))
    Match.objects.filter(pk=late.pk).update(answer_by="2026-09-01")
    client.force_login(cast.ast)
    done = client.post(reverse(YES["ast"]), {"matches": [good.pk, late.pk]}, follow=True).content.decode()
    assert "1 yes recorded." in done
    assert f"{late.request.host.name}: The last day to answer was 1 September 2026" in done
    assert (good.answers.filter(party="ast").count(), late.answers.filter(party="ast").count()) == (1, 0)


def test_nobody_answers_what_is_not_asked_of_them(cast: Cast, client: Client) -> None:
    other = MatchFactory()
    client.force_login(cast.ast)
    assert "No school waits for an answer from you" in client.get(reverse(YES["ast"]), follow=True).content.decode()
    client.post(reverse(YES["ast"]), {"matches": [other.pk]})
    client.force_login(cast.outsider)
    client.post(reverse(YES["home_head"]), {"matches": [other.pk]})
    assert not other.answers.exists()


def test_r_18_7_a_yes_taken_back_is_open_again_and_the_others_are_told(cast: Cast, client: Client) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, status="under_review")
    match = actions.propose(request=asked, post=cast.post, days=Decimal(6), by=cast.coordinator)
    client.force_login(cast.ast)
    page = reverse("placements:match_ast", args=[match.pk])
    client.post(page, {"reply": "yes"})

    client.post(reverse("placements:match_unsay", args=[match.pk]))

    assert not match.answers.filter(party="ast").exists()
    assert 'name="reply"' in client.get(page).content.decode()
    told = {message.to_email: message.body for message in Message.objects.filter(kind="match-taken-back")}
    assert set(told) == {cast.home_head.email, cast.policy.office_email}
    assert "Wren Castellow has taken the yes back" in told[cast.home_head.email]
    assert "What is needed from you: Say yes or no" in told[cast.home_head.email]
    assert "What is needed from you" not in told[cast.policy.office_email]
    client.post(page, {"reply": "yes"})
    client.post(reverse("placements:match_unsay", args=[match.pk]))
    assert Message.objects.filter(kind="match-taken-back").count() == 4  # of the second time, too


def test_r_18_7_after_the_next_yes_it_is_refused(cast: Cast, client: Client) -> None:
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, status="under_review")
    match = actions.propose(request=asked, post=cast.post, days=Decimal(6), by=cast.coordinator)
    match.answers.all().delete()  # the authority has still to say its yes
    for party in ("ast", "home_head"):
        actions.answer(match=match, party=party, yes=True, by=getattr(cast, party))
    client.force_login(cast.ast)
    page = client.post(reverse("placements:match_unsay", args=[match.pk]), follow=True).content.decode()
    assert "Somebody has answered after you, so your yes stands. Ask the co-ordinator to withdraw the match." in page
    assert match.answers.get(party="ast").yes
    assert not Message.objects.filter(kind="match-taken-back").exists()
