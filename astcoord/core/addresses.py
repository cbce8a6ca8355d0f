"""E-mail addresses that can be written to: one check for every form, every import and the delivery.

Django's own check lets through what no mail server takes: a label of a domain that is too long once it is encoded, a
letter that has no encoding, a quoted name with control characters. What cannot be sent is refused where it is typed.
"""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models

LONGEST, LONGEST_NAME, LONGEST_LABEL = 254, 64, 63
"""Letters of an address, of what stands before its @, and between two dots after it (RFC 5321, RFC 1035)."""
UNSENDABLE = "unsendable"
"""The code of errors with words of their own; "invalid" is for the form's words."""


def sendable(address: str) -> str:
    """The address as mail servers want it: the domain in ASCII. Else ValidationError, saying what is wrong.

    >>> sendable("office@schule-köln.example")
    'office@xn--schule-kln-lcb.example'
    """
    name, at, domain = address.rpartition("@")
    if problem := _problem(name, at, domain):
        raise ValidationError(problem, code=UNSENDABLE)
    encoded = f"{name}@{_encoded(domain)}"
    if len(encoded) > LONGEST:
        raise ValidationError(f"The email address must have {LONGEST} characters or fewer", code=UNSENDABLE)
    validate_email(encoded)
    return encoded


def validate(address: str) -> None:
    """For fields: as `sendable`."""
    sendable(address)


def same(address: str) -> str:
    """What two spellings of one address have in common, for comparing. One that cannot be sent is left as it is."""
    try:
        return sendable(address).casefold()
    except ValidationError:
        return address.casefold()


def words(error: ValidationError) -> str:
    """What is wrong, as a sentence for a list or a log."""
    return " ".join(error.messages) if error.code == UNSENDABLE else "Write it like office@school.example"


class FormField(forms.EmailField):
    """An address in a form."""

    default_validators = [validate]


class AddressField(models.EmailField):
    """An address in a table. To migrations it is Django's own field: the column is the same."""

    default_validators = [validate]

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": FormField, **kwargs})


def _problem(name: str, at: str, domain: str) -> str:
    """What is wrong that can be said better than “not an address”; empty where nothing is."""
    unseen = any(unicodedata.category(sign) in ("Cc", "Cf", "Zs", "Zl", "Zp") for sign in name + domain)
    odd = next((sign for sign in name if not sign.isascii()), "")
    long_label = domain.isascii() and any(len(label) > LONGEST_LABEL for label in domain.split("."))
    found = (
        (not (at and name and domain), ""),
        (unseen, "The email address must not include spaces or invisible characters"),
        (domain.endswith("."), "The email address must not end with a dot"),
        (odd, f"Mail servers do not take “{odd}” before the @: ask for an email address without it"),
        (len(name) > LONGEST_NAME, f"The part before the @ must have {LONGEST_NAME} characters or fewer"),
        (name[:1] == '"' or domain[:1] == "[", "Enter an email address without quotation marks or brackets"),
        (long_label, f"The part after the @ has more than {LONGEST_LABEL} characters without a dot"),
    )
    return next((words for wrong, words in found if wrong), "")


def _encoded(domain: str) -> str:
    """The domain in ASCII, where that means the same domain and no other (“ß” would become “ss”)."""
    if domain.isascii():
        return domain
    try:
        encoded = domain.encode("idna")
        back = encoded.decode("idna")
    except UnicodeError:
        encoded, back = b"", ""
    if back != unicodedata.normalize("NFC", domain).lower():
        said = "The part after the @ has letters that cannot be sent: ask for the address that begins with “xn--”"
        raise ValidationError(said, code=UNSENDABLE)
    return encoded.decode("ascii")
