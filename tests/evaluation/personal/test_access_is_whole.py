"""Subject access holds everything on a person, proved against the models' own declarations: a mark is planted in every
column that is declared as holding somebody's data, and found in that person's copy, and in nobody else's.

A new table or column is planted and looked for without a word here.
"""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from astcoord.core import audit, documents, personal_data, subject_access
from astcoord.core.subject_access import Subject
from evaluation.evaluations.models import Evaluation, ObjectiveReached
from evaluation.performance.models import OutreachJudgement
from placements.activities.models import Activity, InreachAgreement
from placements.agreement.models import Signature
from placements.personal import forgetting
from placements.placement.models import Placement
from placements.requests.models import RequestedStaff
from placements.supported.models import SupportedStaff
from placements.variations.models import TimeVariation
from schools.register.models import School
from staff.appointing.models import Assessment
from staff.cpd.models import CpdEntry
from staff.descriptions.models import JobObjective
from staff.networks.models import NetworkMeeting
from staff.office_visits.models import OfficeVisit
from staff.openings.models import Opening
from staff.peers.models import PeerObservation
from staff.posts.models import Post
from staff.quality.models import QaVisit
from staff.questionnaires.models import Questionnaire
from staff.secondments.models import Proposal, Secondment, SecondmentRound
from tests.cast import Cast
from tests.evaluation.personal import test_forgetting
from tests.factories import PostFactory
from tests.staff.descriptions.writing import agreed
from tests.staff.pay.paying import approved

pytestmark = pytest.mark.django_db
DAY = test_forgetting.DAY
told_of = test_forgetting.placement
JUNO, SORREL = test_forgetting.MARK, "Sorrel Ambleforth"


@pytest.fixture(name="placement")
def ended(told_of: Placement) -> Placement:
    """A row of every table that belongs to a request, of a placement that ended early."""
    Placement.objects.update(ended_on=DAY, ended_category="time", ended_reason="x")
    return told_of


def told(subject: Any) -> str:
    """The whole copy as text."""
    sections = subject_access.collect(subject if isinstance(subject, Subject) else subject_access.find(subject.email))
    return "\n".join(str(row) for section in sections for row in section.rows)


def mark(model: type[models.Model], column: str) -> str:
    return f"XW{model.__name__}{column.replace('_', '').upper()}"


def plant(rows: Any, columns: Any, words: str = "") -> set[str]:
    """One mark in each of these columns of these rows; those that were planted."""
    planted = set()
    for column in columns:
        field = rows.model._meta.get_field(column)
        said = f"{mark(rows.model, column)}. {words}".strip()
        if isinstance(field, models.BinaryField) or (field.max_length or 999) < len(said):
            continue
        assert rows.exists(), f"no {rows.model.__name__} in this world: give it one, so that its texts are looked at"
        rows.update(**{column: [{"why": said}] if isinstance(field, models.JSONField) else said})
        planted.add(mark(rows.model, column))
    return planted


def missing(planted: set[str], copy: str) -> list[str]:
    return sorted(each for each in planted if each not in copy)


NOT_OF_THE_AST = {"OutreachRequest", "SharedDocument", "PaperFile", "SignedPaper", "PlacementCost", "CaseNote"}
"""What a school writes of its need, its papers and what it paid, before and beside the AST, and what the office notes
for itself of a request, whichever ASTs it has thought of: not about the AST."""


@pytest.fixture
def handed_in(placement: Placement, cast: Cast) -> Placement:
    """The evaluation of the headteacher is handed in; one of a supported person is not shared with the AST."""
    Evaluation.objects.update(asked_of="host_head", status="submitted", submitted_at=timezone.now())
    return placement


def test_an_ast_is_given_what_others_wrote_of_the_asts_work(cast: Cast, handed_in: Placement) -> None:
    planted: set[str] = set()
    for declared, rows in forgetting.of_requests([handed_in.request_id]):
        if rows.model.__name__ not in NOT_OF_THE_AST:
            planted |= plant(rows, declared.may_name, SORREL)
    assert len(planted) > 50
    copy = told(cast.ast)
    assert missing(planted, copy) == []
    assert "Ambleforth" not in copy, "nobody else who is supported is named"
    other = PostFactory(home=cast.home).user
    assert missing(planted, told(other)) == sorted(planted)


def test_an_ast_is_given_papers_decisions_and_reasons_of_the_asts_work(cast: Cast, handed_in: Placement) -> None:
    form = Evaluation.objects.get()
    documents.freeze("chair-notice", title="ZQTITLE", facts={"aims": f"ZQFACT {SORREL}"}, about=handed_in)
    documents.freeze("chair-notice", title="ZQFORM", facts={}, about=form)
    audit.record("protocol: P2 or P3 overridden", handed_in, by=cast.coordinator, reason="ZQREASON")
    planted = {"ZQTITLE", "ZQFACT", "ZQFORM", "ZQREASON"}
    copy = told(cast.ast)
    assert missing(planted, copy) == []
    assert "Ambleforth" not in copy
    assert missing(planted, told(cast.outsider)) == sorted(planted)


def test_g_what_somebody_supported_did_not_share_is_not_the_asts(cast: Cast, handed_in: Placement) -> None:
    person = handed_in.supported.get(name=JUNO)
    Evaluation.objects.update(asked_of="supported", person=person, shared=False, practice="ZQTEACHER")
    ObjectiveReached.objects.update(evidence="ZQREACHED")
    assert missing({"ZQTEACHER", "ZQREACHED"}, told(cast.ast)) == ["ZQREACHED", "ZQTEACHER"]
    Evaluation.objects.update(shared=True)
    assert missing({"ZQTEACHER", "ZQREACHED"}, told(cast.ast)) == []


def test_somebody_supported_is_given_every_text_that_names_them_and_no_other_name(
    cast: Cast, placement: Placement
) -> None:
    planted: set[str] = set()
    SupportedStaff.objects.filter(placement=placement).exclude(name=JUNO).update(name=SORREL)
    person = placement.supported.get(name=JUNO)
    Evaluation.objects.update(asked_of="supported", person=person)
    for declared, rows in forgetting.of_requests([placement.request_id]):
        planted |= plant(rows, declared.may_name, f"{SORREL} and {JUNO}")
        planted |= plant(rows, [name for name in declared.emptied if name not in ("email", "same_class")])
    assert len(planted) > 50
    for who in (Subject(email=person.email, name=JUNO), Subject(name=JUNO), subject_access.find(person.email)):
        copy = told(who)
        assert missing(planted, copy) == []
        assert "Ambleforth" not in copy
    assert missing(planted, told(cast.outsider)) == sorted(planted)


def test_somebody_supported_is_given_the_own_rows(cast: Cast, placement: Placement) -> None:
    person = placement.supported.get(name=JUNO)
    Evaluation.objects.update(asked_of="supported", person=person)
    ObjectiveReached.objects.update(evidence="ZQREACHED")
    RequestedStaff.objects.filter(name=JUNO).update(situation="some")
    copy = told(Subject(name=JUNO, email=person.email))
    assert missing({"ZQREACHED", person.email, "declared"}, copy) == []


TRANSIENT = {"PendingUpload", "PendingImport"}
"""Lists that wait for a day to be stored: in nobody's copy."""
FILES = {"PaperFile", "SignedPaper", "Evidence"}
"""Bytes, which nobody looks into."""


def seconded(cast: Cast) -> None:
    """The AST is so by a secondment, and was prepared for the assessment."""
    found = SecondmentRound.objects.create(name="x", opens_on=DAY, closes_on=DAY)
    proposed = Proposal.objects.create(round=found, school=cast.home, aspirant_name="x", created_by=cast.home_head)
    held = Secondment.objects.create(
        proposal=proposed, post=cast.post, starts_on=DAY, ends_on=DAY, guide=cast.consultant
    )
    held.steps.create(kind="done", on=DAY, what="x", by=cast.coordinator)


def test_every_column_that_is_somebodys_own_is_in_that_persons_copy(cast: Cast, placement: Placement) -> None:
    Post.objects.filter(pk=cast.post.pk).update(ends_on=date(2030, 7, 31), left_to="head")
    version = placement.contracts.get()
    Signature.objects.create(version=version, party="ast", user=cast.ast, name="x", sha256="x")
    InreachAgreement.objects.create(
        post=cast.post, aims="x", time_source="other", starts_on=DAY, ends_on=DAY, asked_by=cast.ast
    )
    Activity.objects.create(
        post=cast.post,
        kind="inreach",
        time_source="other",
        basis="category",
        what="x",
        on=DAY,
        days=1,
        recorded_by=cast.ast,
    )
    TimeVariation.objects.create(post=cast.post, share=1, reason="x", starts_on=DAY, ends_on=DAY, asked_by=cast.ast)
    decided = {"governors_decided_on": DAY, "governors_minute": "x", "responsible_for": "x"}
    opening = Opening.objects.create(school=cast.home, status="filled", **decided)
    Post.objects.filter(pk=cast.post.pk).update(opening=opening)
    Assessment.objects.create(post=cast.post, on=DAY, body="x", result="pass")
    approved(cast)
    seconded(cast)
    QaVisit.objects.create(
        post=cast.post, kind="teaching", on=DAY, visitor=cast.consultant, status="closed", outcome="x"
    )
    OfficeVisit.objects.create(
        post=cast.post, school=cast.home, kind="support", on=DAY, visitor=cast.coordinator, outcome="x"
    )
    meeting = NetworkMeeting.objects.create(kind="cross_phase", on=DAY, place="x", led_by=cast.coordinator)
    meeting.invitations.create(post=cast.post)
    CpdEntry.objects.create(
        post=cast.post, kind="visit", what="x", on=DAY, days=1, evaluated_on=DAY, evaluation="x", recorded_by=cast.ast
    )
    questionnaire = Questionnaire.objects.create(title="x", closes_on=DAY, sent_on=DAY, status="closed")
    asked = questionnaire.invitations.create(post=cast.post, answered_on=DAY)
    asked.answers.create(question=questionnaire.questions.create(text="x", kind="text"), said="x")
    other = PostFactory(ends_on=date(2030, 7, 31), left_to="head")
    observed = {"observed": other, "asked_by": cast.ast, "asked_on": DAY, "kind": "subject", "focus": "x"}
    PeerObservation.objects.create(observer=cast.post, status="done", on=DAY, **observed)
    described = agreed(cast)
    inside = described.responsibilities.all()[0]
    objective = JobObjective.objects.create(responsibility=inside, text="x")
    judged = OutreachJudgement.objects.create(
        post=cast.post, year=cast.year, version=1, status="withdrawn", issued_on=DAY, withdrawn_because="x"
    )
    judged.targets.create(objective=objective, evidence="x")
    copies, planted = told(cast.ast), set()
    for model in apps.get_models():
        declared = personal_data.of(model)
        for own in declared.own:
            if own.whose == "the AST":
                planted |= plant(model._default_manager.all(), own.columns)
    assert planted
    assert missing(planted, copies) == sorted(planted)
    assert missing(planted, told(cast.ast)) == []


@pytest.mark.parametrize("columns", [("head_name", "email"), ("chair_name", "chair_email")])
def test_a_contact_of_a_school_is_given_the_own_entry(cast: Cast, columns: tuple[str, str]) -> None:
    School.objects.filter(pk=cast.host.pk).update(
        head_name="Ada Head", email="ada@x.example", chair_name="Bo Chair", chair_email="bo@x.example"
    )
    school = School.objects.get(pk=cast.host.pk)
    name, email = (getattr(school, column) for column in columns)
    copy = told(Subject(name=name, email=email))
    assert name in copy
    assert email in copy
    others = {"Ada Head", "Bo Chair", "ada@x.example", "bo@x.example"} - {name, email}
    assert missing(others, copy) == sorted(others), "the other contact is somebody else"


def test_the_inspector_whom_a_contract_names_finds_it(cast: Cast, placement: Placement) -> None:
    Placement.objects.update(inspector_name="Larch Wetherby", inspector_role="ZQROLE")
    assert "ZQROLE" in told(Subject(name="Larch Wetherby"))


@pytest.mark.parametrize("key", ["coordinator", "administrator", "officer", "chair", "host_head"])
def test_everybody_with_an_account_is_given_account_roles_deeds_and_emails(cast: Cast, key: str) -> None:
    user = getattr(cast, key)
    audit.record("ZQDEED", None, by=user)
    copy = told(user)
    assert missing({user.name, user.email, "ZQDEED", str(user.roles.get())}, copy) == []
