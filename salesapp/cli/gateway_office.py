"""`salesapp gateway documents` and `rules`: sent documents with findings, and the rules of the demo's ERP."""

from pathlib import Path

import click

from salesapp.cli.boundary import guarded
from salesapp.cli.terminal import say, say_json
from salesapp.errors import UsageError, describe
from salesapp.gateway import folder as gateway_folder
from salesapp.gateway.audit import Event, by_operator, write_audit
from salesapp.gateway.connectors.demo.office import switch_rules, switched_on
from salesapp.gateway.connectors.demo.rules import RULES
from salesapp.gateway.connectors.demo.source import DemoSource
from salesapp.gateway.documents import SentDocument, sent_documents

data_option = click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), required=True, help="The gateway's data folder."
)
_CHECKS = {
    "equal": "priced as here",
    "differs": "priced differently",
    "not_compared": "not compared",
    "": "refused",
}


@click.command()
@data_option
@click.option("--flagged", is_flag=True, help="Only documents that need attention.")
@click.option("--json", "as_json", is_flag=True)
@guarded
def documents(data: Path, flagged: bool, as_json: bool) -> None:
    """List sent orders and quotes with the gateway's own calculation at the same checkpoint."""
    with gateway_folder.opened(data) as database, database.read() as connection:
        found = list(sent_documents(connection, flagged_only=flagged))
    if as_json:
        say_json(found)
        return
    for document in found:
        say(*_cells(document))
        for flag in document.flags:
            say(f"    flag: {flag.sentence}")
        if document.code:
            say(f"    {document.code}: {describe(document.code, document.params).what}")


def _cells(document: SentDocument) -> tuple[str, ...]:
    """Returns number, user, customer, sent and recomputed total, difference, state."""
    state = f"{document.state} {document.erp_number}".rstrip()
    return (
        document.number,
        document.user,
        document.customer or "-",
        f"{document.sent} {document.currency}",
        document.recomputed or "-",
        document.difference or "-",
        _CHECKS.get(document.check, document.check),
        state,
    )


@click.command()
@data_option
@click.option("--on", multiple=True, metavar="RULE[=VALUE],...", help="Switch on.")
@click.option("--off", multiple=True, metavar="RULE,...", help="Switch off.")
@click.option("--json", "as_json", is_flag=True)
@guarded
def rules(data: Path, on: tuple[str, ...], off: tuple[str, ...], as_json: bool) -> None:
    """Show or switch what the demo company's ERP rejects or holds. Takes effect at once, even while serving."""
    with gateway_folder.opened(data) as database:
        if not isinstance(gateway_folder.remembered_source(database), DemoSource):
            raise UsageError("only the demo company has rules, and this gateway has another source")
        switched = switch_rules(database, on, off) if on or off else switched_on(database)
        if on or off:
            rules_now = ", ".join(sorted(switched)) or "none"
            write_audit(database, Event("rules", f"demo rules: {rules_now}", actor=by_operator()))
    if as_json:
        say_json(switched)
        return
    for name, rule in RULES.items():
        value = switched.get(name, rule.value)
        shown = f"{name}={value}" if value else name
        takes = f" (takes {rule.takes})" if rule.takes else ""
        say("on " if name in switched else "off", shown, f"{rule.told}{takes}")
