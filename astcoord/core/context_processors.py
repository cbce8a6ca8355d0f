from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from astcoord.core import policy


def authority(request: HttpRequest) -> dict[str, Any]:
    """The policy in force, for names and switches in templates; fetched only if a template asks."""
    return {"authority": SimpleLazyObject(policy.in_force)}
