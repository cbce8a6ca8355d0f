"""Who reads what was written to several people."""

from typing import TYPE_CHECKING

from django.db import models

from staff.accounts.models import User
from staff.accounts.permissions import is_office

if TYPE_CHECKING:
    from staff.mailings.models import Mailing  # noqa: F401  (named in strings below)


class MailingQuerySet(models.QuerySet["Mailing"]):
    def visible_to(self, user: User) -> "MailingQuerySet":
        """The office reads what the office wrote."""
        return self.all() if is_office(user) else self.none()
