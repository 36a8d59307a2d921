"""A Home's quiet: how many visits a week, and days without any."""

from django.db import models

from backend.homes.models import Home


class HomeQuiet(models.Model):
    """One row per Home: locked first by every verb that opens an event, so two never get the same hour."""

    home = models.OneToOneField(Home, on_delete=models.CASCADE, primary_key=True, related_name="quiet")
    visits_a_week = models.PositiveSmallIntegerField(default=3)


class BlackoutDay(models.Model):
    """A day on which the Home receives nobody."""

    home = models.ForeignKey(Home, on_delete=models.CASCADE, related_name="blackout_days")
    date = models.DateField()
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home", "date"], name="blackout_once")]
