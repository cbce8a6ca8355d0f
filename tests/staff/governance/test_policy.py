"""The authority's policy changes by addition (R-16.1)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.forms import model_to_dict
from django.test import Client
from django.urls import reverse

from astcoord.core import policy
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.policy import Policy
from astcoord.core.policy_changes import LABELS, SETTINGS, adopt, described, differences, draft
from astcoord.core.presets import NAMES
from astcoord.core.problems import Refused
from staff.governance.forms import PolicyForm
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_r_16_1_every_setting_is_shown_with_a_label() -> None:
    own = {f.name for f in Policy._meta.get_fields() if not f.auto_created}
    assert set(SETTINGS) == own - {"id", "valid_from", "preset", "created_at", "created_by"}
    assert set(LABELS) == set(SETTINGS)


def test_r_16_1_the_policy_reads_in_plain_words(cast: Cast) -> None:
    shown = dict(row for _, rows in described(cast.policy) for row in rows)
    assert shown["Most outreach days a week for one AST"] == "1"
    assert shown["Share of an AST’s time for outreach"] == "20%"
    assert shown["Letters wait for approval"] == "Yes"
    assert shown["Terms with letters to schools"] == "Autumn, Spring, Summer"
    assert shown["Address of the office"] == "Shire Hall, Marlbridge"


def test_r_16_1_a_change_is_a_newer_row_and_the_old_one_holds_until_its_day(cast: Cast) -> None:
    new = adopt(
        draft(cast.policy, valid_from=date(2026, 11, 1), weekly_outreach_cap=Decimal("1.5")), by=cast.coordinator
    )
    assert Policy.objects.count() == 2
    assert policy.in_force(date(2026, 10, 31)).weekly_outreach_cap == 1
    assert policy.in_force(date(2026, 11, 1)).weekly_outreach_cap == Decimal("1.5")
    event = AuditEvent.objects.about(new).get()
    assert event.before == {"Most outreach days a week for one AST": "1"}
    assert event.after == {"Most outreach days a week for one AST": "1.5"}
    with pytest.raises(Refused, match="1 November 2026"):
        adopt(draft(cast.policy, valid_from=date(2026, 10, 20), capacity=5), by=cast.coordinator)


def test_r_16_1_a_change_of_nothing_stores_nothing(cast: Cast) -> None:
    assert adopt(draft(cast.policy, valid_from=date(2026, 10, 6)), by=cast.coordinator) == cast.policy
    assert Policy.objects.count() == 1


def test_r_4_2_categories_may_not_hold_more_than_the_year(cast: Cast) -> None:
    with pytest.raises(Refused, match="more than the year has"):
        adopt(
            draft(cast.policy, valid_from=date(2026, 10, 6), budget_categories=[["A", "30"], ["B", "9"]]),
            by=cast.coordinator,
        )


@pytest.mark.parametrize("name", NAMES)
def test_r_16_1_every_preset_loads_and_loads_again(cast: Cast, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_preset", name)
    now = policy.in_force()
    assert now.preset == name
    assert now.authority_name == "Marlshire County Council"
    assert now.office_email == "ast-office@marlshire.example"
    count = Policy.objects.count()
    call_command("load_preset", name)
    assert Policy.objects.count() == count
    assert "is in force already" in capsys.readouterr().out


def test_r_16_1_the_first_preset_names_the_authority(db: None) -> None:
    call_command("load_preset", "leeds", "--authority", "Marlshire County Council", "--from", "2026-09-01")
    now = policy.in_force(date(2026, 9, 1))
    assert (now.pk is not None, now.authority_name, now.placement_pattern) == (
        True,
        "Marlshire County Council",
        "block",
    )
    with pytest.raises(CommandError, match="croydon, leeds"):
        call_command("load_preset", "atlantis")


def answers(rules: Policy, **changes: object) -> dict[str, object]:
    """What a browser sends back from the form."""
    data = {name: value for name, value in model_to_dict(rules).items() if name in PolicyForm.base_fields}
    data.pop("valid_from", None)
    data = {name: ("" if value is None else value) for name, value in data.items() if value is not False}
    return {**data, "valid_from_day": "1", "valid_from_month": "11", "valid_from_year": "2026", **changes}


def test_r_16_1_the_co_ordinator_sees_the_differences_before_saving(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    url = reverse("staff:policy_change")
    assert client.get(url).status_code == 200
    sent = answers(cast.policy, match_days_to_answer="10")
    check = client.post(url, sent).content.decode()
    assert "Check the changes" in check
    assert "Days to answer a proposed match" in check
    assert check.count("<tr") == 2
    assert Policy.objects.count() == 1
    client.post(url, {**sent, "confirm": "yes"})
    assert policy.in_force(date(2026, 11, 1)).match_days_to_answer == 10
    assert Policy.objects.latest("pk").created_by == cast.coordinator
    assert not differences(cast.policy, policy.in_force())


def test_r_16_1_the_officer_reads_it_and_nobody_else_comes_near(cast: Cast, client: Client) -> None:
    for person, read, change in (
        (cast.officer, 200, 403),
        (cast.administrator, 403, 403),
        (cast.host_head, 403, 403),
        (cast.coordinator, 200, 200),
    ):
        client.force_login(person)
        assert client.get(reverse("staff:policy")).status_code == read
        assert client.get(reverse("staff:policy_change")).status_code == change


def test_r_16_1_a_preset_is_looked_at_on_screen_and_then_saved(client: Client, cast: Cast) -> None:
    client.force_login(cast.coordinator)
    page = reverse("staff:policy_preset")
    assert page in client.get(reverse("staff:policy")).content.decode()
    assert "Select an authority" in client.post(page, {"valid_from": "2026-10-06"}).content.decode()
    answers = {"preset": "leicester", "valid_from": "2026-10-06"}
    shown = client.post(page, answers).content.decode()
    assert "LA deployment 24 days" in shown
    assert "Name of the authority" not in shown, "who the office is does not change"
    assert Policy.objects.count() == 1, "nothing is saved before it was looked at"

    assert client.post(page, {**answers, "confirm": "yes"})["Location"] == reverse("staff:policy")
    now = policy.in_force()
    assert (now.preset, now.evaluation_model, now.target) == ("leicester", "levels", 50)
    assert (now.authority_name, now.office_email) == (cast.policy.authority_name, cast.policy.office_email)
    assert now.created_by == cast.coordinator
    assert "Nothing would change" in client.post(page, answers).content.decode()


def test_r_16_1_a_preset_does_not_undo_a_policy_that_starts_later(client: Client, cast: Cast) -> None:
    adopt(draft(cast.policy, valid_from=date(2027, 1, 1), capacity=5), by=cast.coordinator)
    client.force_login(cast.coordinator)
    answers = {"preset": "leeds", "valid_from": "2026-10-06", "confirm": "yes"}
    assert "choose that day or a later one" in client.post(reverse("staff:policy_preset"), answers).content.decode()
    assert Policy.objects.count() == 2
