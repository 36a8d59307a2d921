"""The volunteers over HTTP."""

from ninja import Router

from backend.volunteers.api.organisations import router as organisations
from backend.volunteers.api.profiles import router as profiles

router = Router(tags=["volunteers"])
for part in (profiles, organisations):
    router.add_router("", part)
