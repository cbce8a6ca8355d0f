"""Two accounts of one person become one (R-17.7): one goes on with everything, the other is closed for good."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from astcoord.core import audit, outbox
from astcoord.core.models.messages import Message
from astcoord.core.problems import Problem, refuse
from staff.accounts import emails, rules, sessions
from staff.accounts.actions.people import confirm_address, lock_coordinators, require_coordinator
from staff.accounts.events import MERGING, Merging, merging_facts
from staff.accounts.models import User

NOBODYS = "merged-{pk}@merged.invalid"
"""Stands for an instant, while two accounts change addresses."""


@transaction.atomic
def merge(*, keep: User, other: User, reason: str, by: User, take_address: bool = False) -> User:
    """Move what is the other account's, and close it for good. The same again changes nothing.

    History stays as it was, naming the account that did it then. `take_address`: the account that goes on signs in with
    the address of the other one, which gets its; both stay on record, so that a subject's access finds both.
    """
    require_coordinator(by)
    lock_coordinators()
    both = User.objects.select_for_update(of=("self",)).filter(pk__in={keep.pk, other.pk}).order_by("pk")
    found = {each.pk: each for each in both}
    kept, gone = found[keep.pk], found[other.pk]
    if gone.merged_into_id == kept.pk and gone.pk != kept.pk:
        return kept
    refuse(problems_of(keep=kept, other=gone, by=by) + rules.merging_reason_problems(reason))
    MERGING.carry(Merging(kept, gone), by=by)
    sessions.end_all(gone)
    Authenticator.objects.filter(user=gone).delete()
    EmailAddress.objects.filter(user=gone).delete()
    before = kept.email
    gone.is_active, gone.merged_into = False, kept
    gone.save(update_fields=["is_active", "merged_into"])
    if take_address:
        _swap(kept, gone)
        confirm_address(kept)
    for account in (gone, kept):
        waiting = Message.objects.filter(to_email__iexact=account.email).exclude(kind="address-changed")
        outbox.readdress(waiting, name=kept.name, email=kept.email)
    after = {"goes on": before, "closed": other.email, "signs in with": kept.email}
    event = audit.record("Two accounts of one person merged", kept, by=by, reason=reason, after=after)
    audit.record("Merged into another account", gone, by=by, reason=reason, after=after)
    emails.tell_old_address(gone, old=gone.email, number=event.pk)
    emails.tell_of_sign_in(kept, f"Your two accounts are one now. You sign in with {kept.email}.", number=event.pk)
    return kept


def problems_of(*, keep: User, other: User, by: User) -> list[Problem]:
    """Why these two cannot become one."""
    found = rules.merging_problems(
        same=keep.pk == other.pk,
        own=by.pk == other.pk,
        closed=not keep.is_active,
        merged=bool(keep.merged_into_id or other.merged_into_id),
    )
    return found or [problem for fact in merging_facts for problem in fact(Merging(keep, other))]


def _swap(kept: User, gone: User) -> None:
    """Each takes the other's address; no two accounts have one at any time."""
    first, second = kept.email, gone.email
    for account, email in ((gone, NOBODYS.format(pk=gone.pk)), (kept, second), (gone, first)):
        account.email = email
        account.save(update_fields=["email"])
