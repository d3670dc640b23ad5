"""Makes bugs in methods that Qt calls reported like all others."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def survivable(method: Callable[P, T]) -> Callable[P, T]:
    """Protects methods that Python calls through Qt, like a model's `data` called by a delegate.

    For an error raised in C code (an index out of range), Python 3.11 creates the exception only when it is caught. Qt
    for Python does not wait for that, and would end the program.
    """

    @wraps(method)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(*args, **kwargs)
        except Exception:  # noqa: TRY203  # catching it completes the exception
            raise

    return guarded
