"""What the week is narrowed to: an AST, a school, a cluster, each by its id; words of a name; one kind of line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import F, Q, QuerySet, Value

from astcoord.core.name_keys import MOST_WORDS, starts_a_word
from placements.placement.models import Placement
from schools.register.models import Cluster
from staff.accounts.models import User

R = TypeVar("R", bound=QuerySet[Any])
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Chosen:
    """None: all of them."""

    ast: int | None = None
    school: int | None = None
    cluster: int | None = None
    name: str = ""
    """Of an AST or a school, as it is typed: each word begins a word of either."""
    what: str = ""
    """The code of a kind of line (`sources.Source`)."""

    def narrow(self, rows: R, *, ast: str, schools: Sequence[str], cluster: str) -> R:
        """Rows of the AST, with any of the `schools`, and of the cluster; each named by its way from the row."""
        if self.ast:
            rows = rows.filter(**{f"{ast}__in": [self.ast]})
        if self.school:
            either = Q()
            for school in schools:
                either |= Q(**{f"{school}__in": [self.school]})
            rows = rows.filter(either)
        ways = [f"{'' if ast == 'pk' else f'{ast}__'}user", *schools]
        for word in self.name.split()[:MOST_WORDS]:
            named = Q()
            for way in ways:
                named |= starts_a_word(f"{way}__name_key", word)
            rows = rows.filter(named)
        return rows.filter(**{f"{cluster}__in": [self.cluster]}) if self.cluster else rows

    def of_placements(self, rows: R, way: str = "") -> R:
        """The same for placements, or for what belongs to one by the name of `way`, such as "placement__"."""
        schools = (f"{way}host", f"{way}home")
        return self.narrow(rows, ast=f"{way}post", schools=schools, cluster=f"{way}host__cluster")

    def of_posts(self, rows: R) -> R:
        """The same for what belongs to a post, wherever the AST works."""
        return self.narrow(rows, ast="post", schools=("post__home",), cluster="post__home__cluster")


def choices(user: User) -> dict[str, Choices]:
    """What there is to choose from for this reader, each by name. One query."""
    seen = Placement.objects.visible_to(user).order_by()
    clusters = Cluster.objects.filter(schools__placements_in__in=seen).order_by()
    asts = _named(seen, "ast", "post", "post__user__name", "post__user__name_key")
    hosts = _named(seen, "school", "host", "host__name", "host__name_key")
    found: dict[str, Choices] = {"ast": [], "school": [], "cluster": []}
    for code, _, pk, name in sorted(asts.union(hosts, _named(clusters, "cluster", "pk", "name", "name"))):
        found[code].append((str(pk), name))
    return found


def _named(rows: QuerySet[Any], code: str, pk: str, name: str, key: str) -> QuerySet[Any, Any]:
    return rows.distinct().values_list(Value(code), F(key), F(pk), F(name))
