"""Who may have AST posts, who leads ASTs, between which points their pay lies (R-16.1, R-3.4, C12, C14)."""

import pytest
from django.urls import reverse

from astcoord.core.models.policy import Policy
from astcoord.core.policy_changes import adopt, draft
from astcoord.core.policy_choices import PHASES
from astcoord.core.problems import Refused
from placements.matching.reads import matches as matching
from schools.register.lifecycle import Phase
from schools.register.models import SchoolStatus
from staff.openings.models import Opening
from tests.cast import Cast
from tests.factories import RequestFactory
from tests.schools.pages import boxes, signed_in
from tests.staff.governance.test_presets import NOW, touched
from tests.staff.posts.changing import text

pytestmark = pytest.mark.django_db


def test_the_phases_are_those_of_the_register() -> None:
    assert Phase.choices == PHASES


def test_r_16_1_a_school_of_a_phase_that_may_not_appoint_is_told_so(cast: Cast) -> None:
    Policy.objects.update(appointing_phases=("primary", "special"))
    said = {"wanted": "One for science", "subject": "", "school": cast.home.pk}
    answer = signed_in(cast.home_head).post(reverse("staff:opening_add"), said)
    assert "Schools of this phase do not appoint ASTs here" in text(answer)
    assert not Opening.objects.exists()
    cast.home.phase = "special"
    cast.home.save()
    assert signed_in(cast.home_head).post(reverse("staff:opening_add"), said).status_code == 302


def test_r_16_1_posts_that_are_looked_for_are_named_before_their_phase_goes(cast: Cast) -> None:
    opening = Opening.objects.create(school=cast.home, asked_on=NOW, asked_by=cast.home_head, wanted="One")
    assert touched(cast, appointing_phases=("primary",)) == {"AST posts to fill": [str(opening)]}
    assert touched(cast, appointing_phases=("secondary",)) == {}


def test_r_3_4_the_subject_consultant_leads_where_the_policy_says_so(cast: Cast) -> None:
    page = reverse("staff:post", args=[cast.post.pk])
    assert "Line manager at the LEA The co-ordinator" in text(signed_in(cast.ast).get(page))
    Policy.objects.update(line_manager="consultant", authority_word="council")
    assert "Line manager at the council Orla Thistlethwaite" in text(signed_in(cast.ast).get(page))
    cast.post.expertise.all().delete()
    assert "there is no consultant for the AST’s subjects" in text(signed_in(cast.ast).get(page))


def test_r_2_7_the_policy_says_between_which_points_the_pay_of_an_ast_lies(cast: Cast) -> None:
    Policy.objects.update(range_first_point=5, range_last_point=18)
    page = reverse("staff:pay_range_add", args=[cast.post.pk])
    client = signed_in(cast.home_head)
    assert "from 5 to 18" in text(client.get(page))
    for lowest, words in ((4, "The lowest point must be 5 or more"), (15, "An AST’s pay ends at point 18")):
        said = {"lowest": lowest, "highest": lowest + 4, **boxes("starts_on", NOW)}
        assert words in text(client.post(page, said))
    assert client.post(page, {"lowest": 14, "highest": 18, **boxes("starts_on", NOW)}).status_code == 302


def test_r_2_7_a_policy_leaves_room_for_a_range(cast: Cast) -> None:
    with pytest.raises(Refused, match="leave room for one"):
        adopt(draft(cast.policy, valid_from=NOW, range_first_point=10, range_last_point=13), by=cast.coordinator)


@pytest.mark.parametrize(
    ("category", "policy", "said"),
    [
        ("special_measures", {}, "waived while the home school is in difficulties"),
        ("special_measures", {"home_category_outreach": "limited"}, "limited while the home school is in difficulties"),
        ("special_measures", {"home_category_outreach": "required"}, ""),
        ("serious_weaknesses", {}, "waived while the home school is in difficulties"),
        ("serious_weaknesses", {"waive_serious_weaknesses": False}, ""),
    ],
)
def test_r_4_9_the_caution_beside_a_candidate_is_what_the_policy_asks(
    cast: Cast, category: str, policy: dict[str, object], said: str
) -> None:
    Policy.objects.update(**policy)
    SchoolStatus.objects.create(school=cast.home, kind="category", name=category, starts_on=cast.policy.valid_from)
    request = RequestFactory(host=cast.host, created_by=cast.host_head)
    page = text(signed_in(cast.coordinator).get(reverse("placements:candidates", args=[request.pk])))
    assert matching.candidates(request, NOW).total == 1
    assert (said in page) if said else ("Outreach is" not in page)
