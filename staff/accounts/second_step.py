"""Who needs a second step to sign in, and what happens when one comes or goes."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest

from astcoord.core import audit, policy
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.wording import counted, plural
from staff.accounts import emails, sessions
from staff.accounts.models import User

REQUIRED_OF = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR, Role.CONSULTANT})
"""They see what belongs to many schools, so that a mailbox alone must not be enough."""

REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes alone are no second step: they are a way back to one."""


def is_wanting(user: User) -> bool:
    """Whether this person must set up a second step before anything else, by the installation or by the policy."""
    required = settings.REQUIRE_SECOND_FACTOR and user.has_role(*REQUIRED_OF)
    by_policy = required or user.has_role(*policy.in_force(today()).second_step_roles)
    return bool(by_policy) and not has_one(user)


def is_offered(user: User) -> bool:
    """Whether somebody who needs none is asked once whether they want one."""
    return user.second_step_declined is None and bool(user.role_set) and not has_one(user)


def has_one(user: User) -> bool:
    """Whether an authenticator app or a passkey is set up."""
    return bool(Authenticator.objects.filter(user=user, type__in=REAL).exists())


def came(sender: Any, *, request: HttpRequest | None, user: User, authenticator: Authenticator, **extra: Any) -> None:
    """One was set up: other sessions began without it and end, the person is told, the trail says so."""
    if authenticator.type not in REAL:
        return
    with transaction.atomic():
        sessions.end_others(request, user)
        _tell(user, f"Second step set up: {_name(authenticator)}", "has been set up for signing in as you.")


def went(sender: Any, *, user: User, authenticator: Authenticator, **extra: Any) -> None:
    """One was removed: the person is told, the trail says so."""
    if authenticator.type not in REAL:
        return
    with transaction.atomic():
        _tell(user, f"Second step removed: {_name(authenticator)}", "no longer works for signing in as you.")


def used(sender: Any, *, request: HttpRequest | None, user: User, authenticator: Authenticator, **extra: Any) -> None:
    """A recovery code was used: the trail says so, the person is told by e-mail and here, with how many are left."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        return
    left = len(Authenticator.objects.get(pk=authenticator.pk).wrap().get_unused_codes())
    words = f"One of your recovery codes has been used. {counted(left, 'code')} {plural(left, 'is', 'are')} left."
    if not left:
        words += " Get new ones on the page “Security”."
    with transaction.atomic():
        event = audit.record("Recovery code used", user, by=user, after={"codes left": left})
        emails.tell_of_sign_in(user, words, number=event.pk)
    if request is not None:
        messages.warning(request, words)


def renewed(sender: Any, *, user: User, authenticator: Authenticator, **extra: Any) -> None:
    """New recovery codes were made, and the old ones are worth nothing: told and written down."""
    with transaction.atomic():
        event = audit.record("New recovery codes made", user, by=user)
        words = "New recovery codes have been made for signing in as you. The old ones no longer work."
        emails.tell_of_sign_in(user, words, number=event.pk)


def _tell(user: User, verb: str, words: str) -> None:
    event = audit.record(verb, user, by=user)
    emails.tell_of_sign_in(user, f"{verb.partition(': ')[2].capitalize()} {words}", number=event.pk)


def _name(authenticator: Authenticator) -> str:
    return "an authenticator app" if authenticator.type == Authenticator.Type.TOTP else "a passkey or key"
