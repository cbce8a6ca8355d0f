"""The e-mails around availability letters (N1)."""

from collections.abc import Iterable
from typing import Any

from astcoord.core import emails
from astcoord.core.emails import Reader
from astcoord.core.models.messages import Message
from placements.letters.models import Letter, LetterRound
from staff.accounts.models import User

ROOM = "placements/letters/emails"


def letter_key(letter: Letter) -> str:
    """One e-mail per round and school, ever (R-5.3)."""
    return f"letters:{letter.round_id}:school:{letter.school_id}"


def queue_letter(letter: Letter, *, facts: dict[str, Any], reply_to: str) -> Message:
    """The school's letter, attached, with the essentials in the text. `facts` are the round's."""
    school = letter.school
    called = letter.document.facts["salutation"].removeprefix("Dear ")
    return emails.send(
        f"{ROOM}/availability-letter.txt",
        to=Reader(school.head_name or school.name, school.email, called=called),
        key=letter_key(letter),
        about=letter,
        attachments=[(letter.document, "ast-availability.pdf")],
        reply_to=reply_to,
        facts=facts,
        own=letter.document.facts,
    )


def tell_built(built: LetterRound, *, coordinators: Iterable[User], letters: int) -> None:
    """Tell the co-ordinators that a round waits for their approval."""
    for person in coordinators:
        emails.send(
            f"{ROOM}/letters-built.txt",
            to=Reader.of(person),
            key=f"letters-built:{built.pk}:{person.pk}",
            about=built,
            built=built,
            letters=f"{letters:,}",
        )
