"""The six authorities of the requirements (section A), as settings on top of the model's defaults.

Only what an authority states or what section A gives as our default for it differs here; everything else is the
policy model's own default, which is Croydon's.
"""

from typing import Any

TITLES = {
    "croydon": "Croydon",
    "leeds": "Leeds",
    "leicester": "Leicester",
    "bradford": "Bradford",
    "east_sussex": "East Sussex",
    "norfolk": "Norfolk",
}

OVERRIDES: dict[str, dict[str, Any]] = {
    "croydon": {},
    "leeds": {
        "senior_inspector": False,
        "teacher_difficulty": "override",
        "host_difficulty": "override",
        "placement_pattern": "block",
        "return_visit_terms": 1,
        "evaluation_model": "results",
        "fft_screen": True,
    },
    "leicester": {
        "initial_consultation": True,
        "senior_inspector": False,
        "teacher_difficulty": "override",
        "host_difficulty": "override",
        "cap_mode": "half_term_average",
        "placement_pattern": "any",
        "budget_categories": [
            ["LA deployment", "24"],
            ["Networks and CPD", "3.5"],
            ["Clusters and local", "2.5"],
            ["Subject specialism and new learning", "5"],
        ],
        "match_decider": "group",
        "return_visit_terms": 1,
        "immediate_evaluation": True,
        "evaluation_model": "levels",
        "target": 50,
        "target_subject": "mathematics",
    },
    "bradford": {
        "senior_inspector": False,
        "teacher_difficulty": "override",
        "host_difficulty": "override",
        "national_challenge_outreach": "limited",
        "alumni": True,
        "qa_visits": True,
    },
    "east_sussex": {
        "senior_inspector": False,
        "teacher_difficulty": "override",
        "host_difficulty": "override",
        "capacity": 35,
    },
    "norfolk": {
        "senior_inspector": False,
        "teacher_difficulty": "override",
        "host_difficulty": "override",
        "aspirant_outreach": True,
        "secondments": True,
        "target": 12,
        "target_counts": "more",
        "secondment_months": 36,
        "most_secondments": 12,
    },
}


def settings_of(name: str) -> dict[str, Any]:
    """The settings of the preset `name`; KeyError, naming the presets there are, when there is none of that name."""
    if name not in OVERRIDES:
        raise KeyError(f"no preset called {name!r}: choose one of {', '.join(OVERRIDES)}")
    return {"preset": name, **OVERRIDES[name]}
