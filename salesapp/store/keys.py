"""The key of this device's files: 32 random bytes in the system's keyring, or in a key file."""

import hmac
import logging
import re
import secrets
from hashlib import sha256
from pathlib import Path

import keyring
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from keyring.errors import KeyringError
from msgspec.structs import replace

from salesapp.errors import DeviceError
from salesapp.private import NotPrivateError, close_file, keep_private
from salesapp.store.folders import DataFolder
from salesapp.textfiles import NotTextError, read_text

log = logging.getLogger(__name__)

SERVICE = "SalesApp"
KEY_BYTES = 32
_HEX_64 = re.compile(r"[0-9a-fA-F]{64}")


def load_key(root: Path, key_file: Path | None) -> bytes:
    """Returns the key of a data folder, made in the keyring at first use. Raises DeviceError for another key."""
    folder = DataFolder(root)
    key = _from_file(key_file) if key_file is not None else _from_keyring(folder)
    _check_fingerprint(folder, key)
    return key


def make_key_file(path: Path) -> None:
    """Writes a new random key that only this user can read; keeps an existing file."""
    if not path.exists():
        keep_private()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(KEY_BYTES) + "\n", encoding="ascii")


def subkey(key: bytes, purpose: str) -> bytes:
    """Derives the key for one purpose (HKDF-SHA256)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"salesapp {purpose}".encode()).derive(key)


def _from_file(path: Path) -> bytes:
    try:
        if not close_file(path):
            log.warning("the key file %s was readable by others; this is now fixed", path.name)
        text = read_text(path).strip()
    except FileNotFoundError as error:
        raise DeviceError("device.bad_key_file", path=path, reason="it does not exist") from error
    except NotPrivateError as error:
        raise DeviceError("device.not_private", reason=error) from error
    except OSError as error:
        raise DeviceError("device.bad_key_file", path=path, reason="it cannot be read") from error
    except NotTextError as error:
        raise DeviceError("device.bad_key_file", path=path, reason=str(error)) from error
    if not _HEX_64.fullmatch(text):
        raise DeviceError("device.bad_key_file", path=path, reason="it holds something else")
    return bytes.fromhex(text)


def _from_keyring(folder: DataFolder) -> bytes:
    name = f"key {folder.device_id}"
    try:
        stored = keyring.get_password(SERVICE, name)
        if stored is None:
            if folder.device().key_fingerprint:  # made with a key that is lost
                raise DeviceError("device.wrong_key", path=folder.root)
            keyring.set_password(SERVICE, name, secrets.token_hex(KEY_BYTES))
            stored = keyring.get_password(SERVICE, name) or ""  # a disabled keyring accepts a key without keeping it
    except (KeyringError, OSError, RuntimeError) as error:
        raise DeviceError("device.no_key") from error
    if not _HEX_64.fullmatch(stored):
        raise DeviceError("device.no_key")
    return bytes.fromhex(stored)


def _check_fingerprint(folder: DataFolder, key: bytes) -> None:
    """Raises DeviceError if the folder was made with another key; the fingerprint reveals nothing about the key."""
    device = folder.device()
    fingerprint = hmac.new(subkey(key, "fingerprint"), folder.device_id.encode(), sha256).hexdigest()
    if not device.key_fingerprint:
        folder.write_device(replace(device, key_fingerprint=fingerprint))
    elif not hmac.compare_digest(device.key_fingerprint, fingerprint):
        raise DeviceError("device.wrong_key", path=folder.root)
