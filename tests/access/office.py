"""What only the authority's office has pages for: letters, plans, uploads, accounts."""

from datetime import date
from decimal import Decimal

from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.models.documents import Document
from astcoord.core.models.loading import PendingUpload
from astcoord.core.models.saved_views import SavedView
from astcoord.core.roles import Role
from astcoord.demo import scene
from evaluation.authority import actions as reports
from evaluation.results.models import AttainmentResult
from evaluation.termly.models import Decision, TermlyMeeting
from placements.activities.models import Activity, InreachAgreement
from placements.deployment.reads.periods import periods
from placements.letters import actions as letter_actions
from placements.letters.models import Letter
from placements.notes.models import CaseNote
from placements.placement.models import Placement
from placements.planning.actions import plans, work
from placements.planning.models import Plan
from placements.planning.reads.problem import spans
from placements.priorities.models import Priority
from placements.variations.models import TimeVariation
from schools.calendar.models import Closure, Term
from schools.register.imports.register import Reading
from schools.register.models import PendingImport, School
from staff.accounts.models import RoleAssignment, User
from staff.appointing.models import Assessment, Candidature
from staff.aspirants.models import Aspirant
from staff.briefings.models import Booking, Briefing
from staff.guidance.models import GuidancePage
from staff.inductions.models import InductionMeeting
from staff.mailings import actions as mailing
from staff.mailings.models import Mailing
from staff.networks.models import Invitation, NetworkMeeting
from staff.notices.models import Notice
from staff.office_visits.models import OfficeVisit
from staff.openings.models import Opening
from staff.posts.models import Post, PostAbsence, PostHours, PostMove
from tests.access.sides import NOW, OURS, Side


def send_letters(stage: scene.Scene) -> None:
    term = Term.objects.get(slug="autumn-2026")
    built = letter_actions.build_round(term=term, by=stage.coordinator)
    letter_actions.approve_round(letter_round=built, by=stage.coordinator)


def made_plan(by: User) -> Plan:
    """A deployment plan of the first weeks to come; plans are the authority's, and nobody's own."""
    half_term = next(span for span in spans(today()) if span.slug == "autumn-2026-2")
    queued = plans.create(span=half_term, by=by, time_limit=5)
    work.work(queued.pk)
    return Plan.objects.get(pk=queued.pk)


def issued_report(by: User) -> Document:
    """The annual report on this school year: the authority's, and nobody's own."""
    this = next(each for each in periods() if each.slug == "2026-27")
    return reports.issue(period=this, today=today(), by=by)


def loaded(kind: str, by: User) -> PendingUpload:
    """A file of one row that says nothing that could be used."""
    rows = [[2, ["x"], ""]]
    return PendingUpload.objects.create(
        kind=kind, by_pk=by.pk, filename="c.csv", columns=["URN"], rows=rows, mapping={"urn": "URN"}
    )


def results_loaded(by: User) -> PendingUpload:
    """A file of results of a school that nobody knows."""
    columns = ["URN", "Subject", "Measure", "Year", "Figure"]
    rows = [[2, ["1", "", "attainment_8", "2019", "46.2"], ""]]
    return PendingUpload.objects.create(kind="results", by_pk=by.pk, filename="f.csv", columns=columns, rows=rows)


def result_of(side: Side, by: User) -> AttainmentResult:
    """A figure of the host's in the placement's subject, chosen of two."""
    of = {"school": side.host, "subject": side.placement.subject, "measure": "gcse_4", "year": 2026, "cohort": 61}
    AttainmentResult.objects.create(**of, value=Decimal(58), source="published")
    chosen = {"chosen_by": by, "chosen_at": NOW, "chosen_reason": f"{side.mark}COUNTS"}
    origin = {"file_name": f"{side.mark}RESULTS.csv", "file_row": 2, "entered_by": side.host_head}
    return AttainmentResult.objects.create(**of, value=Decimal(61), **origin, **chosen)


def keep_uploads(side: Side, by: User) -> None:
    """Files that wait for their sender's confirmation."""
    side.things |= {
        "register import": PendingImport.objects.create(by_pk=by.pk, filename="r.csv", reading=Reading().as_json()),
        "contacts import": loaded("contacts", by),
        "asts import": loaded("asts", by),
        "placements import": loaded("placements", by),
        "results import": results_loaded(by),
    }


def variation_of(side: Side) -> TimeVariation:
    """Another share of the AST's time, which waits for both."""
    dates = {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 3, 26)}
    share = {"share": Decimal("0.10"), "reason": f"{side.mark}SHARE"}
    return TimeVariation.objects.create(post=side.post, asked_by=side.ast, **share, **dates)


def inreach_of(side: Side) -> InreachAgreement:
    """An agreement on work at the own school that waits for the co-ordinator."""
    dates = {"starts_on": date(2026, 10, 12), "ends_on": date(2026, 12, 18)}
    said = {"aims": f"{side.mark}INREACH", "time_source": "other"}
    return InreachAgreement.objects.create(post=side.post, asked_by=side.ast, **said, **dates)


def other_work_of(side: Side) -> Activity:
    """A central course."""
    said = {"kind": "authority", "what": f"{side.mark}COURSE", "on": date(2026, 10, 1), "days": Decimal("0.5")}
    return Activity.objects.create(post=side.post, recorded_by=side.ast, **said)


def induction_meeting_of(side: Side, by: User) -> InductionMeeting:
    """Before the AST's assessment."""
    said = {"head": f"{side.mark}MET", "line_manager": "Ada Winterbourne", "shared": ("expectations", "context")}
    return InductionMeeting.objects.create(post=side.post, on=date(2025, 3, 3), led_by=by, **said)


def office_visit_of(side: Side, by: User) -> OfficeVisit:
    """The co-ordinator's, to the AST."""
    said = {"kind": "support", "on": date(2026, 9, 23), "outcome": f"{side.mark}CAMEOF"}
    return OfficeVisit.objects.create(post=side.post, school=side.home, visitor=by, **said)


def opening_of(side: Side, by: User) -> Opening:
    """The home school asks for a post; another one of its posts was advertised; and it was introduced to a head."""
    asked = {"asked_on": date(2026, 9, 14), "asked_by": side.home_head, "wanted": f"{side.mark}WANTED"}
    advert = {"advertised_on": date(2026, 9, 28), "advertised_in": "A newspaper"}
    decided = {"governors_decided_on": date(2026, 9, 21), "governors_minute": "3.1", "responsible_for": "Art."}
    Opening.objects.create(school=side.home, status="advertised", **asked, **advert, **decided)
    opening = Opening.objects.create(school=side.home, **asked)
    opening.introductions.create(colleague=by, school=far_school(), on=date(2026, 9, 29))
    return opening


def candidate_of(side: Side) -> Post:
    """Somebody whom the home school has named; the AST was named, assessed and passed, too."""
    named = {"route": "internal", "named_on": date(2026, 9, 22), "named_by": side.home_head}
    opening = Opening.objects.create(
        school=side.home,
        status="selected",
        governors_decided_on=date(2026, 9, 21),
        governors_minute="3.2",
        responsible_for="Music.",
    )
    person = User.objects.create_user(f"{side.mark.lower()}candidate@marlshire.example", "Cass Elderfield")
    post = Post.objects.create(user=person, home=side.home, opening=opening)
    post.expertise.create(subject=side.placement.subject)
    for each in (post, side.post):
        Candidature.objects.create(post=each, **named)
    said = {"body": "An agency", "result": "pass", "note": f"{side.mark}VERDICT"}
    Assessment.objects.create(post=side.post, on=date(2025, 3, 12), **said)
    return post


def aspirant_of(side: Side) -> Aspirant:
    """A teacher of the AST's school whom its head has put forward; the co-ordinator has not answered yet."""
    said = {"readiness": "soon", "since": date(2026, 9, 14), "note": f"{side.mark}ASPIRES"}
    subject = "mathematics" if side.mark == OURS else "english"
    return Aspirant.objects.create(name="Odette Farrow", school=side.home, subject=subject, **said)


def booking_of(side: Side) -> Booking:
    """A place at a session that the host's head has booked for a teacher."""
    session = {"title": "Becoming an AST", "on": date(2027, 2, 2), "place": "Shire Hall", "places": 20}
    who = {"attends": "teacher", "name": f"Alma {side.mark}COMES", "email": f"{side.mark}@marlshire.example".lower()}
    held = Briefing.objects.create(**session)
    return Booking.objects.create(briefing=held, school=side.host, status="booked", booked_by=side.host_head, **who)


def invitation_of(side: Side) -> Invitation:
    """The AST has answered the invitation to a meeting of the placement's subject, of which notes were made."""
    said = {"on": date(2027, 1, 19), "place": "Shire Hall", "notes": f"{side.mark}NOTED", "status": "invited"}
    whom = {
        "kind": "subject",
        "subject": side.placement.subject,
        "led_by": RoleAssignment.objects.filter(role=Role.COORDINATOR)[0].user,
    }
    meeting = NetworkMeeting.objects.create(**said, **whom)
    meeting.agenda.create(number=1, what="Marking", purpose="practice")
    answer = {"reply": "apologies", "reason": f"{side.mark}SORRY"}
    return Invitation.objects.create(meeting=meeting, post=side.post, **answer)


def termly_meeting_of(side: Side) -> TermlyMeeting:
    """The next one, with a decision."""
    on = date(2027, 1, 12) if side.mark == OURS else date(2027, 4, 20)
    meeting = TermlyMeeting.objects.create(on=on, place=f"{side.mark}ROOM", agenda=f"{side.mark}TALK")
    note = CaseNote.objects.create(owner=_office(), text=f"{side.mark}DECIDED", due_on=on)
    Decision.objects.create(meeting=meeting, note=note)
    return meeting


def deputy_of(side: Side) -> RoleAssignment:
    """Somebody new who will stand in for the co-ordinator."""
    known = User.objects.create_user(f"{side.mark.lower()}deputy@marlshire.example", f"{side.mark}DEPUTY")
    days = {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 12)}
    return RoleAssignment.objects.create(user=known, role="coordinator", stands_in_for=_office(), **days)


def mailing_of(side: Side) -> Mailing:
    """Written to several; it has not gone yet."""
    said = {"subject": "Spring term", "text": f"{side.mark}MAILED"}
    readers = [Reader.of(User.objects.get(pk=side.ast.pk))]
    return mailing.write(**said, whom="ASTs", readers=readers, by=_office())


def saved_view_of(side: Side) -> SavedView:
    """The co-ordinator's own."""
    named = {"page": "schools:list", "name": f"{side.mark}VIEW"}
    return SavedView.objects.create(by_pk=_office().pk, query="phase=primary", **named)


def _office() -> User:
    return RoleAssignment.objects.filter(role=Role.COORDINATOR)[0].user


def notice_of(side: Side) -> Notice:
    """News for the ASTs of the placement's subject."""
    shown = {"starts_on": date(2026, 9, 1), "ends_on": date(2027, 7, 31), "text": f"{side.mark}NEWS"}
    return Notice.objects.create(title="Three days in March", subject=side.placement.subject, **shown)


def guidance_of(side: Side) -> GuidancePage:
    """For everybody; in its second version."""
    said = {"topic": "role", "title": f"What an AST does {side.mark}", "text": "It holds.", "version": 2}
    page = GuidancePage.objects.create(audiences=("asts", "heads", "candidates"), edited_on=date(2026, 9, 14), **said)
    page.versions.create(number=1, text="It held.", on=date(2026, 9, 1), by=User.objects.get(pk=side.home_head.pk))
    return page


def far_school() -> School:
    """One that has nothing to do with either side."""
    return School.objects.get_or_create(
        urn=199999, defaults={"name": "Farholt School", "phase": "secondary", "status": "open"}
    )[0]


def far_head() -> User:
    """Somebody who heads a school far away, and is none of those who look."""
    address = "far.head@marlshire.example"
    return User.objects.filter(email=address).first() or User.objects.create_user(address, "Lark Ambrose")


def things_of(side: Side) -> None:
    """What only the office has pages for. The neighbour's are as much the office's as ours."""
    booked, invited = booking_of(side), invitation_of(side)
    closed = date(2027, 3, 1 if side.mark == OURS else 2)
    side.things |= {
        "letter": Letter.objects.get(school=side.host),
        "round": Letter.objects.get(school=side.host).round,
        "message": Letter.objects.get(school=side.host).message,
        "status": side.host.statuses.create(kind="programme", name="beacon", starts_on=date(2026, 9, 1)),
        "role": RoleAssignment.objects.get(user=side.host_head, role=Role.HEADTEACHER),
        "person": side.host_head,
        "school": side.host,
        "move": PostMove.objects.get_or_create(
            post=side.post, done=False, defaults={"left": side.post.home, "home": far_school(), "on": date(2027, 9, 1)}
        )[0],
        "absence": PostAbsence.objects.get_or_create(
            post=side.post, starts_on=date(2027, 6, 7), defaults={"kind": "other", "ends_on": date(2027, 6, 18)}
        )[0],
        "hours": PostHours.objects.get_or_create(
            post=side.post, starts_on=date(2027, 4, 12), defaults={"fte": Decimal("0.8")}
        )[0],
        "opening": opening_of(side, far_head()),
        "candidate": candidate_of(side),
        "office visit": office_visit_of(side, far_head()),
        "induction step": side.post.induction.filter(done_on__isnull=False)[0],
        "induction meeting": induction_meeting_of(side, far_head()),
        "post": Post.objects.get(pk=side.post.pk),
        "placement": Placement.objects.get(pk=side.placement.pk),
        "aspirant": aspirant_of(side),
        "priority": Priority.objects.all()[0 if side.mark == OURS else 1],
        "briefing": booked.briefing,
        "booking": booked,
        "network": invited.meeting,
        "invitation": invited,
        "notice": notice_of(side),
        "mailing": mailing_of(side),
        "deputy": deputy_of(side),
        "termly meeting": termly_meeting_of(side),
        "saved view": saved_view_of(side),
        "guidance": (guidance := guidance_of(side)),
        "guidance version": guidance.versions.get(),
        "variation": variation_of(side),
        "inreach": inreach_of(side),
        "other work": other_work_of(side),
        "result": result_of(side, far_head()),
        "closure": Closure.objects.create(starts_on=closed, ends_on=closed, name="Snow"),
    }
