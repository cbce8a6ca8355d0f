"""ASTs in numbers: cross-tables by phase, service, status and subject (R-3.6).

The outcome of observations is a dimension for those alone who may read it (section G*).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from astcoord.core import policy
from astcoord.core.words import say, say_later
from schools.register.lifecycle import Phase
from staff.accounts.models import User
from staff.expertise.vocabulary import Subject
from staff.figures.permissions import reads_sums
from staff.figures.reads.sheets import Sheet, Table
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from staff.quality.permissions import reads_outcomes
from staff.quality.reads import newest_outcomes

NONE = "none"
Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Dimension:
    """Something by which ASTs are counted: every AST has exactly one of `values`, (code, words) in their order."""

    label: str
    values: Values
    of: Callable[[Post, date], str]

    def words(self, code: str) -> str:
        return dict(self.values)[code]


Dimensions = Mapping[str, Dimension]


def _band(years: int | None, bands: Values) -> str:
    """The last band that begins at or below so many years; the codes of bands are their first years."""
    if years is None:
        return NONE
    return [code for code, _ in bands if code != NONE and int(code) <= years][-1]


def _main_subject(post: Post) -> str:
    """The first on the profile: the one in which the AST is strongest."""
    first = next(iter(post.expertise.all()), None)
    return first.subject if first else NONE


SERVICE: Values = (
    *(("0", "Under 1 year"), ("1", "1 or 2 years"), ("3", "3 to 5 years"), ("6", "6 years or more")),
    (NONE, "Not begun"),
)
TEACHING: Values = (
    *(("0", "Up to 5 years"), ("6", "6 to 10 years"), ("11", "11 to 20 years"), ("21", "Over 20 years")),
    (NONE, "Not recorded"),
)
DIMENSIONS: dict[str, Dimension] = {
    "phase": Dimension("Phase", tuple((p.value, str(p.label)) for p in Phase), lambda post, _: post.home.phase),
    "service": Dimension(
        say_later("Years as an AST"), SERVICE, lambda post, today: _band(post.years_as_ast(today), SERVICE)
    ),
    "teaching": Dimension("Years of teaching", TEACHING, lambda post, _: _band(post.years_teaching, TEACHING)),
    "status": Dimension("Status", tuple((s.value, str(s.label)) for s in PostStatus), lambda post, _: post.status),
    "subject": Dimension(
        "Main subject",
        (*((s.value, str(s.label)) for s in Subject), (NONE, "None recorded")),
        lambda post, _: _main_subject(post),
    ),
}


OUTCOME = "outcome"


def dimensions_for(user: User, today: date) -> Dimensions:
    """By what this reader counts: by the outcome of observations, too, where the policy has them and G* lets read it.

    The newest report on teaching counts, and each outcome of the authority’s scale has its place; so has a word of an
    earlier scale that a report says. Two queries more, none for others.
    """
    rules = policy.in_force(today)
    if not rules.qa_visits or not reads_outcomes(user):
        return DIMENSIONS
    newest = newest_outcomes(user)
    words = list(dict.fromkeys([*rules.qa_scale, *sorted(set(newest.values()))]))
    values = (*((word, word) for word in words), (NONE, "Not observed"))
    told = Dimension("Outcome of observation", values, lambda post, _: newest.get(post.pk, NONE))
    return {**DIMENSIONS, OUTCOME: told}


@dataclass(frozen=True)
class Chosen:
    """Codes of dimensions: what stands in rows, in columns, and has a table for each; and what is counted alone."""

    rows: str = "phase"
    columns: str = ""
    split: str = ""
    only: Mapping[str, str] = field(default_factory=dict)


def sheet(user: User, chosen: Chosen, today: date) -> Sheet:
    """The posts that this reader sees, each counted once. Two queries, and those of the dimensions."""
    by = dimensions_for(user, today)
    visible = Post.objects.visible_to(user).with_first_start().select_related("home").prefetch_related("expertise")
    posts = [post for post in visible.order_by("pk") if _takes(by, chosen.only, post, today)]
    groups = _split(by, chosen, posts, today)
    tables = [_table(by, chosen, group, today, words=words, number=number) for number, (words, group) in groups]
    if reads_sums(user):
        tables = [_for_officers(table) for table in tables]
    return Sheet(
        name="ast-figures",
        title=say("ASTs in numbers"),
        tables=tuple(tables),
        chosen=tuple((by[code].label, by[code].words(value)) for code, value in chosen.only.items()),
        notes=(
            say(
                "Posts are counted: whoever holds two counts twice. The main subject is the one in which the AST is "
                "strongest. Years are whole years; years as an AST count from the first AST post."
            ),
        ),
        empty=say("No AST is of this kind."),
    )


def _takes(dimensions: Dimensions, only: Mapping[str, str], post: Post, today: date) -> bool:
    return all(dimensions[code].of(post, today) == value for code, value in only.items())


def _split(
    dimensions: Dimensions, chosen: Chosen, posts: Sequence[Post], today: date
) -> Iterable[tuple[int, tuple[str, list[Post]]]]:
    """One group, or one for each value that occurs: its number, words and posts."""
    if not chosen.split:
        return enumerate([("", list(posts))] if posts else [])
    by = dimensions[chosen.split]
    groups = [(words, [post for post in posts if by.of(post, today) == code]) for code, words in by.values]
    return enumerate((words, group) for words, group in groups if group)


def _table(
    dimensions: Dimensions, chosen: Chosen, posts: Sequence[Post], today: date, *, words: str, number: int
) -> Table:
    """Counts with the sums of rows and columns; without columns only the sums."""
    down, across = dimensions[chosen.rows], dimensions.get(chosen.columns)
    counts = Counter((down.of(post, today), across.of(post, today) if across else "") for post in posts)
    rows = [(code, label) for code, label in down.values if any(code == y for y, _ in counts)]
    columns = [each for each in across.values if any(each[0] == x for _, x in counts)] if across else []
    by = " and ".join(each.label[:1].lower() + each.label[1:] for each in (down, across) if each)
    lines: list[tuple[str | int, ...]] = [
        (label, *(counts[code, x] for x, _ in columns), sum(n for (y, _), n in counts.items() if y == code))
        for code, label in rows
    ]
    sums = [sum(n for (_, at), n in counts.items() if at == x) for x, _ in columns]
    return Table(
        code=f"table-{number + 1}" if number else "csv",
        title=f"{words}: by {by}" if words else f"By {by}",
        header=(down.label, *(label for _, label in columns), "All" if columns else say("ASTs")),
        rows=tuple(lines),
        total=("All", *sums, len(posts)),
    )


def _for_officers(table: Table) -> Table:
    """The last column is the sum of the others."""
    whole = len(table.header) - 1
    return table.for_officers(sums=[(whole, *range(1, whole))])
