"""Candidatures and proposals that came to nothing are forgotten (section G, R-2.2, R-2.14)."""

from datetime import date
from typing import Any

import pytest
import time_machine

from astcoord.core import retention
from astcoord.core.models.documents import Document
from staff.appointing.actions import candidates
from staff.appointing.models import Assessment, Candidature
from staff.aspirants.models import Aspirant
from staff.descriptions.models import JobDescription
from staff.openings.models import Opening
from staff.posts.models import Post
from staff.secondments.actions import deciding, proposing
from staff.secondments.models import Proposal
from tests.cast import Cast
from tests.staff.appointing.telling import appointed, named, opened, passing
from tests.staff.secondments.telling import draft, endorsed, norfolk, round_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def applied(what: str, on: date) -> int:
    line = next(each for each in retention.schedule() if each.what.startswith(what))
    assert line.due is not None
    assert line.apply is not None
    counted = line.due(on)
    assert line.apply(on) == counted
    assert line.due(on) == 0
    return counted


def closed(cast: Cast) -> Post:
    post = passing(cast, named(cast, opened(cast)))
    return candidates.close(post=post, ended="withdrew", look_again=False, reason="Moves away", by=cast.outsider)


def test_g_a_closed_candidature_is_forgotten_after_two_years_with_all_that_was_entered(cast: Cast) -> None:
    post = closed(cast)
    day, who = date(2026, 9, 1), {"name": "Linnet Harrowgate", "subject": "mathematics", "readiness": "now"}
    off = {"off_on": day, "off_because": "candidate"}
    known = Aspirant.objects.create(school=cast.elsewhere, since=day, post=post, **who, **off)
    assert applied("Candidatures", date(2028, 10, 6)) == 0
    assert applied("Candidatures", date(2028, 10, 7)) == 1
    assert not Post.objects.filter(pk=post.pk).exists()
    for model in (Candidature, Assessment, JobDescription):
        assert not model.objects.filter(post=post.pk).exists(), model
    for paper in Document.objects.filter(kind__contains="description"):
        assert "Linnet" not in f"{paper.title}{paper.facts}"
    known.refresh_from_db()
    assert known.post is None
    assert Opening.objects.get().status == "closed", "that the school asked for a post stays"


def test_g_who_held_the_post_and_who_is_still_a_candidate_are_kept(cast: Cast) -> None:
    post = appointed(passing(cast, named(cast, opened(cast))), cast.coordinator)
    assert applied("Candidatures", date(2036, 1, 1)) == 0
    assert Post.objects.filter(pk__in=(post.pk, cast.post.pk)).count() == 2


def decided(cast: Cast) -> list[Proposal]:
    row = round_of(cast)
    given: Any = {"name": "Şîrîn Ødegård"}
    declined = deciding.decline(proposal=endorsed(cast, row, **given), note="Another year.", by=cast.coordinator)
    withdrawn = proposing.withdraw(proposal=draft(cast, row, name="Ann Lee"), reason="She moves.", by=cast.host_head)
    return [declined, withdrawn, draft(cast, row, name="Wyn Rhys"), endorsed(cast, row, name="Zoë Ó Briain")]


def test_g_proposals_that_came_to_nothing_are_forgotten_two_years_after_their_round(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    norfolk(cast)
    declined, *_, waiting = decided(cast)
    assert applied("Proposals for", date(2028, 10, 20)) == 0
    assert applied("Proposals for", date(2028, 10, 21)) == 3
    declined.refresh_from_db()
    assert (declined.aspirant_name, declined.answers, declined.endorsement) == ("Name removed", [], "")
    assert (declined.current_salary, declined.range_start, declined.status) == (None, None, "declined")
    letter = Document.objects.get(kind="secondment-outcome")
    assert "Ødegård" not in f"{letter.title}{letter.facts}"
    assert Proposal.objects.get(pk=waiting.pk).aspirant_name == "Zoë Ó Briain", "nothing is decided of it"
