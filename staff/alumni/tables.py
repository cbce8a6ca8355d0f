"""The board of former ASTs as a list: nothing but what each has agreed to (R-3.17)."""

import django_tables2 as columns

from astcoord.core.words import say_later
from astcoord.ui.tables import Table
from staff.alumni.models import AlumniEntry


class AlumniTable(Table):
    """Newest leavers first."""

    noun = say_later("former AST")
    empty_text = say_later("No former AST has said yet that others may find them.")

    who = columns.Column(empty_values=(), orderable=False, verbose_name="Who")
    now = columns.Column(orderable=False, verbose_name="Does now", default="")
    offers = columns.Column(orderable=False, verbose_name="Offers", default="")
    reach = columns.Column(orderable=False, verbose_name="How to reach", default="")

    class Meta(Table.Meta):
        model = AlumniEntry
        fields: tuple[str, ...] = ("who", "now", "offers", "reach")

    def render_who(self, record: AlumniEntry) -> str:
        return str(record)


class OfficeAlumniTable(AlumniTable):
    """With the way to take somebody off."""

    remove = columns.TemplateColumn(
        '{% load govuk %}<a class="govuk-link" href="{% url "staff:alumni_remove" record.post_id %}">Take off'
        '<span class="govuk-visually-hidden"> the board: {{ record }}</span></a>',
        orderable=False,
        exclude_from_export=True,
        verbose_name="Board",
    )

    class Meta(AlumniTable.Meta):
        fields = ("who", "now", "offers", "reach", "remove")
