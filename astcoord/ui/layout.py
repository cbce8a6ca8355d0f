"""Layout objects for forms: `{% crispy form %}` draws them with the `govuk` template pack."""

from typing import Any

from crispy_forms import layout as crispy
from crispy_forms.helper import FormHelper as CrispyHelper
from crispy_forms.layout import HTML, Div, Layout
from crispy_forms.utils import render_field
from django.utils.safestring import SafeString

from astcoord.ui import components

__all__ = ["HTML", "Accordion", "Details", "Div", "Field", "Fieldset", "FormHelper", "Layout", "Section", "Submit"]

PACK = "govuk"


class FormHelper(CrispyHelper):
    """The page shows the error summary, above its h1; the browser's own checks stay silent."""

    template_pack = PACK
    form_show_errors = False
    render_hidden_fields = True

    def __init__(self, form: Any = None) -> None:
        super().__init__(form)
        self.attrs = {"novalidate": True}

    def build_default_layout(self, form: Any) -> Layout:
        if laid_out := getattr(form, "layout", ()):
            return Layout(*laid_out)
        inside = {name for choices in getattr(form, "conditional", {}).values() for name in choices.values()}
        return Layout(*(name for name in form.fields if name not in inside))


class Field(crispy.Field):
    """`Field("name", legend_size="m", inline=True)`: options as for the `{% field %}` tag."""

    def __init__(self, *fields: str, **options: Any) -> None:
        super().__init__(*fields)
        self.options = options

    def render(self, form: Any, context: Any, template_pack: str = PACK, **kwargs: Any) -> SafeString:
        kwargs["extra_context"] = {**(kwargs.get("extra_context") or {}), "field_options": self.options}
        return SafeString(super().render(form, context, template_pack=template_pack, **kwargs))


class Submit(crispy.BaseInput):
    """`Submit("save", "Save", tone="secondary")`; tone is "", "secondary" or "warning"."""

    input_type = "submit"
    field_classes = ""

    def __init__(self, name: str, value: str, *, tone: str = "", **kwargs: Any) -> None:
        self.tone_class = f"govuk-button--{tone}" if tone else ""
        super().__init__(name, value, **kwargs)


class Fieldset(crispy.Fieldset):
    """`Fieldset("Legend", "first_field", "second_field", size="l")`."""

    def __init__(self, legend: str, *fields: Any, size: str = "m", **kwargs: Any) -> None:
        super().__init__(legend, *fields, **kwargs)
        self.size = size


class Details(crispy.LayoutObject):
    """`Details("Something else", "field", open=True)`: fields behind a link; open where one is wrong or was sent."""

    def __init__(self, summary: str, *fields: Any, open: bool = False) -> None:
        self.summary = summary
        self.fields = list(fields)
        self.open = open

    def render(self, form: Any, context: Any, template_pack: str = PACK, **kwargs: Any) -> SafeString:
        html = "".join(render_field(field, form, context, template_pack=template_pack) for field in self.fields)
        params = {"summaryText": self.summary, "html": html, "open": self.open or form.is_bound}
        return components.render("details", params)


class Section:
    """One part of an accordion."""

    def __init__(self, heading: str, *fields: Any, summary: str = "", expanded: bool = False) -> None:
        self.heading = heading
        self.fields = fields
        self.summary = summary
        self.expanded = expanded

    def item(self, form: Any, context: Any, template_pack: str) -> dict[str, Any]:
        """The section for the component; one that holds an error is open."""
        html = "".join(render_field(field, form, context, template_pack=template_pack) for field in self.fields)
        wrong = bool(set(form.errors) & set(_names(self.fields)))
        item: dict[str, Any] = {
            "heading": {"text": self.heading},
            "content": {"html": html},
            "expanded": self.expanded or wrong,
        }
        return item | ({"summary": {"text": self.summary}} if self.summary else {})


class Accordion(crispy.LayoutObject):
    """`Accordion("parts", Section("Heading", "field"), ...)`."""

    def __init__(self, css_id: str, *sections: Section, heading_level: int = 2) -> None:
        self.css_id = css_id
        self.sections = sections
        self.heading_level = heading_level
        self.fields = [field for section in sections for field in section.fields]

    def render(self, form: Any, context: Any, template_pack: str = PACK, **kwargs: Any) -> SafeString:
        return components.render(
            "accordion",
            {
                "id": self.css_id,
                "headingLevel": self.heading_level,
                "rememberExpanded": False,
                "items": [section.item(form, context, template_pack) for section in self.sections],
            },
        )


def _names(fields: Any) -> list[str]:
    found = []
    for field in fields:
        found += [field] if isinstance(field, str) else _names(getattr(field, "fields", ()))
    return found
