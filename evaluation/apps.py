from django.apps import AppConfig

from astcoord.core import consequences, home
from astcoord.ui import about

ROOMS = (
    *("results", "estimates", "diary", "corrections", "reviews", "logic", "evaluations", "half_way", "meetings"),
    *("returns", "value", "summaries", "time", "performance", "training"),
    *("authority", "year_view", "board", "termly", "overview"),
)
"""Those with something on the first page or in the menu."""

CHANGES = ("returns", "estimates", "performance", "reviews")
"""Those of which something hangs on an AST's post or on the policy (`consequences`)."""

ABOUT = ("results", "reviews")
"""Those that say what belongs to a thing, on every page about it (`about`)."""

WAITS = ("evaluations",)
"""Those that say for whom one waits (`waits`)."""


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = "Diary, reviews and summaries"

    def ready(self) -> None:
        home.register_rooms(self.name, ROOMS)
        consequences.register_rooms(self.name, CHANGES)
        about.register_rooms(self.name, ABOUT)
        _say_who_waits(self.name)
        _connect_ends()
        _connect_pages()


def _say_who_waits(name: str) -> None:
    """For whom one waits in what is of this floor (R-18.5)."""
    from astcoord.core import waiting  # noqa: PLC0415

    waiting.register_rooms(name, WAITS)


def _connect_ends() -> None:
    """What the end of a placement, another head, merged accounts and time ask of this floor."""
    from astcoord.core import records, retention  # noqa: PLC0415
    from evaluation.evaluations.actions import asking, deciding  # noqa: PLC0415
    from evaluation.evaluations.actions import retention as forms  # noqa: PLC0415
    from evaluation.half_way import actions as half_way  # noqa: PLC0415
    from evaluation.logic import actions as logic  # noqa: PLC0415
    from evaluation.personal.fingerprints import STORES  # noqa: PLC0415
    from evaluation.personal.retention import LINES  # noqa: PLC0415
    from evaluation.returns import actions as returns  # noqa: PLC0415
    from evaluation.succession import heads, people  # noqa: PLC0415
    from placements.endings.actions import hooks  # noqa: PLC0415
    from staff.accounts.events import MERGING, NEW_HEAD  # noqa: PLC0415

    MERGING.register("Diary, evidence and library", people.merged, people.carry_merged, order=40)
    NEW_HEAD.register("Evaluations", heads.forms, order=50)
    NEW_HEAD.register("Impact reviews", heads.reviews, order=60)
    NEW_HEAD.register("Half-way reviews", heads.half_way, order=65)
    NEW_HEAD.register("Offers of help", heads.offers, order=70)
    retention.register([*forms.LINES, *LINES])
    records.register(STORES)
    hooks.on_final_evaluation.extend([asking.ask_final, half_way.call_off])
    hooks.on_ended_early.extend([asking.ask_after_early_end, half_way.call_off])
    hooks.on_completed.extend([half_way.call_off, asking.ask_after_the_end, returns.after_completed])
    hooks.on_taken_back.append(deciding.taken_back)
    hooks.before_completed.extend([logic.before_completed, deciding.before_completed])
    hooks.before_closed.append(deciding.before_closed)


def _connect_pages() -> None:
    """What the pages of earlier rooms show of these; models exist once all apps are loaded."""
    from evaluation.authority.reads import costs  # noqa: PLC0415
    from evaluation.board import reads as board  # noqa: PLC0415
    from evaluation.diary.reads import days_of_person  # noqa: PLC0415
    from evaluation.estimates import reads as estimates  # noqa: PLC0415
    from evaluation.evaluations.reads.placements import outcome_by_number  # noqa: PLC0415
    from evaluation.evidence.reads import for_person  # noqa: PLC0415
    from evaluation.feedback.reads import for_person as feedback_for_person  # noqa: PLC0415
    from evaluation.half_way.reads import link_of as half_way  # noqa: PLC0415
    from evaluation.logic import links as logic  # noqa: PLC0415
    from evaluation.logic.reads import for_person as logic_for_person  # noqa: PLC0415
    from evaluation.overview.reads import begun  # noqa: PLC0415
    from evaluation.performance.reads import judgements  # noqa: PLC0415
    from evaluation.results import links as results  # noqa: PLC0415
    from evaluation.reviews.reads import whose_turn  # noqa: PLC0415
    from evaluation.value import links as value_links  # noqa: PLC0415
    from evaluation.value.reads import report as value  # noqa: PLC0415
    from placements.matching.reads import evidence  # noqa: PLC0415
    from placements.overview.reads import placements as placement_pages  # noqa: PLC0415
    from placements.supported.reads import offers, own_days, reached  # noqa: PLC0415
    from placements.taken_in import reads as taken_in  # noqa: PLC0415
    from staff.mailings import reads as mailings  # noqa: PLC0415
    from staff.posts.reads.posts import more_cards  # noqa: PLC0415

    mailings.register(mailings.Source("reviews", "Impact reviews", "evaluation:reviews", whose_turn))
    placement_pages.more_pages.extend([logic.of_placement, half_way, results.of_placement, value_links.of_placement])
    evidence.more_cards.append(estimates.cards)
    more_cards.extend([board.card, judgements.card])
    costs.sources.append(value.cost_of_year)
    offers.extend([feedback_for_person, for_person, logic_for_person])
    own_days.append(days_of_person)
    reached.append(outcome_by_number)
    taken_in.written.append(begun)
