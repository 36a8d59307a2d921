"""Homes, who runs them, who works there, and the days they open."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q


class Area(models.Model):
    """A city and its counties: a small tree."""

    name = models.CharField(max_length=40)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")


class Operator(models.Model):
    """承办企业: who runs a Home. It can change."""

    name = models.CharField(max_length=80)


class Home(models.Model):
    name = models.CharField(max_length=40)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="homes")
    operator = models.ForeignKey(Operator, null=True, blank=True, on_delete=models.PROTECT, related_name="homes")
    phone = models.CharField(max_length=20, help_text="The number 打电话 dials.")
    address = models.CharField(max_length=120, blank=True)
    closes_at = models.TimeField(default=dt.time(18, 0), help_text="After this the day is closed; who was not signed out stays open.")


def running(day: dt.date) -> Q:
    """Rows of a term (starts_on, ends_on exclusive or open) that hold on this day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class StaffPost(models.Model):
    class Role(models.TextChoices):
        CARER = "carer", "工作人员"
        MANAGER = "manager", "院长"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_posts")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="staff_posts")
    role = models.CharField(max_length=8, choices=Role.choices)
    title = models.CharField(max_length=20, help_text="How families call them: 陆老师.")
    pin = models.CharField(max_length=128, blank=True, help_text="Hashed; changes the teacher at the door.")
    pin_tries = models.PositiveSmallIntegerField(default=0)
    pin_blocked_until = models.DateTimeField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "home"], condition=Q(ends_on__isnull=True), name="one_open_post_a_home")]


class OfficerPost(models.Model):
    """A federation officer's area; it includes the areas below it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="officer_posts")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="officer_posts")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)


class Holiday(models.Model):
    """A statutory holiday or a make-up workday (调休). Seeded from a library, editable; no row: the weekday decides."""

    date = models.DateField(primary_key=True)
    name = models.CharField(max_length=40)
    works = models.BooleanField(help_text="True: a make-up workday. False: a day off.")


class OpeningException(models.Model):
    """One Home opens or closes on one day whatever the calendar says."""

    home = models.ForeignKey(Home, on_delete=models.CASCADE, related_name="opening_exceptions")
    date = models.DateField()
    opens = models.BooleanField()
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home", "date"], name="opening_exception_once")]
