"""Answers to every page of a request, and how a head gives them."""

from typing import Any

from django.test import Client
from django.urls import reverse

from placements.requests.models import OutreachRequest
from staff.expertise.vocabulary import NeverWork

PAGES: dict[str, dict[str, Any]] = {
    "subject": {
        "subject": "mathematics",
        "aspect": "Problem solving",
        "key_stages": ["ks2"],
        "pupil_groups": ["all", "boys"],
    },
    "need": {"need": "Pupils cannot choose a method.", "evidence_kinds": ["data"], "evidence": ""},
    "aims": {"task": "Plan and teach alongside two teachers.", "training_need": "Planning runs of lessons."},
    "success": {"outcome": "Problem solving in every unit.", "criterion": "70% of Year 6 try every problem by July."},
    "work": {"work_types": ["willing_teachers", "model_lesson"], "other_work": ""},
    "dates": {
        "days": "6",
        "wanted_from_day": "2",
        "wanted_from_month": "11",
        "wanted_from_year": "2026",
        "wanted_until_day": "12",
        "wanted_until_month": "February",
        "wanted_until_year": "2027",
        "weekdays": ["1", "2"],
    },
    "exclusions": {"exclusions": list(NeverWork.values)},
}
BRIEF: dict[str, dict[str, Any]] = {
    "brief-need": {
        **{"subject": "mathematics", "key_stages": ["ks2"]},
        **{"need": "Pupils cannot choose a method.", "evidence_kinds": ["data"]},
    },
    "brief-help": {**PAGES["work"], **PAGES["aims"], **PAGES["success"]},
    "brief-when": {
        **{"days": "6", "wanted_from": "2026-11-02", "wanted_until": "2027-02-12", "weekdays": ["1", "2"]},
        **PAGES["exclusions"],
    },
}
"""The few pages of a head who asks anew."""
PERSON = {
    "name": "Juno Pettifer",
    "kind": "teacher",
    "email": "",
    "selection": "self",
    "situation": "none",
    "head_agrees": "on",
}


def url(name: str, *args: Any) -> str:
    return reverse(f"placements:{name}", args=args)


def begun(head: Client) -> OutreachRequest:
    head.post(url("request_new"))
    return OutreachRequest.objects.get()


def whole(head: Client) -> OutreachRequest:
    """A draft with every page answered."""
    draft = begun(head)
    for slug, answers in PAGES.items():
        assert head.post(url("request_step", draft.pk, slug), answers).status_code == 302, slug
    assert head.post(url("request_person_add", draft.pk), PERSON).status_code == 302
    draft.refresh_from_db()
    return draft


def errors(response: Any) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}
