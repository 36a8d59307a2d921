"""One endpoint: the tap."""

import datetime as dt
import uuid
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path
from ninja import NinjaAPI, Schema, Status
from ninja.security import django_auth

from tests.bench.stock.models import DayStatus, Delivery, Event, Member, Notice, Post, Subscription

api = NinjaAPI(auth=django_auth)


class Tap(Schema):
    id: uuid.UUID
    member: int
    kind: str
    occurred_at: dt.datetime


class Done(Schema):
    effect: str


def tell(notices: list[Notice]) -> None:
    """One group_send a person, as the tutorial has it."""
    layer = get_channel_layer()
    for notice in notices:
        content = {
            "id": str(notice.id),
            "event": str(notice.event_id),
            "title": notice.title,
            "body": notice.body,
            "at": notice.at.isoformat(),
        }
        async_to_sync(layer.group_send)(f"user.{notice.user_id}", {"type": "notice", "content": {"type": "notice", "notice": content}})


@api.post("/attendance/events", response={201: Done, 200: Done})
def tap(request: HttpRequest, data: Tap) -> Any:
    member = get_object_or_404(Member, pk=data.member)
    get_object_or_404(Post, user=request.user, home=member.home)
    with transaction.atomic():
        event, made = Event.objects.get_or_create(
            id=data.id, defaults={"member": member, "kind": data.kind, "occurred_at": data.occurred_at, "recorded_by": request.user}
        )
        if not made:
            return Status(200, {"effect": "none"})
        DayStatus.objects.update_or_create(member=member, defaults={"state": "present", "since": data.occurred_at})
        readers = list(member.relatives.values_list("user_id", flat=True))
        notices = Notice.objects.bulk_create(
            Notice(user_id=reader, event=event, title=f"{member.name} 已到", body="老师在门口接到", at=data.occurred_at)
            for reader in readers
        )
        by_user = {notice.user_id: notice for notice in notices}
        Delivery.objects.bulk_create(
            Delivery(notice=by_user[each.user_id], subscription=each, due_at=data.occurred_at)
            for each in Subscription.objects.filter(user_id__in=readers)
        )
        transaction.on_commit(lambda: tell(notices))
    return Status(201, {"effect": "recorded"})


urlpatterns = [path("api/", api.urls)]
