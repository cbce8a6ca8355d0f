"""AST posts that schools want to fill: the list, one post, and each stage on its way (R-1.4, R-1.7, R-2.1, R-14.5)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from astcoord.core.access import Request, access, require
from astcoord.core.roles import Role
from astcoord.core.words import say, say_later
from astcoord.ui.forms import ReasonForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import form_page, reason_page, sent, submit
from staff.accounts.permissions import is_coordinator
from staff.openings import actions, permissions, reads
from staff.openings.filters import OpeningFilter
from staff.openings.forms import AdvertForm, AskedForm, AskForm, CorrectForm, DecideForm, DiscussForm, IntroduceForm
from staff.openings.models import Opening
from staff.openings.tables import OpeningTable

READERS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER, Role.HEADTEACHER, Role.GOVERNOR})
KEEPERS = frozenset({Role.COORDINATOR, Role.HEADTEACHER})
DECIDERS = KEEPERS | {Role.GOVERNOR}


@access(READERS)
class OpeningList(FilteredList):
    """All for the office and officers; heads and governors see their own school's."""

    table_class = OpeningTable
    filterset_class = OpeningFilter
    template_name = "staff/openings/list.html"
    title = say_later("AST posts to fill")
    csv_name = "ast-posts-to-fill"
    few = -1  # what is filled or closed must be found where nothing is left to fill, too

    def get_queryset(self) -> QuerySet[Opening]:
        return Opening.objects.visible_to(self.request.user).with_school()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        office = user.has_role(Role.COORDINATOR, Role.ADMINISTRATOR, Role.OFFICER)
        return super().get_context_data(
            may_ask=user.has_role(*KEEPERS),
            ask_words="Enter an enquiry for a school" if is_coordinator(user) else say("Ask about employing an AST"),
            adverts=reads.adverts(user) if office else None,
            talks=reads.offers_to_talk(user),
            **kwargs,
        )


@access(KEEPERS)
def opening_add(request: Request) -> HttpResponse:
    """A school asks about employing an AST (R-1.7)."""
    form = AskForm(sent(request), by=request.user)
    if done := submit(form, lambda data: actions.ask(by=request.user, **data)):
        messages.success(request, say("The enquiry is recorded. The co-ordinator talks to the school next."))
        return redirect(done.result)
    lead = say(
        "The co-ordinator then talks to the school, and gives strategy and funding information. Nothing is decided by "
        "asking. Teachers who want to stay in the classroom can become ASTs, part-time and peripatetic ones too."
    )
    back = (say("AST posts to fill"), "staff:openings")
    return form_page(request, form, title=say("Ask about employing an AST"), lead=lead, back=back)


@access(READERS)
@require_safe
def opening(request: Request, pk: int) -> HttpResponse:
    """What the school has in mind, how far it is, whose turn it is."""
    found = _opening(request, pk)
    page = reads.opening_page(found, request.user)
    return render(request, "staff/openings/detail.html", {"page": page, "opening": found})


@access(KEEPERS)
def opening_change(request: Request, pk: int) -> HttpResponse:
    """What the school has in mind has changed."""
    found = _kept(request, pk)
    form = AskedForm(sent(request), opening=found)
    if submit(form, lambda data: actions.change(opening=found, by=request.user, **data)):
        return _done(request, found, "What is asked for is changed.")
    return _page(request, form, found, title="Change what is asked for")


@access(Role.COORDINATOR)
def opening_discuss(request: Request, pk: int) -> HttpResponse:
    """Log the first discussion (R-1.7)."""
    found = _opening(request, pk)
    form = DiscussForm(sent(request), opening=found)
    if submit(form, lambda data: actions.discuss(opening=found, by=request.user, **data)):
        return _done(request, found, "The discussion is recorded. The governors’ decision is next.")
    return _page(request, form, found, title="First discussion")


@access(Role.COORDINATOR)
def opening_introduce(request: Request, pk: int) -> HttpResponse:
    """Introduce two heads to each other (R-1.7)."""
    found = _opening(request, pk)
    form = IntroduceForm(sent(request), opening=found)
    if done := submit(form, lambda data: actions.introduce(opening=found, by=request.user, **data)):
        return _done(request, found, f"{done.result.colleague.name} and the school get an e-mail about each other.")
    lead = "Headteachers who agreed to talk about practicalities such as cover."
    if not form.fields["colleague"].queryset:  # type: ignore[attr-defined]
        lead = say(
            "No other headteacher has agreed to talk, or all are introduced already. Heads agree on their page “AST "
            "posts to fill”."
        )
    return _page(request, form, found, title="Introduce the school to another head", lead=lead)


@access(DECIDERS)
def opening_decide(request: Request, pk: int) -> HttpResponse:
    """The governors' decision, by a governor or the head, or the co-ordinator on their behalf (R-1.4)."""
    found = _opening(request, pk)
    require(permissions.can_decide(request.user, found))
    form = DecideForm(sent(request), opening=found)
    if submit(form, lambda _: actions.decide(opening=found, by=request.user, **form.answers())):
        return _done(request, found, "The governors’ decision is recorded. The post is open.")
    lead = say("The governing body, with the headteacher, decides to have an AST, and what the AST is responsible for.")
    return _page(request, form, found, title="The governors’ decision", lead=lead)


@access(KEEPERS)
def opening_advertise(request: Request, pk: int) -> HttpResponse:
    """The advertisement, and later how many applied (R-14.5)."""
    found = _kept(request, pk)
    form = AdvertForm(sent(request), opening=found)
    if submit(form, lambda data: actions.advertise(opening=found, by=request.user, **data)):
        return _done(request, found, "The advertisement is recorded.")
    lead = "Most schools choose from their own staff. Record an advertisement where the post was open to others."
    return _page(request, form, found, title="Advertisement", lead=lead)


@access(KEEPERS)
def opening_close(request: Request, pk: int) -> HttpResponse:
    """No AST post is wanted now."""
    found = _kept(request, pk)
    return reason_page(
        request,
        partial(actions.close, opening=found, by=request.user),
        title=say("Close this AST post"),
        done="The post is closed.",
        to=found,
        form=ReasonForm(sent(request), submit="Close it", label="Why is it closed?", tone="warning", most=300),
        caption=found.school.name,
        back=("Back", found),
        lead=say("Nobody is looked for any more. Ask anew when the school wants an AST after all."),
    )


@access(Role.COORDINATOR)
def opening_correct(request: Request, pk: int) -> HttpResponse:
    """Another stage, with a reason (R-2.1)."""
    found = _opening(request, pk)
    form = CorrectForm(sent(request), opening=found)
    if done := submit(form, lambda data: actions.correct(opening=found, by=request.user, **data)):
        return _done(request, found, f"The stage is now: {done.result.get_status_display()}.")
    lead = (
        f"It is now: {found.get_status_display()}. Going back takes away what was recorded of later stages; the audit "
        "trail keeps it. No post goes on without the governors’ decision."
    )
    return _page(request, form, found, title="Correct the stage", lead=lead)


@access(Role.HEADTEACHER)
@require_POST
def talk_offer(request: Request) -> HttpResponse:
    """This head agrees to talk to other heads (R-1.7)."""
    actions.offer_talk(by=request.user)
    messages.success(request, say("Thank you. The co-ordinator can introduce other headteachers to you."))
    return redirect("staff:openings")


@access(Role.HEADTEACHER)
@require_POST
def talk_back(request: Request) -> HttpResponse:
    """This head is not asked any more."""
    actions.take_talk_back(by=request.user)
    messages.success(request, "Nobody is introduced to you any more.")
    return redirect("staff:openings")


def _opening(request: Request, pk: int) -> Opening:
    visible = Opening.objects.visible_to(request.user).with_school().select_related("asked_by")
    return get_object_or_404(visible, pk=pk)


def _kept(request: Request, pk: int) -> Opening:
    found = _opening(request, pk)
    require(permissions.can_keep(request.user, found))
    return found


def _page(request: Request, form: Any, found: Opening, *, title: str, lead: str = "") -> HttpResponse:
    return form_page(request, form, title=title, caption=found.school.name, back=("Back", found), lead=lead)


def _done(request: Request, found: Opening, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(found)
