"""What the rules of protocol, contract and activation look at, read from the database."""

from datetime import date, timedelta

from django.utils import timezone

from astcoord.core import clock
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.models.policy import Policy
from placements.agreement.lifecycle import Agreement
from placements.agreement.models import ContractVersion
from placements.agreement.rules.activation import ActivationFacts
from placements.agreement.rules.contracts import IssueFacts, TermsFacts, next_missing
from placements.agreement.rules.protocol import Paper, Person, ProtocolFacts
from placements.papers.models import SharedDocument
from placements.placement.models import Placement, PlannedReview
from schools.calendar import reads as calendar
from schools.calendar.models import HalfTerm
from staff.accounts.models import RoleAssignment

CHAIR_NOTICE = "chair-notice"
NEAR = timedelta(days=130)
"""How far around a placement half-terms are offered as the nearest dates: further than the summer is long."""

Kind = PlannedReview.Kind


def chair_notice(placement: Placement) -> Message | None:
    """The notice that went to the chair of the host's governors (R-8.3), unless it was taken back."""
    sent = Message.objects.about(placement).filter(kind=CHAIR_NOTICE)
    return sent.exclude(status=MessageStatus.CANCELLED).order_by("pk").last()


def chair_is_known(placement: Placement) -> bool:
    """The host has a chair of governors who can be written to (R-1.3)."""
    return bool(placement.host.chair_name and placement.host.chair_email)


def protocol_facts(placement: Placement) -> ProtocolFacts:
    """The ten items' facts, in four queries."""
    notice = chair_notice(placement)
    dates: dict[str, list[date]] = {kind: [] for kind in Kind.values}
    for review in placement.reviews_planned.all():
        dates[review.kind].append(review.on)
    return ProtocolFacts(
        starts_on=placement.starts_on,
        ends_on=placement.ends_on,
        weekday=placement.weekday,
        role_statement_sent_on=placement.role_statement_sent_on,
        circulated_on=placement.circulated_on,
        staff_meeting_on=placement.staff_meeting_on,
        staff_meeting_not_needed=placement.staff_meeting_not_needed,
        people=tuple(
            Person(p.name, p.selection, p.willing_to_develop and p.willing_to_continue, p.first_met_on)
            for p in placement.supported.all()
            if p.withdrew_on is None
        ),
        chair_known=chair_is_known(placement),
        chair_told_on=timezone.localdate(notice.queued_at) if notice else None,
        school_evaluations=tuple(dates[Kind.SCHOOL_EVALUATION]),
        final_evaluation=next(iter(dates[Kind.FINAL_EVALUATION]), None),
        review_meetings=tuple(dates[Kind.REVIEW_MEETING]),
        reserved_days=tuple(dates[Kind.RESERVED_DAY]),
        day_shape=placement.day_shape,
        visit_planned_on=placement.visit_planned_on,
        visit_host_agrees=placement.visit_host_agrees,
        visit_home_agrees=placement.visit_home_agrees,
        visit_waived_reason=placement.visit_waived_reason,
        notice_days=placement.notice_days,
        focus=placement.focus,
        papers=tuple(paper_facts(paper) for paper in placement.papers.all()),
        today=clock.today(),
    )


def paper_facts(paper: SharedDocument) -> Paper:
    """One paper, for the rules."""
    return Paper(paper.get_kind_display(), paper.owner, paper.due, paper.state)


def terms_facts(placement: Placement, policy: Policy) -> TermsFacts:
    """The terms beside the school calendar, in four queries."""
    starts, ends = placement.starts_on, placement.ends_on
    half_terms: tuple[tuple[date, date], ...] = ()
    teaching = 0
    if starts and ends and starts <= ends:
        school_days = calendar.between(starts, ends).school_days(starts, ends)
        teaching = sum(1 for day in school_days if placement.weekday is None or day.weekday() == placement.weekday)
        near = HalfTerm.objects.touching(starts - NEAR, ends + NEAR).order_by("starts_on")
        half_terms = tuple(near.values_list("starts_on", "ends_on"))
    return TermsFacts(
        days=placement.days,
        starts_on=starts,
        ends_on=ends,
        weekday=placement.weekday,
        day_share=placement.day_share,
        notice_days=placement.notice_days,
        day_shape=placement.day_shape,
        focus=placement.focus,
        work_types=tuple(placement.work_types),
        host_expectations=placement.host_expectations,
        ast_expectations=placement.ast_expectations,
        pattern=policy.placement_pattern,
        weekly_cap=policy.weekly_outreach_cap,
        ast_weekdays=tuple(p.weekday for p in placement.post.pattern_on(starts)) if starts else (),
        teaching_days=teaching,
        half_terms=half_terms,
    )


def issue_facts(placement: Placement, policy: Policy) -> IssueFacts:
    """What must stand before a contract goes out (R-8.11)."""
    agreed = placement.protocol.exclude(agreement=Agreement.NOT_DISCUSSED).values_list("number", flat=True)
    return IssueFacts(frozenset(agreed), placement.objectives.count(), terms_facts(placement, policy))


def contract_in_force(placement: Placement) -> ContractVersion | None:
    """The version that is not superseded, with its policy and signatures."""
    return (
        placement.contracts.filter(superseded_at=None)
        .select_related("policy", "document", "signed_document")
        .prefetch_related("signatures__user")
        .first()
    )


def missing_parties(version: ContractVersion | None) -> list[str]:
    """The parties that have not signed a version, in the policy's order."""
    if version is None:
        return []
    return next_missing(version.policy.signatories, [s.party for s in version.signatures.all()])


def activation_facts(placement: Placement, today: date) -> ActivationFacts:
    """Every line of R-8.13 for one placement."""
    version = contract_in_force(placement)
    missing = missing_parties(version)
    names = dict(Policy._meta.get_field("signatories").options)
    papers = [paper_facts(paper) for paper in placement.papers.all()]
    return ActivationFacts(
        signed=version is not None and not missing,
        missing=tuple(names[party] for party in missing),
        role_statement_sent=placement.role_statement_sent_on is not None,
        circulated=placement.circulated_on is not None,
        chair_told=chair_notice(placement) is not None,
        papers_requested=bool(papers) and all(paper.asked_for for paper in papers),
        cover=bool(placement.cover),
        pattern=bool(placement.post.pattern_on(placement.starts_on or today)),
        inducted=placement.post.inducted,
        host_has_head=RoleAssignment.objects.heads_of(placement.host, today).exists(),
        host_has_chair=chair_is_known(placement),
        overridden=bool(placement.override_reason),
    )
