"""Sending the pages of a post's changes: first the answers, then the same with what was shown."""

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from staff.accounts.models import User
from staff.posts.models import Post, PostAbsence


class Asked:
    """One person at one page of a post, or of what is recorded of one."""

    def __init__(self, page: str, row: Post | PostAbsence, by: User) -> None:
        self.client = Client()
        self.client.force_login(by)
        self.url = reverse(f"staff:{page}", args=[row.pk])

    def get(self) -> str:
        return text(self.client.get(self.url))

    def ask(self, **answers: Any) -> Any:
        """The page with what hangs on it."""
        return self.client.post(self.url, answers)

    def confirm(self, response: Any, **answers: Any) -> Any:
        """The same answers, with what the page has shown."""
        return self.client.post(self.url, {**answers, "seen": seen(response)})

    def do(self, **answers: Any) -> Any:
        """Both, one after the other; the second leads away."""
        done = self.confirm(self.ask(**answers), **answers)
        assert done.status_code == 302, text(done)
        return done


def seen(response: Any) -> str:
    found = re.search(r'name="seen"[^>]*value="([^"]*)"', response.content.decode())
    return found.group(1) if found else ""


def text(response: Any) -> str:
    """What the page says, without its tags."""
    assert response.status_code == 200, response.status_code
    body = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("\xa0", " ").split())
