"""What every answer carries, what production refuses, what an upload may be and how a file leaves."""

import io
import os
import re
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

from astcoord.core import documents
from astcoord.core.management.commands import serve
from schools.register.models import PendingImport
from tests.cast import Cast
from tests.core.test_settings import ENVIRONMENT

PRODUCTION = {**ENVIRONMENT, "DATABASE_URL": "sqlite://:memory:"}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, as production would start it."""
    needed = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "astcoord.settings.production"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env={**needed, **environment},
        cwd=configured.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_finds_nothing(tmp_path: Any) -> None:
    result = manage("check", "--deploy", "--fail-level", "INFO", **{**PRODUCTION, "VAR_DIR": str(tmp_path)})
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout
    (silenced,) = re.findall(r"\((\d) silenced\)", result.stdout)
    assert int(silenced) <= 1, "only the question of preloading is left to the authority's domain"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SECRET_KEY": "for-development-only-never-in-production" + "x" * 20}, "an example's"),
        ({"DEBUG": "true"}, "DEBUG is on"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty"),
        ({"READABLE_OUTBOX": "true"}, "READABLE_OUTBOX is on"),
    ],
)
def test_production_does_not_start_unsafe(change: dict[str, str], words: str) -> None:
    result = manage("check", **{**PRODUCTION, **change})
    assert result.returncode != 0
    assert words in result.stderr


def test_production_insists_on_the_second_step(tmp_path: Any) -> None:
    environment = {**PRODUCTION, "VAR_DIR": str(tmp_path), "REQUIRE_SECOND_FACTOR": "false"}
    code = "from django.conf import settings as s; print(s.REQUIRE_SECOND_FACTOR, s.SESSION_COOKIE_NAME)"
    result = manage("shell", "--no-imports", "-c", code, **environment)
    assert result.stdout.split()[-2:] == ["True", "__Host-session"], result.stderr


@pytest.mark.django_db
def test_every_page_carries_a_strict_policy_with_a_fresh_nonce(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    nonces = set()
    for path in ("/", reverse("staff:people"), reverse("privacy"), "/nowhere/"):
        response = client.get(path)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "*" not in policy
        assert "frame-ancestors 'none'" in policy
        (nonce,) = re.findall(r"'nonce-([^']+)'", policy)
        nonces.add(nonce)
        page = response.content.decode()
        inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page)
        run = [tag for tag in inline if "application/json" not in tag]
        assert run
        assert all(f'nonce="{nonce}"' in tag for tag in run)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", page)
    assert len(nonces) == 4


@pytest.mark.django_db
def test_every_answer_is_kept_out_of_stores_frames_and_devices(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    for path in ("/", reverse("privacy"), "/nowhere/"):
        headers = client.get(path).headers
        assert headers["Cache-Control"].startswith("no-store") or "no-cache" in headers["Cache-Control"]
        assert headers["Permissions-Policy"].startswith("camera=()")
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_http_becomes_https_and_stays_so(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31536000
    plain = client.get(reverse("privacy"))
    assert plain.status_code == 301
    assert plain.headers["Location"].startswith("https://")
    assert "max-age=31536000" in client.get(reverse("privacy"), secure=True).headers["Strict-Transport-Security"]


def spreadsheet() -> bytes:
    """The beginning of what Excel saves, under whatever name."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return kept.getvalue()


DISGUISED = {
    "a spreadsheet": spreadsheet(),
    "a program": b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 600,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 200,
    "a PDF": b"%PDF-1.7\n1 0 obj\n",
    "a page": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "nothing": b"",
    "bytes": bytes(range(256)) * 20,
}


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["schools:import", "schools:import_contacts"])
@pytest.mark.parametrize("kind", DISGUISED)
def test_an_upload_is_judged_by_what_it_holds(cast: Cast, client: Client, name: str, kind: str) -> None:
    client.force_login(cast.coordinator)
    file = SimpleUploadedFile("schools.csv", DISGUISED[kind], content_type="text/csv")
    response = client.post(reverse(name), {"file": file, "la": "380"})
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert not PendingImport.objects.exists()


class Long(io.RawIOBase):
    """The body of a form whose file holds `megabytes`; notes how much of it has gone to the disk meanwhile."""

    def __init__(self, megabytes: int, folder: Path) -> None:
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="schools.csv"\r\n\r\n'
        self.left, self.folder, self.stored = [head, *[b"x" * 1024**2] * megabytes, b"\r\n--x--\r\n"], folder, 0
        self.length = sum(map(len, self.left))

    def read(self, size: int = -1) -> bytes:
        self.stored = max([self.stored, *(file.stat().st_size for file in self.folder.iterdir())])
        return self.left.pop(0) if self.left else b""


@pytest.mark.django_db
def test_a_large_upload_is_refused_before_it_is_read(cast: Cast, client: Client, settings: Any, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    client.force_login(cast.coordinator)
    body = Long(40, tmp_path)
    sent = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(body.length), "wsgi.input": body}
    page = client.request(PATH_INFO=reverse("schools:import_contacts"), REQUEST_METHOD="POST", **sent).content.decode()
    assert "The selected file must be smaller than 20 MB" in page
    assert page.count("There is a problem") == 1
    assert 0 < body.stored <= 20 * 1024**2, "what is over the limit never comes to the disk"
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["schools:import", "staff:import_asts", "placements:import_placements"])
def test_every_file_that_is_loaded_is_counted_as_it_comes(name: str) -> None:
    view: Any = resolve(reverse(name)).func
    assert view.reads_files_late


@pytest.mark.django_db
def test_files_leave_as_downloads_that_no_browser_opens_by_guess(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.coordinator)
    monkeypatch.setattr(documents, "preview", lambda *args, **kwargs: b"%PDF-1.7")
    export = client.get(reverse("staff:people"), {"export": "csv"})
    paper = documents.download(documents.freeze("letter", title='A "letter"\r\nX: y', facts={}))
    assert paper.headers["X-Content-Type-Options"] == "nosniff"
    assert export.headers["X-Content-Type-Options"] == "nosniff"
    for response in (export, paper):
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert "\n" not in response.headers["Content-Disposition"]


class Seen:
    """A server with an application that notes how it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.environ: dict[str, str] = {}
        monkeypatch.setattr(serve, "get_wsgi_application", lambda: self)

    def __call__(self, environ: dict[str, str], start: Any) -> list[bytes]:
        self.environ = environ
        start("200 OK", [("Content-Length", "0")])
        return []

    def ask(self, **headers: str) -> None:
        server = serve.Command()._server("127.0.0.1", 0)
        try:
            threading.Thread(target=server.run, daemon=True).start()
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            urlopen(Request(f"http://127.0.0.1:{server.effective_port}/", headers=named), timeout=5).read()
        finally:
            server.close()


@pytest.mark.parametrize("behind", [True, False])
def test_serve_believes_a_proxy_on_this_machine_only_where_there_is_one(
    settings: Any, monkeypatch: pytest.MonkeyPatch, behind: bool
) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"] if behind else []
    seen = Seen(monkeypatch)
    seen.ask(X_Forwarded_For="192.0.2.7", X_Forwarded_Proto="https")
    assert seen.environ["REMOTE_ADDR"] == ("192.0.2.7" if behind else "127.0.0.1")
    assert (seen.environ["wsgi.url_scheme"] == "https") is behind
    assert "HTTP_X_FORWARDED_FOR" not in seen.environ
    assert ("HTTP_X_FORWARDED_PROTO" in seen.environ) is behind
