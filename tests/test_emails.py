"""Every e-mail there is, found in the templates' folders: each has a subject, the greeting and the signature."""

import html
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from astcoord.core import emails, outbox, personal_data
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from astcoord.samples import facts as samples
from astcoord.samples.messages import FOLDER, templates
from evaluation.reviews import emails as reviews
from evaluation.reviews.models import ImpactReview
from placements.agreement import emails as agreement
from placements.days import emails as days
from placements.days.models import OutreachDay
from placements.matching import emails as matching
from placements.placement.models import Placement
from placements.placement.reads import readers_of
from placements.requests import emails as requests
from placements.supported import emails as supported
from placements.supported.models import SupportedStaff
from schools.calendar.models import Term
from staff.accounts.models import RoleAssignment
from staff.accounts.reads import heads_or_school
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TEMPLATES = list(templates().values())


@pytest.fixture
def placement(cast: Cast) -> Placement:
    placement = cast.placement(notice_days=5, meeting_place="The library")
    SupportedStaff.objects.create(placement=placement, name="Juno Pettifer", email="juno@marlshire.example")
    return placement


@pytest.fixture
def day(placement: Placement) -> OutreachDay:
    return OutreachDay.objects.create(placement=placement, on=date(2026, 11, 3), days=Decimal(1))


@pytest.fixture
def review(placement: Placement) -> ImpactReview:
    return ImpactReview.objects.create(placement=placement, term=Term.objects.first(), due_on=date(2026, 12, 18))


def test_there_are_templates() -> None:
    assert len(TEMPLATES) >= 40
    assert len({Path(name).stem for name in TEMPLATES}) == len(TEMPLATES), "the name is the message's kind"


SAYS = re.compile(
    r"\n\n(?:What is needed from you: (?P<wanted>.+)\nBy when: (?P<by>.+)\nWhere"
    r"|Nothing is needed from you\.\nTo read more): "
    r"(?P<where>https?://\S+|reply to this e-mail)\n\n"
)
PARTS = ("wanted", "by", "link")


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_e_mail_has_subject_greeting_and_signature_and_names_nobody(
    template: str, cast: Cast, placement: Placement
) -> None:
    own = {"placement": placement, "request": placement.request, "match": placement.match}
    for given in (samples.facts(today(), cast.policy) | own, samples.otherwise(today(), cast.policy)):
        subject, body = emails.render(template, to=Reader.of(cast.host_head), authority=cast.policy, **given)
        assert 10 < len(subject) < 120
        assert "\n" not in subject
        assert not subject.startswith("Dear")
        assert body.startswith("Dear Rowan Oakhanger\n\n")
        assert body.endswith("\n\nAST co-ordinator\nMarlshire County Council\nast-office@marlshire.example\n")
        assert "\n\n\n" not in body
        for text in (subject, body, emails.html(subject, body)):
            assert [left for left in ("{{", "{%", "None", "Juno", "Pettifer") if left in text] == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_r_18_2_every_e_mail_says_what_is_wanted_by_when_and_where(template: str, cast: Cast) -> None:
    """As text and as HTML, with one link; one that wants nothing says so."""
    assert declared(template) == set(PARTS), "fill the blocks wanted, by and link, or extend emails/news.txt"
    for given in (samples.facts(today(), cast.policy), samples.otherwise(today(), cast.policy)):
        subject, body = emails.render(template, to=Reader.of(cast.host_head), authority=cast.policy, **given)
        said = SAYS.search(body)
        assert said, body
        links = re.findall(r"https?://\S+", body)
        assert links == ([said["where"]] if said["where"].startswith("http") else []), "one link, and it is the last"
        page = html.unescape(emails.html(subject, body))
        for part in filter(None, said.groups()):
            assert part in page
        for link in links:
            assert f'href="{link}"' in page


def declared(template: str) -> set[str]:
    """Which of the three parts a template fills, or one on which it rests; the base of all leaves them empty."""
    text = (FOLDER / template).read_text()
    found = {part for part in PARTS if f"{{% block {part} %}}" in text}
    below = re.search(r'{% extends "([^"]+)" %}', text)
    return found | declared(below[1]) if below and below[1] != "emails/base.txt" else found


def test_r_18_2_a_template_without_its_three_parts_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    monkeypatch.setitem(globals(), "FOLDER", tmp_path)
    (tmp_path / "half.txt").write_text('{% extends "emails/base.txt" %}{% block wanted %}Sign{% endblock wanted %}')
    with pytest.raises(AssertionError, match="fill the blocks"):
        test_r_18_2_every_e_mail_says_what_is_wanted_by_when_and_where("half.txt", cast)


def test_r_18_2_please_sign_has_the_day_and_the_link(cast: Cast, placement: Placement) -> None:
    """R-18.2's example; a first day that has gone is no day to sign by."""
    version = SimpleNamespace(number=1, change="", policy=cast.policy)
    told = {"placement": placement, "version": version, "signs": True, "capacity": "Host headteacher"}
    for starts_on, by in ((date(2026, 11, 3), "before 3 November 2026"), (date(2026, 9, 8), "as soon as you can")):
        placement.starts_on = starts_on
        subject, body = emails.render(
            "placements/agreement/emails/contract-issued.txt",
            to=Reader.of(cast.host_head),
            authority=cast.policy,
            **told,
        )
        assert subject == "Please sign: contract for AST support at Fernleigh Primary School"
        link = outbox.link(reverse("placements:contract", args=[placement.pk]))
        assert f"Sign it, or tell the co-ordinator what stands in the way\nBy when: {by}\nWhere: {link}\n" in body


def said_to(kind: str, to: str) -> tuple[Message, str, str, str]:
    """The message of this kind to an address, with its three parts."""
    message = Message.objects.get(kind=kind, to_email=to)
    found = SAYS.search(message.body)
    assert found, message.body
    return message, found["wanted"] or "", found["by"] or "", found["where"]


def test_r_18_2_days_that_are_planned_ask_the_head_to_confirm_and_the_home_head_to_see_to_cover(
    cast: Cast, placement: Placement, day: OutreachDay
) -> None:
    more = OutreachDay.objects.create(placement=placement, on=date(2026, 11, 10), days=Decimal(1))
    days.planned([day, more], by=cast.coordinator)
    _, wanted, by, where = said_to("day-planned", cast.host_head.email)
    assert wanted.startswith("Confirm the days, all at once")
    assert (by, where) == ("before 3 November 2026", outbox.link(reverse("placements:days_confirm")))
    assert said_to("day-planned", cast.ast.email)[1] == "", "the AST is told"
    message, wanted, by, where = said_to("cover-dates", cast.home_head.email)
    assert (wanted, by, where) == (
        "See to cover",
        "before 3 November 2026",
        outbox.link(reverse("placements:cover_dates")),
    )
    assert "10 November 2026" in message.body
    assert message.calendar.count("BEGIN:VEVENT") == 2


def test_r_18_2_a_confirmed_day_is_not_asked_for_again(cast: Cast, day: OutreachDay) -> None:
    OutreachDay.objects.update(status="confirmed")
    day.refresh_from_db()
    days.changed(day, date(2026, 11, 2), by=cast.coordinator)
    assert said_to("day-changed", cast.host_head.email)[1] == ""


def test_r_18_2_the_preliminary_meeting_has_an_entry_and_says_what_to_do_if_one_cannot_come(
    placement: Placement,
) -> None:
    """Each is led to a page that opens for them: the placement, or the own form of somebody supported."""
    placement.meeting_called_for = date(2026, 10, 20)
    papers = [Document.objects.create(kind="x", facts={})]
    agreement.call_meeting(placement, readers_of(placement, today()), date(2026, 10, 20), papers)
    own = {"rowan@marlshire.example": placement.get_absolute_url(), "juno@marlshire.example": "/my-part/"}
    for to, page in own.items():
        message, wanted, by, where = said_to("preliminary-meeting", to)
        assert "If you cannot come, reply to this e-mail" in wanted
        assert by.startswith("20 October 2026")
        assert page in where
        assert "DTSTART;VALUE=DATE:20261020" in message.calendar


def test_r_18_2_the_chairs_notice_leads_to_the_summaries(cast: Cast, placement: Placement) -> None:
    cast.host.chair_email = cast.chair.email
    agreement.tell_chair(placement, Document.objects.create(kind="x", facts={}))
    message, wanted, _, where = said_to("chair-notice", cast.chair.email)
    assert (wanted, where) == ("", outbox.link(reverse("evaluation:board_papers")))
    assert "Nothing is needed from you." in message.body


def test_people_who_are_supported_are_not_named_in_the_greeting(placement: Placement, cast: Cast) -> None:
    placement.meeting_called_for = today()
    agreement.call_meeting(
        placement, readers_of(placement, today()), today(), [Document.objects.create(kind="x", facts={})]
    )
    message = Message.objects.get(to_email="juno@marlshire.example")
    assert message.body.startswith("Dear colleague\n")


ToAHead = Callable[[Placement, OutreachDay, ImpactReview], Any]
TO_A_HEAD: dict[str, ToAHead] = {
    "request-returned": lambda p, d, r: requests.returned(p.request),
    "match-agreed": lambda p, d, r: matching.agreed(p.match),
    "placement-active": lambda p, d, r: agreement.tell_active(p, readers_of(p, today())),
    "supported-withdrew": lambda p, d, r: supported.tell_withdrawn(p.supported.get(), readers_of(p, today()), left=1),
    "day-planned": lambda p, d, r: days.planned([d], by=None),
    "review-submitted": lambda p, d, r: reviews.submitted(r),
}


@pytest.mark.parametrize("kind", TO_A_HEAD)
def test_where_no_head_has_an_account_the_school_is_written_to(
    kind: str, cast: Cast, placement: Placement, day: OutreachDay, review: ImpactReview
) -> None:
    RoleAssignment.objects.filter(user=cast.host_head).delete()
    TO_A_HEAD[kind](placement, day, review)
    message = Message.objects.get(kind=kind, to_email=cast.host.email)
    assert message.to_name == "The headteacher"
    assert message.body.startswith("Dear Headteacher\n")
    assert "no headteacher of the school has an account yet" in message.body
    assert f"school:{cast.host.pk}" in message.key or message.key.endswith(cast.host.email)


def test_a_head_with_an_account_is_written_to_and_not_the_school(cast: Cast) -> None:
    assert heads_or_school(cast.host, today()) == [Reader.of(cast.host_head)]
    cast.host.email = ""
    RoleAssignment.objects.filter(user=cast.host_head).delete()
    assert heads_or_school(cast.host, today()) == [], "nobody to write to, and no error"


BY_ITSELF = re.compile(r"{{\s*(?:\w+\.)*(\w+)[\s|}]")
NOT_TYPED_OF_A_CASE = {"name", "title", "subject", "before"}
"""Of a school, of an alert, of a message: columns of these names mean something else in an e-mail."""


@pytest.mark.parametrize("template", TEMPLATES)
def test_section_g_what_people_typed_of_a_case_goes_through_the_rule_of_names(template: str) -> None:
    """`{% told request.task request %}`, not `{{ request.task }}`: its reader may not know the people supported."""
    typed = {column for model in apps.get_models() for column in personal_data.of(model).may_name}
    bare = set(BY_ITSELF.findall((FOLDER / template).read_text())) & typed - NOT_TYPED_OF_A_CASE
    assert not bare, f"put these through told: {', '.join(bare)}"
