"""Verbs of signing in and of devices. The library (adapter.py) asks for codes; the rest is ours."""

import datetime as dt
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import F, QuerySet, Sum

from backend.accounts import rules
from backend.accounts.models import CodeRequest, Device, User
from backend.common import clock
from backend.common.errors import InvalidError, NotFoundError, TooManyError
from backend.common.found import one
from backend.common.text import clean
from backend.common.verb import verb
from notifications import outbox

SLOW_DOWN = "验证码要得太勤了，请过 {minutes} 分钟再试。"


@verb
def ask_code(*, phone: str, address: str) -> CodeRequest:
    """Counts one more code for this number, or refuses it.

    A number nobody has used becomes a provisional account here, with the very statements that a
    known one goes through: nothing a stranger can measure tells them apart.
    """
    now = clock.now()
    fresh = User(phone=phone, joined_at=now, provisional=True)
    fresh.set_unusable_password()
    User.objects.bulk_create([fresh], ignore_conflicts=True)
    User.objects.select_for_update(no_key=True).get(phone=phone)  # two requests for one number take turns
    asked = CodeRequest.objects.filter(at__gt=now - rules.LIMIT_WINDOW)
    hashed = rules.phone_hash(phone)
    for name, rows in (("phone", asked.filter(phone_hash=hashed)), ("address", asked.filter(address=address)), ("total", asked)):
        _refuse_above(settings.CODE_LIMITS[name], rows, now)
    _refuse_guessing(hashed, now)
    return CodeRequest.objects.create(phone_hash=hashed, address=address, at=now)


def _refuse_above(limit: int, rows: QuerySet[CodeRequest], now: dt.datetime) -> None:
    """The `limit`-th last one still counts: wait until it does not."""
    last = list(rows.order_by("-at").values_list("at", flat=True)[limit - 1 : limit])
    if last:
        wait = last[0] + rules.LIMIT_WINDOW - now
        raise TooManyError(SLOW_DOWN.format(minutes=int(wait.total_seconds() // 60) + 1), retry_after=int(wait.total_seconds()) + 1)


def _refuse_guessing(phone_hash: str, now: dt.datetime) -> None:
    today = CodeRequest.objects.filter(phone_hash=phone_hash, at__gt=now - dt.timedelta(days=1))
    if (today.aggregate(n=Sum("tries"))["n"] or 0) >= settings.CODE_LIMITS["wrong"]:
        raise TooManyError("验证码输错太多次，请明天再试，或打电话给家园。", retry_after=24 * 3600)


@verb
def try_code(*, request_id: int) -> None:
    """Counts one more try before the code is looked at, so that simultaneous guesses count, too."""
    open_to_try = CodeRequest.objects.filter(pk=request_id, tries__lt=rules.TRIES_PER_CODE)
    if not open_to_try.update(tries=F("tries") + 1):
        raise TooManyError("验证码输错太多次，请重新获取验证码。", retry_after=1)


def code_was_right(*, request_id: int) -> None:
    """The try was no guess: who signs in often is not shut out for it."""
    CodeRequest.objects.filter(pk=request_id, tries__gt=0).update(tries=F("tries") - 1)


@verb
def confirm_phone(*, user: User) -> None:
    """A code came back: the account is a person's."""
    user.confirmed_at = user.confirmed_at or clock.now()
    user.provisional = False
    user.save(update_fields=["confirmed_at", "provisional"])


@verb
def start_device(*, user: User, session_key: str, label: str) -> Device:
    """A sign-in. After half a year of silence it waits for a yes, and does not break the silence."""
    now = clock.now()
    held = rules.must_hold(user, now)
    if not held:
        user.seen_at = now
        user.save(update_fields=["seen_at"])
    Device.objects.filter(session_key=session_key).delete()
    return Device.objects.create(
        user=user, session_key=session_key, label=label, created_at=now, seen_at=now, held_at=now if held else None
    )


@verb
def note_visit(*, device: Device, session: SessionBase) -> None:
    """At most hourly: seen today, and the session's year begins again. A shared tablet's session keeps its fixed end."""
    now = clock.now()
    Device.objects.filter(pk=device.pk).update(seen_at=now)
    User.objects.filter(pk=device.user_id).update(seen_at=now)
    session.modified = True


def rename(*, user: User, name: str) -> User:
    refusal = InvalidError("请写上您的姓名。", fields={"name": "1 到 40 个字。"})
    user.name = clean(name, name="name", longest=40, least=1, refusal=refusal)
    user.save(update_fields=["name"])
    return user


@verb
def share_device(*, device: Device, session: SessionBase, shared: bool) -> Device:
    """A Home's tablet is signed out by itself after a working day; a person's own phone is not."""
    device.shared = shared
    device.save(update_fields=["shared"])
    session.set_expiry(clock.now() + rules.SHARED_SESSION if shared else None)
    return device


@verb
def confirm_device(*, device_id: int, by: User) -> None:
    """It is me: said on another of my devices."""
    if not Device.objects.filter(pk=device_id, user=by).update(held_at=None):
        raise NotFoundError


@verb
def confirm_person(*, user_id: int) -> int:
    """Somebody who knows this person says that the number is still theirs. Whoever may say so is the caller's rule."""
    return Device.objects.filter(user=user_id).exclude(held_at=None).update(held_at=None)


@verb
def sign_out_device(*, device_id: int, by: User) -> Device:
    """Ends the session, its push subscriptions and its sockets."""
    device = one(Device.objects.filter(pk=device_id, user=by))
    _end([device], user_id=by.id)
    return device


@verb
def sign_out_session(*, session_key: str, user: User) -> None:
    """The same for the browser that asks, whether or not it has a device row."""
    outbox.end_subscriptions(user_id=user.id, device=session_key)
    outbox.disconnect(user.id)
    Device.objects.filter(session_key=session_key, user=user).delete()


@verb
def sign_out_everywhere(*, user: User) -> None:
    """Every session ends at once, known to the list or not: sessions are sealed with the unusable password."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    _end(list(Device.objects.filter(user=user)), user_id=user.id)
    outbox.end_subscriptions(user_id=user.id)


@verb
def sweep(*, now: dt.datetime) -> None:
    """Numbers that never confirmed a code, old requests, devices whose session is over, and phones long pushed to no more."""
    provisional = User.objects.filter(provisional=True, confirmed_at=None, joined_at__lt=now - rules.PROVISIONAL_FOR)
    provisional.delete()
    CodeRequest.objects.filter(at__lt=now - dt.timedelta(days=1)).delete()
    _sessions().clear_expired()
    for device in _without_session(now):
        _end([device], user_id=device.user_id)
    outbox.forget_ended(now=now)


def _without_session(now: dt.datetime) -> list[Device]:
    alive = _sessions().get_model_class().objects.filter(expire_date__gt=now).values("session_key")
    return list(Device.objects.exclude(session_key__in=alive)[:200])


def _end(devices: list[Device], *, user_id: int) -> None:
    for device in devices:
        _sessions()(device.session_key).delete()
        outbox.end_subscriptions(user_id=user_id, device=device.session_key)
    Device.objects.filter(pk__in=[device.pk for device in devices]).delete()
    outbox.disconnect(user_id)


def _sessions() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore
