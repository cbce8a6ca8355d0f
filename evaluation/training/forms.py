"""A school's statement on training for its ASTs (R-1.8)."""

from typing import Any, ClassVar

from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.words import say_later
from astcoord.ui.registers import RegisterForm
from evaluation.training.models import TrainingStatement
from schools.calendar.models import AcademicYear
from schools.register.forms import SchoolField
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.posts.models import Post


class StatementForm(RegisterForm):
    """Of a school with an AST in post; a head chooses among the own, and a change keeps school and year."""

    school = SchoolField(label="School")
    submit_label = "Save the statement"
    nouns: ClassVar[Any] = {"statement": say_later("how the training plan meets the needs of the school’s ASTs")}
    drawn: ClassVar[Any] = {"statement": {"rows": 6}}

    class Meta:
        model = TrainingStatement
        fields = ["school", "year", "statement"]
        labels = {
            "year": "School year",
            "statement": say_later("How does the training plan meet the needs of the school’s ASTs?"),
        }
        help_texts = {
            "statement": say_later(
                "What is planned for them, in school and outside. The co-ordinator’s office and the ASTs of "
                "the school read it. Name no pupil and nobody who is supported."
            )
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["school"], self.fields["year"]
            return
        years = AcademicYear.objects.filter(starts_on__lte=today()).order_by("-starts_on")
        self.fields["year"].queryset = years
        self.initial.setdefault("year", years.first())
        employing = Post.objects.in_post(today()).order_by().values("home")
        schools = School.objects.open().filter(pk__in=employing)
        if not is_office(user):
            schools = schools.filter(pk__in=user.schools_as(Role.HEADTEACHER))
            self.initial.setdefault("school", schools.first())
        self.fields["school"].queryset = schools.by_name()
