"""Another way of working is compared and adopted: what it touches is said before, what is signed stays (R-16.1)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import policy
from astcoord.core.models.history import AuditEvent
from astcoord.core.models.policy import Policy
from astcoord.core.policy_changes import adopt, draft
from astcoord.core.policy_events import ADOPTING, Adopting
from astcoord.core.presets.reading import LARGEST
from astcoord.core.problems import Refused
from placements.agreement.models import ContractVersion
from placements.requests.models import RequestedStaff
from schools.register.models import SchoolStatus
from staff.quality.models import QaVisit
from tests.cast import Cast
from tests.factories import RequestFactory
from tests.placements import stories

pytestmark = pytest.mark.django_db

NOW = date(2026, 10, 6)
OURS = 'title = "Marlshire’s own"\n[stated]\nweekly_outreach_cap = 1.5\n[default]\nalumni = true\n'
PAGE = "staff:policy_preset"


def file(text: str = OURS) -> SimpleUploadedFile:
    return SimpleUploadedFile("ours.toml", text.encode())


def touched(cast: Cast, **settings: object) -> dict[str, list[str]]:
    """What adopting these says of open work."""
    event = Adopting(cast.policy, draft(cast.policy, valid_from=NOW, **settings), NOW)
    return {section.title: [row.what for row in section.rows] for section in ADOPTING.sections(event)}


def test_r_16_1_a_contract_signed_under_croydon_keeps_its_text_when_leeds_is_loaded(
    cast: Cast, quick_print: None
) -> None:
    placement = stories.signed(cast)
    before = ContractVersion.objects.get(placement=placement)
    said, digest = before.document.facts, before.document.sha256
    call_command("load_preset", "leeds")
    after = ContractVersion.objects.get(placement=placement)
    assert policy.in_force().preset == "leeds"
    assert (after.document.facts, after.document.sha256, after.policy.preset) == (said, digest, "croydon")
    assert type(placement).objects.get(pk=placement.pk).status == placement.status


def test_r_16_1_leeds_is_compared_in_the_words_of_the_settings_with_whose_word_it_is(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.coordinator)
    shown = (
        client.post(reverse(PAGE), {"preset": "leeds", "valid_from": "2026-11-01"})
        .content.decode()
        .replace("\xa0", " ")
    )
    assert "1 November 2026" in shown
    for words in ("Pattern of placements", "A weekly day", "Whole half-terms", "Stated", "Our default"):
        assert words in shown
    assert Policy.objects.count() == 1


def test_r_16_1_an_own_file_is_looked_at_and_then_saved_from_what_was_looked_at(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    answers = {"preset": "own", "valid_from": "2026-10-06"}
    checked = client.post(reverse(PAGE), {**answers, "file": file()})
    sent_on = dict(checked.context["answers"])
    assert "Most outreach days a week for one AST" in checked.content.decode()
    assert checked.content.decode().count("<tr") == 3
    assert Policy.objects.count() == 1
    client.post(reverse(PAGE), {**sent_on, "confirm": "yes"})
    now = policy.in_force()
    assert (now.preset, now.alumni, now.weekly_outreach_cap) == ("own-marlshires-own", True, 1.5)
    assert now.match_days_to_answer == cast.policy.match_days_to_answer, "what the file does not name stays"
    assert "Marlshire’s own" in AuditEvent.objects.about(now).get().reason


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Select the file"),
        ({"file": file('title = "A"\n[stated]\ncapacty = 3\n')}, "capacty: no such setting"),
        ({"file": SimpleUploadedFile("a.toml", b"\xff\xfe\x00")}, "must be text in UTF-8"),
        ({"file": SimpleUploadedFile("a.toml", b"#" * (LARGEST + 1))}, "must be smaller than 1 MB"),
        ({"file": file(), "valid_from": "2026-10-05"}, "choose today or a later day"),
        ({"file": file(), "valid_from": ""}, "Enter the day from which this holds"),
    ],
    ids=["none", "unknown", "no text", "large", "past", "no day"],
)
def test_r_16_1_what_is_wrong_with_an_own_file_is_said_on_the_form(
    cast: Cast, client: Client, sent: dict[str, object], said: str
) -> None:
    client.force_login(cast.coordinator)
    answer = client.post(reverse(PAGE), {"preset": "own", "valid_from": "2026-10-06", **sent})
    assert "There is a problem" in answer.content.decode()
    assert said in answer.content.decode()
    assert Policy.objects.count() == 1


def test_r_16_1_no_policy_begins_in_the_past_overlaps_or_leaves_a_gap(cast: Cast) -> None:
    with pytest.raises(Refused, match="choose today or a later day"):
        adopt(draft(cast.policy, valid_from=date(2026, 10, 5), capacity=5), by=cast.coordinator)
    adopt(draft(cast.policy, valid_from=date(2027, 1, 1), capacity=5), by=cast.coordinator)
    with pytest.raises(Refused, match="1 January 2027 is stored already"):
        adopt(draft(cast.policy, valid_from=date(2026, 12, 31), capacity=6), by=cast.coordinator)
    Policy.objects.all().delete()
    with pytest.raises(CommandError, match="The first policy must hold today"):
        call_command("load_preset", "leeds", "--from", "2026-10-07")
    call_command("load_preset", "leeds", "--from", "2026-09-01")
    assert policy.in_force(date(2026, 9, 1)).preset == "leeds"


def test_r_16_1_the_command_takes_a_file_compares_and_says_what_is_wrong(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(OURS)
    call_command("load_preset", str(path), "--compare")
    assert "Most outreach days a week for one AST: 1 → 1.5 (stated)" in capsys.readouterr().out
    assert Policy.objects.count() == 1
    call_command("load_preset", str(path))
    call_command("load_preset", str(path))
    assert "in force already" in capsys.readouterr().out
    assert Policy.objects.count() == 2
    path.write_text('title = "A"\n[stated]\nalumni = 3\n')
    with pytest.raises(CommandError, match="alumni: must be true or false"):
        call_command("load_preset", str(path))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_preset", str(tmp_path / "none.toml"))
    with pytest.raises(CommandError, match="write it as 2027-01-31"):
        call_command("load_preset", "leeds", "--from", "soon")


def test_r_16_1_open_requests_that_nobody_could_be_sent_to_are_listed_before(cast: Cast, client: Client) -> None:
    cast.policy.teacher_difficulty = cast.policy.host_difficulty = "override"
    cast.policy.save()
    serious = RequestFactory(host=cast.host, status="submitted")
    RequestedStaff.objects.create(
        request=serious, selection="self", head_agrees=True, name="Linnet Farrow", situation="serious"
    )
    category = RequestFactory(host=cast.elsewhere, status="waiting")
    SchoolStatus.objects.create(
        school=cast.elsewhere, kind="category", name="special_measures", starts_on=date(2026, 9, 1)
    )
    RequestFactory(host=cast.host, status="submitted")
    over = RequestFactory(host=cast.host, status="withdrawn")
    RequestedStaff.objects.create(request=over, selection="self", head_agrees=True, situation="serious")
    assert touched(cast, teacher_difficulty="block") == {
        "Open requests": [f"{serious.reference}, {cast.host.name}"],
    }
    assert touched(cast, host_difficulty="block") == {"Open requests": [f"{category.reference}, {cast.elsewhere.name}"]}
    assert touched(cast, served_groups=("11",))["Open requests"]
    assert touched(cast, alumni=True) == {}
    client.force_login(cast.coordinator)
    shown = client.post(reverse(PAGE), {"preset": "croydon", "valid_from": "2026-10-06"}).content.decode()
    assert serious.reference in shown
    assert category.reference in shown
    assert "Linnet" not in shown


def test_r_16_1_thirty_open_requests_cost_no_more_queries_than_one(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert touched(cast, served_groups=("11",))["Open requests"]
        return len(queries)

    RequestFactory(host=cast.host, status="submitted")
    one = asked()
    for _ in range(30):
        RequestFactory(host=cast.host, status="submitted")
    assert asked() == one


def test_r_16_1_visits_and_the_limit_of_posts_are_touched_by_what_ends_them(cast: Cast) -> None:
    cast.policy.qa_visits = True
    QaVisit.objects.create(post=cast.post, visitor=cast.coordinator, on=date(2026, 10, 20), kind="teaching")
    assert list(touched(cast, qa_visits=False)) == ["QA visits"]
    assert touched(cast, capacity=0) == {"AST posts": ["1 AST in post, 0 at most"]}
    assert touched(cast, capacity=1) == {}


def test_r_16_1_placements_without_a_contract_say_what_has_to_be_put_right_and_signed_ones_nothing(
    cast: Cast, quick_print: None
) -> None:
    waits = cast.placement(weekday=1, day_share=1, starts_on=date(2026, 11, 3), ends_on=date(2027, 2, 9))
    stories.signed(cast)
    cast.policy.senior_inspector = False
    assert touched(cast, weekly_outreach_cap=Decimal("0.5"), senior_inspector=False) == {
        "Placements without a contract": [str(waits)]
    }
    event = Adopting(cast.policy, draft(cast.policy, valid_from=NOW, placement_pattern="block"), NOW)
    [section] = ADOPTING.sections(event)
    assert "The first day must be the first of a half-term" in section.rows[0].fate
    assert touched(cast, senior_inspector=True) == {"Placements without a contract": [str(waits)]}
    assert touched(cast, cap_mode="half_term_average") == {}
