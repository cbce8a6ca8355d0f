"""The outbox in the browser: e-mail as files, on one machine, and only where settings say so."""

import sys
from importlib import import_module, reload
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection
from django.urls import Resolver404, clear_url_caches, get_urlconf, resolve, set_urlconf

from astcoord.core import mail


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.EMAIL_BACKEND = "astcoord.core.mail.EmailBackend"
    return tmp_path / "outbox"


def write(subject: str, body: str = "Text") -> None:
    message = EmailMessage(subject, body, to=["head@oakfield.marlshire.example"])
    message.attach("letter.pdf", b"%PDF-1.7", "application/pdf")
    message.send()


def test_messages_become_files_newest_first(folder, clock):
    write("First")
    clock.shift(1)
    write("Second", "Your code is 123456: https://ast.marlshire.example/")
    assert [letter.subject for letter in mail.letters()] == ["Second", "First"]
    letter = mail.letter(mail.letters()[0].name)
    assert letter.to == "head@oakfield.marlshire.example"
    assert "123456" in letter.text
    assert [(a.filename, a.kind, a.content) for a in letter.attachments] == [
        ("letter.pdf", "application/pdf", b"%PDF-1.7")
    ]


def test_nothing_outside_the_folder_is_read(folder, tmp_path):
    write("First")
    (tmp_path / "secret.eml").write_text("Subject: secret\n\n")
    assert mail.letter("../secret") is None


def test_a_folder_that_is_not_there_yet_is_empty(folder):
    assert mail.letters() == []


def test_half_written_files_are_not_shown(folder):
    get_connection().send_messages([])
    (folder / ".20261006T090000000000-aaaa").write_text("Subject: half")
    assert mail.letters() == []


@pytest.fixture
def mounted(settings):
    """The URLs as development has them."""

    def again() -> None:
        for name in ("astcoord.core.urls", settings.ROOT_URLCONF):
            reload(sys.modules.get(name) or import_module(name))
        clear_url_caches()
        set_urlconf(get_urlconf())

    settings.READABLE_OUTBOX = True
    again()
    yield
    settings.READABLE_OUTBOX = False
    again()


def test_not_there_unless_settings_say_so():
    with pytest.raises(Resolver404):
        resolve("/outbox/")


@pytest.mark.django_db
def test_pages_show_codes_and_papers_without_signing_in(folder, mounted, client):
    write("Your code", "It is 123456. <b>Not bold</b>")
    page = client.get("/outbox/")
    assert page.status_code == 200
    assert "Your code" in page.content.decode()
    name = mail.letters()[0].name
    letter = client.get(f"/outbox/{name}/").content.decode()
    assert "123456" in letter
    assert "&lt;b&gt;Not bold" in letter
    paper = client.get(f"/outbox/{name}/0/")
    assert paper["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert paper.content == b"%PDF-1.7"
    assert client.get(f"/outbox/{name}/1/").status_code == 404
    assert client.get("/outbox/unknown/").status_code == 404
