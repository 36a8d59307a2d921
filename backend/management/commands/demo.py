"""`python -m backend demo [--city] [--developed]`: the cast, their Homes, and a day that is always today."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backend.demo.cast import is_loaded, make_cast
from backend.demo.city import HOMES, make_city
from backend.demo.day import untold
from backend.demo.moments import develop
from backend.demo.quarters import tell_quarters
from backend.demo.served import tell_served
from backend.demo.service import tell_service
from backend.demo.today import tell_today
from backend.homes.models import Home


class Command(BaseCommand):
    help = "Loads the demo; run again it only tells today's morning if that is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--city", action="store_true", help="85 Homes, 2,881 members and their relatives")
        parser.add_argument("--developed", action="store_true", help="leaves no photo for the server's photo worker")

    def handle(self, *, city: bool, developed: bool, **_options: object) -> None:
        if not settings.DEMO:
            msg = "The demo's sign-in code is public: set DEMO=1 if this is meant."
            raise CommandError(msg)
        if not is_loaded():
            make_cast()
        if city and Home.objects.count() < HOMES:
            make_city()
        for home in untold():
            tell_today(home)
        tell_service()
        tell_served()
        tell_quarters()
        if developed:
            develop()
        self.stdout.write(f"{Home.objects.count()} Homes are open today.")
