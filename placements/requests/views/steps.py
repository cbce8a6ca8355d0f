"""The journey of a request, page by page, for the head and for the office that writes one down."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from astcoord.core import policy
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.problems import Problem, refuse
from astcoord.core.roles import OFFICE, Role
from astcoord.core.words import say
from astcoord.ui.forms import ConfirmForm
from astcoord.ui.submit import attempt, form_page, refusal_of, sent, submit
from placements.requests import reads, rules
from placements.requests.actions import asking
from placements.requests.forms.brief import BRIEF, BRIEF_BY_SLUG, CHECK, brief_order, next_brief
from placements.requests.forms.people import PersonForm
from placements.requests.forms.steps import BY_SLUG, STEPS, first_unfinished, step_of
from placements.requests.lifecycle import REQUEST_EDITABLE, RequestStatus
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.requests.permissions import can_enter_request, can_send_request, sees_declarations
from staff.accounts.models import User
from staff.accounts.permissions import heads


def authored(request: Request, pk: int) -> OutreachRequest:
    """The request, for those who write in it while it may be written in; 404 for everybody else."""
    found = OutreachRequest.objects.visible_to(request.user).select_related("host").prefetch_related("staff")
    asked = get_object_or_404(found, pk=pk)
    if not (heads(request.user, asked.host_id) or can_enter_request(request.user, asked)):
        raise Http404
    return asked


def closed(asked: OutreachRequest) -> HttpResponseRedirect | None:
    """Where to go instead when the answers can no longer be changed."""
    return None if asked.status in REQUEST_EDITABLE else redirect("placements:request_detail", asked.pk)


def step_url(asked: OutreachRequest, slug: str) -> str:
    """The address of a page of the journey; of the last one for ""."""
    if slug in ("", "people"):
        return reverse("placements:request_people" if slug else "placements:request_check", args=[asked.pk])
    return reverse("placements:request_step", args=[asked.pk, slug])


def onward(asked: OutreachRequest, after: str = "") -> HttpResponseRedirect:
    """To the next page with something left to do; what is known already is skipped."""
    asked = OutreachRequest.objects.select_related("host").get(pk=asked.pk)
    found = reads.problems_of(asked, today=today())
    return redirect(step_url(asked, first_unfinished(found, after)))


def _after(asked: OutreachRequest, slug: str) -> HttpResponseRedirect:
    """A head's few pages follow one another; after the last of them comes whatever is left."""
    if slug not in BRIEF_BY_SLUG:
        return onward(asked, slug)
    following = next_brief(slug)
    return redirect(step_url(asked, following)) if following else onward(asked)


def _frame(asked: OutreachRequest, slug: str, user: User) -> dict[str, Any]:
    """What every page of the journey shows around its question."""
    skip = "See all your answers" if heads(user, asked.host_id) else "Skip to the summary"
    return {
        "asked": asked,
        "back": ("Back", _before(asked, _order(asked, slug, user), slug)),
        "caption": f"Request {asked.reference}{place_words(asked, slug, user)}",
        "beside": (skip, "placements:request_check", asked.pk),
    }


def _order(asked: OutreachRequest, slug: str, user: User) -> list[str]:
    """The pages of the journey that `slug` is of. A head's few pages count all the way to the check of all answers;
    the single pages, to which a change leads, stand for themselves."""
    if not heads(user, asked.host_id):
        return [step.slug for step in STEPS]
    order = brief_order(asked)
    return order if slug in order else [CHECK, slug]


def _before(asked: OutreachRequest, order: list[str], slug: str) -> str:
    """The page before this one; before a head's first, where one begins."""
    if slug == BRIEF[0].slug:
        return reverse("placements:request_start")
    before = order[order.index(slug) - 1] if order.index(slug) else ""
    return step_url(asked, "" if before == CHECK else before)


def place_words(asked: OutreachRequest, slug: str, user: User) -> str:
    """“, page 2 of 5”."""
    order = _order(asked, slug, user)
    return "" if order[0] == CHECK else f", page {order.index(slug) + 1} of {len(order)}"


@access(Role.HEADTEACHER, OFFICE)
def step(request: Request, pk: int, slug: str) -> HttpResponse:
    """One page of questions."""
    asked = authored(request, pk)
    found = BY_SLUG.get(slug) or BRIEF_BY_SLUG.get(slug)
    form_class = found.form if found else None
    if form_class is None:
        raise Http404
    if request.method != "POST" and (gone := closed(asked)):
        return gone
    form = form_class(sent(request), instance=asked, settings=policy.in_force())
    if submit(form, lambda _: asking.answer(request=asked, by=request.user, answers=form.answers())):
        return _after(asked, slug)
    page = _frame(asked, slug, request.user)
    if not heads(request.user, asked.host_id):
        page["inset"] = FOR_SCHOOL.format(asked.host.name)
    heading = "" if form.legend_is_heading else form.heading
    return form_page(request, form, title=form.heading, heading=heading, lead=form.lead, **page)


FOR_SCHOOL = "You are writing this down for {}. What you do not know, the headteacher can add."


@access(Role.HEADTEACHER, OFFICE)
def people(request: Request, pk: int) -> HttpResponse:
    """The people named so far: change, remove, add another, or go on."""
    asked = authored(request, pk)
    if gone := closed(asked):
        return gone
    staff = list(asked.staff.all())
    if not staff and request.method != "POST":
        return redirect("placements:request_person_add", asked.pk)
    form = ConfirmForm(sent(request), submit="Continue")
    nobody = [] if staff else rules.people_problems([], policy.in_force().teacher_difficulty)
    if submit(form, lambda _: refuse(nobody)):
        return onward(asked, "people")
    title = say("Who the AST would work with") if staff else "Nobody is named yet"
    page = {"staff": staff, **_frame(asked, "people", request.user)}
    return form_page(request, form, title=title, template="placements/requests/people.html", **page)


@access(Role.HEADTEACHER, OFFICE)
def person(request: Request, pk: int, person: int | None = None) -> HttpResponse:
    """Add a person or group, or change one."""
    asked = authored(request, pk)
    if request.method != "POST" and (gone := closed(asked)):
        return gone
    row = get_object_or_404(asked.staff, pk=person) if person else RequestedStaff(request=asked)
    form = PersonForm(
        sent(request),
        instance=row,
        settings=policy.in_force(),
        shows_situation=sees_declarations(request.user, asked),
    )
    held = row if person else None
    if submit(form, lambda _: asking.put_person(request=asked, by=request.user, facts=form.facts(), person=held)):
        return redirect("placements:request_people", asked.pk)
    page = _frame(asked, "people", request.user)
    if person or asked.staff.all():
        page["back"] = ("Back", "placements:request_people", asked.pk)
    if person:
        return form_page(request, form, title=f"Change {row.name}", **page)
    lead = "Name one person, or one group. You can add more afterwards."
    return form_page(request, form, title=say("Who would the AST work with?"), lead=lead, **page)


@access(Role.HEADTEACHER, OFFICE)
def person_remove(request: Request, pk: int, person: int) -> HttpResponse:
    """Ask once, then take the person off."""
    asked = authored(request, pk)
    row = get_object_or_404(asked.staff, pk=person)
    if request.method == "POST":
        if not attempt(request, lambda: asking.remove_person(request=asked, by=request.user, person=row)):
            return redirect("placements:request_detail", asked.pk)
        messages.success(request, f"{row.name} is no longer on the request.")
        return redirect("placements:request_people", asked.pk)
    return form_page(
        request,
        ConfirmForm(submit="Remove", tone="warning"),
        title=f"Remove {row.name}?",
        caption=f"Request {asked.reference}",
        back=("Back", "placements:request_people", asked.pk),
        lead=f"Everything that you have said about {row.name} is deleted.",
        beside=("Keep", "placements:request_people", asked.pk),
    )


@access(Role.HEADTEACHER, OFFICE)
def check(request: Request, pk: int) -> HttpResponse:
    """Check your answers; sending validates all of them again and says where each problem is mended."""
    asked = authored(request, pk)
    head = can_send_request(request.user, asked)
    refused: list[Problem] = []
    if request.method == "POST":
        refused = refusal_of(lambda: _send(asked, request.user, head))
        if not refused or asked.status not in REQUEST_EDITABLE:
            return redirect("placements:request_sent", asked.pk)
    elif gone := closed(asked):
        return gone
    place = place_words(asked, CHECK, request.user) if head and asked.status == RequestStatus.DRAFT else ""
    return render(request, "placements/requests/check.html", {**_check_context(asked, head, refused), "place": place})


def _send(asked: OutreachRequest, user: User, head: bool) -> None:
    """The arrow that leaves this page, by who stands here and where the request is."""
    if not head:
        asking.enter(request=asked, by=user)
    elif asked.status == RequestStatus.AWAITING_CONFIRMATION:
        asking.confirm(request=asked, by=user)
    else:
        asking.send(request=asked, by=user)


def _check_context(asked: OutreachRequest, head: bool, refused: list[Problem]) -> dict[str, Any]:
    now = today()
    left = reads.problems_of(asked, today=now) if head else reads.entry_problems(asked, today=now)
    rows = [(row.label, row.value, step_url(asked, row.step)) for row in reads.rows_of(asked)]
    return {
        "asked": asked,
        "head": head,
        "rows": rows,
        "staff": asked.staff.all(),
        "people_url": step_url(asked, "people"),
        "left": [] if refused else _pages_left(asked, left),
        "errors": _linked(asked, refused),
    }


def _pages_left(asked: OutreachRequest, found: list[Problem]) -> list[dict[str, str]]:
    """Pages not answered yet, each once, by their titles; other problems in their own words."""
    left = {}
    for problem, link in zip(found, _linked(asked, found), strict=True):
        unanswered = problem.code in ("missing", "unticked") and step_of(problem)
        text = BY_SLUG[unanswered].title if unanswered else problem.message
        left[text] = {"text": text, "href": link["href"]}
    return list(left.values())


def _linked(asked: OutreachRequest, found: list[Problem]) -> list[dict[str, str]]:
    """Problems for the error summary, each leading to the page that mends it."""
    return [
        {"text": p.message, "href": step_url(asked, slug) if (slug := step_of(p)) else "#main-content"} for p in found
    ]


@require_POST
@access(OFFICE)
def hand_over(request: Request, pk: int) -> HttpResponse:
    """The head is asked to finish a draft of the office."""
    asked = authored(request, pk)
    done = attempt(request, lambda: asking.ask_head_to_finish(request=asked, by=request.user))
    if done and done.result:
        messages.success(request, f"The headteacher of {asked.host.name} has been asked to finish the request.")
    elif done:
        messages.error(request, f"{asked.host.name} has no headteacher account. Invite the headteacher first.")
    return redirect("placements:request_check", asked.pk)
