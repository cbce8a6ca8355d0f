"""Block refuses, override is the co-ordinator's decision for one, allow is not asked (R-6.7 to R-6.9, C2, C3)."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from astcoord.core.clock import today
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from placements.matching.actions import propose
from placements.requests import reads
from placements.requests.actions import asking, decisions
from placements.requests.models import OutreachRequest, RequestedStaff
from schools.register.models import SchoolStatus
from tests.cast import Cast
from tests.factories import RequestFactory
from tests.placements.requests.asking import url
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db

WHY = "Six days, with planning done together."
AGREES = "Everybody named who is in serious difficulty agrees"


@pytest.fixture
def asked(cast: Cast) -> OutreachRequest:
    """For two: one in serious difficulty."""
    Policy.objects.update(teacher_difficulty="override", host_difficulty="override")
    request = RequestFactory(host=cast.host, created_by=cast.host_head)
    add(request, "Linnet Farrow")
    return request


def add(request: OutreachRequest, name: str, situation: str = "serious") -> RequestedStaff:
    return RequestedStaff.objects.create(
        request=request, name=name, selection="self", head_agrees=True, situation=situation
    )


def missing(request: OutreachRequest) -> list[str]:
    request = OutreachRequest.objects.get(pk=request.pk)
    return [problem.field for problem in reads.realism_problems(request, today=today())]


def match(cast: Cast, request: OutreachRequest) -> None:
    propose(request=request, post=cast.post, days=Decimal(6), by=cast.coordinator)


def test_r_6_7_an_override_needs_the_statement_and_the_persons_consent(
    cast: Cast, client: Client, asked: OutreachRequest
) -> None:
    client.force_login(cast.coordinator)
    page = url("request_realism", asked.pk)
    assert missing(asked) == ["realism", "consents"]
    assert AGREES in text(client.get(page))
    client.post(page, {"realism": WHY})
    assert missing(asked) == ["consents"], "whether they agree is not known yet"
    assert "Say first that whoever is in serious" in text(client.get(url("request_detail", asked.pk)))
    with pytest.raises(Refused, match="agrees to be supported"):
        match(cast, asked)
    client.post(page, {"realism": WHY, "consents": "on"})
    assert missing(asked) == []
    match(cast, asked)
    assert AuditEvent.objects.about(asked).filter(verb__contains="realistic", by=cast.coordinator).count() == 2


def test_r_6_7_a_consent_is_taken_back_and_holds_for_nobody_who_comes_later(
    cast: Cast, client: Client, asked: OutreachRequest
) -> None:
    client.force_login(cast.coordinator)
    page = url("request_realism", asked.pk)
    client.post(page, {"realism": WHY, "consents": "on"})
    assert client.get(page).context["form"]["consents"].initial is True
    add(asked, "Teal Ormerod")
    assert missing(asked) == ["consents"]
    client.post(page, {"realism": WHY, "consents": "on"})
    assert missing(asked) == []
    client.post(page, {"realism": WHY})
    assert missing(asked) == ["consents"]


def test_r_6_7_what_is_allowed_is_not_asked(cast: Cast, client: Client, asked: OutreachRequest) -> None:
    Policy.objects.update(teacher_difficulty="allow")
    assert missing(asked) == []
    client.force_login(cast.coordinator)
    assert AGREES not in text(client.get(url("request_realism", asked.pk)))
    match(cast, asked)


@pytest.mark.parametrize(("policy", "asks"), [("block", ["realism"]), ("override", ["realism"]), ("allow", [])])
def test_r_6_7_some_difficulty_is_always_allowed_and_asks_for_no_consent(
    cast: Cast, policy: str, asks: list[str]
) -> None:
    Policy.objects.update(teacher_difficulty=policy)
    request = RequestFactory(host=cast.host, created_by=cast.host_head)
    add(request, "Linnet Farrow", "some")
    assert missing(request) == asks


@pytest.mark.parametrize(("policy", "asks"), [("override", ["realism"]), ("allow", [])])
def test_r_6_8_a_school_in_a_category_is_overridden_by_the_statement_or_allowed(
    cast: Cast, policy: str, asks: list[str]
) -> None:
    Policy.objects.update(host_difficulty=policy)
    SchoolStatus.objects.create(school=cast.host, kind="category", name="special_measures", starts_on=date(2026, 9, 1))
    request = RequestFactory(host=cast.host, created_by=cast.host_head)
    assert missing(request) == asks
    if asks:
        with pytest.raises(Refused, match="realistic"):
            match(cast, request)
        decisions.state_realism(request=request, by=cast.coordinator, statement=WHY)
        request.refresh_from_db()
    match(cast, request)


def test_r_6_9_a_programme_asks_for_the_statement_by_whatever_policy(cast: Cast) -> None:
    Policy.objects.update(host_difficulty="allow", teacher_difficulty="allow")
    SchoolStatus.objects.create(
        school=cast.host, kind="programme", name="national_challenge", starts_on=date(2026, 9, 1)
    )
    assert missing(RequestFactory(host=cast.host, created_by=cast.host_head)) == ["realism"]


def test_r_6_7_the_consent_goes_with_the_declaration(cast: Cast, asked: OutreachRequest) -> None:
    decisions.state_realism(request=asked, by=cast.coordinator, statement=WHY, consents=True)
    assert RequestedStaff.objects.filter(consents=True).exists()
    asking.forget_declarations(asked)
    assert not RequestedStaff.objects.filter(consents=True).exists()


@pytest.mark.parametrize("who", ["administrator", "officer", "consultant", "host_head", "home_head", "ast"])
def test_section_g_nobody_but_the_co_ordinator_says_so_or_reads_it(
    cast: Cast, client: Client, asked: OutreachRequest, who: str
) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(url("request_realism", asked.pk)).status_code == 403
    with pytest.raises(Exception, match="state realism"):
        decisions.state_realism(request=asked, by=getattr(cast, who), statement=WHY, consents=True)
    detail = client.get(url("request_detail", asked.pk))
    assert "serious difficulty" not in detail.content.decode()
