"""A plan's reasons in words: the core speaks of numbers, people of names and schools."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from astcoord.core import protected
from astcoord.core.wording import counted, listed, plural
from astcoord.core.words import say
from placements.allocation.exclusions import Exclusion
from placements.planning.models import Plan, PlanLine, PlanPair, PlanUnmet
from schools.register.models import School
from staff.accounts.models import User
from staff.expertise.vocabulary import Subject
from staff.posts.lifecycle import POST_KNOWN
from staff.posts.models import Post

AST = re.compile(r"\bAST (\d+)\b")
NOT_YET = "A teacher not yet in post"
"""Whoever is on the way to becoming an AST, to readers who may not know it (section G*)."""
Row = TypeVar("Row", PlanLine, PlanPair)
MOST = 3
"""So many requests are named in one sentence; the rest is a number."""


def subject(code: str) -> str:
    """The subject's name; the code itself for one that no longer exists."""
    return dict(Subject.choices).get(code, code)


def reference(pk: int) -> str:
    """As `OutreachRequest.reference`, without the row."""
    return f"R{pk:05d}"


def references(pks: Iterable[int]) -> str:
    """“R00001, R00002 and 4 more”."""
    items = [reference(pk) for pk in pks]
    if len(items) > MOST:
        return f"{', '.join(items[:MOST])} and {len(items) - MOST} more"
    return listed(items)


def _hidden_from(reader: User, posts: Mapping[int, str]) -> set[int]:
    """Of these posts, with their status, those that the reader may not know of; no query where none is on the way."""
    on_the_way = {pk for pk, status in posts.items() if status not in POST_KNOWN}
    if not on_the_way:
        return set()
    return on_the_way - set(Post.objects.visible_to(reader).filter(pk__in=on_the_way).values_list("pk", flat=True))


def named_for(reader: User, rows: Iterable[Row]) -> list[Row]:
    """Rows of a plan as their reader may read them, to be shown: whose name is hidden cannot be saved."""
    found = list(rows)
    hidden = _hidden_from(reader, {row.post.pk: row.post.status for row in found if row.post})
    for row in found:
        if row.post and row.post.pk in hidden:
            _hide(row, row.post)
    return found


def _hide(row: Row, post: Post) -> None:
    """The name, also in somebody's reason; with it the home school and the journey from there, which tell who it is."""
    prefetched = getattr(row, "_prefetched_objects_cache", {})
    for each in [row] if isinstance(row, PlanPair) else prefetched.get("decisions", ()):
        each.reason = protected.cleaned(each.reason, [post.name])
    post.user, post.home = User(name=NOT_YET), School()
    if isinstance(row, PlanLine):
        row.km = None


def told_to(reader: User, plans: Iterable[Plan]) -> list[Plan]:
    """Plans, to be shown, with the changes of what-ifs as their reader may read them; one query, or two."""
    found = list(plans)
    people = _names({int(n) for plan in found for each in plan.changes for n in AST.findall(each["text"])}, reader)
    for plan in found:
        plan.changes = [{**each, "text": _named(each["text"], people)} for each in plan.changes]
    return found


def people_in(notes: Iterable[Mapping[str, Any]], reader: User) -> dict[int, str]:
    """Names of all ASTs whom some notes speak of, as the reader may know them; two queries at most."""
    wanted: set[int] = set()
    for note in notes:
        wanted |= set(note.get("able", ()))
        wanted |= {int(n) for text in note.get("remedies", ()) for n in AST.findall(text)}
        for chosen in note.get("chosen", ()):
            wanted |= {chosen["post"], *(row[0] for row in chosen["better"])}
    return _names(wanted, reader)


def _names(wanted: set[int], reader: User) -> dict[int, str]:
    """By post; no query where nobody is wanted."""
    posts = list(Post.objects.filter(pk__in=wanted).values_list("pk", "status", "user__name"))
    hidden = _hidden_from(reader, {pk: status for pk, status, _ in posts})
    return {pk: NOT_YET if pk in hidden else name for pk, _, name in posts}


def proof(plan: Plan) -> str:
    """How good the plan is, honestly."""
    if plan.reproducible:
        return "Proved: no other plan meets more need, class by class, or places people better for it."
    short = [level for level in plan.levels if level["bound"] > level["met"]]
    share = f"{max(plan.gap or 0, 0.001):.1%}"
    if short:
        what = f"A better plan could meet at most {share} more need"
    else:
        what = f"The need met is proved; who goes where could be at most {share} better"
    return f"The time ran out. This is the best plan found. {what}. Solving it again may give another plan."


ABLE = "able"
"""Excludes nobody: somebody could do it, and is needed elsewhere."""


def excluded_by(unmet: PlanUnmet) -> dict[Exclusion, int]:
    """ASTs by the first thing that stood in their way."""
    return {Exclusion(code): count for code, count in unmet.obstacles if code in set(Exclusion)}


def reason_of(unmet: PlanUnmet) -> str:
    """The code of what stood in the way of those who came nearest; "able" where somebody could have come."""
    if unmet.able:
        return ABLE
    return max(excluded_by(unmet), key=list(Exclusion).index, default="")


def reason(code: str) -> str:
    """What stood in the way of several requests, in words."""
    if code == ABLE:
        return say("ASTs could do it, but all their days go to other requests")
    if code == Exclusion.NO_EXPERTISE:
        return say("No AST has the expertise asked for")
    return Exclusion(code).words if code else say("No AST is in post")


def why_unmet(unmet: PlanUnmet) -> str:
    """What stood in the way: of whoever could have come, others were served first; or how far anybody got."""
    code, found = reason_of(unmet), excluded_by(unmet)
    if code == ABLE:
        return f"{counted(unmet.able, 'AST')} could do it, but all their days go to other requests"
    if code in ("", Exclusion.NO_EXPERTISE):
        return reason(code)
    near = found[Exclusion(code)]
    others = sum(found.values()) - near
    rest = f"; {counted(others, 'other')} {plural(others, 'is', 'are')} ruled out before that" if others else ""
    return f"{reason(code)} ({counted(near, 'AST')}{rest})"


def cost(note: Mapping[str, Any] | None) -> str:
    """What meeting the request would cost others, found by forcing it in."""
    if note is None:
        return ""
    found = note.get("cost")
    if not found:
        return ""
    if not found["possible"]:
        return "Cannot be met, whatever else is given up"
    if not found["lost"]:
        return "Nobody would lose help, but the fit elsewhere would be poorer" if found["proved"] else ""
    gained = list(found["gained"])
    also = f"; {references(gained)} would be met" if len(gained) > 1 else ""
    return f"Meeting it would take help from {references(found['lost'])}{also}"


def remedies(note: Mapping[str, Any] | None, people: Mapping[int, str]) -> tuple[str, ...]:
    """The smallest changes that would meet it and take from nobody."""
    return tuple(_named(text, people) for text in (note or {}).get("remedies", ()))


def why_chosen(note: Mapping[str, Any] | None, line: PlanLine, people: Mapping[int, str]) -> tuple[str, ...]:
    """Why this AST, who suits better and is busy, and who else wanted the person."""
    chosen = next((c for c in (note or {}).get("chosen", ()) if c["post"] == line.post_id), None)
    if chosen is None:
        return ()
    if chosen["pinned"]:
        first = say("Pinned by the co-ordinator")
    elif chosen["of"] == 1:
        first = say("The only AST who can do it")
    else:
        first = f"Number {chosen['place']} of {chosen['of']} who could, with {chosen['score']:.0f} of 100 points"
    better = [
        f"{people.get(post, say('Another AST'))} suits better, and is needed for {references(busy)}"
        for post, _, busy in chosen["better"][:MOST]
        if busy
    ]
    wanted = [pk for pk, _, met in chosen["wanted_by"] if not met]
    also = [f"Also wanted by {references(wanted)}, not met"] if wanted else []
    return (first, *better, *also)


def change_of(line: PlanLine, before: set[tuple[int, int | None]] | None) -> str:
    """How a line compares with the plan that this one followed."""
    if before is None or (line.request_id, line.post_id) in before:
        return ""
    return say("Another AST") if any(request == line.request_id for request, _ in before) else "New"


def _named(text: str, people: Mapping[int, str]) -> str:
    def name(found: re.Match[str]) -> str:
        who = people.get(int(found[1]), found[0])
        return who[:1].lower() + who[1:] if who == NOT_YET and found.start() else who

    return AST.sub(name, text)
