"""Loaded by pytest before the settings are (-p in pyproject.toml), so no test ever touches var/ or obeys the developer's shell."""

import atexit
import os
import shutil
import signal
import tempfile

# All but DATABASE_URL: ./dev names the PostgreSQL of the second run there.
OURS = """
    DATA_DIR DATABASE_POOL REDIS_URL SECRET_KEY PUBLIC_URL ALLOWED_HOSTS BEHIND_PROXY PROXIES SMS_GATEWAY DEMO DEBUG
    CODES_PER_PHONE CODES_PER_ADDRESS CODES_IN_TOTAL WRONG_CODES_PER_PHONE CALLS_AFTER PUSH_CONTACT PUSH_HOSTS PUSH_TEST_ORIGINS
    LOG_LEVEL MEDIA_ACCEL DEMO_PICTURES
""".split()

for name in OURS:
    os.environ.pop(name, None)
DATA_DIR = tempfile.mkdtemp(prefix="yizhan-test-")
os.environ["DATA_DIR"] = DATA_DIR
os.environ["DEMO_PICTURES"] = "160"  # and of the servers that tests start
os.environ["DJANGO_SETTINGS_MODULE"] = "backend.settings"

# A run that is told to stop still tears its fixtures down, and so ends the servers that it started.
signal.signal(signal.SIGTERM, signal.default_int_handler)
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
