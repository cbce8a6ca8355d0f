"""`add_person EMAIL NAME ROLE`: the first co-ordinator, and anybody else without a browser."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from astcoord.core import addresses
from astcoord.core.commands import OurCommand
from astcoord.core.problems import Refused
from astcoord.core.roles import Role
from schools.register.models import School
from staff.accounts.actions.people import add_person
from staff.accounts.models import RoleAssignment
from staff.expertise.vocabulary import Subject


class Command(OurCommand):
    help = (
        "Give a person a role and send the invitation that says how to sign in. The account is made if the address "
        "is new. Safe to repeat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address to sign in with")
        parser.add_argument("name", help="first name and surname, in quotation marks")
        parser.add_argument("role", choices=Role.values, metavar="role", help=", ".join(Role.values))
        parser.add_argument("--school", type=int, metavar="URN", help="for a headteacher or governor")
        parser.add_argument("--chair", action="store_true", help="the governor chairs the governing body")
        parser.add_argument(
            "--subject", action="append", default=[], choices=Subject.values, metavar="SUBJECT", help="for a consultant"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        school = self.school(options["school"])
        before = RoleAssignment.objects.count()
        try:
            addresses.validate(options["email"])
            given = add_person(
                name=options["name"],
                email=options["email"],
                role=options["role"],
                school=school,
                subjects=options["subject"],
                is_chair=options["chair"],
                by=None,
            )
        except ValidationError as error:
            raise CommandError(f"“{options['email']}” is not an e-mail address. {addresses.words(error)}.") from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        words = "can sign in with" if RoleAssignment.objects.count() > before else "already had this role:"
        self.stdout.write(f"{given.user.name}, {given}, {words} {given.user.email}.")

    def school(self, urn: int | None) -> School | None:
        if urn is None:
            return None
        school = School.objects.filter(urn=urn).first()
        if school is None:
            raise CommandError(f"No school has URN {urn}. Import the register first.")
        return school
