"""The one NinjaAPI: routers, who may come in, and every error's answer in one place."""

import json
from functools import cache
from http import HTTPStatus
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from backend.accounts.api import router as accounts
from backend.accounts.auth import SignedIn
from backend.accounts.rules import HeldError, SignedOutError
from backend.activities.api import router as activities
from backend.attendance.api import router as attendance
from backend.common.errors import ConflictError, InvalidError, NoRoomError, NotFoundError, RefusedError, TooManyError
from backend.common.render import JSON
from backend.common.schemas import Error
from backend.homes.api import router as homes
from backend.moments.api import router as moments
from backend.overview.api import router as overview
from backend.people.api import router as people
from backend.records.api import router as records
from backend.visits.api import router as visits
from backend.volunteers.api import router as volunteers
from notifications.api import router as notices

STATUS = {
    SignedOutError: 401,
    HeldError: 401,
    InvalidError: 422,
    ConflictError: 409,
    TooManyError: 429,
    NoRoomError: 503,
    NotFoundError: 404,
}
ANSWERS = {
    401: "没有登录，或这台设备还在等确认",
    403: "缺少 CSRF 口令",
    404: "没有，或不归您看",
    409: "和已有的记录矛盾",
    413: "内容太大",
    422: "内容不对",
    429: "太频繁",
    503: "数据库忙，或存储空间快满了，请按 Retry-After 再试",
}


class API(NinjaAPI):
    """Declares the error answers of every operation, so that none of them is a surprise."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        schema["components"].setdefault("schemas", {})["Error"] = Error.json_schema()
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, words in ANSWERS.items():
                    operation["responses"].setdefault(status, {"description": words, "content": content})
        return schema


api = API(
    title="幸福驿站",
    version="1",
    auth=SignedIn(),
    renderer=JSON(),
    docs_url="/docs",  # its files are our own: "ninja" is an installed app
    urls_namespace="api",
)
# The overview before the moments: /moments/people would be taken for the number of a post.
for router in (accounts, homes, people, activities, attendance, overview, moments, volunteers, visits, records, notices):
    api.add_router("", router)


@cache
def _described() -> bytes:
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False).encode()


@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """Anybody may ask, so it is made once: half a second of work."""
    return HttpResponse(_described(), content_type="application/json")


def answer(request: HttpRequest, status: int, code: str, message: str, fields: dict[str, str] | None = None) -> HttpResponse:
    """One shape for every error."""
    return api.create_response(request, {"code": code, "message": message, "fields": fields or {}}, status=status)


@api.exception_handler(RefusedError)
def refused(request: HttpRequest, error: RefusedError) -> HttpResponse:
    status = next(status for kind, status in STATUS.items() if isinstance(error, kind))
    response = answer(request, status, error.code, error.message, error.fields)
    if isinstance(error, TooManyError | NoRoomError):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return answer(request, 401, "signed_out", "请先登录。")


@api.exception_handler(Http404)
def not_found(request: HttpRequest, _error: Http404) -> HttpResponse:
    return refused(request, NotFoundError())


@api.exception_handler(HttpError)
def declined(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja's own: a missing CSRF token (403), or a body that is not JSON (400, ours is 422)."""
    if error.status_code == HTTPStatus.FORBIDDEN:
        return answer(request, 403, "csrf", "页面放得太久了，请刷新后再试。")
    return answer(request, 422, "invalid", "内容不完整，请再试一次。")


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which inputs are wrong, in Chinese; what was sent is not repeated back."""
    fields = {str(item["loc"][-1]): WRONG.get(item["type"], "填写不对，请检查。") for item in error.errors}
    return answer(request, 422, "invalid", "有内容填写不对，请检查后再试。", fields)


WRONG = {
    "missing": "这一项没有填。",
    "string_too_long": "太长了。",
    "string_too_short": "太短了。",
    "json_invalid": "内容不完整，请再试一次。",
}


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def busy(request: HttpRequest, _error: Exception) -> HttpResponse:
    """Nothing was recorded; the tablet keeps it and tries again."""
    response = answer(request, 503, "busy", "系统正忙，没有记下。请稍等几秒再试。")
    response.headers["Retry-After"] = "2"
    return response
