"""Do the records still agree with their fingerprints? Looked at every night, piece by piece (R-8.12, R-16.3).

Each floor says what it stores with a SHA-256. A round goes through all of it by number, a few rows at a time, and
remembers how far it has come; the next piece of work, by whichever worker, goes on from there. What does not agree is
written down once, in the audit trail and for the co-ordinator's first page, and into the log at every round.
"""

import hashlib
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from astcoord.core import audit
from astcoord.core.models.documents import Document
from astcoord.core.models.records import Mismatch, RecordCheck

logger = logging.getLogger(__name__)

AT_ONCE = 25
"""Rows between two notes of how far it is; their bytes are in memory one at a time."""
OTHER_BYTES = "Its bytes are not those that were stored."


@dataclass(frozen=True)
class Store:
    """One kind of thing with a fingerprint: its rows, with what `wrong` reads, and why a row is wrong, if it is."""

    model: type[models.Model]
    rows: Callable[[], Any]
    wrong: Callable[[Any], str]

    @property
    def name(self) -> str:
        return self.model._meta.label


_stores: dict[str, Store] = {}


def register(stores: Iterable[Store]) -> None:
    """Add kinds of things; one of the same model again replaces the other."""
    _stores.update({store.name: store for store in stores})


def agrees(data: Any, sha256: str) -> str:
    """Nothing, or in words that bytes have another fingerprint than the one written down."""
    return "" if hashlib.sha256(bytes(data or b"")).hexdigest() == sha256 else OTHER_BYTES


def go_on(*, seconds: float | None = None, anew: bool = False) -> RecordCheck:
    """Look at the next pieces, for about so many seconds, or to the end; how far it is then.

    A new round begins when the last is over and was begun on an earlier day, or with `anew`. Of two at once, one stops.
    """
    until = None if seconds is None else time.monotonic() + seconds
    check = _round(anew)
    while check.finished_at is None and _piece(check) and (until is None or time.monotonic() < until):
        pass
    return check


def open_mismatches() -> models.QuerySet[Mismatch]:
    """What does not agree at present."""
    return Mismatch.objects.filter(mended_at=None)


def _round(anew: bool) -> RecordCheck:
    now = timezone.now()
    check, _ = RecordCheck.objects.get_or_create(pk=1, defaults={"started_at": now})
    over = check.finished_at is not None and timezone.localdate(check.started_at) < timezone.localdate(now)
    if anew or over:
        _note(check, started_at=now, finished_at=None, store="", upto=0, looked=0)
    return check


def _piece(check: RecordCheck) -> bool:
    """Look at a few rows, and note it; False where somebody else has gone on meanwhile."""
    names = sorted(name for name in _stores if name >= check.store)
    if not names:
        return _finish(check)
    store = _stores[names[0]]
    upto = check.upto if store.name == check.store else 0
    rows = store.rows()
    numbers = list(rows.filter(pk__gt=upto).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    known = _open(store, numbers)
    for number in numbers:
        if (row := rows.filter(pk=number).first()) is not None:
            _judge(store, row, known.get(number))
    if numbers:
        return _note(check, store=store.name, upto=numbers[-1], looked=check.looked + len(numbers))
    after = names[1] if len(names) > 1 else ""
    return _note(check, store=after, upto=0) if after else _finish(check)


def _finish(check: RecordCheck) -> bool:
    """The end of a round. What did not agree and was removed since, as a file may be, is nobody's to mend."""
    by_type: dict[int | None, Store] = {
        ContentType.objects.get_for_model(store.model).pk: store for store in _stores.values()
    }
    for found in open_mismatches():
        store = by_type.get(found.about_type_id)
        if store is None or not store.rows().filter(pk=found.about_id).exists():
            _settle(found, "Is kept no longer, and did not agree with its fingerprint", None)
    return _note(check, finished_at=timezone.now())


def _note(check: RecordCheck, **changes: Any) -> bool:
    """Write down how far it is, if it is still as far as `check` says."""
    as_far = {name: getattr(check, name) for name in ("started_at", "store", "upto", "finished_at")}
    if not RecordCheck.objects.filter(pk=check.pk, **as_far).update(**changes):
        return False
    for name, value in changes.items():
        setattr(check, name, value)
    return True


def _open(store: Store, numbers: list[int]) -> dict[int, Mismatch]:
    kind = ContentType.objects.get_for_model(store.model)
    return {found.about_id or 0: found for found in open_mismatches().filter(about_type=kind, about_id__in=numbers)}


@transaction.atomic
def _judge(store: Store, row: Any, known: Mismatch | None) -> None:
    words = store.wrong(row)
    if words:
        logger.error("%s %s does not agree with its fingerprint.", store.name, row.pk)
        if known is None:
            kind = ContentType.objects.get_for_model(store.model)
            _, new = Mismatch.objects.get_or_create(
                about_type=kind, about_id=row.pk, mended_at=None, defaults={"said": words}
            )
            if new:
                audit.record("Does not agree with its fingerprint", row, by=None, after={"found": words})
    elif known is not None:
        _settle(known, "Agrees with its fingerprint again", row)


@transaction.atomic
def _settle(found: Mismatch, verb: str, row: Any) -> None:
    if open_mismatches().filter(pk=found.pk).update(mended_at=timezone.now()):
        audit.record(verb, row, by=None, after={"what": found.kind_and_number()})


DOCUMENTS = Store(
    Document,
    lambda: Document.objects.exclude(pdf=None).only("pdf", "sha256"),
    lambda document: agrees(document.pdf, document.sha256),
)
