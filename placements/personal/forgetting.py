"""Taking the people supported out of everything that a request and its placements say (section G).

Their rows stay, numbered and without name or address: that two teachers were supported is no longer about anybody.
Free text may name them too, so every text is gone through. Contracts are signed and never change; they hold initials
only, and no names in their aims (see `documents.contracts`). History holds no names either (`core.protected`).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower

from astcoord.core import documents, protected
from astcoord.core.housekeeping import forget_readers
from astcoord.core.models.documents import Document
from placements.agreement.models import ContractVersion, ProtocolItem
from placements.days.models import DayPart, OutreachDay
from placements.matching.models import Match, MatchAnswer
from placements.papers.models import SharedDocument
from placements.placement.models import Meeting, Objective, Placement
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.supported.models import Confirmation, SupportedStaff
from placements.supported.names import REMOVED, of_request
from staff.accounts.models import User

Texts = Sequence[str]

REQUEST_TEXTS: Texts = (
    *("aspect", "other_work", "task", "need", "evidence", "training_need", "outcome", "criterion"),
    *("no_priority_reason", "realism", "questions", "ending_note"),
)
PLACEMENT_TEXTS: Texts = (
    *("focus", "no_priority_reason", "day_shape", "host_expectations", "ast_expectations", "meeting_place"),
    *("visit_waived_reason", "override_reason", "cover_note", "ended_reason"),
)

on_forget: list[Callable[[Sequence[int], Sequence[str]], object]] = []
"""What the floor above does: functions of (ids of the placements, names)."""


@transaction.atomic
def forget_people(request: OutreachRequest) -> int:
    """Take the names out of a request and all that came of it; how many people. A second call finds nobody."""
    OutreachRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    names = of_request(request.pk)
    placements = list(Placement.objects.filter(request=request).values_list("pk", flat=True))
    for rows, fields in _texts_of(request, placements):
        clean(rows, fields, names)
    for tell in on_forget:
        tell(placements, names)
    asked = RequestedStaff.objects.filter(request=request)
    placed = SupportedStaff.objects.filter(placement__in=placements)
    things = (Match.objects.filter(request=request), Placement.objects.filter(request=request), placed)
    clean_documents([request, *(thing for rows in things for thing in rows)], names)
    _forget_own_words(placements)
    _forget_addresses(asked, placed)
    return _number(asked) + _number(placed)


def _forget_addresses(*people: QuerySet[Any]) -> None:
    """E-mails to people without an account are forgotten with them; an account's own stay as long as all e-mails."""
    addresses = {address.lower() for rows in people for address in rows.values_list("email", flat=True) if address}
    accounts = User.objects.annotate(address=Lower("email")).filter(address__in=addresses)
    forget_readers(addresses - set(accounts.values_list("address", flat=True)))


def _forget_own_words(placements: list[int]) -> None:
    """What the people supported wrote of themselves goes, and their links open nothing. That they confirmed stays."""
    Confirmation.objects.filter(person__placement__in=placements).update(development="", gain="")
    SupportedStaff.objects.filter(placement__in=placements).update(link_version=0)
    DayPart.objects.filter(day__placement__in=placements).update(same_class="")  # made of a text that may name them


def _texts_of(request: OutreachRequest, placements: list[int]) -> list[tuple[QuerySet[Any], Texts]]:
    return [
        (OutreachRequest.objects.filter(pk=request.pk), REQUEST_TEXTS),
        (Match.objects.filter(request=request), ("lower_choice_reason", "reasons")),
        (MatchAnswer.objects.filter(match__request=request), ("reason",)),
        (Placement.objects.filter(pk__in=placements), PLACEMENT_TEXTS),
        (Objective.objects.filter(placement__in=placements), ("text", "baseline", "criterion", "evidence")),
        (Meeting.objects.filter(placement__in=placements), ("absence_consent", "notes")),
        (ProtocolItem.objects.filter(placement__in=placements), ("note", "action")),
        (SharedDocument.objects.filter(placement__in=placements), ("owner",)),
        (OutreachDay.objects.filter(placement__in=placements), ("note", "cancelled_reason")),
        (DayPart.objects.filter(day__placement__in=placements), ("taught", "other_watcher")),
        (ContractVersion.objects.filter(placement__in=placements), ("change",)),
    ]


def clean(rows: QuerySet[Any], fields: Texts, names: Sequence[str]) -> None:
    """Put "a colleague" for every name in these fields of these rows."""
    for row in rows:
        changed = {name: _cut(row, name, protected.cleaned(getattr(row, name), names)) for name in fields}
        changed = {name: value for name, value in changed.items() if value != getattr(row, name)}
        if changed:
            type(row)._default_manager.filter(pk=row.pk).update(**changed)


def clean_documents(things: Iterable[models.Model], names: Sequence[str]) -> None:
    """The same for papers about these things that nobody has signed."""
    signed = ContractVersion.objects.filter(placement__in=[t.pk for t in things if isinstance(t, Placement)])
    kept = {pk for pair in signed.values_list("document", "signed_document") for pk in pair}
    for thing in things:
        for document in Document.objects.about(thing).exclude(pk__in=[pk for pk in kept if pk]):
            documents.forget_names(document, names)


def _cut(row: models.Model, name: str, value: Any) -> Any:
    """ "a colleague" may be longer than the name was."""
    most = getattr(row._meta.get_field(name), "max_length", None)
    return value[:most] if isinstance(value, str) and most else value


def _number(people: QuerySet[Any]) -> int:
    """“Name removed 1”, “Name removed 2”; the address goes too, and what was declared."""
    left = list(people.exclude(name__startswith=REMOVED).order_by("pk"))
    done = people.filter(name__startswith=REMOVED).count()
    for number, person in enumerate(left, start=done + 1):
        person.name, person.email = f"{REMOVED} {number}", ""
        person.save(update_fields=["name", "email"])
    return len(left)
