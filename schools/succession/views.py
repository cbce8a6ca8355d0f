"""What follows a school that closed: which are waiting, which school follows, and all that goes over (R-17.6)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.problems import refuse
from astcoord.core.roles import Role
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from astcoord.ui.submit import form_page, sent, submit
from schools.register.models import School
from schools.succession import actions, reads, rules
from schools.succession.forms import NOBODY, OTHER, FollowsForm, SettleForm
from schools.succession.models import Succession

NONE = 0
"""In an address, for no successor: no school has this URN."""

LEAD = say_later(
    "Contracts that were signed, letters that were sent and placements that are closed keep the name of the school "
    "that closed. The headteacher and governors of the school that follows may still read them."
)
WITHOUT_STATUSES = (
    "Categories and programmes stay with the school that closed: a new school begins without. If the new one is in "
    "one, record it on its own page."
)


@access(Role.COORDINATOR)
def closed(request: Request) -> HttpResponse:
    """Schools that closed while something hangs on them."""
    return render(request, "schools/succession/closed.html", {"rows": reads.unsettled(today())})


@access(Role.COORDINATOR)
def follows(request: Request, urn: int) -> HttpResponse:
    """Name the school that follows; the register's links propose it."""
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    answer = reads.answer_of(school)
    proposed = reads.successors_of([school]).get(school.pk, [])
    form = FollowsForm(sent(request), school=school, proposed=proposed, initial=_usual(answer, proposed))
    if submit(form, lambda _: refuse(actions.problems_of(school=school, successor=form.following()))):
        following = form.following()
        return redirect("schools:follows_settle", urn, following.urn if following else NONE)
    return form_page(
        request,
        form,
        title=f"What follows {school.name}?",
        heading="What follows this school?",
        caption=school.name,
        back=("Back", school),
        lead=[
            " ".join(problem.message for problem in rules.school_problems(school, for_good=False)),
            f"The school closed on {date_words(school.closed_on)}." if school.closed_on else "",
            "An academy or a merged school has a new URN, and so it is another school here. Say which one goes on with "
            "the work of this one. You see everything that would go over before anything does.",
        ],
        inset=_said(answer),
    )


@access(Role.COORDINATOR)
def settle(request: Request, urn: int, successor: int) -> HttpResponse:
    """Everything that hangs on the school, what becomes of it, and the one button that does it."""
    schools = School.objects.visible_to(request.user)
    school = get_object_or_404(schools, urn=urn)
    following = get_object_or_404(schools, urn=successor) if successor != NONE else None
    answer = reads.answer_of(school)
    on = rules.first_day(school, following, today=today())
    form = SettleForm(
        sent(request),
        initial={"on": on, "seen": str(answer.pk) if answer else ""},
        submit=f"Move everything to {following.name}" if following else "Record that it has closed for good",
        hint="Roles end the day before, and begin at the other school on this day" if following else "",
    )

    def act(data: dict[str, Any]) -> Succession:
        seen = answer if answer and str(answer.pk) == data["seen"] else None
        return actions.settle(school=school, successor=following, on=data["on"], instead_of=seen, by=request.user)

    if submit(form, act):
        messages.success(
            request, f"{following.name} goes on with everything that could go over." if following else "Recorded."
        )
        return redirect(school)
    again = answer is not None and answer.successor_id == (following.pk if following else None)
    return form_page(
        request,
        form,
        title=f"{following.name} follows" if following else "Closed for good",
        caption=school.name,
        back=("Back", "schools:follows", urn),
        lead=[LEAD, WITHOUT_STATUSES] if following else [],
        inset=_said(answer),
        warning=" ".join(problem.message for problem in actions.problems_of(school=school, successor=following)),
        template="hanging_page.html",
        sections=reads.what_goes(school, following, on, None if again else answer),
    )


def _usual(answer: Succession | None, proposed: list[School]) -> dict[str, Any]:
    """What is ticked at first: what was said, else the one school that the register proposes."""
    if answer is None:
        return {"choice": str(proposed[0].urn)} if len(proposed) == 1 else {}
    if answer.successor is None:
        return {"choice": NOBODY}
    if answer.successor in proposed:
        return {"choice": str(answer.successor.urn)}
    return {"choice": OTHER, "successor": answer.successor}


def _said(answer: Succession | None) -> str:
    """What was said before, and that it can be put right."""
    if answer is None:
        return ""
    day = date_words(answer.on)
    if answer.successor is None:
        return f"It was said that no school follows, from {day}. If one does, choose it."
    return (
        f"{answer.successor.name} follows since {day}. If that is wrong, choose another school, or none: what went "
        "over then goes on from there or comes back, and nothing of that school’s own moves."
    )
