"""R-10.8: who hears of a correction. No text of the entry goes by e-mail."""

from astcoord.core import emails
from astcoord.core.emails import Reader
from evaluation.corrections.models import Correction
from staff.accounts.models import User

FOLDER = "evaluation/corrections/emails"


def asked(correction: Correction) -> None:
    """It waits for the co-ordinator."""
    if office := emails.office():
        _send("correction-asked", correction, office)


def answered(correction: Correction, *, by: User) -> None:
    """Corrected or not: to the AST, and to whoever asked for the AST."""
    people = {correction.entry.day.placement.post.user, correction.asked_by} - {by}
    for person in sorted(people, key=lambda each: each.pk):
        if person.is_active:
            _send("correction-answered", correction, Reader.of(person))


def _send(kind: str, correction: Correction, to: Reader) -> None:
    key = f"{kind}:{correction.pk}:{to.key}"
    day = correction.entry.day
    emails.send(f"{FOLDER}/{kind}.txt", to=to, key=key, about=correction, correction=correction, day=day)
