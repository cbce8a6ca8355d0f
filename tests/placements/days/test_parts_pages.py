"""The pages of a day's plan: saved in one go, bad input answered, names only for those who may know them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placements.days.models import DayPart, OutreachDay
from placements.days.rules.parts import Part, usual
from placements.placement.models import Placement
from tests.cast import Cast
from tests.placements.active import active, elsewhere
from tests.placements.days.test_days import FIRST, WHOLE, plan
from tests.placements.days.test_parts import REST, WEEK, juno, lesson, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(cast: Cast) -> Placement:
    return active(cast)


@pytest.fixture
def day(cast: Cast, placement: Placement) -> OutreachDay:
    return plan(cast, placement)


def as_(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def change_url(day: OutreachDay) -> str:
    return reverse("placements:day_parts_change", args=[day.pk])


def filled(response: Any) -> dict[str, Any]:
    """What a browser would send back if nothing was touched."""
    form = response.context["form"]
    sent = {bound.html_name: bound.value() for bound in form if str(bound.value()) not in ("None", "", "False")}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in sent.items()}


def send(client: Client, day: OutreachDay, **changes: Any) -> Any:
    sent = {**filled(client.get(change_url(day))), **changes}
    return client.post(change_url(day), sent, follow=True)


def test_r_10_1_the_ready_made_plan_is_saved_as_it_is(client: Client, cast: Cast, day: OutreachDay) -> None:
    page = send(as_(client, cast.ast), day).content.decode()
    assert "The plan is saved." in page
    assert "5 hours" in page
    assert [(p.kind, p.minutes) for p in day.parts.all()] == [(p.kind, p.minutes) for p in usual(WHOLE)]


def test_r_10_1_a_head_gives_all_days_without_one_the_plan(client: Client, cast: Cast, day: OutreachDay) -> None:
    second = plan(cast, day.placement, FIRST + WEEK)
    assert "other day that has none yet" in as_(client, cast.host_head).get(change_url(day)).content.decode()
    page = send(client, day, for_others="on").content.decode()
    assert "The plan is saved. 1 other day now has it too." in page
    assert second.parts.count() == len(usual(WHOLE))
    assert "none yet" not in client.get(change_url(day)).content.decode()


def test_r_10_1_a_part_without_minutes_is_left_out(client: Client, cast: Cast, day: OutreachDay) -> None:
    send(as_(client, cast.ast), day, minutes_6="")
    assert "talk" not in {p.kind for p in day.parts.all()}


def test_r_6_3_a_model_lesson_is_refused_until_somebody_watches(client: Client, cast: Cast, day: OutreachDay) -> None:
    as_(client, cast.ast)
    changes: dict[str, Any] = {"kind_1": "model_lesson", "taught_1": "Year 4"}
    page = send(client, day, **changes).content.decode()
    assert "Error: " in page
    assert "Nobody watches this model lesson" in page
    assert 'href="#id_watchers_1"' in page
    page = send(client, day, **changes, watchers_1=[juno(day.placement).pk]).content.decode()
    assert "Model lesson: Year 4" in page
    assert "Watched by Juno Pettifer" in page


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"minutes_1": "-5"}, "Minutes of part 1"),
        ({"minutes_1": "500"}, "Minutes of part 1"),
        ({"minutes_1": "ten"}, "Minutes of part 1"),
        ({"minutes_1": "9" * 40}, "Minutes of part 1"),
        ({"minutes_1": "480"}, "holds 8 hours at most"),
        ({"kind_1": "appraisal"}, "There is a problem"),
        ({"kind_7": "", "minutes_7": "20"}, "Select what the 20 minutes of part 7 are for"),
        ({"kind_7": "model_lesson"}, "Enter how many minutes the model lesson takes"),
        ({"kind_1": "model_lesson", "other_1": "TA"}, "Enter the class or group"),
        ({"kind_4": "work"}, "Add a non-contact meeting"),
        ({"kind_2": "work", "kind_5": "work"}, "Add planning time"),
        ({f"minutes_{n}": "" for n in range(1, 9)}, "Enter how long each part of the day takes"),
        ({"seen": "x"}, "There is a problem"),
        ({"seen": "7"}, "Somebody else has changed this plan"),
        ({"watchers_1": "9" * 30}, "There is a problem"),
    ],
)
def test_bad_input_is_answered_with_the_form(
    client: Client, cast: Cast, day: OutreachDay, changes: dict[str, Any], words: str
) -> None:
    page = send(as_(client, cast.ast), day, **changes).content.decode()
    assert "There is a problem" in page
    assert words in page
    assert not DayPart.objects.exists()


def test_r_6_3_a_watcher_of_another_placement_cannot_be_posted(client: Client, cast: Cast, day: OutreachDay) -> None:
    stranger = juno(elsewhere(cast))
    changes = {"kind_1": "model_lesson", "taught_1": "Year 4", "watchers_1": [stranger.pk]}
    assert "There is a problem" in send(as_(client, cast.ast), day, **changes).content.decode()
    assert not DayPart.objects.exists()


def test_r_6_12_whoever_withdrew_is_no_choice_and_cannot_be_posted(
    client: Client, cast: Cast, day: OutreachDay
) -> None:
    gone = juno(day.placement)
    save(day, [lesson(gone), *REST], cast.ast)
    type(gone).objects.filter(pk=gone.pk).update(withdrew_on=FIRST - timedelta(days=1))
    page = as_(client, cast.ast).get(change_url(day)).content.decode()
    assert "Juno Pettifer" not in page
    assert "Sorrel Ambleforth" in page
    assert "There is a problem" in send(client, day, watchers_1=[gone.pk]).content.decode()
    page = client.get(reverse("placements:day_parts", args=[day.pk])).content.decode()
    assert "Nobody watches this model lesson" in page
    assert "Juno Pettifer" not in page


def test_class_and_watchers_sent_with_another_part_are_not_kept(client: Client, cast: Cast, day: OutreachDay) -> None:
    send(as_(client, cast.ast), day, taught_1="Year 4", watchers_1=[juno(day.placement).pk], other_1="TA")
    first = day.parts.first()
    assert first is not None
    assert (first.taught, first.other_watcher, first.watchers.count()) == ("", "", 0)


def test_two_people_at_once_the_second_opens_it_again(client: Client, cast: Cast, day: OutreachDay) -> None:
    sent = filled(as_(client, cast.ast).get(change_url(day)))
    save(day, [Part("work", 200), *REST], cast.host_head)
    page = client.post(change_url(day), sent).content.decode()
    assert "Somebody else has changed this plan" in page
    assert "Open the plan as it is now" in page
    assert day.parts.count() == 3


def test_section_g_names_on_the_pages(client: Client, cast: Cast, day: OutreachDay) -> None:
    save(day, [lesson(juno(day.placement)), *REST], cast.ast)
    url = reverse("placements:day_parts", args=[day.pk])
    readers = {
        "ast": (200, True, True),
        "host_head": (200, True, True),
        "administrator": (200, True, True),
        "consultant": (200, True, False),
        "home_head": (200, False, False),
        "officer": (403, False, False),
        "outsider": (404, False, False),
        "chair": (403, False, False),
    }
    for who, (code, sees_class, sees_name) in readers.items():
        response = as_(client, getattr(cast, who)).get(url)
        page = response.content.decode()
        assert (response.status_code, "Year 4" in page, "Juno Pettifer" in page) == (code, sees_class, sees_name), who


def test_r_10_1_the_diary_leads_to_the_plan(client: Client, cast: Cast, day: OutreachDay) -> None:
    diary = reverse("evaluation:placement_diary", args=[day.placement_id])
    assert "Plan what happens" in as_(client, cast.ast).get(diary).content.decode()
    assert "Plan what happens" in as_(client, cast.host_head).get(diary).content.decode()
    assert "Plan what happens" not in as_(client, cast.home_head).get(diary).content.decode()
    save(day, usual(WHOLE), cast.ast)
    for person in (cast.ast, cast.host_head, cast.home_head, cast.consultant):
        assert "See the plan" in as_(client, person).get(diary).content.decode()
    assert "See the plan" not in as_(client, cast.officer).get(diary).content.decode()


def test_r_10_1_the_plan_stands_beside_the_entry(client: Client, cast: Cast, day: OutreachDay, clock: Any) -> None:
    save(day, [lesson(juno(day.placement)), *REST], cast.ast)
    clock.shift(timedelta(days=28))
    url = reverse("evaluation:write_up_day", args=[day.pk])
    page = as_(client, cast.ast).get(url).content.decode()
    assert "What was planned" in page
    assert "Model lesson: Year 4" in page
    told = {
        "on": "2026-11-03",
        "days": "1",
        "venue": "host",
        "priorities": "Fractions",
        "talk_held": "yes",
        "activities": ["willing_teachers"],
    }
    page = client.post(url, told, follow=True).content.decode()
    assert "What was planned" in page
    entry = reverse("evaluation:entry", args=[OutreachDay.objects.get(pk=day.pk).diary.pk])
    at_home = as_(client, cast.home_head).get(entry).content.decode()
    assert "Part 1" in at_home
    assert not [words for words in ("Year 4", "Model lesson", "watches") if words in at_home], "time, and no more (G)"


def test_a_plan_of_the_past_is_read_and_not_changed(client: Client, cast: Cast, day: OutreachDay, clock: Any) -> None:
    save(day, usual(WHOLE), cast.ast)
    clock.shift(timedelta(days=29))
    read = reverse("placements:day_parts", args=[day.pk])
    assert as_(client, cast.ast).get(change_url(day)).url == read
    assert client.post(change_url(day), {"seen": "1"}).url == read
    assert "Change the plan" not in client.get(read).content.decode()
    assert day.parts.count() == len(usual(WHOLE))


def counted(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_pages_cost_the_same_with_one_plan_and_with_many(client: Client, cast: Cast, day: OutreachDay) -> None:
    save(day, [lesson(juno(day.placement)), *REST], cast.ast)
    as_(client, cast.ast)
    pages = [
        reverse("home"),
        change_url(day),
        reverse("placements:day_parts", args=[day.pk]),
        reverse("evaluation:placement_diary", args=[day.placement_id]),
    ]
    for url in pages:
        counted(client, url)  # whatever the first visit alone costs
    few = [counted(client, url) for url in pages]
    for number in range(1, 30):
        more = OutreachDay.objects.create(placement=day.placement, on=FIRST + timedelta(days=number), days=1)
        DayPart.objects.create(day=more, number=1, kind="work", minutes=60)
        DayPart.objects.create(day=day, number=number + 10, kind="model_lesson", minutes=5, taught="Year 4")
    assert [counted(client, url) for url in pages] == few
