"""The lists from which people are written to, and who of the chosen rows is reached (R-20.12)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from astcoord.core import unreachable
from astcoord.core.clock import today
from astcoord.core.emails import Reader
from astcoord.core.models.bounces import Unreachable
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User
from staff.accounts.reads import or_school
from staff.posts.models import Post

NO_ADDRESS = "no e-mail address is known"
SUSPENDED = "the account is suspended"


@dataclass(frozen=True)
class Addressee:
    """Somebody behind a chosen row: who, why they are on the list, and why they are not reached, if for any reason."""

    reader: Reader
    about: str = ""
    problem: str = ""

    @classmethod
    def of(cls, person: User, *, about: str = "") -> "Addressee":
        return cls(Reader.of(person), about, "" if person.is_active else SUSPENDED)


@dataclass(frozen=True)
class Source:
    """A list from which people are written to.

    `title` and `page` are the list's, `people` gives those behind the rows with these keys. A later room registers
    its own when the software starts.
    """

    code: str
    title: str
    page: str
    people: Callable[[Sequence[int]], Iterable[Addressee]]


@dataclass(frozen=True)
class Addressees:
    """Who gets the message, each once, and who of the chosen does not."""

    reached: list[Addressee]
    left: list[Addressee]


SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let people be written to from this list; its view names the button in `bulk`."""
    SOURCES[source.code] = source


def addressees(source: Source, keys: Sequence[int]) -> Addressees:
    """Behind these rows: everybody once, whoever stands behind several rows with all of them. One query more."""
    people: dict[str, Addressee] = {}
    for each in source.people(keys):
        who = each.reader.email.casefold() or each.reader.key
        before = people.get(who, each)
        about = before.about if each.about in before.about else f"{before.about}, {each.about}"
        people[who] = replace(before, about=about)
    back = unreachable.told_of(each.reader.email for each in people.values())
    judged = [_judged(each, back) for each in people.values()]
    return Addressees([each for each in judged if not each.problem], [each for each in judged if each.problem])


def _judged(each: Addressee, back: dict[str, Unreachable]) -> Addressee:
    if each.problem:
        return each
    if not each.reader.email:
        return replace(each, problem=NO_ADDRESS)
    row = back.get(each.reader.email)
    return replace(each, problem=f"e-mail to {row.address} comes back since {unreachable.since(row)}") if row else each


def asts(keys: Sequence[int]) -> list[Addressee]:
    """Those who hold these posts. One query."""
    posts = Post.objects.filter(pk__in=keys).select_related("user", "home").order_by("user__name_key", "pk")
    return [Addressee.of(post.user, about=post.home.name) for post in posts]


def heads(keys: Sequence[int]) -> list[Addressee]:
    """The headteachers of these schools; of one whose head has no account, the school's own address. Two queries."""
    held: dict[int, list[Reader]] = {}
    for role in RoleAssignment.objects.of_heads(today()).filter(school__in=keys).select_related("user").order_by("pk"):
        held.setdefault(role.school_id or 0, []).append(Reader.of(role.user))
    found = []
    for school in School.objects.filter(pk__in=keys).order_by("name_key", "pk"):
        nobody = Reader("The headteacher", "", key=f"school:{school.pk}")
        readers = or_school(held.get(school.pk, []), school) or [nobody]
        found += [Addressee(reader, about=school.name) for reader in readers]
    return found
