"""What the week is narrowed to: an AST, a school, a cluster, each by its id."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

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

    def narrow(self, rows: R, *, ast: str, schools: Sequence[str], cluster: str) -> R:
        """Rows of the AST, with any of the `schools`, and of the cluster; each named by its way from the row."""
        if self.ast:
            rows = rows.filter(**{f"{ast}__in": [self.ast]})
        if self.school:
            either = Q()
            for school in schools:
                either |= Q(**{f"{school}__in": [self.school]})
            rows = rows.filter(either)
        return rows.filter(**{f"{cluster}__in": [self.cluster]}) if self.cluster else rows

    def of_placements(self, rows: R, way: str = "") -> R:
        """The same for placements, or for what belongs to one by the name of `way`, such as "placement__"."""
        schools = (f"{way}host", f"{way}home")
        return self.narrow(rows, ast=f"{way}post", schools=schools, cluster=f"{way}host__cluster")

    def of_posts(self, rows: R) -> R:
        """The same for what belongs to a post, wherever the AST works."""
        return self.narrow(rows, ast="post", schools=("post__home",), cluster="post__home__cluster")


def choices(user: User) -> dict[str, Choices]:
    """What there is to choose from for this reader. Three queries."""
    seen = Placement.objects.visible_to(user).order_by()
    asts = seen.values_list("post", "post__user__name", "post__user__name_key").distinct()
    hosts = seen.values_list("host", "host__name", "host__name_key").distinct().order_by("host__name_key")
    clusters = Cluster.objects.filter(schools__placements_in__in=seen).distinct().values_list("pk", "name")
    return {
        "ast": [(str(pk), name) for pk, name, _ in asts.order_by("post__user__name_key")],
        "school": [(str(pk), name) for pk, name, _ in hosts],
        "cluster": [(str(pk), name) for pk, name in clusters],
    }
