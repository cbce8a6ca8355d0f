"""ASTs in post: how they come in, what they offer, when they are free (R-2.1, R-2.2, R-3.2, R-3.5, R-4.1, R-4.10)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from placements.days import ledger, tasks
from placements.days.models import LedgerEntry
from schools.register.models import School
from staff.expertise.vocabulary import InductionStep, KeyStage, Subject, WorkType
from staff.openings.lifecycle import OpeningStatus
from staff.posts.actions import posts
from staff.posts.actions.posts import Appointment, InPost, Profile
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory
from tests.factories import person as somebody

pytestmark = pytest.mark.django_db
HALF, WHOLE = Decimal("0.5"), Decimal(1)


@pytest.fixture
def entry(cast: Cast) -> InPost:
    return InPost(
        name="Linnet Harrowgate",
        email="Linnet@marlshire.example",
        home=cast.elsewhere,
        appointment=Appointment(
            fte=HALF,
            funding="school",
            passed_on=date(2024, 5, 2),
            assessor="National assessment agency",
            starts_on=date(2024, 9, 1),
            governors_decided_on=date(2024, 3, 14),
            governors_minute="2024/17",
            responsible_for="Music in every key stage.",
        ),
        profile=Profile(
            expertise={Subject.MUSIC: 3, Subject.DRAMA: 1},
            key_stages=[KeyStage.KS1, KeyStage.KS2],
            work_types=[WorkType.MODEL_LESSON],
        ),
        pattern={2: HALF, 4: HALF},
    )


def record(cast: Cast, entry: InPost, **changes: Any) -> Post:
    return posts.record_in_post(entry=entry, reason="In post since 2024", by=cast.coordinator, **changes)


def test_r_2_1_every_stage_is_walked_with_the_reason(cast: Cast, entry: InPost) -> None:
    post = record(cast, entry)
    walked = [*Transition.objects.about(post.opening)[:3], *Transition.objects.about(post)]
    assert [t.target for t in walked] == ["discussed", "approved", "selected", "booked", "passed", "in_post"]
    assert post.opening.status == OpeningStatus.FILLED
    assert {t.reason for t in walked} == {"In post since 2024"}
    assert {t.by for t in walked} == {cast.coordinator}
    assert post.status == PostStatus.IN_POST


def test_r_2_1_no_reason_no_short_cut(cast: Cast, entry: InPost) -> None:
    with pytest.raises(Refused, match="Enter why"):
        posts.record_in_post(entry=entry, reason=" ", by=cast.coordinator)
    with pytest.raises(PermissionDenied):
        posts.record_in_post(entry=entry, reason="x", by=cast.administrator)
    assert Post.objects.count() == 1


def test_r_1_4_no_post_opens_without_the_governors_decision(cast: Cast, entry: InPost) -> None:
    none = replace(entry.appointment, governors_decided_on=None, governors_minute=" ", responsible_for="")
    with pytest.raises(Refused, match="needs the decision of the school’s governors") as refusal:
        record(cast, replace(entry, appointment=none))
    fields = {p.field for p in refusal.value.problems}
    assert fields == {"governors_decided_on", "governors_minute", "responsible_for"}
    late = replace(entry.appointment, governors_decided_on=date(2024, 9, 2))
    with pytest.raises(Refused, match="on or before the first day in post"):
        record(cast, replace(entry, appointment=late))
    assert Post.objects.count() == 1
    post = record(cast, entry)
    assert (post.opening.governors_decided_on, post.opening.governors_minute) == (date(2024, 3, 14), "2024/17")
    assert post.opening.responsible_for == "Music in every key stage."


def test_r_2_2_a_pass_comes_before_the_post_and_names_its_body(cast: Cast, entry: InPost) -> None:
    late = replace(entry.appointment, passed_on=date(2024, 10, 1), assessor="")
    with pytest.raises(Refused) as refusal:
        record(cast, replace(entry, appointment=late))
    assert {p.field for p in refusal.value.problems} == {"starts_on", "assessor"}


def test_r_2_1_the_same_post_is_not_recorded_twice(cast: Cast, entry: InPost) -> None:
    record(cast, entry)
    with pytest.raises(Refused, match="already has a post at"):
        record(cast, entry)


def test_r_1_5_a_school_may_have_any_number_of_asts(cast: Cast, entry: InPost) -> None:
    PostFactory.create_batch(4, home=entry.home)
    record(cast, entry)
    assert Post.objects.in_post(date(2026, 10, 6)).filter(home=entry.home).count() == 5


def test_r_4_1_coming_into_post_opens_the_years_budget_by_fte(cast: Cast, entry: InPost) -> None:
    post = record(cast, entry)
    assert ledger.balance(post, cast.year).budget == 19


def test_r_4_1_budgets_are_opened_for_all_in_post_and_once(cast: Cast) -> None:
    PostFactory.create_batch(3)
    assert tasks.open_budgets() == 3
    assert tasks.open_budgets() == 0
    assert LedgerEntry.objects.filter(kind="budget").count() == 4


def test_an_ast_in_post_can_sign_in(cast: Cast, entry: InPost) -> None:
    post = record(cast, entry)
    address = EmailAddress.objects.get(user=post.user)
    assert (address.email, address.verified, address.primary) == ("linnet@marlshire.example", True, True)
    assert post.user.has_role("ast")
    assert Message.objects.get(kind="invitation").to_email == "linnet@marlshire.example"


def test_r_3_2_induction_starts_with_four_steps_to_do(cast: Cast, entry: InPost) -> None:
    post = record(cast, entry)
    assert [i.step for i in post.induction.all()] == InductionStep.values
    assert not post.inducted
    assert post in Post.objects.induction_unfinished(date(2026, 10, 6))


def test_r_3_5_saving_a_profile_checks_it_and_says_what_changed(cast: Cast) -> None:
    profile = Profile(
        expertise={Subject.MATHEMATICS: 2}, key_stages=[KeyStage.KS2], work_types=[WorkType.CPD], about="Games."
    )
    posts.update_profile(post=cast.post, profile=profile, by=cast.ast)
    post = Post.objects.get(pk=cast.post.pk)
    assert post.subject_names() == ["Mathematics and numeracy"]
    assert post.checked_on == date(2026, 10, 6)
    event = AuditEvent.objects.about(post).first()
    assert (event.verb, event.by) == ("Profile changed", cast.ast)
    assert event.after["about"] == "Games."
    assert "years teaching" not in event.after


def test_r_3_5_a_profile_needs_subject_stage_and_kind_of_work(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        posts.update_profile(
            post=cast.post, profile=Profile(expertise={}, key_stages=[], work_types=[]), by=cast.administrator
        )
    assert {p.field for p in refusal.value.problems} == {"subjects", "key_stages", "work_types"}


def test_r_3_5_a_profile_checked_thirteen_months_ago_is_stale(cast: Cast) -> None:
    now = date(2026, 10, 6)
    for checked_on, stale in (
        (date(2025, 9, 6), True),
        (date(2025, 10, 5), True),
        (date(2025, 10, 6), False),
        (now, False),
        (None, True),
    ):
        Post.objects.update(checked_on=checked_on)
        assert cast.post in Post.objects.stale(now) if stale else cast.post not in Post.objects.stale(now)
        assert Post.objects.get(pk=cast.post.pk).is_stale(now) is stale
    posts.mark_checked(post=cast.post, by=cast.ast)
    assert cast.post not in Post.objects.stale(now)


def test_r_4_10_the_home_head_sets_the_pattern_and_history_is_kept(cast: Cast) -> None:
    posts.set_pattern(post=cast.post, days={0: HALF, 3: HALF}, from_on=date(2026, 11, 2), by=cast.home_head)
    post = Post.objects.get(pk=cast.post.pk)
    assert [str(p) for p in post.pattern_on(date(2026, 11, 1))] == ["Tuesdays"]
    assert [str(p) for p in post.pattern_on(date(2026, 11, 2))] == ["Mondays, half a day", "Thursdays, half a day"]


def test_r_4_10_a_second_change_for_the_same_day_replaces_the_first(cast: Cast) -> None:
    for days in ({0: WHOLE}, {1: WHOLE}):
        posts.set_pattern(post=cast.post, days=days, from_on=date(2026, 11, 2), by=cast.administrator)
    post = Post.objects.get(pk=cast.post.pk)
    assert [str(p) for p in post.pattern_on(date(2026, 12, 1))] == ["Tuesdays"]


def test_r_4_10_others_do_not_set_it_and_it_is_never_empty(cast: Cast) -> None:
    for person in (cast.ast, cast.host_head, cast.outsider):
        with pytest.raises(PermissionDenied):
            posts.set_pattern(post=cast.post, days={0: WHOLE}, from_on=date(2026, 11, 2), by=person)
    with pytest.raises(Refused, match="at least half a day"):
        posts.set_pattern(post=cast.post, days={0: Decimal(0)}, from_on=date(2026, 11, 2), by=cast.home_head)


def test_r_4_10_asts_without_a_pattern_are_found(cast: Cast) -> None:
    bare = PostFactory(weekday=False, home=School.objects.first())
    assert list(Post.objects.without_pattern(date(2026, 10, 6))) == [bare]
    assert bare.gaps(date(2026, 10, 6)) == ["Outreach time not set"]
    bare.patterns.create(weekday=1, starts_on=date(2026, 12, 1))
    assert bare in Post.objects.without_pattern(date(2026, 10, 6))


@pytest.mark.parametrize("name", ["post_leave", "post_stay", "post_hours", "post_absence"])
def test_section_g_an_administrator_does_not_find_somebody_not_yet_assessed(cast: Cast, name: str) -> None:
    post = PostFactory(status="candidate", funding="secondment", passed_on=None)
    url = reverse(f"staff:{name}", args=[post.pk])
    for reader, found in ((cast.coordinator, True), (cast.administrator, False)):
        client = Client()
        client.force_login(reader)
        assert (client.get(url).status_code != 404) is found, reader


def test_section_g_nor_hours_or_times_away_of_somebody_not_yet_assessed(cast: Cast) -> None:
    post = PostFactory(status="candidate", funding="secondment", passed_on=None)
    hours = post.hours.create(starts_on=date(2026, 11, 2), fte=Decimal("0.5"))
    away = post.absences.create(starts_on=date(2026, 11, 2), kind="other")
    for reader, found in ((cast.coordinator, True), (cast.administrator, False)):
        client = Client()
        client.force_login(reader)
        for page, row in (("post_hours_remove", hours), ("absence_remove", away)):
            response = client.get(reverse(f"staff:{page}", args=[row.pk]))
            assert (response.status_code != 404) is found, (reader, page)


def test_r_3_5_when_listed_a_profile_checked_thirteen_months_ago_is_marked(cast: Cast) -> None:
    Post.objects.update(checked_on=date(2025, 9, 6))
    client = Client()
    client.force_login(cast.coordinator)
    assert "Profile not checked" in client.get(reverse("staff:posts")).content.decode()
    assert cast.post.name in client.get(reverse("staff:posts"), {"check": "stale"}).content.decode()
    posts.mark_checked(post=cast.post, by=cast.ast)
    assert cast.post.name not in client.get(reverse("staff:posts"), {"check": "stale"}).content.decode()


def test_r_3_5_earlier_roles_are_in_the_profile_and_aims_are_for_few(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ast)
    url = reverse("staff:profile", args=[cast.post.pk])
    page = client.get(url).content.decode()
    assert "Where does the AST want to go from here?" in page
    sent = {
        "subjects": ["mathematics", "ict", "english"],
        "key_stages": ["ks2"],
        "work_types": ["cpd"],
        "pupil_groups": ["all"],
        "years_teaching": "12",
        "former_roles": "Lead teacher for numeracy",
        "career_aims": "A headship in four years",
    }
    assert "300" in client.post(url, {**sent, "former_roles": "x" * 301}).content.decode()
    assert client.post(url, sent).status_code == 302
    post = Post.objects.get(pk=cast.post.pk)
    assert (post.former_roles, post.career_aims, len(post.subject_names())) == (
        "Lead teacher for numeracy",
        "A headship in four years",
        3,
    )
    governor = somebody("Gil Underwood", "gil@marlshire.example", Role.GOVERNOR, cast.home)
    page_of = reverse("staff:post", args=[cast.post.pk])
    for reader, aims in (
        *((user, True) for user in (cast.coordinator, cast.administrator, cast.consultant, cast.home_head, cast.ast)),
        *((user, False) for user in (cast.officer, governor)),
    ):
        client.force_login(reader)
        said = client.get(page_of).content.decode()
        assert "Lead teacher for numeracy" in said, reader
        assert ("A headship in four years" in said) is aims, reader
