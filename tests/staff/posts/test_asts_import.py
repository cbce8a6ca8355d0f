"""ASTs from a council's own list: one row for each (R-17.3, R-17.2, R-1.4, R-4.1)."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from astcoord.core.clock import today
from astcoord.core.loading import Entry
from astcoord.core.models.messages import Message
from astcoord.core.roles import Role
from placements.days import ledger
from placements.days.models import LedgerEntry
from schools.calendar import reads as calendar
from staff.accounts.models import User
from staff.posts.imports import cells
from staff.posts.imports.asts import AstsFile
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import SchoolFactory
from tests.workbooks import Day, xlsx

pytestmark = pytest.mark.django_db
UPLOAD = "staff:import_asts"
HALF = Decimal("0.5")
HEADER = ["AST", "Work email", "School", "Subject", "KS", "FTE", "AST since", "Day", "Expertise", "Used", "Assessed"]
FIELDS = (
    *("name", "email", "home", "subjects", "key_stages", "fte"),
    *("starts_on", "pattern", "about", "days_used", "passed_on"),
)


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def line(cast: Cast, number: int, **changes: Any) -> list[Any]:
    cells: dict[str, Any] = {
        "name": f"MS A{number} ASHBY (AST)" if number % 2 else f"Wren Ashby{number}",
        "email": f" Ast{number}@marlshire.example ",
        "home": float(cast.home.urn) if number % 2 else cast.home.name,
        "subjects": "Maths (lead), ICT" if number % 2 else "D&T; French",
        "key_stages": "KS1-2",
        "fte": 0.5 if number % 2 else 1,
        "starts_on": Day(45536),
        "pattern": "Wed pm",
        "about": "Fractions",
        "days_used": 2.5 if number % 2 else None,
        "passed_on": "2/5/2024",
    }
    return [{**cells, **changes}[name] for name in FIELDS]


def sent(client: Client, data: bytes) -> str:
    """Sent and mapped: the address of the preview."""
    response = client.post(reverse(UPLOAD), {"file": SimpleUploadedFile("asts.xlsx", data)})
    at = str(response["Location"])
    response = client.post(at, dict(zip(FIELDS, HEADER, strict=True)))
    assert response.status_code == 302, words(response)
    return str(response["Location"])


def judged(cast: Cast, **changes: str) -> Any:
    given = dict(zip(FIELDS, (str(cell or "") for cell in line(cast, 2)), strict=True))
    return AstsFile().judge([Entry(2, {**given, "starts_on": "1/9/2024", **changes})])


def test_r_17_3_of_40_rows_with_2_errors_38_asts_have_budgets_and_2_rows_come_back(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    rows = [line(cast, number) for number in range(1, 41)]
    rows[4] = line(cast, 5, subjects="Alchemy")
    rows[20] = line(cast, 21, passed_on=None)
    preview = sent(client, xlsx([HEADER, *rows]))
    page = words(client.get(preview))
    assert "ASTs that will change 38" in page
    assert "Row 6: “Alchemy” is no subject that we know" in page
    assert "Row 22: Assessed on is empty" in page
    assert "Tick the box" in words(client.post(preview))
    assert Post.objects.count() == 1, "nothing is stored unasked"
    left = client.post(preview, {"good_rows": "on"}, follow=True)
    assert "38 ASTs are in post" in words(left)
    posts = Post.objects.exclude(pk=cast.post.pk)
    assert {(post.status, post.home_id) for post in posts} == {(PostStatus.IN_POST, cast.home.pk)}
    year = calendar.year_on(today())
    assert year is not None
    budgets = LedgerEntry.objects.filter(post__in=posts, year=year, kind="budget")
    assert (posts.count(), budgets.count()) == (38, 38)
    file = b"".join(client.get(f"{preview}refused/").streaming_content)  # type: ignore[attr-defined]
    back = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
    assert [row["Work email"] for row in back] == ["Ast5@marlshire.example", "Ast21@marlshire.example"]
    assert all(row["What is wrong"] for row in back)
    assert not Message.objects.filter(kind__contains="invit").exists(), "nobody is written to unasked"


def test_r_17_3_one_row_is_account_post_profile_time_and_days(cast: Cast) -> None:
    given = dict(zip(FIELDS, (str(cell) for cell in line(cast, 1)), strict=True))
    entry = Entry(2, {**given, "starts_on": "1/9/2024", "home": f"{cast.home.urn}.0"})
    outcome = AstsFile().store([entry], by=cast.coordinator)
    assert str(outcome) == "changed=1 unchanged=0 errors=0"
    post = Post.objects.get(user__email="ast1@marlshire.example")
    assert post.user.has_role(Role.AST)
    assert (post.fte, post.starts_on, post.passed_on) == (HALF, date(2024, 9, 1), date(2024, 5, 2))
    assert {e.subject: e.level for e in post.expertise.all()} == {"mathematics": 3, "ict": 2}
    assert set(post.key_stages) == {"ks1", "ks2"}
    assert [(p.weekday, p.share) for p in post.patterns.all()] == [(2, HALF)]
    assert post.about == "Fractions"
    year = calendar.year_on(today())
    assert year is not None
    balance = ledger.balance(post, year)
    assert balance.other == Decimal("2.5")
    assert balance.remaining == balance.budget - Decimal("2.5")
    entry_of_days = LedgerEntry.objects.get(post=post, kind="activity")
    assert entry_of_days.reason == "used in this year before this service began"
    again = AstsFile().store([entry], by=cast.coordinator)
    assert str(again) == "changed=0 unchanged=1 errors=0"
    assert LedgerEntry.objects.filter(post=post, kind="activity").count() == 1


def test_r_17_3_the_years_page_says_what_was_used_before(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    client.post(sent(client, xlsx([HEADER, line(cast, 1)])))
    post = Post.objects.get(user__email="ast1@marlshire.example")
    page = words(client.get(reverse("placements:balance", args=[post.pk])))
    assert "Other AST work 2.5 days 2.5 days of this before the service began" in page


def test_r_1_4_a_post_that_was_decided_before_needs_no_decision_but_a_half_one_is_refused(cast: Cast) -> None:
    assert not judged(cast).errors
    assert "minuted" in str(judged(cast, governors_decided_on="1/3/2024").errors[0])
    whole = {"governors_decided_on": "1/3/2024", "governors_minute": "7", "responsible_for": "Maths"}
    assert not judged(cast, **whole).errors


def test_r_17_3_an_address_that_is_known_makes_no_second_person(cast: Cast) -> None:
    count = User.objects.count()
    known = judged(cast, email=cast.host_head.email.upper()).changes[0]
    assert f"has an account already, as {cast.host_head.name}: no second one is made" in known.words
    given = dict(zip(FIELDS, (str(cell or "") for cell in line(cast, 2)), strict=True))
    entry = Entry(2, {**given, "starts_on": "1/9/2024", "email": cast.host_head.email})
    AstsFile().store([entry], by=cast.coordinator)
    assert User.objects.count() == count
    assert Post.objects.filter(user=cast.host_head).count() == 1
    other = SchoolFactory(name="Other School", register_name="Other School")
    assert "has a post at" in str(judged(cast, email=cast.ast.email, home=str(other.urn)).errors[0])
    assert judged(cast, email=cast.ast.email, home=str(cast.post.home.urn)).unchanged == 1
    User.objects.filter(pk=cast.outsider.pk).update(is_active=False)
    assert "is suspended" in str(judged(cast, email=cast.outsider.email).errors[0])


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Name is empty"),
        ({"email": "nobody"}, "is not an e-mail address"),
        ({"home": "Nowhere"}, "no school is called"),
        ({"home": "123456"}, "no school has URN 123456"),
        ({"fte": "5"}, "is no full-time equivalent"),
        ({"starts_on": "soon"}, "is not a day"),
        ({"starts_on": "1/4/2024"}, "on or after the date of the pass"),
        ({"passed_on": "1/9/2030"}, "today or in the past"),
        ({"pattern": "Sunday"}, "is no weekday"),
        ({"days_used": "0.3"}, "is no number of days"),
        ({"days_used": "150"}, "are more than the"),
        ({"key_stages": "KS9"}, "names no key stages"),
        ({"subjects": "Maths, Alchemy"}, "“Alchemy” is no subject"),
        ({"funding": "lottery"}, "is no source of money"),
        ({"work_types": "juggling"}, "is no kind of work"),
        ({"inducted_on": "1/9/2030"}, "must be today or in the past"),
        ({"name": "A" * 151}, "longer than 150"),
    ],
)
def test_r_17_3_a_row_that_is_wrong_says_why(cast: Cast, changes: dict[str, str], said: str) -> None:
    assert said in str(judged(cast, **changes).errors[0])


def test_a_closed_school_and_a_row_twice_are_refused(cast: Cast) -> None:
    closed = SchoolFactory(name="Gone School", register_name="Gone School", status="closed")
    assert "is closed" in str(judged(cast, home=str(closed.urn)).errors[0])
    given = dict(zip(FIELDS, (str(cell or "") for cell in line(cast, 2)), strict=True))
    twice = AstsFile().judge([Entry(n, {**given, "starts_on": "1/9/2024"}) for n in (2, 3)])
    assert "is in row 2 already" in str(twice.errors[0])


def test_r_17_3_cells_are_read_as_schools_write_them() -> None:
    assert list(cells.subjects("Art and design")) == ["art"]
    assert list(cells.subjects("Maths and Science")) == ["mathematics", "science"]
    assert list(cells.subjects("Literacy & Numeracy / MFL")) == ["english", "mathematics", "languages"]
    assert cells.subjects("PE (some), D&T (lead)") == {"pe": 1, "design": 3}
    assert cells.key_stages("EYFS, KS 1") == ["fs", "ks1"]
    assert cells.key_stages("Key stages 3 and 4, Post-16") == ["ks3", "ks4", "post16"]
    assert cells.key_stages("KS3 to KS5") == ["ks3", "ks4", "post16"]
    assert cells.key_stages("Primary") == ["ks1", "ks2"]
    assert cells.pattern("Tuesdays and Thu am") == {1: Decimal(1), 3: HALF}
    assert cells.pattern("Fri am, Fri pm") == {4: Decimal(1)}
    assert cells.pattern("") == {}
    assert [cells.fte(each) for each in ("", "60%", "Full time", "0.6")] == [1, Decimal("0.6"), 1, Decimal("0.6")]
    assert cells.funding("school") == "school"
    assert len(cells.work_types("")) > 10


def test_r_17_3_a_column_that_every_row_needs_is_asked_for(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    data = xlsx([HEADER, line(cast, 1)])
    at = str(client.post(reverse(UPLOAD), {"file": SimpleUploadedFile("asts.xlsx", data)})["Location"])
    page = words(client.post(at, {"name": "AST", "email": "Work email"}))
    assert "Choose the column with Home school" in page
    assert "Choose the column with Assessed on" in page


def test_r_17_3_people_are_invited_when_asked(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    preview = sent(client, xlsx([HEADER, line(cast, 1)]))
    before = Message.objects.count()
    assert client.post(preview, {"invite": "on"}).status_code == 302
    assert Message.objects.filter(to_email="ast1@marlshire.example").count() == 1
    assert Message.objects.count() == before + 1


def test_r_17_3_only_the_coordinator_imports_asts_and_the_register_leads_there(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    assert reverse(UPLOAD) in client.get(reverse("staff:posts")).content.decode()
    preview = sent(client, xlsx([HEADER, line(cast, 1)]))
    client.force_login(cast.administrator)
    assert client.get(reverse(UPLOAD)).status_code == 403
    assert client.get(preview).status_code == 403
    assert reverse(UPLOAD) not in client.get(reverse("staff:posts")).content.decode()


def test_r_17_3_the_command_follows_the_same_rules_and_the_template_loads(
    cast: Cast, client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client.force_login(cast.coordinator)
    template = b"".join(client.get(reverse(f"{UPLOAD}_template")).streaming_content)  # type: ignore[attr-defined]
    file = tmp_path / "asts.csv"
    file.write_bytes(template.replace(b"100001", str(cast.home.urn).encode()))
    call_command("import_asts", str(file), "--dry-run")
    assert Post.objects.count() == 1
    for changed in (1, 0):
        call_command("import_asts", str(file))
        assert capsys.readouterr().out.splitlines()[-1] == f"changed={changed} unchanged={1 - changed} errors=0"
    assert Post.objects.get(user__email="ast@school.example").status == PostStatus.IN_POST
