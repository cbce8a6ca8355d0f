"""Lists of schools."""

from typing import Any

import django_tables2 as columns
from django.db.models import F
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from astcoord.ui.tables import DateColumn, LinkColumn, NumberColumn, StatusColumn, Table
from schools.register.lifecycle import Category
from schools.register.models import School
from schools.register.reads import gaps_of


class SchoolTable(Table):
    """The register as the office looks at it; the file has a few columns more."""

    noun = "school"
    name = LinkColumn(verbose_name="School", order_by=("name_key", "urn"))
    urn = columns.Column(verbose_name="URN")
    phase = columns.Column()
    status = StatusColumn()
    category = columns.Column(verbose_name="Category", default="None")
    cluster = columns.Column(default="")
    last_support = DateColumn(verbose_name="Last support", default="Never")
    kind = columns.Column(verbose_name="Type", visible=False)
    town = columns.Column(visible=False)
    postcode = columns.Column(visible=False)
    teacher_count = NumberColumn(verbose_name="Teachers", visible=False)

    class Meta(Table.Meta):
        model = School
        fields = (
            *("name", "urn", "phase", "status", "category", "cluster", "last_support"),
            *("kind", "town", "postcode", "teacher_count"),
        )
        order_by = "name"

    def order_last_support(self, queryset: Any, is_descending: bool) -> tuple[Any, bool]:
        """Those never supported stand before the earliest, on any database."""
        day = F("last_support")
        order = day.desc(nulls_last=True) if is_descending else day.asc(nulls_first=True)
        return queryset.order_by(order, "name_key", "urn"), True

    def render_category(self, value: str) -> str:
        return str(Category(value).label)

    def value_category(self, value: str) -> str:
        return str(Category(value).label) if value in Category.values else ""


class GapTable(Table):
    """Schools that cannot yet host, each with what is missing (R-1.1, R-1.3)."""

    noun = "school"
    empty_text = "Every school can host."
    name = LinkColumn(verbose_name="School", order_by=("name_key", "urn"))
    phase = columns.Column()
    gaps = columns.Column(verbose_name="What is missing", empty_values=(), orderable=False)

    class Meta(Table.Meta):
        model = School
        fields = ("name", "phase", "gaps")
        order_by = "name"

    def render_gaps(self, record: School) -> SafeString:
        return format_html_join("", "<div>{}</div>", ((problem.message,) for problem in gaps_of(record)))

    def value_gaps(self, record: School) -> str:
        return " ".join(problem.message for problem in gaps_of(record))
