"""Which key stages a school teaches, by its ages, else by its phase: no other is asked about. Pure."""

from schools.register.lifecycle import Phase
from staff.expertise.vocabulary import KeyStage

K = KeyStage
AGES: dict[str, tuple[int, int]] = {
    K.FOUNDATION: (0, 6),  # a school from 5 on may have a reception class
    K.KS1: (5, 7),
    K.KS2: (7, 11),
    K.KS3: (11, 14),
    K.KS4: (14, 16),
    K.POST_16: (16, 19),
}
PHASES: dict[str, tuple[str, ...]] = {
    Phase.NURSERY: (K.FOUNDATION,),
    Phase.PRIMARY: (K.FOUNDATION, K.KS1, K.KS2),
    Phase.MIDDLE: (K.KS2, K.KS3),
    Phase.SECONDARY: (K.KS3, K.KS4, K.POST_16),
    Phase.POST16: (K.POST_16,),
}


def taught(phase: str, low: int | None, high: int | None) -> tuple[str, ...]:
    """All key stages where the register says nothing that helps.

    >>> taught("primary", 7, 11), taught("secondary", None, None)
    (('ks2',), ('ks3', 'ks4', 'post16'))
    """
    found: tuple[str, ...] = PHASES.get(phase, ())
    if low is not None and high is not None:
        found = tuple(stage for stage, (first, last) in AGES.items() if low < last and high > first)
    return tuple(str(stage) for stage in found) or tuple(K.values)
