"""`import_results` as somebody runs it."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command


def load(path: Path, *args: str) -> tuple[str, str, int]:
    """The last line, standard error, and the exit code."""
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("import_results", str(path), *args, stdout=out, stderr=err)
    except SystemExit as stop:
        code = int(str(stop.code))
    return out.getvalue().strip().splitlines()[-1], err.getvalue(), code
