"""Everything that a placement's page shows: where it stands, whose turn it is, and what each party has to do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from astcoord.core import personal_data, shown
from astcoord.core import policy as policies
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.policy import Policy
from astcoord.core.policy_choices import Party
from astcoord.core.roles import Role
from astcoord.core.wording import days_words, listed
from astcoord.core.words import say, say_later
from astcoord.ui.charts import Event
from placements.agreement.models import ContractVersion
from placements.agreement.permissions import parties_in_contract
from placements.agreement.reads.protocol import contract_in_force, missing_parties
from placements.agreement.reads.readiness import with_readiness
from placements.consultations.reads import consultation_of
from placements.days.models import OutreachDay
from placements.matching.reads.matches import summed
from placements.overview.reads.ending import end_steps
from placements.overview.reads.steps import CANNOT, DONE, SKIPPED, Step, StepFacts, steps, still_useful
from placements.placement import permissions
from placements.placement.lifecycle import PLACEMENT_OPEN, PlacementStatus
from placements.placement.models import Objective, Placement
from placements.placement.querysets import PlacementQuerySet
from placements.placement.reads import CO, WHO, offer_of, way_to_host
from placements.priorities import reads as priorities
from placements.supported.reads import BY_LINK
from placements.supported.redaction import redactor
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator, is_office

TOLD_OTHERWISE = [
    f"{Placement.machine.name}: {Placement.machine.get(move).label}"
    for move in ("sign", "sign_last", "issue", "reissue", "hold_preliminary")
]
"""Moves beside which a fuller event stands."""

NOBODYS_TURN: dict[str, str] = {
    PlacementStatus.ACTIVE: "Outreach days can be planned and written up.",
    PlacementStatus.COMPLETED: say_later("Nobody: everything is done. The placement closes by itself."),
    PlacementStatus.RETURN_DUE: say_later("The placement is complete. The return visit is still to come."),
    PlacementStatus.RETURN_DONE: say_later("Nobody: everything is done. The placement closes by itself."),
    PlacementStatus.ENDED_EARLY: say_later("Nobody: the placement is over. It closes by itself."),
}
"""What is said where nothing is waited for."""

LONGEST = 200
"""Events shown at most."""

more_pages: list[Callable[[Placement, User, Policy], Iterable[tuple[str, str]]]] = []
"""Ways to pages of rooms above, as (words, address), for who may open them: filled in when the software starts. The
policy is the one that the placement is judged by."""


@dataclass(frozen=True)
class Turn:
    """Whose turn it is, in one line, and the page to go to if it is this person's."""

    mine: bool
    words: str
    url: str = ""
    button: str = ""


@dataclass(frozen=True)
class PlacementPage:
    """One placement for one person."""

    placement: Placement
    turn: Turn | None
    """None for who reads sums: protocol and meetings, of which the steps consist, are not theirs (section G)."""

    mine: list[tuple[str, str | None, str, str]]
    others: list[tuple[str, str | None, str, str]]
    done: list[tuple[str, str | None, str, str]]
    summary: list[tuple[str, Any]]
    host: list[tuple[str, Any]]
    """How to get to the host school; empty for whom it is not."""

    offer: list[tuple[str, Any]]
    """What the AST offers, and `why` this AST came of the match; both empty for whom they are not."""

    why: list[tuple[str, str]]

    people: list[str]
    names_shown: bool
    whole: bool
    version: ContractVersion | None
    pages: list[tuple[str, str]]


def with_steps(placements: QuerySet[Placement], today: date) -> QuerySet[Placement]:
    """With what the steps need: one query, and three for the rows beside it."""
    return (
        with_readiness(placements, today)
        .select_related("post__user", "home", "host", "request", "match")
        .annotate(
            objective_count=Count("objectives"),
            owes_priorities=Exists(Placement.objects.owing_priorities(today).filter(pk=OuterRef("pk"))),
            has_days_to_confirm=Exists(OutreachDay.objects.to_confirm(today).filter(placement=OuterRef("pk"))),
        )
        .prefetch_related("protocol", "supported", "papers", "priorities")
    )


def placement_page(placement: Placement, user: User, today: date) -> PlacementPage:
    """The page of a placement that came from `with_steps`."""
    version = contract_in_force(placement)
    found = _ways(placement, version, today) if placement.status in PLACEMENT_OPEN else []
    ending = end_steps(placement, today)
    found = [*ending, *found]
    parties = set(parties_of(user, placement))
    names, whole = permissions.can_see_names(user, placement), permissions.reads_whole(user, placement)
    mine = [step for step in found if _is_theirs(step, parties, user)]
    theirs = [step for step in found if whole and step not in mine]
    people = [p for p in placement.supported.all() if p.is_in]
    judged_by = version.policy if version else policies.in_force(today)
    return PlacementPage(
        placement=placement,
        turn=turn_of(ending or found, mine, placement) if whole else None,
        mine=[_row(step, mine=True) for step in mine],
        others=[_row(step, mine=False) for step in theirs if step.state != DONE],
        done=[_row(step, mine=False) for step in theirs if step.state == DONE],
        summary=[*summary(placement, why=whole), *_cover(placement, user)],
        host=way_to_host(placement, user, today),
        offer=offer_of(placement, user),
        why=summed(placement.match) if permissions.reads_offer(user, placement) else [],
        people=[f"{p.name if names else p.initials}, {p.get_kind_display().lower()}" for p in people if whole],
        names_shown=names,
        whole=whole,
        version=version,
        pages=[each for more in more_pages for each in more(placement, user, judged_by)],
    )


def parties_of(user: User, placement: Placement) -> list[str]:
    """As whom this person works on a placement; the administrator does the office's part, and approves nothing."""
    parties = [str(party) for party in parties_in_contract(user, placement)]
    if is_office(user) and Party.COORDINATOR not in parties:
        parties.append(str(Party.COORDINATOR))
    return parties


def _is_theirs(step: Step, parties: set[str], user: User) -> bool:
    """Whether this person, who works on the placement as `parties`, does it."""
    owners = set(step.owners)
    return bool(parties & (owners - {CO} if step.approves and not is_coordinator(user) else owners))


def turn_of(found: list[Step], own: list[Step], placement: Placement) -> Turn | None:
    """The first thing that is open: this person's if there is one, else whoever else's."""
    if not found and placement.status not in NOBODYS_TURN:
        return None
    waiting = [s for s in found if s.blocking and s.state not in (DONE, CANNOT, SKIPPED)]
    mine = next((s for s in waiting if s in own), None)
    if mine:
        return Turn(True, mine.title, mine.url or "", mine.button)
    first = next(iter(waiting), None)
    if first is None:
        return Turn(False, NOBODYS_TURN.get(placement.status, "Nobody: everything is done."))
    return Turn(False, f"Waiting for {listed([WHO[o] for o in first.owners], 'or')}: {first.title}.")


def summary(placement: Any, *, why: bool) -> list[tuple[str, Any]]:
    """What it is about, for the summary list; `why` it serves no priority for those who read it whole (section G)."""
    weekday = f"{placement.get_weekday_display()}s" if placement.weekday is not None else "Different days"
    return [
        (say("AST"), f"{placement.post.user.name}, {placement.home.name}"),
        ("Host school", placement.host.name),
        ("Subject", placement.get_subject_display()),
        ("Aims", placement.focus),
        ("Priorities it serves", priorities.words_of(placement, why=why) or _unsaid(placement)),
        ("Days", days_words(placement.days)),
        ("First day", placement.starts_on),
        ("Last day", placement.ends_on),
        ("Pattern", f"{weekday}, {placement.get_day_share_display().lower()}"),
    ]


def _cover(placement: Placement, user: User) -> list[tuple[str, Any]]:
    """How the AST's classes are looked after meanwhile (R-4.12), for whom it concerns."""
    if not permissions.reads_cover(user, placement):
        return []
    ways = "; ".join(Placement._meta.get_field("cover").labels(placement))  # type: ignore[union-attr]
    said = redactor(user, placement)(placement.cover_note)
    return [("Cover at home", ways or "Not agreed yet"), *([("More on the cover", said)] if said else [])]


def _unsaid(placement: Any) -> str:
    """Nothing of an authority that keeps no list."""
    return priorities.NONE_SAID if placement.owes_priorities else ""


def history(placement: Placement, reader: User) -> list[Event]:
    """What happened, newest first: what, by whom, when and why. Two queries, four for who may not know the people."""
    rows = AuditEvent.objects.about(placement).exclude(verb__in=TOLD_OTHERWISE)
    rows = rows.select_related("by", "done_for").order_by("-pk")
    told = shown.teller(reader, placement)
    return [
        Event(
            title=f"{say(row.verb)[:1].upper()}{say(row.verb)[1:]}",
            when=row.at,
            by=row.who or _nobody(row.verb),
            text=told(row.reason),
            changes=_changes(row, told),
        )
        for row in rows[:LONGEST]
    ]


def _nobody(verb: str) -> str:
    """Who acts without an account."""
    return "a person supported" if verb.endswith(BY_LINK) else "the system"


def _changes(row: AuditEvent, told: shown.Told) -> list[tuple[str, str, str]]:
    """What a change of terms changed, in the form's words; `told` as its reader may read what was typed freely.

    Whoever monitors keeps the name, though somebody supported is called alike.
    """
    if not row.verb.startswith("terms:"):
        return []
    fields = {f.name: str(f.verbose_name) for model in (Objective, Placement) for f in model._meta.fields}
    fixed = fields.keys() - {name for model in (Objective, Placement) for name in personal_data.of(model).may_name}
    names = [name for name in row.after if row.before.get(name) != row.after[name]]
    said = [(n, _plain(row.before.get(n)), _plain(row.after[n])) for n in names]
    read = [(n, was, now) if n in fixed else (n, told(was), told(now)) for n, was, now in said]
    return [(fields.get(n, n).capitalize(), was, now) for n, was, now in read]


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)


def at_schools(user: User) -> PlacementQuerySet:
    """A head's placements: those the head's school hosts, and those of its own ASTs elsewhere."""
    schools = user.schools_as(Role.HEADTEACHER)
    return Placement.objects.filter(Q(host_id__in=schools) | Q(home_id__in=schools))


def _is_consulted(placement: Placement) -> bool:
    form = consultation_of(placement)
    return form is not None and form.is_whole


def _is_linked(placement: Any) -> bool | None:
    """Whether it is said which priorities it serves; None of one that was not asked and has not said it."""
    if priorities.words_of(placement):
        return True
    return False if placement.owes_priorities else None


def _step_facts(placement: Any, version: ContractVersion | None, today: date) -> StepFacts:
    """From a placement of `with_steps`."""
    rules = version.policy if version else policies.in_force(today)
    return StepFacts(
        placement=placement,
        items={item.number: item for item in placement.protocol.all()},
        people=[p for p in placement.supported.all() if p.is_in],
        papers=list(placement.papers.all()),
        objectives=placement.objective_count,
        signatories=tuple(rules.signatories),
        paper=rules.contract_word,
        signed=frozenset(rules.signatories) - set(missing_parties(version)) if version else frozenset(),
        consulted=_is_consulted(placement) if rules.initial_consultation else None,
        linked=_is_linked(placement),
        named=len(placement.supported.all()),
    )


def _ways(placement: Placement, version: ContractVersion | None, today: date) -> list[Step]:
    """Down to the first day; of what was agreed before this system, what may still be recorded (R-17.4)."""
    facts = _step_facts(placement, version, today)
    return steps(facts) if placement.taken_in_on is None else still_useful(facts)


def _row(step: Step, *, mine: bool) -> tuple[str, str | None, str, str]:
    who = listed([WHO[o] for o in step.owners], "or")
    hint = step.hint if mine else ". ".join(filter(None, [f"{who[0].upper()}{who[1:]}", step.hint]))
    return step.title, step.url if mine or step.readable else None, step.state, hint
