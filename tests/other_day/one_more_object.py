"""A 27th object, before anything reads the catalogue: `tests/grown.py` and the processes of its tests run this file."""

from salesapp.domain.objects import customers
from salesapp.domain.rows import Row, objects_of, reference, synchronized, text


@synchronized("customers.types", "Customer Types", natural_key=("code",), search=("name",))
class CustomerType(Row):
    code: str = text()
    name: str | None = text()
    customer: int | None = reference("customers.customers")


customers.OBJECTS += objects_of(CustomerType)
