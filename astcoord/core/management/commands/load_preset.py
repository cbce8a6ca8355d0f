"""`load_preset croydon --authority "Marlshire County Council"`: an authority's policy (R-16.1)."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from astcoord.core import policy, presets
from astcoord.core.clock import today
from astcoord.core.commands import OurCommand
from astcoord.core.models.policy import Policy
from astcoord.core.policy_changes import LABELS, adopt, check, differences, from_preset
from astcoord.core.policy_events import ADOPTING, Adopting
from astcoord.core.presets.reading import Preset, read
from astcoord.core.problems import Refused


def day(words: str) -> date:
    """A day as it is typed."""
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise ArgumentTypeError(f"{words} is no day: write it as 2027-01-31") from error


class Command(OurCommand):
    help = (
        "Set the policy to one of the presets from a day on: "
        + ", ".join(presets.NAMES)
        + "; or to the settings of a file of your own. What the preset does not name stays as it is, among it the "
        "authority's name, address and colour. The policy before is kept, and signed contracts keep theirs. Safe to "
        "repeat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the preset, or a file whose name ends with .toml")
        parser.add_argument("--authority", metavar="NAME", help="the authority's name, such as “X County Council”")
        parser.add_argument("--from", dest="start", type=day, metavar="DATE", help="2026-09-01; today")
        parser.add_argument("--compare", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        start = options["start"] or today()
        before = policy.in_force(start)
        who = {"authority_name": options["authority"]} if options["authority"] else {}
        try:
            preset = _preset(options["name"])
            new = check(from_preset(preset, before, valid_from=start, **who))
            self._say(before, new, preset)
            if options["compare"]:
                return
            adopted = adopt(new, by=None, reason=f"Preset {preset.title}")
        except Refused as refusal:
            raise CommandError("\n".join(problem.message for problem in refusal.problems)) from refusal
        except ValidationError as error:
            wrong = "; ".join(f"{LABELS.get(f, f)}: {' '.join(words)}" for f, words in error.message_dict.items())
            raise CommandError(wrong) from error
        if before.pk and adopted.pk == before.pk:
            self.stdout.write(f"{preset.title} is in force already: nothing was changed.")
            return
        self.stdout.write(f"{adopted}: {preset.title}")

    def _say(self, before: Policy, new: Policy, preset: Preset) -> None:
        for each in differences(before, new, stated=preset.stated):
            self.stdout.write(f"{each.label}: {each.before} → {each.after} ({each.source.lower()})")
        for section in ADOPTING.sections(Adopting(before, new, today())):
            for row in section.rows:
                self.stdout.write(f"{section.title}: {row.what}: {row.fate}")


def _preset(name: str) -> Preset:
    """One of ours, or a file's; CommandError if there is none such, Refused if the file is wrong."""
    try:
        return read(Path(name).read_text(encoding="utf-8-sig")) if name.endswith(".toml") else presets.of(name)
    except KeyError as error:
        raise CommandError(str(error.args[0])) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{name} cannot be read: {error}") from error
