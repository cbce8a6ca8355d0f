"""Help in the browser: the guides of `docs/guides`, one for each kind of reader (R-18.1).

They are kept as Markdown beside the software, so that what is read here and there cannot disagree.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say, say_later

FOLDER = Path(settings.BASE_DIR) / "docs" / "guides"
CLASSES = {
    **{"p": "govuk-body", "ul": "govuk-list govuk-list--bullet", "ol": "govuk-list govuk-list--number"},
    **{"a": "govuk-link", "table": "govuk-table", "thead": "govuk-table__head", "tbody": "govuk-table__body"},
    **{"tr": "govuk-table__row", "th": "govuk-table__header", "td": "govuk-table__cell"},
    **{"h2": "govuk-heading-m", "h3": "govuk-heading-s"},
}


@dataclass(frozen=True)
class Guide:
    """One guide: for whom, and under which name its file lies."""

    slug: str
    title: str
    readers: Collection[Role]


GUIDES = (
    Guide("headteacher", "For headteachers", (Role.HEADTEACHER,)),
    Guide("ast", say_later("For Advanced Skills Teachers"), (Role.AST,)),
    Guide("governor", "For governors", (Role.GOVERNOR,)),
    Guide("coordinator", say_later("For co-ordinators"), (Role.COORDINATOR, Role.CONSULTANT, Role.OFFICER)),
    Guide("administrator", "For administrators", (*OFFICE,)),
)


@dataclass(frozen=True)
class Text:
    """A guide as it is shown: its second-level headings with their anchors, and the whole."""

    headings: tuple[tuple[str, str], ...]
    html: SafeString


def text_of(slug: str) -> Text:
    """What the guide says, in the scheme's own words (R-19.1)."""
    text = _written(slug)
    headings = tuple((say(title), anchor) for title, anchor in text.headings)
    return Text(headings, mark_safe(say(text.html)))


@lru_cache(maxsize=len(GUIDES))
def _written(slug: str) -> Text:
    """What the guide says. Pictures are left out: whoever reads has the pages themselves."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    tokens = parser.parse(_without_pictures((FOLDER / f"{slug}.md").read_text(encoding="utf-8")))
    headings = []
    for place, token in enumerate(tokens):
        _dress(token)
        if token.type == "heading_open" and token.tag == "h2":
            title = tokens[place + 1].content
            token.attrSet("id", slugify(title))
            headings.append((title, slugify(title)))
    body = _after_title(tokens)
    return Text(tuple(headings), mark_safe(parser.renderer.render(body, parser.options, {})))


def _without_pictures(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("!["))


def _dress(token: Token) -> None:
    """GOV.UK's classes, on the token and on what is within."""
    if token.nesting == 1 and (dress := CLASSES.get(token.tag)):
        token.attrSet("class", dress)
    if token.tag == "a" and str(token.attrGet("href")).endswith(".md"):
        token.attrSet("href", f"../{Path(str(token.attrGet('href'))).stem}/")
    for inner in token.children or ():
        _dress(inner)


def _after_title(tokens: list[Token]) -> list[Token]:
    """The page has its own heading of the first level."""
    first = next((place for place, token in enumerate(tokens) if token.type == "heading_close"), -1)
    return tokens[first + 1 :]


def guides_for(roles: Collection[str]) -> tuple[list[Guide], list[Guide]]:
    """Those written for somebody of these roles, and the others."""
    own = [guide for guide in GUIDES if set(guide.readers) & set(roles)]
    return own, [guide for guide in GUIDES if guide not in own]
