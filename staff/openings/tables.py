"""The register of AST posts that schools want to fill."""

import django_tables2 as columns
from django.utils.html import format_html
from django.utils.safestring import SafeString

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, LinkColumn, StatusColumn, Table
from astcoord.ui.templatetags.govuk import tag
from staff.openings.models import Opening


class OpeningTable(Table):
    """Which school, what for, how far. No candidate is named here (section G*)."""

    noun = "post"
    empty_text = say_later("No AST post to show. Posts that are filled or closed are under “Posts”.")

    school = LinkColumn(
        accessor="school__name", verbose_name="School", linkify=lambda record: record.get_absolute_url()
    )
    subject = columns.Column(verbose_name="Subject or area", default="Not said")
    status = StatusColumn(verbose_name="Stage")
    asked_on = DateColumn(verbose_name="Asked for")
    governors_decided_on = DateColumn(verbose_name="Governors decided", visible=False)
    advert = columns.Column(empty_values=(), orderable=False, verbose_name="Advertisement")

    class Meta(Table.Meta):
        model = Opening
        fields = ("school", "subject", "status", "asked_on", "advert", "governors_decided_on")
        order_by = ("-asked_on",)

    def render_advert(self, record: Opening) -> SafeString | str:
        """R-14.5: the result, flagged where the school was in a category."""
        if record.in_category:
            return format_html("{} {}", record.advert_result, tag("School in a category", "yellow"))
        return record.advert_result

    def value_advert(self, record: Opening) -> str:
        return f"{record.advert_result}; school in a category" if record.in_category else record.advert_result
