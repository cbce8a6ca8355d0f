"""How placements are found: by AST, either school, subject and number, in every state (R-20.1)."""

from django.db.models import Q
from django.urls import reverse

from astcoord.core import finding, search
from astcoord.core.roles import AUTHORITY, Role
from astcoord.core.search import Hit, Hits
from astcoord.core.wording import date_words, days_words
from placements.placement.models import Placement
from staff.accounts.models import User
from staff.expertise.called import subjects_called

COLUMNS = ("host__name_key", "home__name_key", "post__user__name_key")


def by_word(word: str) -> Q:
    """By number, P00012 or 12, and by what schools call a subject."""
    return finding.numbered("P")(word) | Q(subject__in=subjects_called(word))


def register() -> None:
    search.register("placements", _look, order=20, letter="P", address=_address)


def _look(user: User, text: str) -> Hits:
    found = finding.found_by(Placement.objects.visible_to(user), user, text, COLUMNS, by_word)
    return finding.first(found.with_people().order_by("-pk"), _hit, _list(user, text))


def _hit(placement: Placement) -> Hit:
    days = f"{(placement.starts_on and date_words(placement.starts_on)) or 'no first day yet'}"
    line = ", ".join([placement.get_subject_display(), days_words(placement.days), days])
    return Hit(str(placement), placement.get_absolute_url(), line, placement)


def _list(user: User, text: str) -> str:
    """The list that this person has: all, those at the school, one's own."""
    if user.has_role(*AUTHORITY):
        return finding.list_url("placements:placement_list", name=text)
    if user.has_role(Role.HEADTEACHER):
        return finding.list_url("placements:placements_at_school", name=text)
    return finding.list_url("placements:my_placements", name=text)


def _address(user: User, number: int) -> str:
    found = Placement.objects.visible_to(user).filter(pk=number).exists()
    return reverse("placements:placement_detail", args=[number]) if found else ""
