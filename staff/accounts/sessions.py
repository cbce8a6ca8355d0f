"""Ending sessions and codes under way, so that what has changed of an account counts at once on every machine.

Django holds each session against the account's `get_session_auth_hash`, which here knows the address and the roles: a
change of one of these ends sessions by itself. The same is asked of whoever is only about to sign in.
"""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from staff.accounts.models import User

ASKED = "sign_in_asked"
CHANGED = "Your account has been changed since you asked for this code. Ask for a new one."


def remember(request: HttpRequest, person: User | None) -> None:
    """Note what the account was when somebody asked to sign in, so that a change until then is noticed."""
    request.session[ASKED] = [person.pk, person.get_session_auth_hash()] if person else None


def is_unchanged(request: HttpRequest, person: User | None) -> bool:
    """Whether address, roles and mark are still what they were when this person asked for a code here."""
    asked = request.session.get(ASKED)
    if asked is None or person is None or asked[0] != person.pk:
        return True
    return constant_time_compare(asked[1], person.get_session_auth_hash())


def stay(request: HttpRequest, person: User) -> None:
    """Keep this session of somebody who has just changed the own account; all others end."""
    request.session[HASH_SESSION_KEY] = User.objects.get(pk=person.pk).get_session_auth_hash()


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
