"""Every report of the authority in one list (R-14.7). A later room adds its own at start-up."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from astcoord.core.models.policy import Policy
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.core.words import say_later
from evaluation.authority.permissions import STRATEGIC
from evaluation.performance import permissions as performance
from evaluation.training import permissions as training
from evaluation.value import permissions as value
from placements.deployment.permissions import DEPLOYMENT
from staff.accounts.models import User
from staff.figures import permissions as figures

WHOLE = "The whole scheme"
DAYS = "Days and demand"
OUTCOMES = "What came of it"
PEOPLE = say_later("ASTs")
GROUPS = (WHOLE, DAYS, OUTCOMES, PEOPLE)
SEE_ALL = OFFICE | {Role.OFFICER}


@dataclass(frozen=True)
class Report:
    """One page that is also a file or a paper: who reads it, and what it says, in a sentence."""

    group: str
    title: str
    url_name: str
    readers: Collection[Role]
    words: str
    setting: str = ""
    """The policy that has it switched on, where that is not always so."""


REPORTS: list[Report] = [
    Report(WHOLE, "Annual report", "evaluation:annual_report", STRATEGIC, "Everything of a school year on one paper."),
    Report(WHOLE, "Report for the schools forum", "evaluation:forum", STRATEGIC, "Pool, use and cost on one page."),
    Report(WHOLE, "Benchmarks of 2002/03", "evaluation:benchmarks", STRATEGIC, "What inspectors found, for context."),
    Report(WHOLE, "The year in one look", "evaluation:year_view", SEE_ALL, "Days used, promised, free; what is late."),
    Report(
        *(WHOLE, "Ask a question", "evaluation:question", DEPLOYMENT),
        "Requests, days and objectives between two days, by whatever is asked: a table, a picture, sentences.",
    ),
    Report(DAYS, "Where the days go", "placements:deployment", DEPLOYMENT, "Days by priority, need and school."),
    Report(
        DAYS, "What was asked for", "placements:deployment_demand", DEPLOYMENT, "Requests with and without a match."
    ),
    Report(DAYS, "Schools", "placements:deployment_schools", DEPLOYMENT, "Never supported, and longest waiting."),
    Report(
        DAYS,
        say_later("Use of each AST’s year"),
        "placements:deployment_budgets",
        DEPLOYMENT,
        "Budget, contracts, days left.",
    ),
    Report(
        *(DAYS, "Charges", "placements:charges", OFFICE),
        "What is paid for days delivered, and to whom.",
        setting="has_charges",
    ),
    Report(DAYS, "Demand without a match", "placements:demand", SEE_ALL, "Open requests that nobody can meet."),
    Report(DAYS, "Time", "evaluation:time", AUTHORITY, "Days by school, kind of work, week and term."),
    Report(
        DAYS, "Every outreach day", "placements:day_list", SEE_ALL, "Planned, delivered, called off, not written up."
    ),
    Report(OUTCOMES, "Results", "evaluation:results", AUTHORITY, "Attainment by school, subject, measure and year."),
    Report(
        *(OUTCOMES, "Value for money", "evaluation:value", value.READERS & AUTHORITY),
        "Days, cost, outcomes and the headteacher’s view, and no score.",
    ),
    Report(
        *(
            OUTCOMES,
            "Evaluation by level",
            "evaluation:levels",
            AUTHORITY,
            "How many forms have evidence of each.",
        ),
        setting="on_levels",
    ),
    Report(
        *(OUTCOMES, "Departments that might welcome support", "evaluation:fft_screen", AUTHORITY),
        "Whose result lies under the estimate.",
        setting="fft_screen",
    ),
    Report(
        PEOPLE,
        say_later("ASTs in numbers"),
        "staff:ast_figures",
        figures.STATISTICS,
        "Cross-tables by phase, service, subject.",
    ),
    Report(PEOPLE, "Recruitment", "staff:recruitment", figures.RECRUITMENT, "The pool, the target and who may come."),
    Report(
        PEOPLE,
        "Share of teachers",
        "staff:share_of_teachers",
        figures.SHARES,
        say_later("ASTs against the 3% to 5% advised."),
    ),
    Report(PEOPLE, "Who leaves, and where to", "staff:leavers", figures.LEAVERS, "Leavers and those kept, by year."),
    Report(
        *(PEOPLE, "Visits by school and term", "staff:office_visit_figures", {Role.COORDINATOR}),
        say_later("The co-ordinator’s visits to ASTs and schools."),
    ),
    Report(
        *(PEOPLE, "Outreach judgements: who has one", "evaluation:judgement_coverage", performance.COVERAGE),
        say_later("ASTs whose headteacher has been told what their outreach is worth, and who is missing."),
    ),
    Report(
        *(PEOPLE, "Schools without a statement on training", "evaluation:training_missing", training.MISSING),
        say_later("Employing schools that have not said how their training plan meets their ASTs’ needs."),
    ),
    Report(PEOPLE, "Income and cost of posts", "staff:pay_gaps", STRATEGIC, "What posts cost, and who pays for them."),
    Report(
        *(PEOPLE, "Secondments in numbers", "staff:secondment_sums", {Role.OFFICER}, "Rounds, grants and endings."),
        setting="secondments",
    ),
]


def reports_of(user: User, policy: Policy) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """What this person may read, as (group, [(title, address, words)])."""
    mine = [each for each in REPORTS if user.has_role(*each.readers)]
    shown = [each for each in mine if not each.setting or getattr(policy, each.setting)]
    groups = list(dict.fromkeys([*GROUPS, *(each.group for each in shown)]))
    found = [(name, [(e.title, reverse(e.url_name), e.words) for e in shown if e.group == name]) for name in groups]
    return [(name, rows) for name, rows in found if rows]
