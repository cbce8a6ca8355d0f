"""A document printed on the spot, as a file to save."""

from django.http import HttpResponse
from django.utils.text import slugify

from astcoord.core import documents


def as_download(data: bytes, title: str) -> HttpResponse:
    """PDF bytes under a name made from the title."""
    return documents.as_file(data, f"{slugify(title)[:100]}.pdf")
