"""How headteachers are found: by the name of their account, or as the school's contacts have it (R-20.1)."""

from django.db.models import OuterRef, Q, Subquery

from astcoord.core import finding, search
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, Role
from astcoord.core.search import Hit, Hits
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User


def register() -> None:
    search.register("headteachers", _look, order=50)


def _look(user: User, text: str) -> Hits:
    """Of the schools that this person may see; two queries. A contact's name has no key: it is compared here."""
    if not user.has_role(*AUTHORITY):
        return Hits()
    schools = School.objects.visible_to(user)
    contacts = schools.exclude(head_name="").order_by().values_list("pk", "head_name")
    named = [pk for pk, name in contacts if finding.is_named(name, text)]
    heads = RoleAssignment.objects.in_force(today()).filter(role=Role.HEADTEACHER, user__is_active=True)
    by_account = finding.found_by(heads, user, text, ("user__name_key",))
    account = by_account.filter(school=OuterRef("pk")).order_by("user__name_key").values("user__name")[:1]
    found = schools.filter(Q(pk__in=named) | Q(pk__in=by_account.order_by().values("school")))
    return finding.first(found.annotate(known_as=Subquery(account)).by_name(), _hit)


def _hit(school: School) -> Hit:
    """The name by which the head was found, and how to reach the school."""
    name = getattr(school, "known_as", None) or school.head_name
    line = ", ".join(filter(None, [f"Headteacher of {school.name}", school.telephone, school.email]))
    return Hit(name, school.get_absolute_url(), line)
