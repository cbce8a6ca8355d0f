"""Small helpers for tests of pages."""

from datetime import date
from typing import Any

from django.test import Client

from staff.accounts.models import User


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response: Any) -> str:
    return response.content.decode()


def boxes(name: str, day: date) -> dict[str, int]:
    """A date as its three boxes."""
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
