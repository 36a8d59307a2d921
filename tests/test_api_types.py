"""The phone app's types are what the API says today. `./dev types` rewrites them."""

import subprocess
from pathlib import Path

from django.core.management import call_command

PWA = Path(__file__).resolve().parent.parent / "pwa"


def test_the_phone_app_knows_the_api_as_it_is(tmp_path: Path) -> None:
    described, written = tmp_path / "openapi.json", tmp_path / "schema.d.ts"
    call_command("export_openapi_schema", api="backend.api.api", output=str(described))
    subprocess.run(["node", "scripts/types.mjs", described, written], cwd=PWA, check=True)
    assert (PWA / "src" / "api" / "schema.d.ts").read_text(encoding="utf-8") == written.read_text(encoding="utf-8")
