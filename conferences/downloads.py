"""A stored file on its way out: always a download, kept by nothing on the way."""

from typing import Any

from django.http import FileResponse, Http404

from conferences.files import content_type


def download(stored: Any, user: Any) -> FileResponse:
    """The `file` of a row that `user` may read, under its own name; it may be withdrawn at any time."""
    if not stored.file:  # the record came from another installation, without its files
        raise Http404
    try:
        file = stored.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        file, as_attachment=True, filename=stored.filename, content_type=content_type(stored.filename)
    )
    response["Cache-Control"] = "private, no-store" if user.is_authenticated else "public, no-cache"
    return response
