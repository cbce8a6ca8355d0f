"""One placement's story, step by step, each step by the person and on the day it belongs to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from astcoord.core.policy_choices import Party
from astcoord.demo import day_plans, days, groups, supported
from astcoord.demo.ask import Ask
from astcoord.demo.paperwork import item_facts, outreach_dates, settle_terms
from astcoord.demo.people import address
from evaluation.diary import actions as diary
from placements.agreement.actions import contracts, placements, progress, protocol
from placements.days.actions import days as days_actions
from placements.days.models import OutreachDay
from placements.matching import actions as matches
from placements.matching.models import Match, MatchAnswer
from placements.placement.models import Objective, Placement
from placements.priorities.models import Priority
from placements.requests.actions import asking as requests
from placements.requests.actions import decisions
from placements.requests.models import OutreachRequest
from schools.calendar import reads as calendar
from schools.register.models import School
from staff.accounts.models import User
from staff.expertise.vocabulary import NeverWork
from staff.posts.models import Post

T = TypeVar("T")


@dataclass
class Story:
    """The steps. Every method moves `now` on where time passes, and returns the story for chaining."""

    ask: Ask
    host: School
    head: User
    coordinator: User
    home_heads: dict[int, User]
    now: date
    teaching: calendar.SchoolCalendar = field(repr=False)
    request: OutreachRequest | None = None
    match: Match | None = None
    placement: Placement | None = None

    def later(self, school_days: int) -> "Story":
        """Some school days pass."""
        for _ in range(school_days):
            self.now += timedelta(days=1)
            while not self.teaching.school_day(self.now):
                self.now += timedelta(days=1)
        return self

    @contextmanager
    def at(self, hour: int = 10, minute: int = 0) -> Iterator[None]:
        """On the story's day, at that time."""
        with days.on(self.now, hour, minute):
            yield

    def draft(self) -> "Story":
        """The head starts, and fills in everything."""
        with self.at(16, 5):
            self.request = requests.start(host=self.host, by=self.head)
            self.request = requests.answer(request=self.request, by=self.head, answers=self.answers())
            for name, kind, chosen in self.ask.people:
                facts = {
                    "name": name,
                    "kind": kind,
                    "email": "" if kind == "group" else address(name),
                    "selection": chosen,
                    "willing_to_develop": True,
                    "willing_to_continue": True,
                    "head_agrees": True,
                    "situation": "none",
                }
                requests.put_person(request=self.request, by=self.head, facts=facts)
        return self

    def answers(self) -> dict[str, Any]:
        """What the head enters page by page."""
        begin = self.starts()
        return {
            "subject": self.ask.subject,
            "aspect": self.ask.aspect,
            "key_stages": self.ask.key_stages,
            "pupil_groups": ("all",),
            "work_types": self.ask.works,
            "task": self.ask.task,
            "need": self.ask.need,
            "evidence_kinds": ("data", "own_view"),
            "evidence": self.ask.shows,
            "training_need": self.ask.training_need,
            "outcome": self.ask.outcome,
            "criterion": self.ask.criterion,
            "priorities": list(Priority.objects.filter(reference__in=self.ask.serves)),
            "no_priority_reason": "" if self.ask.serves else self.ask.why_none,
            "days": Decimal(self.ask.days),
            "wanted_from": begin,
            "wanted_until": begin + timedelta(weeks=int(float(self.ask.days)) * 2 + 6),
            "weekdays": ("0", "1", "2", "3", "4"),
            "exclusions": tuple(NeverWork.values),
        }

    def starts(self) -> date:
        """Five weeks on, when teaching goes on: long enough to meet and sign."""
        day = self.now + timedelta(weeks=5)
        while not self.teaching.school_day(day):
            day += timedelta(days=1)
        return day

    def send(self) -> "Story":
        with self.at(16, 20):
            self.request = requests.send(request=self.whole(), by=self.head)
        return self

    def take_up(self) -> "Story":
        self.later(1)
        with self.at(9, 30):
            self.request = decisions.take_up(request=self.whole(), by=self.coordinator)
        return self

    def state_realism(self) -> "Story":
        """Where the school is in a category or a programme (R-6.9)."""
        with self.at(10, 30):
            self.request = decisions.state_realism(
                request=self.whole(),
                by=self.coordinator,
                statement="The head has released the staff named, and the days match what is asked for.",
            )
        return self

    def propose(self, post: Post) -> "Story":
        self.later(1)
        if self.host.statuses.in_force(self.now).exists():
            self.state_realism()
        with self.at(10, 40):
            self.match = matches.propose(
                request=self.whole(),
                post=post,
                days=Decimal(self.ask.days),
                by=self.coordinator,
                lower_choice_reason="Knows the school’s scheme of work, and has the weekday that suits it.",
            )
            self.request = self.whole()
        return self

    def answer(self, party: str, *, yes: bool = True, reason: str = "") -> "Story":
        """The AST or the AST's head answers."""
        match = _told(self.match)
        by = match.post.user if party == MatchAnswer.Party.AST else self.home_heads[match.post.home_id]
        with self.at(13, 15):
            self.match = matches.answer(match=match, party=party, yes=yes, by=by, reason=reason)
            self.placement = Placement.objects.filter(match=match).first()
        return self

    def agree(self) -> "Story":
        """Both say yes, on the day of the proposal: an answer may not wait for the end of a holiday."""
        self.answer(MatchAnswer.Party.AST).answer(MatchAnswer.Party.HOME_HEAD)
        return self if self.placement else self._group_agrees()

    def _group_agrees(self) -> "Story":
        """Where the authority lets a deployment group decide (R-7.6)."""
        with self.at(15, 30):
            match = _told(self.match)
            groups.agree(match, self.now, by=self.coordinator)
            match.refresh_from_db()
            self.placement = Placement.objects.filter(match=self.match).first()
        return self

    def meet(self) -> "Story":
        """The meeting is called, and held a few days later."""
        self.later(1)
        placement = self.spell()
        called = self.now
        self.later(4)
        with days.on(called, 11):
            protocol.call_meeting(
                placement=placement, on=self.now, place=f"{self.host.name}, 3:30pm", by=self.coordinator
            )
        with self.at(17):
            protocol.hold_meeting(
                placement=placement,
                held_on=self.now,
                present=["host_head", "ast", "coordinator", "staff"],
                by=self.coordinator,
                notes="Aims, dates and papers settled. First visit to the AST’s school before the third day.",
            )
        return self

    def settle(self, through: int = 10) -> "Story":
        """The first `through` of the ten items are agreed; the terms come first, since the dates depend on them."""
        with self.at(17, 20):
            settle_terms(self.fresh(), self.ask, by=self.coordinator, now=self.now, teaching=self.teaching)
            for number in range(1, through + 1):
                facts = item_facts(self.fresh(), number, now=self.now, teaching=self.teaching)
                protocol.save_item(placement=self.fresh(), number=number, by=self.coordinator, **facts)
            if through >= 5:
                home_head = self.home_heads[self.spell().home_id]
                protocol.agree_visit(placement=self.fresh(), by=home_head)
        return self

    def confirm(self, *, waiting: int = 0, circulated: bool = True) -> "Story":
        """The people supported confirm, but for the last `waiting`; then the co-ordinator confirms the protocol.

        Cover at home follows, and the papers for all staff if they have been `circulated`.
        """
        self.later(2)
        with self.at(7, 40):
            supported.say_yes(self.spell(), self.ask, by=self.head, on=self.now, waiting=waiting)
        with self.at(9, 45):
            protocol.confirm_protocol(placement=self.fresh(), by=self.coordinator)
            placements.save_cover(
                placement=self.fresh(),
                by=self.home_heads[self.spell().home_id],
                cover=("part_time",),
                note="A part-time colleague takes the class each week.",
            )
        if not circulated:
            return self
        with self.at(12, 10):
            progress.record_circulation(placement=self.fresh(), by=self.head, circulated_on=self.now)
        return self

    def issue(self) -> "Story":
        self.later(1)
        with self.at(9, 15):
            contracts.issue(placement=self.fresh(), by=self.coordinator)
        return self

    def sign(self, *parties: str) -> "Story":
        """The named parties sign the version in force, one after the other."""
        placement = self.fresh()
        signers: dict[str, User] = {
            Party.HOST_HEAD: self.head,
            Party.AST: placement.post.user,
            Party.COORDINATOR: self.coordinator,
            Party.HOME_HEAD: self.home_heads[placement.home_id],
        }
        for minute, party in enumerate(parties):
            with self.at(14, minute * 7):
                version = self.fresh().contracts.get(superseded_at=None).number
                contracts.sign(
                    placement=self.fresh(), version_number=version, party=party, by=signers[party], declared=True
                )
        return self

    def sign_all(self) -> "Story":
        return self.later(1).sign(Party.HOST_HEAD, Party.AST).later(1).sign(Party.COORDINATOR, Party.HOME_HEAD)

    def plan(self, today: date) -> "Story":
        """Every outreach day at once, a day or two after the contract is signed; what happens, two weeks ahead."""
        placement = self.fresh()
        self.now = min(max(self.now, _told(placement.starts_on) - timedelta(days=3)), today)
        wanted = [d for d in outreach_dates(placement, self.teaching) if d >= self.now][: int(placement.days)]
        with self.at(15):
            planned = days_actions.plan_series(
                placement=placement, dates=wanted, days=placement.day_share, by=placement.post.user
            )
            day_plans.say([day for day in planned if day.on <= today + timedelta(weeks=2)], by=placement.post.user)
        return self

    def work(self, today: date, *, unwritten: int = 0) -> "Story":
        """The days that have come are done and written up, but for the last `unwritten`."""
        placement = self.fresh()
        past = list(OutreachDay.objects.filter(placement=placement, on__lt=today).order_by("on"))
        if past:
            with days.on(past[0].on, 12, 30):
                supported.meet(placement, by=self.head, on=past[0].on)
        people = list(placement.supported.values_list("pk", flat=True))
        aims = list(Objective.objects.filter(placement=placement).values_list("pk", flat=True))
        for number, day in enumerate(past[: len(past) - unwritten] if unwritten else past):
            priority = self.ask.priorities[number % len(self.ask.priorities)]
            with days.on(day.on, 17, 10):
                diary.submit_entry(
                    placement=placement,
                    held=diary.DayHeld(day.on, day.days, day.venue),
                    telling=diary.Telling(
                        priorities=priority,
                        activities=self.ask.works[:2],
                        classes=(f"Year {3 + number % 4}",),
                        staff=people,
                        objectives=aims,
                        evidence="Planning sheets and pupils’ books from the lesson.",
                        next_steps="Try it with the parallel class before the next visit.",
                        talk_held=number % 4 != 3,
                        talk_note="Agreed what to try next." if number % 4 != 3 else "The head was called away.",
                    ),
                    by=placement.post.user,
                )
            self.now = day.on
        return self

    def whole(self) -> OutreachRequest:
        return OutreachRequest.objects.get(pk=_told(self.request).pk)

    def spell(self) -> Placement:
        return _told(self.placement)

    def fresh(self) -> Placement:
        """The placement as it stands now."""
        return Placement.objects.with_people().get(pk=self.spell().pk)


def _told(thing: T | None) -> T:
    """What an earlier step of the story has made."""
    if thing is None:
        raise LookupError("this step comes too early in the story")
    return thing
