"""The policy in plain words, what would change, and its adoption: always a newer row, never an edit (R-16.1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from astcoord.core import audit, policy, policy_problems, policy_words
from astcoord.core.models.policy import Policy
from astcoord.core.policy_words import words
from astcoord.core.presets.reading import Preset
from astcoord.core.problems import refuse
from astcoord.core.words import say_later

if TYPE_CHECKING:
    from staff.accounts.models import User

IDENTITY = (
    "authority_name",
    "authority_word",
    "department_word",
    "office_contact",
    "office_address",
    "office_email",
    "office_phone",
    "office_hours",
    "brand_colour",
)
"""Who the authority is: a preset says nothing of it."""

LABELS = {
    "authority_name": say_later("Name of the authority"),
    "authority_word": say_later("The authority is called"),
    "department_word": "The government department is called",
    "role_word": "The role is called, in full",
    "role_short": "The role is called, for short",
    "coordinator_word": "Who runs the scheme is called",
    "placement_word": "Work at a school is called",
    "office_contact": say_later("Name of the co-ordinator, as people ask for them"),
    "office_address": "Address of the office",
    "office_email": "E-mail address of the office",
    "office_phone": "Telephone of the office",
    "office_hours": "When the office answers",
    "brand_colour": "Colour of letters and pages",
    "served_groups": "Types of school served",
    "host_difficulty": "A request from a school in difficulties",
    "teacher_difficulty": "A request for a teacher in difficulties",
    "pm_support": "Help with performance management",
    "aspirant_outreach": "Outreach by teachers not yet assessed",
    "same_class_lessons": "Model lessons for one class that may be supply",
    "appointing_phases": say_later("Schools that may have AST posts"),
    "line_manager": say_later("Who leads ASTs for the authority"),
    "range_first_point": say_later("Lowest pay point of an AST"),
    "range_last_point": say_later("Highest pay point of an AST"),
    "weekly_outreach_cap": say_later("Most outreach days a week for one AST"),
    "cap_mode": "How the weekly limit is counted",
    "ast_days_per_year": "Outreach days a year, full-time",
    "own_choice_days": say_later("Days a year of the AST’s own choice, for own development"),
    "outreach_fraction": say_later("Share of an AST’s time for outreach"),
    "ramp_terms": "Terms to reach full outreach in a first post",
    "placement_pattern": say_later("Pattern of placements"),
    "home_category_outreach": "Outreach when the home school is in difficulties",
    "waive_serious_weaknesses": "Serious weaknesses count as difficulties of the home school",
    "national_challenge_outreach": "Outreach from national-challenge schools",
    "school_funded_outreach": "Outreach when the school pays for the post",
    "inreach_counts": "Inreach in outreach time",
    "budget_categories": "How the yearly days are divided",
    "match_decider": "Who decides on a match",
    "request_days_to_decide": say_later("Days for the co-ordinator to decide on a request"),
    "match_days_to_answer": "Days to answer a proposed match",
    "ranking_weights": "Points for each part of a match",
    "signatories": "Who signs the contract",
    "contract_word": "The paper that all parties sign is called",
    "senior_inspector": "A senior education inspector follows the work, too",
    "initial_consultation": "Initial consultation form before outreach and inreach",
    "letter_terms": "Terms with letters to schools",
    "letters_need_approval": "Letters wait for approval",
    "record_due_days": "Working days to write up an outreach day",
    "half_way_review": "Review half-way, with a decision whether and how to go on",
    "evaluation_to_home_head": "The home headteacher gets the final evaluation",
    "return_visit_terms": "Terms from the end to the return visit",
    "immediate_evaluation": "Evaluation at the end, and again at the return visit",
    "capacity": say_later("Most AST posts"),
    "target": say_later("ASTs that the authority wants to have"),
    "target_counts": "This number counts",
    "target_by": "The day by which it wants to have them",
    "target_subject": "Subject in which it looks for them first",
    "evaluation_model": "What evaluation looks at",
    "fft_screen": "Screen for attainment estimates",
    "network_interval": say_later("ASTs meet as a network"),
    "alumni": say_later("A board of former ASTs who wish to be found"),
    "induction_before_assessment": "Meeting with a candidate before the assessment is booked",
    "qa_visits": say_later("QA visits to ASTs’ teaching and outreach"),
    "qa_outcomes": "Outcomes of a QA visit, one a line",
    "charged_to": "Who pays for outreach days",
    "charge_day_rate": "Rate for a day",
    "charge_home_share": say_later("Of this, to the AST’s own school"),
    "secondments": say_later("The authority has secondments"),
    "secondment_months": "Months of a secondment",
    "most_secondments": "Most secondments at a time",
    "secondment_first_point": "Lowest point of the pay range while seconded",
    "secondment_last_point": "Highest point of the pay range while seconded",
    "grant_before_pass": "Grant for a term before the assessment is passed",
    "grant_cover": "Grant after it: cover for a year",
    "grant_expenses": "Grant after it: expenses for a year",
    "pre_grant_continues": "The grant for a term goes on after the pass",
    "office_idle_minutes": say_later("Minutes without use after which the authority’s people are signed out"),
    "remember_devices": say_later("Headteachers, ASTs and governors may stay signed in for 30 days on a device"),
    "others_idle_minutes": say_later("Minutes without use after which headteachers, ASTs and governors are signed out"),
    "second_step_roles": "Who else needs a second step to sign in",
}

GROUPS = (
    ("Who we are", IDENTITY),
    ("What things are called", ("role_word", "role_short", "coordinator_word", "placement_word")),
    (
        "Who may be helped, and how",
        (
            "served_groups",
            "host_difficulty",
            "teacher_difficulty",
            "pm_support",
            "aspirant_outreach",
            "same_class_lessons",
        ),
    ),
    (say_later("AST posts"), ("appointing_phases", "line_manager", "range_first_point", "range_last_point")),
    (
        "Time",
        (
            "ast_days_per_year",
            "own_choice_days",
            "outreach_fraction",
            "weekly_outreach_cap",
            "cap_mode",
            "ramp_terms",
            "placement_pattern",
            "budget_categories",
            "home_category_outreach",
            "waive_serious_weaknesses",
            "national_challenge_outreach",
            "school_funded_outreach",
            "inreach_counts",
        ),
    ),
    (
        "Deciding, signing, evaluating",
        (
            "match_decider",
            "request_days_to_decide",
            "match_days_to_answer",
            "signatories",
            "contract_word",
            "senior_inspector",
            "initial_consultation",
            "record_due_days",
            "half_way_review",
            "evaluation_to_home_head",
            "return_visit_terms",
            "immediate_evaluation",
            "capacity",
            "target",
            "target_counts",
            "target_by",
            "target_subject",
            "evaluation_model",
            "fft_screen",
            "network_interval",
            "alumni",
            "induction_before_assessment",
            "qa_visits",
            "qa_outcomes",
        ),
    ),
    ("Charges", ("charged_to", *policy_words.CHARGES)),
    (
        "Secondments",
        (
            "secondments",
            "secondment_months",
            "most_secondments",
            "secondment_first_point",
            "secondment_last_point",
            *policy_words.GRANTS,
            "pre_grant_continues",
        ),
    ),
    (say_later("Ranking ASTs for a request"), ("ranking_weights",)),
    ("Letters to schools", ("letter_terms", "letters_need_approval")),
    ("Signing in", ("office_idle_minutes", "others_idle_minutes", "second_step_roles", "remember_devices")),
)
SETTINGS = tuple(name for _, names in GROUPS for name in names)


@dataclass(frozen=True)
class Difference:
    """One setting that changes, in words."""

    name: str
    label: str
    before: str
    after: str
    source: str = ""


def described(rules: Policy) -> list[tuple[str, list[tuple[str, str]]]]:
    """The whole policy, group by group."""
    return [(title, [(LABELS[name], words(rules, name)) for name in names]) for title, names in GROUPS]


def differences(before: Policy, after: Policy, *, stated: Collection[str] | None = None) -> list[Difference]:
    """What `after` changes, in the page's order; with whose word it is, where a preset says which are `stated`."""
    return [
        Difference(name, LABELS[name], words(before, name), words(after, name), _source(name, stated))
        for name in SETTINGS
        if _plain(before, name) != _plain(after, name)
    ]


def _source(name: str, stated: Collection[str] | None) -> str:
    return "" if stated is None else "Stated" if name in stated else "Our default"


def draft(before: Policy, *, valid_from: date, **changes: Any) -> Policy:
    """An unsaved policy: `before` with `changes`."""
    kept = {name: getattr(before, name) for name in SETTINGS}
    return Policy(**{**kept, "preset": before.preset, **changes, "valid_from": valid_from})


def from_preset(preset: Preset, before: Policy, *, valid_from: date, **who: str) -> Policy:
    """An unsaved policy: `before` with the preset's settings, and with what `who` says of the authority."""
    return draft(before, valid_from=valid_from, preset=preset.name, **{**who, **preset.settings})


def check(new: Policy) -> Policy:
    """The draft, if it may be adopted; Refused otherwise."""
    refuse(policy_problems.problems(new))
    return new


@transaction.atomic
def adopt(new: Policy, *, by: "User | None", reason: str = "") -> Policy:
    """Save a draft as the policy from its day on. Nothing is stored if it changes nothing.

    Refused when a policy that starts later is already stored, as it would silently undo this one, and before today.
    """
    before = policy.in_force(check(new).valid_from)
    changed = differences(before, new)
    if before.pk and not changed and before.preset == new.preset:
        return before
    new.created_by = by
    new.full_clean(exclude=["created_by"])
    new.save()
    audit.record(
        "Policy changed",
        new,
        by=by,
        reason=reason,
        before={each.label: each.before for each in changed},
        after={each.label: each.after for each in changed},
    )
    return new


def _plain(rules: Policy, name: str) -> Any:
    value = getattr(rules, name)
    field: models.Field[Any, Any] = Policy._meta.get_field(name)  # type: ignore[assignment]
    return Decimal(value) if isinstance(field, models.DecimalField) else field.get_prep_value(value)
