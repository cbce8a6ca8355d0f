"""How the sign-in package behaves here: its words, and what it does when the mail relay is away."""

import logging
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone

from astcoord.core import policy, relay
from astcoord.core.words import say, say_later
from staff.accounts import sessions
from staff.accounts.models import User

logger = logging.getLogger(__name__)

NOT_SENT = "The e-mail could not be sent just now. Wait a few minutes, then ask for a new code."


class AccountAdapter(DefaultAccountAdapter):
    """People are invited: nobody signs themselves up."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": "Enter the 6-digit code from the newest e-mail: this one is not right",
        "too_many_login_attempts": "That was too many tries. Wait a few minutes, then ask for a new code",
        "rate_limited": "This has been tried too often. Wait a few minutes, then try again",
        "account_inactive": say_later("This account is closed. Ask the AST co-ordinator"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_user_search_fields(self) -> list[str]:
        return ["email", "name"]

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """There are no user names here."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ours to say, for people with and without a second step alike (`staff.accounts.middleware`)."""
        return not sessions.is_fresh(self.request)

    def login(self, request: HttpRequest, user: User) -> None:
        """The last step, after code and app: refused if the account has been changed or closed on the way."""
        if not user.is_active:
            raise ImmediateHttpResponse(redirect("account_inactive"))
        if not sessions.is_unchanged(request, user):
            messages.error(request, sessions.CHANGED)
            raise ImmediateHttpResponse(redirect("account_request_login_code"))
        request.session.pop(sessions.ASKED, None)
        super().login(request, user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a code. Whether or not the address is known, a relay that is away looks the same, and is no error."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # smtplib's errors are of this kind too
            logger.error("A sign-in e-mail could not be sent: %s", type(error).__name__)
            if relay.is_about_the_relay(error):
                relay.trip(timezone.now(), relay.reason(error))  # the office is told, and letters wait
            messages.error(self.request, NOT_SENT)
        else:
            relay.mend(relay.state())


class MFAAdapter(DefaultMFAAdapter):
    """The second step, in the house's words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Enter the code that your app shows now, or a recovery code: this one is not right",
        "cannot_generate_recovery_codes": "Set up an authenticator app or a passkey first",
        "cannot_delete_authenticator": "This cannot be removed",
    }

    def get_totp_issuer(self) -> str:
        """What the app on the phone calls this service."""
        return f"{say('AST')} support, {policy.in_force().authority_name}"
