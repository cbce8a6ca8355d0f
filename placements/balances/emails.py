"""N15: who hears that an AST's time calls for attention. One message each for an AST's term, whatever night it is."""

from collections.abc import Sequence

from astcoord.core import emails
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.models.messages import Message
from placements.balances.reads.alerts import PostAlerts
from placements.balances.rules import Alert
from staff.accounts.reads import heads_or_school


def tell(found: PostAlerts, alert: Alert) -> bool:
    """To the AST and the home headteacher; False if they have been told in this term."""
    key = f"time-alert:{alert.kind}:{found.post.pk}:{found.term.slug}"
    if Message.objects.filter(key__startswith=f"{key}:").exists():
        return False
    readers = [Reader.of(found.post.user), *heads_or_school(found.post.home, today())]
    for reader in {each.email: each for each in readers if each.email}.values():
        emails.send(
            "placements/balances/emails/time-alert.txt",
            to=reader,
            key=f"{key}:{reader.key}",
            about=found.post,
            post=found.post,
            alert=alert,
            term=found.term.name,
        )
    return True


def tell_office(news: Sequence[str]) -> None:
    """One message a day to the co-ordinator with all that is new."""
    reader = emails.office()
    if reader and news:
        template = "placements/balances/emails/time-alerts.txt"
        emails.send(template, to=reader, key=f"time-alerts:{today()}", lines=list(news))
