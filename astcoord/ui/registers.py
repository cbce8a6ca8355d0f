"""The pages of a plain register: the list with its file, one row with its history, add, change, end, take away."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_POST

from astcoord.core import timeline
from astcoord.core.access import Request, access, only_where
from astcoord.core.register import Register
from astcoord.core.shown import shown_to
from astcoord.core.uploads import limited, too_large
from astcoord.ui import navigation
from astcoord.ui.filters import FilterSet
from astcoord.ui.forms import GovModelForm
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, sent, submit
from astcoord.ui.tables import Table

if TYPE_CHECKING:
    from staff.accounts.models import User

SECONDARY, WARNING = "govuk-button--secondary", "govuk-button--warning"


class RegisterForm(GovModelForm):
    """A row's form. What is wrong with the row as a whole the register says, in its words and at its field."""

    def _post_clean(self) -> None:
        """No constraint is asked here: the database's own words for it would come before `problems(row)`."""


class RegisterPages:
    """Subclass it, say which register, form, table and filters, and put `.urls()` into the room's `urlpatterns`.

    Names of the pages: `things`, `thing_add`, `thing`, `thing_change`, `thing_remove`, and where rows end `thing_end`
    and `thing_resume`. Each needs its row in `tests/access/matrix.csv`.
    """

    register: Register[Any]
    form: type[GovModelForm]
    table: type[Table]
    filters: type[FilterSet]
    app: ClassVar[str]
    name: ClassVar[str]
    plural: ClassVar[str] = ""
    title: ClassVar[str]
    menu: ClassVar[tuple[int, str] | None] = None
    """Its place on readers' and keepers' page "More", and what it is for; None where something else leads there."""
    group: ClassVar[str] = ""
    """The heading under which it stands there: by default that of its app."""
    setting: ClassVar[str] = ""
    """Of the policy: where it is switched off, there are no such pages."""
    few: ClassVar[int] = 10
    list_template: ClassVar[str] = "ui/register/list.html"
    row_template: ClassVar[str] = "ui/register/row.html"
    """One that extends it says in its block `written` what is read above the facts."""
    intro: ClassVar[str] = ""
    change_lead: ClassVar[str] = ""
    """Said above the form that changes a row."""
    uploads: ClassVar[int] = 0
    """The most bytes of files that its form takes, which then has `say_too_large()`; 0 where it takes none."""

    # Words of the buttons, and of what is said when they were pressed; {row} is the row's own name.
    saved: ClassVar[str] = "“{row}” is saved."
    end_name: ClassVar[str] = "end"
    end_label: ClassVar[str] = "End it"
    ended: ClassVar[str] = "“{row}” has ended."
    resume_name: ClassVar[str] = "resume"
    resume_label: ClassVar[str] = "Take it up again"
    resumed: ClassVar[str] = "“{row}” holds again."
    remove_label: ClassVar[str] = "Take it off the list"
    removed: ClassVar[str] = "“{row}” is no longer on the list."
    note_used: ClassVar[str] = "It has been used, so it is ended rather than deleted."
    note_unused: ClassVar[str] = "Nothing is linked to it yet."

    def urls(self) -> list[URLPattern]:
        """All pages, each with its rule of access; and the entry in the menu."""
        keepers, readers = self.register.keepers, self.register.readers | self.register.keepers
        if self.menu:
            order, hint = self.menu
            list_page = f"{self.app}:{self.things}"
            for role in readers:
                navigation.register(
                    role, self.title, list_page, order, hint=hint, setting=self.setting, group=self.group
                )
        every, one = self.path, f"{self.path}<int:pk>/"
        save = self._for(keepers, self._save)
        save = limited(self.uploads)(save) if self.uploads else save

        def button(view: Any) -> Any:
            return access(keepers)(require_POST(self._switched(view)))

        found = [
            path(every, self._for(readers, self._list()).as_view(), name=self.things),
            path(f"{every}add/", save, name=f"{self.name}_add"),
            path(one, self._for(readers, self._row), name=self.name),
            path(f"{one}change/", save, name=f"{self.name}_change"),
            path(f"{one}remove/", button(self._remove), name=f"{self.name}_remove"),
        ]
        if self.register.ends_with:
            end, resume = self.end_name, self.resume_name
            found += [
                path(f"{one}{end.replace('_', '-')}/", button(self._end), name=f"{self.name}_{end}"),
                path(f"{one}{resume.replace('_', '-')}/", button(self._resume), name=f"{self.name}_{resume}"),
            ]
        return found

    def _for(self, roles: frozenset[Any], view: Any) -> Any:
        """A view with its rule of access, and only where its setting is switched on."""
        return access(roles)(self._switched(view))

    def _switched(self, view: Any) -> Any:
        return only_where(self.setting)(view) if self.setting else view

    @property
    def things(self) -> str:
        return self.plural or f"{self.name}s"

    @property
    def one(self) -> str:
        """The noun with its article: "a priority", "an idea"."""
        noun = self.register.noun
        return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"

    @property
    def path(self) -> str:
        return f"{self.things.replace('_', '-')}/"

    def rows(self, user: "User") -> Any:
        """The rows of list and page, with whatever their columns need; starts from the register's own."""
        return self.register.rows(user)

    def caption(self, row: Any) -> str:
        return ""

    def facts(self, row: Any) -> Iterable[tuple[str, Any]]:
        """What the page of one row shows: (label, value)."""
        return [(capfirst(label), value) for label, value in self.register.told(row).items()]

    def more(self, row: Any, request: Request) -> dict[str, Any]:
        """What a `row_template` of one's own shows beside the facts."""
        return {}

    def form_for(self, request: Request, row: Any) -> Any:
        """The form as this person gets it: for a row, or to add one."""
        return self.form(sent(request), request.FILES or None, instance=row)

    def answers(self, form: Any) -> dict[str, Any]:
        """What a form that is right gives the register to save."""
        return dict(form.cleaned_data)

    def url(self, page: str, *args: Any) -> str:
        return reverse(f"{self.app}:{page}", args=args)

    def _list(self) -> Any:
        pages = self

        class List(FilteredList):
            table_class = pages.table
            filterset_class = pages.filters
            template_name = pages.list_template
            title = pages.title
            csv_name = pages.things
            few = pages.few

            def get_queryset(self) -> Any:
                return pages.rows(self.request.user)

            def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
                may_add = pages.register.may_keep(self.request.user)
                add = {"add_url": pages.url(f"{pages.name}_add"), "add_label": f"Add {pages.one}"}
                return {"intro": pages.intro, **(add if may_add else {}), **super().get_context_data(**kwargs)}

        return List

    def _row(self, request: Request, pk: int) -> HttpResponse:
        """One row: what it says, what may be done with it, what happened to it."""
        row = shown_to(request.user, get_object_or_404(self.rows(request.user), pk=pk))
        used = self.register.is_used(row)
        prefix = f"{self.register.noun}: "
        told = timeline.trail(row, reader=request.user)
        context = {
            "row": row,
            "caption": self.caption(row),
            "back": (self.url(self.things), self.title),
            "facts": self.facts(row),
            "buttons": self.buttons(row, request.user, used=used),
            "note": self.note_used if used else self.note_unused,
            **self.more(row, request),
            "events": [{**e, "title": e["title"].removeprefix(prefix).capitalize()} for e in told],
        }
        return render(request, self.row_template, context)

    def buttons(self, row: Any, reader: "User", *, used: bool) -> list[dict[str, Any]]:
        """What this reader may do with a row."""
        return self._buttons(row, used=used) if self.register.may_keep(reader, row) else []

    def _buttons(self, row: Any, *, used: bool) -> list[dict[str, Any]]:
        """What may be done with a row: a link to change it, and buttons, as the component wants them."""
        found = [{"text": "Change it", "href": self.url(f"{self.name}_change", row.pk), "classes": SECONDARY}]
        if self.register.ends_with and self.register.has_ended(row):
            found += [self._button(self.resume_name, self.resume_label, row)]
        elif used and self.register.ends_with:
            found += [self._button(self.end_name, self.end_label, row)]
        return found if used else [*found, self._button("remove", self.remove_label, row, classes=WARNING)]

    def _button(self, page: str, text: str, row: Any, *, classes: str = SECONDARY) -> dict[str, Any]:
        return {"text": text, "action": self.url(f"{self.name}_{page}", row.pk), "classes": classes}

    def _kept(self, request: Request, pk: int) -> Any:
        row = get_object_or_404(self.register.rows(request.user), pk=pk)
        if not self.register.may_keep(request.user, row):
            raise PermissionDenied
        return row

    def _save(self, request: Request, pk: int | None = None) -> HttpResponse:
        """Add one, or word one better."""
        row = self._kept(request, pk) if pk else None
        if row is None and not self.register.may_keep(request.user):
            raise PermissionDenied
        form = self.form_for(request, row)
        if too_large(request):
            form.say_too_large()
        elif done := submit(form, lambda _: self.register.save(row=row, by=request.user, **self.answers(form))):
            messages.success(request, self.saved.format(row=done.result))
            return redirect(self.url(self.things))
        noun = self.register.noun
        back = (f"Back to the {noun}", self.url(self.name, row.pk)) if row else (self.title, self.url(self.things))
        title = f"Change {self.one}" if row else f"Add {self.one}"
        return form_page(request, form, title=title, back=back, lead=self.change_lead if row else "")

    def _end(self, request: Request, pk: int) -> HttpResponse:
        return self._act(request, self._kept(request, pk), self.register.end, self.ended)

    def _resume(self, request: Request, pk: int) -> HttpResponse:
        return self._act(request, self._kept(request, pk), self.register.resume, self.resumed)

    def _remove(self, request: Request, pk: int) -> HttpResponse:
        row = self._kept(request, pk)
        return self._act(request, row, self.register.remove, self.removed, gone=True)

    def _act(self, request: Request, row: Any, action: Any, words: str, *, gone: bool = False) -> HttpResponse:
        """Press a button: say what came of it, or why not, and go back to the row, or to the list if it has gone."""
        name, here = str(row), self.url(self.name, row.pk)
        done = attempt(request, lambda: action(row=row, by=request.user))
        if done:
            messages.success(request, words.format(row=name))
        return redirect(self.url(self.things) if done and gone else here)
