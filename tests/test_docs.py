"""What the documents say is so."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import rooms_picture
from tests.support.environment import OURS

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(path for path in ROOT.rglob("*.md") if not {"node_modules", ".venv", "var", "dist", ".pytest_cache"} & set(path.parts))
# The contract allows these in every app, and an app's own modules beside them.
USUAL = {"__init__", "apps", "migrations", "models", "rules", "queries", "notices", "services", "schemas", "due", "api", "topics"}
OWN = {
    "accounts": {"adapter", "auth", "labels", "middleware", "sessions", "sign_in", "sms", "urls"},
    "activities": {"ics", "recurrence", "templates"},
    "homes": {"hashers"},
    "moments": {"archive", "cleanup", "files", "media", "photo_worker", "wakeup"},
    "people": {"cells", "consent", "portraits", "roster"},
    "overview": {"media", "sender"},
    "records": {"hours", "seal", "sheets"},
    "visits": {"door_codes", "ics", "media", "waitlist"},
    "volunteers": {"links"},
}
ENV_READERS = {"text", "flag", "names", "number", "origin"}


def readable(value: object) -> str:
    """Document names in test ids."""
    return str(value.relative_to(ROOT)) if isinstance(value, Path) else str(value)


@pytest.mark.parametrize("document", DOCUMENTS, ids=readable)
def test_every_path_a_document_names_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:\.?/)?[\w.-]+(?:/[\w.-]+)*/?)`", text)) | set(re.findall(r"\]\((?!https?:)([^)#]+)", text))
    looks_like_a_path = re.compile(r"/|\.(py|md|toml|txt|ts|vue|json|css|in)$")
    ignored = re.compile(r"NAME|^/|^var/|^(models|rules|queries|notices|services|schemas|due|api|apps)\.py$")
    places = (document.parent, document.parent / "src", ROOT)
    missing = [
        path
        for path in named
        if looks_like_a_path.search(path) and not ignored.search(path) and not any((place / path).exists() for place in places)
    ]
    assert missing == []


def dev_verbs() -> set[str]:
    help_text = subprocess.run([ROOT / "dev", "--help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^    (\w+)  ", help_text, re.MULTILINE))


def test_the_one_command_has_its_verbs() -> None:
    assert dev_verbs() == {"up", "test", "check", "fix", "types", "drill", "bench", "manage"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=readable)
def test_every_verb_a_document_names_exists(document: Path) -> None:
    named = set(re.findall(r"\./dev (\w+)", document.read_text(encoding="utf-8")))
    assert named <= dev_verbs()


def test_the_readme_names_every_verb_and_the_whole_cast() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {f"./dev {verb}" for verb in dev_verbs()} <= set(re.findall(r"\./dev \w+", text))
    assert re.findall(r"^\| (1\d{10}) \|", text, re.MULTILINE) == [f"1380000000{number}" for number in range(1, 9)]


# -- the map and the words -------------------------------------------------------------------------
def test_the_picture_of_the_rooms_is_what_the_contracts_say() -> None:
    """When it differs: python -m tests.support.rooms_picture."""
    assert rooms_picture.PICTURE.read_text(encoding="utf-8") == rooms_picture.drawn()


def test_every_name_of_the_glossary_stands_in_the_code() -> None:
    rows = re.findall(r"^\| [^|]+ \| (`[^|]+`) \|", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([\w.]+)`", row)}
    folders = (ROOT / "backend", ROOT / "notifications")
    code = "\n".join(f"{path.name}\n{path.read_text(encoding='utf-8')}" for folder in folders for path in folder.rglob("*.py"))
    assert len(named) > 50
    assert [name for name in sorted(named) if not re.search(rf"\b{re.escape(name)}\b", code)] == []


# -- the operator's table --------------------------------------------------------------------------
def read_from_the_environment() -> Iterator[tuple[str, str | None]]:
    """Names of variables with their default, where that is a plain value."""
    for path in (ROOT / "backend").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (given := variable(node, inside_env=path.name == "env.py")):
                yield given


def variable(call: ast.Call, *, inside_env: bool) -> tuple[str, str | None] | None:
    reads = (
        call.func.id in ENV_READERS and inside_env
        if isinstance(call.func, ast.Name)
        else isinstance(call.func, ast.Attribute) and of_env(call.func)
    )
    if not reads or not call.args or not isinstance(call.args[0], ast.Constant):
        return None
    if len(call.args) == 1:
        empty = "0" if isinstance(call.func, ast.Attribute) and call.func.attr == "flag" else ""
        return str(call.args[0].value), empty
    return str(call.args[0].value), str(call.args[1].value) if isinstance(call.args[1], ast.Constant) else None


def of_env(function: ast.Attribute) -> bool:
    return isinstance(function.value, ast.Name) and function.value.id == "env" and function.attr in ENV_READERS


def test_the_operators_table_names_every_variable_and_default() -> None:
    table = dict(re.findall(r"^\| `([A-Z_]+)` \| (.*?) ?\|", (ROOT / "deploy" / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    read = dict(read_from_the_environment())
    assert set(table) == set(read)
    computed = {"SECRET_KEY"}  # an empty one is made and kept
    plain = {name: f"`{default}`" if default else "" for name, default in read.items() if default is not None and name not in computed}
    assert {name: table[name] for name in plain} == plain


def test_tests_forget_every_variable_of_the_developers_shell() -> None:
    assert set(OURS) == {name for name, _ in read_from_the_environment()} - {"DATABASE_URL"}


# -- the house -------------------------------------------------------------------------------------
def test_every_app_has_the_same_file_names() -> None:
    apps = [config.parent for config in (ROOT / "backend").glob("*/apps.py")]
    names = {
        app.name: {entry.stem for entry in app.iterdir() if entry.suffix == ".py" or (entry.is_dir() and entry.name != "__pycache__")}
        for app in apps
    }
    assert {app: found - USUAL for app, found in names.items() if found - USUAL} == OWN


@pytest.mark.parametrize("lock", ["runtime", "test"])
def test_a_lock_has_a_hash_for_every_package_and_no_address(lock: str) -> None:
    text = (ROOT / "deploy" / "locks" / f"{lock}.txt").read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9._-]+==\S+.*\n(.*)", text, re.MULTILINE)
    assert packages
    assert all(line.strip().startswith("--hash=sha256:") for line in packages)
    assert "://" not in text


def test_the_test_lock_holds_the_runtime_lock() -> None:
    runtime, test = (
        set(re.findall(r"^[a-z0-9._-]+==\S+", (ROOT / "deploy" / "locks" / f"{lock}.txt").read_text(), re.MULTILINE))
        for lock in ("runtime", "test")
    )
    assert runtime <= test


def test_the_phone_apps_lock_has_no_address_and_serves_every_platform() -> None:
    packages = json.loads((ROOT / "pwa" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [path for path, package in packages.items() if "resolved" in package] == []
    optional = {(path, name) for path, package in packages.items() for name in package.get("optionalDependencies", ())}
    missing = {name for path, name in optional if f"node_modules/{name}" not in packages and f"{path}/node_modules/{name}" not in packages}
    assert missing == set()  # pwa/scripts/lock.mjs adds them


def test_the_one_command_needs_nothing_but_the_standard_library() -> None:
    nodes = list(ast.walk(ast.parse((ROOT / "dev").read_text(encoding="utf-8"))))
    roots = {(node.module or "").split(".")[0] for node in nodes if isinstance(node, ast.ImportFrom)}
    roots |= {name.name.split(".")[0] for node in nodes if isinstance(node, ast.Import) for name in node.names}
    assert roots <= sys.stdlib_module_names
