"""What the disk does not let us do, as errors for people; and names of files that outlast a power cut."""

import errno
import os
from pathlib import Path

from salesapp.errors import DeviceError


def write_failed(error: OSError) -> DeviceError:
    """A failure of the disk as an error for people."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DeviceError("device.disk_full", needed="more", free="too few")
    return DeviceError("device.write_failed", reason=error.strerror or type(error).__name__)


def sync_folder(folder: Path) -> None:
    """Brings the names in a folder to the disk; Windows does so by itself."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
