"""The library of materials: found by every school, published by ASTs, withdrawn by author or office (R-10.10)."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET

from astcoord.core.access import Request, access
from astcoord.core.roles import Role
from astcoord.core.uploads import as_file
from astcoord.core.words import say_later
from astcoord.ui.navigation import ASTS
from astcoord.ui.registers import RegisterPages
from astcoord.ui.submit import form_page, sent, submit
from astcoord.ui.templatetags.govuk import day
from evaluation.evidence.actions import Attached
from evaluation.evidence.models import Evidence
from evaluation.materials.actions import MATERIALS
from evaluation.materials.filters import MaterialFilter
from evaluation.materials.forms import MaterialForm, PublishForm
from evaluation.materials.models import Material
from evaluation.materials.tables import MaterialTable
from placements.papers.rules import LARGEST
from placements.placement.permissions import is_ast_of
from staff.accounts.models import User

LEAD = say_later("Every headteacher and every AST of the scheme can find and use it.")


class MaterialPages(RegisterPages):
    """The library."""

    register = MATERIALS
    form, table, filters = MaterialForm, MaterialTable, MaterialFilter
    app, name = "evaluation", "material"
    title = "Library of materials"
    menu = 58, say_later("What ASTs have made: plans, tasks and guides, by subject and key stage")
    group = ASTS
    intro = say_later("Made by ASTs of the scheme, for any school to use.")
    uploads = LARGEST
    saved = "“{row}” is in the library."
    end_name, end_label = "withdraw", "Withdraw it"
    ended = "“{row}” is withdrawn. Other schools do not find it any more."
    resume_name, resume_label = "publish", "Publish it again"
    resumed = "“{row}” is in the library again."
    remove_label = "Delete it for good"
    removed = "“{row}” is deleted."
    note_unused = "What is withdrawn can be published again for a year; then it is deleted."

    def rows(self, user: User) -> QuerySet[Any]:
        found: QuerySet[Any] = MATERIALS.rows(user).with_state().select_related("author")  # type: ignore[attr-defined]
        return found

    def answers(self, form: Any) -> dict[str, Any]:
        return dict(form.answers())

    def caption(self, row: Any) -> str:
        return str(row.get_subject_display())

    def facts(self, row: Any) -> Iterable[tuple[str, Any]]:
        """With the way to the file, or to the other site."""
        if row.link:
            link = '<a class="govuk-link" href="{0}" rel="noopener noreferrer external">{0}</a>'
            what = format_html(link, row.link)
        else:
            url = reverse("evaluation:material_file", args=[row.pk])
            link = '<a class="govuk-link" href="{}" download>{}</a> ({})'
            what = format_html(link, url, row.name, filesizeformat(row.size))
        facts = [
            ("File" if row.name else "Link to another site", what),
            ("What it is for", row.purpose),
            ("Key stages", ", ".join(Material._meta.get_field("key_stages").labels(row))),
            ("Made by", row.author.name),
            ("Published", day(row.published_at)),
        ]
        return [*facts, ("Withdrawn", day(row.withdrawn_on))] if row.withdrawn_on else facts

    def _buttons(self, row: Any, *, used: bool) -> list[dict[str, Any]]:
        """Withdrawing comes before deleting: it can be undone."""
        found = super()._buttons(row, used=used)
        if row.withdrawn_on is None:
            found.insert(1, self._button(self.end_name, self.end_label, row))
        return found


@access(MATERIALS.readers)
@require_GET
def material_file(request: Request, pk: int) -> HttpResponse:
    """A copy of the file, as a file to save."""
    found: Any = get_object_or_404(MATERIALS.rows(request.user), pk=pk)
    if not found.name:
        raise Http404
    return as_file(found.content(), found.name, found.content_type)


@access(Role.AST)
def material_from_evidence(request: Request, pk: int) -> HttpResponse:
    """Publish a copy of what was attached as evidence; `pk` is the evidence's."""
    visible = Evidence.objects.visible_to(request.user).held().select_related("placement__post", "placement__request")
    piece: Any = get_object_or_404(visible, pk=pk)
    if not is_ast_of(request.user, piece.placement):
        raise PermissionDenied
    placement = piece.placement
    initial = {"title": piece.title, "subject": placement.subject, "key_stages": placement.request.key_stages}
    form = PublishForm(sent(request), initial=initial)
    attached = Attached(piece.name, piece.content(), piece.link)
    if done := submit(form, lambda data: MATERIALS.save(by=request.user, attached=attached, **data)):
        messages.success(request, MaterialPages.saved.format(row=done.result))
        return redirect(done.result)
    return form_page(
        request,
        form,
        title="Publish in the library",
        caption=piece.name or piece.link,
        back=("Back to the evidence", "evaluation:evidence", placement.pk),
        lead=LEAD,
    )


urlpatterns = [
    *MaterialPages().urls(),
    path("materials/<int:pk>/file/", material_file, name="material_file"),
    path("evidence/<int:pk>/publish/", material_from_evidence, name="material_from_evidence"),
]
