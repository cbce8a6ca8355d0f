"""`load_preset croydon --authority "Marlshire County Council"`: an authority's policy (R-16.1)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from astcoord.core import policy, presets
from astcoord.core.clock import today
from astcoord.core.policy_changes import LABELS, adopt, differences, from_preset
from astcoord.core.problems import Refused


class Command(BaseCommand):
    help = (
        "Set the policy to one of the presets from a day on: "
        + ", ".join(presets.OVERRIDES)
        + ". The authority's name, address and colour stay as they are. The policy before is kept, and signed "
        "contracts keep theirs. Safe to repeat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the preset")
        parser.add_argument("--authority", metavar="NAME", help="the authority's name, such as “X County Council”")
        parser.add_argument("--from", dest="start", type=date.fromisoformat, metavar="DATE", help="2026-09-01; today")

    def handle(self, *args: Any, **options: Any) -> None:
        start = options["start"] or today()
        before = policy.in_force(start)
        who = {"authority_name": options["authority"]} if options["authority"] else {}
        try:
            new = from_preset(options["name"], before, valid_from=start, **who)
            adopted = adopt(new, by=None, reason=f"Preset {options['name']}")
        except KeyError as error:
            raise CommandError(str(error.args[0])) from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as error:
            wrong = "; ".join(f"{LABELS.get(f, f)}: {' '.join(words)}" for f, words in error.message_dict.items())
            raise CommandError(wrong) from error
        if before.pk and adopted.pk == before.pk:
            self.stdout.write(f"{options['name']} is in force already: nothing was changed.")
            return
        for each in differences(before, adopted):
            self.stdout.write(f"{each.label}: {each.before} → {each.after}")
        self.stdout.write(f"{adopted}: {options['name']}")
