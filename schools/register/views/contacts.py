"""Upload contacts, look at what would change, confirm. Nothing is stored before that."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from astcoord.core.access import Request, access
from astcoord.core.roles import OFFICE
from astcoord.core.wording import counted
from astcoord.ui.forms import GovForm
from astcoord.ui.submit import form_page, sent, submit
from schools.register.imports.contacts import Contacts, compare, read_contacts, store
from schools.register.models import PendingImport

LARGEST_UPLOAD = 5 * 1024 * 1024
SHOWN = 50


class ContactsFileForm(GovForm):
    """The file with the addresses."""

    file = forms.FileField(
        label="Contacts file",
        help_text="CSV with the columns URN and email. You can add head_name, chair_name and chair_email.",
    )
    submit_label = "Continue"

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > LARGEST_UPLOAD:
            raise ValidationError("Contacts file must be smaller than 5 MB")
        return file


@access(OFFICE)
def upload(request: Request) -> HttpResponse:
    """Choose the file; it is read at once and refused if it is not one of contacts."""
    form = ContactsFileForm(sent(request), request.FILES or None)
    if done := submit(form, lambda data: read_contacts(data["file"])):
        kept = _keep(done.result, form.cleaned_data["file"].name, request.user.pk)
        return redirect("schools:import_contacts_preview", pk=kept.pk)
    lead = (
        "The national register has no e-mail addresses. Add them here, so that letters can go out by e-mail. You see "
        "what would change before anything is stored, and an empty cell changes nothing."
    )
    back = ("Schools", "schools:list")
    return form_page(request, form, title="Import contacts of schools", back=back, lead=lead)


@access(OFFICE)
def preview(request: Request, pk: int) -> HttpResponse:
    """What the file would change; confirmed by POST, and compared afresh then."""
    mine = PendingImport.objects.filter(by_pk=request.user.pk, reading__has_key="contacts")
    pending = get_object_or_404(mine, pk=pk)
    contacts = Contacts.from_json(pending.reading)
    if request.method == "POST":
        with transaction.atomic():
            get_object_or_404(mine.select_for_update(), pk=pk).delete()
            done = store(contacts, by=request.user)
        number = len(done.updated)
        messages.success(request, f"Contacts of {counted(number, 'school')} were changed.")
        return redirect("schools:list")
    difference = compare(contacts)
    rows = [
        ("Schools that will change", len(difference.updated)),
        ("Schools that stay as they are", difference.unchanged),
        ("Rows that will be left out", len(difference.errors)),
    ]
    context = {"pending": pending, "difference": difference, "counts": rows}
    shown = {"updated_shown": difference.updated[:SHOWN], "errors_shown": difference.errors[:SHOWN]}
    return render(request, "schools/register/import_contacts_preview.html", {**context, **shown})


def _keep(contacts: Contacts, filename: str, user_pk: int) -> PendingImport:
    """Keep what was read until it is confirmed; older uploads of this person, and anybody's of yesterday, go."""
    PendingImport.objects.filter(by_pk=user_pk).delete()
    PendingImport.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()
    return PendingImport.objects.create(by_pk=user_pk, filename=filename[:200], reading=contacts.as_json())
