"""What an availability letter states: facts for the whole round, and what is one school's own."""

from datetime import date
from typing import Any

from django.urls import reverse

from astcoord.core import documents, outbox
from astcoord.core.clock import today
from astcoord.core.roles import Role
from placements.days import ledger
from placements.letters import rules
from placements.letters.models import Letter
from schools.calendar.models import Term
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_coordinator
from staff.expertise.vocabulary import SHORT_STAGES, KeyStage, Subject, WorkType
from staff.posts.models import Post

KIND = "availability-letter"
RUN = "availability-letters"


def round_facts(term: Term) -> dict[str, Any]:
    """What every letter of a round says, as of today: the ASTs in post when its term begins, or now if it has (R-5.4).

    Plain JSON, six queries whatever the number of ASTs.
    """
    posts = list(Post.objects.in_post(_from(term)).prefetch_related("expertise"))
    expertise = [each for post in posts for each in post.expertise.all()]
    areas = rules.areas(expertise, _free(posts, term), subjects=Subject.values, key_stages=KeyStage.values)
    return {
        **documents.letterhead(),
        "term": term.name,
        "as_of": _from(term).isoformat(),
        "asts_in_post": len(posts),
        "expertise": [_line(area) for area in areas],
        "kinds_of_work": [str(WorkType(kind).label) for kind in _offered(posts)],
        "ask_link": outbox.link(reverse("home")),
        "browse_link": outbox.link(reverse("staff:expertise")),
    }


def _free(posts: list[Post], term: Term) -> set[int]:
    """Who could be matched: inducted, with outreach time from the term on, and days left in its year (R-5.4)."""
    on = _from(term)
    in_post = Post.objects.in_post(on)
    timed = in_post.exclude(pk__in=Post.objects.without_pattern(on).values("pk"))
    able = set(timed.inducted().values_list("pk", flat=True))
    year = ledger.balances([post.pk for post in posts], term.year)
    return {pk for pk, balance in year.items() if balance.remaining > 0 and pk in able}


def _from(term: Term) -> date:
    """The first day of which a letter about the term speaks."""
    return max(today(), term.starts_on)


def signatory(by: User | None) -> str:
    """Who signs: the co-ordinator who has the letters prepared, else the first there is; "" where there is none."""
    if by is not None and is_coordinator(by):
        return by.name
    roles = RoleAssignment.objects.in_force(today()).filter(role=Role.COORDINATOR, user__is_active=True)
    first = roles.select_related("user").order_by("pk").first()
    return first.user.name if first else ""


def with_head() -> set[int]:
    """The ids of schools whose headteacher can sign in today."""
    return set(RoleAssignment.objects.of_heads(today()).values_list("school_id", flat=True))


def school_facts(school: School, *, signed_by: str, can_sign_in: bool) -> dict[str, Any]:
    """What is one school's own: to whom, who signs, and whether its headteacher has an account to sign in with."""
    lines = rules.addressee_lines(head_name=school.head_name, school_name=school.name, address=school.address_lines)
    return {
        "addressee": {"lines": lines},
        "salutation": rules.salutation(school.head_name),
        "signatory": signed_by,
        "can_sign_in": can_sign_in,
    }


def title(term: Term) -> str:
    """The same for every school: the name of the school is in the address."""
    return f"Advanced Skills Teachers available in the {term.name[0].lower()}{term.name[1:]}"


def print_run(letters: list[Letter]) -> bytes:
    """Several letters as one file to print, each on a new page."""
    first = letters[0].document
    pages = [{**letter.document.facts, "created_at": letter.document.created_at} for letter in letters]
    return documents.preview(
        RUN,
        title=first.title,
        facts={"letterhead": first.facts["letterhead"], "letters": pages},
        on=first.created_at,
    )


def _line(area: rules.Area) -> dict[str, Any]:
    return {
        "subject": str(Subject(area.subject).label),
        "key_stages": ", ".join(SHORT_STAGES[KeyStage(stage)] for stage in area.key_stages),
        "asts": area.asts,
        "available": area.available,
    }


def _offered(posts: list[Post]) -> list[str]:
    """The kinds of work that at least one AST in post offers, in the vocabulary's order."""
    offered = {kind for post in posts for kind in post.work_types}
    return [kind for kind in WorkType.values if kind in offered]
