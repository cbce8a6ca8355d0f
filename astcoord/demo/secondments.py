"""Secondments, where the preset has them: a teacher in each state."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from astcoord.core import policy, policy_changes
from astcoord.core.roles import Role
from astcoord.demo import days
from astcoord.demo.descriptions import PARTS
from astcoord.demo.pay import WHY
from astcoord.demo.people import address
from astcoord.demo.scene import Scene
from schools.calendar import reads as calendar
from staff.accounts.models import User
from staff.descriptions.actions import agreeing, writing
from staff.pay.actions import points, ranges, terms
from staff.pay.actions.figures import FIGURES
from staff.pay.actions.ranges import Proposal as Range
from staff.pay.lifecycle import ContractKind
from staff.secondments.actions import deciding, ending, grants, proposing, running
from staff.secondments.actions.proposing import Written
from staff.secondments.actions.rounds import ROUNDS
from staff.secondments.models import Proposal, SecondmentRound

MOST = 5
"""Places that Marlshire has money for, so that somebody waits."""
QUESTIONS = "Why do you propose this teacher?\nWhich schools could the teacher help, and with what?"


@dataclass
class Teller:
    """The people of these stories, and how far one is told."""

    scene: Scene
    adviser: User

    def ago(self, count: int) -> date:
        return self.scene.today - timedelta(days=count)

    def round(self, name: str, opened: int, closes: int) -> SecondmentRound:
        """From so many days ago to so many days ago; below nought lies ahead."""
        with days.on(self.ago(opened)):
            return ROUNDS.save(
                by=self.scene.coordinator,
                name=name,
                opens_on=self.ago(opened),
                closes_on=self.ago(closes),
                phases=("primary", "special"),
                questions=QUESTIONS,
            )

    def draft(self, row: SecondmentRound, name: str, urn: int, ago: int) -> Proposal:
        answers = ("She already plans with every year group.", "Small schools near by, with problem solving.")
        written = Written(
            aspirant_name=name,
            aspirant_email=address(name),
            subjects=("mathematics",),
            answers=list(zip(row.question_list, answers, strict=True)),
            current_salary=Decimal(29000),
            pay_fit="Above our best-paid teacher, below the leadership range.",
            range_start=1,
            other_funding=Decimal(0),
        )
        with days.on(self.ago(ago)):
            head, school = self.scene.heads[urn], self.scene.schools[urn]
            return proposing.propose(round=row, school=school, written=written, by=head)

    def submitted(self, row: SecondmentRound, name: str, urn: int, ago: int) -> Proposal:
        found = self.draft(row, name, urn, ago)
        with days.on(self.ago(ago), 12):
            proposing.submit(proposal=found, by=self.scene.heads[urn])
            return deciding.name_adviser(proposal=found, adviser=self.adviser, by=self.scene.coordinator)

    def endorsed(self, row: SecondmentRound, name: str, urn: int, ago: int) -> Proposal:
        found = self.submitted(row, name, urn, ago)
        with days.on(self.ago(ago - 3)):
            met = {"met_aspirant": "both", "met_head": "talked"}
            return deciding.endorse(proposal=found, note="Ready for it.", by=self.adviser, **met)

    def approved(self, row: SecondmentRound, name: str, urn: int, ago: int) -> Proposal:
        found = self.endorsed(row, name, urn, ago)
        with days.on(self.ago(ago - 5)):
            return deciding.approve(proposal=found, by=self.scene.coordinator)

    def begun(self, row: SecondmentRound, name: str, urn: int, ago: int) -> Proposal:
        """Seconded from twenty days after it was proposed."""
        found = self.approved(row, name, urn, ago)
        with days.on(self.ago(ago - 10)):
            return running.begin(
                proposal=found,
                starts_on=self.ago(ago - 20),
                guide=self.adviser,
                decided_on=self.ago(ago - 1),
                minute="Full meeting, 5.3",
                responsible_for="Mathematics in this school and in small schools near by.",
                by=self.scene.coordinator,
            )

    def passes(self, found: Proposal, ago: int) -> Proposal:
        with days.on(self.ago(ago)):
            return running.record_pass(
                proposal=found,
                passed_on=self.ago(ago),
                assessor="National assessment agency",
                by=self.scene.coordinator,
            )


def tell(scene: Scene) -> None:
    """A round of last year from which teachers are seconded, and one that is open."""
    if not policy.in_force(scene.today).secondments:
        return
    adviser = User.objects.get(roles__role=Role.CONSULTANT)
    teller = Teller(scene, adviser)
    with days.on(teller.ago(331)):
        _prepare(scene, teller.ago(331))
    _last_year(teller)
    _this_year(teller)


def _prepare(scene: Scene, on: date) -> None:
    """The policy has fewer places, and the salaries are entered."""
    new = policy_changes.draft(policy.in_force(on), valid_from=on, most_secondments=MOST)
    policy_changes.adopt(new, by=scene.coordinator, reason="The money is for five.")
    for point, amount in ((0, 30000), (1, 34938), (9, 42564)):
        FIGURES.save(by=scene.coordinator, point=point, amount=Decimal(amount), starts_on=on)


def _last_year(teller: Teller) -> None:
    row = teller.round("Secondments, first round", 330, 290)
    by, adviser = teller.scene.coordinator, teller.adviser
    aspiring = teller.begun(row, "Clementine Harrow", 990101, 320)
    with days.on(teller.ago(200)):
        what = "Watched a lesson and talked it over"
        running.add_step(proposal=aspiring, kind="done", on=teller.ago(200), what=what, by=adviser)
    _paid(teller, aspiring)
    teller.passes(teller.begun(row, "Fern Applegarth", 990102, 318), 60)
    extended = teller.passes(teller.begun(row, "Jasper Wintle", 990103, 316), 80)
    returned = teller.begun(row, "Odette Marchbanks", 990104, 314)
    _kept(teller, row)
    with days.on(teller.ago(40)):
        until = extended.secondment.ends_on + timedelta(days=334)
        ending.extend(proposal=extended, new_end=until, reason="A term was lost to a long illness.", by=by)
        ending.give_back(proposal=returned, last_day=teller.ago(30), reason="Her own school needs her.", by=by)


def _kept(teller: Teller, row: SecondmentRound) -> None:
    """Assessed and in post, with what that takes; the school pays the post from now on."""
    found = teller.passes(teller.begun(row, "Hesper Lovell", 990105, 312), 220)
    by, head, post = teller.scene.coordinator, teller.scene.heads[990105], found.secondment.post
    began, first_day = found.secondment.starts_on, teller.ago(200)
    with days.on(teller.ago(210)):
        draft = writing.begin(post=post, by=head)
        said = replace(PARTS, line_manager=draft.line_manager)
        put = writing.put(description=writing.save(description=draft, parts=said, by=head), by=head)
        agreeing.agree(description=put, seen=put.asked, by=post.user)
        proposed = ranges.propose(post=post, proposal=Range(1, 5, began, talked_on=began, **WHY), by=head)
        ranges.approve(row=proposed, decided_on=teller.ago(212), minute="Pay committee, 6.2", by=by)
        points.record(post=post, point=1, starts_on=began, by=head)
        terms.answer_allowances(post=post, held=[], on=began, by=head)
        permanent = ContractKind.PERMANENT
        terms.record_contract(post=post, kind=permanent, ends_on=None, depends_on_funding=False, by=head)
        running.appoint(proposal=found, starts_on=first_day, by=by)
    with days.on(teller.ago(50)):
        ending.keep(proposal=found, last_day=teller.ago(45), reason="The governors pay the post themselves.", by=by)


def _paid(teller: Teller, found: Proposal) -> None:
    """The first term that it ran in is paid, where the calendar knows one."""
    held = found.secondment
    term = calendar.term_on(held.starts_on + timedelta(days=60))
    with days.on(teller.ago(210)):
        if term is not None and not _outside(held.starts_on, term.ends_on):
            made = grants.make_statement(secondment=held, term=term, by=teller.scene.coordinator)
            grants.record_paid(statement=made, on=teller.ago(210), by=teller.scene.coordinator)


def _outside(starts_on: date, ends_on: date) -> bool:
    return (ends_on - starts_on).days < 45


def _this_year(teller: Teller) -> None:
    row = teller.round("Secondments, second round", 35, -21)
    by = teller.scene.coordinator
    teller.approved(row, "Rufus Penhallow", 990101, 33)
    teller.approved(row, "Sorrel Tadworth", 990102, 31)
    teller.approved(row, "Ivor Meadowcroft", 990103, 29)
    declined = teller.submitted(row, "Nancy Thrupp", 990104, 27)
    refused = teller.submitted(row, "Bertram Loxley", 990105, 25)
    teller.endorsed(row, "Cosima Wray", 990106, 14)
    teller.submitted(row, "Edmund Farthing", 990107, 9)
    withdrawn = teller.draft(row, "Lavinia Stoke", 990108, 8)
    teller.draft(row, "Percival Dunmore", 990109, 4)
    with days.on(teller.ago(20)):
        for each in (declined, refused):
            deciding.not_endorse(proposal=each, note="A year too early.", by=teller.adviser)
        deciding.decline(proposal=declined, note="Please propose her again next year.", by=by)
    with days.on(teller.ago(3)):
        proposing.withdraw(proposal=withdrawn, reason="She moves away.", by=teller.scene.heads[990108])
