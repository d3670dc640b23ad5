"""The e-mail draft: one recipient or none, and nothing of a record becomes a header."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from salesapp.services.document_view import has_bad_address, mail_of
from tests.gui.test_paper import view
from tests.unit.test_links import BAD_MAILS

PDF = b"%PDF-1.4 x"
HEADERS = {"Subject", "To", "X-Unsent", "MIME-Version", "Content-Type"}
TITLES = (
    "Order 1\r\nBcc: c@d.pl",
    "Order 1\nX-Evil: 1",
    "Order\r1",
    "Order\x00\x1b[2J",
    "Zamówienie \u202e1",
    "\ud800",
    "=?utf-8?q?x?=",
    "x" * 100_000,
    "\u2028Bcc: c@d.pl",
    "\x0bBcc: c@d.pl",
    "\x85Bcc: c@d.pl",
    "",
    "<img src='x'>",
)


def draft(email: str = "jan@ok.pl", title: str = "Order 1", text: str = "Good day") -> EmailMessage:
    content = mail_of(replace(view(1), email=email), title, text, PDF, f"{title}.pdf")
    found = message_from_bytes(content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


@pytest.mark.parametrize("email", BAD_MAILS)
def test_that_a_damaged_address_gets_no_mail_and_is_reported(email: str) -> None:
    mail = draft(email)
    assert set(mail.keys()) == HEADERS - {"To"}
    assert mail.get_body() is not None
    assert has_bad_address(replace(view(1), email=email)) == bool(email.strip())


def test_that_a_whole_address_is_the_only_recipient() -> None:
    for email in ("jan@ok.pl", " jan@ok.pl ", "mailto:jan@ok.pl"):
        mail = draft(email)
        assert (mail["To"], set(mail.keys())) == ("jan@ok.pl", HEADERS)
        assert not has_bad_address(replace(view(1), email=email))


@pytest.mark.parametrize("title", TITLES)
def test_that_a_subject_stays_on_one_line(title: str) -> None:
    mail = draft(title=title, text=f"Good day\n\n{title}\n")
    assert set(mail.keys()) == HEADERS
    assert mail["To"] == "jan@ok.pl"
    assert len(mail["Subject"] or "") <= 200
    assert str(mail["Subject"] or "").isprintable()
    (paper,) = mail.iter_attachments()
    assert paper.get_content() == PDF
    name = str(paper.get_filename())
    assert name.endswith(".pdf")
    assert name.isprintable()
    assert len(name) <= 120
    body = mail.get_body()
    assert body is not None
    assert body.get_content().startswith("Good day\n")
