"""What requests want of people when they sign in."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.timezone import localdate

from astcoord.core import home, policy, week
from astcoord.core.home import Panel, Task
from astcoord.core.roles import OFFICE, Role
from astcoord.core.week import Kind
from astcoord.core.wording import counted, date_words
from astcoord.core.words import say
from astcoord.ui import navigation
from astcoord.ui.wording import lower_first
from placements.requests.lifecycle import REQUEST_OPEN, RequestStatus, Route
from placements.requests.models import OutreachRequest
from placements.requests.querysets import RequestQuerySet
from placements.requests.rules import found_words
from schools.calendar import reads as calendar
from staff.accounts.models import User

TO_DECIDE = Kind(
    one="request to decide on",
    many="requests to decide on",
    action="Decide",
    rows=lambda user: of_office(user).with_turns(policy.in_force().request_days_to_decide).in_queue(),
    due="act_by",
    page="placements:request_detail",
    listed="placements:queue",
    school="host__name",
    owner="owner__name",
)
"""R-20.2: the queue, by the day by which each is to be decided or looked at again."""


def of_office(user: User) -> RequestQuerySet:
    """What the user sees as one of the office; nothing for others."""
    return OutreachRequest.objects.visible_to(user) if user.role_set & OFFICE else OutreachRequest.objects.none()


WITH_HEAD = {
    RequestStatus.RETURNED: ("Answer questions about your request for {}", "request_detail"),
    RequestStatus.AWAITING_CONFIRMATION: ("Confirm the request for {}", "request_check"),
    RequestStatus.DRAFT: ("Finish your request for {}", "request_check"),
}
SHOWN = 10
RUNNING = 5


def register() -> None:
    """What this room puts on the first page and in the menu."""
    home.register(tasks=tasks, panels=panels, order=10)
    home.register(panels=for_governors, order=50)
    week.register(TO_DECIDE)
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR, Role.CONSULTANT, Role.OFFICER):
        navigation.register(role, "Requests", "placements:queue", order=10)
    navigation.register(Role.HEADTEACHER, "Requests", "placements:requests", order=10)
    hint = "A school has asked you itself: say so here, and its headteacher confirms it"
    navigation.register(Role.AST, "Pass on a request", "placements:request_pass_on", order=30, hint=hint)


def tasks(user: User, on: date) -> Iterable[Task]:
    """The head: what waits for an answer. The office: the queue. Two queries at most for each."""
    if schools := user.schools_as(Role.HEADTEACHER):
        yield from _of_head(schools)
    if user.role_set & OFFICE:
        yield from _of_office(on, decides=user.has_role(Role.COORDINATOR))


def panels(user: User, on: date) -> Iterable[Panel]:
    """A head can ask at once, and sees where each request stands that is with somebody else. Two queries."""
    schools = user.schools_as(Role.HEADTEACHER)
    if not schools:
        return
    running = OutreachRequest.objects.at_schools(schools).filter(status__in=REQUEST_OPEN - set(WITH_HEAD))
    links = [
        (_where(asked), reverse("placements:request_detail", args=[asked.pk]))
        for asked in running.prefetch_related("matches").order_by("-pk")[:RUNNING]
    ]
    action = (say("Ask for AST support"), reverse("placements:request_start"))
    yield Panel("Help for your school", links=tuple(links), action=action)


def for_governors(user: User, on: date) -> Iterable[Panel]:
    """How much the school has asked for this year, and what came of it: no subject, nobody (section G). Two queries."""
    schools = user.schools_as(Role.GOVERNOR)
    year = calendar.year_on(on) if schools else None
    if year is None:
        return
    sent = OutreachRequest.objects.at_schools(schools).exclude(route=Route.BEFORE)
    found = sent.filter(submitted_at__date__gte=year.starts_on).aggregate(
        sent=Count("pk"),
        placed=Count("pk", filter=Q(status__in=[RequestStatus.AGREED, RequestStatus.PLACED])),
        running=Count("pk", filter=Q(status__in=REQUEST_OPEN)),
    )
    if found["sent"]:
        parts = f"{found['placed']} led to {say('a placement')}, {found['running']} still open"
        text = f"{counted(found['sent'], 'request')} sent this school year: {parts}."
        yield Panel("What your school has asked for", text=text)


def _where(asked: OutreachRequest) -> str:
    found = found_words(asked.days_found, asked.days)
    where = f"{asked.get_subject_display()}, {asked.reference}: {lower_first(asked.get_status_display())}"
    return f"{where}, {found}" if found else where


def _of_head(schools: set[int]) -> Iterable[Task]:
    found = OutreachRequest.objects.at_schools(schools).filter(status__in=WITH_HEAD).select_related("host")
    for asked in found[:SHOWN]:
        words, page = WITH_HEAD[RequestStatus(asked.status)]
        title = words.format(asked.get_subject_display() or say("AST support"))
        hint = asked.reference if len(schools) == 1 else f"{asked.reference}, {asked.host.name}"
        yield Task(title, reverse(f"placements:{page}", args=[asked.pk]), hint=hint)


def _of_office(on: date, *, decides: bool) -> Iterable[Task]:
    """An administrator sees the same counts, and decides nothing."""
    status = RequestStatus
    new = Q(status__in=[status.SUBMITTED, status.UNDER_REVIEW])
    due = Q(status=status.WAITING, look_again_on__lte=on)
    days = policy.in_force(on).request_days_to_decide
    unconfirmed = Q(status=status.AWAITING_CONFIRMATION)
    found = OutreachRequest.objects.filter(new | due | unconfirmed).aggregate(
        unconfirmed=Count("pk", filter=unconfirmed),
        new=Count("pk", filter=new),
        oldest=Min("submitted_at", filter=new),
        due=Count("pk", filter=due),
        first_due=Min("look_again_on", filter=due),
    )
    queue = reverse("placements:queue")
    if found["new"]:
        oldest = localdate(found["oldest"])
        hint = f"The oldest was sent on {date_words(oldest)}"
        title = "Requests to decide on" if decides else say("Requests that wait for the co-ordinator")
        yield Task(title, queue, due=oldest + timedelta(days=days), hint=hint, count=found["new"])
    if found["due"]:
        yield Task("Waiting requests to look at again", queue, due=found["first_due"], count=found["due"])
    if found["unconfirmed"]:
        hint = "Nothing can be matched before the headteacher confirms"
        yield Task(
            "Requests that headteachers have not confirmed",
            f"{queue}?group=school",
            hint=hint,
            count=found["unconfirmed"],
        )
