"""Say in words why an AST was ranked where, and why one was left out (R-7.1, R-7.2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from astcoord.core.wording import days_words, listed, number
from astcoord.core.words import say
from placements.allocation.problem import Need, days
from placements.allocation.ranking import Candidate
from placements.allocation.scoring import EVERY_PUPIL, PARTS, Weights, key_stage_share

MILE = 1.609344

TITLES = {
    "expertise": "Expertise",
    "key_stage": "Key stage",
    "travel": "Journey",
    "capacity": "Time",
    "work": "Kinds of work",
    "pupils": "Pupils",
    "continuity": "Knows the school",
    "load": "Share of the year still free",
}

LEVELS = {3: "Leads others in", 2: "Strong in", 1: "Some experience of"}


@dataclass(frozen=True)
class Reason:
    """One part of the score in words."""

    part: str
    title: str
    text: str
    points: float
    most: float


def reasons(need: Need, candidate: Candidate, weights: Weights) -> tuple[Reason, ...]:
    """The parts of the score, in the order in which they are shown."""
    texts = {
        "expertise": f"{LEVELS.get(candidate.ast.level, 'No experience of')} {_subject(need)}",
        "key_stage": _key_stages(need, candidate),
        "travel": journey(candidate.score.km),
        "capacity": _time(need, candidate),
        "work": _offers(need.work_types, candidate.ast.work_types, need.words.work_types, "Offers all that is asked"),
        "pupils": _pupils(need, candidate),
        "continuity": _link(candidate),
        "load": f"{number(days(candidate.ast.left))} of {number(days(candidate.ast.budget))} days are not promised yet",
    }
    most = weights.most
    return tuple(
        Reason(part, TITLES[part], texts[part], points, most[part])
        for part, points in zip(PARTS, candidate.score.points, strict=True)
    )


def warnings(need: Need, candidate: Candidate, weights: Weights) -> tuple[str, ...]:
    """What makes this a weak fit, although it is allowed."""
    ast = candidate.ast
    found = []
    if ast.level == 1:
        found.append(f"Has only some experience of {_subject(need)}")
    if key_stage_share(need.key_stages, ast.key_stages) < 1:
        found.append(_key_stages(need, candidate))
    if candidate.usable < need.quarters:
        found.append(f"Can give only {in_days(candidate.usable)} of the {in_days(need.quarters)} asked for")
    if candidate.score.km is not None and candidate.score.km > weights.limit_km:
        found.append(f"A long journey: {distance(candidate.score.km)}")
    if missing := [label for code, label in need.words.work_types.items() if _lacks(code, need, candidate)]:
        found.append(f"Does not offer: {listed(missing)}")
    return (*found, *ast.cautions)


def _lacks(code: str, need: Need, candidate: Candidate) -> bool:
    return code in need.work_types and code not in candidate.ast.work_types


def distance(km: float) -> str:
    """Such as “4.2 miles (6.8 km)”."""
    return f"{km / MILE:.1f} miles ({km:.1f} km)"


def journey(km: float | None) -> str:
    """The journey, or that it is not known and counted as neither near nor far."""
    return "Not known: counted as neither near nor far" if km is None else f"{distance(km)} by road, estimated"


def in_days(count: int) -> str:
    """Quarters of a day for people: “1 day”, “2.5 days”."""
    return days_words(days(count))


def _subject(need: Need) -> str:
    return need.words.subject or "the subject"


def _key_stages(need: Need, candidate: Candidate) -> str:
    words = need.words.key_stages
    missing = [code for code in need.key_stages if code not in candidate.ast.key_stages]
    if not need.key_stages:
        return "No key stage was asked for"
    if not missing:
        return f"Teaches {listed(words.get(code, code) for code in need.key_stages)}"
    return f"Does not teach {listed(words.get(code, code) for code in missing)}"


def _time(need: Need, candidate: Candidate) -> str:
    return (
        f"{in_days(candidate.free)} free in the weeks asked for, {in_days(candidate.ast.left)} left this year; "
        f"{number(days(need.quarters))} asked for"
    )


def _offers(wanted: tuple[str, ...], offered: frozenset[str], words: Mapping[str, str], everything: str) -> str:
    met = [code for code in wanted if code in offered]
    if len(met) == len(wanted):
        return everything
    return f"Offers {listed(words.get(code, code) for code in met)}" if met else "Offers none of what is asked"


def _pupils(need: Need, candidate: Candidate) -> str:
    if EVERY_PUPIL in candidate.ast.pupil_groups:
        return "Works with whole classes"
    return _offers(need.pupil_groups, candidate.ast.pupil_groups, need.words.pupil_groups, "Works with these pupils")


def _link(candidate: Candidate) -> str:
    if candidate.ast.been_there:
        return say("Has had a placement there before")
    return candidate.ast.link or "Has not worked there before"
