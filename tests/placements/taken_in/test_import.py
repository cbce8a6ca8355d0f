"""Placements already under way from a council's own list, by command, and one by one with the paper (R-17.4)."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.loading import Entry
from astcoord.core.models.history import AuditEvent
from astcoord.core.roles import Role
from placements.days import ledger
from placements.placement.models import Placement
from placements.taken_in import actions
from placements.taken_in.imports.running import PlacementsFile
from placements.taken_in.models import SignedPaper
from schools.register.models import School
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory, person
from tests.placements.taken_in.entered import entered
from tests.workbooks import Day, xlsx

pytestmark = pytest.mark.django_db
UPLOAD = "placements:import_placements"
HEADER = ["AST name", "School URN", "Area", "From", "To", "Days", "Used", "Aim", "Signed on"]
FIELDS = ("ast", "host", "subject", "starts_on", "ends_on", "days", "used", "aims", "agreed_on")
PDF = b"%PDF-1.7 a signed paper"


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def line(cast: Cast, host: School | None = None, **changes: Any) -> list[Any]:
    cells: dict[str, Any] = {
        "ast": "Ms Wren CASTELLOW",
        "host": float((host or cast.host).urn),
        "subject": "Maths",
        "starts_on": Day(46280),
        "ends_on": "9/2/2027",
        "days": 6,
        "used": "2",
        "aims": "Pupils choose a method.\nBoth teachers plan together.",
        "agreed_on": "8 September 2026",
    }
    return [{**cells, **changes}[name] for name in FIELDS]


def sent(client: Client, data: bytes) -> str:
    """Sent and mapped: the address of the preview."""
    at = str(client.post(reverse(UPLOAD), {"file": SimpleUploadedFile("placements.xlsx", data)})["Location"])
    response = client.post(at, dict(zip(FIELDS, HEADER, strict=True)))
    assert response.status_code == 302, words(response)
    return str(response["Location"])


def judged(cast: Cast, **changes: str) -> Any:
    given = dict(zip(FIELDS, (str(cell or "") for cell in line(cast)), strict=True))
    return PlacementsFile().judge([Entry(2, {**given, "starts_on": "15/9/2026", **changes})])


def test_r_17_4_a_file_of_six_with_two_wrong_enters_four_and_gives_two_back(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    hosts = [cast.host, cast.elsewhere, SchoolFactory(), SchoolFactory()]
    rows = [line(cast, host, days=2, used="0.5") for host in hosts]
    rows.insert(2, line(cast, SchoolFactory(), used="9"))
    rows.append(line(cast, SchoolFactory(), ast="Nobody Known"))
    preview = sent(client, xlsx([HEADER, *rows]))
    page = words(client.get(preview))
    assert "Placements that will change 4" in page
    assert "Row 4: 9 days used are more than 6 days agreed" in page
    assert "Row 7: no AST is called “Nobody Known”" in page
    assert "2 days agreed, 0.5 days used, 1.5 days to come" in page
    assert "Tick the box" in words(client.post(preview))
    assert not Placement.objects.exists(), "nothing is stored unasked"
    left = client.post(preview, {"good_rows": "on"}, follow=True)
    assert "4 placements are under way" in words(left)
    assert {p.host_id for p in Placement.objects.all()} == {host.pk for host in hosts}
    balance = ledger.balance(cast.post, cast.year)
    assert (balance.contracted, balance.delivered) == (8, 2)
    file = b"".join(client.get(f"{preview}refused/").streaming_content)  # type: ignore[attr-defined]
    back = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
    assert [row["Used"] for row in back] == ["9", "2"]
    assert all(row["What is wrong"] for row in back)
    again = sent(client, xlsx([HEADER, *rows[:2]]))
    assert "Placements that stay as they are 2" in words(client.get(again))
    client.post(again)
    assert Placement.objects.count() == 4


def test_r_17_4_one_row_is_the_whole_placement(cast: Cast) -> None:
    given = dict(zip(FIELDS, (str(cell) for cell in line(cast)), strict=True))
    entry = Entry(2, {**given, "starts_on": "15/9/2026", "host": cast.host.name, "weekday": "Wed"})
    assert str(PlacementsFile().store([entry], by=cast.coordinator)) == "changed=1 unchanged=0 errors=0"
    found = Placement.objects.get()
    assert (found.post, found.home, found.host, found.monitor) == (cast.post, cast.home, cast.host, cast.coordinator)
    assert (found.days, found.days_before, found.weekday) == (6, 2, 2)
    assert (found.starts_on, found.ends_on) == (date(2026, 9, 15), date(2027, 2, 9))
    assert found.objectives.count() == 2
    assert found.contracts.get().agreed_on == date(2026, 9, 8)
    assert str(PlacementsFile().store([entry], by=cast.coordinator)) == "changed=0 unchanged=1 errors=0"


def test_r_4_11_rows_of_one_ast_are_judged_together(cast: Cast) -> None:
    budget = ledger.balance(cast.post, cast.year).remaining
    most = str(budget - 4)
    rows = [
        Entry(2, {**dict(zip(FIELDS, map(str, line(cast)), strict=True)), "starts_on": "15/9/2026", "days": most}),
        Entry(3, {**dict(zip(FIELDS, map(str, line(cast, cast.elsewhere)), strict=True)), "starts_on": "15/9/2026"}),
    ]
    outcome = PlacementsFile().judge(rows)
    assert [change.line for change in outcome.changes] == [2]
    assert "has 4 days left in 2026/27, and this takes 6 days of it" in str(outcome.errors[0])
    assert len(PlacementsFile().judge([rows[0], Entry(3, {**rows[1].cells, "beyond": "Agreed."})]).changes) == 2


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ast": ""}, "the row names no AST"),
        ({"ast": "nobody@marlshire.example"}, "no AST has the address"),
        ({"host": "Nowhere"}, "no school is called"),
        ({"host": "123456"}, "no school has URN 123456"),
        ({"host": ""}, "Host school is empty"),
        ({"subject": "Alchemy"}, "is no subject that we know"),
        ({"subject": "Maths, ICT"}, "is not one subject"),
        ({"subject": ""}, "Wren Castellow has several"),
        ({"starts_on": "soon"}, "First day “soon” is not a day"),
        ({"ends_on": ""}, "Last day is empty"),
        ({"days": "six"}, "Days agreed “six” is no number of days"),
        ({"used": ""}, "Days used is empty"),
        ({"used": "0.3"}, "in quarters"),
        ({"aims": ""}, "Enter the aims"),
        ({"weekday": "Mon, Tue"}, "several weekdays"),
        ({"agreed_on": "1/1/2030"}, "today or in the past"),
    ],
)
def test_r_17_4_a_row_that_is_wrong_says_why(cast: Cast, changes: dict[str, str], said: str) -> None:
    assert said in str(judged(cast, **changes).errors[0])


def test_r_17_4_of_two_asts_of_one_name_the_address_tells_which(cast: Cast) -> None:
    twin = person("Wren Castellow", "wren2@marlshire.example", Role.AST, cast.elsewhere)
    post = PostFactory(user=twin, home=cast.elsewhere)
    ledger.open_budget(post, cast.year)
    assert "2 ASTs are called “Ms Wren CASTELLOW”: enter the e-mail address" in str(judged(cast).errors[0])
    assert judged(cast, email="WREN2@marlshire.example").changes
    assert judged(cast, ast="wren@marlshire.example").changes


def test_r_17_4_the_same_placement_in_two_rows_is_kept_once(cast: Cast) -> None:
    given = {**dict(zip(FIELDS, map(str, line(cast)), strict=True)), "starts_on": "15/9/2026"}
    outcome = PlacementsFile().judge([Entry(2, given), Entry(3, given)])
    assert "is in row 2 already" in str(outcome.errors[0])


def test_r_17_4_the_template_loads_and_the_command_follows_the_same_rules(
    cast: Cast, client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client.force_login(cast.coordinator)
    template = b"".join(client.get(reverse(f"{UPLOAD}_template")).streaming_content)  # type: ignore[attr-defined]
    file = tmp_path / "placements.csv"
    text = template.replace(b"100002", str(cast.host.urn).encode()).replace(b"Ms A Example", b"Wren Castellow")
    file.write_bytes(text.replace(b"ast@school.example", cast.ast.email.encode()))
    call_command("import_placements", str(file), "--dry-run")
    assert not Placement.objects.exists()
    for changed in (1, 0):
        call_command("import_placements", str(file))
        assert capsys.readouterr().out.splitlines()[-1] == f"changed={changed} unchanged={1 - changed} errors=0"
    assert Placement.objects.get().status == "active"


def test_r_17_4_the_command_asks_which_coordinator_where_there_are_several(cast: Cast, tmp_path: Path) -> None:
    other = person("Aster Quill", "aster@marlshire.example", Role.COORDINATOR)
    file = tmp_path / "placements.csv"
    header = "AST name;School URN;Subject;From;To;Days;Used;Aim\n"
    file.write_text(f"{header}{cast.ast.email};{cast.host.urn};Maths;15/9/2026;9/2/2027;6;2;Methods\n")
    with pytest.raises(CommandError, match="Say with --by ADDRESS"):
        call_command("import_placements", str(file))
    call_command("import_placements", str(file), "--by", "ASTER@marlshire.example")
    assert Placement.objects.get().monitor == other


def test_r_17_4_without_a_column_for_the_ast_it_is_asked_for(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    data = xlsx([HEADER, line(cast)])
    at = str(client.post(reverse(UPLOAD), {"file": SimpleUploadedFile("p.xlsx", data)})["Location"])
    assert "Choose the column with Host school" in words(client.post(at, {"days": "Days"}))
    page = words(client.post(at, dict(list(zip(FIELDS, HEADER, strict=True))[1:])))
    assert "Choose the column with the AST’s name, or the e-mail address" in page


def form_of(cast: Cast, **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        **{"ast": cast.post.pk, "host": cast.host.pk, "subject": "mathematics", "aims": "Methods.\nPlanning."},
        **{"starts_on_day": 15, "starts_on_month": 9, "starts_on_year": 2026},
        **{"ends_on_day": 9, "ends_on_month": 2, "ends_on_year": 2027},
        **{"agreed_on_day": 8, "agreed_on_month": 9, "agreed_on_year": 2026},
        **{"days": "6", "used": "2", "used_this_year": "", "weekday": "", "beyond": ""},
    }
    return {**given, **changes}


def test_r_17_4_one_is_entered_by_form_with_its_paper_and_sent_twice_is_one(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    at = reverse("placements:placement_take_in")
    assert at in client.get(reverse("placements:placement_list")).content.decode()
    for _ in range(2):
        paper = SimpleUploadedFile("signed.pdf", PDF)
        page = client.post(at, form_of(cast, file=paper), follow=True)
        assert "The placement is under way" in words(page), words(page)
    placement = Placement.objects.get()
    assert SignedPaper.objects.get().placement == placement
    assert "Signed paper, signed.pdf" in words(client.get(placement.get_absolute_url()))


def test_r_17_4_wrong_input_on_the_form_is_kept_and_nothing_is_half_saved(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    at = reverse("placements:placement_take_in")
    page = client.post(at, form_of(cast, used="7"))
    assert "7 days used are more than 6 days agreed" in words(page)
    assert "Methods." in words(page)
    page = client.post(at, form_of(cast, file=SimpleUploadedFile("signed.pdf", b"not what its name says")))
    assert "is not what its name says" in words(page)
    assert not Placement.objects.exists(), "a wrong paper keeps the placement out, too"
    page = client.post(at, form_of(cast, used_this_year="0.3"))
    assert "must be in quarters" in words(page)
    empty = words(client.post(at, {}))
    for said in ("Select the AST", "Select the host school", "Enter aims", "Enter the first day", "Enter days agreed"):
        assert said in empty


def test_r_17_4_the_paper_is_attached_later_replaced_and_removed(cast: Cast, client: Client) -> None:
    placement = entered(cast)
    client.force_login(cast.administrator)
    at = reverse("placements:signed_paper", args=[placement.pk])
    client.post(at, {"file": SimpleUploadedFile("one.pdf", PDF)})
    client.post(at, {"file": SimpleUploadedFile("one.pdf", PDF)})
    page = client.post(at, {"file": SimpleUploadedFile("two.exe", PDF)})
    assert "must be a PDF" in words(page)
    client.post(at, {"file": SimpleUploadedFile("two.pdf", PDF + b"2")})
    assert SignedPaper.objects.get().name == "two.pdf"
    assert AuditEvent.objects.about(placement).filter(verb="signed paper attached").count() == 2
    got = client.get(reverse("placements:signed_paper_download", args=[placement.pk]))
    assert got.content == PDF + b"2"
    assert AuditEvent.objects.about(placement).filter(verb="signed paper downloaded").count() == 1
    client.post(reverse("placements:signed_paper_remove", args=[placement.pk]))
    assert client.get(reverse("placements:signed_paper_download", args=[placement.pk])).status_code == 404
    assert (SignedPaper.objects.get().name, bytes(SignedPaper.objects.get().data or b"")) == ("", b"")
    client.post(at, {"file": SimpleUploadedFile("three.pdf", PDF)})
    assert SignedPaper.objects.held().count() == 1


def test_r_17_4_a_paper_is_for_those_who_may_know_the_names(cast: Cast, client: Client) -> None:
    placement = entered(cast)
    actions.attach_paper(placement=placement, name="signed.pdf", data=PDF, by=cast.coordinator)
    at = reverse("placements:signed_paper_download", args=[placement.pk])
    for user, status in ((cast.host_head, 200), (cast.ast, 200), (cast.home_head, 403), (cast.outsider, 404)):
        client.force_login(user)
        assert client.get(at).status_code == status
        if status != 404:
            shown = "Signed paper, signed.pdf" in words(client.get(placement.get_absolute_url()))
            assert shown == (status == 200)


def test_r_17_4_only_what_was_agreed_before_has_a_paper(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    usual = cast.placement()
    assert client.get(reverse("placements:signed_paper", args=[usual.pk])).status_code == 403
    assert usual.days_before == Decimal(0)


def test_r_17_1_the_set_up_list_leads_there_and_the_step_may_be_left(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    page = client.get(reverse("home")).content.decode()
    assert reverse(UPLOAD) in page
    assert "Placements already under way" in page
    client.post(reverse("set_up_leave", kwargs={"code": "under-way"}))
    assert "left" in words(client.get(reverse("home"))).lower()


def test_r_17_4_the_preview_costs_the_same_for_one_row_and_for_thirty(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    costs = set()
    for count in (1, 30):
        preview = sent(client, xlsx([HEADER, *(line(cast, SchoolFactory(), days=1, used=0) for _ in range(count))]))
        with CaptureQueriesContext(connection) as queries:
            assert f"Placements that will change {count}" in words(client.get(preview))
        costs.add(len(queries))
    assert len(costs) == 1
