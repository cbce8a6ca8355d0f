"""docker-compose.yml as it is written: there is no Docker where the tests run."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
PIN = ROOT / "deploy" / "pin-images"
GOOD = "".join(f"{name}_IMAGE=x:1@sha256:{'a' * 64}\n" for name in ("PYTHON", "NODE", "POSTGRES", "REDIS"))


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_runs_locked_down_and_not_as_root(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["read_only"] is True
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["user"] not in ("root", "0")
    assert service["healthcheck"]
    assert any(place.startswith("/tmp") for place in service["tmpfs"]) or name == "redis"
    assert "privileged" not in service


def test_only_the_service_that_migrates_knows_who_owns_the_tables() -> None:
    for name in ("web", "worker", "beat"):
        environment = SERVICES[name]["environment"]
        assert environment["DATABASE_URL"].startswith("postgres://astcoord_app:")
        # .env has them, and comes in whole: what stands here is stronger
        assert environment["DATABASE_OWNER_PASSWORD"] == environment["POSTGRES_PASSWORD"] == ""
        assert "DATABASE_OWNER_URL" not in environment
    owner = SERVICES["migrate"]["environment"]
    assert owner["DATABASE_OWNER_URL"].startswith("postgres://astcoord_owner:")
    assert owner["DATABASE_URL"].startswith("postgres://astcoord_app:")
    assert "POSTGRES_USER" not in owner


def test_every_variable_that_compose_needs_is_in_the_example() -> None:
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    example = (ROOT / ".env.example").read_text("utf-8")
    for name in set(re.findall(r"\$\{(\w+):\?", text)):
        assert re.search(rf"^{name}=", example, re.MULTILINE), name


def test_every_image_can_be_pinned_and_the_names_are_the_same_everywhere() -> None:
    """No registry is asked here, so no digest is written here: an installation fetches its own."""
    text = (ROOT / "docker-compose.yml").read_text("utf-8") + (ROOT / "Dockerfile").read_text("utf-8")
    script = PIN.read_text("utf-8")
    found = dict(re.findall(r"\$\{(\w+_IMAGE):-([^}]+)\}", text))
    assert len(found) == 4
    for name, image in found.items():
        assert f"{name}={image}" in script
        assert name in ("POSTGRES_IMAGE", "REDIS_IMAGE") or f"ARG {name}={image}" in text
    assert not re.findall(r"^FROM (?!\$)", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "complaints"), [(GOOD, 0), ("", 4), (GOOD.replace("@sha256:" + "a" * 64, "", 1), 1), (GOOD[:-2], 1)]
)
def test_an_image_that_is_not_pinned_is_complained_of(tmp_path: Path, text: str, complaints: int) -> None:
    (tmp_path / "env").write_text(text)
    done = subprocess.run(
        ["sh", str(PIN), "--check", str(tmp_path / "env")], capture_output=True, text=True, check=False
    )
    assert (done.returncode != 0, done.stderr.count("not pinned")) == (complaints > 0, complaints)
