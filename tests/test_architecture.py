"""Which way the arrows point, and that turning one is noticed."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.test_docs import DOCUMENTS

ROOT = Path(__file__).resolve().parent.parent
LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"
CONTRACTS = ("apps", "files", "notifications", "notifications-layers", "outbox")
LONGEST_FILE = 400
LONGER = {"dev": 550}  # one file: it runs before anything is installed, and the root has no folder for parts of it
LONGEST_FUNCTION = 45
APPS = sorted(config.parent.name for config in (ROOT / "backend").glob("*/apps.py"))

TURNED = [
    # the apps
    ("backend/common/clock.py", "from backend.accounts import models", "apps"),
    ("backend/accounts/models.py", "from backend.homes import models as turned", "apps"),
    ("backend/homes/models.py", "from backend.people import models as turned", "apps"),
    ("backend/people/models.py", "from backend.attendance import models as turned", "apps"),
    ("backend/people/models.py", "from backend.activities import models as turned", "apps"),
    ("backend/activities/models.py", "from backend.attendance import models as turned", "apps"),
    ("backend/attendance/models.py", "from backend.moments import models as turned", "apps"),
    ("backend/activities/models.py", "from backend.volunteers import models as turned", "apps"),
    ("backend/volunteers/models/__init__.py", "from backend.visits import models as turned", "apps"),
    ("backend/visits/models/__init__.py", "from backend.records import models as turned", "apps"),
    ("backend/moments/models.py", "from backend.records import models as turned", "apps"),
    ("backend/records/models/__init__.py", "from backend.attendance import models as turned", "apps"),
    ("backend/records/models/__init__.py", "from backend.overview import queries as turned", "apps"),
    ("backend/overview/queries.py", "from backend.demo import cast as turned", "apps"),
    ("backend/demo/cast.py", "from backend import scheduler as turned", "apps"),
    ("backend/scheduler.py", "from backend import api as turned", "apps"),
    ("backend/api.py", "from backend import urls as turned", "apps"),
    ("backend/urls.py", "from backend import asgi as turned", "apps"),
    ("backend/unheard_of/models.py", "", "apps"),  # a new app that does not say where it stands
    # the files of an app
    ("backend/attendance/due.py", "from backend.attendance import api as turned", "files"),
    ("backend/attendance/schemas.py", "from backend.attendance import due as turned", "files"),
    ("backend/attendance/services/__init__.py", "from backend.attendance import schemas as turned", "files"),
    ("backend/attendance/notices.py", "from backend.attendance import services as turned", "files"),
    ("backend/attendance/queries.py", "from backend.attendance import notices as turned", "files"),
    ("backend/attendance/rules.py", "from backend.attendance import queries as turned", "files"),
    ("backend/attendance/models.py", "from backend.attendance import rules as turned", "files"),
    # notifications
    ("notifications/outbox.py", "from backend.common import clock as turned", "notifications"),
    ("notifications/api.py", "from backend import settings as turned", "notifications"),
    ("notifications/delivery/queue.py", "from notifications import runtime as turned", "notifications-layers"),
    ("notifications/delivery/queue.py", "from notifications.live import hub as turned", "notifications-layers"),
    ("notifications/live/hub.py", "from notifications.delivery import queue as turned", "notifications-layers"),
    ("notifications/inbox/notify.py", "from notifications.live import hub as turned", "notifications-layers"),
    ("notifications/channels/live.py", "from notifications.inbox import notices as turned", "notifications-layers"),
    ("notifications/wire/http.py", "from notifications.channels import attempt as turned", "notifications-layers"),
    ("notifications/wire/http.py", "from notifications import models as turned", "notifications-layers"),
    ("notifications/sender.py", "from notifications import models as turned", "notifications-layers"),
    ("notifications/unheard_of/hub.py", "", "notifications-layers"),  # a new room that does not say where it stands
    ("backend/people/services.py", "from notifications import models as turned", "outbox"),
    ("backend/people/api.py", "from notifications import api as turned", "outbox"),
    ("backend/api.py", "from notifications import models as turned", "outbox"),
    ("backend/overview/sender.py", "from notifications.delivery import dispatcher as turned", "outbox"),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for package in ("backend", "notifications"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    # apps of later issues, so that the arrows to them can be turned already
    for path in {path for path, _, _ in TURNED if "/unheard_of/" not in path}:
        module = copy / path
        module.parent.mkdir(exist_ok=True)
        (module.parent / "__init__.py").touch()
        module.touch()
    return copy


def keeps(house: Path, contract: str) -> bool:
    result = subprocess.run([LINT_IMPORTS, "--no-cache", "--contract", contract], cwd=house, capture_output=True, text=True, check=False)
    assert "Contracts: " in result.stdout, result.stdout + result.stderr
    return result.returncode == 0


@pytest.mark.parametrize("contract", CONTRACTS)
def test_every_arrow_points_the_right_way(house: Path, contract: str) -> None:
    assert keeps(house, contract)


@pytest.mark.parametrize(("path", "line", "contract"), TURNED, ids=[f"{path} {line}" for path, line, _ in TURNED])
def test_a_turned_arrow_is_noticed(house: Path, path: str, line: str, contract: str) -> None:
    module = house / path
    module.parent.mkdir(exist_ok=True)
    (module.parent / "__init__.py").touch()
    before = module.read_text(encoding="utf-8") if module.exists() else None
    module.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        assert not keeps(house, contract)
    finally:
        if before is None:
            shutil.rmtree(module.parent)
        else:
            module.write_text(before, encoding="utf-8")


def test_the_contract_about_files_covers_every_app() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    (files,) = (contract for contract in contracts if contract["id"] == "files")
    assert sorted(files["containers"]) == [f"backend.{app}" for app in APPS]


def test_no_folder_passes_on_what_its_files_hold() -> None:
    """Django finds the models of an app, and Ninja its routers; everything else is called where it stands."""
    folders = [path for app in APPS for path in (ROOT / "backend" / app).glob("*/__init__.py") if path.parent.name not in {"api", "models"}]
    said = {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")).body for path in folders}
    assert folders
    assert {name: body for name, body in said.items() if any(not isinstance(node, ast.Expr) for node in body)} == {}


# -- Python ----------------------------------------------------------------------------------------
def python_files() -> Iterator[Path]:
    yield ROOT / "dev"
    for package in ("backend", "notifications", "tests"):
        yield from (path for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_functions_fit_on_a_screen() -> None:
    lengths = {
        f"{path.relative_to(ROOT)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in python_files()
        for node in functions(path)
        if node.end_lineno
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_imports_stand_at_the_top() -> None:
    """What must not, says why: ruff asks for `noqa: PLC0415`, and a test below for its reason."""
    inline = {
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in python_files()
        for node in functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }
    excused = {line.split(": ")[0] for line in lines("noqa: PLC0415", python_files())}
    assert inline - excused == set()


def test_no_signals_carry_our_own_flow() -> None:
    pattern = r"^\s*(from|import) .*(django\.dispatch|models\.signals|contrib\.auth\.signals|account\.signals|models import signals)"
    assert lines(pattern, (path for path in python_files() if "tests" not in path.parts)) == []


def test_a_silenced_warning_gives_its_reason() -> None:
    silenced = lines(r"#\s*(noqa|type:\s*ignore)", (path for path in python_files() if path != Path(__file__)))
    explained = re.compile(r"# (noqa: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)*|type: ignore\[[a-z, -]+\])\s+\W*\s*\w.{6,}")
    assert [line for line in silenced if not explained.search(line)] == []


# -- both sides ------------------------------------------------------------------------------------
def phone_files() -> Iterator[Path]:
    for folder in ("src", "sw", "tests", "scripts"):
        yield from (path for suffix in ("ts", "vue", "mjs", "css") for path in (ROOT / "pwa" / folder).rglob(f"*.{suffix}"))


def lines(pattern: str, paths: Iterable[Path]) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if found.search(line)
    ]


def test_files_stay_short() -> None:
    sources = (path for path in (*python_files(), *phone_files()) if path.name != "schema.d.ts")  # generated
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in sources}
    assert {name: length for name, length in lengths.items() if length > LONGER.get(name, LONGEST_FILE)} == {}


def prose() -> Iterator[Path]:
    """Code with its comments, and documents; without this file, which names the words it looks for."""
    yield from (path for path in (*python_files(), *phone_files(), *DOCUMENTS) if path != Path(__file__))


def test_nothing_is_left_for_later() -> None:
    assert lines(r"\b(TODO|FIXME|XXX|HACK)\b", prose()) == []


def test_a_person_is_they_or_a_role() -> None:
    """In names of tests and variables, too."""
    assert lines(r"(?i)(?<![a-z])(he|his|him|himself|she|her|hers|herself)(?![a-z])", prose()) == []


# -- the phone app: app → features → api, ui; sw takes only types -----------------------------------
IMPORT = re.compile(
    r"""^\s*(?:import|export)\s+(?P<type>type\s)?(?:[^'"()]*?\sfrom\s)?['"](?P<from>[^'"]+)['"]|import\(\s*['"](?P<lazy>[^'"]+)['"]\s*\)""",
    re.MULTILINE,
)
ALLOWED = {
    "main": {"app", "api", "features", "ui", "styles"},
    "app": {"app", "features", "api", "ui", "styles"},
    "features": {"api", "ui", "styles"},  # and its own folder
    "api": {"api"},
    "ui": {"ui", "styles"},
    "styles": {"styles"},
}


def wrong_imports(pwa: Path) -> list[str]:
    wrong = []
    for path in sorted(path for folder in ("src", "sw") for suffix in ("ts", "vue") for path in (pwa / folder).rglob(f"*.{suffix}")):
        for found in IMPORT.finditer(path.read_text(encoding="utf-8")):
            target = found["from"] or found["lazy"]
            if target.startswith(("./", "../", "@/")):
                resolved = pwa / "src" / target[2:] if target.startswith("@/") else (path.parent / target).resolve()
                if not may_import(path.relative_to(pwa).parts, resolved.relative_to(pwa).parts, only_types=bool(found["type"])):
                    wrong.append(f"{path.relative_to(pwa)} → {target}")
    return wrong


def may_import(source: tuple[str, ...], target: tuple[str, ...], *, only_types: bool) -> bool:
    if source[0] == "sw":
        return target[0] == "sw" or only_types
    if target[0] != "src":
        return only_types
    part = source[1].split(".")[0]
    inside = part == "features" and target[:3] == source[:3]
    return inside or target[1].split(".")[0] in ALLOWED[part]


def test_the_phone_app_imports_one_way() -> None:
    assert wrong_imports(ROOT / "pwa") == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("src/ui/Cell.ts", "import { get } from '../api/client'"),
        ("src/api/client.ts", "import { toast } from '@/ui/toast'"),
        ("src/features/moments/data.ts", "import { board } from '../attendance/board'"),
        ("src/features/moments/Page.vue", "const Door = () => import('../attendance/Door.vue')"),
        ("src/features/moments/data.ts", "import { router } from '../../app/router'"),
        ("src/api/live.ts", "import '../features/notices/data'"),
        ("sw/push.ts", "import { get } from '../src/api/client'"),
    ],
)
def test_a_turned_arrow_in_the_phone_app_is_noticed(tmp_path: Path, path: str, line: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(line, encoding="utf-8")
    assert len(wrong_imports(tmp_path)) == 1
