"""`python -m backend serve`: the whole system in one process, or one of several web processes with --no-dispatch."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from backend.asgi import application
from backend.process.server import Server


class Command(BaseCommand):
    help = "Serves HTTP and the live socket, and sends notices on the same event loop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-dispatch", action="store_true", help="Another process runs `dispatch`.")

    def handle(self, *_args: Any, **options: Any) -> None:
        server = Server(application, host=options["host"], port=options["port"], dispatch=not options["no_dispatch"], ready=self._ready)
        server.run()
        if not server.listening_addresses:
            sys.exit(f"Cannot listen on {options['host']}:{options['port']}.")

    def _ready(self, address: str) -> None:
        print(f"serving {address}", flush=True)
