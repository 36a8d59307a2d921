"""Settings: one file, from the environment alone. deploy/README.md lists every variable with its default."""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from backend import env, logs, pwa
from backend.common.keys import read_or_create

ROOT = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR", str(ROOT / "var"))).absolute()
DATA_DIR.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
# The address below which a proxy serves MEDIA_ROOT to itself: then it sends the photos that we allow.
MEDIA_ACCEL = env.text("MEDIA_ACCEL").rstrip("/")
PWA_DIST = ROOT / "pwa" / "dist"

DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
# The long side of the demo's photos, in pixels; 0: as they are. Tests that only need photos take small ones.
DEMO_PICTURES = env.number("DEMO_PICTURES", 0)
SECRET_KEY = env.text("SECRET_KEY") or read_or_create(DATA_DIR / "secret_key", lambda: secrets.token_urlsafe(50).encode()).decode().strip()
PUBLIC_URL = env.origin("PUBLIC_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "daphne",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "ninja",
    "notifications",
    "backend",
    "backend.accounts",
    "backend.homes",
    "backend.people",
    "backend.activities",
    "backend.attendance",
    "backend.moments",
    "backend.volunteers",
    "backend.visits",
    "backend.records",
    "backend.overview",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "backend.common.middleware.no_store",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "backend.accounts.middleware.seen",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
ROOT_URLCONF = "backend.urls"
ASGI_APPLICATION = "backend.asgi.application"

DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
REDIS_URL = env.text("REDIS_URL")
# One process needs no layer. Several processes pass frames to each other through Redis.
CHANNEL_LAYERS = (
    {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            # redis-py's default socket timeout would kill idle subscribers.
            "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None}]},
        },
    }
    if REDIS_URL
    else {}
)

LOGGING = logs.configure(env.text("LOG_LEVEL", "WARNING"))

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
WHITENOISE_ROOT = PWA_DIST if PWA_DIST.is_dir() else None
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
WHITENOISE_USE_FINDERS = True  # the API's documentation page comes from Ninja's own files
WHITENOISE_ADD_HEADERS_FUNCTION = pwa.headers
WHITENOISE_IMMUTABLE_FILE_TEST = pwa.immutable

# -- people and sessions --------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
# Nobody has a password; the only thing hashed is the PIN at the door.
PASSWORD_HASHERS = ["backend.homes.hashers.PinHasher"]
AUTHENTICATION_BACKENDS = ["backend.accounts.auth.PhoneBackend"]
SESSION_ENGINE = "backend.accounts.sessions"
SESSION_COOKIE_AGE = int(timedelta(days=365).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "backend.urls.csrf_failure"
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        # The reader of QR codes, for phones that have none of their own. It compiles our own file and evaluates no text.
        "script-src": ["'self'", "'wasm-unsafe-eval'"],
        "img-src": ["'self'", "data:", "blob:"],
        "style-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}

HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS: dict[str, str] = {}
ACCOUNT_ADAPTER = "backend.accounts.adapter.PhoneAdapter"
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
# The limits on codes live in a table (accounts.services): these per-process ones would only add noise.
ACCOUNT_RATE_LIMITS = False
SMS_GATEWAY = env.text("SMS_GATEWAY", "demo" if DEMO else "console")
# Codes in ten minutes per phone, per address and in total. The demo sends none, and is tried by many from one machine.
CODE_LIMITS = {
    "phone": env.number("CODES_PER_PHONE", 1000 if DEMO else 5),
    "address": env.number("CODES_PER_ADDRESS", 10_000 if DEMO else 20),
    "total": env.number("CODES_IN_TOTAL", 10_000 if DEMO else 500),
    # Put in wrongly in a day, per phone.
    "wrong": env.number("WRONG_CODES_PER_PHONE", 1000 if DEMO else 30),
}
# Whose number, when it was idle for half a year, needs a yes before a new device sees anything.
HOLD_WHEN_IDLE = "backend.people.rules.has_family_here"

# Nobody's forwarded address is believed unless the operator says how many proxies stand in front.
NINJA_NUM_PROXIES = env.number("PROXIES", 0)

# Signs certificates of service; without it, those on paper can no longer be checked offline.
CERTIFICATE_KEY_FILE = DATA_DIR / "certificate_private.pem"

# -- notifications ------------------------------------------------------------------------------
NOTIFICATIONS: dict[str, Any] = {
    # The module that answers the questions of notifications; notifications/sender.py lists them.
    "SENDER": "backend.overview.sender",
    # Who is signed in, for the one operation that a push's own token opens as well.
    "AUTH": "backend.accounts.auth.SignedIn",
    # Pushes carry absolute addresses: some browsers show them without asking the app.
    "PUBLIC_URL": PUBLIC_URL,
    # Rung and seconds after the notice was stored. Later rungs (SMS, the manager) are further pairs.
    "LADDER": (("webpush", 0), ("calls", env.number("CALLS_AFTER", 180))),
    "VAPID_KEY_FILE": DATA_DIR / "vapid_private.pem",
    "VAPID_CONTACT": env.text("PUSH_CONTACT", "mailto:admin@localhost"),
    # Where push subscriptions may point: https, port 443, these hosts or their subdomains ("*.").
    "PUSH_HOSTS": env.names(
        "PUSH_HOSTS",
        "fcm.googleapis.com,*.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com",
    ),
    # Loopback origins (http://127.0.0.1:PORT) that tests may add; empty in every deployment.
    "PUSH_TEST_ORIGINS": env.names("PUSH_TEST_ORIGINS"),
}
