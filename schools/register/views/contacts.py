"""Upload contacts, look at what would change, confirm. Nothing is stored before that."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from astcoord.core.access import access
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import OFFICE
from astcoord.core.wording import counted
from astcoord.ui.forms import GovForm
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
def upload(request: HttpRequest) -> HttpResponse:
    """Choose the file; it is read at once and refused if it is not one of contacts."""
    form = ContactsFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            contacts = read_contacts(file.read())
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            return redirect("schools:import_contacts_preview", pk=_keep(contacts, file.name, request.user.pk).pk)
    return render(request, "schools/register/import_contacts.html", {"form": form})


@access(OFFICE)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
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
