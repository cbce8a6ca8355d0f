"""`reset_second_step EMAIL --reason …`: for a co-ordinator who has lost phone and recovery codes, and is alone."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from astcoord.core.commands import OurCommand
from astcoord.core.problems import Refused
from staff.accounts.actions.accounts import reset_second_step
from staff.accounts.models import User


class Command(OurCommand):
    help = (
        "Remove somebody's authenticator app, passkeys and recovery codes, sign the person out everywhere and say so "
        "by e-mail. Make sure first that it is this person who asks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address that the person signs in with")
        parser.add_argument("--reason", required=True, help="how you made sure; it goes into the audit trail")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email__iexact=options["email"].strip()).first()
        if person is None:
            raise CommandError("There is no account with this address.")
        try:
            removed = reset_second_step(person=person, reason=options["reason"], by=None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("The second step is removed." if removed else "There was no second step on this account.")
