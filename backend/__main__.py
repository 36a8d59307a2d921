"""`python -m backend <command>`: Django's command line without a manage.py at the root."""

import gc
import os

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    # Loading makes hundreds of thousands of objects and hardly any garbage: a tenth of a start was spent on looking for it.
    gc.set_threshold(50_000, 20, 100)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    execute_from_command_line()
