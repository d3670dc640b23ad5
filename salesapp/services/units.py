"""Units of measure as other services name them."""

from salesapp.domain.objects.directories import Unit
from salesapp.services.price_rows import directory
from salesapp.store.catalog_reader import CatalogReader


def units_by_key(catalog: CatalogReader) -> dict[int, Unit]:
    """All units."""
    return {unit.id: unit for unit in directory(catalog, Unit)}


def unit_codes(catalog: CatalogReader) -> dict[int, str]:
    """The code of each unit by its key."""
    return {unit.id: unit.code for unit in directory(catalog, Unit)}
