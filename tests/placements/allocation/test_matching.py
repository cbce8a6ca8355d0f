"""The ranking's core, without a database (R-7.1, R-7.2, R-7.3)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from placements.allocation import words
from placements.allocation.capacity import Diary
from placements.allocation.exclusions import WORDS, Exclusion
from placements.allocation.problem import AstFacts, Horizon, Need, Slot, Spot, Standing, UndatedDays, Vocabulary, Week
from placements.allocation.ranking import rank
from placements.allocation.scoring import PARTS, Weights, kilometres, score

FIRST = date(2026, 11, 2)
WEIGHTS = Weights()


def weeks(count: int, first: date = FIRST) -> Horizon:
    return Horizon(
        tuple(
            Week(monday, tuple(monday + timedelta(days=d) for d in range(5)))
            for monday in (first + timedelta(weeks=n) for n in range(count))
        )
    )


def need(**facts: Any) -> Need:
    fields: dict[str, Any] = {
        "request": 1,
        "host": 900,
        "spot": Spot(430000, 330000),
        "subject": "mathematics",
        "key_stages": ("ks2",),
        "work_types": ("nqt",),
        "pupil_groups": ("all",),
        "quarters": 16,
        "first": FIRST,
        "last": FIRST + timedelta(weeks=8) - timedelta(days=3),
        "weekdays": frozenset({1, 2}),
        "words": Vocabulary("mathematics", {"ks2": "key stage 2"}, {"nqt": "support new teachers"}),
    }
    return Need(**{**fields, **facts})


def ast(post: int = 1, **facts: Any) -> AstFacts:
    fields: dict[str, Any] = {
        "post": post,
        "name": f"AST {post}",
        "home": post,
        "home_name": f"School {post}",
        "spot": Spot(433000, 334000),
        "standing": Standing.IN_POST,
        "inducted": True,
        "level": 3,
        "key_stages": frozenset({"ks2"}),
        "work_types": frozenset({"nqt"}),
        "pupil_groups": frozenset({"all"}),
        "slots": (Slot(1, 4, date(2026, 9, 1)),),
        "budget": 152,
        "committed": 0,
    }
    return AstFacts(**{**fields, **facts})


def order(asts: list[AstFacts], wanted: Need | None = None) -> list[int]:
    ranked = rank(wanted or need(), asts, weeks(8), WEIGHTS)
    return [c.ast.post for c in ranked.candidates]


def exclusion(one: AstFacts, wanted: Need | None = None, horizon: Horizon | None = None) -> Exclusion | None:
    return rank(wanted or need(), [one], horizon or weeks(8), WEIGHTS).why_not(one.post)


def test_weights_add_up_to_a_hundred() -> None:
    assert sum(WEIGHTS.most.values()) == 100
    assert tuple(WEIGHTS.most) == PARTS


def test_r_7_1_of_two_only_the_one_with_days_left_is_offered() -> None:
    spent = ast(2, committed=152)
    assert order([ast(1), spent]) == [1]
    assert exclusion(spent) == Exclusion.NO_DAYS


def test_r_7_1_the_stronger_expertise_comes_first() -> None:
    assert order([ast(1, level=1), ast(2, level=3), ast(3, level=2)]) == [2, 3, 1]


def test_r_7_1_each_part_moves_the_score() -> None:
    base = score(need(), ast(), 16, WEIGHTS)
    worse = {
        "expertise": ast(level=2),
        "key_stage": ast(key_stages=frozenset({"ks3"})),
        "travel": ast(spot=Spot(450000, 330000)),
        "work": ast(work_types=frozenset()),
        "pupils": ast(pupil_groups=frozenset({"sen"})),
        "load": ast(committed=76),
    }
    for part, other in worse.items():
        assert score(need(), other, 16, WEIGHTS).points[PARTS.index(part)] < base.points[PARTS.index(part)], part
    assert score(need(), ast(), 8, WEIGHTS).points[PARTS.index("capacity")] == 6
    assert score(need(), ast(been_there=True), 16, WEIGHTS).points[PARTS.index("continuity")] == 6
    assert score(need(), ast(link="Same cluster"), 16, WEIGHTS).points[PARTS.index("continuity")] == 3


def test_r_7_1_an_unknown_place_counts_as_neither_near_nor_far_and_says_so() -> None:
    ranked = rank(need(), [ast(spot=None)], weeks(8), WEIGHTS)
    candidate = ranked.candidates[0]
    assert candidate.score.km is None
    assert candidate.score.points[PARTS.index("travel")] == WEIGHTS.travel / 2
    travel = next(r for r in words.reasons(need(), candidate, WEIGHTS) if r.part == "travel")
    assert "Not known" in travel.text


def test_distance_is_a_number_not_a_word() -> None:
    assert round(kilometres(Spot(430000, 330000), Spot(433000, 334000)) or 0, 2) == 6.5
    assert words.distance(6.5) == "4.0 miles (6.5 km)"


def test_r_7_1_equals_are_ordered_by_the_shorter_journey_and_then_by_number() -> None:
    beyond = [ast(3, spot=Spot(530000, 330000)), ast(1, spot=Spot(520000, 330000)), ast(2, spot=Spot(520000, 330000))]
    assert order(beyond) == [1, 2, 3]


def test_r_7_2_every_hard_rule_excludes_with_its_reason() -> None:
    assert exclusion(ast(home=900)) == Exclusion.OWN_SCHOOL
    assert exclusion(ast(level=0)) == Exclusion.NO_EXPERTISE
    assert exclusion(ast(standing=Standing.NOT_ASSESSED)) == Exclusion.NOT_ASSESSED
    assert exclusion(ast(standing=Standing.NOT_IN_POST)) == Exclusion.NOT_IN_POST
    assert exclusion(ast(inducted=False)) == Exclusion.INDUCTION
    assert exclusion(ast(asked_already=True)) == Exclusion.ASKED_ALREADY
    assert exclusion(ast(slots=())) == Exclusion.NO_PATTERN
    assert exclusion(ast(slots=(Slot(4, 4, date(2026, 9, 1)),))) == Exclusion.WEEKDAYS
    assert exclusion(ast(), need(blocked="The school is in special measures.")) == Exclusion.POLICY
    assert exclusion(ast(standing=Standing.ASPIRANT)) is None
    assert set(WORDS) == set(Exclusion)


def test_r_7_2_full_weeks_exclude() -> None:
    tuesdays = tuple((FIRST + timedelta(weeks=n, days=1), 4) for n in range(8))
    assert exclusion(ast(dated=tuesdays)) == Exclusion.FULL
    assert exclusion(ast(undated=(UndatedDays(FIRST, FIRST + timedelta(weeks=8, days=-1), 32),))) == Exclusion.FULL


def test_r_4_3_two_half_days_share_a_week() -> None:
    tuesdays = tuple((FIRST + timedelta(weeks=n, days=1), 2) for n in range(8))
    assert Diary(weeks(8), need()).free(ast(dated=tuesdays)) == 16


def test_r_4_3_a_pattern_of_two_days_gives_no_more_than_the_cap() -> None:
    both = (Slot(1, 4, date(2026, 9, 1)), Slot(2, 4, date(2026, 9, 1)))
    assert Diary(weeks(8), need()).free(ast(slots=both)) == 32


def test_r_4_5_an_averaged_cap_lets_a_full_week_borrow() -> None:
    twice = ((FIRST + timedelta(days=1), 4), (FIRST + timedelta(days=2), 4))
    plain, averaged = weeks(8), replace(weeks(8), averaged=True)
    assert Diary(plain, need()).free(ast(dated=twice)) == 28
    promises = (UndatedDays(FIRST, FIRST + timedelta(weeks=8, days=-1), 0),)
    assert Diary(averaged, need()).free(ast(dated=twice, undated=promises)) == 24


def test_undated_promises_go_to_other_weeks_where_there_are_any() -> None:
    horizon = weeks(16)
    long = UndatedDays(FIRST, FIRST + timedelta(weeks=16, days=-1), 32)
    assert Diary(horizon, need()).free(ast(undated=(long,))) == 32
    assert Diary(horizon, need()).free(ast(undated=(replace(long, quarters=48),))) == 16
    assert Diary(horizon, need()).free(ast(undated=(replace(long, quarters=64),))) == 0


def test_school_closures_and_the_end_of_a_pattern_cost_days() -> None:
    horizon = weeks(8)
    closed = Horizon(tuple(replace(w, open_on=()) if n == 0 else w for n, w in enumerate(horizon.weeks)))
    assert Diary(closed, need()).free(ast()) == 28
    ends = (Slot(1, 4, date(2026, 9, 1), FIRST + timedelta(days=1)),)
    assert Diary(horizon, need()).free(ast(slots=ends)) == 4


def test_weak_fits_are_warned_of() -> None:
    weak = ast(level=1, key_stages=frozenset({"ks4"}), work_types=frozenset(), spot=Spot(500000, 330000), committed=148)
    wanted = need()
    candidate = rank(wanted, [weak], weeks(8), WEIGHTS).candidates[0]
    found = " | ".join(words.warnings(wanted, candidate, WEIGHTS))
    for part in ("some experience", "key stage 2", "1 day of the 4 days", "long journey", "support new teachers"):
        assert part in found


FACTS = st.builds(
    lambda level, ks, place, left, weekday, standing, inducted, dated: {
        "level": level,
        "key_stages": frozenset(ks),
        "spot": place,
        "committed": 152 - left,
        "slots": (Slot(weekday, 4, date(2026, 9, 1)),),
        "standing": standing,
        "inducted": inducted,
        "dated": tuple((FIRST + timedelta(weeks=n, days=weekday), 2) for n in dated),
    },
    st.integers(0, 3),
    st.sets(st.sampled_from(["ks1", "ks2", "ks3"])),
    st.none() | st.builds(Spot, st.integers(400000, 460000), st.integers(300000, 360000)),
    st.integers(0, 40),
    st.integers(0, 4),
    st.sampled_from(list(Standing)),
    st.booleans(),
    st.sets(st.integers(0, 7)),
)
MANY = st.lists(FACTS, min_size=1, max_size=9).map(lambda rows: [ast(n, **row) for n, row in enumerate(rows, 1)])


@settings(max_examples=60, deadline=None)
@given(MANY, st.randoms(use_true_random=False))
def test_the_order_in_which_asts_come_changes_nothing(asts: list[AstFacts], chance: Any) -> None:
    first = rank(need(), asts, weeks(8), WEIGHTS)
    again = list(asts)
    chance.shuffle(again)
    assert rank(need(), again, weeks(8), WEIGHTS) == first


@settings(max_examples=60, deadline=None)
@given(MANY)
def test_everybody_is_either_ranked_or_excluded_and_nobody_who_is_barred_is_ranked(asts: list[AstFacts]) -> None:
    ranked = rank(need(), asts, weeks(8), WEIGHTS)
    chosen, left_out = {c.ast.post for c in ranked.candidates}, {e.ast.post for e in ranked.excluded}
    assert chosen | left_out == {a.post for a in asts}
    assert not chosen & left_out
    assert all(c.usable > 0 and c.ast.inducted and c.ast.level and c.ast.home != 900 for c in ranked.candidates)
    scores = [c.score.total for c in ranked.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= total <= 100 for total in scores)


@settings(max_examples=60, deadline=None)
@given(MANY, st.integers(1, 40))
def test_more_free_days_never_lower_a_rank(asts: list[AstFacts], more: int) -> None:
    before = rank(need(), asts, weeks(8), WEIGHTS)
    for place, candidate in enumerate(before.candidates, 1):
        freer = replace(candidate.ast, committed=max(candidate.ast.committed - more, 0), dated=candidate.ast.dated[1:])
        others = [freer if a.post == freer.post else a for a in asts]
        after = rank(need(), others, weeks(8), WEIGHTS).rank_of(freer.post)
        assert 0 < after <= place
