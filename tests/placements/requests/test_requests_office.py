"""The office writes a request down, the head confirms it, an AST passes one on (R-5.6, R-5.7)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from astcoord.core.models.messages import Message
from placements.placement.models import Placement
from placements.requests import reads as requests
from placements.requests.actions import asking as actions
from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest
from staff.accounts.models import RoleAssignment
from tests.cast import Cast
from tests.factories import SchoolFactory
from tests.placements.requests.asking import PAGES, PERSON, errors, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    client.force_login(cast.administrator)
    return client


def entered(office: Client, cast: Cast) -> OutreachRequest:
    """What the administrator writes down from the telephone: no people, no exclusions."""
    office.post(url("request_enter"), {"school": cast.host.pk, "route": "direct"})
    draft = OutreachRequest.objects.get()
    for slug in ("subject", "need", "aims", "success", "work", "dates"):
        assert office.post(url("request_step", draft.pk, slug), PAGES[slug]).status_code == 302
    return draft


def test_r_5_6_a_phoned_request_typed_by_the_administrator_is_in_the_queue(office: Client, cast: Cast) -> None:
    draft = entered(office, cast)
    assert office.post(url("request_check", draft.pk))["Location"] == url("request_sent", draft.pk)
    assert "has an email" in office.get(url("request_sent", draft.pk)).content.decode()
    page = office.get(url("queue") + "?group=school&route=direct").content.decode()
    assert draft.reference in page
    assert ">6 days" in page
    assert ", Direct</span>" in page


def test_r_5_7_only_the_head_confirms_and_adds_what_is_missing(office: Client, cast: Cast) -> None:
    draft = entered(office, cast)
    office.post(url("request_check", draft.pk))
    draft.refresh_from_db()
    assert draft.status == RequestStatus.AWAITING_CONFIRMATION
    assert [p.rule for p in requests.confirmation_problems(draft)] == ["R-5.7"]
    for nobody in (cast.coordinator, cast.administrator):
        with pytest.raises(PermissionDenied):
            actions.confirm(request=draft, by=nobody)
    [message] = Message.objects.filter(kind="request-confirm")
    assert message.to_email == cast.host_head.email
    assert url("request_check", draft.pk) in message.body

    office.force_login(cast.host_head)
    assert "Check and confirm" in office.get(url("request_check", draft.pk)).content.decode()
    response = office.post(url("request_check", draft.pk))
    assert {e["href"] for e in response.context["errors"]} == {
        url("request_people", draft.pk),
        url("request_step", draft.pk, "exclusions"),
    }
    office.post(url("request_person_add", draft.pk), PERSON)
    office.post(url("request_step", draft.pk, "exclusions"), PAGES["exclusions"])
    assert office.post(url("request_check", draft.pk)).status_code == 302
    draft.refresh_from_db()
    assert draft.status == RequestStatus.SUBMITTED
    assert draft.confirmed_by == cast.host_head
    assert requests.confirmation_problems(draft) == []


def test_the_office_cannot_change_what_the_head_has_to_confirm(office: Client, cast: Cast) -> None:
    draft = entered(office, cast)
    office.post(url("request_check", draft.pk))
    assert office.post(url("request_step", draft.pk, "aims"), PAGES["aims"]).status_code == 404


def test_r_6_2_the_office_too_must_write_down_what_is_compulsory(office: Client, cast: Cast) -> None:
    office.post(url("request_enter"), {"school": cast.host.pk, "route": "letter"})
    draft = OutreachRequest.objects.get()
    response = office.post(url("request_check", draft.pk))
    assert {"Enter what you would like the AST to do", "Enter how you will know that it has worked"} <= {
        e["text"] for e in response.context["errors"]
    }


def test_an_unfinished_draft_can_be_handed_to_the_head(office: Client, cast: Cast) -> None:
    office.post(url("request_enter"), {"school": cast.host.pk, "route": "direct"})
    draft = OutreachRequest.objects.get()
    office.post(url("request_step", draft.pk, "subject"), PAGES["subject"])
    page = office.post(url("request_hand_over", draft.pk), follow=True)
    assert "has been asked to finish" in page.content.decode()
    assert Message.objects.get().kind == "request-finish"
    office.force_login(cast.host_head)
    assert office.get(url("request_check", draft.pk)).status_code == 200


def test_a_school_without_a_head_account_is_said_to_have_none(office: Client, cast: Cast) -> None:
    RoleAssignment.objects.filter(user=cast.host_head).delete()
    draft = entered(office, cast)
    page = office.post(url("request_hand_over", draft.pk), follow=True).content.decode()
    assert "no headteacher account" in page
    office.post(url("request_check", draft.pk))
    assert "school’s own address has the email" in office.get(url("request_sent", draft.pk)).content.decode()
    assert {m.to_email for m in Message.objects.all()} == {cast.host.email}


def test_where_the_school_has_no_address_either_nobody_is_asked(office: Client, cast: Cast) -> None:
    RoleAssignment.objects.filter(user=cast.host_head).delete()
    cast.host.email = ""
    cast.host.save(update_fields=["email"])
    draft = entered(office, cast)
    office.post(url("request_hand_over", draft.pk))
    office.post(url("request_check", draft.pk))
    assert "nobody could be asked" in office.get(url("request_sent", draft.pk)).content.decode()
    assert not Message.objects.exists()


def test_the_office_chooses_only_served_schools_and_never_online(office: Client, cast: Cast) -> None:
    private = SchoolFactory(group_code="3")
    shut = SchoolFactory(status="closed")
    for school in (private, shut):
        assert "school" in errors(office.post(url("request_enter"), {"school": school.pk, "route": "direct"}))
    assert "route" in errors(office.post(url("request_enter"), {"school": cast.host.pk, "route": "online"}))


def test_r_5_7_a_direct_approach_makes_a_draft_for_the_head_and_no_placement(client: Client, cast: Cast) -> None:
    client.force_login(cast.ast)
    said = {"school": cast.host.pk, "subject": "mathematics", "words": "They want help with fractions."}
    assert client.get(url("request_pass_on")).status_code == 200
    for _ in range(2):
        assert client.post(url("request_pass_on"), said).status_code == 302
    draft = OutreachRequest.objects.get()
    assert (draft.status, draft.route, draft.host) == (RequestStatus.DRAFT, "direct", cast.host)
    assert not Placement.objects.exists()
    assert {m.to_email for m in Message.objects.all()} == {cast.host_head.email, cast.policy.office_email}
    assert client.get(url("request_check", draft.pk)).status_code == 403
    client.force_login(cast.host_head)
    assert "fractions" in client.get(url("request_check", draft.pk)).content.decode()
    client.force_login(cast.administrator)
    assert client.get(url("request_check", draft.pk)).status_code == 200


def test_r_1_6_an_approach_by_the_asts_own_school_is_inreach(client: Client, cast: Cast) -> None:
    client.force_login(cast.ast)
    said = {"school": cast.home.pk, "subject": "mathematics", "words": "Help at home."}
    assert "inreach" in errors(client.post(url("request_pass_on"), said))["school"][0]
    assert not OutreachRequest.objects.exists()
