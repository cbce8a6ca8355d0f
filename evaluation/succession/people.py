"""What somebody wrote and may still change, of an account that is merged into another one (R-17.7)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from astcoord.core.consequences import Hanging
from astcoord.core.wording import counted
from evaluation.diary.models import DiaryEntry
from evaluation.evidence.models import Evidence
from evaluation.ideas.models import Idea
from evaluation.materials.models import Material
from staff.accounts.events import Merging
from staff.accounts.models import User


def merged(event: Merging) -> Iterator[Hanging]:
    """Diary, evidence, materials and ideas. Four queries."""
    for title, rows, _ in _own(event):
        if count := rows.count():
            yield Hanging(counted(count, *title), "Goes over" if count == 1 else "Go over")


def carry_merged(event: Merging, by: User | None) -> None:
    """The account that goes on is their author, and may change what the person might change."""
    for _, rows, column in _own(event):
        event.move(rows, column)


def _own(event: Merging) -> list[tuple[tuple[str, ...], "QuerySet[Any]", str]]:
    return [
        (("diary entry", "diary entries"), DiaryEntry.objects.filter(author=event.other), "author"),
        (("piece of evidence", "pieces of evidence"), Evidence.objects.filter(added_by=event.other), "added_by"),
        (("material", "materials"), Material.objects.filter(author=event.other), "author"),
        (("idea brought back", "ideas brought back"), Idea.objects.filter(author=event.other), "author"),
    ]
