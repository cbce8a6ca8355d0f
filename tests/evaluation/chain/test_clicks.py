"""From a headline figure down to objective, baseline, day, entry, file and form, in at most four clicks (section G)."""

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core.roles import Role
from evaluation.diary.models import DiaryEntry
from evaluation.evaluations.lifecycle import AskedOf
from evaluation.evidence.models import Evidence
from placements.days import ledger
from placements.days.models import LedgerEntry
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation.chain.looking import MOST, clicks, needs, page_of, read, says
from tests.evaluation.evaluations.telling import form_of
from tests.evaluation.stories import TUESDAY
from tests.factories import person
from tests.placements import stories as contract
from tests.placements.active import elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]


def test_from_the_deployment_figure_the_office_is_at_each_kind_of_evidence_in_four_clicks(
    client: Client, cast: Cast, whole: Placement
) -> None:
    client.force_login(cast.coordinator)
    found = clicks(client, reverse("placements:deployment"))
    entry, file = DiaryEntry.objects.get(), Evidence.objects.get()
    form, review = form_of(whole, AskedOf.HOST_HEAD), whole.impact_reviews.get()
    assert "1 placement, 6 days under contract, 1 day delivered." in " ".join(
        found[reverse("placements:deployment")][1].split()
    )
    steps = {
        "objective": says(found, contract.OBJECTIVE["text"]),
        "baseline": says(found, contract.OBJECTIVE["baseline"]),
        "day": says(found, f"{TUESDAY:%-d %B %Y}"),
        "entry": needs(found, reverse("evaluation:entry", args=[entry.pk])),
        "file": needs(found, reverse("evaluation:evidence_file", args=[file.pk])),
        "form": needs(found, form.get_absolute_url()),
        "review": needs(found, reverse("evaluation:review", args=[review.pk])),
    }
    assert max(steps.values()) <= MOST, steps


def test_a_sum_leads_to_its_rows_and_a_row_to_its_placement(client: Client, cast: Cast, told: Placement) -> None:
    other = elsewhere(cast, subject="music")
    ledger.write(LedgerEntry.Kind.DELIVERY, other, other.days, on=TUESDAY, by=None)
    url = reverse("placements:deployment")
    page = read(client, cast.coordinator, url)
    assert "?period=2026-27&subject=music#table-csv" in page
    assert f"priority={told.priorities.get().pk}#table-csv" in page
    assert 'id="table-csv">' in page
    narrowed = read(client, cast.coordinator, f"{url}?period=2026-27&subject=music")
    assert 'id="table-csv" open>' in narrowed
    assert other.get_absolute_url() in narrowed
    assert told.get_absolute_url() not in narrowed


def test_from_the_summary_days_used_and_results_lead_down(client: Client, cast: Cast, told: Placement) -> None:
    summary = reverse("evaluation:summary", args=[told.pk])
    entry = reverse("evaluation:entry", args=[DiaryEntry.objects.get().pk])
    for who in ("coordinator", "administrator", "host_head", "consultant"):
        client.force_login(getattr(cast, who))
        found = clicks(client, summary, 2)
        assert needs(found, page_of(told)) == 1, who
        assert needs(found, entry) == 2, who
    page = read(client, cast.chair, summary)
    assert page_of(told) not in page
    assert reverse("evaluation:placement_diary", args=[told.pk]) not in page
    page = read(client, cast.officer, summary)
    assert page_of(told) not in page
    assert reverse("evaluation:placement_diary", args=[told.pk]) in page


@pytest.mark.one_database
@pytest.mark.parametrize(
    "who",
    ["coordinator", "administrator", "officer", "consultant", "host_head", "home_head", "ast", "chair", "home_chair"],
)
def test_nobody_is_shown_a_link_that_does_not_open(client: Client, cast: Cast, whole: Placement, who: str) -> None:
    """`clicks` looks at each answer: a refusal, or a page that is not there, fails."""
    home_chair = person("Bettina Longacre", "bettina@marlshire.example", Role.GOVERNOR, cast.home)
    client.force_login(home_chair if who == "home_chair" else getattr(cast, who))
    starts = [
        reverse("placements:deployment"),
        reverse("evaluation:summary", args=[whole.pk]),
        reverse("evaluation:summaries"),
        reverse("evaluation:own_asts"),
        reverse("evaluation:time"),
        whole.get_absolute_url(),
        page_of(whole),
    ]
    opened = [url for url in starts if client.get(url).status_code == 200]
    assert opened
    for url in opened:
        clicks(client, url, 2)
