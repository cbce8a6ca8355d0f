"""One request's page: one address for all who may read it; what it shows depends on who reads (section G)."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from astcoord.core import documents, policy, shown, timeline
from astcoord.core.access import Request, signed_in
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.wording import days_words
from astcoord.core.words import say
from placements.requests import reads, rules
from placements.requests.documents import FORM, form_facts
from placements.requests.lifecycle import REQUEST_BEFORE_MATCH, REQUEST_OPEN, REQUEST_WITH_COORDINATOR, RequestStatus
from placements.requests.models import OutreachRequest
from placements.requests.permissions import can_edit_request, can_withdraw_request, sees_declarations
from placements.requests.rules import found_words
from placements.requests.rules.difficulty import consent_problems
from placements.requests.tables import VIEW
from placements.requests.views.walk import place_of
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_coordinator, is_office
from staff.accounts.querysets import is_in_group
from staff.deputies import reads as deputies

ENDED = (RequestStatus.DECLINED, RequestStatus.REFERRED, RequestStatus.WITHDRAWN)
VERBS = ("request: answers changed", "request: people changed")
REALISTIC = "request: aims found realistic"
"""Of which only co-ordinators read the words: they say how hard somebody finds the work (R-6.9)."""
SAFEGUARDED = (*VERBS, REALISTIC)
"""For those who are told of safeguards: to others it would say that something was declared (section G*)."""


@dataclass(frozen=True)
class Sees:
    """What this reader is shown, and may do from here."""

    own: bool
    office: bool
    decides: bool
    whole: bool
    names: bool
    why: bool
    safeguards: bool
    declarations: bool
    can_edit: bool
    can_withdraw: bool

    @classmethod
    def of(cls, user: User, asked: OutreachRequest) -> "Sees":
        """The school's head and the office everything but declarations; others the request; officers nobody named.

        `names` lists the people, to those who may not know them by initials. `why` no priority is served is not for
        officers, who read sums (section G).
        """
        own = heads(user, asked.host_id)
        office = is_office(user)
        group = is_in_group(user, [asked.subject], asked, "host")
        is_ast = asked.matches.filter(post__user=user).exists()
        names = own or office or group or is_ast
        return cls(
            own=own,
            office=office,
            decides=is_coordinator(user),
            whole=own or office or group,
            names=names,
            why=names or not user.has_role(Role.OFFICER),
            safeguards=own or is_ast or is_coordinator(user),
            declarations=sees_declarations(user, asked),
            can_edit=can_edit_request(user, asked),
            can_withdraw=asked.status in REQUEST_OPEN | {RequestStatus.DRAFT} and can_withdraw_request(user, asked),
        )


@signed_in
@require_safe
def form_pdf(request: Request, pk: int) -> HttpResponse:
    """Every answer on paper, for whoever may open the page (R-15.9)."""
    found = OutreachRequest.objects.visible_to(request.user).select_related("host").prefetch_related("staff", "matches")
    asked = get_object_or_404(found, pk=pk)
    title = f"Request {asked.reference} of {asked.host.name}"
    sees = Sees.of(request.user, asked)
    facts = form_facts(shown.shown_to(request.user, asked), named=sees.names, why=sees.why)
    return documents.as_download(documents.preview(FORM, title=title, facts=facts, on=timezone.now()), title)


@signed_in
def detail(request: Request, pk: int) -> HttpResponse:
    """Where it stands and whose turn it is, what was asked, and what happened so far."""
    found = OutreachRequest.objects.visible_to(request.user).select_related("host", "realism_by", "created_by", "owner")
    asked = get_object_or_404(found.prefetch_related("staff", "host__statuses", "matches"), pk=pk)
    sees = Sees.of(request.user, asked)
    place = place_of(request, asked.pk) if sees.decides else None
    context = {**_context(shown.shown_to(request.user, asked), sees), "onward": _onward(asked, request.user)}
    context |= {"place": place, "view": f"?{urlencode({VIEW: place.view})}" if place else ""}
    context["cards"] = [card for show in reads.more_cards for card in show(asked, request.user, today())]
    context["deputy"] = deputies.now_for(today()).get(asked.owner_id) if sees.office and asked.owner_id else None
    context["events"] = _story(asked, sees, request.user) if sees.whole else []
    return render(request, "placements/requests/detail.html", context)


def _onward(asked: OutreachRequest, user: User) -> list[tuple[str, str]]:
    """What has come of it, as far as this reader may open it: proposals still out, and placements."""
    matches = asked.matches.awaiting_answer() if is_office(user) else asked.matches.none()
    out = [
        (f"See who has still to answer: {m.post.name}", reverse("placements:match", args=[m.pk]))
        for m in matches.select_related("post__user")
    ]
    placed = asked.placements.visible_to(user).with_people()
    return out + [
        (f"Go to {say('the placement')} of {p.post.name}, {days_words(p.days)}", p.get_absolute_url()) for p in placed
    ]


def _context(asked: OutreachRequest, sees: Sees) -> dict[str, Any]:
    context: dict[str, Any] = {
        "asked": asked,
        "sees": sees,
        "next": reads.next_words(asked, decides=sees.decides),
        "rows": [(row.label, row.value) for row in reads.rows_of(asked, why=sees.why)],
        "staff": asked.staff.all(),
        "safeguards": reads.safeguards_of(asked, today=today()) if sees.safeguards else [],
        "can_repeat": sees.own and asked.submitted_at and asked.status not in REQUEST_OPEN,
        "found": found_words(asked.days_found, asked.days),
        "ended": asked.status in ENDED or (asked.status == RequestStatus.PLACED and asked.days_open),
    }
    if sees.decides:
        context |= _for_decision(asked)
        context["consents"] = consent_problems(asked.staff.all(), policy.in_force())
    if sees.whole:
        context["host_rows"] = _host_rows(asked.host, reads.host_on(asked.host, today()))
    return context


NOT_IN_PART = {"refer", "decline"}
"""Moves that would end a request, of which a part is a placement, as if nothing had come of it (R-7.8)."""


def _story(asked: OutreachRequest, sees: Sees, reader: User) -> list[dict[str, Any]]:
    """What happened, newest first, down to who began it."""
    verbs = SAFEGUARDED if sees.safeguards else VERBS
    begun = {"title": "Begun", "when": asked.created_at, "by": str(asked.created_by)}
    untold = () if sees.decides else (REALISTIC,)
    return [*timeline.events(asked, reader=reader, verbs=verbs, untold=untold), begun]


def _for_decision(asked: OutreachRequest) -> dict[str, Any]:
    """What only the co-ordinator needs: the moves there are, and words to read closely."""
    names = {move.name for move in asked.machine.moves_from(asked.status)}
    names -= NOT_IN_PART if asked.days_found else {"settle"}
    links = [
        (label, reverse(f"placements:request_{name}", args=[asked.pk]))
        for name, label in (
            ("return", "Return with questions"),
            ("wait", "Put on the waiting list"),
            ("settle", "Leave it at the days agreed"),
            ("refer", "Refer elsewhere"),
            ("decline", "Decline"),
        )
        if name in names
    ]
    return {
        "can_take_up": "review" in names,
        "can_match": asked.status in REQUEST_WITH_COORDINATOR,
        "can_correct": asked.status in REQUEST_BEFORE_MATCH and not asked.days_found,
        "decisions": links,
        "warnings": rules.text_warnings({"task": asked.task, "need": asked.need}),
    }


def _host_rows(school: School, host: rules.Host) -> list[tuple[str, Any]]:
    """The school as the register and the inspectors have it today (R-6.8)."""
    return [
        ("School", school.name),
        ("Kind of school", school.get_phase_display()),
        ("Headteacher", school.head_name),
        ("Category", host.category or "None"),
        ("Programmes", list(host.programmes) or "None"),
    ]
