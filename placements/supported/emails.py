"""The words of the e-mails to the people supported (N8), and of a withdrawal. Nobody is named, in subject or body."""

from datetime import date

from django.urls import reverse

from astcoord.core import outbox
from astcoord.core.models.messages import Message
from astcoord.core.policy_choices import Party
from astcoord.core.wording import date_words
from placements.supported import links
from placements.supported.models import SupportedStaff
from placements.supported.rules import REMINDERS
from staff.accounts.models import User

INVITED = "supported-invited"
RENEWED = "supported-new-link"
REMINDED = "supported-reminder"
WITHDREW = "supported-withdrew"


def invite(person: SupportedStaff, today: date) -> Message:
    """N8: what it is, the link, and that one may withdraw."""
    placement = person.placement
    lines = [
        f"{placement.post.user.name}, an Advanced Skills Teacher (AST) of {placement.home.name}, is going to work with "
        f"colleagues at {placement.host.name}. Your headteacher has named you as one of them. It is support, not "
        "inspection.",
        "Please read what is agreed, and say what you would like from it. It takes five minutes:",
        *_link(person, today),
        "You may withdraw at any time, on the same page. Nobody will ask you why.",
    ]
    subject = f"Working with an AST at {placement.host.name}: your part"
    return _queue(person, f"{INVITED}:{person.pk}:{person.link_version}", INVITED, subject, lines)


def renew(person: SupportedStaff, today: date) -> Message:
    """A fresh link to the same form, asked for by somebody whose link was too old; one a day."""
    subject = f"Working with an AST at {person.placement.host.name}: your new link"
    lines = ["This link opens your form again:", *_link(person, today)]
    return _queue(person, f"{RENEWED}:{person.pk}:{today:%Y-%m-%d}", RENEWED, subject, lines)


def remind(person: SupportedStaff, days: int, today: date) -> int:
    """How many messages are new: 0 if this reminder has gone out before."""
    key = f"{REMINDED}:{person.pk}:{person.link_version}:{days}"
    if Message.objects.filter(key=key).exists():
        return 0
    lines = [
        "We have not heard from you yet. The contract for the AST’s work waits for everybody’s answer. It takes five "
        "minutes:",
        *_link(person, today),
        "If you would rather not take part, you can say so on the same page. Nobody will ask you why.",
    ]
    subject = f"Reminder: your part in working with an AST at {person.placement.host.name}"
    _queue(person, key, REMINDED, subject, lines)
    return 1


def take_back(person: SupportedStaff) -> None:
    """Whatever holds the present link and has not gone out yet."""
    outbox.cancel(key=f"{INVITED}:{person.pk}:{person.link_version}")
    for days in REMINDERS:
        outbox.cancel(key=f"{REMINDED}:{person.pk}:{person.link_version}:{days}")


def tell_withdrawn(person: SupportedStaff, people: dict[str, list[User]], *, left: int) -> None:
    """R-6.12: to host head and co-ordinator. No name, and no reason, because none was asked."""
    placement = person.placement
    page = outbox.link(reverse("placements:supported_people", args=[placement.pk]))
    lines = [
        f"Somebody who was to be supported in placement {placement.reference} at {placement.host.name} has withdrawn. "
        "No reason is asked for; please do not ask for one. A contract that has gone out stands.",
        "Nobody is left to be supported: please decide together whether the placement ends."
        if not left
        else "The others go on as before.",
        f"Who it was stands on the page: {page}",
    ]
    for user in dict.fromkeys([*people[Party.HOST_HEAD], *people[Party.COORDINATOR]]):
        outbox.queue(
            key=f"{WITHDREW}:{person.pk}:{user.pk}",
            kind=WITHDREW,
            to=(user.name, user.email),
            subject=f"Somebody has withdrawn from the AST’s work at {placement.host.name}",
            body=_body(f"Dear {user.name}", lines),
            about=placement,
        )


def _link(person: SupportedStaff, today: date) -> list[str]:
    until = date_words(links.works_until(today))
    return [
        links.address(person),
        f"The link is for you alone, so please do not pass it on. It works until {until}. After that, the page itself "
        "sends you a new one.",
    ]


def _queue(person: SupportedStaff, key: str, kind: str, subject: str, lines: list[str]) -> Message:
    return outbox.queue(
        key=key,
        kind=kind,
        to=(person.name, person.email),
        subject=subject,
        body=_body("Hello", lines),
        about=person.placement,
    )


def _body(greeting: str, lines: list[str]) -> str:
    return "\n\n".join([greeting, *lines, "AST co-ordinator"]) + "\n"
