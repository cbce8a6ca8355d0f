"""What one side's post has on its page of pay, with a mark in the reason of its range."""

from datetime import date
from decimal import Decimal

from staff.pay.models import AllowanceAnswer, PayPoint, PayRange, PostContract, PostIncome, SpineFigure
from staff.posts.models import PostFunding
from tests.access.sides import OURS, Side


def pay_of(side: Side) -> None:
    """A range that waits, a point, an allowance, a fixed term that ends soon, a change of who pays, and income."""
    post, by = side.post, side.home_head
    five = {"lowest": 5, "highest": 9, "starts_on": date(2027, 1, 1)}
    said = {"pay_rise": f"{side.mark}PAYRISE", "differentials": "Below the deputies", "threshold": "None"}
    paid = date(2007 if side.mark == OURS else 2008, 9, 1)
    side.things |= {
        "pay range": PayRange.objects.create(post=post, proposed_by=by, **five, **said),
        "pay point": PayPoint.objects.create(post=post, point=5, starts_on=date(2025, 9, 1), recorded_by=by),
        "pay income": PostIncome.objects.create(post=post, first_year=2026, source="standards_fund", amount=Decimal(9)),
        "funding change": PostFunding.objects.create(post=post, starts_on=date(2026, 9, 1), funding="secondment"),
        "spine figure": SpineFigure.objects.create(point=9, amount=Decimal(42564), starts_on=paid),
    }
    AllowanceAnswer.objects.create(post=post, on=date(2025, 9, 1), recorded_by=by)
    PostContract.objects.create(post=post, kind="fixed", ends_on=date(2026, 12, 18), depends_on_funding=True)
