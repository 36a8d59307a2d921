"""The library's sign-in views with our limits and our sentences. Of all it offers, only these are mounted."""

import json
from http import HTTPStatus
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.account import views
from allauth.headless.base import views as base
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from backend.accounts import rules, services
from backend.accounts.sms import NotSentError
from backend.common.errors import ConflictError, InvalidError, RefusedError, TooManyError

REQUEST_KEY = "code_request"
# Seconds a session lives that has only asked for a code; signing in gives it its year.
ASKING = 30 * 60
BAD_REQUEST = "没有看懂这个请求，请刷新页面再试。"
SENTENCES = {
    HTTPStatus.BAD_REQUEST: ("invalid", "请检查填写的内容。"),
    HTTPStatus.CONFLICT: ("conflict", "验证码已过期，请重新获取。"),
}


class BusyError(TooManyError):
    """The database did not answer (503)."""

    code = "busy"

    def __init__(self) -> None:
        super().__init__("系统正忙，请稍等几秒再试。", retry_after=2)


class Spoken:
    """Adds `code`, `message` and `fields` to the library's errors; refusals of our own get the same shape."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin before the library's view
        except RefusedError as refusal:
            return refused(refusal)
        except (OperationalError, InterfaceError):
            return refused(BusyError())
        except (ImmediateHttpResponse, RecursionError):
            return refused(InvalidError(BAD_REQUEST))
        return spoken(answer)


def refused(refusal: RefusedError) -> HttpResponse:
    status = {InvalidError: 400, TooManyError: 429, NotSentError: 503, BusyError: 503}.get(type(refusal), 409)
    errors = [{"param": name, "message": text, "code": refusal.code} for name, text in refusal.fields.items()]
    errors = errors or [{"message": refusal.message, "code": refusal.code}]
    body = {"status": status, "errors": errors, "code": refusal.code, "message": refusal.message, "fields": refusal.fields}
    answer = JsonResponse(body, status=status)
    answer.headers["Cache-Control"] = "no-store"
    if isinstance(refusal, TooManyError):
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def spoken(answer: HttpResponseBase) -> HttpResponseBase:
    found = SENTENCES.get(HTTPStatus(answer.status_code))
    if found is None or not isinstance(answer, JsonResponse):
        return answer
    body = json.loads(answer.content)
    errors = body.get("errors", [])
    fields = {error["param"]: error["message"] for error in errors if "param" in error}
    message = errors[0]["message"] if errors else found[1]
    answer.content = json.dumps(body | {"code": found[0], "message": message, "fields": fields}).encode()
    return answer


class ConfigView(Spoken, base.ConfigView):  # type: ignore[misc]  # the library has no types
    """Sets the CSRF cookie."""


class RequestCodeView(Spoken, views.RequestLoginCodeView):  # type: ignore[misc]  # the library has no types
    def handle_input(self, data: dict[str, Any] | None) -> HttpResponse | None:
        """Counts first: what is refused asks the database nothing about whose number it is."""
        if self.request.user.is_authenticated:
            raise ConflictError("您已经登录了，要换号码请先退出。")
        phone = rules.e164((data or {}).get("phone"))
        asked = services.ask_code(phone=phone, address=rules.client_address(self.request))
        self.request.session[REQUEST_KEY] = asked.pk
        self.request.session.set_expiry(ASKING)
        return super().handle_input(data)  # type: ignore[no-any-return]  # as above


class ConfirmCodeView(Spoken, views.ConfirmLoginCodeView):  # type: ignore[misc]  # the library has no types
    def handle_input(self, data: dict[str, Any] | None) -> HttpResponse | None:
        """Counts first here as well, and takes back what was no guess."""
        request_id = self.request.session.get(REQUEST_KEY, 0)
        if data and data.get("code"):
            services.try_code(request_id=request_id)
        refusal: HttpResponse | None = super().handle_input(data)
        if refusal is None:
            services.code_was_right(request_id=request_id)
        return refusal


class SessionView(Spoken, views.SessionView):  # type: ignore[misc]  # the library has no types
    pass
