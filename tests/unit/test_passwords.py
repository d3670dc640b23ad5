"""Refused passwords: those that attackers try first, in English, Polish and German."""

import pytest

from salesapp.gateway.passwords import LONGEST_PASSWORD, PasswordError, check_password

COMPANY = ["Hurtownia Kowalski Sp. z o.o.", "DEMO"]


def code(password: str, name: str = "rep1") -> str:
    """Returns the code of the refusal; empty if the password is accepted."""
    try:
        check_password(password, name, COMPANY)
    except PasswordError as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    "password",
    [
        *("12345678", "123456789", "87654321", "11111111", "aaaaaaaa", "abcdefgh", "00000000000000000000"),
        *("password", "PASSWORD", "Password1", "P@ssw0rd", "p455w0rd!", "password123", "drowssap", "letmein99"),
        *("qwertyuiop", "asdfghjkl", "qwerty123", "1qaz2wsx", "zaq12wsx", "q1w2e3r4", "qwertz123", "yxcvbnm,"),
        *("iloveyou1", "football1", "monkey!!", "sunshine7", "welcome1", "Admin123", "changeme1"),
        *("haslo123", "Hasło123", "HASŁO1234!", "H@slo2026!", "kochanie1", "misiaczek", "polska123", "dupa1234"),
        *("Wiosna2026", "Grudzień2026", "zima2025!", "Poniedzialek1", "warszawa1", "warszawa44", "Legia1916"),
        *("passwort", "Passwort1!", "hallo123", "geheim123", "Sommer2026", "schatz123", "Dezember24", "willkommen1"),
        *("salesapp", "SalesApp2026", "gateway1", "tablet123", "kowalski", "Kowalski2026!", "hurtownia1", "demodemo"),
        *(
            "zaq1@WSX",
            "!QAZ2wsx",
            "TajneHaslo1",
            "mojehaslo",
            "Kasia1234",
            "ichliebedich",
            "Kochamcie1",
            "the password",
        ),
        *("12.12.1980", "19801212", "2026-11-29", "passwordpassword", "haslohaslo", "qwertyqwerty", "x" * 200),
    ],
)
def test_that_an_obvious_password_is_refused(password: str) -> None:
    assert code(password) == "password.common"


@pytest.mark.parametrize("password", [" " * 8, "\u00a0" * 12, "\t" * 9, " \u3000" * 5])
def test_that_blanks_are_not_a_password(password: str) -> None:
    assert code(password) == "password.blank"


@pytest.mark.parametrize(
    ("name", "password"),
    [
        *(
            ("nowakowska", "nowakowska"),
            ("nowakowska", "NowaKowska"),
            ("rep1", "my rep1 word"),
            ("Łukasz", "lukasz-7gx!"),
        ),
        *(("jss", "xkJSSq9!w"), ("ab", "AB"), ("Jan Nowak", "jan nowak 77")),
    ],
)
def test_that_a_password_must_not_contain_the_users_name(name: str, password: str) -> None:
    assert code(password, name) in ({"password.has_name"} if len(password) > 2 else {"password.length"})


@pytest.mark.parametrize("password", ["", "1", "kT7!xq2", "x" * (LONGEST_PASSWORD + 1)])
def test_that_a_password_of_a_wrong_length_is_refused(password: str) -> None:
    assert code(password) == "password.length"


@pytest.mark.parametrize(
    "password",
    [
        *(
            "correct horse",
            "zażółć gęślą jaźń",
            "łódź i żaba",
            "wer weiß was",
            "Tr0ub4dor&3",
            "kT7!xq2z",
            "小さい青い鳥たち",
        ),
        *("from standard input", "mokry-zegar-siedem", "4@8({[<369!1|0$57+2" * 10, "password is not my word"),
    ],
)
def test_that_a_password_that_needs_many_guesses_is_accepted(password: str) -> None:
    assert not code(password)


def test_that_a_short_name_may_be_part_of_a_word() -> None:
    assert not code("mokry-zegar-siedem", "a")
    assert not code("mokry-zegar-siedem", "ok")


def test_that_words_of_one_company_are_allowed_at_another() -> None:
    assert code("Kowalczewski8!") == ""
    with pytest.raises(PasswordError):
        check_password("Kowalczewski8!", "rep1", ["Kowalczewski i synowie"])
    assert code("Kowalczewski8!") == ""
