"""Evaluation forms filled in: through the actions, and as their owners see them, by the link in the e-mail."""

import re
from datetime import date
from typing import Any

from django.test import Client

from astcoord.core.models.messages import Message
from evaluation.evaluations.actions import asking, deciding, writing
from evaluation.evaluations.lifecycle import AskedOf, EvaluationKind
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.rules import Answers, ObjectiveAnswer
from placements.placement.models import Placement
from placements.supported.models import SupportedStaff
from tests.cast import Cast

LINK = re.compile(r"https://[^\s/]+(/my-evaluation/\S+/)")
HALF_TERM_ENDS = date(2026, 12, 18)
OWN = {"helps": "yes", "practice": "I wait longer.", "evidence": "More hands go up.", "conditions": "", "shared": "no"}


def with_addresses(placement: Placement) -> list[SupportedStaff]:
    """Both people can be sent a link."""
    people = list(placement.supported.order_by("pk"))
    for number, person in enumerate(people):
        person.email = f"teacher{number}@marlshire.example"
        person.save(update_fields=["email"])
    return people


def link_of(person: SupportedStaff) -> str:
    """The path of the newest link to a form."""
    messages = Message.objects.filter(to_email=person.email, kind__startswith="evaluation-link").order_by("-pk")
    found = LINK.search(messages[0].body)
    assert found
    return found.group(1)


def by_link(person: SupportedStaff, **answers: Any) -> Any:
    """Opens the link and sends the form."""
    return Client().post(link_of(person), {**OWN, **answers})


def form_of(placement: Placement, asked_of: str, kind: str = EvaluationKind.FINAL, **more: Any) -> Evaluation:
    return Evaluation.objects.with_people().get(placement=placement, asked_of=asked_of, kind=kind, **more)


def answers(form: Evaluation, **other: Any) -> Answers:
    """Everything that the form asks."""
    asked = writing.asked_in(form)
    usual = {"helps": "yes", "talked_on": date(2026, 11, 20), "took_part": ["host_head", "ast", "coordinator"]}
    values = {q.name: usual.get(q.name, f"Words on {q.name}.") for q in asked.sheet.questions} | other
    said = [ObjectiveAnswer(n, "reached", f"Proof of {n}") for n in asked.numbers]
    return Answers(values, said, shared=False if asked.may_share else None)


def hand_in(form: Evaluation, by: Any = None, **other: Any) -> Evaluation:
    return writing.submit(form=form, answers=answers(form, **other), by=by)


def asked_final(placement: Placement, status: str = "final_evaluation") -> None:
    """Everybody is asked for the final evaluation."""
    Placement.objects.filter(pk=placement.pk).update(**{"status": status})
    placement.refresh_from_db()
    asking.ask_final(placement)


def whole_final(cast: Cast, placement: Placement) -> Evaluation:
    """Head, one person supported and AST have answered; the co-ordinator's own part waits."""
    asked_final(placement)
    hand_in(form_of(placement, AskedOf.HOST_HEAD), cast.host_head)
    hand_in(Evaluation.objects.filter(placement=placement, asked_of=AskedOf.SUPPORTED).first())  # type: ignore[arg-type]
    hand_in(form_of(placement, AskedOf.AST), cast.ast)
    return form_of(placement, AskedOf.COORDINATOR)


def concluded(cast: Cast, placement: Placement) -> Evaluation:
    """The final evaluation is done."""
    own = whole_final(cast, placement)
    return deciding.conclude(form=own, answers=answers(own), without_reason="", by=cast.coordinator)
