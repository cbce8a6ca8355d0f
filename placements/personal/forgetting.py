"""Taking the people supported out of everything that a request and its placements say (section G).

Their rows stay, numbered and without name or address: that two teachers were supported is no longer about anybody.
Free text may name them too, so every text of which a model declares that it may is gone through (`personal_data`).
Contracts are signed and never change; they hold initials only, and no names in their aims (see
`documents.contracts`). History holds no names either (`core.protected`).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from astcoord.core import documents, personal_data, protected
from astcoord.core.housekeeping import forget_readers
from astcoord.core.models.about import AppendOnly
from astcoord.core.models.documents import Document
from astcoord.core.models.messages import Message
from astcoord.core.personal_data import PersonalData
from placements.agreement.models import ContractVersion
from placements.requests.models import OutreachRequest
from placements.supported.models import SupportedStaff
from placements.supported.names import REMOVED, of_request
from staff.accounts.models import User

TO_SUPPORTED = (
    Q(key__contains=":supported:")
    | Q(kind__startswith="evaluation-link-")
    | Q(
        kind__in=[
            "supported-invited",
            "supported-reminder",
            "supported-objectives",
            "supported-new-link",
            "supported-days",
        ]
    )
)
"""E-mails to people supported, whatever their address was."""


def of_requests(requests: Any) -> Iterator[tuple[PersonalData, QuerySet[Any]]]:
    """All rows of these requests that can still be changed, with what their models declare."""
    for model in apps.get_models():
        declared = personal_data.of(model)
        if declared.case and declared.case != personal_data.ABOUT and not issubclass(model, AppendOnly):
            yield declared, model._default_manager.filter(**{f"{declared.case}__in": requests})


def still_named(requests: Any) -> list[tuple[str, QuerySet[Any]]]:
    """The people of these requests whose names are still there, with the way from them to their request."""
    people = [(declared.case, rows) for declared, rows in of_requests(requests) if declared.named]
    return [(case, rows.exclude(name__startswith=REMOVED)) for case, rows in people]


@transaction.atomic
def forget_people(request: OutreachRequest) -> int:
    """Take the names out of a request and all that came of it; how many people. A second call finds nobody."""
    OutreachRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    names = of_request(request.pk)
    _forget_addresses(request, names)
    SupportedStaff.objects.filter(placement__request=request).update(link_version=0)  # their links open nothing
    request.staff.update(situation="", consents=False)  # of a request that nobody ended: elsewhere it went earlier
    # What was agreed before this system is a record that nobody signed here: it can be cleaned like any paper.
    contracts = ContractVersion.objects.filter(placement__request=request, agreed_before=False)
    signed = {pk for pair in contracts.values_list("document", "signed_document") for pk in pair if pk}
    count = 0
    for declared, rows in of_requests([request.pk]):
        _clean_documents(rows, signed, names)
        _clean(rows, declared.may_name, names)
        count += _number(rows) if declared.named else 0
        if declared.emptied:
            rows.update(**dict.fromkeys(declared.emptied, ""))
    return count


def _forget_addresses(request: OutreachRequest, names: Sequence[str]) -> None:
    """E-mails to people without an account are forgotten with them; an account's own stay as long as all e-mails.

    Also those to an address that was corrected since: they went to the person's own page or form.
    """
    every = list(of_requests([request.pk]))
    people = [rows for declared, rows in every if declared.named]
    found = {address for rows in people for address in rows.values_list("email", flat=True)}
    for _, rows in every:
        kind = ContentType.objects.get_for_model(rows.model)
        about = Message.objects.filter(TO_SUPPORTED, about_type=kind, about_id__in=rows.values("pk"))
        found |= set(about.values_list("to_email", flat=True))
    addresses = {address.lower() for address in found if address}
    accounts = User.objects.annotate(address=Lower("email")).filter(address__in=addresses)
    forget_readers(addresses - set(accounts.values_list("address", flat=True)), names)


def _clean(rows: QuerySet[Any], columns: Sequence[str], names: Sequence[str]) -> None:
    """Put "a colleague" for every name in these columns of these rows."""
    for row in rows if columns else ():
        changed = {column: protected.redacted(row, column, names) for column in columns}
        changed = {column: value for column, value in changed.items() if value != getattr(row, column)}
        if changed:
            type(row)._default_manager.filter(pk=row.pk).update(**changed)


def _clean_documents(rows: QuerySet[Any], signed: set[int], names: Sequence[str]) -> None:
    """The same for papers about these rows that nobody has signed."""
    kind = ContentType.objects.get_for_model(rows.model)
    for document in Document.objects.filter(about_type=kind, about_id__in=rows.values("pk")).exclude(pk__in=signed):
        documents.forget_names(document, names)


def _number(people: QuerySet[Any]) -> int:
    """“Name removed 1”, “Name removed 2” for those who still have one; how many."""
    left = list(people.exclude(name__startswith=REMOVED).order_by("pk"))
    done = people.filter(name__startswith=REMOVED).count()
    for number, person in enumerate(left, start=done + 1):
        person.name = f"{REMOVED} {number}"
        person.save(update_fields=["name"])
    return len(left)
