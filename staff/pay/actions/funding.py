"""Who pays for a post, from which day; and what each source gives in a year (R-2.11, R-2.12, R-2.23)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core import audit
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from staff.accounts.models import User
from staff.expertise.vocabulary import Funding
from staff.pay import permissions
from staff.pay.models import PostIncome
from staff.posts.lifecycle import POST_KNOWN
from staff.posts.models import Post, PostFunding
from staff.posts.rules import day_problems, funding_problems


@transaction.atomic
def change_funding(
    *, post: Post, funding: str, by: User | None, funding_area: str = "", starts_on: date | None = None
) -> Post:
    """The post's one main source of money, from a day on until the next change (R-2.11).

    Of somebody who is not in post yet, or from the first day or before, it is what the post begins with. `by=None` is
    the system: a secondment that ends by itself.
    """
    locked, on = _lock(post, by), starts_on or today()
    area = funding_area if funding == Funding.DEPARTMENT else ""
    begins = locked.status not in POST_KNOWN or locked.starts_on is None or on <= locked.starts_on
    found = funding_problems(funding=funding, area=area)
    if not begins:
        what = "The day from which it holds"
        found += day_problems(on, "starts_on", spell=locked.spell, today=today(), what=what)
    refuse(found)
    before = {"funding": locked.funding if begins else locked.funding_on(on)}
    if begins:
        locked.funding, locked.funding_area = Funding(funding), area
        locked.save(update_fields=["funding", "funding_area"])
    else:
        said = {"funding": funding, "funding_area": area}
        PostFunding.objects.update_or_create(post=locked, starts_on=on, defaults=said)
    after = {"funding": funding, "from": on, **({"for": area} if area else {})}
    audit.record("Funding changed", locked, by=by, before=before, after=after)
    return locked


@transaction.atomic
def take_away(*, change: PostFunding, reason: str, by: User) -> Post:
    """A change that was a mistake: what was paid before goes on."""
    locked = _lock(change.post, by)
    _need(reason)
    held = locked.fundings.filter(pk=change.pk).first()
    if held is None:
        raise Refused([Problem("This change has been taken away already", "", "R-2.11", "gone")])
    told = {"funding": held.funding, "from": held.starts_on}
    held.delete()
    audit.record("Funding changed", locked, by=by, reason=reason, before=told, after={"funding": "taken away"})
    return locked


@transaction.atomic
def record_income(*, post: Post, first_year: int, source: str, amount: Decimal, by: User) -> PostIncome:
    """What a source gives in a school year; said again, it puts right what was said (R-2.23)."""
    locked = _lock_of_keeper(post, by)
    if amount < 0:
        raise Refused([Problem("Enter an amount of 0 or more", "amount", "R-2.23", "negative")])
    held = PostIncome.objects.filter(post=locked, first_year=first_year, source=source).first()
    if held is not None and held.amount == amount:
        return held
    key: dict[str, Any] = {"post": locked, "first_year": first_year, "source": source}
    row, _ = PostIncome.objects.update_or_create(**key, defaults={"amount": amount})
    before = {"pounds": str(held.amount)} if held else {}
    after = {"pounds": str(amount), "from": str(Funding(source).label), "school year": row.year}
    audit.record("Income recorded", locked, by=by, before=before, after=after)
    return row


@transaction.atomic
def remove_income(*, row: PostIncome, reason: str, by: User) -> None:
    """An amount that should not be there."""
    locked = _lock_of_keeper(row.post, by)
    _need(reason)
    held = locked.income.filter(pk=row.pk).first()
    if held is None:
        raise Refused([Problem("This amount has been taken away already", "", "R-2.23", "gone")])
    told = {"pounds": str(held.amount), "from": str(held.get_source_display()), "school year": held.year}
    audit.record("Income taken away", locked, by=by, reason=reason, before=told)
    held.delete()


def _need(reason: str) -> None:
    if not reason.strip():
        raise Refused([Problem("Enter a short reason", "reason", "R-2.11", "missing")])


def _lock(post: Post, by: User | None) -> Post:
    found: Post = Post.objects.locked(post.pk)
    if by is not None and not permissions.can_change_funding(by, found):
        raise PermissionDenied("change who pays for a post")
    return found


def _lock_of_keeper(post: Post, by: User) -> Post:
    found: Post = Post.objects.locked(post.pk)
    if not permissions.can_keep(by, found):
        raise PermissionDenied("record what a source gives for a post")
    return found
