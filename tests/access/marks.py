"""The marks that private texts carry, and the field that each lies in: who may come across it, `fields.txt` says."""

import re

from tests.access.fields import EVERYWHERE, readers
from tests.access.sides import OURS, THEIRS

MARKS = {
    # what a school asks for, and for whom
    "REQUEST": "placements.OutreachRequest.task",
    "STAFF": "names",  # in full: others read initials
    "DECL": "placements.RequestedStaff.situation",
    "GOALS": "placements.Confirmation.gain",
    "REALISM": "placements.OutreachRequest.realism",
    "QUESTIONS": "placements.OutreachRequest.questions",
    "ENDING": "placements.OutreachRequest.ending_note",
    # why an AST was proposed, and what was answered
    "ASPIRES": "staff.Aspirant.note",
    "CAMEOF": "staff.OfficeVisit.outcome",
    "MET": "staff.InductionMeeting.head",
    "CHOICE": "placements.Match.lower_choice_reason",
    "REASON": "reasons",  # in words: the host head reads sums
    "REFUSAL": "placements.MatchAnswer.reason",
    "COULD": "placements.HelpOffer.note",
    "CASENOTE": "placements.CaseNote.text",
    # protocol, contract, meetings
    "AIM": "placements.Objective.text",
    "BASELINE": "placements.Objective.baseline",
    "OVERRIDE": "placements.Placement.override_reason",
    "MEETING": "placements.Meeting.notes",
    "CONSENT": "placements.Meeting.absence_consent",
    "AGREED": "evaluation.MeetingAction.text",
    "PLACE": "placements.Placement.meeting_place",
    "ITEM": "placements.ProtocolItem.note",
    "PAPER": "placements.SharedDocument.owner",
    "FILE": "placements.PaperFile.name",
    "BYTES": "placements.PaperFile.data",
    "COVER": "placements.Placement.cover_note",
    # days, diary, reviews
    "DAYNOTE": "placements.OutreachDay.note",
    "CLASS": "placements.DayPart.taught",
    "WATCHER": "placements.DayPart.other_watcher",
    "CANCELLED": "placements.OutreachDay.cancelled_reason",
    "PRIORITY": "evaluation.DiaryEntry.priorities",
    "EVIDENCE": "evaluation.DiaryEntry.evidence",
    "NEXT": "evaluation.DiaryEntry.next_steps",
    "TALK": "evaluation.DiaryEntry.talk_note",
    "DRAFTDAY": "evaluation.DiaryEntry.priorities where status=draft",
    "PIECE": "evaluation.Evidence.title",
    "WHY": "evaluation.Correction.why",
    "ASKED": "evaluation.Correction.asked",
    "IDEA": "evaluation.Idea.text",
    "SPENT": "evaluation.PlacementCost.covers",
    "COUNTS": "evaluation.AttainmentResult.chosen_reason",
    "RESULTS": "evaluation.AttainmentResult.file_name",
    "UNSENT": "evaluation.ImpactReview.summary where status=draft,returned",
    "REVIEW": "evaluation.ImpactReview.summary",
    "COMMENT": "evaluation.ImpactReview.head_comment",
    "RETURN": "evaluation.ImpactReview.return_reason",
    "PROOF": "evaluation.ObjectiveProgress.evidence",
    "STEPS": "evaluation.ObjectiveProgress.next_steps",
    # evaluations: a supported person's form is not the head's to read, and the AST's only when it was shared
    "HEADSAYS": "evaluation.Evaluation.practice",
    "HEADDRAFT": "evaluation.Evaluation.practice where asked_of=host_head status=draft",
    "TEACHERSAYS": "evaluation.Evaluation.practice where asked_of=supported shared=None",
    "TOLDAST": "evaluation.Evaluation.practice where asked_of=supported",
    "CONCLUDED": "evaluation.Evaluation.impact",
    "HOSTVIEW": "evaluation.HalfWayReview.host_view",
    "ASTVIEW": "evaluation.HalfWayReview.ast_view",
    "GROUNDS": "evaluation.HalfWayReview.grounds",
    "EXITPLAN": "evaluation.HalfWayReview.exit_plan",
    "ASKSMORE": "evaluation.ReturnVisit.return_reason",
    "LASTS": "evaluation.ReturnVisit.lasting",
    "FIGURES": "evaluation.ReturnVisit.figures",
    "REMAINS": "evaluation.ReturnFinding.remains",
    "SHOWSIT": "evaluation.ObjectiveReached.evidence",
    "LEARNT": "evaluation.Evaluation.learning",
    "STANDARDS": "evaluation.Evaluation.standards",
    "OUTCOME": "evaluation.LogicStep.text",
    "LOGIC": "evaluation.LogicStep.text where kind=change,cause",
    "NEWLOGIC": "evaluation.LogicStep.text where model__status=draft",
    # the end
    "ENDED": "placements.Placement.ended_reason",
    "LINK": "placements.InformalLink.note",
    # the AST, and the AST's time
    "SHARE": "placements.TimeVariation.reason",
    "INREACH": "placements.InreachAgreement.aims",
    "COURSE": "placements.Activity.what",
    "ABOUT": "staff.Post.about",
    "COMES": "staff.Booking.name",
    "ASSESSOR": "staff.Post.assessor",
    "WANTED": "staff.Opening.wanted",
    "VERDICT": "staff.Assessment.note",
    "TEAM": "staff.Team.aim",
    "NOTED": "staff.NetworkMeeting.notes",
    "NEWS": "staff.Notice.text",
    "SORRY": "staff.Invitation.reason",
    "LOGGED": "staff.CpdEntry.keeps_up",
    "OFFERED": "staff.CpdOffer.about",
    "NEEDED": "staff.WorkingGroup.needs",
    "GROUPTASK": "staff.GroupAction.text",
    "DUTY": "staff.JobDescription.purpose",
    "NEWJOB": "staff.JobDescription.purpose where status=draft,put,half_agreed,withdrawn",
    "WATCHES": "staff.PeerObservation.focus",
    "NOTESIT": "staff.PeerObservation.observed_notes",
    "ASKSASTS": "staff.Questionnaire.intro",
    "ANSWERS": "staff.Answer.said",
    "JUDGED": "evaluation.OutreachJudgement.judgement where status=issued,acknowledged,superseded",
    "UNJUDGED": "evaluation.OutreachJudgement.judgement where status=draft",
    "TRAINS": "evaluation.TrainingStatement.statement",
    "PAYRISE": "staff.PayRange.pay_rise",
}
"""Ours. Where the marks are put stands in `world.py`."""

MARK = re.compile(rf"({OURS}|{THEIRS})({'|'.join(MARKS)})")
"""The side and the name of a mark, wherever it stands."""


def may_read(key: str, *, side: str, mark: str, ours: str) -> bool:
    """Whether `key` may come across a mark of a side; the neighbour's are for the authority's own people only."""
    allowed = readers(MARKS[mark])
    return key in (allowed if side == ours else allowed & EVERYWHERE)
