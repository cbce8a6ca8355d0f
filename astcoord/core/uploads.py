"""Uploads that are too large are not read to their end: neither memory nor disk is filled by them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]


class Limited(FileUploadHandler):
    """Counts, passes on, and stops: what came so far is dropped, and `request.upload_too_large` says why."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most, self.seen = most, 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > self.most:
            self.request.upload_too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None


def limited(most: int) -> Callable[[View], View]:
    """All files of a request together hold at most `most` bytes. The outermost decorator of a view.

    The token is still asked for, but only once the limit is in place: looking for it reads the files. So does whoever
    stands before all views and looks at what was sent (`astcoord.ui.once`): it leaves `request.around`, a function that
    runs the view.
    """

    def decorate(view: View) -> View:
        @csrf_protect
        def protected(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            around = getattr(request, "around", None)
            return around(view, args, kwargs) if around else view(request, *args, **kwargs)

        @csrf_exempt
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.upload_handlers.insert(0, Limited(request, most))
            answer: HttpResponse = protected(request, *args, **kwargs)
            return answer

        inner.reads_files_late = True  # type: ignore[attr-defined]
        return inner

    return decorate


def too_large(request: HttpRequest) -> bool:
    """Whether the files of this request went over the view's limit."""
    return getattr(request, "upload_too_large", False)


def as_file(data: bytes, name: str, content_type: str) -> HttpResponse:
    """An uploaded file as a file to save: never shown in the service's own pages, and never kept on the way."""
    return HttpResponse(
        data,
        content_type=content_type,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "sandbox",
        },
    )
