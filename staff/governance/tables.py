"""The audit trail as a list."""

import json
from collections.abc import Iterable
from typing import Any

import django_tables2 as tables
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from astcoord.core.models.about import about_words
from astcoord.core.models.history import AuditEvent
from astcoord.core.words import say
from astcoord.ui.tables import Table
from astcoord.ui.templatetags.govuk import moment
from schools.register.models import School
from staff.accounts.models import User
from staff.posts.models import Post

NAMED: tuple[type[models.Model], ...] = (School, User, Post)
"""Things of which one wants the name rather than a number."""

PAGES = {
    "user": "staff:person",
    "post": "staff:post",
    "outreachrequest": "placements:request_detail",
    "match": "placements:match",
    "placement": "placements:placement_detail",
    "priority": "placements:priority",
    "impactreview": "evaluation:review",
}
"""Pages by the model's name. Those of the floors above are asked for by name only; a missing one is no link."""

LONGEST, LONGEST_WORD = 200, 24
"""Letters of a value, and of one without a space such as a hash, on the page."""

Key = tuple[int | None, int | None]


class Things:
    """What audit rows are about, in words and with a link: at most one query for each of `NAMED`."""

    def __init__(self, events: Iterable[AuditEvent]) -> None:
        wanted: dict[int, set[int]] = {}
        for event in events:
            if event.about_type_id and event.about_id:
                wanted.setdefault(event.about_type_id, set()).add(event.about_id)
        self._found: dict[Key, Any] = {}
        for model in NAMED:
            kind = ContentType.objects.get_for_model(model).pk
            related = model._default_manager.select_related("user") if model is Post else model._default_manager.all()
            for pk, thing in related.in_bulk(wanted.get(kind, ())).items():
                self._found[(kind, pk)] = thing

    def words(self, event: AuditEvent) -> str:
        """“school Fernleigh Primary School”, “placement P00012”; empty where a row is about no one thing."""
        model = event.about_type.model_class() if event.about_type else None
        if model is None or event.about_id is None:
            return ""
        thing = self._found.get((event.about_type_id, event.about_id))
        return (
            f"{say(str(model._meta.verbose_name), within=True)} {thing}"
            if thing
            else about_words(model, event.about_id)
        )

    def url(self, event: AuditEvent) -> str:
        """The thing's page, if it has one."""
        thing = self._found.get((event.about_type_id, event.about_id))
        if isinstance(thing, School):
            return thing.get_absolute_url()
        name = PAGES.get(event.about_type.model) if event.about_type else None
        try:
            return reverse(name, args=[event.about_id]) if name else ""
        except NoReverseMatch:
            return ""


class AuditTable(Table):
    """Who did what to which thing, when, why and from where. The page puts together what the file has apart."""

    noun = "event"
    caption = "Audit trail"

    at = tables.Column(verbose_name="When", orderable=False)
    by = tables.Column(empty_values=(), verbose_name="Who", orderable=False)
    verb = tables.Column(verbose_name="What", orderable=False)
    thing = tables.Column(empty_values=(), orderable=False, visible=False, verbose_name="Of which thing")
    detail = tables.Column(empty_values=(), orderable=False, verbose_name="Why, and what changed")
    where_from = tables.Column(verbose_name="From", orderable=False, visible=False, default="")

    class Meta(Table.Meta):
        model = AuditEvent
        fields = ("at", "by", "verb", "thing", "detail", "where_from")

    @property
    def things(self) -> Things:
        """For the rows of the page, or for all rows of an export: asked once."""
        if not hasattr(self, "_things"):
            rows = self.paginated_rows if hasattr(self, "page") and not self._exporting else self.rows
            self._things = Things(row.record for row in rows)
        return self._things

    _exporting = False

    def as_values(self, *args: Any, **kwargs: Any) -> Any:
        self._exporting = True
        self.__dict__.pop("_things", None)
        return super().as_values(*args, **kwargs)

    def render_at(self, value: Any) -> SafeString | str:
        return moment(value)

    def value_at(self, value: Any) -> str:
        return value.isoformat()

    def render_by(self, record: AuditEvent) -> SafeString:
        who = record.who or "The system"
        return format_html('{}<br><span class="govuk-hint">{}</span>', who, record.where_from)

    def value_by(self, record: AuditEvent) -> str:
        return record.who or "The system"

    def render_verb(self, record: AuditEvent) -> SafeString:
        words, url = self.things.words(record), self.things.url(record)
        thing = format_html('<a class="govuk-link" href="{}">{}</a>', url, words) if url and words else words
        return format_html("{}<br>{}", say(record.verb), thing)

    def value_verb(self, record: AuditEvent) -> str:
        return say(record.verb)

    def value_thing(self, record: AuditEvent) -> str:
        return self.things.words(record)

    def render_detail(self, record: AuditEvent) -> SafeString | str:
        reason = format_html("{}<br>", record.reason) if record.reason else ""
        return format_html("{}{}", reason, format_html_join("", "{}<br>", ((line,) for line in changes(record))))

    def value_detail(self, record: AuditEvent) -> str:
        facts = {"reason": record.reason, "before": record.before, "after": record.after}
        return json.dumps({k: v for k, v in facts.items() if v}, cls=DjangoJSONEncoder, ensure_ascii=False)


def changes(event: AuditEvent) -> list[str]:
    """“status: Waiting for answers → Ended by a no”, line by line, long values cut: the file has them whole."""
    model: Any = event.about_type.model_class() if event.about_type else None
    states = dict(model.machine.states.choices) if hasattr(model, "machine") else {}
    lines = []
    for key in dict.fromkeys([*event.before, *event.after]):
        old, new = (_words(facts.get(key), states if key == "status" else {}) for facts in (event.before, event.after))
        if old or new:
            lines.append(f"{key}: {old} → {new}" if old else f"{key}: {new}")
    return lines


def _words(value: Any, labels: dict[str, str]) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key} {_words(each, labels)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(_words(each, labels) for each in value)
    text = str(labels.get(value, value)) if value is not None else ""
    most = LONGEST if " " in text else LONGEST_WORD
    return text if len(text) <= most else f"{text[: most - 1]}…"
