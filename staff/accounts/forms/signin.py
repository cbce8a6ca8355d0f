"""Sign-in forms in the design system's words."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django import forms
from django.conf import settings
from django.http import HttpRequest

from astcoord.core import addresses, tries
from astcoord.core.words import say_later
from staff.accounts import sessions

TRIES, WITHIN = 5, 300
"""So many tries at one person's second step within so many seconds, from wherever they come."""

APP_CODE_LIVES = 90
"""Seconds after which no app's code of before is taken for right."""


def one_more_code(request: HttpRequest, email: str) -> bool:
    """Whether one more code may go to this address and be asked for from this network. Counts it."""
    limits = [("network", get_ip(request), *limit) for limit in settings.CODES_A_NETWORK]
    limits += [("address", email.lower(), *limit) for limit in settings.CODES_AN_ADDRESS]
    return all(
        tries.one_more(f"codes of {kind}:{whose}:{within}", most=most, within=within)
        for kind, whose, most, within in limits
    )


class RequestCodeForm(RequestLoginCodeForm):
    """Step one: where to send the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = "Email address"
        email.validators.append(addresses.validate)
        email.help_text = "We will email you a 6-digit code. You do not need a password."
        email.error_messages["required"] = "Enter your email address"
        email.error_messages["invalid"] = "Enter an email address in the correct format, like name@example.com"

    def clean_email(self) -> str:
        if not one_more_code(context.request, self.cleaned_data["email"]):
            raise get_adapter().validation_error("too_many_login_attempts")
        email: str = super().clean_email()
        return email


class ConfirmCodeForm(ConfirmLoginCodeForm):
    """Step two: the code that came, and whether this device is one's own, where the policy asks."""

    remember = forms.BooleanField(
        label="Remember this device for 30 days",
        help_text=say_later(
            "Only on a device that nobody else uses. People of the authority, and whoever needs a second step, sign in "
            "each time."
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = "6-digit code"
        code.help_text = "It can take a few minutes to arrive."
        code.widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
        )
        code.error_messages["required"] = "Enter the 6-digit code from the email"
        if not sessions.devices_are_remembered():
            del self.fields["remember"]


class _Counted(BaseAuthenticateForm):
    """The code of an app, or a recovery code; tries and use are counted in the database (`astcoord.core.tries`)."""

    def clean_code(self) -> str:
        by_person = f"second step:{self.user.pk}"
        if not tries.one_more(by_person, most=TRIES, within=WITHIN):
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not self._is_new(code):
            raise get_adapter().validation_error("incorrect_code")
        tries.forget(by_person)
        return code

    def _is_new(self, code: str) -> bool:
        """An app's code works once. Recovery codes are ticked off by the package, under a lock."""
        digits = "".join(character for character in code if character.isdigit())
        return tries.one_more(f"app code:{self.authenticator.pk}:{digits}", most=1, within=APP_CODE_LIVES)


class SecondStepForm(_Counted, AuthenticateForm):
    """On the way in."""


class ConfirmSecondStepForm(_Counted, ReauthenticateForm):
    """Once more, before something that is guarded."""


class SetUpAppForm(ActivateTOTPForm):
    """An authenticator app is set up: the secret that was scanned stays until it is, also if one comes back later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session = context.request.session
        scanned = session.get(SECRET_SESSION_KEY)
        super().__init__(*args, **kwargs)
        if scanned:
            self.secret = session[SECRET_SESSION_KEY] = scanned
