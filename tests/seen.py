"""What somebody is shown, made comparable: without what differs from one look to the next by chance alone."""

import re

CHANCE = re.compile(
    r'name="(csrfmiddlewaretoken|form_key)" value="[^"]*"'
    r'|nonce="[^"]*"'
)


def without_chance(answer: bytes) -> str:
    """An answer as text, without tokens and nonces."""
    return CHANCE.sub("", answer.decode("utf-8", "replace"))
