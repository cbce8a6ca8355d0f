"""What Marlshire's ASTs are paid, and by whom: ranges in every state, a term that ends, a gap (R-2.4, R-2.7 to R-2.12).

Of the pay spine the demonstration knows two points, as its sources do; every other figure would be made up.
"""

from datetime import date, timedelta
from decimal import Decimal

from astcoord.core.clock import today
from astcoord.demo import days
from astcoord.demo.scene import Scene
from schools.calendar.years import first_year_of, slug_on
from staff.accounts.models import RoleAssignment, User
from staff.expertise.vocabulary import Funding, FundingArea
from staff.pay.actions import funding, points, ranges, terms
from staff.pay.actions.figures import FIGURES
from staff.pay.actions.ranges import Proposal
from staff.pay.lifecycle import Allowance, ContractKind
from staff.pay.models import PayRange
from staff.posts.models import Post

KNOWN = {1: Decimal(34938), 9: Decimal(42564)}
PAID = {
    "Wren Castellow": (5, (8, 9), Decimal(40000)),
    "Linnet Farraday": (1, (1,), Decimal(35500)),
    "Rosalind Tarn": (1, (1,), Decimal(34938)),
    "Corin Blythe": (5, (6, 7), Decimal(41000)),
    "Tansy Orchard": (3, (4,), None),
}
"""The lowest point of the range, the points of last year and this, and this year's income."""
WHY = {
    "pay_rise": "The range begins above the upper pay scale, so that the post is worth more than staying where one is.",
    "differentials": "It stays below the assistant heads, and within reach of the heads of department.",
    "threshold": "Two colleagues may apply for the threshold this year. That is not affected.",
}


def tell(scene: Scene) -> None:
    """On a few days of the last weeks, as the office and the schools enter it."""
    long_ago, *_, lately, _, _ = days.school_days_before(scene.today, 25)
    with days.on(long_ago, 9):
        for point, amount in KNOWN.items():
            started = min(post.starts_on or scene.today for post in scene.posts.values())
            FIGURES.save(by=scene.coordinator, point=point, amount=amount, starts_on=started)
        for name in PAID:
            _paid(scene, scene.posts[name])
    with days.on(lately, 9):
        _ends_soon(scene, scene.posts["Corin Blythe"])
        _not_approved(scene)


def _paid(scene: Scene, post: Post) -> None:
    """Range, points, allowances, contract and income."""
    lowest, paid, income = PAID[post.name]
    head, by = _head(scene, post), scene.coordinator
    began = post.starts_on or scene.today
    row = _proposed(scene, post, lowest, began)
    decider = _governor(post) or by
    ranges.approve(row=row, decided_on=began, minute="Pay committee, 4.1", by=decider)
    this_year = max(began, date(first_year_of(slug_on(scene.today)), 9, 1))
    for point, starts_on in zip(paid, (began, this_year), strict=False):
        points.record(post=post, point=point, starts_on=starts_on, by=head)
    if post.name == "Wren Castellow":
        terms.answer_allowances(post=post, held=[Allowance.MANAGEMENT], on=began - timedelta(days=60), by=head)
    terms.answer_allowances(post=post, held=[], on=began, by=head)
    terms.record_contract(post=post, kind=ContractKind.PERMANENT, ends_on=None, depends_on_funding=False, by=head)
    if income is not None:
        first = first_year_of(slug_on(scene.today))
        funding.record_income(post=post, first_year=first, source=Funding.STANDARDS_FUND, amount=income, by=by)


def _ends_soon(scene: Scene, post: Post) -> None:
    """A fixed term, paid by the department for a listed area: somebody must decide."""
    funding.change_funding(
        post=post,
        funding=Funding.DEPARTMENT,
        funding_area=FundingArea.ITT,
        starts_on=scene.today - timedelta(days=30),
        by=scene.coordinator,
    )
    last_day = scene.today + timedelta(days=60)
    terms.record_contract(
        post=post, kind=ContractKind.FIXED, ends_on=last_day, depends_on_funding=True, by=_head(scene, post)
    )
    terms.remind(scene.today)


def _not_approved(scene: Scene) -> None:
    """One range waits for the governors, one was sent back, one withdrawn."""
    soon = scene.today + timedelta(days=45)
    _proposed(scene, scene.posts["Hazel Montrose"], 1, soon)
    sent_back = _proposed(scene, scene.posts["Tansy Orchard"], 18, soon)
    governor = _governor(sent_back.post) or scene.coordinator
    ranges.refuse_range(row=sent_back, reason="The budget cannot carry it this year.", by=governor)
    withdrawn = _proposed(scene, scene.posts["Rosalind Tarn"], 2, soon)
    ranges.withdraw(row=withdrawn, reason="The post keeps its range for another year.", by=_head(scene, withdrawn.post))


def _proposed(scene: Scene, post: Post, lowest: int, starts_on: date) -> PayRange:
    talked = min(starts_on, today() - timedelta(days=5))
    proposal = Proposal(lowest, lowest + 4, starts_on, talked_on=talked, **WHY)
    return ranges.propose(post=post, proposal=proposal, by=_head(scene, post))


def _head(scene: Scene, post: Post) -> User:
    return scene.heads[post.home.urn]


def _governor(post: Post) -> User | None:
    held = RoleAssignment.objects.filter(role="governor", school=post.home).select_related("user").first()
    return held.user if held else None
