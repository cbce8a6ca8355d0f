"""The pages of reviews: the queue, writing, commenting, deciding (R-11.2, R-14.7, section G)."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from astcoord.core.models.history import Transition
from evaluation.reviews import actions as reviews
from evaluation.reviews.documents import facts_of
from evaluation.reviews.models import ImpactReview
from evaluation.reviews.rules import HINTS
from evaluation.reviews.wording import NO_STANDARDS
from placements.placement.models import Placement
from tests.cast import Cast
from tests.evaluation import stories
from tests.placements.active import active, elsewhere

pytestmark = pytest.mark.django_db


def get(client: Client, user: Any, name: str, *args: Any, status: int = 200) -> str:
    client.force_login(user)
    response = client.get(reverse(f"evaluation:{name}", args=args))
    assert response.status_code == status, (name, response.status_code)
    return response.content.decode()


def filled(numbers: tuple[int, ...] = (1, 2, 3)) -> dict[str, str]:
    answers = {"summary": "More pupils explain their method."}
    for n in numbers:
        answers |= {f"progress_{n}": "good", f"evidence_{n}": "Books", f"next_steps_{n}": "Go on"}
    return answers


def test_r_11_2_an_objective_left_out_is_linked_to(client: Client, cast: Cast, placement: Placement) -> None:
    review = stories.opened(placement)
    text = get(client, cast.ast, "review_write", review.pk)
    for hint in HINTS.values():
        assert hint.replace("'", "&#x27;") in text
    url = reverse("evaluation:review_write", args=[review.pk])
    text = client.post(url, filled((1, 2))).content.decode()
    assert "Select the progress for objective 3" in text
    assert 'href="#id_progress_3"' in text
    done = client.post(url, filled(), follow=True).content.decode()
    assert "The review is with the headteacher." in done
    assert client.get(url).status_code == 403


def test_a_draft_is_the_asts_own(client: Client, cast: Cast, placement: Placement) -> None:
    review = stories.opened(placement)
    client.force_login(cast.ast)
    url = reverse("evaluation:review_write", args=[review.pk])
    client.post(url, {**filled((1,)), "draft": "1"})
    assert "Books" in get(client, cast.ast, "review_write", review.pk)
    for user in (cast.host_head, cast.coordinator, cast.home_head):
        text = get(client, user, "review", review.pk)
        assert "has not submitted this review yet" in text
        assert "Books" not in text


def test_from_the_head_to_the_coordinator(client: Client, cast: Cast, placement: Placement) -> None:
    review = stories.submitted(cast, placement)
    assert "Books and the half-term test" in get(client, cast.host_head, "review_comment", review.pk)
    url = reverse("evaluation:review_comment", args=[review.pk])
    assert "Enter your comment" in client.post(url, {"head_comment": " "}).content.decode()
    client.post(url, {"head_comment": "We see this too."})
    get(client, cast.administrator, "review_decide", review.pk, status=403)
    assert "We see this too." in get(client, cast.coordinator, "review_decide", review.pk)
    url = reverse("evaluation:review_decide", args=[review.pk])
    assert "Enter the reason" in client.post(url, {"decision": "return"}).content.decode()
    assert "Select what you decide" in client.post(url, {"decision": ""}).content.decode()
    client.post(url, {"decision": "accept"})
    review.refresh_from_db()
    assert review.status == "accepted"
    get(client, cast.coordinator, "review_decide", review.pk, status=403)


def test_returned_and_waived_on_the_page(client: Client, cast: Cast, placement: Placement) -> None:
    review = stories.commented(cast, placement)
    client.force_login(cast.coordinator)
    url = reverse("evaluation:review_decide", args=[review.pk])
    client.post(url, {"decision": "return", "return_reason": "Which books?", "waive_reason": "no"})
    assert "Which books?" in get(client, cast.ast, "review_write", review.pk)
    client.force_login(cast.coordinator)
    client.post(url, {"decision": "waive", "waive_reason": "Long illness"})
    review.refresh_from_db()
    assert review.status == "waived"


def test_g_the_home_head_and_the_officer_read_the_outcome(client: Client, cast: Cast, placement: Placement) -> None:
    review = stories.accepted(cast, placement)
    for user in (cast.home_head, cast.officer):
        text = get(client, user, "review", review.pk)
        assert "Good progress" in text
        assert "one contribution among other factors" in text
        for secret in ("Books and the half-term test", "We see this too.", "More pupils explain."):
            assert secret not in text
        get(client, user, "review_pdf", review.pk, status=404)


def test_g_there_is_no_outcome_before_the_review_is_accepted(client: Client, cast: Cast, placement: Placement) -> None:
    review = stories.commented(cast, placement)
    for user in (cast.home_head, cast.officer):
        text = get(client, user, "review", review.pk)
        assert "Good progress" not in text
        assert "when the co-ordinator has accepted this review" in text
    assert "Good progress" in get(client, cast.host_head, "review", review.pk)
    ImpactReview.objects.filter(pk=review.pk).update(status="waived")
    assert "No review is needed for this term" in get(client, cast.home_head, "review", review.pk)


def test_r_16_2_neighbours_and_governors_find_no_review(client: Client, cast: Cast, placement: Placement) -> None:
    review = stories.submitted(cast, placement)
    for name in ("review", "review_pdf", "review_comment"):
        get(client, cast.outsider, name, review.pk, status=404)
        get(client, cast.chair, name, review.pk, status=403)
    get(client, cast.outsider, "review_write", review.pk, status=403)
    get(client, cast.home_head, "review_comment", review.pk, status=403)
    client.force_login(cast.outsider)
    assert f"/reviews/{review.pk}/" not in client.get(reverse("evaluation:reviews")).content.decode()


def test_r_15_10_the_pdf_before_and_after_acceptance(client: Client, cast: Cast, placement: Placement) -> None:
    review = stories.submitted(cast, placement)
    client.force_login(cast.ast)
    url = reverse("evaluation:review_pdf", args=[review.pk])
    text = " ".join(p.extract_text() for p in PdfReader(BytesIO(client.get(url).content)).pages)
    assert "Waiting for the host headteacher" in text
    reviews.comment(review=review, text="Yes", by=cast.host_head)
    reviews.accept(review=review, by=cast.coordinator)
    first, second = client.get(url), client.get(url)
    assert first.content == second.content
    assert "attachment" in first["Content-Disposition"]


def test_the_office_opens_a_terms_reviews(client: Client, cast: Cast, placement: Placement) -> None:
    client.force_login(cast.administrator)
    url = reverse("evaluation:reviews_open")
    assert "Autumn term 2026" in client.get(url).content.decode()
    term = placement.impact_reviews.model._meta.get_field("term").related_model.objects.get(slug="autumn-2026")
    assert "1 review opened" in client.post(url, {"term": term.pk}, follow=True).content.decode()
    assert "No placement needed" in client.post(url, {"term": term.pk}, follow=True).content.decode()
    assert "Select" in client.post(url, {"term": "x"}).content.decode()
    get(client, cast.ast, "reviews_open", status=403)


def test_the_office_opens_one_review_at_once(client: Client, cast: Cast, placement: Placement) -> None:
    url = reverse("evaluation:review_open", args=[placement.pk])
    client.force_login(cast.coordinator)
    assert client.get(url).status_code == 405
    client.post(url)
    client.post(url)
    assert ImpactReview.objects.count() == 1
    client.force_login(cast.host_head)
    assert client.post(url).status_code == 403


def test_r_14_7_the_queues_filter_and_file(client: Client, cast: Cast, placement: Placement, clock: Any) -> None:
    stories.submitted(cast, placement)
    second = elsewhere(cast)
    stories.opened(second)
    client.force_login(cast.coordinator)
    url = reverse("evaluation:reviews")
    assert "2 reviews" in client.get(url).content.decode()
    lines = (
        b"".join(client.get(f"{url}?status=due&export=csv").streaming_content)
        .decode()
        .partition("\r\n\r\n")[0]
        .splitlines()
    )
    assert len(lines) == 2
    assert second.host.name in lines[1]
    assert "1 review" in client.get(url, {"name": second.host.name}).content.decode()
    assert client.get(f"{url}?status=moon&term=x&overdue=?&page=-1&sort=zz").status_code == 200


def test_the_queue_and_the_page_cost_the_same_at_1_and_30(
    client: Client, cast: Cast, november: None, django_assert_max_num_queries: Any
) -> None:
    placement = active(cast, objectives=1)
    review = stories.submitted(cast, placement)
    client.force_login(cast.coordinator)

    def queries(name: str, *args: Any) -> int:
        with django_assert_max_num_queries(20) as counted:
            assert client.get(reverse(f"evaluation:{name}", args=args)).status_code == 200
        return len(counted)

    queries("reviews")
    before = queries("reviews")
    for _ in range(29):
        stories.opened(elsewhere(cast))
    assert queries("reviews") == before
    assert queries("review", review.pk) <= 20


def test_g_names_in_a_review_stay_with_those_who_know_them(client: Client, cast: Cast, placement: Placement) -> None:
    review = stories.accepted(cast, placement)
    review.progress.update(evidence="Juno’s books")
    for user in (cast.home_head, cast.officer, cast.consultant):
        text = get(client, user, "review", review.pk)
        assert "A colleague plans problem solving" in text
        assert "Juno" not in text
        get(client, user, "review_pdf", review.pk, status=404)
    assert "Juno’s books" in get(client, cast.host_head, "review", review.pk)


def test_r_11_14_standards_stand_apart_and_none_is_stated(
    client: Client, cast: Cast, placement: Placement, quick_print: None
) -> None:
    review = stories.opened(placement)
    url = reverse("evaluation:review_write", args=[review.pk])
    client.force_login(cast.ast)
    refused = client.post(url, {**filled(), "standards": "Marks rose solely due to the AST."}).content.decode()
    assert 'href="#id_standards"' in refused
    client.post(url, filled())
    assert NO_STANDARDS in get(client, cast.host_head, "review", review.pk)
    review.refresh_from_db()
    assert facts_of(review)["standards"] == NO_STANDARDS
    ImpactReview.objects.update(standards="Six in ten reach the mark, from four.")
    review.refresh_from_db()
    assert facts_of(review)["standards"] == "Six in ten reach the mark, from four."
    assert "Six in ten" in get(client, cast.coordinator, "review", review.pk)
    assert "Six in ten" not in get(client, cast.home_head, "review", review.pk)


def test_r_18_6_reviews_are_accepted_together_without_remarks_each_recorded(
    client: Client, cast: Cast, placement: Placement, clock: Any
) -> None:
    due = stories.commented(cast, placement)
    waiting = stories.opened(elsewhere(cast))
    client.force_login(cast.coordinator)
    listed = client.get(reverse("evaluation:reviews")).content.decode()
    url = reverse("evaluation:reviews_accept")
    assert f'formaction="{url}"' in listed
    asked = client.get(url, {"which": "all"}).content.decode()
    assert "Accept 1 review" in asked
    assert "We see this too." in asked
    assert f"{waiting.placement.host.name}, Autumn term 2026: Waiting for the AST" in asked
    done = client.post(url, {"chosen": str(due.pk)}, follow=True).content.decode()
    assert "1 review accepted." in done
    due.refresh_from_db()
    waiting.refresh_from_db()
    assert (due.status, due.accepted_by, waiting.status) == ("accepted", cast.coordinator, "due")
    assert Transition.objects.about(due).filter(move="accept", by=cast.coordinator).count() == 1
    again = client.post(url, {"chosen": str(due.pk)}, follow=True).content.decode()
    assert "No review was accepted." in again
    assert "Tick the reviews" in client.get(url, follow=True).content.decode()
    client.force_login(cast.administrator)
    assert client.get(url, {"which": "all"}).status_code == 403


def test_r_18_6_a_review_decided_meanwhile_holds_up_no_other(cast: Cast, placement: Placement, clock: Any) -> None:
    review = stories.commented(cast, placement)
    stale = ImpactReview.objects.get(pk=review.pk)
    assert reviews.accept_each(reviews=[review], by=cast.coordinator) == [review]
    assert reviews.accept_each(reviews=[stale], by=cast.coordinator) == []


def test_r_20_12_whoever_has_the_turn_in_late_reviews_is_written_to(
    client: Client, cast: Cast, placement: Placement, clock: Any
) -> None:
    stories.submitted(cast, placement)
    stories.opened(elsewhere(cast))
    client.force_login(cast.coordinator)
    url = reverse("staff:mailing_write", args=["reviews"])
    shown = client.get(url, {"which": "all"}).content.decode()
    assert "2 people will get it" in shown
    assert cast.ast.email in shown
    assert cast.host_head.email in shown
    late = client.get(url, {"which": "all", "overdue": "on"}, follow=True).content.decode()
    assert "Tick those whom" in late
