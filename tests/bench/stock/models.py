"""The least that a tap with three notices and three deliveries needs."""

import uuid

from django.conf import settings
from django.db import models


class Post(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    home = models.IntegerField()


class Member(models.Model):
    home = models.IntegerField()
    name = models.CharField(max_length=40)


class Relative(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="relatives")


class Subscription(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    endpoint = models.CharField(max_length=600, unique=True)


class Event(models.Model):
    id = models.UUIDField(primary_key=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT)
    kind = models.CharField(max_length=8)
    occurred_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)


class DayStatus(models.Model):
    member = models.OneToOneField(Member, on_delete=models.CASCADE)
    state = models.CharField(max_length=8)
    since = models.DateTimeField()


class Notice(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    event = models.ForeignKey(Event, on_delete=models.CASCADE)
    title = models.CharField(max_length=120)
    body = models.CharField(max_length=500)
    at = models.DateTimeField()


class Delivery(models.Model):
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE)
    state = models.CharField(max_length=12, default="waiting")
    due_at = models.DateTimeField(db_index=True)
