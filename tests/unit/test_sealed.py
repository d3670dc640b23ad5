"""Sealed files: truncation and changes are detected, and complete files are read back."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesapp.store.sealed import CHUNK, SealedDamagedError, SealedWriter, read_sealed, write_sealed

KEY = bytes(range(32))
sizes = st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17])


def content_of(size: int) -> bytes:
    return (b"0123456789abcdef" * (size // 16 + 1))[:size]


@settings(max_examples=40, deadline=None)
@given(sizes, st.integers(1, 4 * CHUNK), st.integers(0, 4 * CHUNK))
def test_that_a_file_written_in_pieces_with_a_pause_is_read_back_complete(size: int, piece: int, cut: int) -> None:
    content = content_of(size)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.sealed"
        writer = SealedWriter(path, KEY)
        assert writer.resume(lambda _: None) == 0
        for start in range(0, min(cut, size), piece):
            writer.append(content[start : min(start + piece, cut)])
        writer.close()
        again = SealedWriter(path, KEY)
        kept = bytearray()
        offset = again.resume(kept.extend)
        assert offset == len(kept) <= min(cut, size)
        assert content.startswith(bytes(kept))
        again.append(content[offset:])
        again.finish()
        assert b"".join(read_sealed(path, KEY)) == content
        assert not path.with_name(path.name + ".part").exists()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([5, CHUNK, 2 * CHUNK + 9]), st.floats(0, 0.999), st.booleans())
def test_that_any_changed_or_missing_byte_is_detected(size: int, where: float, cut: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.sealed"
        write_sealed(path, KEY, content_of(size))
        sealed = bytearray(path.read_bytes())
        place = int(where * len(sealed))
        if cut:
            del sealed[place:]
        else:
            sealed[place] ^= 0x40
        path.write_bytes(sealed)
        with pytest.raises(SealedDamagedError):
            list(read_sealed(path, KEY))


def test_that_a_file_cut_within_a_chunk_is_resumed_before_that_chunk(tmp_path: Path) -> None:
    path = tmp_path / "file.sealed"
    writer = SealedWriter(path, KEY)
    writer.resume(lambda _: None)
    writer.append(content_of(3 * CHUNK))
    writer.close()
    part = path.with_name("file.sealed.part")
    part.write_bytes(part.read_bytes()[:-100])
    again = SealedWriter(path, KEY)
    assert again.resume(lambda _: None) == 2 * CHUNK
    again.discard()
    assert not part.exists()


def test_that_another_key_opens_nothing(tmp_path: Path) -> None:
    write_sealed(tmp_path / "a", KEY, b"secret")
    with pytest.raises(SealedDamagedError):
        list(read_sealed(tmp_path / "a", bytes(32)))
    assert b"secret" not in (tmp_path / "a").read_bytes()
