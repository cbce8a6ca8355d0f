from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from astcoord.ui.navigation import items_for


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The service navigation of the person who asks; made only if the page shows it."""
    return {"navigation": SimpleLazyObject(lambda: items_for(request))}
