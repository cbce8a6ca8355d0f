"""What may be attached as evidence: one file of a known kind, or one link (R-10.5, R-9.4). Pure."""

from collections.abc import Collection
from urllib.parse import urlsplit

from astcoord.core.problems import Problem
from astcoord.core.words import say
from placements.papers.rules import problems_of

MOST = 50
"""Pieces of evidence of one placement†."""
LONGEST_LINK = 500
NEITHER = "Select a file or enter a link"


def attachment_problems(name: str, data: bytes, link: str, *, rule: str = "R-10.5") -> list[Problem]:
    """Exactly one of the two: a file whose content is what its name says, or an address of the web."""
    if bool(name) == bool(link):
        return [Problem(NEITHER if not name else "Attach a file or a link, not both", "what", rule, "one")]
    if link:
        return link_problems(link, rule=rule)
    return [Problem(each.message, "file", rule, "file") for each in problems_of(name, data)]


def link_problems(link: str, *, rule: str = "R-10.5") -> list[Problem]:
    """http or https to a named host; nothing that carries a password or runs as a program."""
    if len(link) > LONGEST_LINK:
        return [Problem(f"The link must be {LONGEST_LINK} characters or fewer", "link", rule, "long")]
    try:
        parts = urlsplit(link)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
        fine = fine and (parts.port is None or parts.port > 0)
    except ValueError:
        fine = False
    if fine and not any(sign.isspace() or not sign.isprintable() for sign in link):
        return []
    words = "Enter a link that begins with http:// or https://, without a name or password in it"
    return [Problem(words, "link", rule, "link")]


def evidence_problems(
    *, title: str, day: object, objectives: Collection[int], own: Collection[int], no_child: bool, held: int
) -> list[Problem]:
    """What it is and what it is evidence of. `own` are the placement's objectives, `held` what it has already."""
    found = []
    if not title.strip():
        found.append(Problem("Enter what it is", "title", "R-10.5", "title"))
    if not set(objectives) <= set(own):
        found.append(Problem(say("Select objectives of this placement"), "objectives", "R-10.5", "foreign"))
    if day is None and not objectives:
        found.append(Problem("Select the objectives that it is evidence of", "objectives", "R-10.5", "nothing"))
    if not no_child:
        words = "Tick this once no child can be recognised in it. Otherwise do not attach it"
        found.append(Problem(words, "no_child", "R-10.5", "child"))
    if held >= MOST:
        words = f"{say('This placement')} has {MOST} pieces of evidence, which is the most. Remove one first."
        found.append(Problem(words, "", "R-10.5", "full"))
    return found
