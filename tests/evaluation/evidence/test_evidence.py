"""Evidence files and links (R-10.5): attached to days and objectives, read by section G, removed, forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from astcoord.core import gate, retention
from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from evaluation.diary import actions as diary
from evaluation.diary.actions import DayHeld
from evaluation.evidence import actions, rules
from evaluation.evidence.actions import Attached
from evaluation.evidence.models import KEPT, Evidence
from evaluation.evidence.rules import link_problems
from placements.placement.models import Placement
from placements.supported.links import token_for
from tests.cast import Cast
from tests.evaluation.diary.test_diary_pages import SESSION, page
from tests.evaluation.stories import TELLING, TUESDAY, WHOLE, write_up
from tests.placements.active import elsewhere
from tests.placements.papers.paper_files import PDF, office

pytestmark = pytest.mark.django_db

LINK = Attached(link="https://www.marlshire.example/fractions?unit=2")


def attach(cast: Cast, placement: Placement, attached: Attached = LINK, **more: Any) -> Evidence:
    told = {"title": "Unit plan", "objectives": [placement.objectives.get(number=1).pk], "no_child": True, **more}
    return actions.attach(placement=placement, attached=attached, by=cast.ast, **told)


def send(client: Client, placement: Placement, **more: Any) -> Any:
    sent = {"title": "Unit plan", "what": "file", "objectives": [placement.objectives.get(number=2).pk]}
    file = SimpleUploadedFile("unit plan.pdf", PDF)
    url = reverse("evaluation:evidence_add", args=[placement.pk])
    return client.post(url, {**sent, "no_child": "on", "file": file, **more}, follow=True)


def test_r_10_5_given_a_pdf_when_attached_then_listed_under_the_objective(
    client: Client, cast: Cast, placement: Placement
) -> None:
    client.force_login(cast.ast)
    assert "Enter what it is" in client.post(reverse("evaluation:evidence_add", args=[placement.pk])).content.decode()
    text = send(client, placement).content.decode()
    second, third = text.index("2. Juno Pettifer plans"), text.index("3. Books show")
    assert second < text.index("unit plan.pdf") < third
    found = Evidence.objects.get()
    for reader in (cast.host_head, cast.coordinator, cast.administrator, cast.consultant, cast.ast):
        client.force_login(reader)
        response = client.get(reverse("evaluation:evidence_file", args=[found.pk]))
        assert (response.content, response["Content-Type"]) == (PDF, "application/pdf")
        assert response["Content-Disposition"].startswith("attachment")
    downloads = AuditEvent.objects.about(placement).filter(verb="evidence downloaded")
    assert downloads.earliest("pk").by == cast.host_head
    assert downloads.count() == 5


def test_r_10_5_it_is_attached_to_a_diary_entry_and_listed_there(
    client: Client, cast: Cast, placement: Placement
) -> None:
    entry = write_up(cast, placement, objectives=[placement.objectives.get(number=1).pk])
    client.force_login(cast.ast)
    url = reverse("evaluation:evidence_add_day", args=[entry.day_id])
    form = client.get(url).content.decode()
    assert 'enctype="multipart/form-data"' in form
    assert form.count("checked") == 1
    sent = {"title": "Pupils’ posters", "what": "link", "link": LINK.link, "no_child": "on"}
    client.post(url, sent)
    client.post(url, sent)
    assert Evidence.objects.get().day == entry.day
    text = page(client, cast.host_head, "entry", entry.pk)
    assert 'href="https://www.marlshire.example/fractions?unit=2"' in text
    assert "Pupils’ posters" in text
    assert "Pupils’ posters" not in page(client, cast.home_head, "entry", entry.pk)


def test_r_9_4_what_is_no_file_of_a_known_kind_is_refused(client: Client, cast: Cast, placement: Placement) -> None:
    client.force_login(cast.ast)
    bad = {
        "is not what its name says": SimpleUploadedFile("plan.pdf", b"MZ\x90"),
        "holds macros": SimpleUploadedFile("plan.docx", office("docx", macros=True)),
        "must be a PDF": SimpleUploadedFile("plan.exe", b"MZ"),
        "is empty": SimpleUploadedFile("plan.pdf", b""),
        "smaller than 10 MB": SimpleUploadedFile("plan.pdf", PDF + bytes(10 * 1024 * 1024)),
    }
    for words, file in bad.items():
        assert words in send(client, placement, file=file).content.decode()
    assert rules.NEITHER in send(client, placement, file="").content.decode()
    assert "no child can be recognised" in send(client, placement, no_child="").content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.one_database
@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://marlshire.example/x",
        "https://user:word@marlshire.example/",
        "//marlshire.example/x",
        "https://",
        "https://[bad",
        "https://marlshire.example/a b",
        "https://marlshire.example:99999/",
        "https://marlshire.example/" + "x" * 500,
        "marlshire.example",
    ],
)
def test_r_10_5_only_links_of_the_web(link: str) -> None:
    assert link_problems(link)


def test_r_10_5_links_with_ports_and_queries_are_fine() -> None:
    assert not link_problems("http://marlshire.example:8080/a?b=c#d")
    assert not link_problems(LINK.link)


def test_r_10_5_several_per_entry_the_same_once_and_taken_away_again(cast: Cast, placement: Placement) -> None:
    entry = write_up(cast, placement)
    first = attach(cast, placement, day=entry.day)
    assert attach(cast, placement, day=entry.day).pk == first.pk
    attach(cast, placement, Attached("plan.pdf", PDF), day=entry.day)
    attach(cast, placement)
    assert Evidence.objects.held().count() == 3
    with pytest.raises(PermissionDenied):
        actions.remove(evidence=first, by=cast.host_head)
    actions.remove(evidence=first, by=cast.ast)
    actions.remove(evidence=first, by=cast.coordinator)
    first.refresh_from_db()
    assert (first.title, first.link, bool(first.removed_at)) == ("", "", True)
    assert AuditEvent.objects.about(placement).filter(verb="evidence removed").count() == 1
    attach(cast, placement, day=entry.day)


def test_r_10_5_what_is_refused(cast: Cast, placement: Placement) -> None:
    other = elsewhere(cast, objectives=1)
    day = write_up(cast, other, TUESDAY - timedelta(days=7)).day
    for told, code in (
        ({"objectives": [other.objectives.get().pk]}, "foreign"),
        ({"objectives": []}, "nothing"),
        ({"day": day}, "day"),
        ({"title": " "}, "title"),
        ({"no_child": False}, "child"),
    ):
        with pytest.raises(Refused) as refused:
            attach(cast, placement, **told)
        assert [problem.code for problem in refused.value.problems] == [code]
    with pytest.raises(Refused, match="not both"):
        attach(cast, placement, Attached("plan.pdf", PDF, LINK.link))
    for person in (cast.coordinator, cast.host_head, cast.home_head, cast.outsider):
        with pytest.raises(PermissionDenied):
            actions.attach(placement=placement, title="x", attached=LINK, by=person, objectives=[1], no_child=True)
    Placement.objects.filter(pk=placement.pk).update(status="closed")
    with pytest.raises(PermissionDenied):
        attach(cast, placement)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(placement=placement, title="x", added_by=cast.ast)


def test_r_10_5_no_more_than_fifty(cast: Cast, placement: Placement, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST", 1)
    attach(cast, placement)
    with pytest.raises(Refused, match="which is the most"):
        attach(cast, placement, Attached("plan.pdf", PDF))


def test_g_evidence_of_a_draft_is_its_authors_alone(client: Client, cast: Cast, placement: Placement) -> None:
    draft = diary.save_draft(placement=placement, held=DayHeld(TUESDAY, WHOLE, "host"), telling=TELLING, by=cast.ast)
    found = attach(cast, placement, day=draft.day, title="Not said yet")
    assert "Not said yet" in page(client, cast.ast, "evidence", placement.pk)
    for reader in (cast.host_head, cast.coordinator):
        assert "Not said yet" not in page(client, reader, "evidence", placement.pk)
        assert found not in Evidence.objects.visible_to(reader)


def test_g_who_reads_evidence(client: Client, cast: Cast, placement: Placement) -> None:
    found = attach(cast, placement, Attached("Juno Pettifer.pdf", PDF), title="Plan of Juno Pettifer")
    for reader in (cast.host_head, cast.coordinator, cast.ast):
        assert "Plan of Juno Pettifer" in page(client, reader, "evidence", placement.pk)
    text = page(client, cast.consultant, "evidence", placement.pk)
    assert "Plan of a colleague" in text
    assert "Pettifer" not in text
    for reader, status in ((cast.home_head, 403), (cast.officer, 403), (cast.chair, 403), (cast.outsider, 404)):
        client.force_login(reader)
        assert client.get(reverse("evaluation:evidence", args=[placement.pk])).status_code == status
        assert found not in Evidence.objects.visible_to(reader)
    assert "Evidence files and links" not in page(client, cast.home_head, "placement_diary", placement.pk)
    assert "Evidence files and links" in page(client, cast.host_head, "placement_diary", placement.pk)


def test_g_somebody_supported_opens_evidence_of_their_own_days(
    client: Client, cast: Cast, placement: Placement
) -> None:
    """By their own link: days on which they took part, nobody else's, and without other people's names."""
    juno, sorrel = placement.supported.order_by("pk")
    for person in (juno, sorrel):
        type(person).objects.filter(pk=person.pk).update(
            email=f"{person.pk}@marlshire.example", link_version=1, link_sent_at=timezone.now()
        )
        person.refresh_from_db()
    hers = write_up(cast, placement, staff=[juno.pk]).day
    theirs = write_up(cast, placement, TUESDAY - timedelta(days=7), staff=[sorrel.pk]).day
    found = attach(
        cast, placement, Attached("plan.txt", b"Plan"), day=hers, title="Plan for Juno and Sorrel Ambleforth"
    )
    attach(cast, placement, day=hers, title="The web page")
    other = attach(cast, placement, Attached("other.pdf", PDF), day=theirs, title="Not hers")
    token, not_hers = token_for(juno), token_for(sorrel)
    text = client.get(reverse("placements:supported_form", args=[token])).content.decode()
    assert "Plan for Juno and a colleague" in text
    assert f'href="{LINK.link}"' in text
    assert "Not hers" not in text

    def fetched(token: str, pk: int) -> Any:
        return client.get(reverse("evaluation:evidence_for_person", args=[token, pk]))

    assert fetched(token, found.pk).content == b"Plan"
    assert fetched(token, found.pk)["Cache-Control"] == "private, no-store"
    for bad in ((token, other.pk), (not_hers, found.pk), ("forged", found.pk)):
        assert fetched(*bad).status_code == 404
    noted = AuditEvent.objects.about(placement).filter(verb__startswith="evidence downloaded", by=None)
    assert noted.count() == 2
    actions.remove(evidence=found, by=cast.ast)
    assert fetched(token, found.pk).status_code == 404


def test_r_9_3_evidence_goes_with_the_papers_of_the_placement(cast: Cast, placement: Placement, clock: Any) -> None:
    found = attach(cast, placement, Attached("plan.pdf", PDF))
    line = next(line for line in retention.schedule() if line.what == KEPT)
    assert line.due is not None
    assert line.apply is not None
    Placement.objects.filter(pk=placement.pk).update(status="final_evaluation")
    gate.move(placement, "complete", by=None)
    last = placement.ends_on
    assert line.due(last + timedelta(days=360)) == 0
    later = last + timedelta(days=370)
    assert (line.due(later), line.apply(later), line.due(later)) == (1, 1, 0)
    found.refresh_from_db()
    assert (found.data, found.name, found.title) == (None, "", "")


def test_the_list_costs_the_same_at_1_and_30(
    client: Client, cast: Cast, placement: Placement, django_assert_max_num_queries: Any
) -> None:
    attach(cast, placement)
    client.force_login(cast.host_head)
    client.get(reverse("evaluation:evidence", args=[placement.pk]))

    def queries() -> int:
        with django_assert_max_num_queries(8 + SESSION) as counted:
            client.get(reverse("evaluation:evidence", args=[placement.pk]))
        return len(counted)

    before = queries()
    for number in range(29):
        attach(cast, placement, Attached(link=f"https://marlshire.example/{number}"))
    assert queries() == before
