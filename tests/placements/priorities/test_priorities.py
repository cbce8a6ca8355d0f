"""The authority's priorities: the list, what a head ticks, what a placement serves (R-6.1, R-14.1)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from placements.agreement.actions import contracts, terms
from placements.agreement.actions.priorities import link
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.endings.actions import early
from placements.placement.models import Placement
from placements.priorities import reads as priorities
from placements.priorities import rules
from placements.priorities.actions import PRIORITIES
from placements.priorities.models import Priority
from placements.requests.actions import asking as requests
from tests.cast import Cast
from tests.factories import PriorityFactory, RequestFactory
from tests.placements import stories
from tests.placements.requests.asking import begun, errors, url, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

NEW: dict[str, Any] = {
    "kind": "edp",
    "reference": "EDP 2",
    "name": "Raise standards in mathematics",
    "first_year": 2026,
    "last_year": 2028,
}
SENT = {name: str(value) for name, value in NEW.items()}


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    client.force_login(cast.administrator)
    return client


@pytest.fixture
def head(client: Client, cast: Cast) -> Client:
    client.force_login(cast.host_head)
    return client


# The list


def test_r_14_1_the_office_keeps_the_list_and_the_trail_keeps_what_it_said(office: Client, cast: Cast) -> None:
    assert office.post(url("priority_add"), SENT)["Location"] == url("priorities")
    row = Priority.objects.get()
    assert (str(row), row.years) == ("EDP 2 Raise standards in mathematics", "2026-27 to 2028-29")
    page = office.get(url("priorities")).content.decode()
    assert "Raise standards in mathematics" in page
    assert "Runs now" in page
    office.post(url("priority_change", row.pk), {**SENT, "last_year": ""})
    row.refresh_from_db()
    assert row.years == "from 2026-27"
    changed = AuditEvent.objects.get(verb="priority: changed")
    assert (changed.by, changed.before, changed.after) == (
        cast.administrator,
        {"school years": "2026-27 to 2028-29"},
        {"school years": "from 2026-27"},
    )
    assert "Added" in office.get(url("priority", row.pk)).content.decode()


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "wish"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"first_year": ""}, "first_year"),
        ({"first_year": "26"}, "first_year"),
        ({"last_year": "2025"}, "last_year"),
        ({"last_year": "9" * 30}, "last_year"),
        ({"name": "n" * 201}, "name"),
        ({"reference": "n" * 21}, "reference"),
    ],
)
def test_r_14_1_what_is_wrong_with_a_priority_is_said_at_its_field(
    office: Client, answers: dict[str, str], field: str
) -> None:
    response = office.post(url("priority_add"), {**SENT, **answers})
    assert list(errors(response)) == [field]
    assert not Priority.objects.exists()


@pytest.mark.parametrize(
    ("years", "taken"), [((2028, None), True), ((2020, 2026), True), ((2029, None), False), ((2020, 2025), False)]
)
def test_r_14_1_not_twice_on_the_list_in_the_same_years(cast: Cast, years: tuple[int, int | None], taken: bool) -> None:
    PRIORITIES.save(by=cast.coordinator, **NEW)
    again = {**NEW, "name": NEW["name"].upper(), "first_year": years[0], "last_year": years[1]}
    if taken:
        with pytest.raises(Refused, match="on the list already"):
            PRIORITIES.save(by=cast.coordinator, **again)
    else:
        PRIORITIES.save(by=cast.coordinator, **again)
    assert Priority.objects.count() == 2 - taken


def test_r_14_1_the_database_holds_the_years_and_the_names_apart() -> None:
    PriorityFactory(name="Reading")
    for fields in ({"name": "reading"}, {"first_year": 2027, "last_year": 2026}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PriorityFactory(**fields)


def test_r_14_1_what_is_used_is_retired_and_what_is_not_may_go(office: Client, cast: Cast) -> None:
    used, unused = PriorityFactory(), PriorityFactory()
    RequestFactory(host=cast.host, priorities=[used])
    for row in (used, unused):
        office.post(url("priority_remove", row.pk))
    assert list(Priority.objects.all()) == [used]
    office.post(url("priority_retire", used.pk))
    used.refresh_from_db()
    assert used.retired_on == date(2026, 10, 6)
    assert priorities.offered(date(2026, 10, 6), begins=None) == []
    assert "Bring it back" in office.get(url("priority", used.pk)).content.decode()
    office.post(url("priority_bring_back", used.pk))
    assert priorities.offered(date(2026, 10, 6), begins=None) == [used]


def test_r_14_1_a_retired_one_does_not_come_back_beside_the_one_in_its_place(office: Client, cast: Cast) -> None:
    old = PriorityFactory(retired_on=date(2026, 9, 30), **{k: NEW[k] for k in ("name", "first_year")})
    PRIORITIES.save(by=cast.coordinator, **NEW)
    page = office.post(url("priority_bring_back", old.pk), follow=True).content.decode()
    assert "on the list already" in page
    old.refresh_from_db()
    assert old.retired_on is not None


@pytest.mark.parametrize(
    ("fields", "runs", "state"),
    [
        ({}, True, "Runs now"),
        ({"last_year": None}, True, "Runs now"),
        ({"last_year": 2026}, True, "Runs now"),
        ({"first_year": 2027}, False, "Still to come"),
        ({"first_year": 2020, "last_year": 2025}, False, "Ended"),
        ({"retired_on": date(2026, 9, 30)}, False, "Retired"),
    ],
)
def test_r_14_1_only_what_runs_is_offered(office: Client, fields: dict[str, Any], runs: bool, state: str) -> None:
    row = PriorityFactory(**fields)
    assert priorities.offered(date(2026, 10, 6), begins=None) == [row] * runs
    assert state in office.get(url("priority", row.pk)).content.decode()
    assert len(office.get(url("priorities"), {"state": "runs"}).context["table"].rows) == runs


def test_r_14_7_the_list_is_a_file_of_the_same_rows(client: Client, cast: Cast) -> None:
    PriorityFactory(**NEW)
    PriorityFactory(retired_on=date(2026, 9, 30))
    client.force_login(cast.officer)
    response: Any = client.get(url("priorities"), {"state": "runs", "export": "csv"})
    lines = b"".join(response.streaming_content).decode().partition("\r\n\r\n")[0].splitlines()
    assert lines[1:] == [
        "EDP 2,Raise standards in mathematics,Education development plan,2026-27 to 2028-29,Runs now,0"
    ]


def test_r_14_1_an_officer_reads_the_list_and_keeps_nothing(client: Client, cast: Cast) -> None:
    row = PriorityFactory()
    client.force_login(cast.officer)
    assert "Change it" not in client.get(url("priority", row.pk)).content.decode()
    for act in (PRIORITIES.end, PRIORITIES.resume, PRIORITIES.remove):
        with pytest.raises(PermissionDenied):
            act(row=row, by=cast.officer)
    with pytest.raises(PermissionDenied):
        PRIORITIES.save(by=cast.host_head, **NEW)


@pytest.mark.parametrize("which", ["priorities", "placement_priorities", "request_step"])
def test_the_pages_cost_the_same_for_one_and_for_thirty(client: Client, cast: Cast, which: str) -> None:
    placement = stories.opened(cast)
    draft = RequestFactory(host=cast.host, created_by=cast.host_head, status="draft", submitted_at=None)
    args: dict[str, list[Any]] = {"placement_priorities": [placement.pk], "request_step": [draft.pk, "priorities"]}
    client.force_login(cast.host_head if which == "request_step" else cast.coordinator)
    address = url(which, *args.get(which, []))

    def look() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    PriorityFactory().placements.add(placement)
    one = look()
    for _ in range(29):
        PriorityFactory().placements.add(placement)
    assert look() == one


# The request


def test_r_6_1_the_head_ticks_what_the_request_serves(head: Client) -> None:
    draft = whole(head)
    assert b"Still to do" not in head.get(url("request_check", draft.pk)).content  # nothing listed, nothing asked
    first, second = PriorityFactory(reference="EDP 1"), PriorityFactory(reference="EDP 2")
    page = head.get(url("request_check", draft.pk)).content.decode()
    assert "Which priorities it serves" in page
    assert str(first) in head.get(url("request_step", draft.pk, "priorities")).content.decode()
    answers = {"priorities": [second.pk, first.pk], "no_priority_reason": "left over in the box"}
    response = head.post(url("request_step", draft.pk, "priorities"), answers)
    assert response["Location"] == url("request_check", draft.pk)
    draft.refresh_from_db()
    assert (priorities.names_of(draft), draft.no_priority_reason) == ([str(first), str(second)], "")
    assert f"{first}; {second}" in head.get(url("request_check", draft.pk)).content.decode()
    assert head.post(url("request_check", draft.pk))["Location"] == url("request_sent", draft.pk)
    assert f"{first}; {second}" in head.get(url("request_detail", draft.pk)).content.decode()


def test_r_6_1_none_of_them_and_why(head: Client) -> None:
    PriorityFactory()
    draft = whole(head)
    answers = {"priorities": ["none"], "no_priority_reason": "Our own plan asks for it."}
    assert head.post(url("request_step", draft.pk, "priorities"), answers).status_code == 302
    page = head.get(url("request_check", draft.pk)).content.decode()
    assert "None of the authority’s priorities: Our own plan asks for it." in page
    assert "Still to do" not in page


@pytest.mark.parametrize(
    ("ticked", "reason", "field", "words"),
    [
        ([], "", "priorities", "Select at least one priority, or “None of these”"),
        (["first", "none"], "Why", "priorities", "not both"),
        (["none"], "  ", "no_priority_reason", "Say why it serves none of them"),
        (["retired"], "", "priorities", "no longer among"),
        (["9" * 30], "", "priorities", "no longer among"),
        (["first", "<script>"], "", "priorities", "no longer among"),
        (["none"], "x" * 501, "no_priority_reason", "500 characters or fewer"),
    ],
)
def test_r_14_1_what_is_wrong_with_the_ticks_is_said_and_nothing_is_kept(
    head: Client, ticked: list[str], reason: str, field: str, words: str
) -> None:
    known = {"first": PriorityFactory().pk, "retired": PriorityFactory(retired_on=date(2026, 9, 30)).pk}
    draft = begun(head)
    answers = {"priorities": [known.get(each, each) for each in ticked], "no_priority_reason": reason}
    response = head.post(url("request_step", draft.pk, "priorities"), answers)
    assert words in errors(response)[field][0]
    draft.refresh_from_db()
    assert not draft.priorities.exists()
    assert draft.no_priority_reason == ""


def test_r_14_1_a_draft_linked_to_what_has_been_retired_since_must_choose_again(head: Client, cast: Cast) -> None:
    served = PriorityFactory(reference="EDP 2", name="Reading")
    PriorityFactory()
    draft = whole(head)
    head.post(url("request_step", draft.pk, "priorities"), {"priorities": [served.pk]})
    PRIORITIES.end(row=served, by=cast.coordinator)
    response = head.post(url("request_check", draft.pk))
    assert "“EDP 2 Reading” is not one of the authority’s priorities for that time." in response.content.decode()
    assert url("request_step", draft.pk, "priorities") in response.content.decode()


def test_r_6_1_request_again_takes_over_what_still_runs(cast: Cast) -> None:
    runs, retired = PriorityFactory(), PriorityFactory(retired_on=date(2026, 9, 30))
    last = RequestFactory(host=cast.host, created_by=cast.host_head, status="placed", priorities=[runs, retired])
    assert list(requests.start_again(last=last, by=cast.host_head).priorities.all()) == [runs]
    other = RequestFactory(host=cast.host, created_by=cast.host_head, status="placed")
    assert requests.start_again(last=other, by=cast.host_head).no_priority_reason == other.no_priority_reason


def test_r_16_3_a_change_after_sending_is_in_the_trail_by_name(head: Client, cast: Cast) -> None:
    old, new = PriorityFactory(), PriorityFactory()
    asked = RequestFactory(host=cast.host, created_by=cast.host_head, status="returned", priorities=[old])
    head.post(url("request_step", asked.pk, "priorities"), {"priorities": [new.pk]})
    event = AuditEvent.objects.about(asked).get(verb="request: answers changed")
    assert (event.before, event.after) == ({"priorities": [str(old)]}, {"priorities": [str(new)]})


def test_r_5_6_the_office_ticks_them_on_a_request_it_types_or_leaves_them_to_the_head(
    office: Client, cast: Cast
) -> None:
    served = PriorityFactory()
    draft = requests.start(host=cast.host, by=cast.administrator, route="direct")
    step = url("request_step", draft.pk, "priorities")
    assert office.post(step, {"priorities": [served.pk]}).status_code == 302
    assert list(draft.priorities.all()) == [served]


# The placement


def test_r_14_1_a_placement_inherits_what_its_request_serves(cast: Cast) -> None:
    served = PriorityFactory()
    placement = stories.opened(cast, priorities=[served])
    assert (list(placement.priorities.all()), placement.no_priority_reason) == ([served], "")
    other = stories.opened(cast, subject="assessment")
    assert other.no_priority_reason == other.request.no_priority_reason != ""


def unlinked(cast: Cast) -> Placement:
    placement = stories.ready(cast)
    Placement.objects.filter(pk=placement.pk).update(no_priority_reason="")
    placement.refresh_from_db()
    return placement


def test_r_14_1_no_contract_goes_out_before_it_is_said(cast: Cast) -> None:
    placement = unlinked(cast)
    PriorityFactory()
    with pytest.raises(Refused) as refused:
        contracts.issue(placement=placement, by=cast.coordinator)
    assert [p.rule for p in refused.value.problems] == ["R-14.1"]
    link(placement=placement, by=cast.administrator, chosen=[], reason="Asked for by the inspectors.")
    contracts.issue(placement=placement, by=cast.coordinator)
    placement.refresh_from_db()
    assert placement.status == "contract_issued"


def test_r_14_1_an_authority_without_a_list_is_asked_nothing_and_refused_nothing(client: Client, cast: Cast) -> None:
    placement = unlinked(cast)
    PriorityFactory(retired_on=date(2026, 9, 30))
    client.force_login(cast.coordinator)
    page = client.get(placement.get_absolute_url()).content.decode()
    assert "Not said yet" not in page
    assert "Say which of the authority’s priorities" not in page
    assert "Say which priorities" not in client.get("/").content.decode()
    assert placement not in listed_as_unsaid(client)
    contracts.issue(placement=placement, by=cast.coordinator)
    PriorityFactory()
    terms.save_terms(placement=placement, by=cast.coordinator, focus="Reading aloud to small groups")
    assert placement.contracts.count() == 2, "a list that came later does not hold up a contract that is out"


def listed_as_unsaid(client: Client) -> list[Placement]:
    response = client.get(url("placement_list"), {"no_priority": "on"})
    return [row.record for row in response.context["table"].rows]


def test_r_14_1_with_a_list_it_is_a_task_from_the_first_day_on(client: Client, cast: Cast) -> None:
    served = PriorityFactory()
    placement = stories.opened(cast)
    Placement.objects.filter(pk=placement.pk).update(no_priority_reason="")
    client.force_login(cast.coordinator)
    assert "Say which priorities placements serve" in client.get(reverse("tasks")).content.decode()
    assert listed_as_unsaid(client) == [placement]
    page = client.get(placement.get_absolute_url())
    assert page.context["page"].turn.words == "Say which of the authority’s priorities it serves"
    link(placement=placement, by=cast.coordinator, chosen=[served])
    assert "Say which priorities placements serve" not in client.get(reverse("tasks")).content.decode()
    assert listed_as_unsaid(client) == []
    page = client.get(placement.get_absolute_url())
    assert page.context["page"].turn.words == "Call the preliminary meeting"


def test_r_14_1_the_co_ordinator_links_a_placement_on_its_page(client: Client, cast: Cast) -> None:
    served, retired = PriorityFactory(), PriorityFactory(retired_on=date(2026, 9, 30))
    placement = unlinked(cast)
    client.force_login(cast.coordinator)
    assert "Not said yet" in client.get(placement.get_absolute_url()).content.decode()
    page = url("placement_priorities", placement.pk)
    assert "no longer among" in errors(client.post(page, {"priorities": [retired.pk]}))["priorities"][0]
    assert client.post(page, {"priorities": [served.pk]})["Location"] == placement.get_absolute_url()
    shown = client.get(placement.get_absolute_url()).content.decode()
    assert str(served) in shown
    assert "Change the priorities" in shown
    event = AuditEvent.objects.about(placement).get(verb="priorities changed")
    assert event.after == {"priorities": [str(served)], "why none": ""}
    client.force_login(cast.host_head)
    shown = client.get(placement.get_absolute_url()).content.decode()
    assert str(served) in shown
    assert "Change the priorities" not in shown


def test_r_14_1_what_it_serves_already_may_stay_when_it_is_retired(cast: Cast) -> None:
    old, new = PriorityFactory(), PriorityFactory()
    placement = stories.opened(cast, priorities=[old])
    PRIORITIES.end(row=old, by=cast.coordinator)
    link(placement=placement, by=cast.coordinator, chosen=[old, new])
    assert set(placement.priorities.all()) == {old, new}
    link(placement=placement, by=cast.coordinator, chosen=[new])
    with pytest.raises(Refused, match="no longer among"):
        link(placement=placement, by=cast.coordinator, chosen=[old])


def test_r_8_12_another_priority_is_a_new_version_and_a_better_wording_is_none(cast: Cast) -> None:
    served, other = PriorityFactory(name="Reeding"), PriorityFactory()
    placement = stories.signed(cast, priorities=[served])
    facts = {name: getattr(served, name) for name in NEW}
    PRIORITIES.save(row=served, by=cast.coordinator, **{**facts, "name": "Reading"})
    terms.save_terms(placement=placement, by=cast.coordinator, focus=placement.focus)
    assert placement.contracts.count() == 1
    link(placement=placement, by=cast.coordinator, chosen=[served, other])
    placement.refresh_from_db()
    assert (placement.contracts.count(), placement.status) == (2, "contract_issued")
    assert stories.in_force(placement).document.facts["priorities"] == sorted(
        [f"{served.reference} Reading", str(other)]
    )


def test_r_14_1_only_the_office_links_and_only_while_terms_may_change(client: Client, cast: Cast) -> None:
    served = PriorityFactory()
    placement = stories.opened(cast)
    for who in (cast.host_head, cast.ast, cast.officer):
        with pytest.raises(PermissionDenied):
            link(placement=placement, by=who, chosen=[served])
    early.abandon(placement=placement, by=cast.coordinator, reason="The school has closed its class.")
    client.force_login(cast.coordinator)
    assert client.get(url("placement_priorities", placement.pk))["Location"] == placement.get_absolute_url()
    with pytest.raises(Refused, match="Change the priorities"):
        link(placement=placement, by=cast.coordinator, chosen=[served])


# The rules alone


def test_r_14_1_an_authority_without_a_list_asks_nothing() -> None:
    assert rules.request_problems([], "", any_offered=False) == []
    assert rules.request_problems([], "", any_offered=True)[0].code == "missing"
    assert rules.request_problems([], "Our own plan.", any_offered=True) == []
    assert rules.request_problems([("Reading", False)], "", any_offered=False)[0].code == "gone"


def test_g_why_none_is_served_is_somebodys_own_words_and_not_for_those_who_read_sums(
    client: Client, cast: Cast
) -> None:
    why = "Mr Orley wants it so"
    placement = stories.opened(cast)
    for row in (placement, placement.request):
        type(row).objects.filter(pk=row.pk).update(no_priority_reason=why)
    pages = [placement.get_absolute_url(), url("request_detail", placement.request_id), url("deployment")]
    readers = {"coordinator": 3, "consultant": 2, "host_head": 2, "home_head": 2, "ast": 2, "officer": 0, "chair": 0}
    Placement.objects.filter(pk=placement.pk).update(status="active")
    ledger.write(LedgerEntry.Kind.CONTRACT, placement, placement.days, on=placement.starts_on, by=None)
    for who, count in readers.items():
        client.force_login(getattr(cast, who))
        read = [client.get(page).content.decode() for page in pages]
        assert sum(why in page for page in read) == count, who
        if who == "officer":
            assert all(priorities.NO_PRIORITY in page for page in read)
