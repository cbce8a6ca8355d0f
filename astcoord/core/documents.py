"""Printed documents: facts frozen when they are decided, printed once, the same bytes for ever (design, section 8).

The only importer of WeasyPrint. What comes out is PDF/UA-1: tagged, titled, in British English.
"""

import hashlib
import json
import logging
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from astcoord.core import policy, protected, tagging, words
from astcoord.core.models.documents import Document

if TYPE_CHECKING:
    from staff.accounts.models import User

LANGUAGE = "en-GB"
TEMPLATES = Path(settings.BASE_DIR) / "templates" / "documents"
WORDS = "scheme_words"
"""Among a paper's facts, the scheme's words when it was frozen."""
READABLE = (TEMPLATES, Path(settings.BASE_DIR) / "static")
"""The only folders that a document may take pictures and fonts from."""


class Unprintable(Exception):
    """The template does not make an accessible document, or asks for something outside this house."""


class MissingSigns(Unprintable):
    """No font of this machine has some of the signs: a paper with boxes in somebody's name is not handed out."""

    def __init__(self, signs: Sequence[str]) -> None:
        self.signs = [f"“{sign}” (U+{ord(sign):04X})" for sign in dict.fromkeys(signs)]
        super().__init__(
            f"This paper cannot be printed: the fonts of this machine lack {', '.join(self.signs)}. Write it in other "
            "letters, or have a font with it installed."
        )


def freeze(
    kind: str,
    *,
    title: str,
    facts: dict[str, Any],
    about: models.Model | None = None,
    by: "User | None" = None,
    stands: bool = False,
) -> Document:
    """Store what a document of `kind` states, in the caller's transaction, without printing it yet.

    Dates and decimals among the facts become text at once, so that today's print and next year's read the same; and
    the scheme's own words, where it has any, are among them (R-19.1).
    `stands`: people sign it, so that no name is ever taken out of it.
    """
    document: Document = Document.objects.create(
        kind=kind, title=title, facts=_plain({**facts, **own_words()}), about=about, by=by, stands=stands
    )
    return document


def letterhead() -> dict[str, Any]:
    """Who writes: to be merged into the facts, since the authority's name and address are facts like any other."""
    now = policy.in_force()
    return {
        "letterhead": {
            "authority": now.authority_name,
            "address": now.office_address.splitlines(),
            "email": now.office_email,
            "phone": now.office_phone,
            "contact": now.office_contact,
            "hours": now.office_hours,
            "word": now.authority_word,
            "department": now.department_word,
            "colour": now.brand_colour,
        }
    }


def pdf(document: Document) -> bytes:
    """The document's bytes, printed on first use and stored. Of two who print at once, one is stored; both get it."""
    if not document.sha256 or document.pdf is None:
        with words.scope(lambda: words_of(document)):
            printed = preview(document.kind, title=document.title, facts=document.facts, on=document.created_at)
        Document.objects.filter(pk=document.pk, pdf__isnull=True).update(
            pdf=printed, sha256=hashlib.sha256(printed).hexdigest()
        )
        document.refresh_from_db(fields=["pdf", "sha256"])
    return bytes(document.pdf or b"")


def own_words() -> dict[str, Any]:
    """The scheme's words, where they are not the standard ones, as a paper keeps them among its facts."""
    now = words.current()
    return {} if now is words.STANDARD else {WORDS: now.kept()}


def words_of(document: Document) -> words.Words:
    """The words in which a paper was frozen: a newer policy changes nothing of what it says."""
    return words.Words.of(document.facts.get(WORDS))


def fingerprint(document: Document) -> str:
    """The SHA-256 of the document's bytes: what people sign (R-8.12). Prints if that was not done yet."""
    if not document.sha256:
        pdf(document)
    return document.sha256


def forget_names(document: Document, names: Sequence[str]) -> None:
    """Put "a colleague" for these names in what the document states; bytes that said them are thrown away.

    They are printed again, from the cleaned facts, when somebody asks. Never for what people sign: its words stand.
    """
    if document.stands:
        return
    title, facts = protected.cleaned(document.title, names), protected.cleaned(document.facts, names)
    if (title, facts) != (document.title, document.facts):
        most = Document._meta.get_field("title").max_length
        Document.objects.filter(pk=document.pk).update(title=title[:most], facts=facts, pdf=None, sha256="")


def download(document: Document, *, filename: str = "") -> HttpResponse:
    """The stored document as a file to save."""
    return as_file(pdf(document), filename or f"{slugify(document.title) or document.kind}.pdf")


def as_file(data: bytes, filename: str) -> HttpResponse:
    """PDF bytes as a file to save. Never shown inside a page, never kept by a shared cache."""
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=filename),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def preview(kind: str, *, title: str, facts: dict[str, Any], on: datetime) -> bytes:
    """Print `templates/documents/<kind>.html` without storing anything. Same arguments, same bytes."""
    kept = words.scope(lambda: words.Words.of(facts[WORDS])) if WORDS in facts else nullcontext()
    with kept:
        html = render_to_string(
            f"documents/{kind}.html", {**_plain(facts), "title": title, "created_at": on, "language": LANGUAGE}
        )
    return _thread(os.getpid()).submit(_print, html).result()


def load() -> None:
    """Import what prints, in a worker's parent before its fork, so that no child has to: it is most of their start."""
    import weasyprint.text.fonts  # noqa: F401, PLC0415 (see _Press)


def warm_up() -> None:
    """Load the fonts and the style sheet before the first letter, in a worker's child after its fork."""
    _thread(os.getpid()).submit(_press, os.getpid()).result()


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(words.said(facts), cls=DjangoJSONEncoder))
    return plain


class _Boxes(logging.Filter):
    """Notes the signs for which WeasyPrint draws a box, which it tells the log alone, and lets only errors through."""

    def __init__(self) -> None:
        super().__init__()
        self.signs: list[str] = []

    def filter(self, record: logging.LogRecord) -> bool:
        if record.msg.startswith(".notdef glyph") and isinstance(record.args, tuple):
            self.signs.append(str(record.args[0]))
        return record.levelno >= logging.ERROR


@cache
def _thread(pid: int) -> ThreadPoolExecutor:
    """One thread per process does all the layout.

    A worker's own stack is deep already, and CPython 3.11 then maps and unmaps memory at every step of the layout's
    recursion: a sixth slower. A thread starts with a stack of its own. The process id is the key because threads do
    not survive a fork. The database is never touched in here.
    """
    return ThreadPoolExecutor(1, thread_name_prefix="press")


def _print(html: str) -> bytes:
    return _press(os.getpid()).print(html)


class _Press:
    """What is made once per process: each FontConfiguration leaks a fifth of a megabyte, and parsing CSS is slow."""

    def __init__(self) -> None:
        # Imported here, once: it costs 0.3 s and 20 MB, which no web page that prints nothing should pay.
        import weasyprint  # noqa: PLC0415
        from weasyprint.text import fonts  # noqa: PLC0415
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415

        class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
            """No document reaches the network, or any file but our own."""

            def fetch(self, url: str, headers: Any = None) -> Any:
                path = Path(unquote(urlsplit(url).path)).resolve()
                if urlsplit(url).scheme != "file" or not any(path.is_relative_to(f) for f in READABLE):
                    raise FatalURLFetchingError(f"a document may not fetch {url}")
                return URLFetcherResponse(url, path.read_bytes())

        self.boxes = _Boxes()
        log = logging.getLogger("weasyprint")
        log.addFilter(self.boxes)
        log.setLevel(logging.WARNING)
        self.html = weasyprint.HTML
        self.not_ours = FatalURLFetchingError
        self.fetcher = OwnFilesOnly()
        self.fonts = fonts.FontConfiguration()
        self.style = weasyprint.CSS(
            filename=str(TEMPLATES / "document.css"), font_config=self.fonts, url_fetcher=self.fetcher
        )

    def print(self, html: str) -> bytes:
        page = self.html(string=html, base_url=f"{TEMPLATES.as_uri()}/", url_fetcher=self.fetcher)
        require_accessible(page.etree_element)
        try:
            laid_out = page.render(stylesheets=[self.style], font_config=self.fonts, pdf_variant="pdf/ua-1")
        except self.not_ours as error:
            raise Unprintable(str(error)) from None
        if not (laid_out.metadata.title or "").strip():
            raise Unprintable("the document has no <title>")
        self.boxes.signs.clear()
        data: bytes = laid_out.write_pdf(
            pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
            finisher=tagging.mend,
        )
        if self.boxes.signs:
            raise MissingSigns(self.boxes.signs)
        return data


@cache
def _press(pid: int) -> _Press:
    return _Press()


def require_accessible(root: Any) -> None:
    """WeasyPrint only logs what makes a tagged PDF useless to a screen reader: here it is an error."""
    if root.get("lang") != LANGUAGE:
        raise Unprintable(f'the document is not marked as lang="{LANGUAGE}"')
    for image in root.iter("img"):
        if image.get("alt") is None:
            raise Unprintable(f"the picture {image.get('src')} has no alt text")


def as_download(data: bytes, title: str) -> HttpResponse:
    """PDF bytes under a name made from the title."""
    return as_file(data, f"{slugify(title)[:100]}.pdf")
