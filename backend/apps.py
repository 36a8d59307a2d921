from importlib import import_module

from django.apps import AppConfig


class BackendConfig(AppConfig):
    """The house itself: commands and deployment checks."""

    name = "backend"
    label = "house"

    def ready(self) -> None:
        import_module("backend.checks")  # registering is importing; before this the settings are not ready
