"""The engine: sends, negotiates, fetches, stages, publishes and verifies. asyncio and httpx; no Qt here."""
