"""Text of a record is opened only where it is a plain web address, phone number or e-mail address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesapp.domain.links import LONGEST_PLACE, corrected_mail, link_of, mail_address, map_of
from tests.stopwatch import Stopwatch

NEVER = (
    "file://evil.example/share/invoice.hta",
    "file:///C:/Windows/System32/calc.exe",
    "FILE:/etc/passwd",
    "C:/Windows/System32/calc.exe",
    "C:\\Windows\\System32\\calc.exe",
    "\\\\host\\share\\x.hta",
    "//host/share/x.hta",
    "/etc/passwd",
    "../../x.bat",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java%73cript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "ms-msdt:/id PCWDiagnostic",
    "ms-settings:privacy",
    "ms-word:ofe|u|https://evil.example/x.docm",
    "search-ms:query=x&crumb=location:\\\\host\\share",
    "shell:startup",
    "microsoft.windows.camera:",
    "ftp://ok.pl/x",
    "smb://ok.pl/x",
    "ssh://ok.pl",
    "blob:https://ok.pl/x",
    "view-source:https://ok.pl",
    "about:blank",
    "https:",
    "https://",
    "https:///x",
    "http:ok.pl",
    "http:/ok.pl",
    "http:\\\\ok.pl",
    "https://ok.pl\\@evil.example",
    "https:\\\\evil.example",
    "ht tp://ok.pl",
    "https ://ok.pl",
    "https://ok .pl",
    "https://ok.pl/a b",
    "https://ok.pl/\n",
    "\nhttps://ok.pl",
    "https://ok.pl\r\nx",
    "https://ok.pl/\x00",
    "\x01https://ok.pl",
    "https://ok.pl/\u202efdp.exe",
    "https://ok.pl/\u200b",
    "https://ok.pl/%0d%0aHost:evil.example",
    "https://ok.pl/%00",
    "https://ok.pl/%5c%5chost",
    "https://ok.pl/%zz",
    "https://ok.pl/100%",
    "https://ok.pl%2eevil.example/",
    "https://%6f%6b.pl/",
    "https://user@ok.pl/",
    "https://user:word@ok.pl/",
    "https://ok.pl:443@evil.example/",
    "https://www.bank.pl&x=@evil.example",
    "https://ok.pl:0/",
    "https://ok.pl:99999/",
    "https://ok.pl:x/",
    "https://localhost/",
    "https://intranet/x",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://127.1/",
    "http://127.0.0.1:8000/",
    "http://0.0.0.0/",
    "http://[::1]/",
    "https://-ok.pl/",
    "https://ok..pl/",
    "https://.ok.pl/",
    "https://ok.pl./",
    "https://ok_1.pl/",
    "https://\u0430pple.com/",
    "https://o\u212a.pl/",
    "https://xn--80ak6aa92e.com/",
    "https://ok\uff0epl/",
    "https://ok\u3002pl/",
    "https://ok.pl/<script>",
    'https://ok.pl/"x',
    "https://ok.pl/" + "x" * 2_000,
    "calc.exe",
    "invoice.hta",
    "start.LNK",
    "ok",
    "v1.50",
    "",
    " ",
    "<img src='//host/share/x'>",
    "a@ok.pl",
    "tel:*#06#",
    "mailto:a@ok.pl?bcc=b@evil.example",
)


@pytest.mark.parametrize("text", NEVER)
def test_that_only_plain_web_addresses_are_opened(text: str) -> None:
    assert [kind for kind in ("url", "phone", "fax", "text", "") if link_of(kind, text)] == []


@pytest.mark.parametrize(
    ("text", "target", "host"),
    [
        ("https://ok.pl", "https://ok.pl", "ok.pl"),
        ("HTTPS://WWW.Ok.PL/Kontakt", "https://www.ok.pl/Kontakt", "www.ok.pl"),
        ("www.ok.pl", "http://www.ok.pl", "www.ok.pl"),
        (" www.ok.pl \u00a0", "http://www.ok.pl", "www.ok.pl"),
        ("ok.pl:8080/x", "http://ok.pl:8080/x", "ok.pl"),
        ("https://ok.pl:8443", "https://ok.pl:8443", "ok.pl"),
        (
            "https://sklep.ok.com.pl/a/b.pdf?x=1&y=%C5%82#top",
            "https://sklep.ok.com.pl/a/b.pdf?x=1&y=%C5%82#top",
            "sklep.ok.com.pl",
        ),
        ("https://ok.pl/żółw", "https://ok.pl/%C5%BC%C3%B3%C5%82w", "ok.pl"),
        ("https://ok.pl/@ala/it's", "https://ok.pl/@ala/it%27s", "ok.pl"),
        ("https://ok.pl?x@evil.example", "https://ok.pl?x@evil.example", "ok.pl"),
        ("http://192.168.10.5/karta.pdf", "http://192.168.10.5/karta.pdf", "192.168.10.5"),
        ("tel:+48 58 123 45 67", "tel:+48581234567", "+48581234567"),
        ("mailto:jan@ok.pl", "mailto:jan@ok.pl", "jan@ok.pl"),
    ],
)
def test_that_a_plain_address_is_opened_unchanged(text: str, target: str, host: str) -> None:
    link = link_of("url", text)
    assert link is not None
    assert (link.target, link.place) == (target, host)


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("58 123 45 67", "tel:581234567"),
        ("+48 (58) 123-45-67", "tel:+48581234567"),
        ("58/123.45.67", "tel:581234567"),
        ("tel:112", "tel:112"),
        ("+48 (0) 58 123 45 67", "tel:+48581234567"),
        ("+48(0)581234567", "tel:+48581234567"),
        ("(0) 58 123 45 67", "tel:0581234567"),
        ("58 123 45 67 wew. 12", "tel:581234567"),
        ("58 123 45 67, ext 3", "tel:581234567"),
    ],
)
def test_that_a_number_is_dialled_without_separators(text: str, dialled: str) -> None:
    link = link_of("phone", text)
    assert link is not None
    assert link.target == dialled


@pytest.mark.parametrize(
    "text",
    [
        "*#06#",
        "**21*600100200#",
        "#31#600",
        "600,100",
        "58 1; 60 1",
        "58 12 34, 60 56 78",
        "12",
        "call me",
        "58 123 45 67 / 68",
        "58 111/ 58 222",
        "+",
        "600p1",
        "1" * 21,
        "tel:600;phone-context=evil.example",
        "\u0661\u0662\u0663\u0664",
        "600\n100",
        "600%23",
        "600?x",
        " " * 50_000,
    ],
)
def test_that_phone_codes_and_damaged_numbers_are_not_dialled(text: str) -> None:
    assert link_of("phone", text) is None


BAD_MAILS = (
    "a@b.pl?bcc=c@d.pl",
    "a@b.pl?",
    "a@b.pl%0abcc:c@d.pl",
    "a%40b@c.pl",
    "a@b.pl,c@d.pl",
    "a@b.pl;c@d.pl",
    "a@b.pl c@d.pl",
    "a@b.pl\nc@d.pl",
    "a@b.pl\r\nBcc: c@d.pl",
    "\na@b.pl",
    "a@b.pl\n",
    "a@",
    "@b.pl",
    "a",
    "<",
    '"',
    "a@[1",
    "a@[127.0.0.1]",
    "Jan <a@b.pl>",
    '"a b"@c.pl',
    "a@b",
    "a@b..pl",
    "a..b@c.pl",
    ".a@b.pl",
    "a.@b.pl",
    "a@b.pl&subject=x",
    "a@b.pl#x",
    "a@@b.pl",
    "\u017c@b.pl",
    "a@\u017c.pl",
    "a@xn--0ca.pl",
    "a\u200b@b.pl",
    "a@b.pl\x00",
    "a" * 65 + "@b.pl",
    "a@" + "b." * 200 + "pl",
    "mailto:mailto:a@b.pl",
    "a:b@c.pl",
    "a/b@c.pl",
    "a\\b@c.pl",
    "a@1.2.3.4",
    "a|b@c.pl",
    "`a`@b.pl",
    "$a@b.pl",
    "",
)


@pytest.mark.parametrize("text", BAD_MAILS)
def test_that_only_a_single_complete_address_gets_an_e_mail(text: str) -> None:
    assert link_of("email", text) is None
    assert mail_address(text) == ""
    assert link_of("url", f"mailto:{text}") is None


@pytest.mark.parametrize("text", ["jan.nowak@ok.pl", "o'brien+shop@mail.ok.com.pl", "MAILTO:Jan_1@Ok.pl"])
def test_that_a_complete_address_gets_an_e_mail(text: str) -> None:
    link = link_of("email", text)
    assert link is not None
    assert link.target == "mailto:" + text.removeprefix("MAILTO:")
    assert mail_address(text) == link.place


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        (" biuro@sklep.pl ", "biuro@sklep.pl"),
        ("mailto:biuro@sklep.pl", "biuro@sklep.pl"),
        ("biuro @ sklep.pl.", "biuro@sklep.pl"),
        ("<biuro@sklep,pl>", "biuro@sklep.pl"),
        ("biuro at sklep", "biuro at sklep"),
        ("a@b.pl; c@d.pl", "a@b.pl; c@d.pl"),
        ("", ""),
    ],
)
def test_that_an_address_that_was_typed_is_corrected_where_it_is_plain_what_was_meant(
    typed: str, corrected: str
) -> None:
    assert corrected_mail(typed) == corrected


def test_that_a_place_is_only_searched_for_on_the_map() -> None:
    link = map_of('Długa 1&x=/../"#\r\n80-001  Gdańsk')
    assert link is not None
    wanted = "https://www.openstreetmap.org/search?query=D%C5%82uga%201%26x%3D%2F..%2F%22%23%2080-001%20Gda%C5%84sk"
    assert (link.target, link.place) == (wanted, "www.openstreetmap.org")
    assert map_of(" \n") is None
    assert len(map_of("x" * 100_000).target) < 100 + LONGEST_PLACE  # type: ignore[union-attr]


SCHEMES = st.sampled_from(
    ["", "http://", "https://", "file://", "tel:", "mailto:", "javascript:", "//", "\\\\", "C:\\", "HTTP://"]
)


@given(st.sampled_from(["phone", "email", "url", "fax"]), SCHEMES, st.text(max_size=40))
def test_that_only_four_schemes_are_ever_returned(kind: str, scheme: str, text: str) -> None:
    link = link_of(kind, scheme + text)
    if link is not None:
        assert link.target.startswith(("http://", "https://", "tel:", "mailto:"))
        assert link.target.isascii()
        assert link.target.isprintable()
        assert not set(link.target) & set(' \\<>"`')
        assert link.kind not in {"phone", "mail"} or not set(link.target) & set("?&%#,;*")


def test_that_a_long_text_is_judged_quickly() -> None:
    watch = Stopwatch()
    for kind in ("phone", "email", "url"):
        for text in (
            "1" + " " * 1_000_000,
            "a." * 500_000 + "@",
            "a@" + "a-" * 500_000,
            "www." * 250_000,
            "1,ext" * 200_000,
        ):
            assert link_of(kind, text) is None
    assert watch.seconds < 1
