"""Addresses that can be written to: encoded or refused with words where they are typed, never at the mail server."""

from email.headerregistry import Address

import pytest
from django.apps import apps
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import EmailField

from astcoord.core import addresses, delivery, outbox, tidying
from astcoord.core.delivery import Outcome
from astcoord.core.models.messages import Message, MessageStatus
from astcoord.ui.forms import GovForm

CANNOT_BE_SENT = {
    "a long label": (f"a@{'x' * 64}.example", "63 characters"),
    "a label that is long once encoded": (f"a@{'é' * 60}.example", "cannot be sent"),
    "letters before the @": ("josé@oakfield.example", "do not take “é” before the @"),
    "a dot at the end": ("a@oakfield.example.", "end with a dot"),
    "a space": ("a b@oakfield.example", "spaces"),
    "a control character": ("a\x01@oakfield.example", "invisible"),
    "a zero-width character": ("a@oak\u200bfield.example", "invisible"),
    "a quoted name": ('"a\x7f"@oakfield.example', "invisible"),
    "quotation marks": ('"a..b"@oakfield.example', "quotation marks"),
    "an address of a machine": ("a@[127.0.0.1]", "brackets"),
    "a long name": (f"{'a' * 65}@oakfield.example", "64 characters"),
    "a letter that means another domain": ("a@straße.example", "cannot be sent"),
    "wide letters": ("a@ｏakfield.example", "cannot be sent"),
    "other dots": ("a@oak。field.example", "cannot be sent"),
}
each_bad_one = pytest.mark.parametrize(("address", "words"), CANNOT_BE_SENT.values(), ids=CANNOT_BE_SENT)


class AddressForm(GovForm):
    email = addresses.FormField(label="E-mail address")


@each_bad_one
def test_a_form_refuses_what_cannot_be_sent_and_says_why(address: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        addresses.sendable(address)
    form = AddressForm({"email": address})
    assert not form.is_valid()
    assert words in form.errors["email"][0] or "null characters" in form.errors["email"][0]


@pytest.mark.parametrize("address", ["nobody", "a@", "@b.example", "a@b", "a@@b.example"])
def test_what_is_no_address_at_all_gets_the_forms_own_words(address: str) -> None:
    form = AddressForm({"email": address})
    assert form.errors["email"] == ["Enter an email address in the correct format, like name@example.com"]


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("office@oakfield.example", "office@oakfield.example"),
        ("O'Neill+ast@OAKFIELD.example", "O'Neill+ast@OAKFIELD.example"),
        ("office@schule-köln.example", "office@xn--schule-kln-lcb.example"),
        ("office@cole\u0301.example", "office@xn--col-dma.example"),
        ("office@школа.example", "office@xn--80atdl2c.example"),
        ("office@学校.example", "office@xn--48s290a.example"),
        ("office@xn--48s290a.example", "office@xn--48s290a.example"),
    ],
)
def test_other_scripts_in_a_domain_are_encoded(address: str, sent: str) -> None:
    assert addresses.sendable(address) == sent
    assert AddressForm({"email": address}).is_valid()
    name, _, domain = sent.partition("@")
    assert Address(username=name, domain=domain).addr_spec == sent


@pytest.mark.parametrize("name", ["Müller, Ann", "王小明", "Ms “Jo” O’Neill", "a\u202eb", "(Head) <x>", ""])
@pytest.mark.django_db
def test_an_address_in_another_script_arrives_with_any_name(name: str) -> None:
    message = outbox.queue(key="k", kind="n", to=(name, "office@schule-köln.example"), subject="S", body="B")
    assert delivery.deliver(message.pk) == Outcome.SENT
    assert "office@xn--schule-kln-lcb.example" in mail.outbox[0].message()["To"]


@each_bad_one
@pytest.mark.django_db
def test_one_that_is_on_file_all_the_same_fails_at_once_with_words(address: str, words: str) -> None:
    message = outbox.queue(key="k", kind="n", to=("Head", address.replace("\x00", "")), subject="S", body="B")
    assert delivery.deliver(message.pk) == Outcome.FAILED
    message.refresh_from_db()
    assert words in message.error
    assert message.deaths == 0


@pytest.mark.django_db
def test_what_cannot_be_put_together_says_so_to_people_and_why_to_the_log(monkeypatch, caplog) -> None:
    def broken(claimed: Message):
        raise RuntimeError("0x7f secret innards")

    monkeypatch.setattr(delivery, "_email", broken)
    message = outbox.queue(key="k", kind="n", to="a@oakfield.example", subject="S", body="B")
    assert delivery.deliver(message.pk) == Outcome.FAILED
    message.refresh_from_db()
    assert message.status == MessageStatus.FAILED
    assert "innards" not in message.error
    assert "innards" in caplog.text


def test_a_file_with_such_an_address_is_told_why() -> None:
    with pytest.raises(ValueError, match="do not take “é” before the @"):
        tidying.addresses("josé@oakfield.example")
    assert tidying.addresses("josé@oakfield.example; a@oakfield.example") == ["a@oakfield.example"]


def test_every_address_of_a_table_goes_through_this_check() -> None:
    """But for the outbox, which takes what is on file."""
    plain = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, EmailField) and not isinstance(field, addresses.AddressField)
    }
    ours = {
        name for name in plain if name.partition(".")[0] in ("core", "schools", "staff", "placements", "evaluation")
    }
    assert ours == {"core.Message.to_email", "core.Message.reply_to"}


def test_to_migrations_it_is_djangos_own_field() -> None:
    assert addresses.AddressField().deconstruct()[1] == models.EmailField().deconstruct()[1].replace(".fields", "")
