from django.apps import AppConfig

from astcoord.core import consequences, home, search
from astcoord.core.clock import today
from astcoord.core.words import say, say_later
from astcoord.ui import about

ROOMS = (
    "priorities",
    "requests",
    "notes",
    "supported",
    "days",
    "variations",
    "letters",
    "offers",
    "matching",
    "balances",
    "activities",
    "planning",
    "groups",
    "changes",
    "deployment",
    "charges",
    "endings",
    "taken_in",
    "year_end",
    "week",
    "overview",
)
"""Those with something on the first page or in the menu."""

CHANGES = (
    *("requests", "placement", "days", "variations", "offers", "matching", "activities", "planning"),
    *("agreement", "endings"),
)
"""Those of which something hangs on an AST's post or on the policy (`consequences`)."""

FOUND = ("requests", "placement", "supported")
"""Those of which something is found by the search in the header (`search`)."""

ABOUT = ("requests", "notes", "placement", "days", "letters", "matching", "agreement")
"""Those that say what belongs to a thing, on every page about it (`about`)."""

WAITS = ("requests", "days", "matching", "agreement")
"""Those that say for whom one waits (`waits`)."""


class PlacementsConfig(AppConfig):
    name = "placements"
    verbose_name = say_later("Requests, matches, placements and contracts")

    def ready(self) -> None:
        from placements import tasks  # noqa: F401, PLC0415

        home.register_rooms(self.name, ROOMS)
        consequences.register_rooms(self.name, CHANGES)
        search.register_rooms(self.name, FOUND)
        about.register_rooms(self.name, ABOUT)
        _say_who_waits(self.name)
        _connect_days()
        _connect_placements()
        _connect_people()
        _connect_worklist()
        _say_what_hangs()


def _say_who_waits(name: str) -> None:
    """For whom one waits in what is of this floor (R-18.5)."""
    from astcoord.core import waiting  # noqa: PLC0415

    waiting.register_rooms(name, WAITS)


def _connect_days() -> None:
    """What a room answers, or does, for one that may not import it; models exist once all apps are loaded."""
    from placements.days import budgets, ledger  # noqa: PLC0415
    from placements.days.reads import support as supported  # noqa: PLC0415
    from placements.matching.reads import promises  # noqa: PLC0415
    from schools.calendar.actions import on_year_saved  # noqa: PLC0415
    from schools.register import support  # noqa: PLC0415
    from staff.posts import availability  # noqa: PLC0415
    from staff.posts.actions.beginning import on_in_post  # noqa: PLC0415
    from staff.posts.imports import earlier  # noqa: PLC0415

    on_in_post.append(lambda post, by: budgets.begin(post, by=by, today=today()))
    on_year_saved.append(lambda _: (budgets.open_all(today()), budgets.spread_all()))
    earlier.answer_with(budgets.used_problems, budgets.take_used)
    ledger.promised_in.append(promises.in_year)
    availability.answer_with(budgets.with_days_left)
    support.answer_with(supported.ANSWER)


def _connect_placements() -> None:
    """The same for what becomes of a match, of papers and of a contract."""
    from placements.agreement.actions import fulfilment  # noqa: PLC0415
    from placements.agreement.actions.placements import open_placement  # noqa: PLC0415
    from placements.agreement.reads.protocol import contract_policy  # noqa: PLC0415
    from placements.changes.actions.deciding import close_open  # noqa: PLC0415
    from placements.changes.reads import proposed_for  # noqa: PLC0415
    from placements.endings.actions import hooks  # noqa: PLC0415
    from placements.groups.actions import deciding  # noqa: PLC0415
    from placements.matching.actions import group_decision, on_agreed  # noqa: PLC0415
    from placements.papers.actions import on_change  # noqa: PLC0415
    from placements.placement import reads as placement  # noqa: PLC0415
    from placements.planning.actions import accept  # noqa: PLC0415

    placement.answer_with(contract_policy, proposed_for)
    hooks.on_ended_early.append(close_open)
    hooks.on_completed.append(close_open)
    hooks.on_undone.append(close_open)
    on_agreed.append(lambda match, by: open_placement(match=match, by=by))
    group_decision.append(deciding.agreed_words)
    accept.against.append(deciding.against)
    accept.on_accepted.append(lambda match, by: deciding.carry(match=match, by=by))
    on_change.append(lambda placement, by: fulfilment.refresh(placement, by=by))


def _connect_worklist() -> None:
    """Who could help stands in the list of requests, and what the office has noted beside what it is about."""
    from placements.matching.reads.help import could_help  # noqa: PLC0415
    from placements.notes import reads as notes  # noqa: PLC0415
    from placements.requests.reads import answer_help_with, more_cards  # noqa: PLC0415

    more_cards.append(notes.beside_request)
    answer_help_with(could_help)


def _connect_people() -> None:
    """The same for the people supported: what they find on their page, whose names are kept back, and how long."""
    from astcoord.core import protected, records, retention  # noqa: PLC0415
    from placements.agreement.actions.placements import activate_if_ready  # noqa: PLC0415
    from placements.agreement.reads.supported import for_person  # noqa: PLC0415
    from placements.changes.reads import objectives_if_joined  # noqa: PLC0415
    from placements.days.reads.parts import coming, days_to_come  # noqa: PLC0415
    from placements.personal.fingerprints import STORES  # noqa: PLC0415
    from placements.personal.retention import LINES  # noqa: PLC0415
    from placements.supported import actions as supported  # noqa: PLC0415
    from placements.supported import reads as supported_reads  # noqa: PLC0415
    from placements.supported.names import known_to, of_requests  # noqa: PLC0415

    supported.on_yes.append(activate_if_ready)
    supported_reads.answer_with(coming)
    supported_reads.own_days.append(days_to_come)
    supported_reads.papers.append(for_person)
    supported_reads.answer_for_joining(objectives_if_joined)
    protected.register(protected.Source(of_requests, known_to))
    retention.register(LINES)
    records.register(STORES)


def _say_what_hangs() -> None:
    """What of this floor hangs on a school that closes, on a new head, on a person's new name (R-17.6, R-17.7)."""
    from placements.groups import consequences as groups  # noqa: PLC0415
    from placements.succession import consequences as succession  # noqa: PLC0415
    from placements.succession import heads, people  # noqa: PLC0415
    from schools.succession.events import HANGING, WHAT_GOES  # noqa: PLC0415
    from staff.accounts.events import MERGING, NEW_HEAD, RENAMED, merging_facts  # noqa: PLC0415

    MERGING.register(say("Placements and drafts"), people.merged, people.carry_merged, order=30)
    MERGING.register("Seats in groups", groups.merged, groups.carry_merged, order=31)
    merging_facts.append(people.merging_problems)
    RENAMED.register("Contracts", people.contracts, order=30)
    NEW_HEAD.register("Requests", heads.requests, order=10)
    NEW_HEAD.register("Matches", heads.matches, order=20)
    NEW_HEAD.register(say("Placements"), heads.placements, order=30)
    NEW_HEAD.register("Changes", heads.changes, order=40)
    WHAT_GOES.register(say("ASTs"), succession.posts, succession.carry_posts, order=40)
    WHAT_GOES.register("Requests", succession.requests, succession.carry_requests, order=70)
    WHAT_GOES.register("Matches", succession.matches, order=75)
    WHAT_GOES.register(say("Placements"), succession.placements, succession.carry_placements, order=80)
    WHAT_GOES.register("Availability letters", succession.availability, succession.carry_letters, order=90)
    HANGING.extend(succession.HANGING)
