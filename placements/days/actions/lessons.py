"""Which classes had a model lesson on a day that has been held (R-6.5)."""

from collections.abc import Iterable

from django.db import transaction

from astcoord.core import named
from placements.days.models import LessonTold, OutreachDay
from placements.days.rules.parts import same_class


@transaction.atomic
def tell_lessons(*, day: OutreachDay, classes: Iterable[str]) -> None:
    """As the diary tells them, in place of what it said before; each class once. The diary keeps the history."""
    wanted = {same_class(taught): taught.strip()[:60] for taught in classes}
    wanted.pop("", None)
    held = {lesson.same_class: lesson.taught for lesson in day.lessons_told.all()}
    if held != wanted:
        day.lessons_told.all().delete()
        rows = [LessonTold(day=day, taught=taught, same_class=same) for same, taught in wanted.items()]
        named.about_to_write(*rows)
        LessonTold.objects.bulk_create(rows)
