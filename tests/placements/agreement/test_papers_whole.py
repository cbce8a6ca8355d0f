"""What the contract's papers hold: room for everything on the blank one, what was agreed on the ten items, pages that
break between things and not in them (R-15.2 to R-15.4, R-15.7, R-15.8)."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from astcoord.core import documents
from astcoord.core.clock import today
from placements.agreement.actions import terms
from placements.agreement.documents.protocol import chair_facts
from placements.agreement.forms.protocol import form_for
from placements.papers.lifecycle import PaperKind
from tests.cast import Cast
from tests.placements import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def saved(client: Client, user: Any, page: str, *args: Any, query: str = "") -> bytes:
    client.force_login(user)
    found: bytes = client.get(reverse(f"placements:{page}", args=args) + query).content
    return found


def test_r_15_3_the_ten_items_print_what_was_agreed_in_order(client: Client, cast: Cast) -> None:
    placement = stories.all_agreed(cast)
    paper = saved(client, cast.host_head, "protocol_pdf", placement.pk).decode()
    for agreed in (
        "15 December 2026",
        "Two lessons, planning, talk.",
        "17 November 2026",
        "Deputy head, by 20 October",
    ):
        assert agreed in paper
    places = [paper.index(f"<h2>{number}. ") for number in range(1, 11)]
    assert places == sorted(places)


def test_r_15_3_a_blank_one_has_the_ten_items_in_order_with_room(client: Client, cast: Cast) -> None:
    placement = stories.opened(cast)
    paper = saved(client, cast.ast, "protocol_pdf", placement.pk, query="?blank").decode()
    places = [paper.index(f"<h2>{number}. ") for number in range(1, 11)]
    assert places == sorted(places)
    assert paper.count('<p class="line">Note:') == 10


def test_r_15_4_the_blank_contract_has_room_for_all_that_is_filled_in(client: Client, cast: Cast) -> None:
    placement = stories.opened(cast)
    paper = saved(client, cast.ast, "contract_draft_pdf", placement.pk, query="?blank").decode()
    for kind in PaperKind.labels:
        assert f'<th scope="row">{kind}</th><td></td><td></td>' in paper.replace("&#x27;", "'")
    assert paper.count("<td></td><td></td><td></td>") == 5  # people
    assert paper.count("What will show it") == 3
    for dated in ("Review meeting", "Final evaluation with the co-ordinator"):
        assert f'<th scope="row">{dated}</th><td></td>' in paper
    assert "see item 10" not in paper


@pytest.mark.paper
def test_r_15_4_no_objective_and_no_signature_is_split_over_two_pages(client: Client, cast: Cast) -> None:
    placement = stories.all_agreed(cast)
    for n in range(2, 9):
        text = {name: f"{words} " * 6 for name, words in stories.OBJECTIVE.items()}
        terms.add_objective(placement=placement, by=cast.ast, **{**text, "text": f"Aim {n}"})
    pages = PdfReader(BytesIO(saved(client, cast.ast, "contract_draft_pdf", placement.pk))).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    for n in range(2, 9):
        begins = [i for i, text in enumerate(texts) if f"Objective {n}: Aim {n}" in text]
        (page,) = begins
        after = texts[page].split(f"Objective {n}: Aim {n}")[1]
        assert "What will show it" in after.split("Objective ")[0]
    assert [text.count("Name:") for text in texts if "Name:" in text] == [4]  # all four stand on one page


def test_r_15_7_the_chair_notice_names_neither_of_two(cast: Cast) -> None:
    placement = stories.all_agreed(cast)
    people = list(placement.supported.all())
    terms.save_terms(placement=placement, by=cast.ast, focus=f"{people[0].name} and {people[1].name} plan together.")
    placement.refresh_from_db()
    paper = documents.preview("chair-notice", title="t", facts=chair_facts(placement), on=timezone.now()).decode()
    assert not any(person.name in paper for person in people)


def test_r_15_8_a_placement_gives_one_pdf_for_all_staff(client: Client, cast: Cast) -> None:
    placement = stories.all_agreed(cast)
    paper = saved(client, cast.host_head, "pack_pdf", placement.pk).decode()
    for part in ("Whom to ask", "What an Advanced Skills Teacher is here to do", "The protocol"):
        assert part in paper
    assert cast.policy.office_email in paper


def test_r_15_2_without_help_with_targets_the_line_is_absent(client: Client, cast: Cast) -> None:
    placement = stories.opened(cast)
    line = b"performance management in general"
    cast.policy.pm_support = "general"
    cast.policy.save()
    assert line in saved(client, cast.host_head, "role_pdf", placement.pk)
    cast.policy.pm_support = "none"
    cast.policy.save()
    assert line not in saved(client, cast.host_head, "role_pdf", placement.pk)


def test_dates_offered_for_papers_never_lie_in_the_past(cast: Cast) -> None:
    placement = stories.met(cast)
    placement.starts_on = date(2026, 10, 8)  # the week before has begun
    form = form_for(10)(placement=placement, item=placement.protocol.get(number=10))
    offered = [field.initial for name, field in form.fields.items() if name.startswith("due_")]
    assert offered == [today()] * 6
