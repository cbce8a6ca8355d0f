"""What each form asks, as data: the form, the page, the paper and the rules read the same table (R-11.1, R-11.5)."""

from dataclasses import dataclass

from evaluation.evaluations.lifecycle import AskedOf, EvaluationKind

SAFE = "Do not name or judge anybody."


@dataclass(frozen=True)
class Question:
    """One question: the column that keeps the answer, its words, and whether it must be answered."""

    name: str
    label: str
    hint: str = ""
    needed: bool = True

    @property
    def missing(self) -> str:
        """What is said when it was not answered."""
        return f"Answer “{self.label}”"


@dataclass(frozen=True)
class Sheet:
    """One form: its questions in order, and whether it asks of each agreed objective."""

    questions: tuple[Question, ...]
    objectives: bool = False


_HELPS = Question("helps", "Is the support helping with what you wanted from it?")
_HELPED = Question("helps", "Did the support help with what you wanted from it?")
_CONDITIONS = Question("conditions", "What helps, and what stands in the way?", SAFE, needed=False)
_TALKED = Question("talked_on", "When did you talk it over with the school?", "With the headteacher or the staff.")
_SEEN = "For example in lessons, books or talk with pupils."

K, A = EvaluationKind, AskedOf
SHEETS: dict[tuple[str, str], Sheet] = {
    (K.INTERIM, A.SUPPORTED): Sheet(
        (
            _HELPS,
            Question("practice", "What have you tried or changed in your teaching?", "A sentence or two is enough."),
            Question("evidence", "What have you noticed since?", _SEEN, needed=False),
            _CONDITIONS,
        )
    ),
    (K.INTERIM, A.HOST_HEAD): Sheet(
        (
            _HELPS,
            Question("practice", "What has changed in teaching so far?", SAFE),
            Question("impact", "What difference do you see in the school?", _SEEN, needed=False),
            _CONDITIONS,
            Question("continues", "What should happen next?", needed=False),
        )
    ),
    (K.INTERIM, A.AST): Sheet(
        (
            _TALKED,
            Question("practice", "What do you and the school see going well?", SAFE),
            _CONDITIONS,
            Question("continues", "What have you agreed to do next?"),
        )
    ),
    (K.FINAL, A.SUPPORTED): Sheet(
        (
            _HELPED,
            Question("practice", "What do you do differently now?", "A sentence or two is enough."),
            Question("evidence", "What shows that it makes a difference?", _SEEN, needed=False),
            Question("continues", "What will you carry on with?"),
        )
    ),
    (K.FINAL, A.HOST_HEAD): Sheet(
        (
            _HELPED,
            Question("practice", "What has changed in the practice of the staff supported?", SAFE),
            Question("impact", "What has changed in the school as a whole?", _SEEN),
            Question("continues", "What will continue, and who will see to it?"),
        ),
        objectives=True,
    ),
    (K.FINAL, A.AST): Sheet(
        (
            _TALKED,
            Question("practice", "What has changed in practice, as you and the school see it?", SAFE),
            _CONDITIONS,
            Question("continues", "What have you agreed will continue?"),
        ),
        objectives=True,
    ),
    (K.FINAL, A.COORDINATOR): Sheet(
        (
            Question("talked_on", "When was the final evaluation talked over?", "You took part in this talk."),
            Question("took_part", "Who took part?"),
            Question("practice", "What has changed in the practice of the staff supported?", SAFE),
            Question("impact", "What has changed in the school as a whole?"),
            Question("continues", "What will continue?"),
        )
    ),
    (K.IMMEDIATE, A.SUPPORTED): Sheet(
        (
            _HELPED,
            Question("practice", "What do you do differently now?", "A sentence or two is enough."),
            _CONDITIONS,
        )
    ),
    (K.IMMEDIATE, A.HOST_HEAD): Sheet(
        (
            _HELPED,
            Question("practice", "What has changed in teaching?", SAFE),
            Question("impact", "What has changed in the school as a whole?", _SEEN, needed=False),
            _CONDITIONS,
        )
    ),
    (K.RETURN, A.SUPPORTED): Sheet(
        (
            Question("practice", "What of it do you still use?", "A sentence or two is enough."),
            Question("evidence", "What shows that it still makes a difference?", _SEEN, needed=False),
            Question("conditions", "What helps you to keep it up, and what stands in the way?", SAFE, needed=False),
        )
    ),
    (K.RETURN, A.HOST_HEAD): Sheet(
        (
            Question("practice", "What is still done as it was agreed?", SAFE),
            Question("impact", "What has lasted in the school as a whole?"),
            Question("evidence", "Which figures or other evidence support this?", _SEEN, needed=False),
        )
    ),
}
"""Every pair that is ever asked; a pair that is missing here is never asked."""


def sheet_of(kind: str, asked_of: str) -> Sheet:
    """The form of one kind for one reader; KeyError for a pair that is never asked."""
    return SHEETS[kind, asked_of]
