"""Draws every state machine from its table into `docs/lifecycles.md`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from astcoord.core.lifecycle import Machine

INTRODUCTION = """# Lifecycles

Drawn from the transition tables by `manage.py draw_lifecycles`; a test fails when this page is not current.
An arrow's label is the move's name in the code, and in brackets who may make it.
"""


def page() -> str:
    """The whole page, machines in alphabetical order."""
    parts = [INTRODUCTION]
    for name, machine in sorted(Machine.known.items()):
        states = "\n".join(f"- `{value}`: {label}" for value, label in machine.states.choices)
        parts.append(f"## {name[0].upper()}{name[1:]}\n\n```mermaid\n{machine.mermaid()}\n```\n\n{states}\n")
    return "\n".join(parts)


class Command(BaseCommand):
    help = "Draw the state machines into docs/lifecycles.md. With --check, only say whether the page is current."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the page is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(settings.BASE_DIR) / "docs" / "lifecycles.md"
        if options["check"]:
            if not target.exists() or target.read_text() != page():
                raise CommandError("docs/lifecycles.md is out of date: run manage.py draw_lifecycles")
            return
        target.write_text(page())
        self.stdout.write(f"{len(Machine.known)} machines drawn in {target.relative_to(settings.BASE_DIR)}")
