"""Files that hold everybody's data: for the eyes of whoever runs the command, and there whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from astcoord.core.problems import Problem, Refused


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write, which has its name only once it is whole. Refused where something of the name is there."""
    part = path.with_name(f"{path.name}.part")
    _refuse_taken(path)
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            part.unlink()
            raise
    part.rename(path)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """The same for a folder."""
    part = path.with_name(f"{path.name}.part")
    _refuse_taken(path)
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    try:
        yield part
    except BaseException:
        shutil.rmtree(part)
        raise
    part.rename(path)


def _refuse_taken(path: Path) -> None:
    if path.exists():
        raise Refused([Problem(f"{path} is there already. Move it away first, or give another name.")])
    if not path.resolve().parent.is_dir():
        raise Refused([Problem(f"{path.resolve().parent} is not a folder.")])
