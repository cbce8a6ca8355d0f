"""Ending sessions, so that a suspended account or a new second step counts at once on every machine."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from staff.accounts.models import User


def end_all(person: User) -> None:
    """Sign somebody out everywhere.

    The sessions that are listed go. The random mark that every session carries is changed too, so that one which
    nobody listed is worth nothing either.
    """
    for session in UserSession.objects.filter(user=person):
        session.end()
    person.set_unusable_password()
    person.save(update_fields=["password"])


def end_others(request: HttpRequest | None, person: Any) -> None:
    """Sign somebody out everywhere but in this browser."""
    here = request.session.session_key if request is not None and hasattr(request, "session") else None
    for session in UserSession.objects.filter(user=person).exclude(session_key=here or ""):
        session.end()
