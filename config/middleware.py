"""What happens to every request before a page is looked for."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

CODES = {code for code, _name in settings.LANGUAGES}


class BodilessMiddleware:
    """HEAD gets the headers alone. The server would drop the body too, but only after running through all of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method != "HEAD":
            return response
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = ()
        elif isinstance(response, HttpResponse):
            response.content = b""
        return response


class NotKeptMiddleware:
    """Closed unless opened: what does not say who may keep it is kept by nobody, errors and forms included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class NoNulMiddleware:
    """Refuses the character NUL in path, question and cookies, on which PostgreSQL breaks off; forms refuse it too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = (request.path_info, *request.COOKIES.values())
        if "%00" in request.META["QUERY_STRING"] or any("\0" in one for one in said):
            raise BadRequest("NUL in the request")
        return self.get_response(request)


class LanguageMiddleware:
    """Chinese, unless the reader switched.

    Django's LocaleMiddleware would follow the browser; court machines often run English ones.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(code if code in CODES else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response
