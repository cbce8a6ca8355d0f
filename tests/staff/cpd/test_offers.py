"""Offers of development: posted, accepted onto the log, declined, taken back, closed, withdrawn (R-3.12)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astcoord.core.clock import today
from astcoord.core.home import tasks_for
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.cpd import consequences
from staff.cpd.actions import offers
from staff.cpd.actions.log import CPD
from staff.cpd.models import CpdAnswer, CpdEntry, CpdOffer
from staff.posts.events import Leaving
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory, person
from tests.staff.secondments.telling import Reader, day

pytestmark = pytest.mark.django_db
TITLE = "Leading a department"


def said(**fields: Any) -> dict[str, Any]:
    given = {"kind": "leadership", "title": TITLE, "about": "At Shire Hall", "days": Decimal(1), "places": 2}
    dates = {"on": today() + timedelta(days=30), "closes_on": today() + timedelta(days=20)}
    return {**given, **dates, "subject": "", "phase": "", **fields}


def post_offer(cast: Cast, by: User | None = None, **fields: Any) -> CpdOffer:
    return offers.save(by=by or cast.coordinator, **said(**fields))


def ast_of(name: str, **fields: Any) -> Post:
    user = person(
        name, f"{name.lower().partition(' ')[0]}@marlshire.example", Role.AST, SchoolFactory(phase="secondary")
    )
    return PostFactory(user=user, home=user.roles.get().school, **{"subjects": ("music",), **fields})


def accepted(cast: Cast, offer: CpdOffer) -> CpdAnswer:
    return offers.accept(offer=offer, post=cast.post, by=cast.ast)


def todo(user: User) -> list[str]:
    return [task.title for task in tasks_for(User.objects.get(pk=user.pk), today())]


def test_r_3_12_given_an_offer_when_the_ast_accepts_then_it_is_on_the_cpd_log(cast: Cast) -> None:
    office, ast = Reader(cast.coordinator), Reader(cast.ast)
    dates = {**day("on", today() + timedelta(days=30)), **day("closes_on", today() + timedelta(days=20))}
    asked = {**said(days="1"), **dates}
    assert office.send("cpd_offer_add", **{k: v for k, v in asked.items() if k not in ("on", "closes_on")}) == ""
    offer = CpdOffer.objects.get()
    assert f"Take up or decline: {offer}" in todo(cast.ast)
    assert TITLE in ast.text("cpd_offers")
    assert ast.send("cpd_offer_accept", offer.pk) == ""
    ast.send("cpd_offer_accept", offer.pk)
    entry = CpdEntry.objects.get()
    assert (entry.post, entry.what, entry.kind, entry.days) == (cast.post, TITLE, "leadership", Decimal(1))
    assert entry.on == offer.on
    assert TITLE in ast.text("cpd_log")
    assert cast.ast.name in office.text("cpd_offer", offer.pk)
    assert not [title for title in todo(cast.ast) if TITLE in title]
    assert "1 of 2 taken" in ast.text("cpd_offer", offer.pk)


def test_r_3_12_the_ast_says_how_it_keeps_up_to_date_and_cannot_delete_what_was_accepted(cast: Cast) -> None:
    accepted(cast, post_offer(cast))
    entry, ast = CpdEntry.objects.get(), Reader(cast.ast)
    assert "Delete it" not in ast.text("cpd_entry", entry.pk)
    assert "What was it?" not in ast.text("cpd_entry_change", entry.pk)
    assert ast.send("cpd_entry_change", entry.pk, keeps_up="I want to lead", what="Another") == ""
    entry.refresh_from_db()
    assert (entry.keeps_up, entry.what) == ("I want to lead", TITLE)
    with pytest.raises(Refused, match="Take the acceptance back"):
        CPD.remove(row=entry, by=cast.ast)


def test_r_3_12_declined_then_accepted_after_all_then_taken_back(cast: Cast) -> None:
    offer, ast = post_offer(cast), Reader(cast.ast)
    assert ast.send("cpd_offer_decline", offer.pk) == ""
    answer = CpdAnswer.objects.get()
    with pytest.raises(Refused, match="answered this offer already"):
        offers.decline(offer=offer, post=cast.post, by=cast.ast)
    assert not CpdEntry.objects.exists()
    ast.send("cpd_offer_accept", offer.pk)
    with pytest.raises(Refused, match="accepted this offer already"):
        accepted(cast, offer)
    assert CpdEntry.objects.count() == 1
    assert ast.send("cpd_answer_take_back", answer.pk) == ""
    answer.refresh_from_db()
    assert (answer.status, CpdEntry.objects.exists()) == ("declined", False)
    with pytest.raises(Refused, match="no longer possible"):
        offers.take_back(answer=answer, by=cast.ast)


def test_r_3_12_the_last_place_is_given_once_and_is_free_again_when_taken_back(cast: Cast) -> None:
    offer, second = post_offer(cast, places=1), ast_of("Fenn Ólafsdóttir")
    answer = accepted(cast, offer)
    with pytest.raises(Refused, match="All places are taken"):
        offers.accept(offer=offer, post=second, by=second.user)
    offers.take_back(answer=answer, by=cast.coordinator)
    assert offers.accept(offer=offer, post=second, by=second.user).status == "accepted"


def test_r_3_12_an_offer_for_a_subject_or_phase_is_not_for_others(cast: Cast) -> None:
    second = ast_of("Fenn Ólafsdóttir")
    music = post_offer(cast, title="Music across the curriculum", kind="cross", subject="music")
    primary = post_offer(cast, title="In primary schools", phase="primary")
    every = post_offer(cast, title="For everybody")
    assert list(CpdOffer.objects.visible_to(second.user).order_by("pk")) == [music, every]
    assert list(CpdOffer.objects.visible_to(cast.ast)) == [every]
    assert Reader(cast.ast).status("cpd_offer", music.pk) == 404
    for offer in (music, primary):
        with pytest.raises(Refused, match="another subject or phase"):
            accepted(cast, offer)
    assert not [title for title in todo(cast.ast) if "Music" in title]


def test_r_3_12_a_consultant_offers_to_the_own_subjects_only(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        post_offer(cast, by=cast.consultant)
    with pytest.raises(PermissionDenied):
        post_offer(cast, by=cast.consultant, subject="music")
    mine = post_offer(cast, by=cast.consultant, subject="mathematics")
    every = post_offer(cast)
    group = Reader(cast.consultant)
    accepted(cast, mine)
    assert cast.ast.name in group.text("cpd_offer", mine.pk)
    assert group.status("cpd_offer_change", every.pk) == 403
    assert "All subjects" not in group.text("cpd_offer_add")
    for user in (cast.ast, cast.home_head, cast.officer):
        with pytest.raises(PermissionDenied):
            post_offer(cast, by=user)
    for user in (cast.home_head, cast.host_head, cast.officer, cast.chair):
        assert Reader(user).status("cpd_offers") == 403


def test_r_3_12_an_ast_does_not_read_who_else_accepted_or_answer_for_another(cast: Cast) -> None:
    offer, second = post_offer(cast), ast_of("Fenn Ólafsdóttir")
    answer = accepted(cast, offer)
    assert cast.ast.name not in Reader(second.user).text("cpd_offer", offer.pk)
    assert Reader(second.user).client.post(f"/cpd-answers/{answer.pk}/take-back/").status_code == 404
    with pytest.raises(PermissionDenied):
        offers.accept(offer=offer, post=cast.post, by=second.user)


def test_r_3_12_a_closed_offer_takes_no_answer_and_is_opened_again(cast: Cast) -> None:
    offer, office = post_offer(cast), Reader(cast.coordinator)
    assert office.send("cpd_offer_close", offer.pk) == ""
    offer.refresh_from_db()
    for action in (offers.accept, offers.decline):
        with pytest.raises(Refused, match="closed"):
            action(offer=offer, post=cast.post, by=cast.ast)
    page = Reader(cast.ast).text("cpd_offer", offer.pk)
    assert ("Closed" in page, "Accept" in page) == (True, False)
    assert not [title for title in todo(cast.ast) if TITLE in title]
    offers.save(offer=offer, by=cast.coordinator, **said())
    assert accepted(cast, offer).status == "accepted"


def test_r_3_12_a_withdrawn_offer_goes_off_the_logs_and_those_who_accepted_are_told(cast: Cast) -> None:
    offer, office = post_offer(cast), Reader(cast.coordinator)
    accepted(cast, offer)
    second = ast_of("Fenn Ólafsdóttir")
    offers.decline(offer=offer, post=second, by=second.user)
    assert "Enter" in office.send("cpd_offer_withdraw", offer.pk, reason="")
    assert office.send("cpd_offer_withdraw", offer.pk, reason="The trainer is ill") == ""
    assert not CpdEntry.objects.exists()
    assert Message.objects.get(kind="cpd-offer-withdrawn").to_email == cast.ast.email
    assert "The trainer is ill" in Reader(cast.ast).text("cpd_offer", offer.pk)
    for action in (offers.withdraw, offers.close):
        with pytest.raises(Refused, match="withdrawn"):
            action(offer=offer, by=cast.coordinator, **({"reason": "x"} if action is offers.withdraw else {}))
    with pytest.raises(Refused, match="withdrawn"):
        accepted(cast, offer)


def test_r_3_12_a_changed_offer_changes_the_logs_and_tells_those_who_accepted(cast: Cast) -> None:
    offer = post_offer(cast)
    accepted(cast, offer)
    offers.save(offer=offer, by=cast.coordinator, **said(places=5))
    assert not Message.objects.filter(kind="cpd-offer-changed").exists()
    later = today() + timedelta(days=40)
    offers.save(offer=offer, by=cast.coordinator, **said(places=5, on=later, title="Leading a faculty"))
    entry = CpdEntry.objects.get()
    assert (entry.on, entry.what) == (later, "Leading a faculty")
    assert Message.objects.get(kind="cpd-offer-changed").to_email == cast.ast.email
    dates = {**day("on", later), **day("closes_on", later)}
    form = {k: v for k, v in said(days="1", places=0).items() if k not in ("on", "closes_on")}
    assert "must be 1 or more" in Reader(cast.coordinator).send("cpd_offer_change", offer.pk, **form, **dates)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"on": date(2026, 9, 1), "closes_on": date(2026, 8, 31)}, "today or later"),
        ({"closes_on": date(2027, 6, 1)}, "the day itself or before"),
        ({"title": " "}, "Enter what is offered"),
        ({"places": 0}, "1 place or more"),
        ({"days": Decimal(50)}, "40 days or fewer"),
    ],
)
def test_r_3_12_what_makes_an_offer_wrong(cast: Cast, fields: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        post_offer(cast, **fields)


def test_r_3_12_an_ast_takes_back_before_the_day_the_office_also_after(cast: Cast) -> None:
    offer = post_offer(cast)
    answer = accepted(cast, offer)
    CpdOffer.objects.filter(pk=offer.pk).update(on=today(), closes_on=today())
    answer = CpdAnswer.objects.get(pk=answer.pk)
    with pytest.raises(Refused, match="too late"):
        offers.take_back(answer=answer, by=cast.ast)
    with pytest.raises(PermissionDenied):
        offers.take_back(answer=answer, by=cast.consultant)
    offers.take_back(answer=answer, by=cast.coordinator)
    assert not CpdEntry.objects.exists()


def test_r_17_7_what_comes_after_the_last_day_is_taken_back(cast: Cast) -> None:
    answer = accepted(cast, post_offer(cast))
    event = Leaving(cast.post, last_day=today() + timedelta(days=3), today=today())
    assert len(list(consequences.of_leaving(event))) == 1
    consequences.carry_leaving(event, cast.coordinator)
    answer.refresh_from_db()
    assert (answer.status, CpdEntry.objects.exists()) == ("declined", False)


def test_r_3_12_lists_and_pages_cost_the_same_with_thirty(cast: Cast) -> None:
    first = post_offer(cast, places=40)
    reader, ast, costs = Reader(cast.coordinator), Reader(cast.ast), []
    for more in (1, 29):
        for number in range(more):
            post = ast_of(f"Ast{more}x{number} Elm")
            offers.accept(offer=first, post=post, by=post.user)
            post_offer(cast)
        for who, page in ((reader, ("cpd_offers",)), (ast, ("cpd_offers",)), (reader, ("cpd_offer", first.pk))):
            who.get(*page)
            with CaptureQueriesContext(connection) as queries:
                who.get(*page)
            costs.append(len(queries))
    assert costs[:3] == costs[3:]
    assert max(costs) <= 12, costs


def told_of(offer: CpdOffer) -> list[str]:
    return sorted(Message.objects.about(offer).filter(kind="cpd-offer").values_list("to_email", flat=True))


def test_r_3_12_asts_for_whom_an_offer_is_are_told_once_and_later_those_for_whom_it_has_come_to_be(cast: Cast) -> None:
    second = ast_of("Fenn Ólafsdóttir")
    offer = post_offer(cast, subject="music")
    assert told_of(offer) == [second.user.email]
    assert TITLE in Message.objects.get(kind="cpd-offer").subject
    offers.save(offer=offer, by=cast.coordinator, **said(subject="music", places=5))
    assert told_of(offer) == [second.user.email], "not twice"
    offers.save(offer=offer, by=cast.coordinator, **said(places=5))
    assert told_of(offer) == sorted([cast.ast.email, second.user.email])


def test_r_3_12_of_an_offer_that_is_withdrawn_before_the_e_mail_has_gone_none_goes(cast: Cast) -> None:
    offer = post_offer(cast)
    offers.withdraw(offer=offer, reason="The trainer is ill", by=cast.coordinator)
    assert {m.status for m in Message.objects.filter(kind="cpd-offer")} == {"cancelled"}
