"""One row for each AST whom the scheme has already: account, post, profile, time, this year's days (R-17.3)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, cast

from astcoord.core.clock import today
from astcoord.core.loading import Change, Column, Entry, Kind
from astcoord.core.name_keys import name_key
from astcoord.core.problems import Problem
from astcoord.core.tablefile.cells import day
from astcoord.core.tidying import addresses, tidy_name
from astcoord.core.wording import date_words, days_words, number
from astcoord.core.words import say, say_later
from schools.register.imports.finding import Finder
from staff.accounts.models import User
from staff.expertise.vocabulary import KeyStage, Subject, Weekday, WorkType
from staff.posts import rules
from staff.posts.actions.posts import Appointment, InPost, Profile, record_in_post
from staff.posts.imports import cells, earlier
from staff.posts.imports.cells import BadCell
from staff.posts.models import Post

REASON = "In post before this service began"
NOT_RECORDED = "Not recorded: assessed before this service began"


@dataclass(frozen=True)
class EarlierAppointment(Appointment):
    """A post that was decided on before this service began: R-1.4 asks for the decision of posts that open from now on.

    Where the row says something of the governors' decision, it is held to all of it.
    """

    def problems(self) -> list[Problem]:
        if self.governors_decided_on or self.governors_minute or self.responsible_for:
            return super().problems()
        return rules.pass_problems(
            passed_on=self.passed_on, assessor=self.assessor, starts_on=self.starts_on, today=today()
        )


@dataclass
class Row:
    """One AST, read; `held` is the post that is there already."""

    line: int
    entry: InPost
    days_used: Decimal
    held: bool = False
    remarks: list[str] = field(default_factory=list)

    @property
    def profile(self) -> Profile:
        """A row of the file always brings one."""
        return cast("Profile", self.entry.profile)


class AstsFile(Kind[Row]):
    """A row for each AST. Who has the post already stays as they are."""

    name = "asts"
    what = say_later("a file of ASTs, with a row for each")
    most_rows = 200
    columns = (
        Column(
            "name",
            "Name",
            (say_later("AST"), say_later("AST name"), "Teacher", "Full name"),
            required=True,
            example="Ms A Example",
        ),
        Column(
            "email",
            "E-mail address",
            ("Email", "E-mail", say_later("AST email"), say_later("AST e-mail"), "Work email"),
            required=True,
            help=say_later("The AST signs in with this address"),
            example="ast@school.example",
        ),
        Column(
            "home",
            "Home school",
            ("School", "URN", "School URN", "Home school URN", "Base school", "School name"),
            required=True,
            help="Its URN or its name",
            example="100001",
        ),
        Column("subjects", "Subjects", ("Subject", "Specialism"), required=True, example="Maths (lead), ICT"),
        Column("key_stages", "Key stages", ("Key stage", "KS", "Phase"), required=True, example="KS1, KS2"),
        Column("fte", "FTE", ("Full-time equivalent", "Contract"), help="Full-time if it is empty", example="0.6"),
        Column(
            "starts_on",
            "In post from",
            ("Start", "Start date", say_later("AST since"), "Started", "Date started"),
            required=True,
            example="01/09/2024",
        ),
        Column(
            "pattern",
            "Outreach time",
            ("Weekday", "Outreach day", "Outreach days", "Pattern", "Day"),
            help="Such as Wednesday, or Mon pm, Thu am",
            example="Wed pm",
        ),
        Column("about", "Expertise", ("Areas of expertise", "Notes on expertise", "About"), example="Fractions"),
        Column(
            "days_used",
            "Days already used this year",
            ("Days used", "Used", "Days used this year", "Outreach days used"),
            help=say_later("Without those of placements that you enter one by one"),
            example="2.5",
        ),
        Column(
            "passed_on",
            "Assessed on",
            ("Assessment passed", "Passed on", "Assessment date", "Date of the pass"),
            required=True,
            example="02/05/2024",
        ),
        Column("assessor", "Assessed by", ("Assessor", "Assessment body")),
        Column("funding", "Funded by", ("Funding", "Funding source"), help="The Standards Fund if it is empty"),
        Column(
            "funding_area",
            "What the department pays for",
            ("Funding area",),
            help="Only where the department pays in full",
        ),
        Column("work_types", "Kinds of work", ("Work types",), help="Every kind if it is empty"),
        Column("inducted_on", "Induction finished on", ("Inducted on", "Induction")),
        Column("management_duties", "Management duties kept", ("Management duties",)),
        Column("governors_decided_on", "Governors decided on", ("Governors’ decision",)),
        Column("governors_minute", "Minute", ("Governors’ minute",)),
        Column("responsible_for", "Responsible for", ("Responsibilities",)),
    )

    def reader(self) -> Callable[[Entry], Row]:
        finder, people = Finder(), People()
        return lambda entry: _row(entry, finder, people)

    def identity(self, row: Row) -> tuple[str, str]:
        return row.entry.email.casefold(), row.entry.email

    def change(self, row: Row) -> Change | None:
        """By the rules that recording asks, and against who is there already."""
        return None if row.held else Change(row.line, row.entry.name, [*_words(row), *row.remarks])

    def store_row(self, row: Row, *, by: Any, invite: bool = False, capacity_reason: str = "", **options: Any) -> None:
        post = record_in_post(entry=row.entry, reason=REASON, by=by, invite=invite, capacity_reason=capacity_reason)
        earlier.write(post, row.days_used, by=by, today=today())


class People:
    """Who has an account, and where they have a post that is not over: read once."""

    def __init__(self) -> None:
        self.by_address = {user.email.casefold(): user for user in User.objects.all()}
        self.posts: dict[int, list[Post]] = {}
        for post in Post.objects.current().select_related("home"):
            self.posts.setdefault(post.user_id, []).append(post)


def _row(entry: Entry, finder: Finder, people: People) -> Row:
    name = tidy_name(_needed(entry, "name", 150))
    first, *others = addresses(_needed(entry, "email", 254))
    home = finder.either(_needed(entry, "home", 300))
    person = people.by_address.get(first.casefold())
    row = Row(entry.line, _in_post(entry, name=name, email=first.lower(), home=home), cells.days(entry["days_used"]))
    posts = people.posts.get(person.pk, []) if person else []
    row.held = any(post.home_id == home.pk for post in posts)
    if row.held:
        return row
    if posts:
        raise BadCell(
            f"{person} has a post at {posts[0].home} already: a {say('second AST')} post is not made from a file."
        )
    if person is not None and not person.is_active:
        raise BadCell(f"the account {first} is suspended: open it again first, or enter another address.")
    if not home.is_open:
        raise BadCell(f"{home} is closed: enter the school that employs {say('the AST')} now.")
    _judge(row)
    if person is not None:
        called = "" if name_key(person.name) == name_key(name) else f", as {person.name}"
        row.remarks.append(f"has an account already{called}: no second one is made")
    if others:
        row.remarks.append(f"of several addresses the first is taken, and left out: {', '.join(others)}")
    return row


def _in_post(entry: Entry, *, name: str, email: str, home: Any) -> InPost:
    appointment = EarlierAppointment(
        fte=cells.fte(entry["fte"]),
        funding=cells.funding(entry["funding"]),
        funding_area=cells.funding_area(entry["funding_area"]),
        passed_on=_day(entry, "passed_on"),
        assessor=_short(entry, "assessor", 120) or NOT_RECORDED,
        starts_on=_day(entry, "starts_on"),
        management_duties=_short(entry, "management_duties", 200),
        governors_decided_on=_day_or_none(entry, "governors_decided_on"),
        governors_minute=_short(entry, "governors_minute", 60),
        responsible_for=_short(entry, "responsible_for", 300),
    )
    profile = Profile(
        expertise=cells.subjects(_needed(entry, "subjects", 500)),
        key_stages=cells.key_stages(_needed(entry, "key_stages", 200)),
        work_types=cells.work_types(entry["work_types"]),
        about=_short(entry, "about", 1000),
    )
    inducted = _day_or_none(entry, "inducted_on")
    return InPost(
        name=name,
        email=email,
        home=home,
        appointment=appointment,
        profile=profile,
        pattern=cells.pattern(entry["pattern"]),
        inducted_on=inducted,
    )


def _judge(row: Row) -> None:
    """What recording would refuse."""
    how = row.entry.appointment
    found = [
        *how.problems(),
        *row.profile.problems(),
        *earlier.problems(fte=how.fte, starts_on=how.starts_on, days=row.days_used, today=today()),
    ]
    if row.entry.inducted_on and row.entry.inducted_on > today():
        found.append(Problem("The day on which the induction was finished must be today or in the past"))
    if found:
        raise BadCell("; ".join(problem.message.rstrip(".") for problem in found) + ".")


def _label(name: str) -> str:
    return next(column.label for column in AstsFile.columns if column.field == name)


def _needed(entry: Entry, name: str, most: int) -> str:
    if not entry[name]:
        raise BadCell(f"{_label(name)} is empty: enter it.")
    return _short(entry, name, most)


def _short(entry: Entry, name: str, most: int) -> str:
    if len(entry[name]) > most:
        raise BadCell(f"{_label(name)} is longer than {most} characters: shorten it.")
    return entry[name]


def _day(entry: Entry, name: str) -> date:
    found = _day_or_none(entry, name)
    if found is None:
        raise BadCell(f"{_label(name)} is empty: enter the day.")
    return found


def _day_or_none(entry: Entry, name: str) -> date | None:
    found = day(entry[name])
    if entry[name] and found is None:
        raise BadCell(f"{_label(name)} “{entry[name][:20]}” is not a day: write it like 01/09/2024.")
    return found


def _words(row: Row) -> list[str]:
    entry, how = row.entry, row.entry.appointment
    time = [
        f"{Weekday(each).label}{'' if share == 1 else ', half a day'}" for each, share in sorted(entry.pattern.items())
    ]
    said = [
        str(entry.home),
        entry.email,
        ", ".join(str(Subject(each).label) for each in row.profile.expertise),
        ", ".join(str(KeyStage(each).label) for each in row.profile.key_stages),
        f"full-time equivalent {number(how.fte)}",
        f"in post from {date_words(how.starts_on)}",
        f"outreach time {' and '.join(time)}" if time else "outreach time not set",
    ]
    if row.days_used:
        said.append(f"{days_words(row.days_used)} used this year before")
    if len(row.profile.work_types) == len(WorkType):
        said.append("every kind of work")
    if entry.inducted_on is None:
        said.append("induction unfinished")
    return said
