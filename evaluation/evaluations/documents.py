"""Evaluations on paper: one form with every answer (R-15.9), and the final evaluation per objective (R-15.10)."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from astcoord.core import documents, protected
from astcoord.core.documents import as_download
from astcoord.core.models.documents import Document
from astcoord.core.words import say
from evaluation.evaluations.lifecycle import EVALUATION_ANSWERED, AskedOf
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.reads.forms import Said, answers_of, said_of_objectives
from evaluation.evaluations.reads.placements import final_forms, sums
from evaluation.logic import reads as logic
from evaluation.reviews.wording import CONTRIBUTION
from placements.placement.models import Placement
from placements.supported import names as supported
from placements.supported.redaction import redactor
from staff.accounts.models import User

FORM = "evaluation-form"
FINAL = "final-evaluation"
NOBODYS_WORDS = frozenset({"letterhead", "about", "accepted_by", "accepted_at", "contribution"})
"""Of the paper's facts those that nobody has typed freely: who is who stays."""


def title_of(form: Evaluation) -> str:
    """What the file of one form is called; no supported person's name stands in it."""
    return f"{form.get_kind_display()}, {form.get_asked_of_display().lower()}, {form.placement.host.name}"


def form_facts(form: Evaluation, user: User) -> dict[str, Any]:
    """One form: every question with its answer, or room for one where it has not been handed in."""
    redact = redactor(user, form.placement)
    answered = form.status in EVALUATION_ANSWERED
    said = said_of_objectives(form, redact)
    return {
        **documents.letterhead(),
        "about": [
            *_about(form.placement),
            ["Form", f"{form.get_kind_display()}, {form.get_asked_of_display().lower()}"],
            ["State", form.get_status_display() if answered else "To be filled in"],
            ["Due", form.due_on],
        ],
        "blank": not answered,
        "answers": [[label, words if answered else ""] for label, words in answers_of(form, redact)],
        "sections": [_section(each, blank=not answered) for each in said],
        "contribution": CONTRIBUTION,
    }


def final_facts(placement: Placement) -> dict[str, Any]:
    """R-15.10: a section for each agreed objective, with the school's words and the AST's; sums of what the people say.

    The paper goes to the parties, so it holds nobody's own form but theirs.
    """
    forms = final_forms(placement)
    own = forms[AskedOf.COORDINATOR]
    school, ast = forms.get(AskedOf.HOST_HEAD), forms.get(AskedOf.AST)
    theirs = {said.number: said for said in _said(ast)}
    ours = {said.number: said for said in _said(school)}
    return {
        **documents.letterhead(),
        "about": [*_about(placement), ["State", placement.get_status_display()]],
        "sections": [
            {
                "number": o.number,
                "objective": o.text,
                "baseline": o.baseline,
                "criterion": o.criterion,
                "school": _words(ours.get(o.number)),
                "ast": _words(theirs.get(o.number)),
            }
            for o in placement.objectives.all()
        ],
        "school": answers_of(school) if school and school.status in EVALUATION_ANSWERED else [],
        "school_missing": school.waive_reason if school else "",
        "ast": answers_of(ast) if ast and ast.status in EVALUATION_ANSWERED else [],
        "sums": sums(forms["supported"]),
        "logic": [[x.number, x.kind, x.text, x.leads_to, x.objectives] for x in logic.of_paper(placement)],
        "conclusion": answers_of(own),
        "without": own.without_reason,
        "accepted_by": own.accepted_by.name if own.accepted_by else "",
        "accepted_at": own.accepted_at,
        "contribution": CONTRIBUTION,
    }


def freeze_final(placement: Placement, *, by: User) -> Document:
    """The concluded final evaluation, as it will read for ever."""
    title = f"Final evaluation, {placement.host.name}, {placement.reference}"
    return documents.freeze(FINAL, title=title, facts=final_facts(placement), about=placement, by=by)


def download_without_names(paper: Document, placement: Placement) -> HttpResponse:
    """The same paper for the home headteacher, who knows the people supported by their initials (R-19.2, section G)."""
    names = supported.of_placement(placement)
    facts = {
        key: value if key in NOBODYS_WORDS else protected.cleaned(value, names) for key, value in paper.facts.items()
    }
    return as_download(documents.preview(FINAL, title=paper.title, facts=facts, on=paper.created_at), paper.title)


def download(form: Evaluation, user: User) -> HttpResponse:
    """One form as it stands now; a blank one where it has not been handed in."""
    printed = documents.preview(FORM, title=title_of(form), facts=form_facts(form, user), on=timezone.now())
    return as_download(printed, title_of(form))


def _about(placement: Placement) -> list[list[Any]]:
    return [
        [say("Placement"), placement.reference],
        [say("Advanced Skills Teacher"), f"{placement.post.user.name}, {placement.home.name}"],
        ["Host school", placement.host.name],
        ["Subject", placement.get_subject_display()],
    ]


def _said(form: Evaluation | None) -> list[Said]:
    return said_of_objectives(form) if form and form.status in EVALUATION_ANSWERED else []


def _words(said: Said | None) -> dict[str, str]:
    return {"reached": said.reached, "evidence": said.evidence} if said else {}


def _section(said: Said, *, blank: bool) -> dict[str, Any]:
    return {
        "number": said.number,
        "objective": said.objective,
        "criterion": said.criterion,
        "reached": "" if blank else said.reached,
        "evidence": "" if blank else said.evidence,
    }
