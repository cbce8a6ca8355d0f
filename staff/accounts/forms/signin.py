"""Sign-in forms in the design system's words."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms


class RequestCodeForm(RequestLoginCodeForm):
    """Step one: where to send the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = "Email address"
        email.help_text = "We will email you a 6-digit code. You do not need a password."
        email.error_messages["required"] = "Enter your email address"
        email.error_messages["invalid"] = "Enter an email address in the correct format, like name@example.com"


class ConfirmCodeForm(ConfirmLoginCodeForm):
    """Step two: the code that came."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = "6-digit code"
        code.help_text = "It can take a few minutes to arrive."
        code.widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
        )
        code.error_messages["required"] = "Enter the 6-digit code from the email"
