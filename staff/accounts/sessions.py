"""Ending sessions and codes under way, so that what has changed of an account counts at once on every machine.

Django holds each session against the account's `get_session_auth_hash`, which here knows the address and the roles: a
change of one of these ends sessions by itself. The same is asked of whoever is only about to sign in.
"""

from datetime import timedelta
from time import time
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from astcoord.core import policy
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY
from astcoord.core.wording import date_words
from staff.accounts.models import User

ASKED = "sign_in_asked"
PROVED = "proved_at"
REMEMBER, REMEMBERED = "remember", "remembered_until"
REMEMBERED_FOR = timedelta(days=30)
"""So long†, where the policy allows it, a device stays signed in that its owner has asked to remember."""
NOT_ANY_MORE = "You were signed out because devices are no longer remembered here."
FRESH_FOR = 10 * 60
"""Seconds after signing in, or after confirming once more, in which the way to sign in may be changed."""
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


def prove(request: HttpRequest) -> None:
    """Note that whoever sits here has just shown who they are."""
    request.session[PROVED] = time()


def proved_at(request: HttpRequest) -> float:
    """When that was last, in seconds since 1970; 0 for never."""
    return float(request.session.get(PROVED, 0))


def is_fresh(request: HttpRequest) -> bool:
    """Whether it was just now."""
    return time() - proved_at(request) < FRESH_FOR


def signed_in(sender: Any, *, request: HttpRequest, **extra: Any) -> None:
    """Somebody has signed in, whichever way."""
    prove(request)
    asked_by = request.session.pop(REMEMBER, "")
    person = extra.get("user")
    if person is not None and asked_by == person.email.casefold() and may_be_remembered(person):
        until = timezone.now() + REMEMBERED_FOR
        request.session.set_expiry(until)
        request.session[REMEMBERED] = date_words(timezone.localdate(until))


def devices_are_remembered() -> bool:
    """Whether the policy lets people stay signed in on a device of their own."""
    return policy.in_force(today()).remember_devices


def may_be_remembered(person: User) -> bool:
    """Nobody at the authority, and nobody who needs a second step: they take it each time."""
    rules = policy.in_force(today())
    return rules.remember_devices and not person.has_role(*AUTHORITY, *rules.second_step_roles)


def ask_to_remember(request: HttpRequest, email: str, *, asked: bool) -> None:
    """Note what whoever is about to sign in with this address wants for this device."""
    request.session[REMEMBER] = email.casefold() if asked else ""


def is_remembered(request: HttpRequest) -> bool:
    """Whether this session goes on for longer than a day."""
    return REMEMBERED in request.session


def confirmed(sender: Any, *, request: HttpRequest, **extra: Any) -> None:
    """Somebody who is signed in has confirmed it once more."""
    if extra.get("reauthenticated"):
        prove(request)


def idle_minutes(person: User) -> int:
    """After how many minutes without use this person is signed out; 0 for never. By the policy."""
    rules = policy.in_force(today())
    return rules.office_idle_minutes if person.has_role(*AUTHORITY) else rules.others_idle_minutes


def last_used(request: HttpRequest) -> float:
    """When this session was last used, in seconds since 1970.

    A cookie of its own says so, signed for this session. A row would be written for every page, and two pages at once
    would overwrite what the other has put into the session. An old cookie, or none, is worth no more than the sign-in.
    """
    try:
        used = int(_signer(request).unsign(request.COOKIES.get(_cookie(), "")))
    except (signing.BadSignature, ValueError):
        used = 0
    return max(used, proved_at(request))


def note_use(request: HttpRequest, response: HttpResponse) -> None:
    """Say in the cookie that the session is in use."""
    signed = _signer(request).sign(str(int(time())))
    response.set_cookie(_cookie(), signed, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")


def _signer(request: HttpRequest) -> signing.Signer:
    return signing.Signer(salt=f"staff.accounts.sessions:{request.session.session_key}")


def _cookie() -> str:
    return f"{settings.SESSION_COOKIE_NAME}-used"
