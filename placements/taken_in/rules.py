"""What a placement that was agreed before this system must be like to be entered (R-17.4). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from astcoord.core.problems import Problem
from astcoord.core.wording import QUARTER, date_words, days_words
from astcoord.core.words import say
from staff.expertise.vocabulary import Subject
from staff.posts.lifecycle import PostStatus

if TYPE_CHECKING:
    from schools.register.models import School
    from staff.posts.models import Post

ZERO = Decimal(0)
MOST_DAYS = Decimal(200)
AIM_LENGTH, AIMS_LENGTH = 1000, 2000


@dataclass(frozen=True)
class Agreed:
    """One placement as its paper has it.

    `used` days lie before today and have no date here; `used_this_year` says how many of them fell in this school
    year, and is needed only where the placement began before it. `agreed_on` is the day of the paper, `beyond` why the
    AST's year may be overdrawn.
    """

    post: "Post"
    host: "School"
    subject: str
    starts_on: date
    ends_on: date
    days: Decimal
    used: Decimal
    aims: tuple[str, ...]
    used_this_year: Decimal | None = None
    weekday: int | None = None
    agreed_on: date | None = None
    beyond: str = ""

    @property
    def focus(self) -> str:
        return "\n".join(self.aims)

    def given(self) -> dict[str, Any]:
        """What is kept of it for good, in text: the same placement entered again says the same (R-17.11)."""
        return {
            "days": f"{self.days:.2f}",
            "used": f"{self.used:.2f}",
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
            "subject": self.subject,
            "aims": list(self.aims),
        }


def aims_of(text: str) -> tuple[str, ...]:
    """One aim to a line."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def agreed_problems(agreed: Agreed, *, year: tuple[date, date] | None, today: date) -> list[Problem]:
    """Everything that can be seen without the ledger; `year` are the first and last day of this school year."""
    if year is None:
        return [Problem("This school year is not in the calendar yet: enter the calendar first", "", "R-17.4", "year")]
    return [*_people(agreed), *_dates(agreed, today), *_figures(agreed, year[0], today), *_aims(agreed)]


def _people(agreed: Agreed) -> list[Problem]:
    post, host = agreed.post, agreed.host
    found = []
    if post.status != PostStatus.IN_POST or post.starts_on is None:
        found.append(Problem(f"{post.name} is not in post as {say('an AST')}: record the post first", "ast", "R-17.4"))
    elif agreed.starts_on < post.starts_on:
        since = date_words(post.starts_on)
        found.append(Problem(f"{post.name} is in post only from {since}: correct one of the days", "starts_on"))
    if post.ends_on and agreed.ends_on > post.ends_on:
        until = date_words(post.ends_on)
        found.append(Problem(f"{post.name} is in post only until {until}: enter a last day up to then", "ends_on"))
    if post.home_id == host.pk:
        words = f"{host} is {post.name}’s own school: record the work as inreach"
        found.append(Problem(words, "host", "R-1.6", "own-school"))
    elif not host.is_open:
        found.append(Problem(f"{host} is closed: enter the school where the work goes on", "host", "R-17.4", "closed"))
    return found


def _dates(agreed: Agreed, today: date) -> list[Problem]:
    if agreed.ends_on < agreed.starts_on:
        return [Problem("The last day must be the same as or after the first day", "ends_on", "R-8.11")]
    found = []
    if agreed.ends_on < today:
        words = (
            f"The last day, {date_words(agreed.ends_on)}, has passed: {say('only placements')} that go on are entered"
        )
        found.append(Problem(words, "ends_on", "R-17.4", "over"))
    if agreed.agreed_on and agreed.agreed_on > today:
        found.append(Problem("The day of the signed paper must be today or in the past", "agreed_on", "R-17.4"))
    return found


def _figures(agreed: Agreed, year_begins: date, today: date) -> list[Problem]:
    found = []
    now = agreed.used_this_year
    if not 0 < agreed.days <= MOST_DAYS or agreed.days % QUARTER:
        found.append(Problem("Days agreed must be more than 0 and in quarters, such as 6 or 2.5", "days", "R-17.4"))
    if agreed.used < 0 or agreed.used % QUARTER:
        found.append(Problem("Days used must be in quarters, such as 2 or 2.5", "used", "R-17.4"))
    elif agreed.used > agreed.days:
        words = f"{days_words(agreed.used)} used are more than {days_words(agreed.days)} agreed: correct one of them"
        found.append(Problem(words, "used", "R-17.4", "more-used"))
    elif agreed.used and agreed.starts_on > today:
        words = f"No days can be used before the first day, {date_words(agreed.starts_on)}: correct one of them"
        found.append(Problem(words, "used", "R-17.4", "not-begun"))
    if now is not None and (now < 0 or now % QUARTER or now > agreed.used):
        words = f"Days used this school year must be in quarters, and no more than the {days_words(agreed.used)} used"
        found.append(Problem(words, "used_this_year", "R-17.4"))
    elif agreed.starts_on < year_begins and agreed.used and now is None:
        words = f"It began before this school year: say how many of {days_words(agreed.used)} used fell in this year"
        found.append(Problem(words, "used_this_year", "R-17.4", "this-year"))
    elif agreed.starts_on >= year_begins and now not in (None, agreed.used):
        words = "It began in this school year, so all days used fell in it: leave days used this school year empty"
        found.append(Problem(words, "used_this_year", "R-17.4", "all-this-year"))
    return found


def _aims(agreed: Agreed) -> list[Problem]:
    found = []
    if agreed.subject not in Subject.values:
        found.append(Problem("Enter the subject", "subject", "R-17.4"))
    if not agreed.aims:
        found.append(Problem("Enter the aims", "aims", "R-8.11"))
    elif max(map(len, agreed.aims)) > AIM_LENGTH or len(agreed.focus) > AIMS_LENGTH:
        words = f"The aims are longer than {AIMS_LENGTH:,} characters, or one of them than {AIM_LENGTH:,}: shorten them"
        found.append(Problem(words, "aims", "R-17.4"))
    return found


def over_year(name: str, year: str, *, left: Decimal, wanted: Decimal) -> list[Problem]:
    """R-4.11: a contract goes beyond the AST's year only with a reason, and so does what was agreed before."""
    if wanted <= left:
        return []
    words = (
        f"{name} has {days_words(max(left, ZERO))} left in {year}, and this takes {days_words(wanted)} of it: correct "
        "the days, or give the reason for going beyond the year"
    )
    return [Problem(words, "beyond", "R-4.11", "budget")]


def already_there(reference: str, held: Mapping[str, Any], now: Mapping[str, Any]) -> list[Problem]:
    """The same AST, host and first day, with other figures than were entered."""
    names = {"days": "days", "used": "days used", "ends_on": "last day", "subject": "subject", "aims": "aims"}
    differ = [words for key, words in names.items() if held.get(key) != now.get(key)]
    if not differ:
        return []
    words = (
        f"{reference} is {say('this placement')}, entered with another {_and(differ)}: change it on "
        "its page, or take it back "
        "there and enter it again"
    )
    return [Problem(words, "", "R-17.4", "there")]


def made_here(reference: str) -> list[Problem]:
    """A placement of the same AST, host and first day that came by a request."""
    return [
        Problem(
            f"{reference} is {say('this placement')}, and was made in this system: leave it out", "", "R-17.4", "here"
        )
    ]


def _and(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def undo_problems(happened: Iterable[str], *, taken_in: bool) -> list[Problem]:
    """What was entered by mistake is taken back while nothing has happened on it."""
    if not taken_in:
        return [Problem(say("This placement was made in this system: end it early instead"), "", "R-17.4", "here")]
    found = list(happened)
    if not found:
        return []
    words = f"Work has begun on it here ({_and(found)}), so it cannot be taken back any more: end it early instead"
    return [Problem(words, "", "R-17.4", "begun")]
