"""From the candidate to the post that is held, and what was got wrong on the way (R-2.1 to R-2.4, R-14.4)."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from astcoord.core.access import Request, access, require
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.wording import date_words
from astcoord.core.words import say
from astcoord.ui.submit import form_page, sent, submit
from staff.appointing import permissions
from staff.appointing.actions import assessing, candidates, correcting
from staff.appointing.forms import (
    AppointForm,
    BookForm,
    CandidateForm,
    ChangeCandidateForm,
    CloseForm,
    CorrectForm,
    ResultForm,
    StageForm,
)
from staff.appointing.models import Assessment
from staff.appointing.reads import wanted
from staff.inductions.reads import before_assessment
from staff.openings.models import Opening
from staff.posts.events import CORRECTING, TAKEN_BACK, Correcting, TakenBack
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from staff.posts.views.changing import change_page

KEEPERS = frozenset({Role.COORDINATOR, Role.HEADTEACHER})


@access(KEEPERS)
def opening_candidate(request: Request, pk: int) -> HttpResponse:
    """The school names its candidate (R-2.1)."""
    opening = get_object_or_404(Opening.objects.visible_to(request.user).with_school(), pk=pk)
    require(permissions.can_name(request.user, opening))
    form = CandidateForm(sent(request), initial={"subjects": [opening.subject] if opening.subject else []})
    if done := submit(form, lambda data: _name(form, opening, request, data)):
        messages.success(request, f"{done.result.name} is named. {say('The co-ordinator')} books the assessment next.")
        return redirect("staff:post", done.result.pk)
    lead = say(
        "Any teacher who wants to stay in the classroom can be a candidate: part-time and peripatetic teachers, and "
        "those with management duties. Only the co-ordinator, the candidate’s own headteacher and the subject’s "
        "consultant can read who it is."
    )
    back = ("Back", opening)
    return form_page(request, form, title="Name the candidate", caption=opening.school.name, lead=lead, back=back)


def _name(form: CandidateForm, opening: Opening, request: Request, data: dict[str, Any]) -> Post:
    entered = form.entered()
    return candidates.name(opening=opening, name=data["name"], email=data["email"], entered=entered, by=request.user)


@access(KEEPERS)
def candidate_change(request: Request, pk: int) -> HttpResponse:
    """What was entered of the candidate is different, or was wrong."""
    post = _kept(request, pk)
    form = ChangeCandidateForm(sent(request), entered=candidates.entered_of(post))
    if submit(form, lambda _: candidates.change(post=post, entered=form.entered(), by=request.user)):
        return _done(request, post, "The candidate is changed.")
    return _page(request, form, post, title="Change the candidate")


@access(Role.COORDINATOR)
def candidate_book(request: Request, pk: int) -> HttpResponse:
    """Book the assessment, or move it (R-2.2)."""
    post = _post(request, pk)
    form = BookForm(sent(request), booked=_booked(post))
    if done := submit(form, lambda data: assessing.book(post=post, by=request.user, **data)):
        return _done(request, post, " ".join(["The assessment is booked.", *_not_met(post, done.result.on)]))
    lead = "The assessment is made by an external body. A day that has been can be entered, too."
    return _page(request, form, post, title="Book the assessment", lead=lead, warning=" ".join(_not_met(post)))


@access(Role.COORDINATOR)
def candidate_result(request: Request, pk: int) -> HttpResponse:
    """A pass or a fail (R-2.2)."""
    post = _post(request, pk)
    form = ResultForm(sent(request), booked=_booked(post))
    if done := submit(form, lambda data: assessing.record_result(post=post, by=request.user, **data)):
        passed = "passed. Record the first day in post next" if done.result.passed_on else "not passed"
        return _done(request, post, f"The assessment is recorded as {passed}.")
    lead = say("Only a pass makes the teacher an AST. No assessment is asked for again after a pass.")
    return _page(request, form, post, title="Record the result of the assessment", lead=lead)


@access(Role.COORDINATOR)
def candidate_appoint(request: Request, pk: int) -> HttpResponse:
    """The first day in post (R-2.1)."""
    post = _post(request, pk)
    form = AppointForm(sent(request), post=post)
    if submit(form, lambda data: assessing.appoint(post=post, by=request.user, **data)):
        return _done(request, post, f"{post.name} is recorded as in post. What is still to do stands on this page.")
    lead = [
        say(
            "The AST gets an e-mail that says how to sign in, and this year’s outreach days. What the AST offers, the "
            "outreach time and the induction are asked afterwards, on the AST’s page."
        ),
        *(f"First: {problem}" for problem in wanted(post)),
    ]
    return _page(request, form, post, title="Record as in post", lead=lead)


@access(KEEPERS)
def candidate_close(request: Request, pk: int) -> HttpResponse:
    """The candidate is out of it."""
    post = _kept(request, pk)
    form = CloseForm(sent(request))
    if submit(
        form,
        lambda data: candidates.close(
            post=post,
            ended=data["ended"],
            look_again=data["then"] == "again",
            reason=data["reason"],
            by=request.user,
        ),
    ):
        return _done(request, post, "The candidature is closed.")
    return _page(request, form, post, title="Close the candidature")


@access(Role.COORDINATOR)
def candidate_stage(request: Request, pk: int) -> HttpResponse:
    """Another stage, with a reason (R-2.1)."""
    post = _post(request, pk)
    form = StageForm(sent(request), post=post)
    if done := submit(form, lambda data: correcting.stage(post=post, by=request.user, **data)):
        return _done(request, post, f"The stage is now: {done.result.get_status_display()}.")
    lead = [f"It is now: {post.get_status_display()}. The reason is kept in the history and the audit trail."]
    if post.status == PostStatus.IN_POST:
        lead.append(
            say(
                "“Passed” takes the first day in post back: the role as AST and the year’s days "
                "end, and the post to fill "
                "has its candidate again. For an AST who was in post, record instead that the AST leaves."
            )
        )
        hanging = [row for section in TAKEN_BACK.sections(TakenBack(post, today())) for row in section.rows]
        lead += [f"{row.what}: {row.fate}" for row in hanging]
    return _page(request, form, post, title="Correct the stage", lead=lead)


@access(Role.COORDINATOR)
def post_correct(request: Request, pk: int) -> HttpResponse:
    """What was entered of an appointment was wrong: what hangs on it first, then it is put right (R-2.1)."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("user", "home", "opening"), pk=pk)
    form = CorrectForm(sent(request), post=post)
    return change_page(
        request,
        form,
        post,
        check=lambda answers: correcting.problems(post=post, facts=form.facts(answers), reason=answers["reason"]),
        sections=lambda answers: CORRECTING.sections(Correcting(post, answers["starts_on"], answers["fte"], today())),
        act=lambda answers: correcting.facts(
            post=post, facts=form.facts(answers), reason=answers["reason"], by=request.user
        ),
        stored=(correcting.Facts.of(post),),
        title="Correct what was entered of the appointment",
        confirm="Correct it",
        done=lambda answers: f"The appointment is corrected. In post from {date_words(answers['starts_on'])}.",
        known=[],
        lead=(
            "For what was entered wrong. Where something has changed, such as the hours or the school, record the "
            "change from its day on instead."
        ),
    )


def _post(request: Request, pk: int) -> Post:
    visible = Post.objects.visible_to(request.user).select_related("user", "home", "opening")
    return get_object_or_404(visible, pk=pk)


def _kept(request: Request, pk: int) -> Post:
    found = _post(request, pk)
    require(permissions.can_keep_candidate(request.user, found))
    return found


def _booked(post: Post) -> Assessment | None:
    return post.assessments.filter(result="").first()


def _not_met(post: Post, on: date | None = None) -> list[str]:
    """What is said of the meeting that comes before an assessment (R-3.1)."""
    return [str(problem) for problem in before_assessment(post, on)]


def _page(request: Request, form: Any, post: Post, *, title: str, lead: Any = "", warning: str = "") -> HttpResponse:
    back = ("Back", "staff:post", post.pk)
    return form_page(request, form, title=title, caption=post.name, back=back, lead=lead, warning=warning)


def _done(request: Request, post: Post, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("staff:post", post.pk)
