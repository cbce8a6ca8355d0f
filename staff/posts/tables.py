"""Registers of ASTs and of people."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from astcoord.core.clock import today
from astcoord.core.wording import counted, number
from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, LinkColumn, NumberColumn, StatusColumn, Table
from astcoord.ui.templatetags.govuk import status_tag, tag
from staff.expertise.vocabulary import SHORT_STAGES, KeyStage, WorkType
from staff.posts.availability import with_days_left
from staff.posts.models import Post


def stage_words(post: Post) -> str:
    return ", ".join(SHORT_STAGES[KeyStage(code)] for code in post.key_stages)


def work_words(post: Post) -> list[str]:
    return [str(WorkType(code).label) for code in post.work_types]


class _Posts(Table):
    """What the two registers share. Availability is asked once for all rows of the page."""

    noun = say_later("AST")

    areas = tables.Column(empty_values=(), orderable=False, verbose_name="Subjects and areas")
    key_stages = tables.Column(empty_values=(), orderable=False, verbose_name="Key stages")

    def render_areas(self, record: Post) -> str:
        return ", ".join(record.subject_names()) or "None recorded"

    def render_key_stages(self, record: Post) -> str:
        return stage_words(record)


class ExpertiseTable(_Posts):
    """What a headteacher sees: no names (R-5.5, section G)."""

    phase = tables.Column(accessor="home__phase", verbose_name="Works in")
    kinds = tables.Column(empty_values=(), orderable=False, verbose_name="Kinds of work")
    available = tables.Column(empty_values=(), orderable=False, verbose_name="This school year")

    class Meta(Table.Meta):
        model = Post
        fields = ("areas", "key_stages", "phase", "kinds", "available")

    @property
    def free(self) -> set[int]:
        """The ids of the shown ASTs with days left who are not away: asked once."""
        if not hasattr(self, "_free"):
            shown = [row.record for row in self.paginated_rows] if hasattr(self, "page") else []
            every = shown or [row.record for row in self.rows]
            self._free = with_days_left([post.pk for post in every if not post.away_now], today())
        return self._free

    def render_phase(self, value: str) -> str:
        return f"{value} school"

    def render_kinds(self, record: Post) -> SafeString | str:
        kinds = work_words(record)
        if len(kinds) == len(WorkType):
            return "All kinds"
        items = format_html_join("", "<li>{}</li>", ((kind,) for kind in kinds))
        words = counted(len(kinds), "kind")
        return format_html(
            '<details class="govuk-details govuk-!-margin-bottom-0"><summary class="govuk-details__summary">'
            '<span class="govuk-details__summary-text">{}</span></summary>'
            '<ul class="govuk-list govuk-list--bullet govuk-!-font-size-16">{}</ul></details>',
            words,
            items,
        )

    def value_kinds(self, record: Post) -> str:
        return "; ".join(work_words(record))

    def render_available(self, record: Post) -> SafeString:
        words = self.value_available(record)
        return tag(words, "green" if record.pk in self.free else "grey")

    def value_available(self, record: Post) -> str:
        """Of somebody who is away no more than that: why is for the office, the AST and the own school."""
        if record.pk in self.free:
            return "Available"
        return "Not available now" if record.away_now else "No days left"


class NamedExpertiseTable(ExpertiseTable):
    """The same for the authority, with name and home school."""

    name = LinkColumn(
        accessor="user__name",
        verbose_name="Name",
        linkify=lambda record: reverse("staff:post", args=[record.pk]),
    )
    home = tables.Column(accessor="home__name", verbose_name="Home school")

    class Meta(Table.Meta):
        model = Post
        fields = ("name", "home", "areas", "key_stages", "phase", "kinds", "available")
        sequence = ("name", "home", "...")


class PostTable(_Posts):
    """The office's register of ASTs. The file has more columns than the page."""

    name = LinkColumn(
        accessor="user__name", verbose_name="Name", linkify=lambda record: reverse("staff:post", args=[record.pk])
    )
    home = tables.Column(accessor="home__name", verbose_name="Home school")
    status = StatusColumn()
    attention = tables.Column(empty_values=(), orderable=False, verbose_name="Needs attention", visible=False)
    fte = NumberColumn(empty_values=(), orderable=False, verbose_name="FTE", visible=False)
    key_stages = tables.Column(empty_values=(), orderable=False, verbose_name="Key stages", visible=False)
    checked_on = DateColumn(verbose_name="Profile checked", default="Never")

    class Meta(Table.Meta):
        model = Post
        fields = ("name", "home", "areas", "status", "checked_on", "attention", "fte", "key_stages")
        sequence = ("name", "home", "areas", "status", "checked_on", "...")
        order_by = ("name",)

    def render_status(self, record: Post) -> SafeString:
        """Where the post stands, and what is wanting."""
        tags = [status_tag(record), *(tag(gap, "yellow") for gap in record.gaps(today()))]
        return format_html_join(
            "", '<p class="govuk-body-s govuk-!-margin-bottom-1">{}</p>', ((each,) for each in tags)
        )

    def value_status(self, record: Post) -> str:
        return str(record.get_status_display())

    def render_fte(self, record: Post) -> str:
        return number(record.fte_on(today()))

    def value_attention(self, record: Post) -> str:
        return "; ".join(record.gaps(today()))
