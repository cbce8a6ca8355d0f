"""Notices to ASTs: posted to all or some, shown from a day to a day, corrected, withdrawn (R-3.20)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from astcoord.core.clock import today
from astcoord.core.models.messages import Message
from astcoord.core.problems import Refused
from staff.notices.actions import NOTICES, post_due
from staff.notices.lifecycle import NoticeState
from staff.notices.models import Notice
from staff.notices.querysets import readers_of
from staff.notices.tasks import post_notices
from tests.cast import Cast
from tests.factories import PostFactory, SchoolFactory
from tests.staff.secondments.telling import Reader, day

pytestmark = pytest.mark.django_db
SAID = {
    "title": "Maths days in March",
    "text": "Three days.\n\n- Algebra\n- Ωmega, 好\n\nSee https://marlshire.example/",
}


def post(cast: Cast, **said: Any) -> Notice:
    given = {"phase": "", "subject": "", "starts_on": today(), "ends_on": today() + timedelta(days=20)}
    return NOTICES.save(by=cast.coordinator, **{**SAID, **given, "by_email": False, **said})


def told() -> list[str]:
    return sorted(Message.objects.filter(kind="notice").values_list("to_email", flat=True))


def home(cast: Cast, user: Any) -> str:
    return Reader(user).client.get(reverse("home")).content.decode()


def test_r_3_20_given_a_notice_to_maths_asts_when_sent_then_only_they_see_it(cast: Cast) -> None:
    music = PostFactory(subjects=("music",))
    office = Reader(cast.coordinator)
    until = day("ends_on", today() + timedelta(days=20))
    asked = {**SAID, "phase": "", "subject": "mathematics", "by_email": "on", **day("starts_on", today()), **until}
    assert "Enter" in office.send("notice_add", **{**asked, "text": " "})
    assert office.send("notice_add", **asked) == ""
    notice = Notice.objects.get()
    page = Reader(cast.ast).get("notice", notice.pk).content.decode()
    assert "<li>Ωmega, 好</li>" in page
    assert 'href="https://marlshire.example/"' in page
    assert SAID["title"] in home(cast, cast.ast)
    assert SAID["title"] in Reader(cast.ast).text("notices")
    assert SAID["title"] not in home(cast, music.user) + Reader(music.user).text("notices")
    assert Reader(music.user).status("notice", notice.pk) == 404
    assert told() == [cast.ast.email]
    assert Reader(cast.administrator).status("notice", notice.pk) == 200
    for user in (cast.officer, cast.consultant, cast.home_head, cast.chair):
        assert Reader(user).status("notice", notice.pk) == 403
        assert SAID["title"] not in home(cast, user)


@pytest.mark.parametrize(
    ("narrowed", "count"),
    [({}, 4), ({"phase": "primary"}, 2), ({"subject": "music"}, 2), ({"phase": "primary", "subject": "music"}, 1)],
)
def test_r_3_20_who_sees_it_and_who_is_written_to_are_the_same(
    cast: Cast, narrowed: dict[str, str], count: int
) -> None:
    primary = SchoolFactory(phase="primary")
    posts = [cast.post, PostFactory(home=primary, subjects=("music", "art")), PostFactory(subjects=("music",))]
    posts += [PostFactory(home=primary, subjects=("art",)), PostFactory(ends_on=date(2026, 9, 2), subjects=("music",))]
    notice = post(cast, by_email=True, **narrowed)
    sees = {p.user.email for p in posts if Notice.objects.visible_to(p.user).filter(pk=notice.pk).exists()}
    assert sees == {p.user.email for p in readers_of(notice, today())} == set(told())
    assert len(sees) == count


def test_r_3_20_it_is_shown_from_its_first_to_its_last_day_and_corrected_and_withdrawn(cast: Cast) -> None:
    ahead = today() + timedelta(days=5)
    notice = post(cast, starts_on=ahead, ends_on=ahead, by_email=True)
    ast = Reader(cast.ast)
    assert ast.status("notice", notice.pk) == 404
    assert told() == []
    states = [notice.state(ahead + timedelta(days=n)) for n in (-1, 0, 1)]
    assert states == [NoticeState.TO_COME, NoticeState.SHOWN, NoticeState.OVER]
    shown = [Notice.objects.shown(ahead + timedelta(days=n)).exists() for n in (-1, 0, 1)]
    assert shown == [False, True, False]
    assert post_due(ahead) == 1
    assert post_due(ahead) == 1
    assert told() == [cast.ast.email], "once"
    held = {name: getattr(notice, name) for name in ("title", "phase", "subject", "ends_on", "by_email")}
    NOTICES.save(row=notice, by=cast.coordinator, **{**held, "text": "Corrected", "starts_on": today()})
    assert "Corrected" in ast.text("notice", notice.pk)
    assert told() == [cast.ast.email], "a correction is not sent again"
    office = Reader(cast.coordinator)
    assert office.send("notice_withdraw", notice.pk) == ""
    assert ast.status("notice", notice.pk) == 404
    assert Message.objects.get(kind="notice").status == "cancelled"
    assert office.send("notice_show_again", notice.pk) == ""
    assert ast.status("notice", notice.pk) == 200
    office.send("notice_remove", notice.pk)
    assert Notice.objects.filter(pk=notice.pk).exists(), "ASTs have read it"
    slip = post(cast, starts_on=ahead, ends_on=ahead)
    assert office.send("notice_remove", slip.pk) == ""
    assert not Notice.objects.filter(pk=slip.pk).exists()


def test_r_3_20_somebody_new_hears_of_what_is_shown(cast: Cast) -> None:
    post(cast, by_email=True)
    late = PostFactory()
    assert post_notices() == 1
    assert told() == sorted([cast.ast.email, late.user.email])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": " "}, "Enter the title"),
        ({"text": ""}, "Enter what you want to say"),
        ({"starts_on": date(2026, 1, 1)}, "today or later"),
        ({"ends_on": date(2026, 1, 1)}, "the first day or later"),
        ({"ends_on": date(2029, 1, 1)}, "a year at most"),
    ],
)
def test_r_3_20_what_a_notice_needs(cast: Cast, wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        post(cast, **wrong)


def test_r_3_20_the_co_ordinator_alone_posts(cast: Cast) -> None:
    notice = post(cast)
    for user in (cast.administrator, cast.ast, cast.officer, cast.home_head):
        with pytest.raises(PermissionDenied):
            NOTICES.end(row=notice, by=user)
        assert Reader(user).status("notice_add") == 403


def test_r_3_20_what_somebody_writes_is_no_markup(cast: Cast) -> None:
    notice = post(cast, text="<script>alert(1)</script>")
    assert "<script>alert(1)" not in Reader(cast.ast).get("notice", notice.pk).content.decode()


def test_r_3_20_the_list_costs_the_same_with_thirty_notices(cast: Cast) -> None:
    costs = []
    for more in (1, 29):
        for _ in range(more):
            post(cast)
        for user in (cast.coordinator, cast.ast):
            reader = Reader(user)
            reader.get("notices")
            with CaptureQueriesContext(connection) as queries:
                reader.get("notices")
            costs.append(len(queries))
    assert costs[:2] == costs[2:]
    assert max(costs) <= 12, costs
