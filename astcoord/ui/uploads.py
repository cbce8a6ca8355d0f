"""A form that takes a table’s file, of which no more is read than it may have."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from astcoord.core.problems import Problem
from astcoord.core.uploads import too_large
from astcoord.ui.forms import GovForm, show_problems
from astcoord.ui.submit import Done, submit

T = TypeVar("T")


class TableFileForm(GovForm):
    """Its field `file` takes at most `largest` bytes, and its view is `limited` to them."""

    largest: ClassVar[int]

    def say_too_large(self) -> None:
        """The upload was stopped before its end, and what stood behind the file did not come."""
        self.errors.clear()
        words = f"The selected file must be smaller than {self.largest // 1024**2} MB"
        show_problems(self, [Problem(words, "file", "R-17.2")])


def submit_file(request: Any, form: TableFileForm, action: Callable[[dict[str, Any]], T]) -> Done[T] | None:
    """As `astcoord.ui.submit.submit`, for a form whose file may have been stopped on its way."""
    if request.method == "POST" and too_large(request):
        form.say_too_large()
        return None
    return submit(form, action)
