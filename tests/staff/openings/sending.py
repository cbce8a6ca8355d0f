"""Somebody at the pages of a post to fill: what is sent, and what the next page says."""

from datetime import date
from typing import Any

from django.db import models
from django.test import Client
from django.urls import reverse

from staff.accounts.models import User
from tests.staff.posts.changing import text


class At:
    """One person in a browser."""

    def __init__(self, by: User) -> None:
        self.client = Client()
        self.client.force_login(by)

    def sees(self, page: str, *args: Any, query: str = "") -> str:
        return text(self.client.get(self.url(page, *args) + query))

    def status(self, page: str, *args: Any) -> int:
        return int(self.client.get(self.url(page, *args)).status_code)

    def send(self, page: str, *args: Any, **answers: Any) -> str:
        """What the page after the button says: the next one, or the same with what is wrong."""
        return text(self.client.post(self.url(page, *args), sent(answers), follow=True))

    @staticmethod
    def url(page: str, *args: Any) -> str:
        keys = [arg.pk if isinstance(arg, models.Model) else arg for arg in args]
        return reverse(f"staff:{page}", args=keys)


def sent(answers: dict[str, Any]) -> dict[str, Any]:
    """Days as their ISO text, which a date's field understands, too."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in answers.items()}
