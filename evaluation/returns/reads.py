"""A return visit as its page and its paper show it, and the term in which it is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from astcoord.core.words import say
from evaluation.returns import permissions, rules
from evaluation.returns.lifecycle import ReturnStatus, Side
from evaluation.returns.models import ReturnFinding, ReturnVisit
from evaluation.reviews.wording import NO_STANDARDS
from placements.supported.redaction import Redactor, redactor
from schools.calendar.lifecycle import Season
from schools.calendar.models import Term
from schools.calendar.years import default_year, first_year_of, season_year, slug_of, slug_on
from staff.accounts.models import User


@dataclass(frozen=True)
class DueTerm:
    """The term of a return visit: as it was entered, or as terms usually are."""

    name: str
    first: date
    last: date


def term_for(ended_on: date, terms: int) -> DueTerm:
    """So many terms after the term in which, or after which, a placement ended (R-11.9). Two queries."""
    season, first_year = rules.term_after(*_term_of(ended_on), terms)
    slug = slug_of(first_year)
    entered = Term.objects.filter(year__slug=slug, season=season).first()
    if entered is not None:
        return DueTerm(entered.name, entered.starts_on, entered.ends_on)
    halves = default_year(slug).season(Season(season))
    name = f"{Season(season).label} {season_year(slug, Season(season))}"
    return DueTerm(name, halves[0].first, halves[-1].last)


def _term_of(day: date) -> tuple[str, int]:
    term = Term.objects.filter(starts_on__lte=day, year__ends_on__gte=day).order_by("-starts_on").first()
    if term is not None:
        return term.season, first_year_of(term.year.slug)
    return rules.season_of_month(day.month), first_year_of(slug_on(day))


@dataclass(frozen=True)
class Found:
    """One objective, and what the report says is left of it."""

    number: int
    objective: str
    criterion: str
    remains: str
    evidence: str


def found(visit: ReturnVisit, redact: Redactor = str) -> list[Found]:
    """Every agreed objective in order; two queries."""
    rows: dict[int, ReturnFinding] = {row.objective_id: row for row in visit.findings.all()}
    return [
        Found(
            objective.number,
            redact(objective.text),
            redact(objective.criterion),
            rows[objective.pk].get_remains_display() if objective.pk in rows else "Not reported yet",
            redact(rows[objective.pk].evidence) if objective.pk in rows else "",
        )
        for objective in visit.placement.objectives.all()
    ]


@dataclass(frozen=True)
class ReturnPage:
    """One return visit for one reader."""

    visit: ReturnVisit
    findings: Sequence[Found]
    lasting: str
    figures: str
    standards: str
    asked: str
    whole: bool
    can_propose: bool
    can_agree: bool
    can_undate: bool
    can_ask: bool
    can_report: bool
    can_decide: bool
    can_print: bool
    turn: str


def return_page(visit: ReturnVisit, user: User, today: date) -> ReturnPage:
    """A handful of queries. The report's words only for those who read all of it; the rest once it is closed."""
    redact = redactor(user, visit.placement)
    whole = permissions.reads_whole(user, visit)
    reported = visit.status in (ReturnStatus.REPORTED, ReturnStatus.CLOSED)
    told = reported and (whole or visit.status == ReturnStatus.CLOSED)
    date_it = permissions.may_date(user, visit)
    took_place = visit.status == ReturnStatus.DONE or (
        visit.status == ReturnStatus.DATED and visit.visit_on is not None and visit.visit_on <= today
    )
    return ReturnPage(
        visit=visit,
        findings=found(visit, redact) if told else [],
        lasting=redact(visit.lasting) if reported and whole else "",
        figures=redact(visit.figures) if reported and whole else "",
        standards=(redact(visit.standards) or NO_STANDARDS) if reported and whole else "",
        asked=redact(visit.asked_reason) if whole else "",
        whole=whole,
        can_propose=date_it and visit.status == ReturnStatus.SCHEDULED,
        can_agree=permissions.can_agree(user, visit),
        can_undate=date_it and visit.status == ReturnStatus.DATED and not took_place,
        can_ask=permissions.can_ask(user, visit),
        can_report=permissions.may_report(user, visit) and took_place,
        can_decide=permissions.decides(user, visit) and visit.status != ReturnStatus.CLOSED,
        can_print=whole and reported,
        turn=_own_turn(visit, user, took_place) or turn_of(visit),
    )


def _own_turn(visit: ReturnVisit, user: User, took_place: bool) -> str:
    """What this reader has to do; "" where it is somebody else's turn, or either's."""
    if permissions.decides(user, visit) and visit.status == ReturnStatus.REPORTED:
        return "Your turn: read the report, and accept or return it."
    if visit.asked_by:
        return ""
    if permissions.side_of(user, visit) and permissions.can_agree(user, visit):
        return f"Your turn: agree to the day that the {visit.get_proposed_by_display()} proposes, or propose another."
    return "Your turn: write the report." if took_place and permissions.may_report(user, visit) else ""


def turn_of(visit: ReturnVisit) -> str:
    """Whose turn it is, in one line."""
    if visit.asked_by:
        who = say("AST") if visit.asked_by == Side.AST else "host headteacher"
        what = "a visit after all" if visit.status == ReturnStatus.CANCELLED else "no visit"
        return f"The {who} asks for {what}. Waiting for {say('the co-ordinator')} to decide."
    if visit.status == ReturnStatus.SCHEDULED and visit.proposed_by:
        other = say("AST") if visit.proposed_by == "host" else "host headteacher"
        return f"The {visit.get_proposed_by_display()} proposes a day. Waiting for the {other} to agree."
    words: dict[str, str] = {
        ReturnStatus.SCHEDULED: say("Waiting for the AST or the host headteacher to propose a day."),
        ReturnStatus.DATED: say("The visit is to come. Afterwards the AST reports."),
        ReturnStatus.DONE: say("Waiting for the AST’s report."),
        ReturnStatus.REPORTED: say("Waiting for the co-ordinator to accept the report."),
        ReturnStatus.CLOSED: "Nobody: everything is done.",
        ReturnStatus.CANCELLED: "Nobody: it was cancelled.",
    }
    return words[visit.status]
