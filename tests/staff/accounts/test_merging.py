"""Two accounts of one person become one: everything goes on under one, and history stays (R-17.7)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from astcoord.core import subject_access
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from evaluation.materials.models import Material
from placements.agreement.models import Signature
from placements.placement.models import Placement
from staff.accounts.actions import accounts, people
from staff.accounts.actions.merging import merge
from staff.accounts.models import RoleAssignment, User
from staff.openings import actions as openings
from staff.openings.models import Introduction, TalkOffer
from tests.cast import Cast
from tests.factories import PostFactory, RequestFactory, person
from tests.placements import stories
from tests.schools.pages import signed_in, text
from tests.staff.accounts.test_accounts import fresh, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


@pytest.fixture
def second(cast: Cast) -> User:
    """The host head's other account, with an old address; governor at another school, too."""
    found = person("R Oakhanger", "old.rowan@marlshire.example", Role.GOVERNOR, cast.elsewhere)
    RoleAssignment.objects.create(user=found, role=Role.HEADTEACHER, school=cast.host, starts_on=date(2026, 9, 1))
    return found


def merged(cast: Cast, keep: User, other: User, **changes: Any) -> User:
    return merge(**{"keep": keep, "other": other, "reason": "Rang the school.", "by": cast.coordinator, **changes})


def test_r_1_7_an_offer_to_talk_and_introductions_go_over(cast: Cast, second: User) -> None:
    kept = openings.ask(school=cast.elsewhere, wanted="", subject="", reasons=(), by=cast.outsider)
    twice = openings.ask(school=cast.elsewhere, wanted="", subject="", reasons=(), by=cast.outsider)
    openings.offer_talk(by=second)
    for opening, head in ((kept, second), (twice, second), (twice, cast.host_head)):
        Introduction.objects.create(opening=opening, colleague=head, school=cast.host, on=date(2026, 9, 1))
    page = f"{url('person_merge', cast.host_head.pk)}?other={second.pk}"
    assert "Offer to talk to other headteachers" in text(signed_in(cast.coordinator).get(page))
    merged(cast, cast.host_head, second)
    assert [offer.user for offer in TalkOffer.objects.all()] == [cast.host_head]
    assert kept.introductions.get().colleague == cast.host_head
    assert {each.colleague for each in twice.introductions.all()} == {cast.host_head, second}, "history stays"
    openings.introduce(opening=kept, colleague=_headship(cast), by=cast.coordinator)
    assert kept.introductions.count() == 1


def test_r_1_7_of_two_offers_to_talk_one_stays(cast: Cast, second: User) -> None:
    for by in (cast.host_head, second):
        openings.offer_talk(by=by)
    merged(cast, cast.host_head, second)
    assert [offer.user for offer in TalkOffer.objects.all()] == [cast.host_head]


def _headship(cast: Cast) -> RoleAssignment:
    return RoleAssignment.objects.get(user=cast.host_head, role=Role.HEADTEACHER, ends_on=None)


def test_r_17_7_two_accounts_become_one_through_the_pages(cast: Cast, second: User) -> None:
    draft = RequestFactory(host=cast.host, status="draft", created_by=second, submitted_at=None)
    office, old = signed_in(cast.coordinator), signed_in(second)
    page = url("person_merge", cast.host_head.pk)
    assert page in text(office.get(url("person", cast.host_head.pk)))
    led = office.post(page, {"email": "OLD.rowan@marlshire.example"})
    assert led.headers["Location"] == f"{page}?other={second.pk}"
    shown = text(office.get(led.headers["Location"]))
    for words in ("Headteacher, Fernleigh Primary School", "Held by both: ends here", "1 draft of a request"):
        assert words in shown
    unexplained = office.post(led.headers["Location"], {"address": "keep", "reason": " "})
    assert "Enter how you made sure" in text(unexplained)
    assert fresh(second).is_active
    done = office.post(led.headers["Location"], {"address": "keep", "reason": "Rang the school."}, follow=True)
    assert "The two accounts are one now" in text(done)
    kept, gone = fresh(cast.host_head), fresh(second)
    assert (gone.is_active, gone.merged_into) == (False, kept)
    assert kept.schools_as(Role.GOVERNOR) == {cast.elsewhere.pk}
    heads = RoleAssignment.objects.filter(user=kept, role=Role.HEADTEACHER)
    assert heads.count() == 2
    assert heads.filter(ends_on=None).count() == 1
    draft.refresh_from_db()
    assert draft.created_by == kept
    assert old.get("/").status_code == 302, "signed out"
    assert "This account was merged into" in text(office.get(url("person", second.pk)))
    told = set(
        Message.objects.filter(kind__in=["address-changed", "sign-in-changed"]).values_list("to_email", flat=True)
    )
    assert told == {"old.rowan@marlshire.example", "rowan@marlshire.example"}


def test_r_17_7_an_asts_second_account_brings_post_placements_and_library(cast: Cast) -> None:
    placement = stories.active(cast)
    signed = Signature.objects.get(user=cast.ast)
    material = Material.objects.create(
        author=cast.ast,
        title="Bar models",
        subject="mathematics",
        purpose="To choose.",
        link="https://x.example/",
        key_stages=("ks2",),
        sha256="0" * 64,
    )
    keep = person("Wren Castellow", "w.castellow@marlshire.example", Role.GOVERNOR, cast.elsewhere)
    merged(cast, keep, cast.ast)
    for row in (cast.post, material):
        row.refresh_from_db()
    assert (cast.post.user, material.author) == (keep, keep)
    assert Placement.objects.visible_to(fresh(keep)).filter(pk=placement.pk).exists()
    signed.refresh_from_db()
    assert signed.user == cast.ast, "history stays as it was"
    titles = {section.title: section.rows for section in subject_access.collect(subject_access.find(keep.email))}
    assert any(row.get("e-mail") == "wren@marlshire.example" for row in titles["Your account"])
    assert placement.reference in str(titles)
    assert subject_access.find("wren@marlshire.example").user == keep


def test_r_17_7_the_persons_other_address_may_be_the_one_that_stays(cast: Cast, second: User) -> None:
    merged(cast, cast.host_head, second, take_address=True)
    kept, gone = fresh(cast.host_head), fresh(second)
    assert (kept.email, gone.email) == ("old.rowan@marlshire.example", "rowan@marlshire.example")
    assert people.account(name="x", email="rowan@marlshire.example", by=cast.coordinator) == kept


def test_r_17_7_merging_twice_changes_nothing(cast: Cast, second: User) -> None:
    merged(cast, cast.host_head, second)
    before = (AuditEvent.objects.count(), Message.objects.count())
    assert merged(cast, cast.host_head, second) == cast.host_head
    assert (AuditEvent.objects.count(), Message.objects.count()) == before


def test_r_17_7_a_merged_account_never_opens_again(cast: Cast, second: User, client: Client) -> None:
    merged(cast, cast.host_head, second)
    with pytest.raises(Refused, match="merged into another one"):
        accounts.reopen(person=second, by=cast.coordinator)
    client.force_login(cast.coordinator)
    assert client.post(url("person_reopen", second.pk), follow=True).status_code == 200
    assert not fresh(second).is_active


def test_r_17_7_what_cannot_be_merged_is_refused_with_words(cast: Cast, second: User) -> None:
    with pytest.raises(Refused, match="This is the same account"):
        merged(cast, second, second)
    with pytest.raises(Refused, match="You are signed in with that account"):
        merged(cast, second, cast.coordinator)
    twin = PostFactory(home=cast.home).user
    with pytest.raises(Refused, match="Both accounts have an AST post at Hollowbrook School"):
        merged(cast, cast.ast, twin)
    merged(cast, cast.host_head, second)
    with pytest.raises(Refused, match="merged already"):
        merged(cast, cast.home_head, second)
    with pytest.raises(PermissionDenied):
        merged(cast, cast.home_head, cast.chair, by=cast.administrator)


def test_r_17_7_two_signatures_on_one_contract_that_waits_are_not_merged(cast: Cast) -> None:
    placement = stories.issued(cast)
    stories.sign(cast, placement, "host_head", "ast")
    with pytest.raises(Refused, match="Both accounts have signed the contract"):
        merged(cast, cast.host_head, cast.ast)


def test_r_17_7_the_page_of_merging_takes_wrong_input(cast: Cast, second: User, client: Client) -> None:
    client.force_login(cast.coordinator)
    page = url("person_merge", cast.host_head.pk)
    assert "No account has this address" in text(client.post(page, {"email": "nobody@marlshire.example"}))
    assert "This is the same account" in text(client.post(page, {"email": cast.host_head.email}))
    for odd in ("x", "9" * 30, "-1", str(cast.host_head.pk)):
        assert "E-mail address of the other account" in text(client.get(page, {"other": odd}))
