"""The contract and the ten items for somebody who is supported, by their own link (section G)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from astcoord.core import documents
from astcoord.core.access import public
from placements.agreement.documents.protocol import AGENDA, agenda_facts_for
from placements.agreement.reads import supported as reads
from placements.placement.views import paper
from placements.supported.models import SupportedStaff
from placements.supported.views.own import WHY, by_own_link


@public(WHY)
@require_safe
@by_own_link
def contract_for_person(request: HttpRequest, token: str, person: SupportedStaff) -> HttpResponse:
    """The contract in which they stand, signed or as it was issued."""
    document = reads.contract_for(person)
    if document is None:
        raise Http404
    return documents.download(document, filename="ast-contract.pdf")


@public(WHY)
@require_safe
@by_own_link
def protocol_for_person(request: HttpRequest, token: str, person: SupportedStaff) -> HttpResponse:
    """The ten items as agreed so far."""
    if not reads.has_protocol(person):
        raise Http404
    facts = agenda_facts_for(person)
    title = f"Protocol, {person.placement.reference}"
    return paper(documents.preview(AGENDA, title=title, facts=facts, on=timezone.now()), "ast-ten-items.pdf")
