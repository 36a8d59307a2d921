"""Reads about a person's devices."""

from django.db.models import QuerySet

from backend.accounts.models import Device, User


def devices(user: User) -> QuerySet[Device]:
    """The latest used first."""
    return Device.objects.filter(user=user).order_by("-seen_at", "-id")
