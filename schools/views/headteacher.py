"""The own school, for its head, governors and ASTs; and contacts, which the office may correct for every school."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from astcoord.core.access import access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE, Role
from schools import actions, policy, reports
from schools.forms import ContactsForm, OwnContactsForm
from schools.models import School


@access(Role.HEADTEACHER, Role.GOVERNOR, Role.AST)
def own(request: HttpRequest) -> HttpResponse:
    """The own school, or a choice where somebody has several."""
    on = today()
    ids = request.user.schools_as(Role.HEADTEACHER, Role.GOVERNOR, Role.AST)
    visible = School.objects.visible_to(request.user).filter(pk__in=ids)
    schools = list(visible.select_related("cluster").with_status(on).with_head_user(on).by_name())
    if len(schools) != 1:
        return render(request, "schools/own.html", {"schools": schools})
    page = reports.school_page(schools[0], user=request.user, today=on)
    return render(request, "schools/detail.html", {"page": page, "school": schools[0]})


@access(OFFICE, Role.HEADTEACHER)
def contacts(request: HttpRequest, urn: int) -> HttpResponse:
    """Correct contacts: all of them for the office, those of the own school for its head (R-1.1, R-1.3)."""
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    if not policy.can_edit_contacts(request.user, school):
        raise PermissionDenied
    form_class = ContactsForm if policy.can_edit(request.user) else OwnContactsForm
    form = form_class(request.POST or None, instance=school)
    if request.method == "POST" and form.is_valid():
        actions.update_contacts(school, by=request.user, **form.changes())
        messages.success(request, "Contacts saved.")
        return redirect(school)
    return render(request, "schools/contacts.html", {"form": form, "school": school})
