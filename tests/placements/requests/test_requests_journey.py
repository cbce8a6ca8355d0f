"""The headteacher asks: page by page, checked again at the end, and nobody else's business until it is sent."""

from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client

from astcoord.core import delivery
from astcoord.core.models.history import Transition
from astcoord.core.models.messages import Message
from astcoord.core.models.policy import Policy
from astcoord.core.roles import Role
from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest
from schools.calendar.models import HalfTerm, Term
from schools.register.models import School
from tests.cast import Cast
from tests.factories import PriorityFactory, RequestFactory, RoleFactory, SchoolFactory
from tests.placements.requests.asking import BRIEF, PAGES, PERSON, begun, errors, url, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(client: Client, cast: Cast) -> Client:
    client.force_login(cast.host_head)
    return client


def test_r_6_1_the_whole_way_from_start_to_reference(head: Client, cast: Cast) -> None:
    assert b"Start now" in head.get(url("request_start")).content
    assert cast.host.name in head.get(url("request_new")).content.decode()
    response = head.post(url("request_new"))
    draft = OutreachRequest.objects.get()
    here = response["Location"]
    visited = []
    for _ in range(12):
        if here == url("request_people", draft.pk):
            here = head.get(here)["Location"]
        slug = here.rstrip("/").split("/")[-1]
        visited.append(slug)
        assert head.get(here).status_code == 200
        if slug == "check":
            break
        response = head.post(here, PERSON if slug == "add" else BRIEF[slug])
        assert response.status_code == 302, (slug, errors(response))
        here = response["Location"]
        if slug == "add":
            assert b"Juno Pettifer" in head.get(here).content
            here = head.post(here)["Location"]
    assert visited == ["brief-need", "brief-help", "brief-when", "add", "check"]
    assert b"Still to do" not in head.get(here).content
    assert head.post(here)["Location"] == url("request_sent", draft.pk)
    assert draft.reference in head.get(url("request_sent", draft.pk)).content.decode()
    draft.refresh_from_db()
    assert draft.status == RequestStatus.SUBMITTED
    assert draft.confirmed_by == cast.host_head
    assert draft.days == Decimal(6)
    assert (draft.wanted_from, draft.wanted_until) == (date(2026, 11, 2), date(2027, 2, 12))
    assert draft.pupil_groups == ("all",)


def test_the_number_of_pages_never_jumps_and_every_page_leads_back(head: Client) -> None:
    draft = begun(head)
    back = url("request_start")
    for number, slug in enumerate(BRIEF, 1):
        page = head.get(url("request_step", draft.pk, slug)).content.decode()
        assert f"Request {draft.reference}, page {number} of 5" in page
        assert f'href="{back}"' in page
        back = url("request_step", draft.pk, slug)
        assert head.post(back, BRIEF[slug]).status_code == 302
    add = head.get(url("request_person_add", draft.pk)).content.decode()
    assert "page 4 of 5" in add
    assert f'href="{back}"' in add
    assert "page 5 of 5" in head.get(url("request_check", draft.pk)).content.decode()
    single = head.get(url("request_step", draft.pk, "aims")).content.decode()
    assert ", page " not in single
    assert f'href="{url("request_check", draft.pk)}"' in single


def test_with_a_list_of_priorities_the_pages_are_six(head: Client) -> None:
    PriorityFactory(name="Raise standards in mathematics")
    draft = begun(head)
    for number, slug in enumerate(BRIEF, 1):
        assert f"page {number} of 6" in head.get(url("request_step", draft.pk, slug)).content.decode()
        onward = head.post(url("request_step", draft.pk, slug), BRIEF[slug])["Location"]
    assert onward == url("request_step", draft.pk, "priorities")
    assert "page 4 of 6" in head.get(onward).content.decode()
    assert "page 5 of 6" in head.get(url("request_person_add", draft.pk)).content.decode()


def test_one_school_is_begun_from_the_first_page_with_one_press(head: Client, cast: Cast) -> None:
    page = head.get(url("request_start") + "?from=letter").content.decode()
    assert f'action="{url("request_new")}"' in page
    assert f"For {cast.host.name}." in page
    head.post(url("request_new"), {"from": "letter"})
    assert OutreachRequest.objects.get().route == "letter"


@pytest.mark.parametrize(
    ("phase", "ages", "stages"),
    [
        ("primary", (4, 11), ["fs", "ks1", "ks2"]),
        ("primary", (7, 11), ["ks2"]),
        ("secondary", (11, 16), ["ks3", "ks4"]),
        ("secondary", (None, None), ["ks3", "ks4", "post16"]),
        ("special", (None, None), ["fs", "ks1", "ks2", "ks3", "ks4", "post16"]),
    ],
)
def test_only_key_stages_that_the_school_has_are_asked_about(
    head: Client, cast: Cast, phase: str, ages: tuple[int | None, int | None], stages: list[str]
) -> None:
    School.objects.filter(pk=cast.host.pk).update(phase=phase, low_age=ages[0], high_age=ages[1])
    draft = begun(head)
    for slug in ("brief-need", "subject"):
        form = head.get(url("request_step", draft.pk, slug)).context["form"]
        assert [code for code, _ in form.fields["key_stages"].choices] == stages
        assert list(form["key_stages"].value()) == (stages if len(stages) == 1 else [])


def test_weeks_are_chosen_and_the_stored_days_come_back_as_weeks(head: Client, cast: Cast) -> None:
    draft = begun(head)
    when = url("request_step", draft.pk, "brief-when")
    page = head.get(when)
    weeks = [words for _, words in page.context["form"].fields["wanted_from"].choices]
    assert weeks[:3] == ["Select a week", "The week of 5 October 2026", "The week of 12 October 2026"]
    assert "The week of 26 October 2026" not in weeks  # half-term
    assert errors(head.post(when, {**BRIEF["brief-when"], "wanted_from": ""})) == {
        "wanted_from": ["Select the first week"]
    }
    assert head.post(when, {**BRIEF["brief-when"], "wanted_from": "1999-01-04"}).status_code == 200
    assert "wanted_until" in errors(head.post(when, {**BRIEF["brief-when"], "wanted_until": "2026-10-16"}))
    head.post(when, BRIEF["brief-when"])
    draft.refresh_from_db()
    assert (draft.wanted_from, draft.wanted_until) == (date(2026, 11, 2), date(2027, 2, 12))
    draft.wanted_from = date(2026, 11, 4)  # a single day, given on its own page
    draft.save()
    form = head.get(when).context["form"]
    assert str(form["wanted_from"].value()) == "2026-11-02"


def test_without_a_calendar_days_are_asked_for(head: Client, cast: Cast) -> None:
    HalfTerm.objects.all().delete()
    Term.objects.all().delete()
    draft = begun(head)
    assert 'name="wanted_from_day"' in head.get(url("request_step", draft.pk, "brief-when")).content.decode()


def test_n2_the_head_and_the_office_are_told_without_names(head: Client, cast: Cast) -> None:
    draft = whole(head)
    head.post(url("request_check", draft.pk))
    delivery.deliver_all()
    assert {m.to[0].split("<")[-1].strip(">") for m in mail.outbox} == {
        cast.host_head.email,
        cast.policy.office_email,
    }
    assert all("Juno" not in m.body + m.subject for m in mail.outbox)
    assert all(draft.reference in m.subject for m in mail.outbox)
    assert all(f"https://ast.marlshire.example{url('request_detail', draft.pk)}" in m.body for m in mail.outbox)


def test_no_office_address_no_office_message(head: Client, cast: Cast) -> None:
    Policy.objects.update(office_email="")
    head.post(url("request_check", whole(head).pk))
    assert list(Message.objects.values_list("to_email", flat=True)) == [cast.host_head.email]


def test_sending_twice_sends_once(head: Client, cast: Cast) -> None:
    draft = whole(head)
    first, second = head.post(url("request_check", draft.pk)), head.post(url("request_check", draft.pk))
    assert first["Location"] == second["Location"] == url("request_sent", draft.pk)
    assert Transition.objects.about(draft).count() == 1
    assert Message.objects.count() == 2


def test_starting_twice_gives_one_draft(head: Client) -> None:
    head.post(url("request_new"))
    head.post(url("request_new"))
    assert OutreachRequest.objects.count() == 1


def test_two_tabs_do_not_mix(head: Client) -> None:
    one = begun(head)
    head.post(url("request_step", one.pk, "subject"), PAGES["subject"])
    head.post(url("request_new"))
    two = OutreachRequest.objects.exclude(pk=one.pk).get()
    head.post(url("request_step", two.pk, "subject"), {**PAGES["subject"], "subject": "music"})
    one.refresh_from_db()
    assert one.subject == "mathematics"


@pytest.mark.parametrize("slug", list(PAGES))
def test_each_page_keeps_nothing_when_it_is_empty(head: Client, slug: str) -> None:
    draft = begun(head)
    response = head.post(url("request_step", draft.pk, slug), {})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert b"<title>Error: " in response.content
    assert b"There is a problem" in response.content


@pytest.mark.parametrize(("slug", "field"), [("success", "criterion"), ("aims", "task"), ("aims", "training_need")])
def test_r_6_2_the_compulsory_answers_are_asked_for_on_their_field(head: Client, slug: str, field: str) -> None:
    draft = begun(head)
    response = head.post(url("request_step", draft.pk, slug), {**PAGES[slug], field: "   "})
    assert list(errors(response)) == [field]


def test_r_6_1_given_no_success_criterion_when_submitted_then_an_error_that_leads_to_its_page(head: Client) -> None:
    draft = whole(head)
    OutreachRequest.objects.update(criterion="")
    response = head.post(url("request_check", draft.pk))
    assert response.status_code == 200
    assert response.context["errors"] == [
        {"text": "Enter how you will know that it has worked", "href": url("request_step", draft.pk, "success")}
    ]
    assert b"<title>Error: " in response.content
    draft.refresh_from_db()
    assert draft.status == RequestStatus.DRAFT


def test_the_check_page_lists_what_is_left_with_links(head: Client) -> None:
    draft = begun(head)
    page = head.get(url("request_check", draft.pk)).content.decode()
    assert "Still to do" in page
    for slug in ("subject", "need", "aims", "success", "work", "dates", "exclusions"):
        assert url("request_step", draft.pk, slug) in page
    left = [item["text"] for item in head.get(url("request_check", draft.pk)).context["left"]]
    assert left.count("How much, and when") == 1
    assert "Who the AST would work with" in left


def test_changing_one_answer_of_a_whole_draft_leads_back_to_the_check(head: Client) -> None:
    draft = whole(head)
    response = head.post(url("request_step", draft.pk, "aims"), {**PAGES["aims"], "task": "Something clearer."})
    assert response["Location"] == url("request_check", draft.pk)


def test_hostile_input_is_refused_or_kept_as_plain_text(head: Client, cast: Cast) -> None:
    draft = begun(head)
    subject = url("request_step", draft.pk, "subject")
    assert "subject" in errors(head.post(subject, {**PAGES["subject"], "subject": "witchcraft"}))
    assert "key_stages" in errors(head.post(subject, {**PAGES["subject"], "key_stages": ["ks2|ks9", "%"]}))
    aims = url("request_step", draft.pk, "aims")
    assert "task" in errors(head.post(aims, {**PAGES["aims"], "task": "x" * 2001}))
    assert "task" in errors(head.post(aims, {**PAGES["aims"], "task": "nul\x00byte"}))
    head.post(aims, {**PAGES["aims"], "task": "<script>alert(1)</script>", "status": "placed", "host": cast.home.pk})
    draft.refresh_from_db()
    assert draft.status == RequestStatus.DRAFT
    assert draft.host == cast.host
    page = head.get(url("request_check", draft.pk)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_unknown_pages_and_people_are_not_found(head: Client, cast: Cast) -> None:
    draft = begun(head)
    other = RequestFactory(host=cast.elsewhere).staff.get()
    assert head.get(url("request_step", draft.pk, "nonsense")).status_code == 404
    assert head.get(url("request_step", draft.pk, "people")).status_code == 404
    assert head.get(url("request_person", draft.pk, other.pk)).status_code == 404
    assert head.post(url("request_person_remove", draft.pk, other.pk)).status_code == 404


def test_get_changes_nothing(head: Client, cast: Cast) -> None:
    draft = whole(head)
    assert head.get(url("request_again", draft.pk)).status_code == 405
    for name in ("request_check", "request_withdraw", "request_detail"):
        head.get(url(name, draft.pk))
    draft.refresh_from_db()
    assert draft.status == RequestStatus.DRAFT


@pytest.mark.parametrize(
    "page",
    ["request_detail", "request_check", "request_people", "request_withdraw", "request_sent", "request_person_add"],
)
def test_a_foreign_head_and_a_neighbours_draft_are_not_found(head: Client, cast: Cast, page: str) -> None:
    draft = whole(head)
    for person in (cast.outsider, cast.home_head):
        head.force_login(person)
        assert head.get(url(page, draft.pk)).status_code == 404
        if page != "request_detail":
            assert head.post(url(page, draft.pk), PERSON).status_code in (404, 405)
    assert head.post(url("request_again", draft.pk)).status_code == 404
    assert head.post(url("request_step", draft.pk, "aims"), PAGES["aims"]).status_code == 404


def test_a_draft_is_not_the_offices_business_until_it_is_sent(head: Client, cast: Cast) -> None:
    draft = whole(head)
    for person in (cast.coordinator, cast.administrator, cast.officer, cast.consultant):
        head.force_login(person)
        assert head.get(url("request_detail", draft.pk)).status_code == 404


def test_a_sent_request_cannot_be_changed_from_an_old_page(head: Client) -> None:
    draft = whole(head)
    head.post(url("request_check", draft.pk))
    response = head.post(url("request_step", draft.pk, "aims"), {**PAGES["aims"], "task": "Something else"})
    assert "no longer possible" in response.content.decode()
    draft.refresh_from_db()
    assert draft.task == PAGES["aims"]["task"]
    assert head.get(url("request_step", draft.pk, "aims"))["Location"] == url("request_detail", draft.pk)
    person = draft.staff.get()
    head.post(url("request_person_remove", draft.pk, person.pk))
    assert draft.staff.count() == 1


def test_a_head_of_two_schools_chooses(head: Client, cast: Cast) -> None:
    second = SchoolFactory(name="Briarwood Infant School")
    RoleFactory(user=cast.host_head, role=Role.HEADTEACHER, school=second)
    head.force_login(cast.host_head)  # a new role ends the session
    page = head.get(url("request_new")).content.decode()
    assert "Which school is it for?" in page
    assert "Select the school" in str(errors(head.post(url("request_new"), {})))
    assert "school" in errors(head.post(url("request_new"), {"school": cast.elsewhere.pk}))
    head.post(url("request_new"), {"school": second.pk})
    assert OutreachRequest.objects.get().host == second


def test_r_5_6_a_request_begun_from_the_letter_says_so(head: Client) -> None:
    assert b'name="from" value="letter"' in head.get(url("request_new") + "?from=letter").content
    head.post(url("request_new"), {"from": "letter"})
    assert OutreachRequest.objects.get().route == "letter"


def test_request_again_copies_answers_and_people_but_not_dates_or_ticks(head: Client, cast: Cast) -> None:
    last = RequestFactory(host=cast.host, created_by=cast.host_head, status=RequestStatus.DECLINED)
    response = head.post(url("request_again", last.pk))
    draft = OutreachRequest.objects.get(again_from=last)
    assert response["Location"] == url("request_step", draft.pk, "dates")
    assert (draft.task, draft.criterion, draft.subject) == (last.task, last.criterion, last.subject)
    assert draft.wanted_from is None
    assert draft.exclusions == ()
    assert [p.name for p in draft.staff.all()] == ["Juno Pettifer"]
    head.post(url("request_again", last.pk))
    assert OutreachRequest.objects.filter(again_from=last).count() == 1
    response = head.post(url("request_step", draft.pk, "dates"), PAGES["dates"])
    assert response["Location"] == url("request_step", draft.pk, "exclusions")


def test_r_6_7_request_again_leaves_out_whom_the_policy_no_longer_allows(head: Client, cast: Cast) -> None:
    last = RequestFactory(host=cast.host, created_by=cast.host_head, status=RequestStatus.DECLINED)
    last.staff.update(situation="serious")
    head.post(url("request_again", last.pk))
    assert not OutreachRequest.objects.get(again_from=last).staff.exists()
