"""Dated benchmarks beside our own figures, where they can be worked out (R-14.8)."""

from datetime import date

from astcoord.core.wording import date_words
from astcoord.core.words import say
from evaluation.authority import rules
from evaluation.authority.wording import BENCHMARKS, NOT_WORKED_OUT, SOURCE, YEAR
from schools.register.lifecycle import Phase
from staff.appointing.lifecycle import Route
from staff.appointing.models import Candidature
from staff.figures.reads.sheets import Sheet, Table
from staff.pay.lifecycle import ContractKind
from staff.pay.models import PayPoint, PostContract
from staff.posts.models import Post

TITLE = "Benchmarks of 2002/03"
TEN, TWENTY = 10, 20
"""Years of teaching."""


def sheet(today: date) -> Sheet:
    """Each with its year. Four queries."""
    own = own_figures(today)
    return Sheet(
        name="benchmarks",
        title=TITLE,
        tables=(
            Table(
                code="csv",
                title="National findings, and ours",
                header=("What", "Year", "Found then", f"Here, {date_words(today)}"),
                rows=tuple((each.what, YEAR, each.found, own.get(each.own, NOT_WORKED_OUT)) for each in BENCHMARKS),
                words=4,
            ),
        ),
        lead=SOURCE,
        notes=(say("Ours count ASTs in post of whom it is recorded. Groups of one or two are not shown."),),
    )


def own_figures(today: date) -> dict[str, str]:
    """In words, by the code of the benchmark."""
    posts = Post.objects.in_post(today).order_by()
    held = {pk: (phase, years) for pk, phase, years in posts.values_list("pk", "home__phase", "years_teaching")}
    routes = list(Candidature.objects.filter(post__in=posts.values("pk")).values_list("route", flat=True))
    kinds = list(PostContract.objects.filter(post__in=posts.values("pk")).values_list("kind", flat=True))
    rows = PayPoint.objects.filter(post__in=posts.values("pk"), starts_on__lte=today).order_by("starts_on", "pk")
    points = dict(rows.values_list("post_id", "point"))
    found = {
        "internal": rules.share_words(routes.count(Route.INTERNAL), len(routes)),
        "permanent": rules.share_words(kinds.count(ContractKind.PERMANENT), len(kinds)),
    }
    for phase in (Phase.PRIMARY, Phase.SECONDARY):
        years = [taught for of, taught in held.values() if of == phase and taught is not None]
        found[f"ten_{phase}"] = rules.share_words(sum(y <= TEN for y in years), len(years))
        found[f"twenty_{phase}"] = rules.share_words(sum(y > TWENTY for y in years), len(years))
        found[f"point_{phase}"] = rules.mean_words([point for pk, point in points.items() if held[pk][0] == phase])
    return found
