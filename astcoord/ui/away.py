"""What is typed where there may be no signal: kept on the phone, locked, and sent once when there is one (R-18, 0029).

The page gives its script a key with which the text is locked before it is stored, so that nobody but its owner, signed
in, can read it there. Nothing of it stands here; whether a form has arrived, `was_sent` says.
"""

import base64
from typing import Any

from django.http import JsonResponse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from astcoord.core.access import Request, signed_in
from astcoord.ui import once

SALT = "astcoord.ui.away"


def mark_of(user: Any) -> str:
    """Under which a person's texts lie on a device: says nothing of whose they are."""
    return salted_hmac(f"{SALT}.mark", str(user.pk), algorithm="sha256").hexdigest()[:16]


def key_of(user: Any) -> str:
    """With which they are locked: the same at each sign-in, stored nowhere."""
    return base64.b64encode(salted_hmac(f"{SALT}.key", str(user.pk), algorithm="sha256").digest()).decode()


@signed_in
@require_safe
def was_sent(request: Request, key: str) -> JsonResponse:
    """Whether the reader's own form with this key has arrived and was done."""
    return JsonResponse({"sent": once.was_done(request, key)})
