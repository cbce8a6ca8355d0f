"""Ideas brought back to the home school (R-10.11): in the diary or alone, read at home, printed at term's end."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from astcoord.core import documents
from astcoord.core.models.history import AuditEvent
from astcoord.core.problems import Refused
from evaluation.diary import actions as diary
from evaluation.diary.actions import DayHeld
from evaluation.ideas.actions import IDEAS
from evaluation.ideas.models import Idea
from evaluation.summaries.documents import freeze_board
from evaluation.summaries.reads.boards import boards
from placements.placement.models import Placement
from schools.calendar.models import Term
from tests.cast import Cast
from tests.evaluation.diary.test_diary_pages import ANSWER, SESSION, page
from tests.evaluation.stories import TELLING, TUESDAY, WHOLE, write_up
from tests.placements.active import active

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]

TEXT = "Pupils plan their own investigations: we try it in Year 8"


def idea(cast: Cast, placement: Placement, text: str = TEXT) -> Idea:
    return IDEAS.save(by=cast.ast, placement=placement, text=text)


def printed(term: Term, school: Any) -> str:
    [board] = [each for each in boards(term) if each.school == school]
    return str(freeze_board(board).facts)


def test_r_10_11_given_one_logged_when_the_home_summary_prints_then_shown(
    client: Client, cast: Cast, placement: Placement
) -> None:
    client.force_login(cast.ast)
    client.post(reverse("evaluation:idea_add"), {"placement": placement.pk, "text": TEXT})
    write_up(cast, placement, idea="Talk partners in every lesson")
    term = Term.objects.get(slug="autumn-2026")
    home = printed(term, cast.home)
    assert TEXT in home
    assert "Talk partners in every lesson" in home
    assert placement.host.name in home
    assert TEXT not in printed(term, cast.host)


def test_r_10_11_the_paper_has_the_heading(cast: Cast, placement: Placement) -> None:
    idea(cast, placement)
    [board] = [each for each in boards(Term.objects.get(slug="autumn-2026")) if each.school == cast.home]
    paper = documents.pdf(freeze_board(board)).decode()  # printed quickly: the page itself
    assert "What came back to the school" in paper
    assert TEXT in paper


def test_r_10_11_it_is_written_with_the_diary_and_read_by_the_home_head(
    client: Client, cast: Cast, placement: Placement
) -> None:
    client.force_login(cast.ast)
    url = reverse("evaluation:write_up", args=[placement.pk])
    assert "What does your own school gain from it?" in client.get(url).content.decode()
    client.post(url, {**ANSWER, "idea": TEXT})
    found = Idea.objects.get()
    entry = found.day.diary
    assert (found.author, found.noted_on) == (cast.ast, TUESDAY)
    for reader in (cast.home_head, cast.coordinator, cast.ast):
        assert TEXT in page(client, reader, "ideas")
        assert TEXT in page(client, reader, "entry", entry.pk)
    assert TEXT not in page(client, cast.host_head, "entry", entry.pk)
    assert TEXT not in page(client, cast.host_head, "ideas")
    client.force_login(cast.ast)
    correct = reverse("evaluation:entry_correct", args=[entry.pk])
    assert TEXT in client.get(correct).content.decode()
    client.post(correct, {**ANSWER, "idea": "Another"})
    assert Idea.objects.get().text == "Another"
    client.post(correct, {**ANSWER, "idea": ""})
    assert not Idea.objects.exists()
    assert AuditEvent.objects.filter(verb="idea: taken out of the diary").count() == 1


def test_r_10_11_what_waits_in_a_draft_is_nobody_elses(cast: Cast, placement: Placement) -> None:
    telling = TELLING.__class__(**{**TELLING.__dict__, "idea": TEXT})
    held = DayHeld(TUESDAY, WHOLE, "host")
    draft = diary.save_draft(placement=placement, held=held, telling=telling, by=cast.ast)
    assert Idea.objects.visible_to(cast.ast).count() == 1
    assert not Idea.objects.visible_to(cast.home_head).exists()
    assert not Idea.objects.visible_to(cast.coordinator).exists()
    diary.submit_entry(placement=placement, held=held, telling=telling, by=cast.ast, draft=draft)
    assert Idea.objects.visible_to(cast.home_head).count() == 1


def test_r_10_11_nobody_who_is_supported_is_named(client: Client, cast: Cast, placement: Placement) -> None:
    with pytest.raises(Refused, match="names somebody"):
        idea(cast, placement, "Ask Juno how she does it")
    client.force_login(cast.ast)
    url = reverse("evaluation:write_up", args=[placement.pk])
    text = client.post(url, {**ANSWER, "idea": "As Ms Pettifer does"}).content.decode()
    assert 'href="#id_idea"' in text
    assert not Idea.objects.exists()


def test_r_10_11_who_writes_and_of_what(client: Client, cast: Cast, placement: Placement, clock: Any) -> None:
    with pytest.raises(Refused, match="Enter what your own school gains"):
        idea(cast, placement, " ")
    for person in (cast.home_head, cast.host_head, cast.coordinator, cast.outsider):
        with pytest.raises(PermissionDenied):
            IDEAS.save(by=person, placement=placement, text=TEXT)
    with pytest.raises(Refused, match="one of your placements"):
        idea(cast, active(cast, status="signed"))
    found = idea(cast, placement)
    Placement.objects.filter(pk=placement.pk).update(status="completed")
    client.force_login(cast.ast)
    client.post(reverse("evaluation:idea_change", args=[found.pk]), {"text": "Better said"})
    assert Idea.objects.get().text == "Better said"
    client.post(reverse("evaluation:idea_remove", args=[found.pk]))
    assert not Idea.objects.exists()


def test_r_10_11_only_this_school_year_is_printed(cast: Cast, placement: Placement, clock: Any) -> None:
    found = idea(cast, placement)
    Idea.objects.filter(pk=found.pk).update(noted_on=date(2026, 7, 1))
    assert TEXT not in printed(Term.objects.get(slug="autumn-2026"), cast.home)
    clock.move_to(datetime(2027, 2, 1, 9, tzinfo=UTC))
    late = idea(cast, placement, "In the new year")
    assert late.noted_on > Term.objects.get(slug="autumn-2026").ends_on
    assert "In the new year" not in printed(Term.objects.get(slug="autumn-2026"), cast.home)
    assert "In the new year" in printed(Term.objects.get(slug="spring-2027"), cast.home)


def test_the_list_costs_the_same_at_1_and_30(
    client: Client, cast: Cast, placement: Placement, django_assert_max_num_queries: Any
) -> None:
    idea(cast, placement)
    client.force_login(cast.home_head)
    client.get(reverse("evaluation:ideas"))

    def queries() -> int:
        with django_assert_max_num_queries(6 + SESSION) as counted:
            client.get(reverse("evaluation:ideas"))
        return len(counted)

    before = queries()
    for number in range(29):
        idea(cast, placement, f"{TEXT} {number}")
    assert queries() == before
