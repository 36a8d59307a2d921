"""The records over HTTP."""

from ninja import Router

from backend.records.api.afterwards import router as afterwards
from backend.records.api.certificates import router as certificates
from backend.records.api.checkins import router as checkins
from backend.records.api.corrections import router as corrections
from backend.records.api.counting_rules import router as counting_rules
from backend.records.api.honours import router as honours
from backend.records.api.records import router as records
from backend.records.api.visit_history import router as visit_history

router = Router(tags=["records"])
for part in (checkins, afterwards, records, corrections, honours, visit_history, counting_rules, certificates):
    router.add_router("", part)
