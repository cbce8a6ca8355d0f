"""This floor's lines of the retention schedule: accounts and posts."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from astcoord.core import periods
from astcoord.core.retention import Line, deleting
from astcoord.core.words import say_later
from schools.register.models import PendingImport
from staff.aspirants.models import LINE, Aspirant
from staff.aspirants.querysets import KEPT_YEARS
from staff.briefings.models import Booking
from staff.cpd.models import LINE as CPD_LINE
from staff.networks.models import LINE as NETWORK_LINE
from staff.peers.models import LINE as PEERS_LINE
from staff.peers.models import PeerObservation
from staff.personal import forgetting
from staff.quality.models import LINE as QA_LINE
from staff.questionnaires.models import LINE as ANSWERS_LINE
from staff.questionnaires.models import Questionnaire
from staff.training.models import LINE as TRAINING_LINE
from staff.working_groups.models import LINE as GROUPS_LINE

YEARS = periods.SCHEDULE[-1].audit_years
PEERS_YEARS = 2
"""So long two ASTs may look back at what they noted†."""
ANSWERS_YEARS = 3
"""So long one year’s answers can be held against the next ones†."""


def old_imports(today: date) -> Any:
    """Lists of schools of yesterday and earlier that nobody has confirmed."""
    start = timezone.make_aware(datetime.combine(today - timedelta(days=1), time.min))
    return PendingImport.objects.filter(at__lt=start)


def old_bookings(today: date) -> Any:
    """Places at sessions that were a year ago and more."""
    return Booking.objects.filter(briefing__on__lt=today - timedelta(days=365))


def old_questionnaires(today: date) -> Any:
    """Those that nobody could answer any more for so long, with all that was said."""
    return Questionnaire.objects.filter(closes_on__lt=periods.years_before(today, ANSWERS_YEARS))


def old_observations(today: date) -> Any:
    """Those between ASTs that were proposed so long ago, and are not to take place any more."""
    over = PeerObservation.objects.exclude(pk__in=PeerObservation.objects.open().values("pk"))
    return over.filter(asked_on__lt=periods.years_before(today, PEERS_YEARS))


LINES = (
    deleting(
        old_bookings,
        what="Places at briefing sessions",
        whose=say_later("Headteachers, and teachers who may become ASTs"),
        why="To hold the place, and to write when the session is moved or cancelled",
        how_long="Until a year after the session",
        then="Deleted.",
        seen_by=say_later("The co-ordinator, and the headteacher of the school that booked"),
        rule="R-2.21",
        order=65,
    ),
    deleting(
        old_imports,
        what="Lists of schools that were sent and not confirmed yet",
        whose="Headteachers and chairs of governors of the list",
        why="To show what would change in the register of schools before it is stored",
        how_long="Until it is confirmed or put aside, a day or two at most",
        then="Deleted.",
        seen_by="Whoever sent it, alone",
        order=64,
    ),
    deleting(
        old_observations,
        what=PEERS_LINE,
        whose=say_later("ASTs"),
        why="To agree on the day, and to look back at what was noted",
        how_long=f"{PEERS_YEARS} years after it was proposed",
        then="Deleted.",
        seen_by=say_later("The two ASTs, alone"),
        rule="R-3.14",
        order=67,
    ),
    deleting(
        old_questionnaires,
        what=ANSWERS_LINE,
        whose=say_later("ASTs"),
        why="To plan professional development, and to know whether the balance of home and outreach is right",
        how_long=f"{ANSWERS_YEARS} years after the last day to answer",
        then="Deleted, with the questionnaire.",
        seen_by=say_later("The AST; the co-ordinator numbers and texts without names, where 3 or more have answered"),
        rule="R-3.10",
        order=66,
    ),
    Line(
        what="Accounts and roles",
        whose=say_later("Headteachers, ASTs, governors, the authority’s staff"),
        why="To let people sign in and see what their role allows",
        how_long=f"While a role is held; then as long as the history that names them, up to {YEARS} years",
        then="A role ends on its last day and the person sees nothing any more. The name stays with the "
        "decisions and signatures that were made.",
        seen_by=say_later("Co-ordinator and administrator"),
        order=40,
    ),
    deleting(
        Aspirant.objects.over,
        what=LINE,
        whose=say_later("Teachers who may become ASTs"),
        why="To know whom a school with a post to fill could ask",
        how_long=f"While they are on the list, and {KEPT_YEARS} years after",
        then="Deleted.",
        seen_by=say_later(
            "The co-ordinator, the teacher’s headteacher, the subject’s consultant; officers read how many"
        ),
        rule="R-2.22",
        order=52,
    ),
    Line(
        what=say_later("Candidatures for an AST post that were closed"),
        whose=say_later("Teachers whom a school named for its AST post, and who did not come into post"),
        why="To answer for the decision, and to name the teacher anew",
        how_long=f"{forgetting.KEPT_YEARS} years after the candidature was closed",
        then="Deleted, with assessments, job description and pay; papers say “a colleague”.",
        seen_by=say_later("The co-ordinator, the own headteacher, the teacher, the subject’s consultant"),
        rule="R-2.2",
        order=53,
        due=lambda today: forgetting.old_candidatures(today).count(),
        apply=forgetting.forget_candidatures,
    ),
    Line(
        what="Proposals for a secondment that were declined, withdrawn or never sent",
        whose="Teachers whom a headteacher proposed",
        why="To answer for the decision, and to propose the teacher anew",
        how_long=f"{forgetting.KEPT_YEARS} years after the round closed",
        then="Name, address, answers, pay and what the adviser says are removed; that there was a proposal stays.",
        seen_by=say_later("The co-ordinator, the headteacher and governors of the school that proposed, its adviser"),
        rule="R-2.14",
        order=54,
        due=lambda today: forgetting.old_proposals(today).count(),
        apply=forgetting.forget_proposals,
    ),
    Line(
        what=say_later("An AST’s post, assessment, profile and time"),
        whose=say_later("ASTs"),
        why="To appoint, to match requests with expertise, and to account for days",
        how_long=say_later("While in post; then as long as the placements that the AST carried out"),
        then="Nothing is removed by itself.",
        seen_by=say_later(
            "The AST, the home school’s headteacher and governors, the office, the subject’s consultant; what the "
            "AST offers also the host headteacher and the people supported. Looks at assessment and "
            "funding are recorded."
        ),
        rule="R-16.3",
        order=50,
    ),
    Line(
        what=QA_LINE,
        whose=say_later("ASTs"),
        why=say_later("To know how an AST teaches and works in other schools, and what would help"),
        how_long=say_later("While in post; then as long as the placements that the AST carried out"),
        then="Nothing is removed by itself.",
        seen_by=say_later(
            "The AST, the co-ordinator, the subject’s consultant; the home school’s headteacher that a visit is "
            "planned, and the report if the AST agrees. Looks at reports are recorded."
        ),
        rule="R-3.7",
        order=51,
    ),
    Line(
        what=NETWORK_LINE,
        whose=say_later("ASTs"),
        why="To hold the meetings, and to account for who came",
        how_long=say_later("While in post; then as long as the placements that the AST carried out"),
        then="Nothing is removed by itself.",
        seen_by=say_later(
            "The AST, the home school’s headteacher, the office, the subject’s consultant; officers read how many"
        ),
        rule="R-3.13",
        order=51,
    ),
    Line(
        what=TRAINING_LINE,
        whose=say_later("ASTs"),
        why=say_later("To know what an AST was trained in for the role, and what still has to be offered"),
        how_long=say_later("While in post; then as long as the placements that the AST carried out"),
        then="Nothing is removed by itself; a topic that was recorded by mistake can be taken off at any time.",
        seen_by=say_later(
            "The AST, the home school’s headteacher, the office, the subject’s consultant; who lacks which "
            "topic also the training co-ordinator, officers without names"
        ),
        rule="R-3.11",
        order=51,
    ),
    Line(
        what=CPD_LINE,
        whose=say_later("ASTs"),
        why=say_later("To know how an AST keeps up to date, and what came of it"),
        how_long=say_later("While in post; then as long as the placements that the AST carried out"),
        then="Nothing is removed by itself; an entry can be deleted at any time.",
        seen_by=say_later(
            "The AST, the home school’s headteacher, the office, the subject’s consultant; officers how many and "
            "how long"
        ),
        rule="R-3.9",
        order=51,
    ),
    Line(
        what=GROUPS_LINE,
        whose=say_later("ASTs"),
        why=say_later("To know what a group of ASTs found and does"),
        how_long=say_later("As long as the placements that its members carried out"),
        then="Nothing is removed by itself; an action can be deleted while it is not done.",
        seen_by="The members, the office, consultants for the subject of a member",
        rule="R-3.15",
        order=51,
    ),
)
