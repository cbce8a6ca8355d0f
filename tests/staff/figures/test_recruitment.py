"""The pool against what the authority aims at, by subject; ASTs as a share of teachers (R-14.3, R-14.4)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.forms import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core import policy, presets
from astcoord.core.models.policy import Policy
from astcoord.core.policy_changes import adopt, described, draft
from astcoord.core.problems import Refused
from schools.register.models import School
from staff.accounts.models import User
from staff.aspirants.actions import ASPIRANTS
from staff.figures import rules
from staff.figures.reads import recruitment, shares
from staff.governance.forms import PolicyForm
from staff.openings.models import Opening
from staff.posts.models import PostAbsence
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory
from tests.schools.pages import boxes, signed_in
from tests.staff.posts.changing import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
NOW = date(2026, 10, 6)
URL, SHARE = reverse("staff:recruitment"), reverse("staff:share_of_teachers")


def pool(user: User) -> dict[Any, Any]:
    return dict(recruitment.sheet(user, NOW).tables[0].rows)  # type: ignore[arg-type]


def by_subject(user: User) -> dict[Any, tuple[Any, ...]]:
    return {line[0]: line[1:] for line in recruitment.sheet(user, NOW).tables[1].lines}


def aspirant(cast: Cast, subject: str = "mathematics", name: str = "Odette Farrow", *, by: User | None = None) -> Any:
    said = {"school": cast.home, "subject": subject, "readiness": "soon", "since": NOW}
    return ASPIRANTS.save(by=by or cast.coordinator, name=name, **said)


def aims(cast: Cast, **settings: Any) -> Policy:
    return adopt(draft(cast.policy, valid_from=NOW, **settings), by=cast.coordinator)


def test_r_14_4_given_16_active_and_target_50_when_shown_then_gap_34(cast: Cast) -> None:
    aims(cast, **presets.settings_of("leicester"))
    for _ in range(15):
        PostFactory(subjects=("english",))
    found = pool(cast.coordinator)
    assert (found["In post"], found["Active"], found["Target"], found["Gap to the target"]) == (16, 16, 50, 34)
    assert "Most AST posts" not in found, "a target is no limit"
    said = text(signed_in(cast.officer).get(URL))
    assert "34 more ASTs are wanted to reach the target of 50, Mathematics and numeracy first." in said
    (first, *_) = recruitment.sheet(cast.coordinator, NOW).tables[1].rows
    assert first[:3] == ("Mathematics and numeracy", 1, 1)


def test_r_14_4_a_capacity_is_a_most_and_no_aim(cast: Cast) -> None:
    aims(cast, **presets.settings_of("east_sussex"))
    found = pool(cast.coordinator)
    assert (found["Most AST posts"], found["Posts left"]) == (35, 34)
    assert "Gap to the target" not in found


def test_r_14_4_whoever_is_away_is_in_post_and_not_active(cast: Cast) -> None:
    aims(cast, target=3, target_by=date(2027, 7, 31))
    PostAbsence.objects.create(post=PostFactory(), kind="family", starts_on=date(2026, 9, 1))
    found = pool(cast.coordinator)
    assert (found["In post"], found["Of these, away"], found["Active"]) == (2, 1, 1)
    assert (found["Target, by 31 July 2027"], found["Gap to the target"]) == (3, 2)
    aims(cast, target=1)
    assert "The target of 1 is reached." in text(signed_in(cast.coordinator).get(URL))


def test_r_14_4_twelve_more_count_from_when_that_was_decided(cast: Cast) -> None:
    """Norfolk: 12 additional ASTs, whoever of the earlier ones has left since and whatever else the policy changes."""
    PostFactory(starts_on=date(2020, 9, 1), ends_on=date(2026, 9, 30), status="left", left_to="head")
    Policy.objects.create(valid_from=date(2026, 9, 15), **presets.settings_of("norfolk"))
    PostFactory(starts_on=date(2026, 10, 1))
    other = adopt(draft(policy.in_force(NOW), valid_from=NOW, ramp_terms=2), by=cast.coordinator)
    assert (other.target, other.target_counts) == (12, "more")
    found = pool(cast.coordinator)
    assert found["Target: 12 more than the 2 of 15 September 2026"] == 14
    assert found["Gap to the target"] == 12
    words = dict(row for _, rows in described(other) for row in rows)
    assert words["This number counts"] == "more than there were when this was decided"


def test_r_14_4_who_is_on_the_way_and_who_aspires(cast: Cast) -> None:
    for status in ("candidate", "seconded", "booked", "passed"):
        PostFactory(status=status, passed_on=date(2026, 9, 1), starts_on=None, subjects=("english",))
    PostFactory(status="closed", passed_on=None, starts_on=None)
    aspirant(cast)
    aspirant(cast, "english", "Lysander Pike", by=cast.home_head)  # waits for the co-ordinator
    Opening.objects.create(school=cast.home)
    Opening.objects.create(school=cast.home, status="closed")
    found = pool(cast.coordinator)
    on_the_way = found["On the way: candidates, and teachers seconded to become ASTs"]
    assert (on_the_way, found["Aspirants"], found["Posts for which schools look for somebody"]) == (4, 1, 1)
    lines = by_subject(cast.coordinator)
    assert lines["Mathematics and numeracy"] == (1, 1, 0, 1)
    assert lines["English and literacy"] == (0, 0, 4, 0)
    assert lines["All, each counted once"] == (1, 1, 4, 1)
    page = signed_in(cast.coordinator).get(URL).content.decode()
    assert f"{reverse('staff:aspirants')}?subject=mathematics" in page, "the way to those of the subject"


def test_g_officers_read_how_many_but_no_one_or_two(cast: Cast) -> None:
    PostFactory(status="candidate", passed_on=None, starts_on=None)
    for number in range(3):
        aspirant(cast, "english", f"Teacher {number}")
    aspirant(cast)
    found = pool(cast.officer)
    assert found["On the way: candidates, and teachers seconded to become ASTs"] == "fewer than 3"
    assert found["Aspirants"] == "not shown", "or the one could be worked out"
    lines = by_subject(cast.officer)
    assert lines["Mathematics and numeracy"] == (1, 1, "not shown", "fewer than 3")
    assert lines["English and literacy"][3] == 3
    page = signed_in(cast.officer).get(URL).content.decode()
    assert reverse("staff:aspirants") not in page
    for person in (cast.administrator, cast.consultant, cast.home_head, cast.ast, cast.chair):
        assert signed_in(person).get(URL).status_code == 403


def test_r_14_4_without_aims_the_page_says_so(cast: Cast) -> None:
    assert "neither a target nor a most" in text(signed_in(cast.coordinator).get(URL))


def test_r_16_1_the_aims_are_set_on_the_policys_page(cast: Cast) -> None:
    held = {name: value for name, value in model_to_dict(cast.policy).items() if name in PolicyForm.base_fields}
    kept = {name: value for name, value in held.items() if value is not None and value is not False}
    del kept["valid_from"]
    given = {"target": "20", "target_subject": "science", **boxes("target_by", date(2027, 7, 31))}
    sent = {**kept, **given, **boxes("valid_from", NOW), "confirm": "yes"}
    response = signed_in(cast.coordinator).post(reverse("staff:policy_change"), sent)
    assert response.status_code == 302, response.context["form"].errors
    words = dict(row for _, rows in described(policy.in_force(NOW)) for row in rows)
    assert words["ASTs that the authority wants to have"] == "20"
    assert words["The day by which it wants to have them"] == "31 July 2027"
    assert words["Subject in which it looks for them first"] == "Science"
    with pytest.raises(Refused, match="how many ASTs"):
        adopt(draft(cast.policy, valid_from=NOW, target_by=NOW), by=cast.coordinator)


def test_r_15_15_pool_and_subjects_are_files_and_paper_too(cast: Cast) -> None:
    client = signed_in(cast.officer)
    lines = b"".join(client.get(URL, {"export": "subjects"})).decode("utf-8-sig").splitlines()
    assert lines[0] == "Subject,In post,Active,On the way,Aspirants"
    assert lines[-1] == '"All, each counted once",1,1,0,0'
    assert client.get(URL, {"export": "pdf"})["Content-Type"] == "application/pdf"


# ASTs as a share of teachers


@pytest.mark.parametrize(
    ("asts", "teachers", "words"),
    [
        (4, 100, "4%, within"),
        (3, 100, "3%, within"),
        (2, 100, "2%, below"),
        (6, 100, "6%, above"),
        (16, 595, "2.7%, below"),
        (59, 2000, "3%, within"),
        (1, 0, "Number of teachers not known"),
    ],
)
def test_r_14_3_the_share_of_teachers_against_the_advice(asts: int, teachers: int, words: str) -> None:
    assert rules.share_words(asts, teachers) == words


def test_r_14_3_by_authority_phase_and_school(cast: Cast) -> None:
    School.objects.filter(pk=cast.home.pk).update(teacher_count=25)
    by_phase, by_school = shares.sheet(shares.Chosen(), NOW).tables
    assert by_phase.rows == (
        ("Primary", 2, 2, 24, 0, "0%, below", 0),
        ("Secondary", 1, 1, 25, 1, "4%, within", 0),
    )
    assert by_phase.total == ("All schools", 3, 3, 49, 1, "2%, below", 0)
    assert by_school.rows == (("Hollowbrook School", "Secondary", 1, 25, "4%, within"),)
    every = shares.sheet(shares.Chosen(without=True), NOW).tables[1]
    assert [row[0] for row in every.rows] == [
        "Fernleigh Primary School",
        "Hollowbrook School",
        "Stonecross Primary School",
    ]


def test_r_14_3_a_school_without_a_number_is_named_and_not_counted_as_nought(cast: Cast) -> None:
    School.objects.filter(pk=cast.home.pk).update(teacher_count=None)
    school = SchoolFactory(name="Ashdown School", phase="secondary", teacher_count=25)
    PostFactory(home=school)
    sheet = shares.sheet(shares.Chosen(phase="secondary"), NOW)
    assert sheet.tables[0].total == ("All schools", 2, 1, 25, 1, "4%, within", 1)
    assert sheet.tables[2].rows == (("Hollowbrook School", "Secondary", 1),)
    said = text(signed_in(cast.officer).get(SHARE, {"phase": "secondary"}))
    assert "1 school whose number of teachers is not known" in said
    assert "Hollowbrook School Secondary 1 Not known Number of teachers not known" in said


def test_r_14_3_page_and_files_for_the_office_and_officers(cast: Cast) -> None:
    for person in (cast.coordinator, cast.administrator, cast.officer):
        assert "It binds nobody" in text(signed_in(person).get(SHARE))
    for person in (cast.consultant, cast.home_head, cast.ast, cast.chair):
        assert signed_in(person).get(SHARE).status_code == 403
    lines = b"".join(signed_in(cast.officer).get(SHARE, {"export": "schools"})).decode("utf-8-sig").splitlines()
    assert lines[1] == 'Hollowbrook School,Secondary,1,12,"8.3%, above"'


@pytest.mark.parametrize("address", [URL, SHARE])
def test_the_pages_cost_the_same_at_one_and_at_thirty(cast: Cast, address: str) -> None:
    client = signed_in(cast.coordinator)

    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    one = queries()
    for number in range(29):
        PostFactory()
        aspirant(cast, name=f"Teacher {number}")
    assert queries() == one <= 12
