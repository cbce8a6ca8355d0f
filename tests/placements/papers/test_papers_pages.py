"""The papers' pages: what each sees, downloads and when they end, and files that are too large (R-9.1, R-9.3)."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.models.history import AuditEvent
from placements.endings.actions import early
from placements.papers.models import PaperFile
from placements.papers.rules import LARGEST
from placements.placement.models import Placement
from tests.cast import Cast
from tests.factories import PostFactory
from tests.placements import stories
from tests.placements.papers.paper_files import PDF, PNG, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(cast: Cast) -> Placement:
    return stories.all_agreed(cast)


def page_of(client: Client, placement: Placement, user: Any) -> str:
    client.force_login(user)
    return client.get(reverse("placements:papers", args=[placement.pk])).content.decode()


def fetch(client: Client, file: PaperFile, user: Any) -> Any:
    client.force_login(user)
    return client.get(reverse("placements:paper_download", args=[file.pk]))


def send(client: Client, placement: Placement, kind: str, name: str, data: bytes, **more: str) -> Any:
    url = reverse("placements:paper_add", args=[placement.pk, kind])
    return client.post(url, {"file": SimpleUploadedFile(name, data), **more})


def test_r_9_1_the_page_says_five_of_six_and_what_is_outstanding(
    cast: Cast, client: Client, placement: Placement
) -> None:
    for kind in stories.Kind.values:
        if kind != "improvement_plan":
            uploaded(cast, placement, kind, data=PDF + kind.encode(), consent=True)

    page = page_of(client, placement, cast.host_head)

    assert "5 of 6" in page
    assert "<li>School improvement plan</li>" in page
    assert page.count("<li>School improvement plan</li>") == 1
    assert "<li>Behaviour policy</li>" not in page
    assert "Show the AST the papers asked for" in client.get(reverse("home")).content.decode()


def test_r_9_1_the_head_uploads_and_the_ast_downloads(cast: Cast, client: Client, placement: Placement) -> None:
    client.force_login(cast.host_head)
    answer = send(client, placement, "behaviour_policy", "Our policy.pdf", PDF)
    assert answer.status_code == 302
    file = PaperFile.objects.get()

    got = fetch(client, file, cast.ast)

    assert got.content == PDF
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"] == 'attachment; filename="Our policy.pdf"'
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Cache-Control"] == "private, no-store"
    assert got["Content-Security-Policy"] == "sandbox"


def test_r_9_3_each_download_is_written_down(cast: Cast, client: Client, placement: Placement) -> None:
    file = uploaded(cast, placement)
    fetch(client, file, cast.ast)
    fetch(client, file, cast.ast)
    fetch(client, file, cast.coordinator)

    by = AuditEvent.objects.filter(verb="paper downloaded").order_by("pk").values_list("by__email", flat=True)
    assert list(by) == [cast.ast.email, cast.ast.email, cast.coordinator.email]


def test_r_9_3_another_ast_and_everybody_else_are_refused(cast: Cast, client: Client, placement: Placement) -> None:
    file = uploaded(cast, placement)
    another = PostFactory().user
    for nobody in (
        another,
        cast.home_head,
        cast.outsider,
        cast.administrator,
        cast.officer,
        cast.consultant,
        cast.chair,
    ):
        assert fetch(client, file, nobody).status_code == 404, nobody
    assert not AuditEvent.objects.filter(verb="paper downloaded").exists()


def test_r_9_3_the_asts_access_ends_thirty_days_after_the_end(cast: Cast, client: Client, clock: Any) -> None:
    placement = stories.active(cast)
    file = uploaded(cast, placement)
    early.end_early(
        placement=placement,
        by=cast.host_head,
        ended_on=date(2026, 10, 6),
        category="staffing",
        reason="Change of staff",
    )

    clock.move_to("2026-11-05 12:00:00Z")
    assert fetch(client, file, cast.ast).status_code == 200
    assert "until 5 November 2026" in page_of(client, placement, cast.host_head)

    clock.move_to("2026-11-06 12:00:00Z")
    assert fetch(client, file, cast.ast).status_code == 404
    page = page_of(client, placement, cast.ast)
    assert "your access to the school’s papers has ended" in page
    assert file.name not in page
    assert fetch(client, file, cast.host_head).status_code == 200


def test_r_9_4_the_ast_sees_nothing_of_planning_that_is_held(cast: Cast, client: Client, placement: Placement) -> None:
    client.force_login(cast.host_head)
    send(client, placement, "teacher_records", "Juno.pdf", PDF)
    file = PaperFile.objects.get()
    assert "Juno.pdf" not in page_of(client, placement, cast.ast)
    assert fetch(client, file, cast.ast).status_code == 404
    assert "Held: the AST cannot open it" in page_of(client, placement, cast.host_head)
    assert fetch(client, file, cast.host_head).status_code == 200

    client.post(reverse("placements:paper_consent", args=[file.pk]))

    assert "Juno.pdf" in page_of(client, placement, cast.ast)
    assert fetch(client, file, cast.ast).status_code == 200


def test_r_9_4_a_forged_file_is_refused_on_the_page(cast: Cast, client: Client, placement: Placement) -> None:
    client.force_login(cast.host_head)
    answer = send(client, placement, "behaviour_policy", "Policy.pdf", PNG)
    assert "not what its name says" in answer.content.decode()
    assert not PaperFile.objects.exists()


def test_r_9_4_a_file_that_is_too_large_is_not_read_to_its_end(
    cast: Cast, client: Client, placement: Placement
) -> None:
    client.force_login(cast.host_head)
    answer = send(client, placement, "behaviour_policy", "Policy.pdf", PDF.ljust(LARGEST + 1))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "must be smaller than 10 MB" in page
    assert "Select a file</a>" not in page
    assert not PaperFile.objects.exists()


def test_uploads_need_the_token_although_the_limit_comes_first(cast: Cast, placement: Placement) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.host_head)
    assert send(strict, placement, "behaviour_policy", "Policy.pdf", PDF).status_code == 403
    assert not PaperFile.objects.exists()


def test_removing_is_by_post_and_for_the_school(cast: Cast, client: Client, placement: Placement) -> None:
    file = uploaded(cast, placement)
    url = reverse("placements:paper_remove", args=[file.pk])
    answers = {cast.outsider: 404, cast.ast: 403, cast.home_head: 404, cast.host_head: 302}
    for user, status in answers.items():
        client.force_login(user)
        assert client.get(url).status_code == 405
        assert client.post(url).status_code == status
    assert fetch(client, file, cast.host_head).status_code == 404


def test_thirty_files_cost_as_many_queries_as_one_and_no_bytes(
    cast: Cast, client: Client, placement: Placement
) -> None:
    def queries() -> list[str]:
        client.force_login(cast.host_head)
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(reverse("placements:papers", args=[placement.pk]))
        return [query["sql"] for query in found]

    uploaded(cast, placement, "action_plans")
    one = queries()
    for n in range(29):
        uploaded(cast, placement, "action_plans", data=PDF + str(n).encode(), name=f"Plan {n}.pdf")
    assert len(queries()) == len(one)
    assert not any('"placements_paperfile"."data"' in sql for sql in one)
