"""The words of the e-mails around availability letters (N1)."""

from typing import Any

from django.urls import reverse

from astcoord.core import outbox
from astcoord.core.models.messages import Message
from astcoord.core.wording import counted
from placements.letters.models import Letter, LetterRound

LETTER = "availability-letter"
BUILT = "letters-built"


def letter_key(letter: Letter) -> str:
    """One e-mail per round and school, ever (R-5.3)."""
    return f"letters:{letter.round_id}:school:{letter.school_id}"


def queue_letter(letter: Letter, *, facts: dict[str, Any], reply_to: str) -> Message:
    """The school's letter, attached, with the essentials in the text. `facts` are the round's."""
    authority = facts["letterhead"]["authority"]
    count = facts["asts_in_post"]
    body = (
        f"{letter.document.facts['salutation']}\n\n"
        f"{authority} has {counted(count, 'Advanced Skills Teacher')} in post in the "
        f"{facts['term'][0].lower()}{facts['term'][1:]}. Each can spend time working with teachers in other "
        "schools.\n\n"
        "The attached letter lists what they can help with and how to ask.\n\n"
        f"Look through the areas of expertise or ask for support:\n{facts['browse_link']}\n\n"
        "Reply to this e-mail if you would rather talk it over first.\n\n"
        f"AST co-ordinator\n{authority}\n"
    )
    return outbox.queue(
        key=letter_key(letter),
        kind=LETTER,
        to=(letter.school.head_name or letter.school.name, letter.school.email),
        subject=f"Advanced Skills Teachers: what is available, {facts['term'][0].lower()}{facts['term'][1:]}",
        body=body,
        about=letter,
        attachments=[(letter.document, "ast-availability.pdf")],
        reply_to=reply_to,
    )


def tell_built(built: LetterRound, *, coordinators: list[Any], letters: int) -> None:
    """Tell the co-ordinators that a round waits for their approval."""
    link = outbox.link(reverse("placements:letter_round", args=[built.pk]))
    for person in coordinators:
        outbox.queue(
            key=f"{BUILT}:{built.pk}:{person.pk}",
            kind=BUILT,
            to=(person.name, person.email),
            subject=f"{built.term.name}: letters to schools wait for your approval",
            body=(
                f"Dear {person.name}\n\n"
                f"{letters:,} letters to schools have been prepared for the {built.term.name[0].lower()}"
                f"{built.term.name[1:]}. Nothing is sent until you approve them.\n\n"
                f"Look at them and approve:\n{link}\n"
            ),
            about=built,
        )
