"""N16: who hears that another share of time is asked for, agreed, refused or withdrawn; why stays on the page."""

from astcoord.core import emails
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from placements.variations.models import TimeVariation
from staff.accounts.models import User
from staff.accounts.reads import heads_or_school


def asked(variation: TimeVariation, *, by: User) -> None:
    """To the two who must agree."""
    _tell("variation-asked", variation, by=by, to=[*_heads(variation), *_office()])


def decided(variation: TimeVariation, *, by: User | None) -> None:
    """To the AST, the home headteacher and the co-ordinator: in force, refused or withdrawn."""
    _tell("variation-decided", variation, by=by, to=[Reader.of(variation.post.user), *_heads(variation), *_office()])


def _heads(variation: TimeVariation) -> list[Reader]:
    return heads_or_school(variation.post.home, today())


def _office() -> list[Reader]:
    reader = emails.office()
    return [reader] if reader else []


def _tell(kind: str, variation: TimeVariation, *, by: User | None, to: list[Reader]) -> None:
    for reader in {each.email: each for each in to if by is None or each.email != by.email}.values():
        emails.send(
            f"placements/variations/emails/{kind}.txt",
            to=reader,
            key=f"{kind}:{variation.pk}:{variation.status}:{reader.key}",
            about=variation,
            variation=variation,
        )
