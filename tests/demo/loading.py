"""Loads the demonstration as a person would, by its command."""

from io import StringIO
from typing import Any

from django.core.management import call_command


def load(**options: Any) -> str:
    """What the command says."""
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()
