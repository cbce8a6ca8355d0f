"""What an availability letter states: facts for the whole round, and what is one school's own."""

from typing import Any

from django.urls import reverse

from astcoord.core import documents, outbox
from astcoord.core.clock import today
from placements.days import ledger
from placements.letters import rules
from placements.letters.models import Letter
from schools.calendar.models import Term
from schools.register.models import School
from staff.expertise.vocabulary import SHORT_STAGES, KeyStage, Subject, WorkType
from staff.posts.models import Post

KIND = "availability-letter"
RUN = "availability-letters"


def round_facts(term: Term) -> dict[str, Any]:
    """What every letter of a round says, as of today: the ASTs in post and their areas (R-5.1, R-5.4).

    Plain JSON, four queries whatever the number of ASTs.
    """
    posts = list(Post.objects.in_post().prefetch_related("expertise"))
    year = ledger.balances([post.pk for post in posts], term.year)
    with_days = {pk for pk, balance in year.items() if balance.remaining > 0}
    expertise = [each for post in posts for each in post.expertise.all()]
    areas = rules.areas(expertise, with_days, subjects=Subject.values, key_stages=KeyStage.values)
    return {
        **documents.letterhead(),
        "term": term.name,
        "as_of": today().isoformat(),
        "asts_in_post": len(posts),
        "expertise": [_line(area) for area in areas],
        "kinds_of_work": [str(WorkType(kind).label) for kind in _offered(posts)],
        "ask_link": outbox.link(reverse("home")),
        "browse_link": outbox.link(reverse("staff:expertise")),
    }


def school_facts(school: School) -> dict[str, Any]:
    """What is one school's own."""
    lines = rules.addressee_lines(head_name=school.head_name, school_name=school.name, address=school.address_lines)
    return {"addressee": {"lines": lines}, "salutation": rules.salutation(school.head_name)}


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
