"""A fictional authority in the middle of its year, to try the software on."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from astcoord.core import presets
from astcoord.core.clock import today
from astcoord.core.commands import OurCommand
from astcoord.core.models.policy import Policy
from astcoord.core.roles import Role
from astcoord.demo import plot, scene
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User

SHOWN = (
    (
        Role.COORDINATOR,
        "Bryony Quill",
        "everything: the queue, matching, a plan of the term, contracts, letters, policy",
    ),
    (Role.ADMINISTRATOR, "Idris Fenwick-Moss", "enters for the office, approves nothing"),
    (Role.HEADTEACHER, "Rowan Oakhanger", "Fernleigh Primary School, a request to confirm, and an active placement"),
    (Role.HEADTEACHER, "Tamsin Ashgrove", "Hollowbrook School, says whether its AST may help a school"),
    (Role.HEADTEACHER, "Honor Trevanion", "Eastmarsh Community School, a contract to sign"),
    (Role.AST, "Wren Castellow", "mathematics, a match to answer, a diary and an accepted review"),
    (Role.AST, "Rosalind Tarn", "history, a match to answer, to which the home head has said yes"),
    (Role.GOVERNOR, "Petra Underhill", "chair at Fernleigh Primary School: the summary"),
    (Role.OFFICER, "Greta Larkwood", "reads, changes nothing"),
)


class Command(OurCommand):
    help = (
        "Load Marlshire, a fictional authority mid-way through a school year, with every state of the main road on "
        "show, and print how to sign in. Safe to run again: it changes nothing that is there. Refuses a database "
        "that holds somebody else’s schools."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--preset", default="croydon", choices=presets.NAMES, help="whose policy to use")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Policy.objects.filter(authority_name=scene.AUTHORITY).exists():
            if School.objects.exists() or User.objects.exists():
                raise CommandError(
                    "This database already holds schools or people. The demonstration needs an empty one: "
                    "set DATABASE_URL to another, or delete var/astcoord.sqlite3 if it may go."
                )
            self.stdout.write("Making Marlshire: schools, people and a year’s stories …")
            self.stdout.flush()
            with transaction.atomic():
                plot.tell(scene.build(today(), options["preset"]))
        self._how_to_sign_in()

    def _how_to_sign_in(self) -> None:
        self.stdout.write(f"\nSign in at {settings.SITE_URL} with one of these addresses:\n")
        held = dict(RoleAssignment.objects.values_list("user__name", "user__email"))
        for role, name, what in SHOWN:
            if name in held:
                self.stdout.write(f"  {held[name]:<42} {role.label}: {what}")
        if settings.READABLE_OUTBOX:
            self.stdout.write(f"\nThe 6-digit codes, and every other e-mail, are at {settings.SITE_URL}/outbox/\n")
