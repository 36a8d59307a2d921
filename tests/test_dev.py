"""What the one command says and decides, without running what it runs."""

import importlib.machinery
import importlib.util
import shutil
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from tests.support import running
from tests.support.databases import Store

ROOT = Path(__file__).resolve().parent.parent
PYTEST = """<testsuites><testsuite>
  <testcase classname="tests.browser.test_moments" name="a" time="60.5"/>
  <testcase classname="tests.browser.test_moments" name="b" time="14.5"><failure/></testcase>
  <testcase classname="tests.test_docs.TestClass" name="a" time="5"/>
</testsuite></testsuites>"""
VITEST = '<testsuites><testsuite><testcase classname="src/app/tabs.test.ts" name="a" time="20"/></testsuite></testsuites>'


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("the_one_command", str(ROOT / "dev"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, loader.name, module)  # dataclasses look themselves up there
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(module)
    for name, folder in {"ROOT": tmp_path, "PWA": tmp_path / "pwa", "VENV": tmp_path / ".venv", "LOGS": tmp_path / "logs"}.items():
        monkeypatch.setattr(module, name, folder)
    return module


# -- where the time goes ---------------------------------------------------------------------------
def steps_of(dev: ModuleType, folder: Path, *reports: str) -> list[object]:
    steps = []
    for number, text in enumerate(reports):
        report = folder / f"{number}.xml"
        report.write_text(text, encoding="utf-8")
        steps.append(dev.Step(str(number), [], report=report))
    return [*steps, dev.Step("mypy", [])]


def test_the_slowest_files_are_told_with_their_share(dev: ModuleType, tmp_path: Path) -> None:
    assert list(dev.slowest(steps_of(dev, tmp_path, PYTEST, VITEST))) == [
        "\nThe slowest test files, and their share of all:",
        "   75.0 s  75%  tests/browser/test_moments.py",
        "   20.0 s  20%  pwa/src/app/tabs.test.ts",
        "    5.0 s   5%  tests/test_docs.py",
    ]


def test_a_file_that_ran_on_both_databases_is_told_once(dev: ModuleType, tmp_path: Path) -> None:
    assert list(dev.slowest(steps_of(dev, tmp_path, PYTEST, PYTEST)))[1:] == [
        "  150.0 s  94%  tests/browser/test_moments.py",
        "   10.0 s   6%  tests/test_docs.py",
    ]


def test_of_many_files_ten_are_told(dev: ModuleType, tmp_path: Path) -> None:
    cases = "".join(f'<testcase classname="tests.test_{number}" name="a" time="{number}"/>' for number in range(1, 13))
    table = list(dev.slowest(steps_of(dev, tmp_path, f"<testsuite>{cases}</testsuite>")))
    assert len(table) == 11
    assert table[1].endswith("tests/test_12.py")


def test_one_file_alone_makes_no_table(dev: ModuleType, tmp_path: Path) -> None:
    assert list(dev.slowest(steps_of(dev, tmp_path, VITEST))) == []


# -- set-up ----------------------------------------------------------------------------------------
Commands = list[str]


@pytest.fixture
def ran(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """A clone with its locks, and what was run to set it up; a command does what the real one does to the folder."""
    said: Commands = []
    modules = tmp_path / "pwa" / "node_modules"
    for name in ("pwa/.npmrc", "pwa/package.json", "pwa/package-lock.json", "deploy/locks/runtime.txt", "deploy/locks/test.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1", encoding="utf-8")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "pip").touch()

    def run(command: list[str], **_: object) -> None:
        said.append(" ".join(command))
        if command[0] == "npm":  # it empties the folder
            shutil.rmtree(modules, ignore_errors=True)
            modules.mkdir()

    monkeypatch.setattr(dev, "run", run)
    monkeypatch.setattr(dev, "works", lambda *_: True)
    monkeypatch.setattr(dev.shutil, "which", str)
    return said


def set_up(dev: ModuleType, kind: str) -> None:
    dev.python_packages({"build": "runtime", "all": "test"}[kind])
    dev.phone_app(kind, build=False)


@pytest.mark.parametrize(
    ("wanted", "npm", "pip"),
    [
        (["build", "build"], ["--omit=dev"], ["runtime"]),
        (["all", "all"], [""], ["test"]),
        (["all", "build"], [""], ["test"]),  # it holds what the other needs
        (["build", "all", "build", "all"], ["--omit=dev", ""], ["runtime", "test"]),
    ],
)
def test_packages_are_installed_once_whatever_comes_first(
    dev: ModuleType, ran: Commands, wanted: list[str], npm: list[str], pip: list[str]
) -> None:
    for kind in wanted:
        set_up(dev, kind)
    assert [line.removeprefix("npm ci --no-audit --no-fund").strip() for line in ran if line.startswith("npm")] == npm
    assert [line.rpartition("/")[2].removesuffix(".txt") for line in ran if "pip" in line] == pip


def test_a_changed_lock_is_installed_again_by_whoever_comes(dev: ModuleType, ran: Commands, tmp_path: Path) -> None:
    set_up(dev, "all")
    for lock in ("pwa/package-lock.json", "deploy/locks/runtime.txt", "deploy/locks/test.txt"):
        (tmp_path / lock).write_text("2", encoding="utf-8")
    ran.clear()
    for kind in ("build", "all", "build"):
        set_up(dev, kind)
    assert len([line for line in ran if line.startswith("npm")]) == 2
    assert len([line for line in ran if "pip" in line]) == 2


def test_what_fails_ends_what_runs_beside_it(dev: ModuleType) -> None:
    begun = dev.threading.Event()

    def long() -> None:
        child = dev.start(["sleep", "600"], cwd=ROOT)
        begun.set()
        assert child.wait() != 0
        dev.start(["true"], cwd=ROOT)

    def short() -> None:
        begun.wait()
        msg = "no"
        raise dev.StopError(msg)

    with pytest.raises(dev.StopError, match="no"):
        dev.side_by_side(long, short)
    assert dev.children == set()


# -- the words -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("up --port 0 --fresh --watch", True),
        ("test tests/attendance -k late", True),
        ("drill --times 2", True),
        ("up now", False),
        ("fix it", False),
    ],
)
def test_the_words_it_understands(dev: ModuleType, words: str, says: bool, capsys: pytest.CaptureFixture[str]) -> None:
    if says:
        assert dev.parse(words.split()).do.__name__ == words.split(maxsplit=1)[0]
    else:
        with pytest.raises(SystemExit):
            dev.parse(words.split())
        assert "unknown:" in capsys.readouterr().err


def test_a_changed_file_of_the_back_end_is_seen(dev: ModuleType, tmp_path: Path) -> None:
    for name in ("backend/a.py", "notifications/b.py", "backend/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    before = dev.times()
    (tmp_path / "backend" / "c.txt").write_text("1", encoding="utf-8")
    assert dev.times() == before
    (tmp_path / "backend" / "new.py").touch()
    assert {file for file, _ in dev.times() ^ before} == {"backend/new.py"}


# -- what the steps share --------------------------------------------------------------------------
def test_steps_that_begin_together_lay_out_one_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid: list[Path] = []
    both = threading.Barrier(2, timeout=20)

    def demo(data: Path) -> Store:
        data.mkdir()
        laid.append(data)
        return Store(data)

    def step() -> None:
        both.wait()
        assert running.shared_template(tmp_path / "demo").data.is_dir()

    monkeypatch.setattr(running, "demo", demo)
    others = [threading.Thread(target=step) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert laid == [tmp_path / "demo" / "data"]


def test_a_demo_whose_step_was_killed_at_it_is_laid_out_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "demo" / "data" / "half").mkdir(parents=True)
    monkeypatch.setattr(running, "demo", Path.mkdir)
    assert list(running.shared_template(tmp_path / "demo").data.iterdir()) == []
