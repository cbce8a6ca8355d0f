"""Who hears that a job description waits for them, is agreed, or comes back (R-2.5); what it says stays on its page."""

from astcoord.core import emails
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.accounts.reads import heads_or_school
from staff.descriptions import rules
from staff.descriptions.models import JobDescription
from staff.descriptions.permissions import AST, HEAD, waits_for
from staff.posts.lifecycle import ON_THE_WAY

AGREED = "description-agreed"


def put(description: JobDescription, *, by: User) -> None:
    """To those who have not agreed to it."""
    waits = waits_for(description)
    to = [*(_heads(description) if HEAD in waits else []), *(_ast(description) if AST in waits else [])]
    _tell("description-put", description, to=to, by=by)


def sent_back(description: JobDescription, *, by: User) -> None:
    """To whoever wrote it: the headteacher, and the co-ordinator who wrote for the head."""
    writer = description.written_by
    wrote = [Reader.of(writer)] if is_coordinator(writer) and writer.is_active else []
    _tell("description-sent-back", description, to=[*_heads(description), *wrote], by=by)


def agreed(description: JobDescription, *, by: User) -> None:
    """To both who agreed, and to the office: a candidate’s way goes on."""
    office = emails.office()
    to = [*_heads(description), *_ast(description), *([office] if office else [])]
    _tell(AGREED, description, to=to, by=by)


def _wants_outreach(description: JobDescription, reader: Reader) -> bool:
    """R-12.1: the headteacher and the co-ordinator are warned, and not the AST."""
    warned = bool(rules.outreach_warnings(each.on_outreach for each in description.objectives))
    return warned and reader.email != description.post.user.email


def _heads(description: JobDescription) -> list[Reader]:
    return heads_or_school(description.post.home, today())


def _ast(description: JobDescription) -> list[Reader]:
    return [Reader.of(description.post.user)] if description.post.user.is_active else []


def _tell(kind: str, description: JobDescription, *, to: list[Reader], by: User) -> None:
    for reader in {each.email: each for each in to if each.email != by.email}.values():
        emails.send(
            f"staff/descriptions/emails/{kind}.txt",
            to=reader,
            key=f"{kind}:{description.pk}:{description.asked}:{reader.key}",
            about=description,
            description=description,
            no_outreach=kind == AGREED and _wants_outreach(description, reader),
            joins=reader.email == description.post.user.email and description.post.status in ON_THE_WAY,
        )
