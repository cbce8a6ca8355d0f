"""What every command of ours begins with."""

from typing import Any

from django.core.management.base import BaseCommand

from astcoord.core import policy


class OurCommand(BaseCommand):
    """Whatever a command writes is said in the words of the policy in force (R-19.1)."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        with policy.own_words():
            return super().execute(*args, **options)
