"""A User is a person. The phone number is a way in, not the identity; roles are rows elsewhere."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    def with_phone(self, phone: str, **fields: object) -> "User":
        """A new person who can sign in with this E.164 number and nothing else."""
        user = self.model(phone=phone, **fields)
        user.set_unusable_password()
        user.save()
        return user


class User(AbstractBaseUser):
    phone = models.CharField("手机号", max_length=16, unique=True, null=True, help_text="E.164, such as +8613800000001.")
    name = models.CharField("姓名", max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When a code sent to the phone first came back.")
    provisional = models.BooleanField(
        default=False, help_text="Made when a code was asked for; swept after a day unless the code comes back."
    )
    seen_at = models.DateTimeField(null=True, blank=True, help_text="The last day the person used the app, to the hour.")

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    def __str__(self) -> str:
        return f"user {self.pk}"

    @property
    def phone_masked(self) -> str:
        """138****0001: enough to recognise one's own number over somebody's shoulder."""
        digits = (self.phone or "").removeprefix("+86")
        return f"{digits[:3]}****{digits[-4:]}" if digits else ""


class Device(models.Model):
    """One signed-in browser: what 我登录的设备 lists."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    label = models.CharField(max_length=60, help_text="安卓手机 · Chrome")
    shared = models.BooleanField(default=False, help_text="A Home's tablet: its sessions last a working day.")
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    held_at = models.DateTimeField(
        null=True, blank=True, help_text="Waits for a yes: the number was idle 180 days and may be somebody else's now."
    )


class CodeRequest(models.Model):
    """One asked-for login code: the table the limits are counted in. Kept a day; no number in clear."""

    phone_hash = models.CharField(max_length=64)
    address = models.CharField(max_length=45)
    at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often a code was put in for it.")

    class Meta:
        indexes = [
            models.Index(fields=["phone_hash", "at"], name="code_by_phone"),
            models.Index(fields=["address", "at"], name="code_by_address"),
        ]
