"""Look and texts: contrast, type, icons, formats of numbers and dates, and both languages."""

import ast
import os
import re
import string
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from salesapp import clock
from salesapp.domain.catalogue import CATALOGUE, SECTIONS
from salesapp.errors import ERRORS
from salesapp.resources import resource
from salesapp.views import formats, labels
from salesapp.views.look import type as letters
from salesapp.views.look.stylesheet import stylesheet
from salesapp.views.look.tokens import TOKENS, contrast
from salesapp.views.records.delegate import below
from salesapp.views.settings.page import _SECTIONS as SETTINGS_SECTIONS
from salesapp.views.translation import LANGUAGES, Translation
from tests import days

pytestmark = pytest.mark.clock

ROOT = Path(__file__).resolve().parents[2]
VIEWS = sorted((ROOT / "salesapp" / "views").rglob("*.py"))
WINDOW = [*VIEWS, *sorted((ROOT / "salesapp" / "models").rglob("*.py")), ROOT / "salesapp" / "app.py"]
COLLECTED = "collected_strings.py"
"""Not a view: a temporary file of `scripts/translations`."""
NARROW, FIXED = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
NOW = datetime(2026, 3, 12, 12, 0).astimezone()

Speak = Callable[[str], None]


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Speak]:
    """Changes the interface's language; afterwards it is English again."""
    translation = Translation()
    yield translation.use
    translation.use("en")


# Colours

RATIOS = """
text: canvas 15.3/16.0, surface 16.8/14.4, raised -/12.5, sunken 14.2/16.6, accent_soft 14.0/10.6, fail_soft 14.4/12.8, wait_soft 14.6/11.8
text2: canvas 8.1/10.5, surface 8.9/9.4, sunken 7.5/10.9, accent_soft 7.4/7.0, fail_soft 7.6/8.4, wait_soft 7.7/7.7
text3: canvas 5.5/7.0, surface 6.0/6.3, sunken 5.1/7.3, accent_soft 5.0/4.7, fail_soft 5.2/5.6, raised -/5.5
accent: canvas 7.0/9.1, surface 7.7/8.2, accent_soft 6.5/6.0, fail_soft 6.6/7.3
on_accent: accent 7.7/7.9, accent_hover 5.9/9.3, accent_pressed 10.2/6.3
ok: surface 6.2/8.7, canvas 5.6/9.7, ok_soft 5.3/7.1, accent_soft 5.2/6.4
wait: surface 6.8/9.6, canvas 6.2/10.7, wait_soft 5.9/7.8, accent_soft 5.7/7.1
fail: surface 6.7/8.1, canvas 6.1/9.0, fail_soft 5.7/7.2, accent_soft 5.6/6.0
on_fail: fail 6.7/8.4
control: surface 4.1/4.5, canvas 3.8/5.0, sunken 3.5/5.2, accent_soft 3.5/3.3
chart_2: surface 3.3/4.4
"""  # noqa: E501  # a table
GRAPHICS = frozenset({"chart_2", "control", "wait_fill"})


def ratios() -> Iterator[tuple[str, str, int, float]]:
    """(Foreground, ground, theme, ratio) of the design's table."""
    for line in RATIOS.strip().splitlines():
        name, _, rest = line.partition(": ")
        for ground, values in (part.split(" ") for part in rest.split(", ")):
            for theme, value in enumerate(values.split("/")):
                if value != "-":
                    yield name, ground, theme, float(value)


def wcag(one: str, other: str) -> float:
    """WCAG 2 contrast, implemented independently of the code."""

    def luminance(colour: str) -> float:
        number = int(colour.removeprefix("#"), 16)
        parts = [(number >> shift & 0xFF) / 255 for shift in (16, 8, 0)]
        red, green, blue = (((c + 0.055) / 1.055) ** 2.4 if c > 0.03928 else c / 12.92 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("name", "ground", "theme", "expected"), list(ratios()))
def test_that_every_colour_stands_out_from_its_ground(name: str, ground: str, theme: int, expected: float) -> None:
    found = wcag(TOKENS[name][theme], TOKENS[ground][theme])
    assert found == pytest.approx(expected, abs=0.06)
    assert found >= (3.0 if name in GRAPHICS else 4.5)
    assert contrast(TOKENS[name][theme], TOKENS[ground][theme]) == pytest.approx(found)


@pytest.mark.parametrize("theme", [0, 1])
def test_that_a_filled_segment_stands_out_from_an_empty_one(theme: int) -> None:
    for name in ("accent", "ok", "fail"):
        assert wcag(TOKENS[name][theme], TOKENS["border"][theme]) >= 4.3
    assert wcag(TOKENS["wait_fill"][theme], TOKENS["surface"][theme]) >= 3.0
    assert wcag(TOKENS["on_brand"][theme], TOKENS["brand"][theme]) >= 4.5


def test_that_colours_are_named_in_one_table_only() -> None:
    for path in VIEWS:
        if path.name not in {"tokens.py", COLLECTED}:
            assert not re.findall(r"#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8")), path.name


def test_that_the_style_sheet_is_filled_from_the_table() -> None:
    for theme in (0, 1):
        filled = stylesheet({name: values[theme] for name, values in TOKENS.items()})
        assert "$" not in filled
        colours = set(re.findall(r"#[0-9A-Fa-f]{6}", filled))
        assert colours <= {values[theme] for values in TOKENS.values()}


def test_that_text_has_at_least_14_pixels_and_figures_are_aligned(qapp: QApplication) -> None:
    letters.load_fonts()
    for name in letters.ROLES:
        font = letters.font(name)
        assert font.pixelSize() >= 14
        assert QFontInfo(font).family() == letters.FAMILY, "the vendored font"
        assert font.featureValue(font.Tag("tnum")) == 1


def test_that_every_icon_exists() -> None:
    named = {f"{name}_{form}" for name in SETTINGS_SECTIONS.values() for form in ("regular", "filled")}
    for path in WINDOW:
        named |= set(re.findall(r'"([a-z_0-9]+_(?:regular|filled))"', path.read_text(encoding="utf-8")))
    assert len(named) > 30
    missing = [name for name in sorted(named) if not resource("icons", f"{name}.svg").exists()]
    assert not missing


# Numbers, sizes, times


@pytest.mark.parametrize(
    ("value", "decimals", "english", "polish"),
    [
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (1000, 0, f"1{NARROW}000", f"1{NARROW}000"),
        (12410, 0, f"12{NARROW}410", f"12{NARROW}410"),
        (1_234_567, 0, f"1{NARROW}234{NARROW}567", f"1{NARROW}234{NARROW}567"),
        (-15, 0, "\N{MINUS SIGN}15", "\N{MINUS SIGN}15"),
        (Decimal("1994.59"), 2, f"1{NARROW}994.59", f"1{NARROW}994,59"),
        (Decimal("-0.5"), 2, "\N{MINUS SIGN}0.50", "\N{MINUS SIGN}0,50"),
    ],
)
def test_that_numbers_are_formatted_for_the_language(
    speak: Speak, value: int | Decimal, decimals: int, english: str, polish: str
) -> None:
    speak("en")
    assert formats.number(value, decimals) == english
    speak("pl")
    assert formats.number(value, decimals) == polish


def test_that_decimals_lose_only_insignificant_zeros(speak: Speak) -> None:
    speak("pl")
    for text, shown in (
        ("10.5000", "10,5"),
        ("1200", f"1{NARROW}200"),
        ("0.0001", "0,0001"),
        ("-3.10", "\N{MINUS SIGN}3,1"),
    ):
        assert formats.decimal(Decimal(text)) == shown


@pytest.mark.parametrize(
    ("count", "english", "polish"),
    [
        (0, "0 B", "0 B"),
        (999, "999 B", "999 B"),
        (1_500, "2 kB", "2 kB"),
        (999_499, "999 kB", "999 kB"),
        (1_250_000, "1.3 MB", "1,3 MB"),
        (99_940_000, "99.9 MB", "99,9 MB"),
        (450_000_000, "450 MB", "450 MB"),
        (2_340_000_000, "2.3 GB", "2,3 GB"),
    ],
)
def test_that_sizes_are_formatted_for_the_language(speak: Speak, count: int, english: str, polish: str) -> None:
    for language, expected in (("en", english), ("pl", polish)):
        speak(language)
        assert formats.size(count) == expected.replace(" ", FIXED)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.4, "0 s"), (40, "40 s"), (59.6, "1 min"), (72, "1 min 12 s"), (3600, "1 h"), (7500, "2 h 5 min")],
)
def test_that_durations_are_never_separated_from_their_units(speak: Speak, seconds: float, shown: str) -> None:
    for language in LANGUAGES:
        speak(language)
        assert formats.duration(seconds).replace(FIXED, " ") == shown
        assert not re.search(r"\d ", formats.duration(seconds))


def test_that_time_left_is_coarse(speak: Speak) -> None:
    speak("en")
    shown = [formats.left(seconds).replace(FIXED, " ") for seconds in (0.2, 6, 58, 61, 100, 3500)]
    assert shown == ["5 s", "5 s", "1 min", "1 min", "2 min", "58 min"]


@pytest.mark.parametrize(
    ("zone", "now", "then", "told"),
    [
        ("America/New_York", "2026-03-10 12:00", "2026-03-07T17:00:00Z", "3 days old"),
        ("Europe/Warsaw", "2026-10-26 12:00", "2026-10-23T10:00:00Z", "3 days old"),
        ("Europe/Warsaw", "2026-10-26 11:59", "2026-10-23T10:00:00Z", "2 days old"),
        ("Europe/Warsaw", "2026-10-26 11:30", "2026-10-24T10:30:00Z", "48 h old"),
        ("Asia/Tokyo", "2028-03-01 00:01", "2028-02-27T15:00:00Z", "2 days old"),
        ("Asia/Tokyo", "2027-01-01 00:01", "2026-12-31T14:59:00Z", "2 min old"),
    ],
)
def test_that_ages_in_days_follow_the_calendar(zone: str, now: str, then: str, told: str, speak: Speak) -> None:
    with days.at(now, zone):
        assert formats.age(then) == told.replace(" ", FIXED)


def test_that_dates_and_ages_are_formatted_for_the_language(speak: Speak) -> None:
    def at(*parts: int) -> str:
        return datetime(*parts).astimezone().isoformat()  # type: ignore[arg-type]

    speak("en")
    assert formats.moment(at(2026, 3, 12, 7, 52), NOW) == "today 07:52"
    assert formats.moment(at(2026, 3, 11, 18, 4), NOW) == "yesterday 18:04"
    assert formats.moment(at(2026, 2, 28, 18, 4), NOW) == "28 Feb, 18:04"
    assert formats.moment(at(2025, 3, 12, 9, 0), NOW) == "12 Mar 2025, 09:00"
    assert formats.long_date(NOW) == "Thursday, 12 March 2026"
    assert [formats.age(at(2026, 3, 12, 11, 59), NOW), formats.age(at(2026, 3, 12, 10, 0), NOW)] == [
        f"1{FIXED}min{FIXED}old",
        f"2{FIXED}h{FIXED}old",
    ]
    assert formats.age(at(2026, 3, 12, 12, 30), NOW) == f"just{FIXED}now", "a clock that went back"
    assert formats.age(at(2026, 3, 9, 12, 0), NOW) == f"3{FIXED}days{FIXED}old"
    speak("pl")
    assert formats.moment(at(2026, 3, 12, 7, 52), NOW) == "dziś 07:52"
    assert formats.moment(at(2026, 3, 11, 18, 4), NOW) == "wczoraj 18:04"
    assert formats.moment(at(2026, 2, 28, 18, 4), NOW) == "28.02, 18:04"
    assert formats.moment(at(2025, 3, 12, 9, 0), NOW) == "12.03.2025, 09:00"
    assert formats.long_date(NOW) == "czwartek, 12.03.2026"
    ages = [formats.age(at(*then), NOW) for then in ((2026, 3, 12, 11, 25), (2026, 3, 12, 9, 0), (2026, 2, 7, 12, 0))]
    assert ages == [f"sprzed{FIXED}35{FIXED}min", f"sprzed{FIXED}3{FIXED}h", f"sprzed{FIXED}33{FIXED}dni"]


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Kiritimati", "Africa/Cairo", "Pacific/Pago_Pago"])
def test_that_a_date_is_the_same_in_every_time_zone_and_a_time_is_of_its_local_day(zone: str, speak: Speak) -> None:
    speak("en")
    with days.at("2026-12-01 12:00", zone):
        assert formats.day("2026-01-10") == "10 Jan"
        assert formats.day("2026-04-24") == "24 Apr", "its midnight does not exist in Cairo"
        assert formats.dates("2026-04-24", "9999-12-31") == f"24 Apr{FIXED}\N{EN DASH} 31 Dec 9999"
        local = datetime.fromisoformat("2026-01-10T23:30:00Z").astimezone()
        assert formats.day("2026-01-10T23:30:00Z") == f"{local.day} Jan"


def test_that_no_view_makes_a_moment_of_a_date() -> None:
    views = Path(formats.__file__).parent
    assert [path.name for path in views.rglob("*.py") if "T12:00" in path.read_text(encoding="utf-8")] == []


def test_that_a_validity_is_shown_as_a_range(speak: Speak) -> None:
    def row(first: str | None, last: str | None) -> str:
        values = [("code", "BBQ"), ("valid_from", first), ("valid_to", last)]
        return below(values).replace(FIXED, " ")

    year = clock.here().year
    speak("pl")
    assert row(f"{year}-11-06", f"{year}-12-26") == "BBQ  \N{MIDDLE DOT}  06.11 \N{EN DASH} 26.12"
    assert row(f"{year}-11-06", "2099-01-05") == "BBQ  \N{MIDDLE DOT}  06.11 \N{EN DASH} 05.01.2099"
    assert row("2019-11-06", None) == "BBQ  \N{MIDDLE DOT}  od 06.11.2019"
    speak("en")
    assert row(None, f"{year}-12-26") == "BBQ  \N{MIDDLE DOT}  until 26 Dec"
    assert row("2019-11-06", "2019-12-06") == "BBQ  \N{MIDDLE DOT}  6 Nov 2019 \N{EN DASH} 6 Dec 2019"
    assert row(None, None) == "BBQ"


def test_that_a_label_has_one_translation_everywhere() -> None:
    said = defaultdict(set)
    for message in ElementTree.parse(resource("i18n", "salesapp_pl.ts")).getroot().iter("message"):
        if (source := message.findtext("source") or "").endswith(":"):
            said[source].add(message.findtext("translation"))
    assert len(said) >= 3
    assert {source: words for source, words in said.items() if len(words) > 1} == {}


def test_that_polish_counts_with_its_three_plurals(speak: Speak) -> None:
    speak("pl")
    shown = [formats.plural("Waiting", "%n customers", count) for count in (1, 2, 5, 12, 22)]
    assert [text.partition(" ")[0] for text in shown] == ["1", "2", "5", "12", "22"]
    one, few, many, teen, twenty_two = (text.partition(" ")[2] for text in shown)
    assert len({one, few, many}) == 3
    assert (teen, twenty_two) == (many, few)
    speak("en")
    assert formats.plural("Waiting", "%n customers", 1) == "1 customer"
    assert formats.plural("Waiting", "%n customers", 2) == "2 customers"


# Words


def fields_of(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_that_every_error_has_its_sentences_in_both_languages(speak: Speak, code: str) -> None:
    parts = (ERRORS[code].what, ERRORS[code].data, ERRORS[code].remedy)
    params = {name: f"<{name}>" for part in parts for name in fields_of(part)}
    told = {}
    for language in LANGUAGES:
        speak(language)
        found = labels.error(code, params, kept_from="2026-03-11T18:04:00Z")
        told[language] = (found.why, found.on_device, found.helps)
        for sentence in told[language]:
            assert sentence.strip()
            assert "--" not in sentence, "an option of the command line helps nobody in the window"
            assert "?" not in sentence, "a parameter is missing"
            assert not fields_of(sentence)
            assert "!" not in sentence
    for english, polish in zip(told["en"], told["pl"], strict=True):
        assert english != polish or english.startswith("<")
        assert set(re.findall(r"<\w+>", english)) == set(re.findall(r"<\w+>", polish)), "the same facts in both"


def test_that_amounts_in_an_error_are_formatted_for_people(speak: Speak) -> None:
    params = {"over": "1218.60", "currency": "PLN"}
    for language, amount in (("en", "1\N{NARROW NO-BREAK SPACE}218.60"), ("pl", "1\N{NARROW NO-BREAK SPACE}218,60")):
        speak(language)
        assert f"{amount} PLN" in labels.error("submission.credit_exceeded", params).why


def test_that_sizes_in_an_error_are_formatted_for_people(speak: Speak) -> None:
    figures = {"needed": "612340000", "free": "40000000"}
    for language, free in (("en", "40.0\N{NO-BREAK SPACE}MB"), ("pl", "40,0\N{NO-BREAK SPACE}MB")):
        speak(language)
        told = labels.error("device.disk_full", figures).why
        assert "612\N{NO-BREAK SPACE}MB" in told
        assert free in told
        unknown = labels.error("device.disk_full", {"needed": "more", "free": "too few"}).why
        assert "more" not in unknown
        assert (
            "3.5\N{NO-BREAK SPACE}MB".replace(".", free[2])
            in labels.error("device.file_too_large", {"size": "3500000", "limit": "3145728"}).why
        )


def test_that_an_error_of_a_newer_gateway_is_shown_with_its_code(speak: Speak) -> None:
    for language in LANGUAGES:
        speak(language)
        told = labels.error("object.quite_new", {})
        assert "object.quite_new" in told.why
        assert told.on_device
        assert told.helps


def test_that_every_name_of_the_catalogue_is_in_polish(speak: Speak) -> None:
    names: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        speak(language)
        names[language] = {entry.key: labels.synchronized_object(entry.key) for entry in CATALOGUE.all}
        names[language] |= {section.key: labels.section(section.key) for section in SECTIONS}
        names[language]["sending"] = labels.section("sending")
        states = (
            "waiting",
            "fetching",
            "verifying",
            "ok",
            "unchanged",
            "failed",
            "held_back",
            "skipped",
            "not_reached",
        )
        names[language] |= {f"state {name}": labels.state(name) for name in states}
    assert all(names["en"].values())
    same = [key for key in names["en"] if names["en"][key] == names["pl"][key]]
    assert not same


def test_that_the_objects_are_called_as_the_specification_calls_them(speak: Speak) -> None:
    speak("en")
    assert labels.object_path("directories.price_discount_types") == "Directories › Types of Prices and Discounts"  # noqa: RUF001
    assert labels.object_path("items.group_links") == "Items › Groups Links"  # noqa: RUF001
    assert labels.section("additional_information") == "Additional Information"


def test_that_the_translations_are_complete_and_current() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "translations"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_that_a_translation_keeps_every_parameter() -> None:
    from xml.etree import ElementTree

    tree = ElementTree.parse(resource("i18n", "salesapp_pl.ts"))
    checked = 0
    for message in tree.getroot().iter("message"):
        source, translation = message.findtext("source") or "", message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        for form in forms:
            assert fields_of(form) == fields_of(source), source
            assert ("%n" in form) == ("%n" in source), source
            assert form.strip(), source
            checked += 1
    assert checked > 300


# Source code


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


SAYING = frozenset(
    {
        *("setText", "set_words", "setPlaceholderText", "setAccessibleName", "setAccessibleDescription", "setToolTip"),
        *("set_error", "set_hint", "set_action", "show_message", "setWindowTitle", "set_eye_words"),
    }
)
NAMES = frozenset({"SalesApp", "PL", "https://gateway.example.com", "failed"})
"""Calls without texts, or with the same one in every language."""


def literals(node: ast.expr) -> Iterator[str]:
    """Yields text literals in an argument itself, not in a call inside it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (
            part.value for part in node.values if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )
    elif isinstance(node, ast.IfExp):
        yield from (*literals(node.body), *literals(node.orelse))
    elif isinstance(node, ast.BinOp):
        yield from (*literals(node.left), *literals(node.right))


def test_that_no_text_is_shown_without_being_translated() -> None:
    found = []
    for path in VIEWS:
        if path.name == COLLECTED:
            continue
        for name, call in calls(path):
            shown = list(call.args[1:] if name == "show_message" else call.args) if name in SAYING else []
            shown += [keyword.value for keyword in call.keywords if keyword.arg == "text"]
            for text in (text for node in shown for text in literals(node)):
                bare = text.replace("SalesApp", "")
                if text not in NAMES and re.search(r"[A-Za-z]{2}", bare):
                    found.append(f"{path.name}:{call.lineno}: {text!r}")
    assert not found
