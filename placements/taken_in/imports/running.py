"""A row for each placement that is under way already, from a list that somebody keeps (R-17.4, R-17.2)."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from astcoord.core.clock import today
from astcoord.core.loading import Change, Column, Entry, Kind
from astcoord.core.name_keys import name_key
from astcoord.core.problems import Problem, blocking
from astcoord.core.tablefile.cells import day, decimal_number
from astcoord.core.tidying import TITLES, addresses, tidy_name
from astcoord.core.wording import date_words, days_words
from astcoord.core.words import say, say_later
from placements.placement.models import Placement
from placements.taken_in import reads
from placements.taken_in.actions import take_in
from placements.taken_in.rules import Agreed, aims_of
from schools.register.imports.finding import Finder
from staff.expertise.vocabulary import Subject, Weekday
from staff.posts.imports import cells
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post


@dataclass
class Row:
    """One placement, read; `there` is the one that is entered already."""

    line: int
    agreed: Agreed
    there: Placement | None = None
    remarks: list[str] = field(default_factory=list)


class PlacementsFile(Kind[Row]):
    """A row for each placement. What is entered already stays as it is."""

    name = "placements"
    what = say_later("a file of placements already under way, with a row for each")
    most_rows = 100
    columns = (
        Column(
            "ast",
            say_later("AST"),
            (say_later("AST name"), "Name", "Teacher"),
            help="By name, or by e-mail",
            example="Ms A Example",
        ),
        Column(
            "email",
            say_later("AST’s e-mail address"),
            (say_later("AST email"), say_later("AST e-mail"), "Email", "E-mail", "E-mail address"),
            help=say_later("Tells apart ASTs of one name"),
            example="ast@school.example",
        ),
        Column(
            "host",
            "Host school",
            ("Host", "School", "URN", "School URN", "Host school URN", "Supported school", "School name"),
            required=True,
            help="Its URN or its name",
            example="100002",
        ),
        Column(
            "subject", "Subject", ("Area",), help=say_later("The AST’s own where there is only one"), example="Maths"
        ),
        Column(
            "starts_on", "First day", ("Start", "Start date", "From", "Starts"), required=True, example="15/09/2026"
        ),
        Column("ends_on", "Last day", ("End", "End date", "Until", "To", "Ends"), required=True, example="12/02/2027"),
        Column(
            "days",
            "Days agreed",
            ("Days", "Days contracted", "Total days", "Contracted"),
            required=True,
            example="6",
        ),
        Column(
            "used",
            "Days used",
            ("Used", "Days delivered", "Days given", "Delivered"),
            required=True,
            help="So far; 0 where none",
            example="2",
        ),
        Column(
            "used_this_year",
            "Days used this school year",
            ("Used this year", "Days used this year"),
            help=say_later("Only where the placement began before this school year"),
        ),
        Column(
            "aims",
            "Aims",
            ("Aim", "Objectives", "Objective", "Focus", "Purpose"),
            required=True,
            help="One to a line. Do not name staff who are supported",
            example="Pupils choose a method by themselves",
        ),
        Column(
            "weekday", "Weekday", ("Day", "Outreach day"), help=say_later("The AST’s first outreach day if it is empty")
        ),
        Column(
            "agreed_on",
            "Day of the signed paper",
            ("Agreed on", "Signed on", "Contract date", "Date signed"),
            example="08/09/2026",
        ),
        Column(
            "beyond",
            "Reason for going beyond the year",
            ("Overdraw reason",),
            help=say_later("Needed where the AST’s year has too few days left"),
        ),
    )

    def lacks(self, mapping: Mapping[str, str]) -> list[Problem]:
        """An AST is known by name or e-mail."""
        found = super().lacks(mapping)
        if not mapping.get("ast") and not mapping.get("email"):
            found.insert(
                0, Problem(say("Choose the column with the AST’s name, or the e-mail address"), "ast", "R-17.4")
            )
        return found

    def reader(self) -> Callable[[Entry], Row]:
        """Days that rows take of one AST's year are taken together, as they will be when they are stored."""
        finder, people = Finder(), People()
        books = reads.Books(people.posts, today())

        def read(entry: Entry) -> Row:
            row = _row(entry, finder, people)
            row.there = books.already(row.agreed)
            if row.there:
                _refuse(reads.differences(row.there, row.agreed))
            else:
                _refuse(books.problems(row.agreed))
                books.take(row.agreed)
            return row

        return read

    def identity(self, row: Row) -> tuple[tuple[int, int, date], str]:
        agreed = row.agreed
        called = f"{agreed.post.name} at {agreed.host} from {date_words(agreed.starts_on)}"
        return (agreed.post.pk, agreed.host.pk, agreed.starts_on), called

    def change(self, row: Row) -> Change | None:
        """What would be entered."""
        if row.there:
            return None
        return Change(row.line, f"{row.agreed.post.name} at {row.agreed.host}", [*_words(row.agreed), *row.remarks])

    def store_row(self, row: Row, *, by: Any, **options: Any) -> None:
        take_in(agreed=row.agreed, by=by)


class People:
    """Posts that are not over, by their holder's address and name: read once."""

    def __init__(self) -> None:
        self.by_address: dict[str, list[Post]] = defaultdict(list)
        self.by_name: dict[str, list[Post]] = defaultdict(list)
        self.posts: list[int] = []
        posts = Post.objects.current().select_related("user", "home")
        for post in posts.prefetch_related("expertise", "patterns"):
            self.posts.append(post.pk)
            self.by_address[post.user.email.casefold()].append(post)
            self.by_name[_plain(post.user.name)].append(post)

    def find(self, name: str, email: str) -> Post:
        """The address counts where there is one, in either cell. ValueError, saying what to do, where it is not one."""
        cell = email or (name if "@" in name else "")
        if cell:
            address = addresses(cell)[0]
            return self._one(self.by_address.get(address.casefold(), []), address, "has the address")
        if not name:
            raise ValueError(say("the row names no AST: enter the name or the e-mail address."))
        return self._one(self.by_name.get(_plain(name), []), name[:80], "is called")

    def _one(self, found: list[Post], said: str, how: str) -> Post:
        posts = [post for post in found if post.status == PostStatus.IN_POST] or found
        if not posts:
            raise ValueError(f"{say('no AST')} {how} “{said}”: enter {say('the AST')} first, or correct the row.")
        if len({post.user_id for post in posts}) > 1:
            raise ValueError(f"{len(posts)} {say('ASTs', within=True)} are called “{said}”: enter the e-mail address.")
        if len(posts) > 1:
            homes = " and ".join(str(post.home) for post in posts)
            raise ValueError(
                f"{posts[0].name} has posts at {homes}: enter {say('this placement')} by itself, on the page."
            )
        return posts[0]


def _plain(name: str) -> str:
    """Without the title, which lists write and leave out."""
    words = tidy_name(name).split()
    bare = words[1:] if len(words) > 1 and words[0].rstrip(".").upper() in TITLES else words
    return name_key(" ".join(bare))


def _refuse(found: list[Problem]) -> None:
    if blocking(found):
        raise ValueError("; ".join(problem.message.rstrip(".") for problem in found) + ".")


def _row(entry: Entry, finder: Finder, people: People) -> Row:
    post = people.find(entry["ast"], entry["email"])
    starts_on, weekday = _day(entry, "starts_on"), _weekday(entry["weekday"])
    agreed = Agreed(
        post=post,
        host=finder.either(_needed(entry, "host")),
        subject=_subject(entry["subject"], post),
        starts_on=starts_on,
        ends_on=_day(entry, "ends_on"),
        days=_days(entry, "days"),
        used=_days(entry, "used"),
        used_this_year=_days(entry, "used_this_year") if entry["used_this_year"] else None,
        aims=aims_of(entry["aims"]),
        weekday=weekday,
        agreed_on=_day(entry, "agreed_on") if entry["agreed_on"] else None,
        beyond=entry["beyond"][:500],
    )
    return Row(entry.line, agreed)


def _label(name: str) -> str:
    return next(column.label for column in PlacementsFile.columns if column.field == name)


def _needed(entry: Entry, name: str) -> str:
    if not entry[name]:
        raise ValueError(f"{_label(name)} is empty: enter it.")
    return entry[name]


def _day(entry: Entry, name: str) -> date:
    cell = _needed(entry, name)
    found = day(cell)
    if found is None:
        raise ValueError(f"{_label(name)} “{cell[:20]}” is not a day: write it like 15/09/2026.")
    return found


def _days(entry: Entry, name: str) -> Decimal:
    cell = _needed(entry, name)
    number = None if cell.endswith("%") else decimal_number(cell)
    if number is None:
        raise ValueError(f"{_label(name)} “{cell[:20]}” is no number of days: write it like 6 or 2.5.")
    return number


def _subject(cell: str, post: Post) -> str:
    own = [each.subject for each in post.expertise.all()]
    if not cell and len(own) == 1:
        return own[0]
    found = cells.subjects(cell) if cell else {}
    if len(found) == 1:
        return next(iter(found))
    raise ValueError(f"“{cell[:40]}” is not one subject: enter the one that it is about." if cell else _several(post))


def _several(post: Post) -> str:
    return f"Subject is empty, and {post.name} has several: enter the one that it is about."


def _weekday(cell: str) -> int | None:
    found = cells.pattern(cell) if cell else {}
    if len(found) > 1:
        raise ValueError(f"“{cell[:40]}” are several weekdays: enter the usual one, or leave it empty.")
    return next(iter(found), None)


def _words(agreed: Agreed) -> list[str]:
    left = agreed.days - agreed.used
    said = [
        str(Subject(agreed.subject).label),
        f"{date_words(agreed.starts_on)} to {date_words(agreed.ends_on)}",
        f"{days_words(agreed.days)} agreed, {days_words(agreed.used)} used, {days_words(left)} to come",
        f"{len(agreed.aims)} aims" if len(agreed.aims) > 1 else f"aim: {agreed.aims[0][:120]}",
    ]
    if agreed.weekday is not None:
        said.append(f"{Weekday(agreed.weekday).label}s")
    if agreed.agreed_on:
        said.append(f"paper of {date_words(agreed.agreed_on)}")
    if agreed.beyond:
        said.append(f"beyond the year, because: {agreed.beyond[:120]}")
    return said
