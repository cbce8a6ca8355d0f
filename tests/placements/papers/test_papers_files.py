"""Uploading, replacing, holding and removing files of the six papers (R-9.1, R-9.3, R-9.4)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from astcoord.core import retention, subject_access
from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from placements.agreement.actions import progress
from placements.endings.actions import early
from placements.papers import actions as papers
from placements.papers.models import PaperFile
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements import stories
from tests.placements.papers.paper_files import PDF, PNG, paper_of, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(cast: Cast) -> Placement:
    return stories.all_agreed(cast)


def test_r_9_1_an_upload_counts_and_six_finish_the_item(cast: Cast, placement: Placement) -> None:
    uploaded(cast, placement)
    assert paper_of(placement).state == "uploaded"
    assert placement.protocol.get(number=10).fulfilment == "ongoing"

    for kind in stories.Kind.values:
        uploaded(cast, placement, kind, data=PDF + kind.encode(), consent=True)

    assert placement.protocol.get(number=10).fulfilment == "fulfilled"


def test_r_9_1_another_file_takes_the_place_of_the_first_and_its_bytes_go(cast: Cast, placement: Placement) -> None:
    first = uploaded(cast, placement)
    second = uploaded(cast, placement, data=PNG, name="Scan.png")

    first.refresh_from_db()
    assert (first.data, first.name) == (None, "")
    assert first.removed_at is not None
    assert list(paper_of(placement).files.held()) == [second]


def test_r_9_1_action_plans_may_be_several(cast: Cast, placement: Placement) -> None:
    for n in range(3):
        uploaded(cast, placement, "action_plans", data=PDF + bytes([65 + n]))
    assert paper_of(placement, "action_plans").files.held().count() == 3


def test_r_9_1_the_same_file_twice_is_one(cast: Cast, placement: Placement) -> None:
    first = uploaded(cast, placement, "action_plans")
    assert uploaded(cast, placement, "action_plans") == first
    assert AuditEvent.objects.filter(verb="paper uploaded").count() == 1


def test_the_database_holds_one_file_of_a_kind_and_no_file_without_bytes(cast: Cast, placement: Placement) -> None:
    file = uploaded(cast, placement)
    row = {"paper": file.paper, "name": "b.pdf", "content_type": "application/pdf", "size": 3}
    for data, sha256 in ((b"abc", "b"), (None, "c")):
        with pytest.raises(IntegrityError), transaction.atomic():
            PaperFile.objects.create(**row, data=data, sha256=sha256, uploaded_by=cast.host_head)


def test_r_9_1_removing_the_last_file_makes_it_outstanding_again(cast: Cast, placement: Placement) -> None:
    file = uploaded(cast, placement)
    papers.remove_file(file=file, by=cast.host_head)
    papers.remove_file(file=file, by=cast.host_head)

    assert paper_of(placement).state == "outstanding"
    assert placement.protocol.get(number=10).fulfilment == "outstanding"
    assert AuditEvent.objects.filter(verb="paper removed").count() == 1


def test_r_9_1_nobody_says_uploaded_where_there_is_no_file(cast: Cast, placement: Placement) -> None:
    with pytest.raises(Refused, match="Upload the file first"):
        progress.record_papers(placement=placement, by=cast.host_head, states={"behaviour_policy": "uploaded"})


def test_r_9_3_only_the_school_and_the_office_upload(cast: Cast, placement: Placement) -> None:
    for nobody in (cast.ast, cast.home_head, cast.outsider, cast.officer, cast.consultant, cast.chair):
        with pytest.raises(PermissionDenied):
            uploaded(cast, placement, by=nobody)
    file = uploaded(cast, placement, by=cast.administrator)
    with pytest.raises(PermissionDenied):
        papers.remove_file(file=file, by=cast.ast)


def test_r_9_4_a_teachers_planning_without_consent_is_held(cast: Cast, placement: Placement) -> None:
    file = uploaded(cast, placement, "teacher_records")
    assert file.waits_for_consent
    assert paper_of(placement, "teacher_records").state == "outstanding"

    papers.give_consent(file=file, by=cast.host_head)

    file.refresh_from_db()
    assert not file.waits_for_consent
    assert paper_of(placement, "teacher_records").state == "uploaded"


def test_r_9_4_consent_is_for_the_file_and_not_for_the_next_one(cast: Cast, placement: Placement) -> None:
    uploaded(cast, placement, "teacher_records", consent=True)
    assert uploaded(cast, placement, "teacher_records", data=PNG, name="b.png").waits_for_consent
    assert paper_of(placement, "teacher_records").state == "outstanding"


def test_r_9_4_what_is_refused_leaves_nothing(cast: Cast, placement: Placement) -> None:
    with pytest.raises(Refused, match="not what its name says"):
        uploaded(cast, placement, data=PNG)
    assert not PaperFile.objects.exists()


def test_history_knows_the_file_by_its_fingerprint_and_not_by_its_name(cast: Cast, placement: Placement) -> None:
    file = uploaded(cast, placement, name="Juno Pettifer.pdf")
    event = AuditEvent.objects.get(verb="paper uploaded")
    assert event.after["sha256"] == file.sha256
    assert "Juno" not in str(event.after)


def test_r_9_3_the_bytes_go_a_year_after_the_end(cast: Cast, clock: object) -> None:
    placement = stories.active(cast)
    file = uploaded(cast, placement)
    early.end_early(
        placement=placement,
        by=cast.host_head,
        ended_on=date(2026, 10, 6),
        category="staffing",
        reason="Change of staff",
    )

    def gone(on: date) -> int:
        return sum(done.count for done in retention.apply(on) if done.line.rule == "R-9.3")

    assert gone(date(2027, 10, 6)) == 0
    assert gone(date(2027, 10, 7)) == 1
    assert gone(date(2027, 10, 8)) == 0
    file.refresh_from_db()
    assert (file.data, file.name) == (None, "")


def test_who_asks_is_told_which_papers_they_uploaded(cast: Cast, placement: Placement) -> None:
    uploaded(cast, placement)
    held = subject_access.collect(subject_access.Subject(user=cast.host_head, name=cast.host_head.name))
    assert "Behaviour policy.pdf" in str(held)
