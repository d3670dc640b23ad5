"""The rules of prices and promotions, a file per rule of docs/pricing.md; `salesapp.domain.pricing` calls them."""
