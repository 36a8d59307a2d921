"""Tables of notifications."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from notifications.ids import uuid7


def new_epoch() -> str:
    return secrets.token_urlsafe(6)


class Inbox(models.Model):
    """One per person. Holding this row until commit is what makes the numbers gap-free."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="inbox")
    latest = models.PositiveBigIntegerField(default=0, help_text="The last number given out.")
    oldest = models.PositiveBigIntegerField(default=1, help_text="The first number still stored.")
    epoch = models.CharField(max_length=16, default=new_epoch, help_text="Changes when a backup is restored.")


class Notice(models.Model):
    """One letter in one person's inbox. Its words are never edited; a correction is a further notice with the same tag."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="notices")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)
    event = models.UUIDField(db_index=True, help_text="What caused it; the same for every reader.")
    thread = models.CharField(max_length=80, help_text="The conversation it belongs to, named by the sender.")
    tag = models.CharField(max_length=80, help_text="One thing that happened; a phone shows only the newest of a tag.")
    topic = models.CharField(max_length=80, blank=True, help_text="The sender's topic that is told how it fares.")
    title = models.CharField(max_length=120)
    body = models.CharField(max_length=500, blank=True)
    link = models.CharField(max_length=200)
    data = models.JSONField(default=dict, blank=True)
    urgent = models.BooleanField(default=False, help_text="A safety notice: interrupts at once and climbs the ladder.")
    at = models.DateTimeField(help_text="When the thing happened.")
    created_at = models.DateTimeField()
    withheld_at = models.DateTimeField(null=True, blank=True, help_text="Its reader may no longer see it; the number stays.")
    delivered_at = models.DateTimeField(null=True, blank=True)
    delivered_via = models.CharField(max_length=16, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="Somebody rang and said it.")
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rung = models.CharField(max_length=16, blank=True, help_text="The rung of the ladder it stands on.")
    climb_at = models.DateTimeField(null=True, blank=True, help_text="When it climbs on, unless received before.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inbox", "seq"], name="notice_number_once")]
        indexes = [
            models.Index(fields=["climb_at"], condition=Q(climb_at__isnull=False), name="notice_to_climb"),
            models.Index(fields=["inbox", "tag"], name="notice_tag"),
            models.Index(fields=["topic", "rung"], condition=~Q(rung=""), name="notice_on_rung"),
            models.Index(fields=["inbox", "thread", "seq"], name="notice_thread"),
            models.Index(fields=["inbox", "thread"], condition=Q(seen_at__isnull=True, withheld_at__isnull=True), name="notice_unread"),
        ]

    @property
    def received(self) -> bool:
        return self.delivered_at is not None or self.seen_at is not None


def has_newer(path: str = "") -> Exists:
    """A later notice of the same tag in the same inbox says it better. `path` leads from the row to its notice."""
    same = {"inbox": OuterRef(f"{path}inbox"), "tag": OuterRef(f"{path}tag")}
    return Exists(Notice.objects.filter(**same, seq__gt=OuterRef(f"{path}seq"), withheld_at__isnull=True))


class PushSubscription(models.Model):
    """One browser on one phone. The endpoint is the phone's: subscribing as another person moves it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_subscriptions")
    endpoint = models.CharField(max_length=600, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    device = models.CharField(max_length=64, blank=True, help_text="The session it was made in, so that signing out ends it.")
    created_at = models.DateTimeField()
    last_ok_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="The push service said it is gone, or the person ended it.")


class Delivery(models.Model):
    """One attempt to reach one phone by one rung: the queue and the record of who was told, when, how."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"  # given up: refused, or its deadline passed
        GONE = "gone"  # the subscription no longer exists
        SUPERSEDED = "superseded"  # a newer notice of the same tag says it better

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    rung = models.CharField(max_length=16)
    subscription = models.ForeignKey(PushSubscription, null=True, blank=True, on_delete=models.SET_NULL, related_name="deliveries")
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Sends begun; one that died half-way counts.")
    lease_owner = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="This very phone said that it showed the notice.")
    error = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(state="waiting"), name="delivery_due")]


class Announcement(models.Model):
    """Something for many readers that may wait: expanded into notices when due, asking again who may see it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    topic = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    event = models.UUIDField(default=uuid.uuid4)
    params = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    expanded_upto = models.PositiveBigIntegerField(default=0, help_text="The last user id already written to.")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(done_at__isnull=True), name="announcement_due")]


class Preference(models.Model):
    """A kind of notice that a person does not want pushed. It still arrives in the inbox."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(max_length=40)
    push = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="preference_once")]


class Reply(models.Model):
    """A fixed one-tap answer to a notice. There is no free chat to keep up with."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "kind"], name="reply_once")]


class Topic(models.Model):
    """A shared state that people watch live, such as one Home's board: its revision counts its changes."""

    name = models.CharField(max_length=80, primary_key=True)
    rev = models.PositiveBigIntegerField(default=0)
