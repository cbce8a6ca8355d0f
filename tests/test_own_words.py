"""No text of ours says "AST" by itself: it goes through `say`, or is named here (R-19.1)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests import ROOT

ROLE = re.compile(r"\bASTs?\b|Advanced Skills")
SAYING = {"say", "say_later", "counted", "plural", "shows", "PersonalData"}
"""What says a word itself; and the declarations of personal data, whose keys are said where they are shown."""
AUDIT = {"record", "record_each", "exported", "viewed"}
"""The first of their arguments is kept in the standard words, so that it can be looked up; pages say it."""
NOT_SHOWN = {
    "astcoord/core/words.py": "the standard words themselves",
    "astcoord/core/models/policy.py": "the settings’ usual values",
    "astcoord/core/calendars.py": "the name of the program that wrote a calendar",
    "astcoord/ui/gallery.py": "the pictures of the design, which no installation shows",
}
WHO_MAY = re.compile(r"AST(/\w+)+|\w+/AST")
"""Who moves a thing, for short, in the table of a lifecycle: `docs/lifecycles.md` alone shows it."""
COMMANDS = "management"
"""What a command says to whoever runs the machine."""


def literals(tree: ast.AST, *, said: bool = False) -> Iterator[ast.Constant]:
    """Strings that are neither said nor a docstring nor what stands under a constant to describe it."""
    for _, value in ast.iter_fields(tree):
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and not (said or _is_verb(tree, node)):
                yield node
            if isinstance(node, ast.AST):
                yield from literals(node, said=said or _called(node) in SAYING or _is_verb(tree, node))


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _is_verb(call: ast.AST, node: ast.AST) -> bool:
    named = isinstance(node, ast.keyword) and node.arg in ("verb", "name", "what")
    return isinstance(call, ast.Call) and _called(call) in AUDIT and (named or node in call.args[:1])


def unsaid(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    found = (each for each in literals(tree) if ROLE.search(each.value) and not WHO_MAY.fullmatch(each.value))
    return [f"{path.relative_to(ROOT)}:{each.lineno}: {each.value}" for each in found]


def ours() -> Iterator[Path]:
    for app in ("astcoord/core", "astcoord/ui", "schools", "staff", "placements", "evaluation"):
        for path in sorted((ROOT / app).rglob("*.py")):
            if not {"migrations", COMMANDS} & set(path.parts) and str(path.relative_to(ROOT)) not in NOT_SHOWN:
                yield path


def test_r_19_1_whatever_holds_the_role_s_word_is_said() -> None:
    wrong = [each for path in ours() for each in unsaid(path)]
    assert not wrong, "\n".join(wrong)


def test_it_finds_what_is_not_said(tmp_path: Path) -> None:
    tree = ast.parse(
        '"""An AST."""\nlabel = "an AST"\nother = say_later("an AST")\n\ndef f():\n    return f"{x} ASTs"\n'
    )
    assert [each.value for each in literals(tree) if ROLE.search(each.value)] == ["an AST", " ASTs"]
