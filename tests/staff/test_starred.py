"""What section G marks *: assessment and the list of aspirants are not the administrator's to read."""

import pytest
from django.test import Client
from django.urls import reverse

from astcoord.core import gate
from staff.accounts.models import User
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import PostFactory, RequestFactory, UserFactory
from tests.seen import without_chance

pytestmark = pytest.mark.django_db

WHY = "Observed twice by the panel"


def page(person: User, name: str, *args: object, query: str = "") -> str:
    client = Client()
    client.force_login(person)
    response = client.get(reverse(name, args=args) + query)
    return (b"".join(response) if response.streaming else response.content).decode()


@pytest.fixture
def assessed(cast: Cast) -> Post:
    """Booked, failed, booked again, passed and appointed, each with its reason."""
    post: Post = PostFactory(status=PostStatus.CANDIDATE, home=cast.home, subjects=("music",))
    for move in ("book", "fail", "book", "pass", "appoint"):
        gate.move(post, move, by=cast.coordinator, reason=f"{WHY}, {move}")
    return post


def test_g_an_administrator_reads_no_assessment_in_the_history_of_an_ast(cast: Cast, assessed: Post) -> None:
    mine, theirs = (page(user, "staff:post", assessed.pk) for user in (cast.coordinator, cast.administrator))
    assert f"{WHY}, fail" in mine
    assert WHY not in theirs
    assert "Record a fail" not in theirs
    assert "Record as in post" not in theirs, "its reason may be the assessment's"


@pytest.fixture
def aspirant(cast: Cast) -> Post:
    user = UserFactory(name="Aspirant Oriel")
    return PostFactory(user=user, home=cast.home, status=PostStatus.CANDIDATE, passed_on=None)


def test_g_aspirants_are_for_the_co_ordinator_the_group_the_own_head_and_themselves(cast: Cast, aspirant: Post) -> None:
    seen = {
        user.name
        for user in (
            *(cast.coordinator, cast.administrator, cast.officer, cast.consultant, cast.home_head, cast.outsider),
            *(cast.host_head, cast.chair, aspirant.user),
        )
        if Post.objects.visible_to(user).filter(pk=aspirant.pk).exists()
    }
    assert seen == {cast.coordinator.name, cast.consultant.name, cast.home_head.name, aspirant.user.name}


def test_g_nobody_else_comes_across_the_name_of_an_aspirant(cast: Cast, aspirant: Post) -> None:
    request = RequestFactory(host=cast.host, created_by=cast.host_head)
    lists = (("staff:posts", "?export=csv"), ("staff:posts", "?name=Oriel"), ("staff:expertise", ""))
    for user in (cast.administrator, cast.officer):
        for name, query in lists:
            assert "Aspirant Oriel" not in page(user, name, query=query), name
    assert "Aspirant Oriel" not in page(cast.administrator, "placements:candidates", request.pk)
    assert "Aspirant Oriel" in page(cast.coordinator, "placements:candidates", request.pk)


@pytest.mark.parametrize("name", ["staff:post", "placements:balance"])
def test_g_what_outreach_is_asked_tells_nobody_who_pays_who_may_not_know(cast: Cast, name: str) -> None:
    read: dict[User, set[str]] = {}
    for funding in ("school", "standards_fund"):
        Post.objects.filter(pk=cast.post.pk).update(funding=funding)
        for user in (cast.coordinator, cast.home_head, cast.ast, cast.administrator, cast.officer, cast.consultant):
            text = without_chance(page(user, name, cast.post.pk).encode())
            assert "Outreach is" in text, user
            read.setdefault(user, set()).add(text)
    told = {user.name for user, texts in read.items() if len(texts) > 1}
    assert told == {cast.coordinator.name, cast.home_head.name, cast.ast.name}
