"""R-8.13 and R-1.3: everything that must be true before the first outreach day, said once.

What is missing, the steps on the placement's page and the query all come from `CONDITIONS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, DateField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from astcoord.core import policy
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.core.policy_choices import Party
from astcoord.core.problems import Problem
from astcoord.core.words import say_later
from placements.agreement.models import ContractVersion, Signature
from placements.agreement.reads.protocol import CHAIR_NOTICE, contract_in_force, missing_parties
from placements.papers.models import SharedDocument
from placements.placement.models import Placement
from placements.placement.ten_items import ActionOwner
from placements.supported.models import SupportedStaff
from staff.accounts.models import RoleAssignment
from staff.expertise.vocabulary import Funding, InductionStep
from staff.posts.lifecycle import LET_OUT
from staff.posts.models import InductionItem, OutreachPattern

EVERYBODY = ""
"""Nobody in particular: every signatory."""


@dataclass(frozen=True)
class Condition:
    """One line of R-8.13: whose task it is, what is said while it is not met, and how the database is asked.

    `step` is its title among the steps on the placement's page; empty where other steps lead to it. The co-ordinator
    may set aside what is `overridable`, with a reason.
    """

    code: str
    owner: str
    missing: str
    rule: str
    met: Callable[[date], Q | Exists]
    step: str = ""
    overridable: bool = False

    @property
    def flag(self) -> str:
        """The attribute under which `with_readiness` says whether a placement meets it."""
        return f"met_{self.code.replace('-', '_')}"


def with_readiness(placements: QuerySet[Placement], today: date) -> QuerySet[Placement]:
    """Each placement with the answer to every condition."""
    answers = {c.flag: ExpressionWrapper(c.met(today), BooleanField()) for c in CONDITIONS.values()}
    return placements.annotate(**answers)


def is_met(condition: Condition, placement: Placement) -> bool:
    """Whether a placement of `with_readiness` meets a condition."""
    return bool(getattr(placement, condition.flag))


def is_waived(condition: Condition, placement: Placement) -> bool:
    """The co-ordinator lets the placement start without it."""
    return condition.overridable and bool(placement.override_reason)


def activation_problems(placement: Placement, today: date) -> list[Problem]:
    """What is still missing, in the order in which one would see to it; empty when the placement may start."""
    asked = with_readiness(Placement.objects.filter(pk=placement.pk), today).get()
    unmet = [c for c in CONDITIONS.values() if not is_met(c, asked) and not is_waived(c, asked)]
    return [Problem(_words(condition, asked), rule=condition.rule, code=condition.code) for condition in unmet]


def _words(condition: Condition, placement: Placement) -> str:
    """The signatures that are missing are named."""
    missing = missing_parties(contract_in_force(placement)) if condition is CONDITIONS["signatures"] else []
    names = ", ".join(str(Party(party).label) for party in missing)
    return f"The contract still needs: {names}." if names else condition.missing


def _signed(_: date) -> Exists:
    """The version in force bears the signatures of all parties that its policy names (R-8.12)."""
    waits = Q()
    for party in Party.values:
        signature = Signature.objects.filter(version=OuterRef("pk"), party=party)
        waits |= Q(policy__signatories__has=party) & ~Q(Exists(signature))
    signed = ~waits | Q(agreed_before=True)
    return Exists(ContractVersion.objects.in_force().filter(signed, placement=OuterRef("pk")))


def _all_say_yes(_: date) -> Q:
    return ~Q(Exists(SupportedStaff.objects.taking_part().owing_a_yes().filter(placement=OuterRef("pk"))))


def _chair_told(_: date) -> Exists:
    about = {"about_type__app_label": "placements", "about_type__model": "placement", "about_id": OuterRef("pk")}
    return Exists(Message.objects.filter(kind=CHAIR_NOTICE, **about).exclude(status=MessageStatus.CANCELLED))


def _papers_asked_for(_: date) -> Q:
    papers = SharedDocument.objects.filter(placement=OuterRef("pk"))
    return Q(Exists(papers)) & ~Q(Exists(papers.not_asked_for()))


def _inspector_named(today: date) -> Q:
    """Asked by the policy of the contract, or while there is none by today's (R-16.1)."""
    contracts = ContractVersion.objects.in_force().filter(placement=OuterRef("pk"))
    asked = Q(Exists(contracts.filter(policy__senior_inspector=True)))
    if policy.in_force(today).senior_inspector:
        asked |= ~Q(Exists(contracts))
    return ~asked | ~(Q(inspector_name="") | Q(inspector_role=""))


def _pattern(today: date) -> Exists:
    first_day = Coalesce(OuterRef("starts_on"), today, output_field=DateField())
    of_the_post = OutreachPattern.objects.filter(post=OuterRef("post"), starts_on__lte=first_day)
    return Exists(of_the_post.filter(Q(ends_on=None) | Q(ends_on__gte=first_day)))


def _inducted(today: date) -> Q:
    """R-3.2; it follows the pass, so that who is seconded does without where the policy lets them out (R-2.17)."""
    done = InductionItem.objects.filter(post=OuterRef("post"), done_on__isnull=False, step__in=InductionStep.values)
    inducted = Q(Exists(done.order_by().values("post").annotate(steps=Count("pk")).filter(steps=len(InductionStep))))
    if policy.in_force(today).aspirant_outreach:
        inducted |= Q(post__status__in=LET_OUT, post__funding=Funding.SECONDMENT)
    return inducted


def _host_has_head(today: date) -> Exists:
    return Exists(RoleAssignment.objects.heads_of(OuterRef("host"), today))


CONDITIONS = {
    condition.code: condition
    for condition in (
        Condition("signatures", EVERYBODY, "The contract has not been signed by everybody.", "R-8.13", _signed),
        Condition(
            "people",
            ActionOwner.HOST_HEAD,
            "Somebody supported has not said yes to the objectives as they stand.",
            "R-8.11",
            _all_say_yes,
        ),
        Condition(
            "inspector",
            ActionOwner.COORDINATOR,
            "The terms do not name the senior education inspector who follows the work.",
            "R-8.11",
            _inspector_named,
        ),
        Condition(
            "p1",
            ActionOwner.COORDINATOR,
            "The role statement has not gone to the host headteacher.",
            "R-8.1",
            lambda _: Q(role_statement_sent_on__isnull=False),
            step="Send the role statement to the host headteacher",
        ),
        Condition(
            "p2",
            ActionOwner.HOST_HEAD,
            "The host school’s staff have not been given the protocol and the role.",
            "R-8.2",
            lambda _: Q(circulated_on__isnull=False),
            step="Give the protocol to all staff",
            overridable=True,
        ),
        Condition(
            "chair",
            ActionOwner.HOST_HEAD,
            "The host school has no chair of governors with an e-mail address.",
            "R-1.3",
            lambda _: ~Q(host__chair_name="") & ~Q(host__chair_email=""),
            step="Add the chair of governors to the school’s contacts",
        ),
        Condition(
            "p3",
            ActionOwner.HOST_HEAD,
            "The chair of the host’s governors has not been told.",
            "R-8.3",
            _chair_told,
            step="Tell the chair of governors",
            overridable=True,
        ),
        Condition(
            "papers",
            ActionOwner.HOST_HEAD,
            "Some papers have nobody to provide them, or no date.",
            "R-8.13",
            _papers_asked_for,
        ),
        Condition(
            "cover",
            ActionOwner.HOME_HEAD,
            say_later("Nobody has said how the AST’s classes at home are covered."),
            "R-4.12",
            lambda _: ~Q(cover=()),
            step=say_later("Say how the AST’s classes are covered"),
        ),
        Condition(
            "pattern",
            ActionOwner.HOME_HEAD,
            say_later("The AST’s outreach time at home is not set."),
            "R-4.10",
            _pattern,
            step=say_later("Set the AST’s outreach time"),
        ),
        Condition(
            "induction",
            ActionOwner.COORDINATOR,
            say_later("The AST’s induction is not complete."),
            "R-3.2",
            _inducted,
            step=say_later("Complete the AST’s induction"),
        ),
        Condition(
            "host-head",
            ActionOwner.COORDINATOR,
            "The host school has no headteacher who can sign in.",
            "R-1.3",
            _host_has_head,
            step="Give the host headteacher an account",
        ),
    )
}
"""By their codes, in the order in which one would see to them."""
