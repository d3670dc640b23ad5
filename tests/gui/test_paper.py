"""Printed documents: page breaks, in both modes of VAT."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from salesapp.models.pictures import png_of
from salesapp.services.company import Company
from salesapp.services.document_view import DocumentView, ViewLine, ViewTotal
from salesapp.services.own_work import WorkItem
from salesapp.views.translation import Translation
from salesapp.views.work import paper

NAME = "Śliwki węgierki wędzone {number} w słoiku z zakrętką, pojemność dziewięćset mililitrów"


def line(number: int) -> ViewLine:
    name = NAME.format(number=number) if number % 4 == 0 else f"Item {number}"
    code = f"OL-{number:04}"
    net, gross = Decimal(10), Decimal("12.30")
    return ViewLine(name, code, Decimal(1), "szt.", Decimal(10), Decimal(), net, gross=gross)


def view(lines: int, *, description: str = "", is_gross: bool = False, state: str = "on_device") -> DocumentView:
    item = WorkItem("r", "document", state, "SO-7/03/26/JSS", "Łąka", "2026-03-02T08:00:00Z", "sales_order", lines)
    return DocumentView(
        item=item,
        issued_on="2026-03-02",
        delivery_on="2026-03-03",
        delivery_address="ul. Źródlana 5, 80-001 Gdańsk",
        payment_form="Przelew",
        customer="Delikatesy Łąka",
        customer_address="ul. Portowa 14, 81-704 Sopot",
        tax_id="585-000-41-16",
        email="",
        description=description,
        currency="PLN",
        lines=tuple(line(number) for number in range(1, lines + 1)),
        totals=(ViewTotal(Decimal(23), Decimal(100), Decimal(23), Decimal(123)),),
        net=Decimal(100),
        vat=Decimal(23),
        gross=Decimal("123456.70"),
        is_gross=is_gross,
    )


def signature() -> bytes:
    image = QImage(600, 240, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    return png_of(image)


@pytest.fixture
def pages(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> dict[int, list[tuple[str, float, float]]]:
    """Texts on each page of the last printout, with upper and lower edge in dots."""
    del qapp
    Translation().use("en")
    written: dict[int, list[tuple[str, float, float]]] = defaultdict(list)
    plain, sheets = paper._Sheet._text, list[paper._Sheet]()

    def noted(self: paper._Sheet, words: str, *args: Any, **kwargs: Any) -> float:
        if self not in sheets:  # the first pass only counts the pages
            sheets.append(self)
            written.clear()
        height = plain(self, words, *args, **kwargs)
        written[self.page].append((words, self._y, self._y + height))
        return height

    monkeypatch.setattr(paper._Sheet, "_text", noted)
    return written


def words_of(page: list[tuple[str, float, float]]) -> list[str]:
    return [words for words, _top, _bottom in page]


def test_that_the_own_company_is_printed_above_the_customer(pages: dict[int, list[tuple[str, float, float]]]) -> None:
    company = Company("Hurtownia Słonecznik", "ul. Magazynowa 8, 81-061 Gdynia", "999-000-00-08", "+48 58 555 01 00")
    paper.print_pdf(view(1), None, company, signature())
    first = pages[1]
    assert "Hurtownia Słonecznik" in words_of(first)
    details = next(words for words in words_of(first) if words.startswith("ul. Magazynowa"))
    assert details == "ul. Magazynowa 8, 81-061 Gdynia\nTax ID 999-000-00-08\n+48 58 555 01 00"
    bottom = next(bottom for words, _top, bottom in first if words == details)
    assert bottom <= next(top for words, top, _bottom in first if words == "Customer")
    paper.print_pdf(view(1), None, company, b"not a picture")
    assert "Hurtownia Słonecznik" in words_of(pages[1]), "what cannot be shown is left out"


@pytest.mark.parametrize("lines", [1, 15, 16, 17, 18, 19, 20, 40, 200])
def test_that_the_sums_and_the_signature_are_printed_with_at_least_one_line(
    lines: int, pages: dict[int, list[tuple[str, float, float]]]
) -> None:
    pdf = paper.print_pdf(view(lines, description="Deliver early. " * 20), signature())
    assert pdf.startswith(b"%PDF")
    count = max(pages)
    last = words_of(pages[count])
    assert any(words.startswith("OL-") for words in last)
    assert {"To pay", "Signature of the customer", f"Page {count} of {count}"} <= set(last)
    codes = [words for page in sorted(pages) for words in words_of(pages[page]) if words.startswith("OL-")]
    assert codes == [f"OL-{number:04}" for number in range(1, lines + 1)], "each line once, in its order"


def test_that_every_page_names_its_document_and_nothing_overlaps_the_footer(
    pages: dict[int, list[tuple[str, float, float]]],
) -> None:
    paper.print_pdf(view(60), None)
    assert len(pages) > 2
    for number, page in pages.items():
        assert "Sales order SO-7/03/26/JSS" in words_of(page)
        assert "Price net" in words_of(page), "the head of the table is repeated"
        assert f"Page {number} of {len(pages)}" in words_of(page)
        body = [entry for entry in page if not entry[0].startswith(("Page ", "Not yet accepted"))]
        assert max(bottom for _words, _top, bottom in body) <= paper.BOTTOM + 1


def test_that_a_gross_list_is_printed_gross_and_an_accepted_document_says_so(
    pages: dict[int, list[tuple[str, float, float]]],
) -> None:
    paper.print_pdf(view(1, is_gross=True, state="in_erp"), None)
    words = words_of(pages[1])
    assert "Price gross" in words
    assert "12.30" in words, "the line's gross value"
    assert not any("Not yet accepted" in entry for entry in words)
    paper.print_pdf(view(1), None)
    assert any("Not yet accepted by the ERP" in entry for entry in words_of(pages[1]))


def test_that_a_word_that_is_wider_than_its_column_is_broken(
    pages: dict[int, list[tuple[str, float, float]]],
) -> None:
    long = "W" * 160
    paper.print_pdf(replace(view(1), lines=(replace(line(1), name=long),), customer_address="Z" * 240), None)
    heights = {words: bottom - top for words, top, bottom in pages[1]}
    assert heights[long] > 3 * heights["OL-0001"], "all its letters are on the paper"
    assert next(height for words, height in heights.items() if words.startswith("Z" * 240)) > 2 * heights["OL-0001"]


def test_that_sentences_about_vat_and_the_payment_form_stand_on_the_paper(
    pages: dict[int, list[tuple[str, float, float]]],
) -> None:
    sentence = "Intra-Community supply of goods, article 138. " * 5
    lines = (replace(line(1), promotion_discount=Decimal("4.75")),)
    sold = replace(view(1), lines=lines, payment_discount=Decimal("2.46"), vat_sentences=(sentence, "Second."))
    paper.print_pdf(sold, None)
    words = words_of(pages[1])
    assert [sentence, "Second."] == [text for text in words if text in {sentence, "Second."}]
    assert any(text.startswith("Included: payment form Przelew") and "2.46" in text for text in words)
    assert any("4.75" in text for text in words), "what a promotion takes off the line"
    for count in range(20, 40):
        paper.print_pdf(replace(sold, lines=tuple(line(number) for number in range(count))), None)
        for page in pages.values():
            assert max(bottom for _words, _top, bottom in page) <= paper.BOTTOM + 12 * paper.MM


def test_that_a_return_is_printed_with_its_reasons_and_what_is_credited(
    pages: dict[int, list[tuple[str, float, float]]],
) -> None:
    sold = view(1)
    back = replace(line(1), quantity=Decimal(-1), net=Decimal(-10), reason="Damaged, SO-1/03/26/JSS")
    item = replace(sold.item, type="sales_return", number="RT-1/03/26/JSS")
    paper.print_pdf(replace(sold, item=item, lines=(back,), gross=Decimal("-12.30")), None)
    words = words_of(pages[1])
    assert "Return of goods RT-1/03/26/JSS" in words
    assert "To be credited" in words
    assert "To pay" not in words
    assert any(text.endswith("Reason: Damaged, SO-1/03/26/JSS") for text in words)
    assert "12.30\N{NO-BREAK SPACE}PLN" in words


def test_that_an_amount_off_the_document_is_printed(pages: dict[int, list[tuple[str, float, float]]]) -> None:
    paper.print_pdf(replace(view(1), discount_amount=Decimal("1.5")), None)
    assert any("the document's discount of 1.50\N{NO-BREAK SPACE}PLN" in text for text in words_of(pages[1]))
