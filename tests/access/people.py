"""The people of the access table: one column each, known by the names that the table uses."""

from dataclasses import dataclass

from astcoord.core.roles import Role

STRANGER = "anonymous"


@dataclass(frozen=True)
class Persona:
    """`key` is the column, `who` what the reader of the table is told about it."""

    key: str
    who: str
    role: str = ""


PERSONAS = (
    Persona("coordinator", "AST co-ordinator", Role.COORDINATOR),
    Persona("administrator", "Administrator in the co-ordinator’s office", Role.ADMINISTRATOR),
    Persona("officer", "Authority officer, read only", Role.OFFICER),
    Persona("consultant", "Consultant for the subject of our placement", Role.CONSULTANT),
    Persona("other_consultant", "Consultant for other subjects", Role.CONSULTANT),
    Persona("host_head", "Headteacher of the host school", Role.HEADTEACHER),
    Persona("home_head", "Headteacher of the AST’s own school", Role.HEADTEACHER),
    Persona("outsider_head", "Headteacher of a school that has nothing to do with it", Role.HEADTEACHER),
    Persona("ast", "The AST of our placement", Role.AST),
    Persona("other_ast", "Another AST", Role.AST),
    Persona("host_chair", "Chair of governors of the host school", Role.GOVERNOR),
    Persona("other_governor", "Governor of a school that has nothing to do with it", Role.GOVERNOR),
    Persona(STRANGER, "Somebody who has not signed in"),
)
KEYS = tuple(persona.key for persona in PERSONAS)
SIGNED_IN = tuple(key for key in KEYS if key != STRANGER)
