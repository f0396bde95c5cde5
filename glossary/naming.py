"""Names in addresses: where one is taken, a number is added."""

from collections.abc import Collection


def first_free(name: str, taken: Collection[str]) -> str:
    """Give a name that is not among those taken: itself, or with the least number from 2 on.

    >>> first_free("law", {"law", "law-2", "law-4"})
    'law-3'
    """
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(other for other in numbered if other not in taken)
