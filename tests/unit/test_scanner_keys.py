"""Learning a scanner from the keys of one scan."""

import pytest

from salesapp.views.parts.scanner_keys import LONGEST_PAUSE_MS, SHORTEST_LIMIT_MS, Heard, Learned, keys_of, learn

EAN = "5901234123457"


def heard(written: str, ends: str = "", pause_ms: int = 2) -> Heard:
    keys = keys_of(written)
    return Heard((*keys,), (*keys_of(ends),), (pause_ms,) * (len(keys) - 1))


@pytest.mark.parametrize(
    ("keys", "ends", "prefix", "suffix", "code", "symbology"),
    [
        (EAN, "<Enter>", "", "<Enter>", EAN, ""),
        (EAN, "<Enter><LF>", "", "<Enter><LF>", EAN, ""),
        (EAN, "", "", "", EAN, ""),
        (f"<F8>{EAN}", "<Tab>", "<F8>", "<Tab>", EAN, ""),
        (f"<STX>{EAN}", "<Enter>", "<STX>", "<Enter>", EAN, ""),
        (f"]E0{EAN}", "<Enter>", "", "<Enter>", EAN, "]E0"),
        (f"#]E0{EAN}$", "<Enter>", "#", "$<Enter>", EAN, "]E0"),
        (f"A{EAN}", "", "A", "", EAN, ""),
        ("5900000000018", "", "", "", "5900000000018", ""),
        ("A5901234123458", "", "", "", "A5901234123458", ""),
        ("https://example.com/5901234123457?a=1", "", "", "", "https://example.com/5901234123457?a=1", ""),
        ("96385074", "<Enter>", "", "<Enter>", "96385074", ""),
        ("]C10105901234123457<GS>10ABC", "<Enter>", "", "<Enter>", "0105901234123457\x1d10ABC", "]C1"),
        ("<F7>ABC-12x", "<Tab>", "<F7>", "<Tab>", "ABC-12x", ""),
    ],
)
def test_that_one_scan_teaches_what_the_scanner_sends_with_a_code(
    keys: str, ends: str, prefix: str, suffix: str, code: str, symbology: str
) -> None:
    known = learn(heard(keys, ends))
    assert (known.scanner.prefix, known.scanner.suffix, known.code, known.symbology) == (
        prefix,
        suffix,
        code,
        symbology,
    )


def test_that_what_was_learned_is_taken_off_the_next_codes() -> None:
    known = learn(heard(f"#]E0{EAN}$", "<Enter>")).scanner
    assert heard("#]E05900000000008$").code(known) == "]E05900000000008"
    assert heard("5900000000008").code(known) == "5900000000008", "a code without them is whole"


@pytest.mark.parametrize(("pause_ms", "limit"), [(1, SHORTEST_LIMIT_MS), (15, 45), (40, LONGEST_PAUSE_MS)])
def test_that_the_speed_has_a_margin_and_bounds(pause_ms: int, limit: int) -> None:
    known: Learned = learn(heard(EAN, pause_ms=pause_ms))
    assert (known.ms_per_key, known.scanner.pause_ms) == (pause_ms, limit)


def test_that_a_late_enter_belongs_to_a_scan_unless_the_scanner_sends_none() -> None:
    assert learn(heard(EAN, "<Enter>")).scanner.may_end_late
    assert not learn(heard(EAN)).scanner.may_end_late
