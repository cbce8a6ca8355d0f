"""What an availability letter states: facts for the whole round, and what is one school's own."""

from datetime import date
from typing import Any

from django.urls import reverse

from astcoord.core import documents, outbox, words
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.words import say
from placements.days import ledger
from placements.letters import rules
from placements.letters.models import Letter
from schools.calendar.models import Term
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_coordinator
from staff.accounts.reads import may_come
from staff.expertise.vocabulary import SHORT_STAGES, KeyStage, Subject, WorkType
from staff.posts.models import Post

KIND = "availability-letter"
RUN = "availability-letters"
STAGES: dict[str, str] = {stage.value: words for stage, words in SHORT_STAGES.items()}


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
    in_post = Post.objects.present(on)
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


def ways_in() -> dict[int, str]:
    """The address with which each school's head signs in today, by school; no entry where the head cannot (R-17.5).

    It is the account's, or the head's own that the office has entered. Two heads have two. A few queries.
    """
    found = School.objects.filter(pk__in=may_come(today())).values_list("pk", "email")
    ways: dict[int, str] = dict(found)
    roles = RoleAssignment.objects.of_heads(today()).order_by("-pk").values_list("school_id", "user__email")
    for school_id, email in roles:
        if school_id is not None:
            several = school_id in ways and ways[school_id] != email
            ways[school_id] = f"{email} or {ways[school_id]}" if several else email
    return ways


def school_facts(school: School, *, signed_by: str, sign_in_as: str) -> dict[str, Any]:
    """What is one school's own: to whom, who signs, and with which address its head signs in, "" for none."""
    lines = rules.addressee_lines(head_name=school.head_name, school_name=school.name, address=school.address_lines)
    return {
        "addressee": {"lines": lines},
        "salutation": rules.salutation(school.head_name),
        "signatory": signed_by,
        "can_sign_in": bool(sign_in_as),
        "sign_in_as": sign_in_as,
    }


def title(term: Term) -> str:
    """The same for every school: the name of the school is in the address."""
    return f"{say('Advanced Skills Teachers')} available in the {term.name[0].lower()}{term.name[1:]}"


def print_run(letters: list[Letter]) -> bytes:
    """Several letters as one file to print, each on a new page."""
    first = letters[0].document
    pages = [{**letter.document.facts, "created_at": letter.document.created_at} for letter in letters]
    with words.scope(lambda: documents.words_of(first)):  # the letters of one round are in the same words
        return documents.preview(
            RUN,
            title=first.title,
            facts={"letterhead": first.facts["letterhead"], "letters": pages},
            on=first.created_at,
        )


def _line(area: rules.Area) -> dict[str, Any]:
    return {
        "subject": str(Subject(area.subject).label),
        "key_stages": rules.stage_words(area.key_stages, words=STAGES),
        "asts": area.asts,
        "available": area.available,
    }


def _offered(posts: list[Post]) -> list[str]:
    """The kinds of work that at least one AST in post offers, in the vocabulary's order."""
    offered = {kind for post in posts for kind in post.work_types}
    return [kind for kind in WorkType.values if kind in offered]
