"""What is charged for days delivered, per school and period (R-19.3): a sheet, which is also its files and its paper.

The rates are those of the contract in force, whatever today's policy says: a contract keeps its own (R-16.1).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from astcoord.core.policy_choices import ChargedTo
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import number, pounds
from astcoord.core.words import say
from placements.agreement.models import ContractVersion
from placements.charges.rules import Charge, charge_for, together
from placements.days.lifecycle import DayStatus
from placements.deployment.reads.periods import Period
from placements.placement.models import Placement
from schools.register.models import School
from staff.accounts.models import User
from staff.figures.reads.sheets import Cell, Sheet, Table

TITLE = "Charges for outreach days"
NOTE = (
    "Days that were delivered and are written up in the diary, at the rates of each contract. Half a day is charged as "
    "half, and a day that was called off is not charged. Nothing is paid here: the finance office sends the invoices."
)
Money = Callable[[Decimal], str]


def plain(amount: Decimal) -> str:
    """For a file that is counted on: pounds and pence, nothing else."""
    return f"{amount:.2f}"


@dataclass(frozen=True)
class Line:
    """One placement's days of a period. `payer` is a `ChargedTo`; `rate` and `home_share` are of a whole day."""

    placement: Placement
    payer: str
    rate: Decimal
    home_share: Decimal
    charge: Charge

    @property
    def paid_by(self) -> str:
        """Who owes it, by name."""
        return self.placement.host.name if self.payer == ChargedTo.HOST else say("The authority")


def lines_of(user: User, period: Period) -> list[Line]:
    """Each placement with delivered days that are charged, by host school; a headteacher's own schools'. One query."""
    days = Q(
        placement__outreach_days__status=DayStatus.DONE,
        placement__outreach_days__on__range=(period.first, period.last),
    )
    found = ContractVersion.objects.in_force().exclude(policy__charged_to=ChargedTo.NOBODY)
    if not user.has_role(*OFFICE):
        own = user.schools_as(Role.HEADTEACHER)
        found = found.filter(Q(placement__host__in=own) | Q(placement__home__in=own))
    people = ("policy", "placement__post__user", "placement__host", "placement__home")
    rows = found.annotate(given=Sum("placement__outreach_days__days", filter=days)).filter(given__gt=0)
    ordered = rows.select_related(*people).order_by("placement__host__name", "placement_id")
    return [_line(version, version.given) for version in ordered]


def _line(version: ContractVersion, days: Decimal) -> Line:
    rate, share = version.policy.charge_day_rate, version.policy.charge_home_share
    charge = charge_for(days, rate=rate, home_share=share)
    return Line(version.placement, version.policy.charged_to, rate, share, charge)


def schools_in(lines: Iterable[Line]) -> list[School]:
    """Those that pay or receive, by name."""
    found = {school.pk: school for line in lines for school in (line.placement.host, line.placement.home)}
    return sorted(found.values(), key=lambda school: school.name)


def sheet(
    user: User, period: Period | None, lines: list[Line], chosen: tuple[tuple[str, str], ...], money: Money = pounds
) -> Sheet:
    """The statement: for the office everything, for a headteacher what the own schools pay and what they receive."""
    tables = _of_office(lines, money) if user.has_role(*OFFICE) else _of_head(user, lines, money)
    return Sheet(
        name=f"charges-{period.slug}" if period else "charges",
        title=TITLE,
        tables=tuple(table for table in tables if table.rows),
        chosen=chosen,
        notes=(NOTE,) if lines else (),
        empty="No day that is charged was delivered in this period.",
    )


def _of_office(lines: list[Line], money: Money) -> list[Table]:
    paid = _grouped(lines, lambda line: line.paid_by, "charge", money)
    received = _grouped(lines, lambda line: line.placement.home.name, "home", money)
    return [
        Table("charges", "To be paid", ("Who pays", "Days", "Charge"), paid[:-1], total=paid[-1]),
        Table(
            "income", say("To the ASTs’ own schools"), ("School", "Days", "Share"), received[:-1], total=received[-1]
        ),
        Table(
            code="csv",
            title=say("Placement by placement"),
            header=(
                *(say("Placement"), "Who pays", "Host school", say("AST"), say("AST’s own school")),
                *("Days", "A day", "Charge", "To own school", "Fee"),
            ),
            rows=tuple(_whole(line, money) for line in lines),
            total=("Total", "", "", "", "", *_sums(lines, money, ("", "charge", "home", "fee"))),
            words=5,
        ),
    ]


def _of_head(user: User, lines: list[Line], money: Money) -> list[Table]:
    """Neither what the other school receives nor the fee: the contract says those, and they are the office's sums."""
    own = user.schools_as(Role.HEADTEACHER)
    paid = [line for line in lines if line.placement.host_id in own and line.payer == ChargedTo.HOST]
    received = [line for line in lines if line.placement.home_id in own]
    header = (say("Placement"), say("AST"), "Days", "A day")
    return [
        Table(
            code="charges",
            title="To be paid by your school",
            header=(*header, "Charge"),
            rows=tuple(_short(line, line.rate, line.charge.charge, money) for line in paid),
            total=("Total", "", *_sums(paid, money, ("", "charge"))),
            words=2,
        ),
        Table(
            code="income",
            title="To be received by your school",
            header=(*header, "Share"),
            rows=tuple(_short(line, line.home_share, line.charge.home, money) for line in received),
            total=("Total", "", *_sums(received, money, ("", "home"))),
            words=2,
        ),
    ]


def _whole(line: Line, money: Money) -> tuple[Cell, ...]:
    placement, charge = line.placement, line.charge
    who = (placement.reference, line.paid_by, placement.host.name, placement.post.user.name, placement.home.name)
    return (*who, number(charge.days), *map(money, (line.rate, charge.charge, charge.home, charge.fee)))


def _short(line: Line, rate: Decimal, amount: Decimal, money: Money) -> tuple[Cell, ...]:
    name = line.placement.post.user.name
    return (line.placement.reference, name, number(line.charge.days), money(rate), money(amount))


def _grouped(lines: list[Line], by: Callable[[Line], str], amount: str, money: Money) -> tuple[tuple[Cell, ...], ...]:
    """Days and money of each school by name, and last of all."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(by(line), []).append(line)
    rows = [(name, *_sums(found[name], money, (amount,))) for name in sorted(found)]
    return (*rows, ("Total", *_sums(lines, money, (amount,))))


def _sums(lines: list[Line], money: Money, names: tuple[str, ...]) -> tuple[Cell, ...]:
    """Days, then each of these amounts; nothing for an empty name."""
    all_ = together(line.charge for line in lines)
    return (number(all_.days), *(money(getattr(all_, name)) if name else "" for name in names))
