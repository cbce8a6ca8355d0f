"""Fields, not only pages: nobody comes across a text that is not for them, or a sign of what else they may not read.

`fields.txt` says who may read each field of each model (section G). Private texts carry marks (`marks.py`), and all
that somebody reads is searched for those that are not for this person. Then everything that the person may not read
is given another value at once: another choice, number, date, text or name; and all must read as it did before.
"""

from collections import defaultdict
from itertools import takewhile, zip_longest

import pytest

from tests.access.changed import Hidden, change, changed, hidden_in, rows_of, undone
from tests.access.crawl import get, logged, read_by
from tests.access.fields import EVERYBODY, READERS, declared, of_models, readers
from tests.access.marks import MARK, MARKS, may_read
from tests.access.people import KEYS, SIGNED_IN
from tests.access.sides import OURS, World
from tests.access.walk import client_of

pytestmark = pytest.mark.usefixtures("db", "quick_refusals", "clock_stands")

TOLD_OF = {("ast", "placements.RequestedStaff.situation")}
"""Section G: an AST is told that a safeguard applies to the request, and neither of whom nor why."""
SAME = {
    "the world has no row of it": "core.BounceRead core.Heartbeat core.Mismatch core.Posted core.RecordCheck "
    "core.RelayState core.RememberedColumns core.RetentionFailure core.Tries core.Unreachable placements.Consultation "
    "staff.AlumniEntry staff.QaVisit evaluation.Estimate evaluation.Offer evaluation.SessionFeedback "
    "placements.GroupItem placements.GroupMeeting placements.GroupMember "
    "placements.PlanDecision placements.PlanLine placements.PlanNote placements.PlanPair staff.GrantStatement "
    "staff.PreparationStep staff.Proposal staff.Secondment",
    "the world has no row of it in one of its states": "core.AuditEvent.after core.AuditEvent.before "
    "core.AuditEvent.reason core.Transition.reason evaluation.OutreachJudgement.development "
    "evaluation.OutreachJudgement.judgement evaluation.TargetJudged.evidence evaluation.TargetJudged.reached",
    "it says which rows belong together": "evaluation.Decision.meeting evaluation.Decision.note "
    "evaluation.DiaryEntry.objectives evaluation.DiaryEntry.staff "
    "evaluation.Evidence.day evaluation.Evidence.objectives evaluation.Idea.day placements.Amendment.leaving "
    "placements.DayPart.watchers placements.OutreachRequest.priorities placements.Placement.priorities "
    "placements.Plan.parent placements.PlanUnmet.plan placements.PlanUnmet.request staff.Aspirant.post "
    "staff.OfficeVisit.school placements.CaseNote.school placements.CaseNote.request "
    "staff.Aspirant.school staff.Opening.school staff.PostHours.post "
    "staff.PostMove.home staff.PostMove.left staff.PostMove.post",
    "a rule of the database ties it to another column": "core.Document.pdf evaluation.Correction.answered_at "
    "evaluation.Correction.answered_by evaluation.Correction.outcome evaluation.Evaluation.accepted_at "
    "evaluation.Evaluation.accepted_by evaluation.Evidence.link evaluation.ImpactReview.accepted_at "
    "evaluation.ImpactReview.accepted_by evaluation.MeetingAction.done_by evaluation.MeetingAction.done_on "
    "evaluation.ReturnVisit.asked_by evaluation.ReturnVisit.asked_reason placements.Activity.basis "
    "placements.Activity.exceptional_reason placements.Confirmation.recorded_by placements.Confirmation.signed_on "
    "staff.NetworkMeeting.cluster staff.NetworkMeeting.kind staff.NetworkMeeting.phase "
    "placements.Plan.kind placements.ProtocolItem.agreement placements.RequestedStaff.head_agrees "
    "staff.Aspirant.off_note staff.PayPoint.point staff.PayRange.highest staff.PayRange.lowest staff.PayRange.status "
    "staff.Post.funding_area staff.Post.left_because staff.Post.left_to staff.PostContract.kind "
    "staff.PostFunding.funding_area",
    "there is nothing in it to be worded otherwise": "core.PendingUpload.refused placements.Plan.changes "
    "placements.Plan.left_out placements.Plan.levels placements.Plan.offered placements.Plan.progress "
    "placements.Plan.verdict placements.Plan.warnings schools.PendingImport.reading",
}
"""What keeps its value, and why: whether it is shown, `marks.py` and the tests of its pages say."""

ON_BOTH = {"coordinator", "host_head", "home_head", "ast", "host_chair"}
"""Between them they are asked every query of every page; the others read on one database only."""
WHO_READS = [pytest.param(key, marks=() if key in ON_BOTH else pytest.mark.one_database) for key in KEYS]

SEEN: set[str] = set()
"""The marks that somebody has come across."""


def test_every_field_of_every_model_says_who_may_read_it() -> None:
    """A new field finds its line in `fields.txt`, or nobody knows whether it may be shown."""
    said = [(field.model, field.name, field.rows) for field in declared()]
    assert len(said) == len(set(said)), "said twice"
    assert {(model, name) for model, name, rows in said if not rows} == of_models()
    assert {field.readers for field in declared()} == set(READERS)
    for field in declared():
        if field.rows:
            assert READERS[field.readers] < readers(f"{field.model}.{field.name}"), (
                f"{field}: of some rows fewer read it"
            )


@pytest.mark.one_database
@pytest.mark.parametrize("key", WHO_READS)
def test_r_16_2_nobody_comes_across_what_is_not_for_them(world: World, key: str) -> None:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    with logged() as log:
        for url, text in read_by(world, key).items():
            for side, mark in set(MARK.findall(text)):
                found[side, mark].append(url)
    leaks = [
        f"{side}{mark} on {', '.join(urls[:5])}"
        for (side, mark), urls in sorted(found.items())
        if not may_read(key, side=side, mark=mark, ours=OURS)
    ]
    assert not leaks, f"{key} reads:\n" + "\n".join(leaks)
    assert not MARK.findall(log.getvalue()), "what is private is written into the log"
    SEEN.update(mark for side, mark in found if side == OURS)


@pytest.mark.one_database
def test_every_mark_lies_where_somebody_finds_it() -> None:
    """A mark that nobody sees would prove nothing. Runs after the readers."""
    if not SEEN:
        pytest.skip("nobody has read anything")
    assert set(MARKS) == SEEN


@pytest.mark.one_database
@pytest.mark.parametrize("key", SIGNED_IN)
def test_g_what_somebody_may_not_read_changes_nothing_that_they_get(world: World, key: str) -> None:
    hidden = [each for each in hidden_in(world, key) if (key, f"{each[1].model}.{each[1].name}") not in TOLD_OF]
    told = differences(world, key, hidden, list(read_by(world, key)))
    assert not told, f"{key} is told of what is not for {key}:\n" + "\n".join(told)


def differences(world: World, key: str, hidden: list[Hidden], urls: list[str]) -> list[str]:
    """What reads differently because of which field: all are changed at once, and fewer only where it is seen."""
    before, client = read_by(world, key), client_of(world, key)
    with changed(hidden, world):
        after = {url: get(client, url) for url in urls}
    seen = [url for url in urls if before[url] != after[url]]
    if len(hidden) > 1 and seen:
        half = len(hidden) // 2
        return [line for some in (hidden[:half], hidden[half:]) for line in differences(world, key, some, seen)]
    return [f"{side.mark} {field}: {url}: {first(before[url], after[url])}" for url in seen for side, field in hidden]


def first(before: str, after: str) -> str:
    """The first line that reads differently, from where it does."""
    for old, new in zip_longest(before.splitlines(), after.splitlines(), fillvalue=""):
        if old != new:
            same = takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
            at = max(sum(1 for _ in same) - 60, 0)
            return f"{old[at : at + 160]!r} -> {new[at : at + 160]!r}"
    return ""


@pytest.mark.one_database
def test_every_field_that_is_not_for_everybody_gets_another_value(world: World) -> None:
    """What the database refuses, or has no row of, would be looked for in vain."""
    same: set[str] = set()
    for side, field in hidden_in(world, ""):
        if side is world.ours and READERS[field.readers] != EVERYBODY:
            with undone():
                done = change(field, side, world)
            if not done:
                same.add(field.model if not rows_of(field.model, side).exists() else f"{field.model}.{field.name}")
    assert same == {name for names in SAME.values() for name in names.split()}
