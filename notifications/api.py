"""HTTP API of notifications. The project that includes this router says who is signed in; `request.user` is the person."""

import json
import uuid
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Body, Path, Query, Router, Status

from notifications import conf
from notifications.channels import subscriptions
from notifications.inbox import notices, push_test, receipts, reports
from notifications.models import Notice, Preference, PushSubscription
from notifications.schemas import (
    MOST_PREFERENCES,
    Inbox,
    NoticeOut,
    PageIn,
    PreferenceRow,
    Problem,
    Push,
    ReceiptIn,
    ReplyIn,
    SeenIn,
    SubscriptionIn,
    SubscriptionOut,
    SubscriptionPage,
    TestOut,
    TestState,
    ThreadOut,
)
from notifications.sender import sender
from notifications.wire import endpoints, receipt_tokens, vapid

router = Router(tags=["notices"])

Id = Annotated[int, Path(gt=0, lt=2**63)]
Preferences = Annotated[list[PreferenceRow], Body(max_length=MOST_PREFERENCES)]
NO_SERVICE = "这个浏览器的推送服务用不了。请换用系统自带的浏览器，或请家园老师打电话通知您。"
TOO_MANY_KINDS = "没有保存：一个人最多能设 40 种通知。请刷新页面再试。"
TOO_SOON = "测试通知发得太勤了，请过一会儿再试。"
NO_KEYS = "手机给的推送钥匙不完整。请关掉通知再打开一次。"


def _me(request: HttpRequest) -> int:
    """Whoever may come in has a row."""
    return int(request.user.pk or 0)


def _device(request: HttpRequest) -> str:
    return request.session.session_key or ""


def _own(request: HttpRequest, notice_id: uuid.UUID) -> Notice:
    return get_object_or_404(Notice, pk=notice_id, inbox_id=_me(request), withheld_at=None)


@router.get("/notices", response=Inbox, operation_id="list_notices")
def list_notices(request: HttpRequest, part: Query[PageIn]) -> notices.Page:
    return notices.page(_me(request), after=part.after, before=part.before, thread=part.thread, limit=part.limit)


@router.get("/notices/threads", response=list[ThreadOut], operation_id="list_threads")
def list_threads(request: HttpRequest) -> list[dict[str, object]]:
    threads = reports.latest(user_id=_me(request))
    newest = notices.shapes([each.latest for each in threads])
    return [{"thread": each.thread, "unread": each.unread, "latest": latest} for each, latest in zip(threads, newest, strict=True)]


@router.get("/notices/preferences", response=list[PreferenceRow], operation_id="list_preferences")
def list_preferences(request: HttpRequest) -> list[dict[str, object]]:
    rows = Preference.objects.filter(user_id=_me(request)).order_by("kind")
    return [{"kind": row.kind, "push": row.push} for row in rows]


@router.put("/notices/preferences", response={200: list[PreferenceRow], 422: Problem}, operation_id="set_preferences")
def set_preferences(request: HttpRequest, rows: Preferences) -> Status[Any]:
    known = set(Preference.objects.filter(user_id=_me(request)).values_list("kind", flat=True))
    wanted = {row.kind: Preference(user_id=_me(request), kind=row.kind, push=row.push) for row in rows}
    if len(known | wanted.keys()) > MOST_PREFERENCES:
        return Status(422, {"code": "too_many_kinds", "message": TOO_MANY_KINDS})
    Preference.objects.bulk_create(wanted.values(), update_conflicts=True, unique_fields=["user", "kind"], update_fields=["push"])
    return Status(200, list_preferences(request))


@router.post("/notices/seen", response={204: None}, operation_id="see_notices")
def see_notices(request: HttpRequest, body: SeenIn) -> Status[None]:
    receipts.mark_seen(user_id=_me(request), upto=body.upto, thread=body.thread)
    return Status(204, None)


def receipt_auth(request: HttpRequest) -> Any:
    """Whoever is signed in, or a phone that shows the token it was sent with the notice.

    The token opens this one notice: no session, and no CSRF, for there is nothing a forged page could know.
    Anything else goes the project's own way (`settings.NOTIFICATIONS["AUTH"]`), CSRF included.
    """
    return _token(request) or conf.session_auth()(request)


def _token(request: HttpRequest) -> receipt_tokens.ReceiptToken | None:
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    text = given.get("token") if isinstance(given, dict) else None
    return receipt_tokens.read(text) if isinstance(text, str) else None


@router.post("/notices/{notice_id}/receipts", response={204: None}, auth=receipt_auth, operation_id="confirm_notice")
def confirm_notice(request: HttpRequest, notice_id: uuid.UUID, body: ReceiptIn) -> Status[None]:
    token = getattr(request, "auth", None)
    if isinstance(token, receipt_tokens.ReceiptToken):
        _confirm_by_token(token, notice_id, body)
    elif body.state == "told":
        _mark_told(request, notice_id)
    else:
        receipts.store([receipts.Mark(_own(request, notice_id).pk, _me(request), body.state, via="app")])
    return Status(204, None)


def _confirm_by_token(token: receipt_tokens.ReceiptToken, notice_id: uuid.UUID, body: ReceiptIn) -> None:
    if token.notice != notice_id or body.state == "told":
        raise Http404
    receipts.confirm(notice_id, subscription=token.subscription, state=body.state)


def _mark_told(request: HttpRequest, notice_id: uuid.UUID) -> None:
    """Allowed to whoever may listen to what the notice is about, and is not its reader."""
    notice = get_object_or_404(Notice, pk=notice_id, withheld_at=None)
    if not notice.topic or notice.inbox_id == _me(request) or notice.topic not in sender().topics_of({_me(request)})[_me(request)]:
        raise Http404
    receipts.mark_told(event=notice.event, topic=notice.topic, by=_me(request))


@router.post("/notices/{notice_id}/replies", response={201: NoticeOut}, operation_id="reply_to_notice")
def reply_to_notice(request: HttpRequest, notice_id: uuid.UUID, body: ReplyIn) -> Status[dict[str, object]]:
    receipts.reply(notice=_own(request, notice_id), kind=body.kind)
    return Status(201, notices.shapes([_own(request, notice_id)])[0])


@router.get("/push", response=Push, operation_id="show_push")
def show_push(request: HttpRequest) -> dict[str, object]:
    return {"key": vapid.key().public, "subscriptions": _subscriptions(request)}


@router.get("/push/subscriptions", response=SubscriptionPage, operation_id="list_subscriptions")
def list_subscriptions(request: HttpRequest) -> dict[str, object]:
    return {"key": vapid.key().public, "items": _subscriptions(request), "next": None}


def _subscriptions(request: HttpRequest) -> list[dict[str, object]]:
    return [_subscription(request, row) for row in PushSubscription.objects.filter(user_id=_me(request), ended_at=None).order_by("pk")]


def _subscription(request: HttpRequest, row: PushSubscription) -> dict[str, object]:
    return {"id": row.pk, "created_at": row.created_at, "last_ok_at": row.last_ok_at, "this_device": row.device == _device(request)}


@router.post("/push/subscriptions", response={200: SubscriptionOut, 201: SubscriptionOut, 422: Problem}, operation_id="subscribe_to_push")
def subscribe_to_push(request: HttpRequest, body: SubscriptionIn) -> Status[dict[str, object]]:
    keys = {"p256dh": body.keys.p256dh, "auth": body.keys.auth}
    try:
        row, new = subscriptions.subscribe(user_id=_me(request), endpoint=body.endpoint, device=_device(request), **keys)
    except endpoints.EndpointRefusedError:
        return Status(422, {"code": "push_service", "message": NO_SERVICE})
    except subscriptions.KeysRefusedError:
        return Status(422, {"code": "push_keys", "message": NO_KEYS})
    return Status(201 if new else 200, _subscription(request, row))


@router.delete("/push/subscriptions/{subscription_id}", response={204: None}, operation_id="end_subscription")
def end_subscription(request: HttpRequest, subscription_id: Id) -> Status[None]:
    live = PushSubscription.objects.filter(pk=subscription_id, user_id=_me(request), ended_at=None)
    if not live.update(ended_at=timezone.now()):
        raise Http404
    return Status(204, None)


@router.post("/push/test", response={201: TestOut, 429: Problem}, operation_id="test_push")
def test_push(request: HttpRequest, response: HttpResponse) -> Status[dict[str, object]]:
    try:
        return Status(201, {"id": push_test.send(user_id=_me(request))})
    except push_test.TooSoonError as refusal:
        response.headers["Retry-After"] = str(refusal.seconds)
        return Status(429, {"code": "too_many", "message": TOO_SOON})


@router.get("/push/test/{notice_id}", response=TestState, operation_id="show_test")
def show_test(request: HttpRequest, notice_id: uuid.UUID) -> push_test.Result:
    notice = get_object_or_404(Notice, pk=notice_id, inbox_id=_me(request), kind=push_test.KIND)
    return push_test.result_of(notice, device=_device(request))
