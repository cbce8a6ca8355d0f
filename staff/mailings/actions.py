"""Writing to several people at once, and taking back what has not gone (R-20.12)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from astcoord.core import audit
from astcoord.core.access import require
from astcoord.core.emails import Reader
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.wording import counted
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.mailings import emails
from staff.mailings.models import Mailing


@transaction.atomic
def write(*, subject: str, text: str, whom: str, readers: Sequence[Reader], by: User) -> Mailing:
    """One message to each of `readers` goes by the outbox; one audit row says how many. Refused without readers."""
    require(is_office(by))
    refuse([] if readers else [Problem("Nobody whom you chose can be reached by e-mail.", rule="R-20.12")])
    mailing = Mailing.objects.create(subject=subject, text=text, whom=whom, count=len(readers), by=by)
    emails.send(mailing, readers)
    audit.record("written to several", mailing, by=by, after={"from": whom, "people": len(readers)})
    return mailing


@transaction.atomic
def withdraw(*, mailing: Mailing, by: User) -> int:
    """Take back what has not gone; how many messages. Refused where all have gone."""
    require(is_office(by))
    held = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if held.withdrawn_at:
        raise Refused([Problem("It was withdrawn before.", rule="R-20.12")])
    count = emails.withdraw(held)
    if not count:
        raise Refused([Problem("All of it has gone: there is nothing left to withdraw.", rule="R-20.12")])
    held.withdrawn_at = timezone.now()
    held.save(update_fields=["withdrawn_at"])
    audit.record(f"withdrawn: {counted(count, 'message')}", held, by=by)
    return count
