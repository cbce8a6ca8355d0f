"""Run by itself, with nothing of ours around it: a workbook on standard input, its rows as lines of JSON on the output.

A workbook of a few kilobytes can ask for half a terabyte (one cell in its last corner does), and the reader then takes
its whole process down. So it has one of its own, with a limit: `docs/decisions/` says more. Another of a few kilobytes
names one long text in many cells, so what is given out has a limit, too. Each line is a list of cells, or
{"sheet": its name}; the exit code is 3 for a password, 5 for too much.
"""

import datetime
import json
import sys
from typing import Any

MEMORY = 1536 * 1024 * 1024
MOST_SHEETS = 30
MOST_GIVEN = 64 * 1024 * 1024
"""Characters of all lines together."""
PASSWORD, UNREADABLE, TOO_MUCH = 3, 4, 5


class TooMuch(Exception):
    """More was to be given out than may be."""


def limit() -> None:
    """What the system lets us: Windows has no such limit."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def words(value: Any) -> str:
    """A cell as a person would type it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".10g")
    if isinstance(value, datetime.datetime):
        whole = value.time() == datetime.time()
        return value.strftime("%d/%m/%Y" if whole else "%d/%m/%Y %H:%M")
    return value.strftime("%d/%m/%Y") if isinstance(value, datetime.date) else str(value)


class Output:
    """Standard output, as long as there is not too much of it."""

    given = 0

    def line(self, value: Any) -> None:
        text = json.dumps(value)
        self.given += len(text)
        if self.given > MOST_GIVEN:
            raise TooMuch
        print(text)


def main(most_rows: int) -> int:
    """Every visible sheet, row by row, until there are more than `most_rows` with something in them."""
    import io  # noqa: PLC0415

    import python_calamine as calamine  # noqa: PLC0415

    out = Output()
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        visible = [meta.name for meta in book.sheets_metadata if meta.visible == calamine.SheetVisibleEnum.Visible]
        for name in visible[:MOST_SHEETS]:
            sheet = book.get_sheet_by_name(name)
            out.line({"sheet": name})
            filled = 0
            for row in sheet.to_python(skip_empty_area=False, nrows=4 * most_rows):
                cells = [words(cell) for cell in row]
                filled += any(cells)
                out.line(cells if any(cells) else [])
                if filled > most_rows:
                    break
    except calamine.PasswordError:
        return PASSWORD
    except calamine.CalamineError:
        return UNREADABLE
    except TooMuch:
        return TOO_MUCH
    return 0


if __name__ == "__main__":
    limit()
    sys.exit(main(int(sys.argv[1])))
