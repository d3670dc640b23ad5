"""Mistakes in what Qt calls: told like every other one."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def survivable(method: Callable[P, T]) -> Callable[P, T]:
    """For methods that Python calls through Qt, for example a delegate a model's `data`.

    Of an error that C code raised (an index out of range), Python 3.11 makes the exception only when it is caught. Qt
    for Python does not wait for that, and the program would end.
    """

    @wraps(method)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(*args, **kwargs)
        except Exception:  # noqa: TRY203  # caught, it is whole
            raise

    return guarded
