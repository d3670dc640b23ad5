"""What the disk does not let us do, as errors for people."""

import errno

from salesapp.errors import DeviceError


def write_failed(error: OSError) -> DeviceError:
    """A failure of the disk as an error for people."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DeviceError("device.disk_full", needed="more", free="too few")
    return DeviceError("device.write_failed", reason=error.strerror or type(error).__name__)
