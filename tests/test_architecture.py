"""Architecture: sizes, import directions, no nested event loops, no paths of one machine."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("salesapp", "tests", "bench", "scripts")
MOST_LINES = 500
MOST_CLASS_LINES = 300
MOST_FUNCTION_LINES = 71
LONG_FUNCTIONS = 30
"""The number of functions over 40 lines. None of the three figures may grow."""
LONG_CLASSES = {"CustomerPage": 306, "OrderPage": 328, "OrderPresenter": 354}
NO_TEXT = {".png", ".jpg", ".ttf", ".qm", ".ico", ".pyc"}


def modules(*rooms: str) -> list[Path]:
    """Every Python file, commands without a suffix included."""
    found = [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]
    return found + [path for path in sorted((ROOT / "scripts").iterdir()) if "scripts" in rooms and is_command(path)]


def is_command(path: Path) -> bool:
    return path.is_file() and path.suffix == "" and "python" in path.read_text(encoding="utf-8").partition("\n")[0]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            yield (
                (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")),
                node.lineno,
            )


def test_that_no_module_is_too_long() -> None:
    long = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*ROOMS)}
    assert len(long) > 400
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def lengths(*kinds: type[ast.AST]) -> Iterator[tuple[str, int]]:
    """Yields names and lengths of functions or classes of the program."""
    for path in modules("salesapp"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, kinds) and isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_that_classes_and_functions_stay_short() -> None:
    classes = {name: lines for name, lines in lengths(ast.ClassDef) if lines > MOST_CLASS_LINES}
    assert {name: lines for name, lines in classes.items() if lines > LONG_CLASSES.get(name, 0)} == {}
    functions = [lines for _name, lines in lengths(ast.FunctionDef, ast.AsyncFunctionDef)]
    assert max(functions) <= MOST_FUNCTION_LINES
    assert sum(lines > 40 for lines in functions) <= LONG_FUNCTIONS
    assert median(functions) <= 8
    assert median(len(path.read_text(encoding="utf-8").splitlines()) for path in modules("salesapp")) <= 130


def test_that_every_module_has_a_docstring() -> None:
    silent = [
        name_of(path) for path in modules(*ROOMS) if parsed(path).body and ast.get_docstring(parsed(path)) is None
    ]
    assert silent == []


def test_that_nothing_in_the_window_runs_a_nested_event_loop() -> None:
    window = [*modules("salesapp/views", "salesapp/models"), ROOT / "salesapp/app.py", ROOT / "salesapp/cli/window.py"]
    assert len(window) > 100
    waiting = [
        f"{name_of(path)}:{line}"
        for path in window
        for name, line in calls(path)
        if name in {"exec", "exec_", "processEvents"}
    ]
    assert waiting == []


def test_that_commands_write_only_through_the_terminal() -> None:
    """Its `say` escapes control characters in every value."""
    own = {"terminal.py", "streams.py", "progress_bars.py"}
    commands = [path for path in modules("salesapp/cli") if path.name not in own]
    assert len(commands) > 10
    writing = [
        f"{name_of(path)}:{line}"
        for path in commands
        for name, line in calls(path)
        if name in {"echo", "secho", "print"}
    ]
    assert writing == []


def test_that_only_the_clock_reads_the_computers_time() -> None:
    ruff = [str(Path(sys.executable).with_name("ruff")), "check", "--no-cache", "--select", "TID251"]
    done = subprocess.run([*ruff, *ROOMS], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    around = (
        "from datetime import UTC, date, datetime\nimport time\nfrom sqlalchemy import func\n"
        "from PySide6.QtCore import QDate, QDateTime\n"
        "datetime.now(UTC)\ndate.today()\ntime.time()\ntime.localtime()\nfunc.now()\n"
        "QDate.currentDate()\nQDateTime.currentDateTime()\n"
    )
    done = subprocess.run([*ruff, "-"], cwd=ROOT, input=around, capture_output=True, text=True, check=False)
    assert done.stdout.count("TID251") == 7, "and what goes around it is found"


DATABASES_TIME = re.compile(r"CURRENT_(DATE|TIME)|\b(date|time|datetime|julianday|strftime|unixepoch)\([^)]*'now'")


def test_that_no_database_is_asked_for_the_time() -> None:
    assert DATABASES_TIME.search("SELECT strftime('%s', 'now')")
    assert [name_of(path) for path in modules("salesapp") if DATABASES_TIME.search(path.read_text("utf-8"))] == []


MACHINES_PATH = re.compile(r"""(?<![\w./:<}-])(/(home|root|work|Users|opt|mnt|srv)/\w|[A-Za-z]:\\\\?Users\\)""")


def test_that_no_path_is_specific_to_one_machine() -> None:
    rooms = [*ROOMS, "docs", "examples", "requirements", "resources", ".ci"]
    files = [path for room in rooms for path in (ROOT / room).rglob("*")] + list(ROOT.glob("[!.]*"))
    texts = [path for path in files if path.is_file() and path.suffix not in NO_TEXT and path != Path(__file__)]
    assert len(texts) > 500, "the rooms are where they are said to be"
    found = []
    for path in texts:
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if MACHINES_PATH.search(line):
                found.append(f"{name_of(path)}:{number}: {line.strip()[:100]}")
    assert found == []


def test_that_imports_point_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


WRITTEN_ONCE = {
    r"%Y-%m-%dT%H:%M:%SZ": "salesapp/clock.py",
    r"""["']held_back["'],\s*["']not_reached["']""": "",
    r"""\{["']ok["'], ["']unchanged["']\}|OK, ObjectState.UNCHANGED\}""": "salesapp/domain/object_states.py",
    r"""\(["']new_customer["'], ["']owner_submission["']\)""": "salesapp/protocol/records.py",
    r"""\(["']received["'], ["']in_erp["']\)""": "salesapp/store/tables.py",
}
"""Patterns of knowledge that must be in one place, with the module that may have it."""


def test_that_shared_knowledge_is_written_once() -> None:
    texts = {name_of(path): path.read_text(encoding="utf-8") for path in modules("salesapp")}
    found = {pattern: [name for name, text in texts.items() if re.search(pattern, text)] for pattern in WRITTEN_ONCE}
    assert found == {pattern: [name] if name else [] for pattern, name in WRITTEN_ONCE.items()}


SAYING = ("salesapp/sync", "salesapp/store", "salesapp/protocol", "salesapp/gateway/*.py", "salesapp/gateway/routes")


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions in it."""
    for node in ast.iter_child_nodes(function):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node
            yield from own_nodes(node)


def public_functions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public_functions(node.body)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


def raised(function: ast.AST) -> set[str]:
    """Names of the errors that a function raises itself; a bug's AssertionError is nothing to expect."""
    errors = (node.exc for node in own_nodes(function) if isinstance(node, ast.Raise))
    made = (error.func if isinstance(error, ast.Call) else error for error in errors)
    return {error.id for error in made if isinstance(error, ast.Name) and error.id[0].isupper()} - {"AssertionError"}


def test_that_public_functions_name_the_errors_that_they_raise() -> None:
    rooms = [path for room in SAYING for path in (ROOT.glob(room) if "*" in room else modules(room))]
    found, silent = 0, []
    for path in rooms:
        for function in public_functions(ast.parse(path.read_text(encoding="utf-8")).body):
            names = raised(function)
            found += len(names)
            text = ast.get_docstring(function) or ""
            silent += [f"{name_of(path)}: {function.name}: {name}" for name in sorted(names) if name not in text]
    assert found > 60
    assert silent == []


TYPED_ROOMS = ("salesapp/services", "salesapp/models", "salesapp/views", "salesapp/domain")
"""Where rows are read as their classes: a misspelt field is an error of mypy."""
MAPPINGS_OF_NAMES = {
    "by_key",  # objects of the catalogue
    *("params", "message"),  # of an error, of a mail
    *("buttons", "chips", "choices", "fields", "parts", "tabs", "tiles", "titles", "_labels", "typed"),  # of a page
    *("counts", "shown", "LOOKS", "_LOOKS", "STATE_LOOKS", "FLAG_ICONS"),  # words and looks
    "Literal",
}
"""What may be asked for a part by a constant name there: none of it is a row."""
MOST_OPEN_MAPPINGS, MOST_OF_TYPED_ROOMS = 70, 20
"""So often `dict[str, Any]` may stand in the package, and in its rooms where rows have classes."""


def parts_by_name(path: Path) -> Iterator[str]:
    """Places where something that is not known to be a mapping of names is asked for a part by a constant name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            owner = getattr(node.value, "attr", "") or getattr(node.value, "id", "")
            if isinstance(node.slice.value, str) and owner not in MAPPINGS_OF_NAMES:
                yield f"{path.name}:{node.lineno}: {ast.unparse(node)}"


def test_that_rows_are_read_as_their_classes() -> None:
    paths = modules(*TYPED_ROOMS)
    assert len(paths) > 200
    assert [place for path in paths for place in parts_by_name(path)] == []


def test_that_a_row_read_by_the_name_of_a_field_is_noticed(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("row['name']\nself.entry['code']\nfound()['a']\nbuttons['save']\nrow[0]\n", encoding="utf-8")
    assert [place.split(": ")[1] for place in parts_by_name(module)] == [
        "row['name']",
        "self.entry['code']",
        "found()['a']",
    ]


def test_that_few_mappings_may_hold_anything() -> None:
    open_mappings = {
        name_of(path): path.read_text(encoding="utf-8").count("dict[str, Any]") for path in modules("salesapp")
    }
    typed = {name: count for name, count in open_mappings.items() if name.startswith(TYPED_ROOMS)}
    assert sum(open_mappings.values()) <= MOST_OPEN_MAPPINGS
    assert sum(typed.values()) <= MOST_OF_TYPED_ROOMS


PARTS = "salesapp/views/parts/"
ONE_PLACE = {
    "QDesktopServices": PARTS + "links.py",
    "openUrl": PARTS + "links.py",
    "setToolTip": PARTS + "plain.py",
    "setShortcut": PARTS + "plain.py",
    "QLabel": PARTS + "text.py",
    "QProcess": "salesapp/models/sync_runner.py",
} | dict.fromkeys(
    (
        *("fromData", "loadFromData", "fromUserInput", "startfile", "webbrowser", "startDetached"),
        *("setStatusTip", "setWhatsThis", "ToolTipRole", "StatusTipRole", "WhatsThisRole", "QToolTip"),
        *("QTextEdit", "QTextBrowser", "QTextDocument", "QStaticText", "QTextDocumentFragment", "QGraphicsTextItem"),
        *("setHtml", "insertHtml", "appendHtml", "toHtml", "setMarkdown", "setOpenExternalLinks", "linkActivated"),
        *("QMessageBox", "QErrorMessage", "QSystemTrayIcon", "QMenu", "QAction", "QCompleter", "QStatusBar", "QWizard"),
        *("QProgressDialog", "QInputDialog", "QSplashScreen", "QDockWidget", "QGroupBox", "QTabWidget", "setBuddy"),
        *("RichText", "MarkdownText", "AutoText", "TextShowMnemonic", "QWebEngineView", "QQuickWidget"),
    ),
    "",
)  # fmt: skip
"""Patterns that open targets, or interpret text, with the module that may use them."""


def test_that_text_of_records_reaches_only_widgets_that_show_plain_text() -> None:
    window = [*modules("salesapp/views", "salesapp/models"), ROOT / "salesapp/app.py", ROOT / "salesapp/cli/window.py"]
    assert len(window) > 100
    found, used = [], set[str]()
    for path in window:
        for node in ast.walk(parsed(path)):
            name = getattr(node, "attr", "") or getattr(node, "id", "") or getattr(node, "name", "")
            if isinstance(name, str) and name in ONE_PLACE:
                used.add(name)
                if name_of(path) != ONE_PLACE[name]:
                    found.append(f"{name_of(path)}: {name}")
    assert sorted(set(found)) == []
    assert {"openUrl", "setToolTip", "QLabel"} <= used, "the names are Qt's"


def test_that_only_the_disk_module_removes_and_replaces_files() -> None:
    """Elsewhere, a file that another program briefly holds would cause a bug on Windows."""
    rooms = [path for path in modules("salesapp") if name_of(path) != "salesapp/disk.py"]
    assert len(rooms) > 300
    assert [f"{name_of(path)}:{line}" for path in rooms for line in bare_removals(path)] == []


def test_that_a_bare_removal_is_detected(tmp_path: Path) -> None:
    lines = [
        "path.unlink(missing_ok=True)",
        "os.remove(path)",
        "os.unlink(path)",
        "path.rename(other)",
        "shutil.rmtree(path)",
        "shutil.move(path, other)",
        "path.rmdir()",
        "os.replace(path, other)",
        "path.replace(other)",
        "tempfile.TemporaryDirectory()",
    ]
    right = ["text.replace('a', 'b')", "moment.replace(hour=1)", "remove(path)", "replace(path, other)"]
    right += ["dataclasses.replace(path, name=1)", "values.remove(value)"]
    module = tmp_path / "module.py"
    module.write_text("\n".join([*lines, *right]), encoding="utf-8")
    assert list(bare_removals(module)) == list(range(1, len(lines) + 1))


def bare_removals(path: Path) -> Iterator[int]:
    """Returns lines that remove or rename files directly; replace of a text has two arguments, of a moment names."""
    names = {"unlink", "rmdir", "rmtree", "rename", "renames", "TemporaryDirectory", "NamedTemporaryFile"}
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner, attribute = getattr(node.func.value, "id", ""), node.func.attr
            is_path = attribute == "replace" and len(node.args) == 1 and not node.keywords
            if attribute in names or is_path or f"{owner}.{attribute}" in {"os.remove", "os.replace", "shutil.move"}:
                yield node.lineno
