"""The four levels: on the forms, kept with what was signed, reported, on paper (R-11.6, R-11.14, R-15.9)."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core.clock import today
from astcoord.core.models.policy import Policy
from astcoord.core.problems import Refused
from evaluation.evaluations import documents as papers
from evaluation.evaluations.actions import asking, deciding, writing
from evaluation.evaluations.lifecycle import AskedOf, EvaluationKind
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.rules import Answers
from evaluation.evaluations.wording import LEVELS, ON_LEVELS, SHEETS, sheet_of
from evaluation.reviews.wording import NO_STANDARDS
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.evaluations import telling
from tests.placements import stories

pytestmark = pytest.mark.django_db

AFTER = EvaluationKind.IMMEDIATE
REPORT = "evaluation:levels"


@pytest.fixture
def levels(placement: Placement) -> Placement:
    """Signed under a policy that evaluates on four levels."""
    Policy.objects.update(evaluation_model="levels", immediate_evaluation=True)
    return placement


def asked_after(placement: Placement) -> Evaluation:
    """The head's form after the end."""
    asking.ask_after_the_end(placement)
    return telling.form_of(placement, AskedOf.HOST_HEAD, AFTER)


def page(user: Any, name: str, *args: Any, **query: str) -> str:
    client = Client()
    client.force_login(user)
    return b"".join(client.get(reverse(name, args=args), query)).decode()  # type: ignore[arg-type]


def test_r_11_6_forms_at_the_end_and_after_it_carry_all_four_and_ask_nothing_twice() -> None:
    kinds, readers = ON_LEVELS
    for kind, asked_of in SHEETS:
        sheet = sheet_of(kind, asked_of, levels=True)
        names = [question.name for question in sheet.questions]
        assert len(names) == len(set(names))
        if kind in kinds and asked_of in readers:
            assert names[:4] == list(LEVELS), "level by level"
            assert set(names) >= {q.name for q in SHEETS[kind, asked_of].questions}
        else:
            assert sheet == SHEETS[kind, asked_of]


def test_r_11_6_the_form_names_the_levels_and_hands_in_with_one_of_them_empty(
    cast: Cast, client: Client, levels: Placement
) -> None:
    form = asked_after(levels)
    client.force_login(cast.host_head)
    url = reverse("evaluation:evaluation_write", args=[form.pk])
    drawn = client.get(url).content.decode()
    for name in ("Level 1: Reaction", "Level 2: Learning", "Level 3: Behaviour", "Level 4: Results"):
        assert name in drawn
    assert "Answer “Did the support help" in client.post(url, {"learning": "They know how."}).content.decode()
    client.post(url, {"helps": "yes", "learning": "They know how.", "standards": "Half more reach the mark."})
    form.refresh_from_db()
    assert (form.status, form.learning, form.practice) == ("submitted", "They know how.", "")
    read = page(cast.coordinator, "evaluation:evaluation", form.pk)
    assert "Learning: What have the staff supported learnt from it?" in read
    assert "No evidence" in read, "of behaviour"


def test_r_11_6_given_level_3_empty_when_reported_then_no_evidence_and_no_nought(cast: Cast, levels: Placement) -> None:
    assert "No evidence: no form that asks on four levels" in page(cast.coordinator, REPORT)
    telling.hand_in(asked_after(levels), cast.host_head, practice="")
    told = page(cast.coordinator, REPORT)
    assert "3. Behaviour" in told
    assert "No evidence" in told
    sheet = page(cast.coordinator, REPORT, export="csv")
    assert "2. Learning,1,1,0" in sheet
    assert "3. Behaviour,1,No evidence,1" in sheet
    assert "3. Behaviour,1,No evidence,1" in page(cast.coordinator, REPORT, export="immediate")
    own = page(cast.host_head, "evaluation:placement_evaluations", levels.pk)
    assert "Level by level" in own
    assert "In 1 of 1 form" in own
    assert "No evidence" in own


def test_r_13_2_governors_read_the_levels_as_sums_once_it_is_concluded(
    cast: Cast, levels: Placement, quick_print: None
) -> None:
    telling.asked_final(levels)
    telling.hand_in(telling.form_of(levels, AskedOf.HOST_HEAD), cast.host_head)
    assert "Level by level" not in page(cast.chair, "evaluation:summary", levels.pk)
    own = telling.form_of(levels, AskedOf.COORDINATOR)
    said = telling.answers(own)
    deciding.conclude(form=own, answers=said, without_reason="Nobody else could answer", by=cast.coordinator)
    for told in (page(cast.chair, name, levels.pk) for name in ("evaluation:summary", "evaluation:summary_pdf")):
        assert "In 1 of 1 form" in told
        assert "No evidence" in told
        assert "Words on" not in told


def test_g_officers_read_sums_consultants_their_group_and_nobody_else_the_report(cast: Cast, levels: Placement) -> None:
    assert "No evidence: no form" in page(cast.officer, REPORT)
    telling.hand_in(asked_after(levels), cast.host_head)
    assert "Fewer than three forms" in page(cast.officer, REPORT)
    assert "1. Reaction" not in page(cast.officer, REPORT, export="csv")
    assert "1. Reaction,1,1,0" in page(cast.consultant, REPORT, export="csv")
    for form in Evaluation.objects.filter(kind=AFTER, asked_of="supported").with_people():
        telling.hand_in(form, learning="")
    counted = page(cast.officer, REPORT, export="csv")
    assert "1. Reaction,3,3,0" in counted
    assert "2. Learning,3,fewer than 3,fewer than 3" in counted
    Placement.objects.update(subject="music")
    assert "No evidence: no form" in page(cast.consultant, REPORT)
    for other in (cast.ast, cast.host_head, cast.home_head, cast.chair):
        client = Client()
        client.force_login(other)
        assert client.get(reverse(REPORT)).status_code == 403


def test_r_11_6_the_report_is_narrowed_and_stands_on_paper(cast: Cast, levels: Placement, quick_print: None) -> None:
    telling.hand_in(asked_after(levels), cast.host_head)
    assert "1. Reaction" in page(cast.coordinator, REPORT, year="1999-00", subject="nonsense"), "narrows nothing"
    assert "1. Reaction" in page(cast.coordinator, REPORT, subject=levels.subject)
    assert "No evidence: no form" in page(cast.coordinator, REPORT, subject="music")
    client = Client()
    client.force_login(cast.coordinator)
    assert client.get(reverse(REPORT), {"export": "pdf"})["Content-Type"] == "application/pdf"


def test_r_11_6_the_menu_leads_there_only_under_this_policy(cast: Cast, placement: Placement) -> None:
    assert "Evaluation by level" not in page(cast.coordinator, "more")
    Policy.objects.update(evaluation_model="levels")
    assert "Evaluation by level" in page(cast.coordinator, "more")


def test_r_16_1_what_was_asked_stays_as_it_was_asked(cast: Cast, placement: Placement) -> None:
    Policy.objects.update(immediate_evaluation=True)
    form = asked_after(placement)
    assert not form.levels
    Policy.objects.update(evaluation_model="levels")
    assert "learning" not in {q.name for q in form.sheet.questions}


@pytest.mark.parametrize(("signed", "later"), [("levels", "objectives"), ("objectives", "levels")])
def test_r_16_1_what_was_signed_keeps_its_model(cast: Cast, quick_print: None, signed: str, later: str) -> None:
    Policy.objects.update(evaluation_model=signed)
    placement = stories.active(cast)
    newer = Policy.objects.get()
    newer.pk, newer.evaluation_model = None, later
    newer.save()
    made = asking.ask(placement=placement, kind="final", whom=[("host_head", None)], opens=today(), on=today())
    assert [form.levels for form in made] == [signed == "levels"]


def test_r_11_6_of_fewer_than_three_people_the_page_says_nothing(cast: Cast, levels: Placement) -> None:
    asked_after(levels)
    telling.hand_in(Evaluation.objects.filter(kind=AFTER, asked_of="supported").first())  # type: ignore[arg-type]
    assert "Shown once three forms are in" in page(cast.host_head, "evaluation:placement_evaluations", levels.pk)


def test_r_11_11_a_level_claims_no_sole_cause(cast: Cast, levels: Placement) -> None:
    form = asked_after(levels)
    told = telling.answers(form, standards="Better solely because of the AST.")
    with pytest.raises(Refused, match="what the outreach contributed"):
        writing.submit(form=form, answers=told, by=cast.host_head)


def test_r_15_9_every_answer_of_every_level_shows_on_paper(cast: Cast, levels: Placement) -> None:
    form = telling.hand_in(asked_after(levels), cast.host_head, learning="", practice="They plan in pairs. Ἀγάπη")
    pages = PdfReader(BytesIO(b"".join(papers.download(form, cast.host_head)))).pages
    told = " ".join(" ".join(each.extract_text() for each in pages).split())
    for words in ("Reaction: Did the support help", "Behaviour: What has", "They plan in pairs.", "No evidence"):
        assert words in told


def test_r_11_14_given_none_on_standards_when_reported_then_stated(cast: Cast, placement: Placement) -> None:
    own = telling.whole_final(cast, placement)
    Evaluation.objects.filter(kind="final").update(standards="")
    facts = papers.final_facts(placement)
    assert NO_STANDARDS in dict(facts["school"]).values()
    assert NO_STANDARDS in dict(facts["ast"]).values()
    client = Client()
    client.force_login(cast.coordinator)
    told = {"took_part": ["host_head"], "practice": "They plan.", "impact": "More.", "continues": "All."}
    day = {"talked_on_day": "20", "talked_on_month": "11", "talked_on_year": "2026"}
    client.post(reverse("evaluation:evaluation_conclude", args=[own.pk]), {**told, **day})
    read = page(cast.host_head, "evaluation:placement_evaluations", placement.pk)
    assert "Effect on standards" in read
    assert NO_STANDARDS in read
    Evaluation.objects.filter(pk=own.pk).update(standards="Four in ten more reach the mark.")
    assert "Four in ten more" in page(cast.host_head, "evaluation:placement_evaluations", placement.pk)
    assert "Four in ten more" not in page(cast.home_head, "evaluation:placement_evaluations", placement.pk)


def test_r_11_14_standards_stand_apart_on_the_form_and_may_be_empty(cast: Cast, placement: Placement) -> None:
    telling.asked_final(placement)
    form = telling.form_of(placement, AskedOf.HOST_HEAD)
    given = telling.answers(form, standards="")
    assert writing.submit(form=form, answers=Answers(given.values, given.objectives), by=cast.host_head).standards == ""
