"""Schools: the register, one school, statuses, and the contacts that the office and heads correct."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from astcoord.core import policy as authority_policy
from astcoord.core.access import Request, access, signed_in
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.core.wording import date_words
from astcoord.ui.bulk import BulkAction
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import form_page, sent, submit
from schools.calendar import permissions
from schools.calendar.permissions import can_edit
from schools.register import actions, reads
from schools.register.filters import GapFilter, SchoolFilter
from schools.register.forms import ContactsForm, EndForm, FeederForm, OwnContactsForm, StatusForm
from schools.register.models import School
from schools.register.permissions import can_edit_contacts
from schools.register.querysets import SchoolQuerySet
from schools.register.tables import GapTable, SchoolTable


@access(AUTHORITY)
class SchoolList(FilteredList):
    """All schools, with filters and a file of exactly what is shown."""

    template_name = "schools/register/list.html"
    table_class = SchoolTable
    filterset_class = SchoolFilter
    title = "Schools"
    csv_name = "schools"
    bulk = (BulkAction("Write to their headteachers", "staff:mailing_write", OFFICE, ("schools",)),)

    def get_queryset(self) -> SchoolQuerySet:
        user = self.request.user
        found = School.objects.visible_to(user).with_category(today()).with_last_support(user)
        return found.select_related("cluster").by_name()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        part = not user.has_role(*OFFICE, Role.OFFICER)
        return super().get_context_data(can_edit=permissions.can_edit(user), part=part, **kwargs)


@access(AUTHORITY)
class CannotHostList(FilteredList):
    """Schools that the policy serves and that cannot host yet, and why (R-1.1)."""

    template_name = "schools/register/cannot_host.html"
    table_class = GapTable
    filterset_class = GapFilter
    title = "Schools that cannot yet host"
    csv_name = "schools-that-cannot-yet-host"

    def get_queryset(self) -> SchoolQuerySet:
        on = today()
        schools = School.objects.visible_to(self.request.user).served(authority_policy.in_force(on))
        return schools.cannot_yet_host(on).with_head_user(on).by_name()


def _whole(request: Request, on: date) -> SchoolQuerySet:
    """Schools that this person may see, with all that the page of one shows of the row itself."""
    visible = School.objects.visible_to(request.user).select_related("cluster")
    return visible.with_status(on).with_head_user(on).with_last_support(request.user)


@signed_in
def detail(request: Request, urn: int) -> HttpResponse:
    """One school: its contacts, what was asked for and done there, the register's facts, its history (R-20.6)."""
    on = today()
    school = get_object_or_404(_whole(request, on), urn=urn)
    page = reads.school_page(school, user=request.user, today=on)
    return render(request, "schools/register/detail.html", {"page": page, "school": school})


@access(OFFICE)
def status_add(request: Request, urn: int) -> HttpResponse:
    """Record a category or a programme (R-1.2)."""
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    form = StatusForm(sent(request))
    if done := submit(form, lambda data: actions.add_status(school, by=request.user, **data)):
        messages.success(request, f"{done.result.get_name_display()} recorded.")
        return redirect(school)
    return _form_page(request, form, school, title="Record a category or programme")


@access(OFFICE)
def status_end(request: Request, urn: int, pk: int) -> HttpResponse:
    """Give a category or programme its last day (R-1.2)."""
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    row = get_object_or_404(school.statuses, pk=pk)
    form = EndForm(sent(request), initial={"ends_on": row.ends_on})
    if submit(form, lambda data: actions.end_status(row, by=request.user, **data)):
        messages.success(request, f"{row.get_name_display()}: last day saved.")
        return redirect(school)
    lead = f"In force since {date_words(row.starts_on)}."
    return _form_page(request, form, school, title=f"Last day of “{row.get_name_display()}”", lead=lead)


@access(OFFICE)
def feeders(request: Request, urn: int) -> HttpResponse:
    """Schools that pupils come from and go on to; who could help looks at them (R-1.1, R-7.1)."""
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    form = FeederForm(sent(request), school=school)
    if submit(form, lambda _: actions.link_feeder(**form.link(), by=request.user)):
        messages.success(request, f"{form.cleaned_data['school']} added.")
        return redirect("schools:feeders", urn)
    links = [
        ("Pupils come from", FeederForm.FROM, school.feeders.by_name()),
        ("Pupils go on to", FeederForm.TO, school.feeds_into.by_name()),
    ]
    return _form_page(
        request,
        form,
        school,
        title="Feeder schools",
        template="schools/register/feeders.html",
        links=links,
        about=school,
    )


@access(OFFICE)
@require_POST
def feeder_remove(request: Request, urn: int) -> HttpResponse:
    """Take a link away. Pressed twice, or when somebody else was quicker, nothing is left to do."""
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    form = FeederForm(request.POST, school=school)
    if form.is_valid():
        actions.unlink_feeder(**form.link(), by=request.user)
        messages.success(request, f"{form.cleaned_data['school']} removed.")
    return redirect("schools:feeders", urn)


@access(Role.HEADTEACHER, Role.GOVERNOR, Role.AST)
def own(request: Request) -> HttpResponse:
    """The own school, or a choice where somebody has several."""
    on = today()
    ids = request.user.schools_as(Role.HEADTEACHER, Role.GOVERNOR, Role.AST)
    schools = list(_whole(request, on).filter(pk__in=ids).by_name())
    schools = [school for school in schools if school.is_open] or schools  # not those that the own one has followed
    if len(schools) != 1:
        return render(request, "schools/register/own.html", {"schools": schools})
    page = reads.school_page(schools[0], user=request.user, today=on)
    return render(request, "schools/register/detail.html", {"page": page, "school": schools[0]})


@access(OFFICE, Role.HEADTEACHER)
def contacts(request: Request, urn: int) -> HttpResponse:
    """Correct contacts: all of them for the office, those of the own school for its head (R-1.1, R-1.3)."""
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    if not can_edit_contacts(request.user, school):
        raise PermissionDenied
    form_class = ContactsForm if can_edit(request.user) else OwnContactsForm
    form = form_class(sent(request), instance=school)
    if submit(form, lambda _: actions.update_contacts(school, by=request.user, **form.changes())):
        messages.success(request, "Contacts saved.")
        return redirect(school)
    return _form_page(request, form, school, title="Correct the contacts")


def _form_page(request: Request, form: Any, school: School, *, title: str, lead: Any = (), **more: Any) -> HttpResponse:
    return form_page(request, form, title=title, caption=school.name, back=("Back", school), lead=lead, **more)
