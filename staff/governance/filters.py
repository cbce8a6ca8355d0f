"""How the co-ordinator searches the audit trail (R-16.3)."""

from datetime import date
from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple

from astcoord.core.audit import EXPORTED, VIEWED
from astcoord.core.models.history import AuditEvent
from astcoord.core.name_keys import starts_a_word
from astcoord.core.words import say
from astcoord.ui.filters import DateFilter, FilterSet

SORTS = {
    "views": ("Looks at protected data", Q(verb__startswith=VIEWED)),
    "exports": ("Exports", Q(verb__startswith=EXPORTED) | Q(verb__startswith="Subject access")),
    "signatures": ("Signatures", Q(verb__contains=" signed as ") | Q(verb__contains=", signature as ")),
    "overrides": ("Overrides", Q(verb__icontains="overrid") | Q(verb__contains="aims found realistic")),
    "reasons": ("Anything done with a reason", ~Q(reason="")),
}


def kinds() -> list[tuple[str, str]]:
    """The kinds of things that the trail speaks of."""
    used = AuditEvent.objects.order_by().values("about_type").distinct()
    models = [(kind.pk, kind.model_class()) for kind in ContentType.objects.filter(pk__in=used)]
    named = [(str(pk), say(str(model._meta.verbose_name), within=True)) for pk, model in models if model]
    return sorted(((pk, name[:1].upper() + name[1:]) for pk, name in named), key=lambda pair: pair[1])


class AuditFilter(FilterSet):
    """By person, by what was done, by kind of thing, by days."""

    person = django_filters.CharFilter(method="done_by", label="Done by (name or e-mail address)")
    what = django_filters.CharFilter("verb", "icontains", label="What was done contains")
    sort_of = django_filters.MultipleChoiceFilter(
        choices=[(key, label) for key, (label, _) in SORTS.items()],
        method="of_sort",
        label="Show only",
        widget=CheckboxSelectMultiple,
    )
    kind = django_filters.ChoiceFilter("about_type", choices=kinds, label="Kind of thing", empty_label="Any")
    number = django_filters.NumberFilter("about_id", label="Number of the thing", help_text="12 for request R00012")
    first = DateFilter(method="from_day", label="From")
    last = DateFilter(method="until_day", label="Until")

    class Meta(FilterSet.Meta):
        model = AuditEvent

    def done_by(self, queryset: Any, name: str, value: str) -> QuerySet[AuditEvent]:
        return queryset.filter(
            starts_a_word("by__name_key", value)
            | Q(by__email__icontains=value)
            | starts_a_word("done_for__name_key", value)
        )

    def of_sort(self, queryset: Any, name: str, values: list[str]) -> QuerySet[AuditEvent]:
        wanted = Q()
        for value in values:
            wanted |= SORTS[value][1]
        return queryset.filter(wanted)

    def from_day(self, queryset: Any, name: str, value: date) -> QuerySet[AuditEvent]:
        return queryset.filter(at__date__gte=value)

    def until_day(self, queryset: Any, name: str, value: date) -> QuerySet[AuditEvent]:
        return queryset.filter(at__date__lte=value)
