"""Deliberate faults, for tests and demonstrations: `--fault KEY=kind` falsifies the answers about one object."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from salesapp.domain.canonical import Digest
from salesapp.domain.catalogue import Catalogue
from salesapp.errors import UsageError

KINDS = ("digest", "count", "missing", "slow")
SLOW_SECONDS = 3.0


@dataclass(frozen=True)
class Faults:
    """The kinds of faults by object key."""

    kinds: Mapping[str, frozenset[str]]

    @classmethod
    def parse(cls, texts: Iterable[str], catalogue: Catalogue) -> "Faults":
        """Reads `KEY=kind`, several for one key if need be. Raises UsageError for an unknown key or kind."""
        found: dict[str, frozenset[str]] = {}
        for text in texts:
            key, _, kind = text.partition("=")
            if key not in catalogue.by_key:
                raise UsageError(f"--fault {text}: there is no object {key}")
            if kind not in KINDS:
                raise UsageError(f"--fault {text}: the kind is one of {', '.join(KINDS)}")
            found[key] = found.get(key, frozenset()) | {kind}
        return cls(found)

    def _has(self, key: str, kind: str) -> bool:
        return kind in self.kinds.get(key, frozenset())

    def falsify(self, key: str, digest: Digest) -> Digest:
        """Returns the digest to answer instead of the right one."""
        count = digest.count + self._has(key, "count")
        return Digest(count, digest.low ^ self._has(key, "digest"), digest.high)

    def hides(self, key: str) -> bool:
        """Whether to answer that the object's segments are missing."""
        return self._has(key, "missing")

    def delay_s(self, key: str) -> float:
        """Returns the seconds by which each of the object's segments is delayed."""
        return SLOW_SECONDS if self._has(key, "slow") else 0.0


NO_FAULTS = Faults({})
