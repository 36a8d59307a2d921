"""五疗: what is planned, the sessions that follow from it, and who took part."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backend.common import clock
from backend.homes.models import Home, StaffPost
from backend.people.models import Member


class Therapy(models.TextChoices):
    """The first character of the word is the kind's sign; its colour is the phone's token of the same name."""

    WORK = "work", "工疗"
    FARM = "farm", "农疗"
    REHAB = "rehab", "康疗"
    COUNSELING = "counseling", "思疗"
    CULTURE = "culture", "文疗"


class Timetable(models.Model):
    """One row per Home: locked first by every verb that plans, so two teachers take turns."""

    home = models.OneToOneField(Home, on_delete=models.CASCADE, primary_key=True, related_name="timetable")
    laid_out = models.CharField(max_length=64, blank=True, help_text="For which opening days the sessions were laid out, in short.")


class Group(models.Model):
    """Members who do things together: 合唱队, 菜园组."""

    home = models.ForeignKey(Home, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=20)
    members = models.ManyToManyField(Member, related_name="groups")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home", "name"], name="group_name_once_a_home")]


class Activity(models.Model):
    """What is planned, once or again and again. A change from some day on ends this one and begins another."""

    class Audience(models.TextChoices):
        ALL = "all", "全体"
        GROUP = "group", "小组"
        NAMED = "named", "指定成员"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, help_text="Made by the phone; a repeat is recognised by it.")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="activities")
    therapy = models.CharField(max_length=10, choices=Therapy.choices)
    title = models.CharField(max_length=40)
    place = models.CharField(max_length=40, blank=True)
    leader = models.ForeignKey(StaffPost, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=5, choices=Audience.choices)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="activities")
    members = models.ManyToManyField(Member, related_name="+", help_text="Of the audience 指定成员.")
    materials = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    starts_at = models.TimeField(help_text="On the Home's wall clock.")
    minutes = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=120, blank=True, help_text="RRULE; blank: once.")
    ended_on = models.DateField(null=True, blank=True, help_text="No sessions from this day on.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()


class Session(models.Model):
    """One date of an activity, with what holds for this one. `date` names it whatever day it is moved to."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sessions")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="sessions")
    date = models.DateField(help_text="The date that the activity gave it.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    title = models.CharField(max_length=40)
    place = models.CharField(max_length=40, blank=True)
    leader = models.ForeignKey(StaffPost, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    changed = models.BooleanField(default=False, help_text="Somebody changed this one: it follows its activity no more.")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=60, blank=True, help_text="Why it was cancelled.")
    sequence = models.PositiveIntegerField(default=0, help_text="Grows with every change, for calendars that subscribe.")
    touched_at = models.DateTimeField(help_text="When it last changed.")
    result = models.CharField(max_length=200, blank=True)
    baskets = models.PositiveIntegerField(null=True, blank=True, help_text="筐数")
    pieces = models.PositiveIntegerField(null=True, blank=True, help_text="件数")
    rank = models.PositiveIntegerField(null=True, blank=True, help_text="名次")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "date"], name="one_session_a_date"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
        ]
        indexes = [models.Index(fields=["home", "starts_at"], name="session_home_start")]

    @property
    def state(self) -> str:
        """planned, now, done or cancelled: time itself moves it on."""
        if self.cancelled_at is not None:
            return "cancelled"
        now = clock.now()
        if now < self.starts_at:
            return "planned"
        return "now" if now < self.ends_at else "done"


class Participation(models.Model):
    """What a member did with a session. No row: nobody has said yet."""

    class State(models.TextChoices):
        JOINED = "joined", "参加了"
        LEFT_EARLY = "left_early", "提前离开"
        DECLINED = "declined", "不想参加"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="participations")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="participations")
    state = models.CharField(max_length=10, choices=State.choices)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="one_participation")]


class CalendarFeed(models.Model):
    """The secret address of a person's calendar. Only the token's hash is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    seal = models.CharField(max_length=64, help_text="Of the sessions it was made among: signing out everywhere breaks it, too.")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user"], condition=Q(revoked_at__isnull=True), name="one_feed")]
