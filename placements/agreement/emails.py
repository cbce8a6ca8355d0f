"""The words of the e-mails around a placement (N6, N7, N9, N10, N12, N20). No supported person's name is in any."""

from collections.abc import Iterable
from datetime import date

from astcoord.core import outbox
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from astcoord.core.policy_choices import Party
from astcoord.core.wording import date_words, listed
from placements.agreement.models import ContractVersion
from placements.agreement.reads.protocol import CHAIR_NOTICE
from placements.placement.documents import link_to
from placements.placement.models import Placement
from staff.accounts.models import User

MEETING = "preliminary-meeting"
ROLE = "role-statement"
CIRCULATE = "protocol-circulation"
SIGN = "contract-issued"
SIGNED = "contract-signed"
COVER = "cover-missing"
PAPERS = "papers-outstanding"
STARTED = "placement-active"
ENDED = "placement-ended"
CALLED_OFF = "placement-abandoned"

People = dict[str, list[User]]


def call_meeting(placement: Placement, people: People, on: date, papers: list[Document]) -> None:
    """N6: day, place, agenda and role statement, to both parties, the co-ordinator and the people supported."""
    parties = (Party.HOST_HEAD, Party.AST, Party.COORDINATOR)
    to = [(person.name, person.email) for party in parties for person in people[party]]
    to += [(s.name, s.email) for s in placement.supported.filter(withdrew_on=None) if s.email]
    for name, email in dict.fromkeys(to):
        _queue(
            placement,
            f"{MEETING}:{placement.pk}:{papers[0].pk}:{email}",
            MEETING,
            (name, email),
            subject=f"Preliminary meeting at {placement.host.name}, {date_words(on)}",
            lines=[
                f"The preliminary meeting for AST support at {placement.host.name} is on "
                f"{date_words(on)}: {placement.meeting_place}.",
                "The agenda is the ten items of the protocol. It is attached, with a statement of what an AST is "
                "there to do.",
            ],
            papers=papers,
        )


def send_role(placement: Placement, people: People, paper: Document) -> None:
    """P1: the role statement, to the host headteacher (R-8.1)."""
    for person in people[Party.HOST_HEAD]:
        _queue(
            placement,
            f"{ROLE}:{placement.pk}:{paper.pk}:{person.pk}",
            ROLE,
            (person.name, person.email),
            subject=f"What an Advanced Skills Teacher is here to do: {placement.host.name}",
            lines=[
                "The attached statement says what an AST may and may not be asked to do. Please read it before the "
                "meeting, and give it to your staff with the protocol.",
                link_to(placement),
            ],
            papers=[paper],
        )


def ask_to_circulate(placement: Placement, people: People, pack: Document) -> None:
    """N7: the pack for all staff, to the host headteacher."""
    for person in people[Party.HOST_HEAD]:
        _queue(
            placement,
            f"{CIRCULATE}:{placement.pk}:{person.pk}",
            CIRCULATE,
            (person.name, person.email),
            subject=f"For all your staff: the AST protocol at {placement.host.name}",
            lines=[
                "Please give the attached paper to all staff. It says that this is support, not inspection, and whom "
                "to ask. Then enter the day on which you did so:",
                link_to(placement),
            ],
            papers=[pack],
        )


def ask_for_signatures(version: ContractVersion, people: People) -> None:
    """N9: the contract, to everybody who signs it and to the home headteacher."""
    placement = version.placement
    told = dict.fromkeys([*version.policy.signatories, Party.HOME_HEAD])
    for party in told:
        signs = party in version.policy.signatories
        for person in people[party]:
            _queue(
                version,
                f"{SIGN}:{placement.pk}:{version.number}:{party}:{person.pk}",
                SIGN,
                (person.name, person.email),
                subject=_sign_subject(version, signs=signs),
                lines=_sign_lines(version, party, signs=signs),
                papers=[version.document],
            )


def _sign_subject(version: ContractVersion, *, signs: bool) -> str:
    host = version.placement.host.name
    if not signs:
        return f"For information: contract for AST support at {host}"
    if version.number == 1:
        return f"Please sign: contract for AST support at {host}"
    return f"Please sign again: contract for AST support at {host}, version {version.number}"


def _sign_lines(version: ContractVersion, party: str, *, signs: bool) -> list[str]:
    lines = [f"Version {version.number} of the contract for AST support at {version.placement.host.name} is attached."]
    if version.number > 1:
        lines.append(
            f"What changed: {version.change or 'the terms'}. It replaces version {version.number - 1}, and signatures "
            "on that version no longer count."
        )
    if signs:
        lines.append(f"You are asked to sign in this capacity: {Party(party).label}.")
    return [*lines, link_to(version.placement)]


def tell_signed(version: ContractVersion, people: People, paper: Document) -> None:
    """N9: the signed contract, to the signatories and the home headteacher."""
    placement = version.placement
    for party in dict.fromkeys([*version.policy.signatories, Party.HOME_HEAD]):
        for person in people[party]:
            _queue(
                version,
                f"{SIGNED}:{placement.pk}:{version.number}:{person.pk}",
                SIGNED,
                (person.name, person.email),
                subject=f"Signed by everybody: contract for AST support at {placement.host.name}",
                lines=[
                    f"Everybody has signed version {version.number}. The signed contract is attached.",
                    "Outreach starts when the last preparations are done. The page says which:",
                    link_to(placement),
                ],
                papers=[paper],
            )


def tell_chair(placement: Placement, notice: Document) -> Message:
    """N10: to the chair of the host's governors; nobody on the staff is named (R-8.3)."""
    host = placement.host
    return outbox.queue(
        key=f"{CHAIR_NOTICE}:{placement.pk}:{notice.pk}",
        kind=CHAIR_NOTICE,
        to=(host.chair_name, host.chair_email),
        subject=f"An Advanced Skills Teacher will work with {host.name}",
        body=_body(
            host.chair_name,
            [
                f"{placement.post.user.name}, an Advanced Skills Teacher of {placement.home.name}, will work with "
                f"teachers at {host.name}. The attached notice says when, and to what end.",
                "You need not do anything. The headteacher can tell you more.",
            ],
        ),
        about=placement,
        attachments=[notice],
    )


def ask_for_cover(placement: Placement, people: People) -> None:
    """N12: to the home headteacher, what is missing for cover and outreach time."""
    needed = []
    if not placement.cover:
        needed.append("how the AST’s classes are covered")
    if not placement.post.pattern_on(placement.starts_on or date.min):
        needed.append("which weekday or half days are kept for outreach")
    if not needed:
        return
    for person in people[Party.HOME_HEAD]:
        _queue(
            placement,
            f"{COVER}:{placement.pk}:{person.pk}",
            COVER,
            (person.name, person.email),
            subject=f"Before {placement.post.user.name} starts outreach: cover at {placement.home.name}",
            lines=[
                f"{placement.post.user.name} is to work with {placement.host.name}. Before the first day we need to "
                f"know {listed(needed)}. It takes two minutes:",
                link_to(placement),
            ],
        )


def remind_of_papers(placement: Placement, people: People, kinds: list[str], when: int) -> int:
    """N11: to the host headteacher; how many messages are new. The key holds the reminder's number."""
    before = Message.objects.about(placement).filter(kind=PAPERS).count()
    for person in people[Party.HOST_HEAD]:
        _queue(
            placement,
            f"{PAPERS}:{placement.pk}:{when}:{person.pk}",
            PAPERS,
            (person.name, person.email),
            subject=f"Papers that {placement.post.user.name} has not seen yet",
            lines=[
                f"{placement.post.user.name} starts at {placement.host.name} soon. Please show the AST, or send:",
                "\n".join(f"- {kind}" for kind in kinds),
                f"Then tick them off: {link_to(placement)}",
            ],
        )
    return Message.objects.about(placement).filter(kind=PAPERS).count() - before


def tell_active(placement: Placement, people: People) -> None:
    """Everything is in place: days may be planned."""
    for party in (Party.HOST_HEAD, Party.AST, Party.HOME_HEAD):
        for person in people[party]:
            _queue(
                placement,
                f"{STARTED}:{placement.pk}:{person.pk}",
                STARTED,
                (person.name, person.email),
                subject=f"AST support at {placement.host.name} can start",
                lines=["Everything is in place. Outreach days may now be put in the diary:", link_to(placement)],
            )


def tell_ended(placement: Placement, people: People, *, on: date, by_words: str) -> None:
    """N20: ended early; to all parties and the chair, without anybody's reason in it."""
    to = [(p.name, p.email) for persons in people.values() for p in persons]
    if placement.host.chair_email:
        to.append((placement.host.chair_name, placement.host.chair_email))
    for name, email in dict.fromkeys(to):
        _queue(
            placement,
            f"{ENDED}:{placement.pk}:{email}",
            ENDED,
            (name, email),
            subject=f"AST support at {placement.host.name} has ended early",
            lines=[
                f"The work of {placement.post.user.name} at {placement.host.name} ended on "
                f"{date_words(on)}, earlier than agreed ({by_words}).",
                "Days that were not used go back to the AST’s year. The evaluation is still asked for.",
            ],
        )


def tell_abandoned(placement: Placement, people: People) -> None:
    """The co-ordinator has called it off before it began."""
    for party in (Party.HOST_HEAD, Party.AST, Party.HOME_HEAD):
        for person in people[party]:
            _queue(
                placement,
                f"{CALLED_OFF}:{placement.pk}:{person.pk}",
                CALLED_OFF,
                (person.name, person.email),
                subject=f"AST support at {placement.host.name} will not go ahead",
                lines=[
                    f"The co-ordinator has closed placement {placement.reference} before it began. The page says why:",
                    link_to(placement),
                ],
            )


def _queue(
    about: Placement | ContractVersion,
    key: str,
    kind: str,
    to: tuple[str, str],
    *,
    subject: str,
    lines: list[str],
    papers: Iterable[Document] = (),
) -> None:
    if to[1]:
        outbox.queue(
            key=key, kind=kind, to=to, subject=subject, body=_body(to[0], lines), about=about, attachments=papers
        )


def _body(name: str, lines: list[str]) -> str:
    return "\n\n".join([f"Dear {name}", *lines, "AST co-ordinator"]) + "\n"
