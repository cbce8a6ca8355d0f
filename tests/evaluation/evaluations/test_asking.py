"""When evaluation forms are asked for, reminded of and let go (R-11.1, R-11.5, R-11.8, R-11.16)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from astcoord.core.models.messages import Message
from evaluation.evaluations.actions import after, asking, deciding, writing
from evaluation.evaluations.lifecycle import AskedOf, EvaluationKind
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.rules import interim_dates
from evaluation.evaluations.tasks import look_after_evaluations
from placements.agreement.models import ContractVersion
from placements.placement.models import Placement, PlannedReview
from placements.supported import actions as supported
from tests.cast import Cast
from tests.evaluation.evaluations.telling import (
    HALF_TERM_ENDS,
    answers,
    asked_final,
    form_of,
    hand_in,
    with_addresses,
)

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 12, 18, 17, tzinfo=UTC)


def told(kind: str) -> int:
    return Message.objects.filter(kind=kind).count()


def test_r_11_1_one_head_and_two_supported_are_asked_three_forms_when_the_half_term_ends(
    cast: Cast, placement: Placement, clock: Any
) -> None:
    with_addresses(placement)
    clock.move_to(EVENING - timedelta(days=1))
    look_after_evaluations()
    assert not Evaluation.objects.exists()
    clock.move_to(EVENING)
    look_after_evaluations()
    forms = Evaluation.objects.filter(placement=placement)
    assert sorted(forms.values_list("asked_of", flat=True)) == ["host_head", "supported", "supported"]
    assert {(f.kind, f.opens_on, f.due_on) for f in forms} == {("interim", HALF_TERM_ENDS, date(2027, 1, 1))}
    assert (told("evaluation-asked"), told("evaluation-link-asked")) == (1, 2)
    look_after_evaluations()
    assert forms.count() == 3, "a second run asks nothing"
    assert Message.objects.filter(kind__startswith="evaluation").count() == 3


def test_r_11_1_dates_fixed_in_the_protocol_come_before_half_terms(cast: Cast, placement: Placement) -> None:
    PlannedReview.objects.create(placement=placement, kind="school_evaluation", on=date(2026, 11, 23))
    assert asking.ask_interim(on=date(2026, 11, 24)) == 3
    assert asking.ask_interim(on=HALF_TERM_ENDS) == 0


def test_interim_dates_leave_the_last_fortnight_to_the_final_evaluation() -> None:
    ends = [date(2026, 10, 23), date(2026, 12, 18), date(2027, 2, 12)]
    first, last = date(2026, 10, 19), date(2027, 2, 19)
    assert interim_dates(planned=[], half_term_ends=ends, first=first, last=last) == [date(2026, 12, 18)]
    assert interim_dates(planned=[date(2028, 1, 1)], half_term_ends=ends, first=first, last=last) == []


def test_r_11_1_the_joint_part_is_asked_of_the_ast_once_the_head_has_answered(
    cast: Cast, placement: Placement, clock: Any
) -> None:
    clock.move_to(EVENING)
    asking.ask_interim(on=HALF_TERM_ENDS)
    hand_in(form_of(placement, AskedOf.HOST_HEAD, EvaluationKind.INTERIM), cast.host_head)
    joint = form_of(placement, AskedOf.AST, EvaluationKind.INTERIM)
    assert joint.opens_on == HALF_TERM_ENDS
    assert Message.objects.filter(kind="evaluation-asked", to_email=cast.ast.email).count() == 1
    assert hand_in(joint, cast.ast).status == "submitted"


def test_r_11_5_in_the_last_fortnight_everybody_is_asked(cast: Cast, placement: Placement) -> None:
    asked_final(placement)
    asked = sorted(Evaluation.objects.filter(kind="final").values_list("asked_of", flat=True))
    assert asked == ["ast", "coordinator", "host_head", "supported", "supported"]
    assert {f.due_on for f in Evaluation.objects.all()} == {placement.ends_on}
    asking.ask_final(placement)
    assert Evaluation.objects.count() == 5


def test_r_11_5_an_extension_moves_the_day_of_forms_that_still_wait(cast: Cast, placement: Placement) -> None:
    asked_final(placement)
    done = hand_in(form_of(placement, AskedOf.HOST_HEAD), cast.host_head)
    placement.ends_on = date(2027, 3, 12)
    placement.save(update_fields=["ends_on"])
    asking.ask_final(placement)
    done.refresh_from_db()
    assert done.due_on == date(2027, 2, 12)
    assert form_of(placement, AskedOf.AST).due_on == date(2027, 3, 12)


def test_after_an_early_end_it_is_still_asked_and_writable(cast: Cast, placement: Placement) -> None:
    asked_final(placement, status="ended_early")
    form = form_of(placement, AskedOf.HOST_HEAD)
    assert form.due_on == date(2026, 12, 8)
    assert hand_in(form, cast.host_head).status == "submitted"


def signed_under(cast: Cast, placement: Placement, **settings: Any) -> None:
    """The placement's contract cites a policy with these settings."""
    for name, value in settings.items():
        setattr(cast.policy, name, value)
    cast.policy.save()
    from astcoord.core.models.documents import Document  # noqa: PLC0415

    ContractVersion.objects.create(
        placement=placement,
        number=1,
        document=Document.objects.create(kind="contract", facts={}),
        sha256="x",
        policy=cast.policy,
        issued_by=cast.coordinator,
    )


def test_r_11_8_evaluated_at_once_where_the_policy_signed_under_asks_for_it(cast: Cast, placement: Placement) -> None:
    assert asking.ask_after_the_end(placement) == []
    signed_under(cast, placement, immediate_evaluation=True)
    assert len(asking.ask_after_the_end(placement)) == 1, "the head; the others have no address"
    assert asking.ask_after_the_end(placement) == []
    assert {(f.kind, f.due_on) for f in Evaluation.objects.all()} == {("immediate", date(2026, 12, 8))}


def test_r_11_8_the_second_time_is_announced_on_its_own_day(cast: Cast, placement: Placement, clock: Any) -> None:
    Placement.objects.filter(pk=placement.pk).update(**{"status": "completed"})
    assert after.ask_at_return(placement, opens=date(2027, 5, 4)) == 3
    assert told("evaluation-asked") == 0
    clock.move_to(datetime(2027, 5, 4, 9, tzinfo=UTC))
    look_after_evaluations()
    look_after_evaluations()
    assert told("evaluation-asked") == 1


def test_r_11_16_the_owner_is_reminded_once_and_the_co_ordinator_once_after_a_fortnight(
    cast: Cast, placement: Placement, clock: Any
) -> None:
    people = with_addresses(placement)
    asking.ask_interim(on=HALF_TERM_ENDS)
    clock.move_to(datetime(2027, 1, 2, 9, tzinfo=UTC))
    look_after_evaluations()
    look_after_evaluations()
    assert (told("evaluation-overdue"), told("evaluation-link-overdue"), told("evaluation-late")) == (1, 2, 0)
    clock.move_to(datetime(2027, 1, 15, 9, tzinfo=UTC))
    look_after_evaluations()
    assert told("evaluation-late") == 0, "fourteen days are not yet more than fourteen"
    clock.move_to(datetime(2027, 1, 16, 9, tzinfo=UTC))
    look_after_evaluations()
    look_after_evaluations()
    late = Message.objects.filter(kind="evaluation-late")
    assert late.count() == 3
    assert {m.to_email for m in late} == {cast.coordinator.email}
    for message in Message.objects.filter(kind__startswith="evaluation"):
        assert not any(person.name in message.subject for person in people)
        assert not any(person.name in message.body for person in people)


def test_r_11_16_waivers_stop_the_reminders(cast: Cast, placement: Placement, clock: Any) -> None:
    asking.ask_interim(on=HALF_TERM_ENDS)
    for form in Evaluation.objects.all():
        deciding.waive(form=form, reason="The school was closed by snow.", by=cast.coordinator)
    clock.move_to(datetime(2027, 1, 16, 9, tzinfo=UTC))
    look_after_evaluations()
    assert (told("evaluation-overdue"), told("evaluation-late")) == (0, 0)


def test_r_6_12_of_somebody_who_has_withdrawn_nothing_more_is_asked(
    cast: Cast, placement: Placement, clock: Any
) -> None:
    person = with_addresses(placement)[0]
    asking.ask_interim(on=HALF_TERM_ENDS)
    supported.withdraw(person=person)
    form = form_of(placement, AskedOf.SUPPORTED, EvaluationKind.INTERIM, person=person)
    with pytest.raises(Exception, match="Nothing more is asked of them"):
        writing.submit(form=form, answers=answers(form))
    clock.move_to(datetime(2027, 1, 16, 9, tzinfo=UTC))
    look_after_evaluations()
    form.refresh_from_db()
    assert (form.status, form.waive_reason) == ("waived", "The person has withdrawn.")
    assert not Message.objects.filter(to_email=person.email, kind="evaluation-link-overdue").exists()
