"""How requests are found: by school, subject, number, and the words in them, whatever has become of them (R-20.1)."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from astcoord.core import finding, search
from astcoord.core.roles import AUTHORITY
from astcoord.core.search import Hit, Hits
from astcoord.core.wording import date_words, days_words
from placements.requests.models import OutreachRequest
from staff.accounts.models import User
from staff.expertise.called import subjects_called

COLUMNS = ("host__name_key", "aspect", "need", "task")


def look_for(rows: Any, user: User, text: str) -> Any:
    """Of `rows` those in which each word of `text` occurs, as far as this person reads them; four queries at most."""
    return finding.found_by(rows, user, text, COLUMNS, _by_word)


def _by_word(word: str) -> Q:
    """By number, R00012 or 12, and by what schools call a subject."""
    return finding.numbered("R")(word) | Q(subject__in=subjects_called(word))


def register() -> None:
    search.register("requests", _look, order=10, letter="R", address=_address)


def _look(user: User, text: str) -> Hits:
    found = look_for(OutreachRequest.objects.visible_to(user), user, text).select_related("host").order_by("-pk")
    staff = user.has_role(*AUTHORITY)
    return finding.first(found, _hit, finding.list_url("placements:queue", q=text, group="all") if staff else "")


def _hit(request: OutreachRequest) -> Hit:
    days = "" if request.days is None else days_words(request.days)
    asked = f"asked on {date_words(request.submitted_at.date())}" if request.submitted_at else "not sent yet"
    line = ", ".join(filter(None, [request.get_subject_display(), days, asked]))
    return Hit(str(request), _url(request.pk), line, request)


def _address(user: User, number: int) -> str:
    found = OutreachRequest.objects.visible_to(user).filter(pk=number).exists()
    return _url(number) if found else ""


def _url(number: int) -> str:
    return reverse("placements:request_detail", args=[number])
