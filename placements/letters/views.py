"""Availability letters: rounds, one round’s progress, what failed, what goes by post, a head’s own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from astcoord.core import delays, documents, policy
from astcoord.core.access import Request, access, asked_by_itself
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from astcoord.core.wording import counted
from astcoord.core.words import say, say_later
from astcoord.ui.forms import ConfirmForm, keys_in
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, sent, submit
from placements.letters import actions, reads
from placements.letters import documents as letters_documents
from placements.letters.actions import APPROVED
from placements.letters.filters import LetterFilter, RoundFilter
from placements.letters.forms import EarlyIssueForm, PostedForm
from placements.letters.lifecycle import RoundStatus
from placements.letters.models import Letter, LetterRound
from placements.letters.tables import LetterTable, RoundTable
from schools.calendar.models import Term
from schools.register.models import School
from staff.accounts.permissions import is_coordinator

READERS = OFFICE | {Role.OFFICER}
AT_A_TIME = 40
"""Letters in one file to print: a few seconds' work."""

MENDED = {
    "no-address": ("staff:policy_change", "Change the policy"),
    "no-asts": ("staff:posts", say_later("ASTs")),
    "no-signatory": ("staff:people", "People"),
}
"""Where to mend what keeps letters from going out, by the problem's code."""


@access(READERS)
class RoundList(FilteredList):
    table_class = RoundTable
    filterset_class = RoundFilter
    title = "Letters to schools"
    template_name = "placements/letters/rounds.html"

    def get_queryset(self) -> QuerySet[LetterRound]:
        return reads.rounds()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "may_issue": is_coordinator(self.request.user)}


@access(READERS)
class RoundPage(FilteredList):
    """One round: how far it has come, and every school's letter."""

    table_class = LetterTable
    filterset_class = LetterFilter
    template_name = "placements/letters/round.html"
    csv_name = "letters"

    def dispatch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.round = get_object_or_404(LetterRound.objects.select_related("term"), pk=kwargs["pk"])
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_queryset(self) -> QuerySet[Letter]:
        letters = Letter.objects.visible_to(self.request.user).filter(round=self.round)
        found = reads.with_back(reads.with_state(letters)).select_related("school", "message")
        return found.prefetch_related("message__about")  # whose names a message may hold is asked of what it is about

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        progress = reads.progress(self.round)
        return {
            **super().get_context_data(**kwargs),
            "title": str(self.round),
            "round": self.round,
            "progress": progress,
            "delays": delays.told(self.request.user, timezone.now()),
            "to_post": progress.of(reads.LetterState.TO_POST),
            "retry_words": f"Try {progress.of(reads.LetterState.FAILED)} failed again",
            "retryable": progress.of(reads.LetterState.FAILED),
            "doubtful": reads.doubtful(self.round),
            "may_approve": is_coordinator(self.request.user),
            "is_office": self.request.user.has_role(*OFFICE),
            "first": self.round.letters.order_by("school__name_key").values_list("pk", flat=True).first(),
        }


@access(READERS)
@asked_by_itself
def progress(request: Request, pk: int) -> HttpResponse:
    """The part of a round's page that changes while it runs; fetched again and again by htmx."""
    letter_round = get_object_or_404(LetterRound, pk=pk)
    context = {
        "round": letter_round,
        "progress": reads.progress(letter_round),
        "delays": delays.told(request.user, timezone.now()),
    }
    return render(request, "placements/letters/_progress.html", context)


@access(Role.COORDINATOR)
def early_issue(request: Request) -> HttpResponse:
    """Prepare another round now, because an AST has become available (R-5.2)."""
    terms = Term.objects.touching(today(), today()) | Term.objects.filter(
        pk__in=Term.objects.after(today()).values("pk")[:1]
    )
    form = EarlyIssueForm(sent(request), terms=terms.order_by("starts_on"))
    if done := submit(form, lambda data: actions.issue_early(term=data["term"], by=request.user)):
        messages.success(request, "The letters are prepared. Look at one, then approve them.")
        return redirect("placements:letter_round", done.result.pk)
    problems = actions.problems_now(by=request.user)
    schools = School.objects.served(policy.in_force()).count()
    lead = (
        f"Use this when {say('an AST')} has become available since the last letters. A letter to "
        f"each of the {schools} schools "
        "served is prepared with today’s numbers. Nothing is sent until you approve it."
    )
    title, caption = "Prepare letters now", "Letters to schools"
    return form_page(
        request,
        form,
        title=title,
        caption=caption,
        back=(caption, "placements:letter_rounds"),
        lead=[] if problems else lead,
        template="placements/letters/send.html",
        problems=[(each.message, *_mended(each.code)) for each in problems],
    )


@access(Role.COORDINATOR)
def approve(request: Request, pk: int) -> HttpResponse:
    """Send a round on its way; first says to how many, and how (R-5.4), or what is missing and where (R-17.1)."""
    letter_round = get_object_or_404(LetterRound, pk=pk)
    problems = actions.problems_of(letter_round) if letter_round.status == RoundStatus.BUILT else []
    if request.method == "POST" and not problems:
        return _change(request, pk, actions.approve_round, "The letters are on their way.")
    if letter_round.status != RoundStatus.BUILT:
        return redirect("placements:letter_round", pk)
    reached = reads.reached(letter_round)
    return form_page(
        request,
        ConfirmForm(submit="Approve and send"),
        title="Send these letters?",
        caption=str(letter_round),
        back=("Back", "placements:letter_round", pk),
        lead=[] if problems else _who_gets_one(reached),
        template="placements/letters/send.html",
        problems=[(each.message, *_mended(each.code, pk)) for each in problems],
    )


def _mended(code: str, pk: int | None = None) -> tuple[str, str]:
    """The address and the words of a link; empty where there is none."""
    if code == "prepare-again" and pk is not None:
        return reverse("placements:letters_cancel", args=[pk]), "Cancel these letters"
    name, words = MENDED.get(code, ("", ""))
    return reverse(name) if name else "", words


def _who_gets_one(reached: reads.Reached) -> list[str]:
    said = [f"{counted(reached.by_email, 'letter')} will go by e-mail, each to the address of its school."]
    if reached.by_post:
        said.append(f"{counted(reached.by_post, 'school')} without an e-mail address: print and post these letters.")
    if reached.closed:
        said.append(f"{counted(reached.closed, 'school')} closed since: no letter goes there.")
    return [*said, "What has been sent cannot be called back."]


@access(Role.COORDINATOR)
def cancel(request: Request, pk: int) -> HttpResponse:
    """Drop a round of which nothing was sent; asks first."""
    if request.method == "POST":
        return _change(request, pk, actions.cancel_round, "These letters will not be sent.")
    return form_page(
        request,
        ConfirmForm(submit="Cancel the letters", tone="warning"),
        title="Cancel these letters?",
        caption=str(get_object_or_404(LetterRound, pk=pk)),
        back=("Back", "placements:letter_round", pk),
        lead="No school will get a letter from this round. They are not prepared again by themselves: to send letters "
        "later in the term, choose “Prepare letters now”.",
    )


@access(Role.COORDINATOR)
@require_POST
def retry(request: Request, pk: int) -> HttpResponse:
    """Try again what failed, and e-mail schools that have an address by now."""
    letter_round = get_object_or_404(LetterRound, pk=pk)
    if done := attempt(request, lambda: actions.retry_round(letter_round=letter_round, by=request.user)):
        words = f"{counted(done.result, 'letter')} will be sent." if done.result else "There is nothing to send."
        messages.success(request, words)
    return redirect("placements:letter_round", pk)


@access(OFFICE)
def failed(request: Request, round_pk: int, pk: int) -> HttpResponse:
    """One letter that failed: why, and what can be done."""
    letters = Letter.objects.visible_to(request.user).select_related("school", "message", "round__term")
    letter = get_object_or_404(letters, pk=pk, round=round_pk)
    if request.method == "POST":
        if attempt(request, lambda: actions.post_instead(letter=letter, by=request.user)):
            messages.success(request, f"The letter to {letter.school} is now among those to print and post.")
        return redirect("placements:letter_round", round_pk)
    may_retry = is_coordinator(request.user)
    return render(request, "placements/letters/failed.html", {"letter": letter, "may_retry": may_retry})


@access(OFFICE)
def to_post(request: Request, pk: int) -> HttpResponse:
    """Letters to schools without an e-mail address: print them in one file, then note that they are posted."""
    letter_round = get_object_or_404(LetterRound.objects.select_related("term"), pk=pk)
    waiting = reads.to_post(letter_round)
    total = waiting.count()
    form = PostedForm(sent(request), letters=list(waiting[:AT_A_TIME]), initial={"on": today()})
    if done := submit(
        form,
        lambda data: actions.mark_posted(
            letter_round=letter_round, letter_ids=data["letter"], on=data["on"], by=request.user
        ),
    ):
        messages.success(request, f"{counted(done.result, 'letter')} noted as posted.")
        return redirect("placements:letters_to_post" if total > done.result else "placements:letter_round", pk)
    print_here = {"formaction": reverse("placements:letters_print", args=[pk]), "formmethod": "get"}
    context = {"round": letter_round, "form": form, "total": total, "print_attributes": print_here}
    return render(request, "placements/letters/to_post.html", {**context, "at_a_time": AT_A_TIME})


@access(OFFICE)
def print_run(request: Request, pk: int) -> HttpResponse:
    """The chosen letters as one file to print, a letter to a page."""
    letter_round = get_object_or_404(LetterRound, pk=pk)
    wanted = keys_in(request.GET.getlist("letter"))
    letters = list(reads.to_post(letter_round).filter(pk__in=wanted)[:AT_A_TIME])
    if not letters:
        messages.error(request, "Select the letters to print.")
        return redirect("placements:letters_to_post", pk)
    return HttpResponse(
        letters_documents.print_run(letters),
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'attachment; filename="letters-to-post.pdf"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


@access(READERS | {Role.HEADTEACHER})
def letter_pdf(request: Request, pk: int) -> HttpResponse:
    """One school's letter. A head gets the own school's, once the round is approved."""
    letters = Letter.objects.visible_to(request.user).select_related("document", "round", "school")
    letter = get_object_or_404(letters, pk=pk)
    if not request.user.has_role(*READERS) and letter.round.status not in actions.APPROVED:
        raise PermissionDenied
    return documents.download(letter.document, filename=f"ast-letter-{letter.school.urn}.pdf")


def _change(request: Request, pk: int, action: Any, words: str) -> HttpResponse:
    letter_round = get_object_or_404(LetterRound, pk=pk)
    if attempt(request, lambda: action(letter_round=letter_round, by=request.user)):
        messages.success(request, words)
    return redirect(reverse("placements:letter_round", args=[pk]))


@access(Role.HEADTEACHER)
def own_letters(request: Request) -> HttpResponse:
    """The availability letters to the head's own school or schools, the newest first."""
    schools = request.user.schools_as(Role.HEADTEACHER)
    letters = Letter.objects.visible_to(request.user).filter(school__in=schools, round__status__in=APPROVED)
    rows = letters.select_related("school", "round__term", "document").order_by("-round_id", "school__name_key")
    return render(request, "placements/letters/own.html", {"letters": rows[:30], "several": len(schools) > 1})
