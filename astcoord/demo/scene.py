"""The stage on which the stories play: authority, calendar, schools, people, ASTs."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from astcoord.core import opening, policy_changes, presets
from astcoord.core import policy as policies
from astcoord.core.models.policy import Policy
from astcoord.core.roles import Role
from astcoord.demo import days, priorities
from astcoord.demo.ask import Ask
from astcoord.demo.people import OFFICE, TEACHERS, Teacher, address
from astcoord.demo.places import CLUSTERS, GROUP_CODES, IN_CATEGORY, IN_PROGRAMME, KIND_CODES, NO_EMAIL, PLACES, Place
from astcoord.demo.story import Story
from schools.calendar import reads as calendar
from schools.calendar.actions import save_year
from schools.calendar.models import AcademicYear
from schools.calendar.years import default_year, slug_on
from schools.register.actions import add_status
from schools.register.models import Cluster, School
from staff.accounts.actions.people import add_person
from staff.accounts.models import User
from staff.posts.actions.posts import Appointment, InPost, Profile, mark_checked, record_in_post
from staff.posts.models import Post

AUTHORITY = "Marlshire County Council"


@dataclass(frozen=True)
class Scene:
    """Everybody and everything, by the names by which the stories call them."""

    today: date
    schools: dict[int, School]
    heads: dict[int, User]
    coordinator: User
    administrator: User
    posts: dict[str, Post]
    teaching: calendar.SchoolCalendar

    def story(self, ask: Ask, school_days_ago: int) -> Story:
        """A story that began so many school days before today."""
        began = days.school_days_before(self.today, school_days_ago)[0]
        host = self.schools[ask.urn]
        by_school = {self.schools[urn].pk: head for urn, head in self.heads.items()}
        return Story(ask, host, self.heads[ask.urn], self.coordinator, by_school, began, self.teaching)

    def elsewhere(self, ask: Ask, urn: int, school_days_ago: int) -> Story:
        """Another school asks for much the same."""
        return self.story(replace(ask, urn=urn, people=(("Two class teachers", "group", "self"),)), school_days_ago)


def build(today: date, preset: str) -> Scene:
    """Set the stage. The scheme began on the first day of the last school year."""
    slugs = _slugs(today)
    for slug in slugs:
        if not AcademicYear.objects.filter(slug=slug).exists():
            save_year(default_year(slug), by=None)
    began = default_year(slugs[0]).first
    with days.on(began):
        Policy.objects.create(
            valid_from=began,
            authority_name=AUTHORITY,
            office_address="School Improvement Service\nShire Hall\nMarlbridge",
            office_email="ast-office@marlshire.example",
            office_phone="01632 960100",
            office_contact="Bryony Quill",
            office_hours="Monday to Friday, 9am to 4pm",
            **presets.settings_of(preset),
        )
        schools = {place.urn: _school(place) for place in PLACES}
        _clusters(schools)
        office = {p.role: _person(p.name, p.role, subjects=p.subjects) for p in OFFICE}
        _statuses(schools, began, office[Role.COORDINATOR])
        priorities.put_on_the_list(began.year, by=office[Role.COORDINATOR])
        heads = {p.urn: _person(p.head, Role.HEADTEACHER, schools[p.urn]) for p in PLACES}
        for place in PLACES[:8]:
            if place.chair:
                _person(place.chair, Role.GOVERNOR, schools[place.urn], is_chair=True)
    with days.on(began + timedelta(days=6)):
        posts = {t.name: _post(t, schools[t.urn], began, office[Role.COORDINATOR]) for t in TEACHERS}
    opened = began + timedelta(days=7)
    with days.on(opened):
        opening.leave("contacts", by=office[Role.ADMINISTRATOR], on=opened)
    _adopt_return_visits(began + timedelta(weeks=2), by=office[Role.COORDINATOR])
    recently = days.school_days_before(today, 15)[0]
    with days.on(recently):
        for post in list(posts.values())[:-2]:
            mark_checked(post=post, by=office[Role.ADMINISTRATOR])
    return Scene(
        today=today,
        schools=schools,
        heads=heads,
        coordinator=office[Role.COORDINATOR],
        administrator=office[Role.ADMINISTRATOR],
        posts=posts,
        teaching=calendar.between(today - timedelta(days=500), today + timedelta(days=400)),
    )


def _adopt_return_visits(day: date, *, by: User) -> None:
    """Where the preset has none: the authority decided to go back a term after each placement (R-16.1)."""
    before = policies.in_force(day)
    if before.return_visit_terms:
        return
    with days.on(day):
        new = policy_changes.draft(before, valid_from=day, return_visit_terms=1)
        policy_changes.adopt(new, by=by, reason="Heads asked whether the work lasts.")


def _slugs(today: date) -> list[str]:
    """Last year, this year and the next."""
    return [slug_on(today.replace(day=1) + timedelta(days=delta)) for delta in (-365, 0, 366)]


def _school(place: Place) -> School:
    email = "" if place.urn in NO_EMAIL else f"office-{place.urn}@schools.marlshire.example"
    return School.objects.create(
        urn=place.urn,
        name=place.name,
        phase=place.phase,
        kind=place.kind,
        kind_code=KIND_CODES[place.kind],
        group_code=GROUP_CODES[place.kind],
        status="open",
        easting=place.east,
        northing=place.north,
        head_name=place.head,
        email=email,
        chair_name=place.chair,
        chair_email=address(place.chair) if place.chair else "",
        teacher_count=place.teachers,
        street="School Lane",
        town="Marlbridge",
    )


def _clusters(schools: dict[int, School]) -> None:
    for name, urns in CLUSTERS.items():
        cluster = Cluster.objects.create(name=name, slug=name.lower().replace(" ", "-"))
        School.objects.filter(pk__in=[schools[urn].pk for urn in urns]).update(cluster=cluster)


def _statuses(schools: dict[int, School], began: date, by: User) -> None:
    for urn, name in {**IN_CATEGORY, **IN_PROGRAMME}.items():
        add_status(schools[urn], name=name, starts_on=began, by=by)


def _person(
    name: str, role: str, school: School | None = None, *, subjects: tuple[str, ...] = (), is_chair: bool = False
) -> User:
    given = add_person(
        name=name,
        email=address(name),
        role=role,
        school=school,
        subjects=subjects,
        is_chair=is_chair,
        by=None,
        invite=False,
    )
    return given.user


def _post(teacher: Teacher, home: School, began: date, by: User) -> Post:
    entry = InPost(
        name=teacher.name,
        email=address(teacher.name),
        home=home,
        appointment=Appointment(
            fte=Decimal(teacher.fte),
            funding="standards_fund",
            passed_on=began - timedelta(days=150),
            assessor="National assessment agency",
            starts_on=began,
            first_post=False,
            governors_decided_on=began - timedelta(days=190),
            governors_minute="Full meeting, 7.2",
            responsible_for="Raising achievement in the subject, here and in other schools.",
        ),
        profile=Profile(
            expertise=dict(teacher.subjects),
            key_stages=teacher.key_stages,
            work_types=teacher.works,
            years_teaching=11,
        ),
        pattern={} if teacher.weekday is None else {teacher.weekday: Decimal(1)},
        inducted_on=began + timedelta(days=5) if teacher.inducted else None,
    )
    return record_in_post(entry=entry, reason="In post before this system was introduced.", by=by, invite=False)
