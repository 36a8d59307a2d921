"""The house's own table."""

from django.db import models


class Lease(models.Model):
    """Whoever holds it runs the scheduler; of several processes one does, and another when that one dies."""

    name = models.CharField(max_length=20, primary_key=True)
    owner = models.UUIDField()
    until = models.DateTimeField()
