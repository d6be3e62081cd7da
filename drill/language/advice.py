"""What to write instead."""

from __future__ import annotations

from collections.abc import Collection

from drill.language.function import Table


def close(word: str, words: Collection[str]) -> str | None:
    """Return the word that `word` was probably meant to be."""
    from difflib import get_close_matches

    found = get_close_matches(word, sorted(words), n=1, cutoff=0.7)
    return found[0] if found else None


def no_name(name: str, known: Collection[str], table: Table) -> str:
    """Say that nothing has this name, and which names there are."""
    if name in table.functions or name in table.builtins:
        return f"`{name}` is a function: write {name}(…)"
    names = ", ".join(sorted(known))
    text = f"there is no `{name[:40]}`"
    guess = close(name, known)
    if guess:
        return f"{text}: did you mean `{guess}`?"
    return f"{text}: the names you may use are {names}" if names else text


def no_function(
    name: str, table: Table, known: Collection[str] = (), *, dotted: bool = False
) -> str:
    """Say that there is no such function."""
    if name in known:
        return f"`{name}` is a value, not a function: write {name} * (…)"
    guess = close(name, {*table.functions, *table.builtins})
    prefix = "np." if dotted else ""
    text = f"there is no function `{prefix}{name[:40]}`"
    return f"{text}: did you mean `{prefix}{guess}`?" if guess else text


def no_method(name: str, table: Table) -> str:
    """Say that arrays have no such method."""
    if name in table.functions:
        return f"arrays have no `.{name}(…)`: write np.{name}(…)"
    guess = close(name, table.methods)
    text = f"arrays have no `.{name[:40]}(…)`"
    return f"{text}: did you mean `.{guess}(…)`?" if guess else text


def no_attribute(name: str, table: Table) -> str:
    """Say that arrays have no such attribute."""
    if name in table.methods:
        return f"`.{name}` is called: write .{name}(…)"
    return f"there is no `.{name[:40]}`: arrays have .T, .shape, .size and .ndim"
