"""How schools are found: by name and URN, open or closed (R-20.1)."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from astcoord.core import finding, search
from astcoord.core.roles import AUTHORITY
from astcoord.core.search import Hit, Hits
from schools.register.models import School

if TYPE_CHECKING:
    from staff.accounts.models import User


def look_for(rows: Any, user: Any, text: str) -> Any:
    """Every word must begin a word of the name (R-17.8); a number may also be the beginning of a URN."""
    return finding.found_by(rows, user, text, ("name_key",), _by_urn)


def _by_urn(word: str) -> Q:
    return Q(urn__startswith=word) if word.isascii() and word.isdigit() else Q()


def register() -> None:
    search.register("schools", _look, order=40)


def _look(user: "User", text: str) -> Hits:
    found = look_for(School.objects.visible_to(user), user, text).by_name()
    staff = user.has_role(*AUTHORITY)
    return finding.first(found, _hit, finding.list_url("schools:list", q=text, state="all") if staff else "")


def _hit(school: School) -> Hit:
    where = ", ".join(filter(None, [school.get_phase_display(), school.town, f"URN {school.urn}", school.telephone]))
    return Hit(school.name, school.get_absolute_url(), where, school)
