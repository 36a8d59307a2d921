"""Members, the relatives bound to them, and the invitations that bind."""

from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backend.homes.models import Home


class Avatar(NamedTuple):
    """What every list shows of a face: the portrait, or one character on one of eight colours."""

    text: str
    colour: int
    photo: str | None = None


class Member(models.Model):
    name = models.CharField(max_length=40)
    short_name = models.CharField(max_length=20, help_text="小名: the name the family chose for lock screens.")
    colour = models.PositiveSmallIntegerField(default=0, help_text="Index of the drawn avatar's colour.")
    photo = models.CharField(
        max_length=80, blank=True, help_text="Path of the re-encoded portrait below MEDIA_ROOT; empty: the drawn avatar."
    )
    changes = models.PositiveIntegerField(default=0, help_text="Grows with what others are shown of them: name, face, week.")
    created_at = models.DateTimeField()

    @property
    def avatar(self) -> Avatar:
        photo = f"{settings.MEDIA_URL}{self.photo}" if self.photo else None
        return Avatar(text=(self.short_name or self.name)[:1], colour=self.colour, photo=photo)


class Placement(models.Model):
    """Which Home a member belongs to, from a day until another."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="placements")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="placements")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(ends_on__isnull=True), name="one_open_placement"),
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="placement_ends_after_start"),
        ]


class WeeklyPattern(models.Model):
    """When a member is expected on a weekday (0 = Monday). No row: the member does not come that day.

    On a make-up workday that falls on a weekend the Monday pattern holds.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="pattern")
    weekday = models.PositiveSmallIntegerField()
    arrives_at = models.TimeField()
    departs_at = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "weekday"], name="pattern_once_a_weekday"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="pattern_weekday"),
            models.CheckConstraint(condition=Q(departs_at__gt=F("arrives_at")), name="pattern_departs_after_arrival"),
        ]


class Relative(models.Model):
    """A person's link to a member. Ended by `ended_at`; a new invitation makes a new row."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="relatives")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="relatives")
    relation = models.CharField(max_length=20, help_text="母亲, 父亲, 姐姐 …")
    can_sign = models.BooleanField(default=False, help_text="监护人: may sign for the member.")
    shows_name = models.BooleanField(default=False, help_text="让其他家庭看到我的称呼.")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "member"], condition=Q(ended_at__isnull=True), name="bound_once")]


class Invitation(models.Model):
    """A QR that binds one phone to one member: single use, 72 hours, revocable. Only the token's hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitations")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20)
    can_sign = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


class Consent(models.Model):
    """肖像同意: one answer to one question. Only ever added to; the newest of a member, key and audience holds."""

    class Key(models.TextChoices):
        SELF = "self", "本人"
        GUARDIAN = "guardian", "监护人"

    class Audience(models.TextChoices):
        FAMILY = "family", "自己家人"
        HOME = "home", "本家园其他家庭"
        VOLUNTEERS = "volunteers", "志愿者"
        PUBLIC = "public", "公开"

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="consents")
    key = models.CharField(max_length=8, choices=Key.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    yes = models.BooleanField()
    wording = models.CharField(max_length=200, help_text="The very sentence that was answered.")
    at = models.DateTimeField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", help_text="The guardian, or who showed the tablet."
    )
    on_paper = models.BooleanField(default=False, help_text="A guardian signed on paper; a teacher recorded it.")

    class Meta:
        indexes = [models.Index(fields=["member", "audience", "key", "-id"], name="consent_newest")]
