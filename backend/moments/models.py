"""动态: what staff post, who is in the photos, and what families say to it."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.activities.models import Session, Therapy
from backend.homes.models import Home, StaffPost
from backend.people.models import Member


def new_secret() -> str:
    return secrets.token_hex(16)


class Post(models.Model):
    id = models.UUIDField(primary_key=True, help_text="Made by the phone; a repeat is recognised by it.")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="posts")
    author = models.ForeignKey(StaffPost, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000, blank=True)
    therapy = models.CharField(max_length=10, choices=Therapy.choices, blank=True)
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="posts")
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    for_guests = models.BooleanField(default=False, help_text="The album of a visit: who came sees its photos, too, as a volunteer may.")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["home", "-created_at", "-id"], name="post_home_newest")]


class Photo(models.Model):
    class Status(models.TextChoices):
        WAITING = "waiting", "等待上传"
        PROCESSING = "processing", "处理中"
        READY = "ready", "可以看"
        REFUSED = "refused", "不能用"

    id = models.UUIDField(primary_key=True, help_text="Made by the phone.")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    refusal = models.CharField(max_length=100, blank=True, help_text="Why it was refused, for the teacher.")
    marked = models.BooleanField(default=False, help_text="Somebody said who is in it, if only nobody. Until then it is the staff's.")
    secret = models.CharField(max_length=32, unique=True, default=new_secret, help_text="Its folder, on the disk and in addresses.")
    width = models.PositiveIntegerField(default=0, help_text="Of the largest size.")
    height = models.PositiveIntegerField(default=0)
    preview = models.TextField(blank=True, help_text="A data URI: tiny and blurred.")
    shown_since = models.DateTimeField(null=True, blank=True, help_text="Since when families may see it: ready, and marked.")
    declined_at = models.DateTimeField(null=True, blank=True, help_text="A member in it said no on the tablet: it is gone, for everybody.")
    declined_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stale = models.BooleanField(default=False, help_text="Somebody's consent changed: which variants it needs is worked out anew.")
    lease_until = models.DateTimeField(null=True, blank=True, help_text="A photo worker works at it until then.")
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["post", "position"], name="photo_post_position"),
            models.Index(fields=["lease_until"], condition=Q(status="processing"), name="photo_processing"),
            models.Index(fields=["shown_since"], name="photo_shown_since"),
            models.Index(fields=["id"], condition=Q(stale=True), name="photo_stale"),
        ]


class Tag(models.Model):
    """A member is in a photo; the box (in shares of its width and height) is where, if it may have to be blurred."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="tags")
    # Without its tag a photo would be one of nobody, and for everybody.
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="tags")
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)
    w = models.FloatField(null=True, blank=True)
    h = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["photo", "member"], name="tagged_once")]

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        if self.x is None or self.y is None or self.w is None or self.h is None:
            return None
        return self.x, self.y, self.w, self.h


class Variant(models.Model):
    """A rendering of a photo in which exactly these persons are blurred. Not there until it is ready."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="variants")
    key = models.CharField(max_length=16, help_text="Of the boxes; begins the names of its files.")
    boxes = models.JSONField(help_text="[[x, y, w, h], …], sorted.")
    blurs = models.ManyToManyField(Tag, related_name="blurred_in")
    preview = models.TextField(blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["photo", "key"], name="variant_once")]
        indexes = [models.Index(fields=["lease_until"], condition=Q(ready_at__isnull=True), name="variant_to_make")]


class Like(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="likes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="liked_once")]


class Comment(models.Model):
    id = models.UUIDField(primary_key=True, help_text="Made by the phone.")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=200, blank=True, help_text="Empty once its author has deleted it.")
    at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["post", "at"], name="comment_post_at")]


class Digest(models.Model):
    """The families of a Home were told of what is new, up to that half-day. Without a Home: all were."""

    home = models.ForeignKey(Home, null=True, blank=True, on_delete=models.CASCADE, related_name="digests")
    upto = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home", "upto"], name="digest_once")]
