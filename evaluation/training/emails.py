"""The headteacher is asked, once a school year, for a statement that has not come (R-1.8)."""

from astcoord.core import emails
from astcoord.core.clock import today
from schools.calendar.models import AcademicYear
from schools.register.models import School
from staff.accounts.reads import heads_or_school


def asked(school: School, year: AcademicYear) -> int:
    """To each head of the school, or to the school; how many were written to."""
    readers = heads_or_school(school, today())
    for reader in readers:
        key = f"training-asked:{year.slug}:{school.pk}:{reader.key}"
        emails.send("evaluation/training/emails/training-asked.txt", to=reader, key=key, about=school, year=year)
    return len(readers)
