"""The named cast: one of each role, and a head from a school that has nothing to do with it."""

from dataclasses import dataclass
from datetime import date

from astcoord.core.models.policy import Policy
from astcoord.core.roles import Role
from placements.days import ledger
from placements.placement.models import Placement
from schools.calendar.actions import save_year
from schools.calendar.models import AcademicYear
from schools.calendar.years import default_year
from schools.register.models import School
from staff.accounts.models import User
from staff.expertise.vocabulary import KeyStage, Subject
from staff.posts.models import Post
from tests.factories import PlacementFactory, PostFactory, RequestFactory, SchoolFactory, person


@dataclass
class Cast:
    """Marlshire in small. `host` asks, `home` employs the AST, `elsewhere` has nothing to do with either."""

    policy: Policy
    year: AcademicYear
    home: School
    host: School
    elsewhere: School
    coordinator: User
    administrator: User
    officer: User
    consultant: User
    host_head: User
    home_head: User
    outsider: User
    ast: User
    chair: User
    post: Post

    def placement(self, **fields: object) -> Placement:
        """A planned placement of the AST at the host school."""
        fields.setdefault("match__request", RequestFactory(host=self.host, created_by=self.host_head, status="placed"))
        return PlacementFactory(match__post=self.post, match__proposed_by=self.coordinator, **fields)


def make_cast(home: School | None = None, host: School | None = None, elsewhere: School | None = None) -> Cast:
    """Build the cast; one school year with its calendar, the Croydon policy, a budget for the AST.

    The schools may be given, for a story on an authority's own register.
    """
    policy = Policy.objects.create(
        valid_from=date(2026, 8, 1),
        authority_name="Marlshire County Council",
        office_address="Shire Hall\nMarlbridge",
        office_email="ast-office@marlshire.example",
    )
    save_year(default_year("2026-27"), by=None)
    year = AcademicYear.objects.get(slug="2026-27")
    home = home or SchoolFactory(name="Hollowbrook School", phase="secondary", head_name="Mr T Ashgrove")
    host = host or SchoolFactory(name="Fernleigh Primary School", head_name="Ms R Oakhanger")
    elsewhere = elsewhere or SchoolFactory(name="Stonecross Primary School", head_name="Mrs I Saltmarsh")
    ast = person("Wren Castellow", "wren@marlshire.example", Role.AST, home)
    post = PostFactory(
        user=ast, home=home, subjects=[Subject.MATHEMATICS, Subject.ASSESSMENT], key_stages=(KeyStage.KS2, KeyStage.KS3)
    )
    ledger.open_budget(post, year)
    return Cast(
        policy=policy,
        year=year,
        home=home,
        host=host,
        elsewhere=elsewhere,
        coordinator=person("Bryony Quill", "bryony@marlshire.example", Role.COORDINATOR),
        administrator=person("Idris Fenwick-Moss", "idris@marlshire.example", Role.ADMINISTRATOR),
        officer=person("Greta Larkwood", "greta@marlshire.example", Role.OFFICER),
        consultant=person(
            "Orla Thistlethwaite", "orla@marlshire.example", Role.CONSULTANT, subjects=(Subject.MATHEMATICS,)
        ),
        host_head=person("Rowan Oakhanger", "rowan@marlshire.example", Role.HEADTEACHER, host),
        home_head=person("Tamsin Ashgrove", "tamsin@marlshire.example", Role.HEADTEACHER, home),
        outsider=person("Ivo Saltmarsh", "ivo@marlshire.example", Role.HEADTEACHER, elsewhere),
        ast=ast,
        chair=person("Petra Underhill", "petra@marlshire.example", Role.GOVERNOR, host, is_chair=True),
        post=post,
    )
