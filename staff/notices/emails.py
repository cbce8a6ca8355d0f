"""News by e-mail, where the co-ordinator ticks so (R-3.20)."""

from datetime import date

from astcoord.core import emails, outbox
from astcoord.core.emails import Copy, Reader
from staff.notices.models import Notice
from staff.notices.querysets import readers_of

TEMPLATE = "staff/notices/emails/notice.txt"


def posted(notice: Notice, today: date) -> None:
    """To every AST whom it is for, once, as it is worded then; later to those whom it has come to be for."""
    users = {post.user_id: post.user for post in readers_of(notice, today).select_related("user")}
    facts = {"notice": notice, "news": notice.text}
    copies = [Copy(Reader.of(user), f"notice:{notice.pk}:{pk}", notice, facts) for pk, user in users.items()]
    emails.send_all(TEMPLATE, copies)


def withdrawn(notice: Notice) -> None:
    """What has not gone of it does not go."""
    outbox.cancel_about(notice, kind="notice")
