"""What the house agrees on, held by tests: where a status is written, what is never committed, how rules are named."""

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.core.management import call_command

from tests import ROOT

FLOORS = ("astcoord", "schools", "staff", "placements", "evaluation")
GATE = {"astcoord/core/gate.py"}
WORKERS = {
    "astcoord/core/delivery.py",
    "astcoord/core/sweeping.py",
    "astcoord/core/unwritten.py",
    "astcoord/core/outbox.py",
}
"""The outbox's rows belong to workers: their status moves by conditional updates (docs/decisions/0001)."""


def sources() -> list[Path]:
    return sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py") if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", sources(), ids=name)
def test_only_the_gate_writes_a_status(path):
    if name(path) in GATE | WORKERS:
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Assign):
            targets = [t for t in node.targets if isinstance(t, ast.Attribute)]
            assert not any(t.attr == "status" for t in targets), f"line {node.lineno} assigns .status"
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "update":
            keywords = {k.arg for k in node.keywords}
            assert "status" not in keywords or name(path).startswith("schools/"), f"line {node.lineno} updates status"


@pytest.mark.parametrize("path", [p for p in sources() if "actions" in {p.stem, p.parent.name}], ids=name)
def test_actions_are_keyword_only_and_never_touch_celery(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            assert "celery" not in ast.unparse(node)
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            positional = [a.arg for a in node.args.args]
            assert len(positional) <= 1, f"{node.name} takes {positional}: make them keyword-only"


@pytest.mark.parametrize("path", sources(), ids=name)
def test_no_rating_of_a_person_anywhere(path):
    """R-10.6, R-12.6: nothing in the models or forms grades supported staff."""
    if not {"models", "forms"} & {path.stem, path.parent.name}:
        return
    assigned = [n for n in ast.walk(tree(path)) if isinstance(n, ast.Assign)]
    fields = {target.id for n in assigned for target in n.targets if isinstance(target, ast.Name)}
    assert not fields & {"grade", "rating", "appraisal", "staff_score", "performance"}


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.decode()
    return [ROOT / f for f in listing.split("\0") if f and (ROOT / f).is_file()]


ADDRESS = re.compile(r"https?://[^\s\"')>]+\.(?:whl|tar\.gz|tgz)\b|\"resolved\"\s*:")


def test_lock_files_carry_no_addresses():
    locks = [p for p in tracked() if p.name.startswith("requirements") or p.name == "package-lock.json"]
    assert locks or not tracked()
    for lock in locks:
        assert not ADDRESS.search(lock.read_text()), name(lock)


@pytest.mark.django_db
def test_the_migrations_make_what_the_models_say():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


EMAIL = re.compile(r"[\w.+-]+@([\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
RESERVED = re.compile(r"(\.example|\.test|\.invalid|@example\.(com|org|net)|@localhost)$", re.IGNORECASE)


def test_every_address_in_the_repository_is_invented():
    """Only addresses under names reserved for examples: no real person's, no real school's."""
    for path in tracked():
        if path.suffix in {".py", ".html", ".md", ".csv", ".yml", ".toml"}:
            for found in EMAIL.finditer(path.read_text(errors="replace")):
                assert RESERVED.search(found.group(0)), f"{name(path)}: {found.group(0)}"


def test_every_room_with_pages_has_its_furniture_in_the_contract():
    """import-linter holds the order of rooms by itself; the list of rooms whose layers it holds is kept by hand."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    held = next(c["containers"] for c in contracts if c["name"].startswith("Furniture"))
    rooms = {
        path.parent for floor in FLOORS[1:] for path in (ROOT / floor).glob("*/views*") if path.name != "__pycache__"
    }
    assert {f"{room.parent.name}.{room.name}" for room in rooms} == set(held)
