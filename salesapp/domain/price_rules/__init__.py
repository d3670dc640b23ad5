"""The rules of prices and promotions, one file per rule of docs/pricing.md; `salesapp.domain.pricing` is their face."""
