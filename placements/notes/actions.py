"""The office's notes, as a register (R-20.3)."""

from typing import Any

from astcoord.core.problems import Problem
from astcoord.core.register import Register
from placements.notes import rules
from placements.notes.models import CaseNote
from staff.accounts.permissions import owns_cases


class Notes(Register[CaseNote]):
    """Kept by the office for the office. What is done is ended, and can be taken up again."""

    model = CaseNote
    noun = "note"
    rule = "R-20.3"
    ends_with = "done_on"
    end_verb = "done"

    def problems(self, row: CaseNote) -> list[Problem]:
        return rules.note_problems(row.text, for_office=owns_cases(row.owner))

    def told(self, row: CaseNote) -> dict[str, Any]:
        about = str(row.request or row.school or "")
        return {"about": about, "note": row.text, "show it on": row.due_on, "on whose first page": row.owner.name}


NOTES = Notes()
