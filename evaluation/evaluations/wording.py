"""What each form asks, as data: the form, the page, the paper and the rules read the same table (R-11.1, R-11.5)."""

from dataclasses import dataclass, replace

from evaluation.evaluations.lifecycle import AskedOf, EvaluationKind, Level
from evaluation.reviews.wording import APART, ASK_STANDARDS, NO_STANDARDS

SAFE = "Do not name or judge anybody."
NO_EVIDENCE = "No evidence"
"""What a level reads that nobody has said anything of: never a nought (R-11.6)."""

LEVELS = {"helps": Level.REACTION, "learning": Level.LEARNING, "practice": Level.BEHAVIOUR, "standards": Level.RESULTS}
"""Which level a question answers, by the column that keeps the answer."""


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

    @property
    def level(self) -> Level | None:
        """Of the four, the one that it answers (R-11.6)."""
        return LEVELS.get(self.name)


@dataclass(frozen=True)
class Sheet:
    """One form: its questions in order, whether it asks of each agreed objective, and whether level by level."""

    questions: tuple[Question, ...]
    objectives: bool = False
    levels: bool = False

    def unanswered(self, question: Question) -> str:
        """What stands where a form that was handed in says nothing: what there is no evidence of is said (R-11.14)."""
        if self.levels and question.level:
            return NO_EVIDENCE
        return NO_STANDARDS if question.name == "standards" else "Not answered"


_HELPS = Question("helps", "Is the support helping with what you wanted from it?")
_HELPED = Question("helps", "Did the support help with what you wanted from it?")
_CONDITIONS = Question("conditions", "What helps, and what stands in the way?", SAFE, needed=False)
_TALKED = Question("talked_on", "When did you talk it over with the school?", "With the headteacher or the staff.")
_SEEN = "For example in lessons, books or talk with pupils."
_STANDARDS = Question("standards", ASK_STANDARDS, APART, needed=False)
"""R-11.14: what shows an effect on standards is asked apart from what has changed in teaching."""

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
            _STANDARDS,
            Question("continues", "What will continue, and who will see to it?"),
        ),
        objectives=True,
    ),
    (K.FINAL, A.AST): Sheet(
        (
            _TALKED,
            Question("practice", "What has changed in practice, as you and the school see it?", SAFE),
            _STANDARDS,
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
            _STANDARDS,
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
            _STANDARDS,
            Question("evidence", "Which figures or other evidence support this?", _SEEN, needed=False),
        )
    ),
}
"""Every pair that is ever asked; a pair that is missing here is never asked."""


ON_LEVELS = ((K.IMMEDIATE, K.FINAL, K.RETURN), (A.SUPPORTED, A.HOST_HEAD))
"""Which forms carry the four levels: those of the people supported and of their school, at the end and after it†.

The AST's joint part and the co-ordinator's conclusion rest on them, and count on no level (R-11.3).
"""
_LEFT_EMPTY = "Leave it empty where nothing can be said of it yet: it is then reported as no evidence."
_MISSING: dict[str, tuple[Question, ...]] = {
    A.SUPPORTED: (
        Question("helps", "Looking back, did the support help with what you wanted from it?"),
        Question("learning", "What have you learnt from it?", f"Knowledge, skills or confidence. {_LEFT_EMPTY}"),
        Question("standards", "What has changed in your pupils’ work or results?", _LEFT_EMPTY),
    ),
    A.HOST_HEAD: (
        Question("helps", "Looking back, did the support help with what you wanted from it?"),
        Question("learning", "What have the staff supported learnt from it?", f"{SAFE} {_LEFT_EMPTY}"),
        _STANDARDS,
    ),
}
"""What four levels ask beyond what a form asks anyway."""


def sheet_of(kind: str, asked_of: str, *, levels: bool = False) -> Sheet:
    """The form of one kind for one reader; KeyError for a pair that is never asked.

    With `levels` it carries all four where they apply (R-11.6), and asks nothing twice.
    """
    sheet = SHEETS[kind, asked_of]
    kinds, readers = ON_LEVELS
    return _on_levels(sheet, kind, asked_of) if levels and kind in kinds and asked_of in readers else sheet


def _on_levels(sheet: Sheet, kind: str, asked_of: str) -> Sheet:
    """Level by level, then the rest. Any but the first may be empty; a final evaluation rests on practice, too."""
    own = {question.name for question in sheet.questions}
    every = [*sheet.questions, *(q for q in _MISSING[asked_of] if q.name not in own)]
    ordered = sorted(every, key=lambda q: q.level or len(Level) + 1)
    needed = {"helps"} | ({"practice"} if kind == K.FINAL else set())
    asked = (replace(q, needed=q.name in needed) if q.level else q for q in ordered)
    return replace(sheet, questions=tuple(asked), levels=True)
