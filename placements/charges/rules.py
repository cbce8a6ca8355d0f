"""What the days that were delivered cost, to the penny (R-19.3). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

PENNY = Decimal("0.01")


@dataclass(frozen=True)
class Charge:
    """What days come to, in pounds: `charge` is `home` (to the home school) and `fee` (to the broker) together."""

    days: Decimal
    charge: Decimal
    home: Decimal

    @property
    def fee(self) -> Decimal:
        return self.charge - self.home


def charge_for(days: Decimal, *, rate: Decimal, home_share: Decimal) -> Charge:
    """Half a day is half of the rate. Half pennies are rounded up once, and the fee is what is left.

    >>> each = charge_for(Decimal("3.5"), rate=Decimal(350), home_share=Decimal(300))
    >>> each.charge, each.home, each.fee
    (Decimal('1225.00'), Decimal('1050.00'), Decimal('175.00'))
    """
    return Charge(days, _to_penny(days * rate), _to_penny(days * home_share))


def together(charges: Iterable[Charge]) -> Charge:
    """The sum of what was rounded, so that it agrees with its lines."""
    lines = list(charges)
    sums = (sum((getattr(each, name) for each in lines), Decimal(0)) for name in ("days", "charge", "home"))
    return Charge(*sums)


def _to_penny(amount: Decimal) -> Decimal:
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)
