"""JSON that leaves Chinese as it is (Ninja's own escapes it to ASCII, three times the bytes)."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.renderers import JSONRenderer
from ninja.responses import NinjaJSONEncoder


class JSON(JSONRenderer):
    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:  # noqa: ARG002 - Ninja's signature
        return json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False, separators=(",", ":"))
