"""Who hears of an AST's pay. No amount, no point and no date is in an e-mail: they stay on the page (section G)."""

from collections.abc import Iterable

from astcoord.core import emails
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.roles import Role
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User
from staff.accounts.reads import heads_or_school
from staff.pay.models import PayRange, PostContract


def range_proposed(row: PayRange, *, by: User) -> None:
    """To the AST, who is heard, and to the school's governors, who decide (R-2.7)."""
    readers = [Reader.of(row.post.user), *_governors(row.post.home)]
    _tell("pay-range-proposed", row, readers, by=by)


def range_decided(row: PayRange, *, by: User) -> None:
    """To the AST and the own headteacher: approved or sent back (R-2.7)."""
    readers = [Reader.of(row.post.user), *heads_or_school(row.post.home, today())]
    _tell("pay-range-decided", row, readers, by=by)


def funding_decision_due(contract: PostContract) -> int:
    """N27: to the co-ordinator and the own headteacher, once for each last day; how many were written to."""
    office = emails.office()
    readers = [*heads_or_school(contract.post.home, today()), *([office] if office else [])]
    for reader in readers:
        key = f"funding-decision:{contract.post_id}:{contract.ends_on}:{reader.key}"
        template = "staff/pay/emails/funding-decision.txt"
        emails.send(template, to=reader, key=key, about=contract.post, post=contract.post)
    return 1


def _governors(school: School) -> list[Reader]:
    """Those with an account, because the page is for them alone."""
    held = RoleAssignment.objects.in_force(today()).filter(role=Role.GOVERNOR, school=school, user__is_active=True)
    return [Reader.of(each.user) for each in held.select_related("user").order_by("pk")]


def _tell(kind: str, row: PayRange, readers: Iterable[Reader], *, by: User) -> None:
    for reader in {each.email: each for each in readers if each.email != by.email}.values():
        key = f"{kind}:{row.pk}:{row.status}:{reader.key}"
        template = f"staff/pay/emails/{kind}.txt"
        emails.send(template, to=reader, key=key, about=row.post, post=row.post)
