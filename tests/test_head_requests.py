"""HEAD answers with the headers of the page and without its body, whatever server stands before it."""

from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from config.middleware import BodilessMiddleware


def answer(method: str, response):
    return BodilessMiddleware(lambda _request: response)(RequestFactory().generic(method, "/"))


def test_the_body_goes_and_the_headers_stay():
    answered = answer("HEAD", HttpResponse("页面", headers={"Content-Length": "6"}))

    assert (answered.content, answered.headers["Content-Length"]) == (b"", "6")


def test_a_stream_is_not_run_through():
    written = []

    answered = answer("HEAD", StreamingHttpResponse(written.append(row) or b"row" for row in range(3)))

    assert (list(answered.streaming_content), written) == ([], [])


def test_an_attachment_is_closed_unread(tmp_path):
    path = tmp_path / "notice"
    path.write_bytes(b"%PDF-")
    file = path.open("rb")

    answered = answer("HEAD", FileResponse(file))
    request_finished.disconnect(close_old_connections)  # there is no database here
    answered.close()
    request_finished.connect(close_old_connections)

    assert (list(answered.streaming_content), file.closed) == ([], True)


def test_get_keeps_its_body():
    assert answer("GET", HttpResponse("页面")).content == "页面".encode()
