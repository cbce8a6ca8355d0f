"""The pages of evaluations: by link, by owner, from paper; who reads what (R-11.1, R-15.9, section G)."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core.models.messages import Message
from evaluation.evaluations.actions import asking, deciding
from evaluation.evaluations.lifecycle import AskedOf, EvaluationKind
from evaluation.evaluations.models import Evaluation
from placements.placement.models import Placement
from placements.supported import actions as supported
from placements.supported.models import SupportedStaff
from tests.cast import Cast
from tests.evaluation.evaluations.telling import (
    OWN,
    asked_final,
    by_link,
    concluded,
    form_of,
    hand_in,
    link_of,
    with_addresses,
)
from tests.evaluation.personal.test_subject_access import held

pytestmark = pytest.mark.django_db
INTERIM = EvaluationKind.INTERIM


@pytest.fixture
def people(cast: Cast, placement: Placement) -> list[SupportedStaff]:
    """Both asked, each with a link."""
    found = with_addresses(placement)
    asking.ask(
        placement=placement,
        kind=INTERIM,
        whom=asking.school(placement),
        opens=placement.starts_on,
        on=placement.starts_on,
    )
    return found


def get(client: Client, user: Any, name: str, *args: Any, status: int = 200) -> str:
    client.force_login(user)
    response = client.get(reverse(f"evaluation:{name}", args=args))
    assert response.status_code == status, (name, response.status_code)
    return response.content.decode()


def test_r_11_1_a_supported_teacher_answers_by_the_link_without_an_account(people: list[SupportedStaff]) -> None:
    page = Client().get(link_of(people[0]))
    text = page.content.decode()
    assert "It takes two minutes. Nobody is graded" in text
    assert text.count("<textarea") == 3
    assert page.headers["Cache-Control"] == "private, no-store"
    missing = by_link(people[0], helps="", shared="").content.decode()
    assert 'href="#id_helps"' in missing
    assert "Select whether the AST may read your answers" in missing
    assert not Evaluation.objects.filter(status="submitted").exists()
    assert by_link(people[0]).status_code == 302
    done = Client().get(link_of(people[0])).content.decode()
    assert "Your answers have been handed in" in done
    assert "I wait longer." in done
    assert by_link(people[0], practice="Something else").status_code == 302
    assert Evaluation.objects.get(person=people[0]).practice == "I wait longer.", "sent twice is one form"


def test_a_link_opens_its_own_form_only_and_grows_old(people: list[SupportedStaff], clock: Any) -> None:
    link = link_of(people[0])
    assert Client().get(link.replace(link[20], "x" if link[20] != "x" else "y", 1)).status_code == 404
    clock.shift(timedelta(days=31))
    old = Client().get(link)
    assert old.status_code == 410
    assert "Send me a new link" in old.content.decode()
    Client().post(f"{link}new-link/")
    assert link_of(people[0]) != link
    assert Client().get(link_of(people[0])).status_code == 200


def test_r_6_12_the_link_of_somebody_who_withdrew_says_that_nothing_is_asked(people: list[SupportedStaff]) -> None:
    supported.withdraw(person=people[0])
    assert "You have withdrawn. Nothing more is asked" in Client().get(link_of(people[0])).content.decode()
    by_link(people[0])
    assert Evaluation.objects.get(person=people[0]).status == "due"


def test_g_a_supported_persons_form_is_read_by_the_office_and_by_the_ast_only_when_shared(
    client: Client, cast: Cast, placement: Placement, people: list[SupportedStaff]
) -> None:
    by_link(people[0], practice="Kept from the AST.")
    by_link(people[1], practice="Told to the AST.", shared="yes")
    kept, told = (Evaluation.objects.get(person=person) for person in people)
    for form, readers in ((kept, ("coordinator",)), (told, ("coordinator", "ast"))):
        for key in ("coordinator", "ast", "host_head", "home_head", "officer"):
            client.force_login(getattr(cast, key))
            seen = client.get(reverse("evaluation:evaluation", args=[form.pk])).status_code == 200
            assert seen == (key in readers), key
    page = get(client, cast.host_head, "placement_evaluations", placement.pk)
    assert "2 forms of 2 handed in by the people supported" in page
    assert "shown as sums once three have answered" in page
    assert "the AST." not in page


def test_g_three_answers_make_a_sum_for_the_host_head(
    client: Client, cast: Cast, placement: Placement, people: list[SupportedStaff]
) -> None:
    SupportedStaff.objects.create(placement=placement, name="Alma Rook", email="alma@marlshire.example", kind="nqt")
    asking.ask(
        placement=placement,
        kind=INTERIM,
        whom=asking.school(placement),
        opens=placement.starts_on,
        on=placement.starts_on,
    )
    for person, says in zip(placement.supported.order_by("pk"), ("yes", "yes", "partly"), strict=True):
        by_link(person, helps=says)
    page = get(client, cast.host_head, "placement_evaluations", placement.pk)
    assert "Whether the support helps: yes 2, in part 1." in page


def test_r_11_5_the_home_head_and_officers_read_the_outcome_only(
    client: Client, cast: Cast, placement: Placement
) -> None:
    before = get(client, cast.home_head, "placement_evaluations", placement.pk)
    assert "once the final evaluation is concluded" in before
    concluded(cast, placement)
    for user in (cast.home_head, cast.officer):
        page = get(client, user, "placement_evaluations", placement.pk)
        assert page.count("<strong>Reached</strong>") == 3
        assert "Words on" not in page
        assert "Proof of" not in page
        assert "Juno Pettifer" not in page


def test_the_head_fills_in_the_form_as_draft_then_hands_it_in(
    client: Client, cast: Cast, placement: Placement, people: list[SupportedStaff]
) -> None:
    form = form_of(placement, AskedOf.HOST_HEAD, INTERIM)
    client.force_login(cast.host_head)
    assert "Fill in your evaluation of the AST’s support" in client.get("/").content.decode()
    url = reverse("evaluation:evaluation_write", args=[form.pk])
    client.post(url, {"practice": "Half a thought", "draft": "1"})
    assert "Half a thought" in client.get(url).content.decode()
    assert "Half a thought" not in get(client, cast.coordinator, "evaluation", form.pk)
    assert "Half a thought" not in get(client, cast.coordinator, "evaluation_write", form.pk)
    client.force_login(cast.host_head)
    assert 'href="#id_helps"' in client.post(url, {"practice": "Whole"}).content.decode()
    client.post(url, {"practice": "Whole", "helps": "yes"})
    assert client.get(url).status_code == 403
    assert "Whole" in get(client, cast.coordinator, "evaluation", form.pk)
    assert "Write the joint part of the evaluation" in get_tasks(client, cast.ast)


def test_the_placements_page_says_whose_turn_it_is_and_leads_there(
    client: Client, cast: Cast, placement: Placement
) -> None:
    asked_final(placement)
    page = get(client, cast.host_head, "placement_evaluations", placement.pk)
    own = form_of(placement, AskedOf.HOST_HEAD)
    assert "hand in your form, final evaluation" in page
    assert reverse("evaluation:evaluation_write", args=[own.pk]) in page
    page = get(client, cast.coordinator, "placement_evaluations", placement.pk)
    assert "Not handed in yet: Host headteacher, " in page
    assert "Your turn" not in page
    for form in list(Evaluation.objects.with_people().filter(placement=placement)):
        if form.asked_of != AskedOf.COORDINATOR:
            hand_in(form, by={AskedOf.HOST_HEAD: cast.host_head, AskedOf.AST: cast.ast}.get(form.asked_of))
    assert "Your turn" not in get(client, cast.host_head, "placement_evaluations", placement.pk)
    assert "conclude the final evaluation, due by" in get(
        client, cast.coordinator, "placement_evaluations", placement.pk
    )


def test_r_11_5_nobody_is_asked_to_conclude_while_forms_are_still_to_come(
    client: Client, cast: Cast, placement: Placement
) -> None:
    asked_final(placement)
    complete = reverse("placements:placement_complete", args=[placement.pk])
    there = reverse("evaluation:placement_evaluations", args=[placement.pk])
    assert "Conclude the final evaluation" not in get_tasks(client, cast.coordinator)
    page = client.get(placement.get_absolute_url()).content.decode()
    assert "Waiting for the host headteacher: The host headteacher’s evaluation form is not in yet." in page
    page = client.get(complete).content.decode()
    assert f'<a class="govuk-link" href="{there}">The AST’s evaluation form is not in yet.</a>' in page
    assert 'name="submit"' not in page
    for person, words in ((cast.host_head, "host headteacher"), (cast.ast, "AST")):
        client.force_login(person)
        page = client.get(placement.get_absolute_url()).content.decode()
        assert f"<strong>Your turn:</strong> The {words}’s evaluation form is not in yet" in page

    for form in list(Evaluation.objects.with_people().filter(placement=placement)):
        if form.asked_of != AskedOf.COORDINATOR:
            hand_in(form, by={AskedOf.HOST_HEAD: cast.host_head, AskedOf.AST: cast.ast}.get(form.asked_of))
    assert "Conclude the final evaluation" in get_tasks(client, cast.coordinator)
    page = client.get(placement.get_absolute_url()).content.decode()
    assert "<strong>Your turn:</strong> Conclude the final evaluation first" in page


def test_r_11_5_forms_that_are_late_hold_nobody_up(
    client: Client, cast: Cast, placement: Placement, clock: Any
) -> None:
    asked_final(placement)
    clock.move_to("2027-06-01 09:00:00Z")
    assert "Conclude the final evaluation" in get_tasks(client, cast.coordinator)


def test_r_8_14_after_an_early_end_each_is_told_what_waits_for_them(
    client: Client, cast: Cast, placement: Placement
) -> None:
    asked_final(placement, "ended_early")
    client.force_login(cast.host_head)
    page = client.get(placement.get_absolute_url()).content.decode()
    assert "<strong>Your turn:</strong> The host headteacher’s evaluation form is not in yet" in page
    client.force_login(cast.home_head)
    page = client.get(placement.get_absolute_url()).content.decode()
    assert "Waiting for the host headteacher: The host headteacher’s evaluation form is not in yet." in page


def get_tasks(client: Client, user: Any) -> str:
    client.force_login(user)
    return client.get(reverse("tasks")).content.decode()


def test_r_3_3_the_office_enters_a_paper_with_its_day(
    client: Client, cast: Cast, placement: Placement, people: list[SupportedStaff]
) -> None:
    form = Evaluation.objects.get(person=people[0])
    client.force_login(cast.administrator)
    url = reverse("evaluation:evaluation_write", args=[form.pk])
    assert 'href="#id_paper_on-day"' in client.post(url, OWN).content.decode()
    client.post(url, {**OWN, "paper_on": "2026-11-20"})
    form.refresh_from_db()
    assert (form.status, form.submitted_by) == ("submitted", cast.administrator)
    client.force_login(cast.administrator)
    assert client.get(reverse("evaluation:evaluation_decide", args=[form.pk])).status_code == 403


def test_the_co_ordinator_returns_accepts_waives_and_asks_again(
    client: Client, cast: Cast, placement: Placement, people: list[SupportedStaff]
) -> None:
    form = hand_in(form_of(placement, AskedOf.HOST_HEAD, INTERIM), cast.host_head)
    client.force_login(cast.coordinator)
    url = reverse("evaluation:evaluation_decide", args=[form.pk])
    assert 'href="#id_return_reason"' in client.post(url, {"decision": "return"}).content.decode()
    client.post(url, {"decision": "return", "return_reason": "Which lessons?"})
    assert "Which lessons?" in get(client, cast.host_head, "evaluation_write", form.pk)
    hand_in(form_of(placement, AskedOf.HOST_HEAD, INTERIM), cast.host_head)
    client.force_login(cast.coordinator)
    client.post(reverse("evaluation:evaluations_accept", args=[placement.pk]))
    form.refresh_from_db()
    assert (form.status, form.accepted_by) == ("accepted", cast.coordinator)
    other = Evaluation.objects.get(person=people[0])
    url = reverse("evaluation:evaluation_decide", args=[other.pk])
    client.post(url, {"decision": "waive", "waive_reason": "On leave until Easter."})
    assert "On leave until Easter." in client.get(url).content.decode()
    client.post(url, {"decision": "ask_again"})
    other.refresh_from_db()
    assert (other.status, other.waive_reason) == ("due", "")


def test_what_a_completed_placement_rests_on_is_not_taken_back(cast: Cast, placement: Placement) -> None:
    own = concluded(cast, placement)
    Placement.objects.filter(pk=placement.pk).update(**{"status": "completed"})
    with pytest.raises(Exception, match="Take the completion back first"):
        deciding.ask_again(form=form_of(placement, AskedOf.COORDINATOR), by=cast.coordinator)
    Placement.objects.filter(pk=placement.pk).update(**{"status": "final_evaluation"})
    deciding.ask_again(form=own, by=cast.coordinator)
    assert deciding.before_completed(placement)


@pytest.mark.paper
def test_r_15_9_a_submitted_form_prints_every_answer_and_one_to_come_is_a_blank_form(
    client: Client, cast: Cast, placement: Placement, people: list[SupportedStaff]
) -> None:
    def printed(form: Evaluation) -> str:
        client.force_login(cast.coordinator)
        data = client.get(reverse("evaluation:evaluation_pdf", args=[form.pk])).content
        return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())

    form = form_of(placement, AskedOf.HOST_HEAD, INTERIM)
    blank = printed(form)
    assert "To be filled in" in blank
    assert "What has changed in teaching so far?" in blank
    hand_in(form, cast.host_head)
    filled = printed(form_of(placement, AskedOf.HOST_HEAD, INTERIM))
    for words in ("Yes", "Words on practice.", "Words on impact.", "Words on conditions.", "Words on continues."):
        assert words in filled


def test_the_list_costs_the_same_for_one_and_for_thirty(client: Client, cast: Cast, placement: Placement) -> None:
    asked_final(placement)
    client.force_login(cast.coordinator)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse("evaluation:evaluations")).status_code == 200
        counts.append(len(queries))
        for _ in range(29):
            Evaluation.objects.create(
                placement=cast.placement(),
                kind=EvaluationKind.FINAL,
                asked_of=AskedOf.HOST_HEAD,
                opens_on=placement.ends_on,
                due_on=placement.ends_on,
            )
    assert counts[0] == counts[1]


def test_subject_access_gives_a_supported_person_the_own_form(
    cast: Cast, placement: Placement, people: list[SupportedStaff]
) -> None:
    by_link(people[0], evidence="Sorrel Ambleforth and I saw more hands.")
    [row] = held(people[0].name)["Evaluations that you were asked for as one of the people supported"]
    assert row["practice"] == "I wait longer."
    assert row["what shows it"] == "A colleague and I saw more hands."
    hand_in(form_of(placement, AskedOf.HOST_HEAD, INTERIM), cast.host_head)
    [own] = held("Rowan Oakhanger")["Evaluations that you wrote or accepted"]
    assert own["practice"] == "Words on practice."


def test_the_link_is_sent_once_more_by_the_head_who_does_not_read_the_form(
    client: Client, cast: Cast, placement: Placement, people: list[SupportedStaff]
) -> None:
    form = Evaluation.objects.get(person=people[0])
    before = Message.objects.filter(to_email=people[0].email).count()
    client.force_login(cast.host_head)
    for _ in range(2):
        assert client.post(reverse("evaluation:evaluation_link", args=[form.pk])).status_code == 302
    assert Message.objects.filter(to_email=people[0].email).count() == before + 1
