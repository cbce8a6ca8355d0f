"""A job description on paper: four parts, its version, and “draft” on every page until both have agreed (R-15.6)."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from astcoord.core import documents
from astcoord.core.models.documents import Document
from astcoord.core.wording import date_words
from astcoord.core.words import say
from staff.accounts.models import User
from staff.descriptions.lifecycle import DESCRIPTION_AGREED
from staff.descriptions.models import JobDescription
from staff.descriptions.reads import parts_of, plans_of

KIND = "job-description"


def title_of(description: JobDescription) -> str:
    """What the file is called."""
    draft = "" if description.status in DESCRIPTION_AGREED else ", draft"
    return f"Job description, {description.post.name}, version {description.version}{draft}"


def facts_of(description: JobDescription) -> dict[str, Any]:
    """Everything that the paper says."""
    post, agreed = description.post, description.status in DESCRIPTION_AGREED
    rows = [
        [say("Advanced Skills Teacher"), post.name],
        ["School", post.home.name],
        ["Version", str(description.version)],
    ]
    if agreed:
        rows += [
            ["In force from", _day(description.agreed_on)],
            ["Agreed by the headteacher", f"{description.head_agreed_by}, {_day(description.head_agreed_on)}"],
            [say("Agreed by the AST"), f"{post.name}, {_day(description.ast_agreed_on)}"],
        ]
    return {
        **documents.letterhead(),
        "draft": not agreed,
        "about": rows,
        "parts": [
            {"title": part.title, "blocks": [[block.heading, block.text, block.points] for block in part.blocks]}
            for part in parts_of(description)
        ],
        "objectives": [
            {
                "text": each.text,
                "inside": each.responsibility.text,
                "on_outreach": each.on_outreach,
                "criterion": each.criterion,
                "plans": plans_of(each),
            }
            for each in description.objectives
        ],
    }


def _day(day: date | None) -> str:
    return date_words(day) if day else ""


def freeze(description: JobDescription, *, by: User) -> Document:
    """What both have agreed, as it will read for ever."""
    title, facts = title_of(description), facts_of(description)
    return documents.freeze(KIND, title=title, facts=facts, about=description, by=by)


def download(description: JobDescription) -> HttpResponse:
    """The frozen paper of a version that was agreed; any other as it stands now, marked draft."""
    frozen = Document.objects.about(description).filter(kind=KIND).first()
    if description.status in DESCRIPTION_AGREED and frozen is not None:
        return documents.download(frozen)
    printed = documents.preview(KIND, title=title_of(description), facts=facts_of(description), on=timezone.now())
    return documents.as_download(printed, title_of(description))
