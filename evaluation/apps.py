from django.apps import AppConfig

from astcoord.core import consequences, home

ROOMS = ("diary", "corrections", "reviews", "evaluations", "meetings", "returns", "time", "summaries", "overview")
"""Those with something on the first page or in the menu."""

CHANGES = ("returns",)
"""Those of which something hangs on an AST's post (`consequences`)."""


class EvaluationConfig(AppConfig):
    name = "evaluation"
    verbose_name = "Diary, reviews and summaries"

    def ready(self) -> None:
        home.register_rooms(self.name, ROOMS)
        consequences.register_rooms(self.name, CHANGES)
        _connect()


def _connect() -> None:
    """What the end of a placement asks of this floor; models exist once all apps are loaded."""
    from astcoord.core import records, retention  # noqa: PLC0415
    from evaluation.diary.reads import days_of_person  # noqa: PLC0415
    from evaluation.evaluations.actions import asking, deciding  # noqa: PLC0415
    from evaluation.evaluations.actions import retention as forms  # noqa: PLC0415
    from evaluation.evaluations.reads import outcome_by_number  # noqa: PLC0415
    from evaluation.evidence.reads import for_person  # noqa: PLC0415
    from evaluation.overview.reads import begun  # noqa: PLC0415
    from evaluation.personal.fingerprints import STORES  # noqa: PLC0415
    from evaluation.personal.retention import LINES  # noqa: PLC0415
    from evaluation.returns import actions as returns  # noqa: PLC0415
    from evaluation.succession import heads, people  # noqa: PLC0415
    from placements.endings.actions import hooks  # noqa: PLC0415
    from placements.supported.reads import offers, own_days, reached  # noqa: PLC0415
    from placements.taken_in import reads as taken_in  # noqa: PLC0415
    from staff.accounts.events import MERGING, NEW_HEAD  # noqa: PLC0415

    MERGING.register("Diary, evidence and library", people.merged, people.carry_merged, order=40)
    NEW_HEAD.register("Evaluations", heads.forms, order=50)
    NEW_HEAD.register("Impact reviews", heads.reviews, order=60)
    retention.register([*forms.LINES, *LINES])
    records.register(STORES)
    offers.append(for_person)
    own_days.append(days_of_person)
    reached.append(outcome_by_number)
    taken_in.written.append(begun)
    hooks.on_final_evaluation.append(asking.ask_final)
    hooks.on_ended_early.append(asking.ask_after_early_end)
    hooks.on_completed.append(asking.ask_after_the_end)
    hooks.on_completed.append(returns.after_completed)
    hooks.on_taken_back.append(deciding.taken_back)
    hooks.before_completed.append(deciding.before_completed)
    hooks.before_closed.append(deciding.before_closed)
