"""Rows created by submissions: an import deletes them only if an earlier one had them."""

from sqlalchemy import select

from salesapp.gateway.intake import apply_changes, import_all
from salesapp.gateway.rows import next_revision
from salesapp.gateway.tables import record
from tests.company import ListConnector, source_row
from tests.conftest import GatewayUnderTest

KEY = "auxiliary.documents"


def make_own(gateway: GatewayUnderTest) -> dict[str, object]:
    """Creates a document from a submission, with the ERP's values."""
    values = gateway.connector.company[KEY]["D1"] | {"erp_number": "ZS/10/26", "customer": "C1"}
    row = source_row(gateway.catalogue.by_key[KEY], "OWN", values)
    with gateway.database.write() as connection:
        apply_changes(connection, gateway.catalogue, next_revision(connection), [(KEY, row)])
    return values


def own(gateway: GatewayUnderTest) -> tuple[int, bool] | None:
    """Returns its scope, and whether a submission created it."""
    query = select(record.c.scope, record.c.is_own).where(record.c.object == KEY, record.c.erp_key == "OWN")
    with gateway.database.read() as connection:
        row = connection.execute(query).first()
    return (row.scope, bool(row.is_own)) if row else None


def test_that_an_import_keeps_the_document_of_a_reassigned_customer(
    gateway: GatewayUnderTest,
) -> None:
    make_own(gateway)
    before = own(gateway)
    company = gateway.connector.company
    company["customers.customers"]["C1"]["representative"] = "rep2"
    others = {key: rows for key, rows in company.items() if key != KEY}
    import_all(gateway.database, gateway.catalogue, ListConnector(others))
    moved = own(gateway)
    assert before is not None
    assert moved is not None
    assert moved[0] != before[0]
    gateway.take()
    assert own(gateway) == moved, "the ERP has not told of it yet"


def test_that_a_row_that_the_erp_once_sent_is_deleted_when_it_stops_sending_it(gateway: GatewayUnderTest) -> None:
    documents = gateway.connector.company[KEY]
    documents["OWN"] = make_own(gateway)
    assert gateway.take().objects[KEY].changed == 0, "the same row"
    assert own(gateway) is not None
    del documents["OWN"]
    gateway.take()
    assert own(gateway) is None
