"""Look-ups of units of measure."""

from salesapp.domain.objects.directories import Unit
from salesapp.services.price_rows import directory
from salesapp.store.catalog_reader import CatalogReader


def units_by_key(catalog: CatalogReader) -> dict[int, Unit]:
    """Returns all units by key."""
    return {unit.id: unit for unit in directory(catalog, Unit)}


def unit_codes(catalog: CatalogReader) -> dict[int, str]:
    """Returns the codes of all units by key."""
    return {unit.id: unit.code for unit in directory(catalog, Unit)}
