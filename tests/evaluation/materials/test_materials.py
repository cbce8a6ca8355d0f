"""The library of materials (R-10.10): published, found, bettered, withdrawn; nobody is named in it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from astcoord.core import retention
from astcoord.core.clock import today
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from evaluation.evidence import actions as evidence
from evaluation.evidence.actions import Attached
from evaluation.materials.actions import MATERIALS
from evaluation.materials.models import KEPT, Material
from placements.placement.models import Placement
from staff.expertise.vocabulary import Subject
from tests.cast import Cast
from tests.evaluation.diary.test_diary_pages import SESSION, page
from tests.factories import person
from tests.placements.papers.paper_files import PDF

pytestmark = pytest.mark.django_db

WORDS: dict[str, Any] = {
    "title": "Card sort: fractions and decimals",
    "subject": Subject.MATHEMATICS,
    "key_stages": ("ks2", "ks3"),
    "purpose": "Pupils match and argue.",
}
SENT = {**WORDS, "what": "file", "no_names": "on"}
URL = "https://marlshire.example/cards"


def publish(cast: Cast, attached: Attached | None = None, **more: Any) -> Material:
    told = {"attached": attached or Attached(link=URL), "no_names": True, **WORDS, **more}
    return MATERIALS.save(by=cast.ast, **told)


def send(client: Client, **more: Any) -> Any:
    file = SimpleUploadedFile("cards.pdf", PDF)
    return client.post(reverse("evaluation:material_add"), {**SENT, "file": file, **more}, follow=True)


def codes(refused: Any) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_r_10_10_given_a_published_item_when_hh_searches_then_found(client: Client, cast: Cast) -> None:
    client.force_login(cast.ast)
    assert "is in the library." in send(client).content.decode()
    item = Material.objects.get()
    publish(cast, title="Number line", subject=Subject.SCIENCE, key_stages=("ks1",))
    for reader in (cast.host_head, cast.outsider, cast.coordinator, cast.officer, cast.ast):
        client.force_login(reader)
        for query in ("words=fractions", "subject=mathematics", "key_stages=ks3", "words=castellow+card"):
            text = client.get(f"{reverse('evaluation:materials')}?{query}").content.decode()
            assert "Card sort" in text
            assert "Number line" not in text
        assert "Card sort" not in client.get(f"{reverse('evaluation:materials')}?subject=art").content.decode()
    client.force_login(cast.host_head)
    text = client.get(reverse("evaluation:material", args=[item.pk])).content.decode()
    assert "Pupils match and argue." in text
    response = client.get(reverse("evaluation:material_file", args=[item.pk]))
    assert (response.content, response["Content-Disposition"]) == (PDF, 'attachment; filename="cards.pdf"')
    assert "Library of materials" in client.get(reverse("more")).content.decode()


def test_r_10_10_published_from_evidence(client: Client, cast: Cast, placement: Placement) -> None:
    first = placement.objectives.get(number=1).pk
    told = {"placement": placement, "by": cast.ast, "objectives": [first], "no_child": True}
    piece = evidence.attach(title="Unit plan", attached=Attached("plan.pdf", PDF), **told)
    assert "Publish it in the library" in page(client, cast.ast, "evidence", placement.pk)
    assert "Publish it in the library" not in page(client, cast.host_head, "evidence", placement.pk)
    url = reverse("evaluation:material_from_evidence", args=[piece.pk])
    client.force_login(cast.ast)
    assert 'value="Unit plan"' in client.get(url).content.decode()
    assert "Tick this once" in client.post(url, WORDS).content.decode()
    client.post(url, {**WORDS, "no_names": "on"})
    item = Material.objects.get()
    assert (item.name, item.content(), item.author) == ("plan.pdf", PDF, cast.ast)
    evidence.remove(evidence=piece, by=cast.ast)
    assert Material.objects.get().content() == PDF
    assert client.get(url).status_code == 404


def test_r_10_10_nobody_is_named_and_the_tick_says_so(client: Client, cast: Cast, placement: Placement) -> None:
    assert placement.supported.filter(name="Juno Pettifer").exists()
    with pytest.raises(Refused) as refused:
        publish(cast, no_names=False)
    assert codes(refused) == {"declared"}
    with pytest.raises(Refused) as refused:
        publish(cast, Attached("Juno Pettifer.pdf", PDF), title="Plan of juno  pettifer", purpose="For Juno Pettifer")
    assert [p.field for p in refused.value.problems] == ["title", "purpose", "file"]
    client.force_login(cast.ast)
    assert "Tick this once no pupil" in send(client, no_names="").content.decode()
    assert not Material.objects.exists()


def test_r_10_10_what_is_missing_or_there_already(client: Client, cast: Cast) -> None:
    client.force_login(cast.ast)
    text = send(client, title="", purpose=" ", key_stages=[], subject="").content.decode()
    for field in ("title", "subject", "key_stages", "purpose"):
        assert f'href="#id_{field}' in text
    assert "is not what its name says" in send(client, file=SimpleUploadedFile("a.pdf", b"MZ")).content.decode()
    assert "Enter a link that begins" in send(client, what="link", link="javascript:alert(1)").content.decode()
    big = SimpleUploadedFile("a.pdf", PDF + bytes(10 * 1024 * 1024))
    assert "smaller than 10 MB" in send(client, file=big).content.decode()
    send(client)
    assert "You have published this already" in send(client, title="Again").content.decode()
    assert Material.objects.count() == 1


def test_r_10_10_the_author_betters_it_and_keeps_the_file(client: Client, cast: Cast) -> None:
    item = publish(cast, Attached("cards.pdf", PDF))
    client.force_login(cast.ast)
    url = reverse("evaluation:material_change", args=[item.pk])
    assert "No, keep what is there" in client.get(url).content.decode()
    client.post(url, {**SENT, "what": "keep", "title": "Cards"})
    item = Material.objects.get()
    assert (item.title, item.name, item.content()) == ("Cards", "cards.pdf", PDF)
    client.post(url, {**SENT, "what": "link", "link": URL, "title": "Cards"})
    was = item.sha256[:12]
    item = Material.objects.get()
    assert (item.link, item.name, item.data) == (URL, "", None)
    trail = page(client, cast.ast, "material", item.pk)
    assert f"file or link: cards.pdf (fingerprint {was}) became https://marlshire.example/cards" in trail


def test_r_10_10_the_history_of_a_link_shows_no_fingerprint(client: Client, cast: Cast) -> None:
    item = publish(cast, Attached(link=URL))
    trail = page(client, cast.ast, "material", item.pk)
    assert f"file or link: {URL}" in trail
    assert "fingerprint" not in trail


def test_r_10_10_withdrawn_by_its_author_or_the_office(client: Client, cast: Cast) -> None:
    item = publish(cast)
    other = person("Hazel Montrose", "hazel@marlshire.example", Role.AST, cast.elsewhere)
    for user in (cast.host_head, cast.home_head, cast.officer, other):
        with pytest.raises(PermissionDenied):
            MATERIALS.end(row=item, by=user)
    client.force_login(cast.administrator)
    text = client.post(reverse("evaluation:material_withdraw", args=[item.pk]), follow=True).content.decode()
    assert "is withdrawn. Other schools do not find it any more." in text
    assert "Card sort" not in page(client, cast.host_head, "materials")
    assert "Card sort" in page(client, cast.ast, "materials")
    client.force_login(cast.host_head)
    for name in ("material", "material_file"):
        assert client.get(reverse(f"evaluation:{name}", args=[item.pk])).status_code == 404
    client.force_login(cast.ast)
    client.post(reverse("evaluation:material_publish", args=[item.pk]))
    assert "Card sort" in page(client, cast.host_head, "materials")
    client.force_login(cast.ast)
    client.post(reverse("evaluation:material_remove", args=[item.pk]))
    assert not Material.objects.exists()


def test_g_who_reads_the_library(client: Client, cast: Cast) -> None:
    item = publish(cast)
    science = publish(cast, Attached("x.pdf", PDF), title="Circuits", subject=Subject.SCIENCE)
    assert set(Material.objects.visible_to(cast.consultant)) == {item}
    assert set(Material.objects.visible_to(cast.outsider)) == {item, science}
    client.force_login(cast.chair)
    assert client.get(reverse("evaluation:materials")).status_code == 403
    client.force_login(cast.coordinator)
    assert client.get(reverse("evaluation:material_add")).status_code == 403


def test_r_10_10_what_was_withdrawn_is_deleted_a_year_later(cast: Cast) -> None:
    publish(cast, Attached("x.pdf", PDF))
    item = publish(cast)
    MATERIALS.end(row=item, by=cast.ast)
    line = next(line for line in retention.schedule() if line.what == KEPT)
    assert line.due is not None
    assert line.apply is not None
    assert line.due(today() + timedelta(days=360)) == 0
    later = today() + timedelta(days=370)
    assert (line.due(later), line.apply(later), Material.objects.count()) == (1, 1, 1)


def test_the_library_costs_the_same_at_1_and_30(client: Client, cast: Cast, django_assert_max_num_queries: Any) -> None:
    publish(cast)
    client.force_login(cast.host_head)
    client.get(reverse("evaluation:materials"))

    def queries() -> int:
        with django_assert_max_num_queries(6 + SESSION) as counted:
            client.get(reverse("evaluation:materials"))
        return len(counted)

    before = queries()
    for number in range(29):
        publish(cast, Attached(link=f"{URL}/{number}"))
    assert queries() == before
