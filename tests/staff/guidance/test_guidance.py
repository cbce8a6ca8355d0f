"""Guidance for ASTs, headteachers and candidates: written, changed, kept in versions, taken down (R-3.19)."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from staff.guidance.actions import GUIDANCE
from staff.guidance.models import GuidancePage, GuidanceVersion
from tests.cast import Cast
from tests.factories import PostFactory, person
from tests.staff.secondments.telling import Reader

pytestmark = pytest.mark.django_db
SAID = {"topic": "role", "title": "What an AST does", "text": "An AST leads.\n\n- In the own school\n- In others"}


def write(cast: Cast, **said: Any) -> GuidancePage:
    return GUIDANCE.save(by=cast.coordinator, **{**SAID, "audiences": ("asts",), **said})


def test_r_3_19_given_an_edit_when_an_ast_opens_the_page_then_the_new_text_and_date_show(cast: Cast) -> None:
    assert "Enter" in Reader(cast.coordinator).send("guidance_page_add", **{**SAID, "audiences": ["asts"], "text": ""})
    assert Reader(cast.coordinator).send("guidance_page_add", **SAID, audiences=["asts"]) == ""
    page = GuidancePage.objects.get()
    ast = Reader(cast.ast).get("guidance_page", page.pk).content.decode()
    assert "<li>In the own school</li>" in ast
    with time_machine.travel(date(2026, 11, 16)):
        office = Reader(cast.coordinator)
        changed = {**SAID, "audiences": ["asts"], "text": "An AST leads, and teaches: Ωmega, 好."}
        assert office.send("guidance_page_change", page.pk, **changed) == ""
        said = Reader(cast.ast).text("guidance_page", page.pk)
        assert "Ωmega, 好" in said
        assert "Last changed on 16 November 2026" in said
        assert "In others" not in said
        old = GuidanceVersion.objects.get()
        before = Reader(cast.ast).text("guidance_version", old.pk)
        assert "In others" in before
        assert "holds no longer" in before
        assert office.send("guidance_page_change", page.pk, **changed) == ""
    assert GuidanceVersion.objects.count() == 1, "nothing has changed"
    page.refresh_from_db()
    assert (page.version, page.edited_on) == (2, date(2026, 11, 16))


def test_r_3_19_another_title_is_no_new_text(cast: Cast) -> None:
    page = write(cast)
    GUIDANCE.save(row=page, by=cast.coordinator, **{**SAID, "title": "The role", "audiences": ("asts", "heads")})
    page.refresh_from_db()
    assert (page.version, page.title, page.versions.count()) == (1, "The role", 0)


def test_r_3_19_each_audience_reads_its_own(cast: Cast) -> None:
    candidate = person("Alder Fennimore", "alder@marlshire.example", Role.AST, cast.home)
    PostFactory(user=candidate, home=cast.home, status="candidate")
    pages = {each: write(cast, title=f"For {each}", audiences=(each,)) for each in ("asts", "heads", "candidates")}
    reads = {cast.ast: {"asts"}, candidate: {"candidates"}, cast.host_head: {"heads", "candidates"}}
    authority = (cast.coordinator, cast.administrator, cast.officer, cast.consultant)
    for user, theirs in {**reads, **{user: set(pages) for user in authority}}.items():
        listed = Reader(user).text("guidance_pages")
        for each, page in pages.items():
            assert (Reader(user).status("guidance_page", page.pk) == 200) is (each in theirs), (user, each)
            assert (page.title in listed) is (each in theirs)
    assert Reader(cast.chair).status("guidance_pages") == 403


def test_r_3_19_a_page_is_taken_down_and_put_up_again(cast: Cast) -> None:
    page, office, ast = write(cast), Reader(cast.coordinator), Reader(cast.ast)
    GUIDANCE.save(row=page, by=cast.coordinator, **{**SAID, "audiences": ("asts",), "text": "Better"})
    old = GuidanceVersion.objects.get()
    office.send("guidance_page_remove", page.pk)
    assert GuidancePage.objects.filter(pk=page.pk).exists(), "it has an earlier version"
    assert office.send("guidance_page_take_down", page.pk) == ""
    assert (ast.status("guidance_page", page.pk), ast.status("guidance_version", old.pk)) == (404, 404)
    assert Reader(cast.administrator).status("guidance_page", page.pk) == 404
    assert office.status("guidance_page", page.pk) == 200
    assert office.send("guidance_page_put_up", page.pk) == ""
    assert ast.status("guidance_page", page.pk) == 200
    slip = write(cast)
    assert office.send("guidance_page_remove", slip.pk) == ""
    assert not GuidancePage.objects.filter(pk=slip.pk).exists()


def test_r_3_19_the_co_ordinator_alone_writes_and_no_markup_gets_through(cast: Cast) -> None:
    page = write(cast, text="<script>alert(1)</script>")
    assert "<script>alert(1)" not in Reader(cast.ast).get("guidance_page", page.pk).content.decode()
    for user in (cast.administrator, cast.officer, cast.consultant, cast.ast, cast.host_head):
        assert Reader(user).status("guidance_page_add") == 403
        with pytest.raises(PermissionDenied):
            GUIDANCE.save(row=page, by=user, **{**SAID, "audiences": ("asts",)})
    for wrong, words in (({"title": " "}, "Enter the title"), ({"text": " "}, "Enter the text")):
        with pytest.raises(Refused, match=words):
            write(cast, **wrong)
    assert not GuidanceVersion.objects.exists()


def test_r_3_19_list_and_page_cost_the_same_with_thirty(cast: Cast) -> None:
    costs = []
    for more in (1, 29):
        for number in range(more):
            page = write(cast, title=f"Page {number}")
        reader = Reader(cast.ast)
        for where in (("guidance_pages",), ("guidance_page", page.pk)):
            reader.get(*where)
            with CaptureQueriesContext(connection) as queries:
                reader.get(*where)
            costs.append(len(queries))
    assert costs[:2] == costs[2:]
    assert max(costs) <= 12, costs
