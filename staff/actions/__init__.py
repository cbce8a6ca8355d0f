"""Use cases of this floor. `on_in_post`: what the floors above do when somebody comes into post, as (post, by)."""

from collections.abc import Callable
from typing import Any

on_in_post: list[Callable[[Any, Any], object]] = []
