"""`salesapp price CASE.json`: prices a document from rows in a file, with the rules of tablet and gateway."""

import dataclasses
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from salesapp.cli.boundary import guarded
from salesapp.cli.price_case import read_case
from salesapp.cli.terminal import safe, say, say_json
from salesapp.domain.price_rules.numbers import plain
from salesapp.domain.pricing import NextScale, PriceBook, PricedDocument, PricedLine, Step, price_document
from salesapp.errors import UsageError

_AMOUNTS = ("unit_price_net", "unit_price_gross", "list_price", "net", "vat", "gross", "vat_percent")
_HEADINGS = ("line", "item", "quantity", "unit", "unit net", "net", "VAT", "gross")


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output and nothing else.")
@guarded
def command(case: Path, as_json: bool) -> None:
    """Price the document of CASE, a JSON file ("-": standard input), and explain each step. See docs/pricing.md."""
    book, document = read_case(_content(case))
    try:
        priced = price_document(book, document)
    except InvalidOperation as error:
        raise UsageError("the numbers of the case are too large to be multiplied") from error
    if as_json:
        say_json(answer(priced))
        return
    for text in report(book, priced):
        say(text)


def _content(case: Path) -> bytes:
    if str(case) == "-":
        return sys.stdin.buffer.read()
    try:
        return case.read_bytes()
    except OSError as error:
        raise UsageError(f"{case} cannot be read ({error.strerror})") from error


def answer(priced: PricedDocument) -> dict[str, Any]:
    """Returns the whole result, with numbers as strings; amounts of a line without a price are null."""
    found: dict[str, Any] = _plain(priced)
    found["can_be_confirmed"] = priced.can_be_confirmed
    for line, of_line in zip(found["lines"], priced.lines, strict=True):
        line["next_scale"] = _plain(of_line.next_scale)
        if line["error"] is not None:
            line.update(dict.fromkeys(_AMOUNTS))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return _number(value)
    if dataclasses.is_dataclass(value):
        shown = [field.name for field in dataclasses.fields(value) if field.name != "find_hint"]
        return {name: _plain(getattr(value, name)) for name in shown}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return dict(value) if isinstance(value, Mapping) else value


def _number(value: Decimal) -> str:
    """Formats a number without an exponent; amounts keep their decimals: "565.00"."""
    return f"{value:f}"


def report(book: PriceBook, priced: PricedDocument) -> Iterable[str]:
    """Yields the result as a table, each line followed by its steps."""
    rows = [_HEADINGS, *(_cells(book, line) for line in priced.lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    yield _aligned(_HEADINGS, widths)
    for cells, line in zip(rows[1:], priced.lines, strict=True):
        yield _aligned(cells, widths)
        yield from (f"    {_step_line(step)}" for step in (*line.steps, *line.value_steps))
        if line.error:
            yield f"    no price: {line.error}"
        if line.next_scale:
            hint = line.next_scale
            yield f"    {_number(hint.missing)} more ({hint.threshold}) to reach {_brings(hint)} of {hint.name}"
    yield ""
    if priced.discount:
        yield f"discount of the document {_number(priced.discount_percent)} %: {_number(priced.discount)}"
    if priced.payment_discount:
        yield f"payment form {_number(priced.payment_percent)} %: {_number(priced.payment_discount)}"
    for total in priced.totals:
        sums = f"net {_number(total.net)}, VAT {_number(total.vat)}, gross {_number(total.gross)}"
        yield f"VAT {plain(total.percent)} %: {sums}"
    yield f"Total {priced.currency}: net {priced.net:f}, VAT {priced.vat:f}, gross {priced.gross:f}"
    yield from (safe(sentence) for sentence in priced.vat_sentences)
    for warning in priced.warnings:
        params = ", ".join(f"{name} {value}" for name, value in warning.params.items())
        yield f"{warning.code} {f'on line {warning.line} ' if warning.line else ''}{params}".rstrip()


def _cells(book: PriceBook, line: PricedLine) -> tuple[str, ...]:
    item = book.items.get(line.item)
    name = item.name or item.code if item else str(line.item)
    unit = book.unit_codes.get(line.unit) or str(line.unit)
    amounts = (line.unit_price_net, line.net, line.vat, line.gross)
    shown = ("-",) * len(amounts) if line.error else tuple(_number(amount) for amount in amounts)
    return (safe(line.id), safe(name), _number(line.quantity), safe(unit), *shown)


def _aligned(cells: Iterable[str], widths: Iterable[int]) -> str:
    """Aligns names left and numbers right."""
    parts = [
        text.ljust(width) if column in {0, 1, 3} else text.rjust(width)
        for column, (text, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(parts).rstrip()


def _brings(hint: NextScale) -> str:
    """Formats what the next scale gives: "5 %", "-1.50", "= 80.00", "5+1", "50 % for 1/3"."""
    forms = {"percent": f"{hint.value} %", "amount": f"-{hint.value}"}
    forms |= {"fixed_price": f"= {hint.value}", "bundle": f"= {hint.value}"}
    benefit = forms.get(hint.kind, hint.value)
    return f"{benefit} for {hint.group}" if hint.group else benefit


def _step_line(step: Step) -> str:
    name = step.code.replace("_", " ")
    label = f" ({step.label})" if step.label else ""
    source = f"  [{step.source}]" if step.source else ""
    return f"{name}{label} {step.value}: {_number(step.before)} -> {_number(step.after)}{source}"
