"""For each setting of the policy: two values, and where somebody sees which of them holds (R-16.1)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal as D
from typing import Any, NamedTuple

import time_machine
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from astcoord.core import documents
from astcoord.core.clock import today
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from evaluation.evaluations.actions.asking import ask_after_the_end
from evaluation.half_way.actions import open_due
from evaluation.returns.actions import schedule
from placements.activities.actions import work
from placements.activities.actions.work import Details
from placements.agreement.actions import contracts
from placements.agreement.documents.of_policy import charges_text
from placements.balances.reads.alerts import alerts_of
from placements.days import ledger
from placements.days.actions import days
from placements.days.models import OutreachDay
from placements.letters.actions import build_due, due_terms
from placements.letters.models import LetterRound
from placements.matching.actions import propose
from placements.placement.models import Placement
from placements.requests.models import RequestedStaff
from schools.register.models import SchoolStatus
from staff.openings.actions import ask
from staff.posts.actions.beginning import begin
from staff.posts.models import Post
from staff.quality.models import QaVisit
from staff.secondments.actions import proposing, running
from tests.cast import Cast
from tests.evaluation.evaluations.telling import concluded
from tests.factories import PostFactory, RequestFactory, SchoolFactory, person
from tests.placements import stories
from tests.placements.active import active
from tests.placements.days.test_parts import three_lessons
from tests.staff.appointing.telling import named, opened
from tests.staff.pay.paying import proposal
from tests.staff.posts.changing import text
from tests.staff.secondments import telling

Shows = Callable[[Cast], object]
NOVEMBER = date(2026, 11, 3)


class Turn(NamedTuple):
    """A setting at one value and at another; where it shows; which settings have to be on for that."""

    before: Any
    after: Any
    shows: Shows
    also: dict[str, Any] = {}


def at(name: str, by: str = "coordinator", about: Callable[[Cast], object] | None = None, *more: object) -> Shows:
    """What the page says; of what `about` makes, if it is a page of something."""

    def shows(cast: Cast) -> str:
        args = [about(cast).pk] if about else []
        return text(_sent(cast, by, name, *args, *more))

    return shows


def is_there(name: str, by: str = "coordinator") -> Shows:
    """Whether there is such a page."""
    return lambda cast: _sent(cast, by, name).status_code


def _sent(cast: Cast, by: str, name: str, *args: object) -> Any:
    client = Client()
    client.force_login(getattr(cast, by))
    return client.get(reverse(name, args=args))


def done(act: Callable[[], object]) -> str:
    """What somebody is told who tries."""
    try:
        act()
    except Refused as refusal:
        return str(refusal)
    return "done"


def post(cast: Cast) -> Post:
    return cast.post


def letter(cast: Cast) -> object:
    """The availability letter as it is printed, without its numbers."""
    facts = {"title": "ASTs", "salutation": "Dear Headteacher", "asts_in_post": 3, "as_of": NOVEMBER}
    return render_to_string("documents/availability-letter.html", {**documents.letterhead(), **facts})


def in_status(kind: str, name: str, shows: Shows, school: str = "home") -> Shows:
    """The same where a school of the cast is in a category or programme."""

    def told(cast: Cast) -> object:
        SchoolStatus.objects.create(school=getattr(cast, school), kind=kind, name=name, starts_on=date(2026, 9, 1))
        return shows(cast)

    return told


def checked(cast: Cast) -> object:
    """What the head is told before a request is sent: somebody named is in serious difficulty, six days are asked."""
    draft = RequestFactory(host=cast.host, created_by=cast.host_head, status="draft", submitted_at=None, staff=False)
    RequestedStaff.objects.create(
        request=draft, name="Juno Pettifer", selection="self", head_agrees=True, situation="serious"
    )
    return text(_sent(cast, "host_head", "placements:request_check", draft.pk))


def step(name: str) -> Shows:
    def shows(cast: Cast) -> str:
        draft = RequestFactory(host=cast.host, created_by=cast.host_head, status="draft", submitted_at=None)
        return text(_sent(cast, "host_head", "placements:request_step", draft.pk, name))

    return shows


def asked_for(cast: Cast) -> Any:
    return RequestFactory(host=cast.host, created_by=cast.host_head)


def candidates_with_an_aspirant(cast: Cast) -> object:
    home = SchoolFactory(name="Oakhurst School", phase="secondary", easting=431000, northing=331000)
    PostFactory(
        user=person("Oriel Maybe-Soon", "oriel@marlshire.example", Role.AST, home),
        home=home,
        status="seconded",
        passed_on=None,
        funding="secondment",
        inducted=False,
    )
    return at("placements:candidates", about=asked_for)(cast)


def another_year(cast: Cast) -> object:
    """The year of an AST whose budget is opened now."""
    new = PostFactory(user=person("Ash Lowther", "ash@marlshire.example", Role.AST, cast.home), home=cast.home)
    ledger.open_budget(new, cast.year)
    return at("placements:balance", about=lambda _: new)(cast)


def two_in_a_week(cast: Cast) -> object:
    placement = active(cast)

    def both() -> None:
        for day in (NOVEMBER, date(2026, 11, 5)):
            days.plan_day(placement=placement, on=day, days=D(1), by=cast.ast)

    return done(both)


def alerts_in_january(cast: Cast) -> list[str]:
    """Of somebody in a first post since September."""
    Post.objects.filter(pk=cast.post.pk).update(first_post=True, starts_on=date(2026, 9, 1))
    posts = Post.objects.filter(pk=cast.post.pk).prefetch_related("home__statuses")
    return [alert.kind for found in alerts_of(posts, date(2027, 1, 5)) for alert in found.alerts]


def first_dates(cast: Cast) -> object:
    """Of a placement that has just been agreed."""
    opened = stories.opened(cast)
    return f"{opened.starts_on} to {opened.ends_on}"


def inreach_left(cast: Cast) -> object:
    details = Details("inreach", date(2026, 10, 5), D("0.5"), "Worked with two colleagues", time_source="outreach")
    work.record(post=cast.post, details=details, by=cast.ast)
    return at("placements:work", "ast", about=post)(cast)


def proposed(cast: Cast) -> Any:
    return propose(request=asked_for(cast), post=cast.post, days=D(6), by=cast.coordinator)


def placed(cast: Cast) -> Placement:
    return cast.placement()


def round_built(cast: Cast) -> list[str]:
    """How the letters of the autumn term stand once they are built."""
    build_due(date(2026, 9, 3))
    return [built.get_status_display() for built in LetterRound.objects.all()]


def ended(cast: Cast) -> Placement:
    return active(cast, ended_on=today(), status="completed")


def one_more(cast: Cast) -> object:
    new = PostFactory(user=person("Ash Lowther", "ash@marlshire.example", Role.AST, cast.home), home=cast.home)
    return done(lambda: begin(new, reason="", by=cast.coordinator, invite=False))


def visited(cast: Cast) -> Any:
    return QaVisit.objects.create(
        post=cast.post, visitor=cast.coordinator, on=date(2026, 9, 29), kind="teaching", status="done"
    )


def same_class(cast: Cast) -> object:
    """What stands on the placement's page once three model lessons were planned for one class."""
    placement = active(cast)
    three_lessons(cast, placement, "Year 4", "Year 4", "Year 4")
    return at("placements:placement_detail", about=lambda _: placement)(cast)


def diary_with_a_day_not_logged(cast: Cast) -> object:
    """Planned for yesterday."""
    placement = active(cast, starts_on=date(2026, 9, 8))
    OutreachDay.objects.create(placement=placement, on=date(2026, 10, 5), days=D(1))
    return at("evaluation:placement_diary", about=lambda _: placement)(cast)


def half_way(cast: Cast) -> object:
    """Whom the night asks, in the middle of the time."""
    active(cast, starts_on=date(2026, 9, 8), ends_on=date(2026, 10, 20))
    return open_due(today())


def final_read_by_the_home_head(cast: Cast) -> object:
    """What the home head finds once the final evaluation is concluded."""
    with time_machine.travel(datetime(2026, 11, 24, 15, tzinfo=UTC)):
        placement = active(cast)
        concluded(cast, placement)
        return at("evaluation:placement_evaluations", "home_head", lambda _: placement)(cast)


RATE = {"charge_day_rate": D(350), "charge_home_share": D(300)}
PAID = {**RATE, "charged_to": "host"}


def contract_text(cast: Cast) -> object:
    """What a contract would say of charges."""
    return charges_text(cast.policy)


def beginning(cast: Cast) -> object:
    return at("staff:secondment_begin", about=lambda cast: telling.approved(cast, telling.round_of(cast)))(cast)


def range_form(cast: Cast) -> object:
    return at("staff:proposal_add", "host_head", telling.round_of)(cast)


def school_funded(cast: Cast) -> object:
    Post.objects.filter(pk=cast.post.pk).update(funding="school")
    return at("staff:post", about=post)(cast)


def queue(cast: Cast) -> object:
    """The co-ordinator's requests, of which one was sent a fortnight ago."""
    asked_for(cast)
    return at("placements:queue")(cast)


def steps(cast: Cast) -> object:
    return at("placements:placement_detail", about=placed)(cast)


def issued_without_inspector(cast: Cast) -> object:
    """What the co-ordinator is told who puts a contract out."""
    ready = stories.ready(cast)
    Placement.objects.filter(pk=ready.pk).update(inspector_name="", inspector_role="")
    return done(lambda: contracts.issue(placement=Placement.objects.get(pk=ready.pk), by=cast.coordinator))


def seconded(cast: Cast) -> Any:
    """Since September, with the salaries and a declaration that nothing else is paid."""
    telling.figures(cast)
    held = telling.begun(cast, telling.round_of(cast))
    return proposing.declare(proposal=held, other_funding=D(0), other_source="", by=cast.host_head)


def grant_after(cast: Cast) -> object:
    """The page of somebody seconded who has passed, in the next term."""
    held = running.record_pass(
        proposal=seconded(cast), passed_on=date(2026, 10, 5), assessor="Agency", by=cast.coordinator
    )
    with time_machine.travel(datetime(2027, 1, 12, 9, tzinfo=UTC)):
        return at("staff:proposal", about=lambda _: held)(cast)


def first_page_in_mid_october(cast: Cast) -> object:
    """The co-ordinator's, before half-term, where no network has met since September."""
    with time_machine.travel(datetime(2026, 10, 12, 9, tzinfo=UTC)):
        return at("tasks")(cast)


def candidate(cast: Cast) -> Post:
    return named(cast, opened(cast))


NORFOLK = {"secondments": True, "aspirant_outreach": True}


def asked_to_remember(cast: Cast) -> bool:
    """Whether the page for the code offers to remember the device."""
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": cast.host_head.email})
    return "Remember this device" in client.get(reverse("account_confirm_login_code")).content.decode()


def signed_in_after(minutes: int, by: str) -> Shows:
    """Whether somebody is still signed in after so long."""

    def shows(cast: Cast) -> int:
        client = Client()
        client.force_login(getattr(cast, by))
        client.get("/")
        with time_machine.travel(datetime(2026, 10, 6, 9, minutes, tzinfo=UTC), tick=False):
            return client.get("/").status_code

    return shows


TURNS: dict[str, Turn] = {
    "authority_name": Turn("Marlshire", "Brackenshire", letter),
    "authority_word": Turn("LEA", "council", letter),
    "department_word": Turn("DfES", "DCSF", at("staff:funding", about=post)),
    "role_word": Turn("Advanced Skills Teacher / Advanced Skills Teachers", "lead / leads", at("staff:expertise")),
    "role_short": Turn("AST / ASTs", "SLE / SLEs", at("staff:posts")),
    "coordinator_word": Turn("co-ordinator / co-ordinators", "manager / managers", at("staff:office_visits")),
    "placement_word": Turn("placement / placements", "engagement / engagements", at("placements:placement_list")),
    "office_address": Turn("Shire Hall", "County Hall", letter),
    "office_email": Turn("a@marlshire.example", "b@marlshire.example", letter),
    "office_phone": Turn("01632 960001", "01632 960002", letter),
    "office_contact": Turn("Ask for A", "Ask for B", letter),
    "office_hours": Turn("Monday to Friday, 9am to 4pm", "Mondays, 9am to 4pm", letter),
    "brand_colour": Turn("#0f5c5c", "#5c0f0f", letter),
    "served_groups": Turn(("4",), ("10",), checked),
    "host_difficulty": Turn("block", "override", in_status("category", "special_measures", checked, "host")),
    "teacher_difficulty": Turn("block", "allow", checked),
    "pm_support": Turn("none", "targets_only", step("work")),
    "aspirant_outreach": Turn(False, True, candidates_with_an_aspirant),
    "same_class_lessons": Turn(3, 4, same_class),
    "appointing_phases": Turn(
        ("secondary",),
        ("primary",),
        lambda cast: done(
            lambda: ask(school=cast.home, wanted="One", subject="mathematics", reasons=(), by=cast.home_head)
        ),
    ),
    "induction_before_assessment": Turn("advised", "required", at("staff:candidate_book", about=candidate)),
    "network_interval": Turn("term", "half_term", first_page_in_mid_october),
    "line_manager": Turn("coordinator", "consultant", at("staff:post", about=post)),
    "range_first_point": Turn(1, 6, lambda cast: [str(each) for each in proposal(5).problems(cast.post)]),
    "range_last_point": Turn(27, 20, lambda cast: [str(each) for each in proposal(18).problems(cast.post)]),
    "ast_days_per_year": Turn(38, 30, another_year),
    "own_choice_days": Turn(0, 1, at("placements:work", "ast", about=post)),
    "outreach_fraction": Turn(D("0.20"), D("0.30"), at("placements:variation_ask", "ast", about=post)),
    "weekly_outreach_cap": Turn(D(1), D("0.25"), checked),
    "cap_mode": Turn("weekly", "half_term_average", two_in_a_week),
    "ramp_terms": Turn(1, 3, alerts_in_january),
    "placement_pattern": Turn("weekly", "block", first_dates),
    "home_category_outreach": Turn(
        "waived", "required", in_status("category", "special_measures", at("staff:post", about=post))
    ),
    "waive_serious_weaknesses": Turn(
        True, False, in_status("category", "serious_weaknesses", at("staff:post", about=post))
    ),
    "national_challenge_outreach": Turn(
        "required", "limited", in_status("programme", "national_challenge", at("staff:post", about=post))
    ),
    "school_funded_outreach": Turn("encouraged", "required", school_funded),
    "inreach_counts": Turn("agreed", "always", inreach_left),
    "budget_categories": Turn([], [["Schools", "30"]], another_year),
    "match_decider": Turn("coordinator", "group", at("placements:match", about=proposed)),
    "request_days_to_decide": Turn(14, 2, queue),
    "match_days_to_answer": Turn(14, 20, at("placements:match", about=proposed)),
    "ranking_weights": Turn({}, {"expertise": 30, "key_stage": 25}, at("placements:candidates", about=asked_for)),
    "signatories": Turn(("host_head", "ast"), ("host_head", "coordinator"), steps),
    "contract_word": Turn("contract", "memorandum", steps),
    "senior_inspector": Turn(True, False, issued_without_inspector),
    "initial_consultation": Turn(False, True, at("placements:placement_detail", about=placed)),
    "letter_terms": Turn(("autumn",), ("spring",), lambda cast: [term.name for term in due_terms(date(2026, 9, 3))]),
    "letters_need_approval": Turn(True, False, round_built),
    "return_visit_terms": Turn(0, 1, lambda cast: getattr(schedule(ended(cast)), "term", "none")),
    "immediate_evaluation": Turn(False, True, lambda cast: len(ask_after_the_end(ended(cast)))),
    "capacity": Turn(None, 1, one_more),
    "target": Turn(None, 5, at("staff:recruitment")),
    "target_counts": Turn("altogether", "more", at("staff:recruitment"), {"target": 5}),
    "target_by": Turn(None, date(2027, 8, 31), at("staff:recruitment"), {"target": 5}),
    "target_subject": Turn("", "music", at("staff:recruitment"), {"target": 5}),
    "evaluation_model": Turn("objectives", "levels", at("placements:placement_detail", about=active)),
    "fft_screen": Turn(False, True, is_there("evaluation:fft_screen")),
    "alumni": Turn(False, True, is_there("staff:alumni")),
    "record_due_days": Turn(0, 2, diary_with_a_day_not_logged),
    "half_way_review": Turn(False, True, half_way),
    "evaluation_to_home_head": Turn(False, True, final_read_by_the_home_head),
    "charged_to": Turn("nobody", "host", contract_text, RATE),
    "charge_day_rate": Turn(D(350), D(360), contract_text, PAID),
    "charge_home_share": Turn(D(300), D(310), contract_text, PAID),
    "qa_visits": Turn(False, True, is_there("staff:qa_visits")),
    "qa_outcomes": Turn("Good\nPoor", "Well\nIll", at("staff:qa_visit_write_up", about=visited), {"qa_visits": True}),
    "secondments": Turn(False, True, is_there("staff:secondment_rounds")),
    "secondment_months": Turn(36, 24, beginning, NORFOLK),
    "most_secondments": Turn(12, 5, at("staff:proposals"), NORFOLK),
    "secondment_first_point": Turn(1, 3, range_form, NORFOLK),
    "secondment_last_point": Turn(9, 8, range_form, NORFOLK),
    "grant_before_pass": Turn(D(1750), D(1800), at("staff:proposal", about=seconded), NORFOLK),
    "grant_cover": Turn(D(6200), D(6300), grant_after, NORFOLK),
    "grant_expenses": Turn(D(500), D(600), grant_after, NORFOLK),
    "pre_grant_continues": Turn(False, True, grant_after, NORFOLK),
    "office_idle_minutes": Turn(30, 60, signed_in_after(45, "coordinator")),
    "others_idle_minutes": Turn(0, 30, signed_in_after(45, "host_head")),
    "remember_devices": Turn(False, True, asked_to_remember),
    "second_step_roles": Turn((), ("ast",), lambda cast: _sent(cast, "ast", "home").status_code),
}
