"""How authorities work, as data: a file each beside this one, and files of an authority's own (R-16.1, section A).

A file has a `title` and the settings by name: under `[stated]` what the authority says itself, under `[default]` ours
where it is silent. What a file does not name stays as it is when it is adopted: ours name every setting but those
of `SILENT`, which are no way of working.
"""

from functools import cache
from pathlib import Path
from typing import Any

from astcoord.core.presets.reading import Preset, read

HERE = Path(__file__).parent
NAMES = ("croydon", "leeds", "leicester", "bradford", "east_sussex", "norfolk", "dfes", "school-to-school")
"""Ours, in the order in which they are offered."""

SILENT = frozenset(
    (
        *("authority_name", "authority_word", "department_word", "office_address", "office_email", "office_phone"),
        *("office_contact", "office_hours"),
        *("brand_colour", "ranking_weights", "office_idle_minutes", "others_idle_minutes", "second_step_roles"),
        "remember_devices",
    )
)
"""Who the authority is, how it ranks and how its people sign in: none of ours says anything of it."""


@cache
def of(name: str) -> Preset:
    """The preset `name`; KeyError, naming the presets there are, when there is none of that name."""
    if name not in NAMES:
        raise KeyError(f"no preset called {name!r}: choose one of {', '.join(NAMES)}")
    return read((HERE / f"{name}.toml").read_text(encoding="utf-8"), name=name)


def settings_of(name: str) -> dict[str, Any]:
    """The settings of the preset `name`, and its name; KeyError as `of`."""
    return {"preset": name, **of(name).settings}


def titles() -> list[tuple[str, str]]:
    """The name and the title of each, in their order."""
    return [(name, of(name).title) for name in NAMES]
