"""E-mail as files, for one machine without a relay: every message, sign-in codes included, as one .eml in a folder."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

STAMP = "%Y%m%dT%H%M%S%f"


class EmailBackend(BaseEmailBackend):
    """Writes each message into `settings.OUTBOX_DIR`, whole or not at all, under a name that sorts by time."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.OUTBOX_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{datetime.now(UTC):{STAMP}}-{uuid4().hex[:8]}"
            draft = folder / f".{name}"
            draft.write_bytes(message.message().as_bytes())
            os.replace(draft, folder / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class Attached:
    filename: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """One file of the outbox, read."""

    name: str
    to: str
    subject: str
    written_at: datetime
    text: str
    attachments: list[Attached]


def letters(limit: int = 200) -> list[Letter]:
    """The newest messages of the folder, newest first."""
    return [_read(path) for path in sorted(Path(settings.OUTBOX_DIR).glob("*.eml"), reverse=True)[:limit]]


def letter(name: str) -> Letter | None:
    """The message of this name, or None. `name` is looked up in the folder, never opened as a path."""
    found = [path for path in Path(settings.OUTBOX_DIR).glob("*.eml") if path.stem == name]
    return _read(found[0]) if found else None


def _read(path: Path) -> Letter:
    parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = parsed.get_body(preferencelist=("plain", "html"))
    return Letter(
        name=path.stem,
        to=str(parsed["To"]),
        subject=str(parsed["Subject"]),
        written_at=datetime.strptime(path.stem.partition("-")[0], STAMP).replace(tzinfo=UTC),
        text=body.get_content() if body else "",
        attachments=[
            Attached(part.get_filename() or "attachment", part.get_content_type(), _bytes(part.get_content()))
            for part in parsed.iter_attachments()
        ],
    )


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
