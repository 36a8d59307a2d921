"""Firefox ESR, headless, with a fresh profile whose push goes to the local push service."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any, Self

from tests.support.bidi import Bidi, Tab
from tests.support.processes import Child, wait_until

COMMAND = "firefox-esr"
PREFS: dict[str, Any] = {
    "dom.push.testing.allowInsecureServerURL": True,
    "dom.push.connection.enabled": True,
    "dom.push.alwaysConnect": True,
    "permissions.default.desktop-notification": 1,
    "alerts.useSystemBackend": False,
    "app.update.auto": False,
    "app.normandy.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "services.settings.server": "data:,",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
}


class Firefox:
    """The browser as a process; `tab()` opens a page in it."""

    def __init__(self, *, push_url: str, **prefs: object) -> None:
        self.profile = Path(tempfile.mkdtemp(prefix="firefox-"))
        lines = {**PREFS, "dom.push.serverURL": push_url, **prefs}
        text = "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in lines.items())
        (self.profile / "user.js").write_text(text, encoding="utf-8")

    def __enter__(self) -> Self:
        command = [COMMAND, "--headless", "--no-remote", "--profile", str(self.profile), "--remote-debugging-port", "0"]
        self.child = Child(command, log=self.profile / "firefox.log")
        try:
            self.bidi = self._connect()
        except BaseException:
            self._end()
            raise
        return self

    def _connect(self) -> Bidi:
        address = self.profile / "WebDriverBiDiServer.json"
        wait_until(lambda: address.exists() and address.stat().st_size > 0, what="Firefox listens")
        place = json.loads(address.read_text(encoding="utf-8"))
        return Bidi(f"ws://{place['ws_host']}:{place['ws_port']}/session")

    def _end(self) -> None:
        self.child.kill()
        shutil.rmtree(self.profile, ignore_errors=True)

    def __exit__(self, *_: object) -> None:
        self.bidi.close()
        self._end()

    def tab(self, url: str) -> Tab:
        tab = Tab(self.bidi)
        tab.go(url)
        return tab
