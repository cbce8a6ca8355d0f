"""Files of the six papers: uploaded by the school, replaced, taken away, and who took a copy (R-9.1, R-9.3, R-9.4)."""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from astcoord.core import audit, gate
from astcoord.core.problems import Refused, refuse
from placements.papers import permissions, rules
from placements.papers.models import PaperFile, SharedDocument
from placements.placement.lifecycle import PLACEMENT_OPEN
from placements.placement.models import Placement
from staff.accounts.models import User

Kind, State = SharedDocument.Kind, SharedDocument.State

on_change: list[Callable[[Placement, Any], object]] = []
"""What follows when a paper has been shared or taken away, as (placement, by), in the same transaction."""


@transaction.atomic
def add_file(*, paper: SharedDocument, name: str, data: bytes, by: User, consent: bool = False) -> PaperFile:
    """Store a file that the host head, or the office for the head, uploads.

    A new file takes the place of the old one, except among action plans. The same file again is the one that is
    there. A teacher's planning without the teacher's consent is held: the AST does not see it (R-9.4).
    """
    paper = _lock(paper.pk, by)
    if paper.placement.status not in PLACEMENT_OPEN:
        raise Refused([gate.out_of_turn(paper.placement, "Upload a paper")])
    safe = rules.safe_name(name)
    refuse(rules.problems_of(safe, data))
    sha256 = hashlib.sha256(data).hexdigest()
    same = paper.files.held().filter(sha256=sha256).first()
    file = same or _store(paper, safe, data, sha256, by)
    if consent and paper.kind == Kind.TEACHER_RECORDS and file.consent_at is None:
        _agree(file)
    if same is None or consent:
        _note("paper uploaded", file, by, consent=file.consent_at is not None)
    _bring_up_to_date(paper, by)
    return file


@transaction.atomic
def give_consent(*, file: PaperFile, by: User) -> PaperFile:
    """The teacher whose planning it is has agreed: from now on the AST may open it (R-9.4)."""
    paper = _lock(file.paper_id, by)
    file = paper.files.held().get(pk=file.pk)
    if file.waits_for_consent:
        _agree(file)
        _note("paper: the teacher agrees", file, by)
        _bring_up_to_date(paper, by)
    return file


@transaction.atomic
def remove_file(*, file: PaperFile, by: User) -> None:
    """Take a file away, bytes and name: at any time, also when the placement is over. Twice does no harm."""
    paper = _lock(file.paper_id, by)
    held = paper.files.held().filter(pk=file.pk).first()
    if held is None:
        return
    _wipe(paper.files.filter(pk=held.pk))
    _note("paper removed", held, by)
    _bring_up_to_date(paper, by)


def record_download(file: PaperFile, *, by: User) -> None:
    """R-9.3: every copy that somebody takes is written down, each time."""
    _note("paper downloaded", file, by)


def wipe_files(files: QuerySet[PaperFile]) -> int:
    """For the retention schedule: bytes and names go, for good; how many files."""
    return _wipe(files)


def _lock(pk: int, by: User) -> SharedDocument:
    """The paper, so that of two uploads at once one comes after the other."""
    papers = SharedDocument.objects.select_for_update(of=("self",)).select_related("placement__post")
    paper: SharedDocument = papers.get(pk=pk)
    if not permissions.can_keep_papers(by, paper.placement):
        raise PermissionDenied("keep the school’s papers")
    return paper


def _store(paper: SharedDocument, name: str, data: bytes, sha256: str, by: User) -> PaperFile:
    only = paper.kind != Kind.ACTION_PLANS
    if only:
        _wipe(paper.files.held())
    return PaperFile.objects.create(
        paper=paper,
        only=only,
        name=name,
        content_type=rules.content_type_of(name),
        size=len(data),
        sha256=sha256,
        data=data,
        uploaded_by=by,
    )


def _agree(file: PaperFile) -> None:
    file.consent_at = timezone.now()
    file.save(update_fields=["consent_at"])


def _wipe(files: QuerySet[PaperFile]) -> int:
    return files.filter(removed_at=None).update(removed_at=timezone.now(), data=None, name="")


def _bring_up_to_date(paper: SharedDocument, by: User) -> None:
    """What the AST can open counts as uploaded; what was ticked by hand stays, unless there is a file (R-9.1)."""
    there = any(not file.waits_for_consent for file in paper.files.held().select_related("paper"))
    without = State.OUTSTANDING if paper.state == State.UPLOADED else State(paper.state)
    state = State.UPLOADED if there else without
    if state != paper.state:
        paper.state = state
        paper.save(update_fields=["state"])
        for follow in on_change:
            follow(_fresh(paper.placement), by)


def _fresh(placement: Placement) -> Placement:
    return Placement.objects.with_people().get(pk=placement.pk)


def _note(verb: str, file: PaperFile, by: User, **more: Any) -> None:
    """Which file, by its fingerprint: its name may be a person's, and history cannot be edited."""
    facts: dict[str, str | int | bool | date] = {
        "paper": file.paper.get_kind_display(),
        "file": file.pk,
        "sha256": file.sha256,
    }
    audit.record(verb, file.paper.placement, by=by, after={**facts, **more})
