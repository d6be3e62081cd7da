"""What to write instead."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from drill.language.functions.function import Function, Table
from drill.language.messages import sentences
from drill.language.notation.symbols import called
from drill.visible import shown


def close(word: str, words: Collection[str]) -> str | None:
    """Return the word that `word` was probably meant to be."""
    from difflib import get_close_matches

    found = get_close_matches(word, sorted(words), n=1, cutoff=0.7)
    return found[0] if found else None


def no_name(name: str, known: Collection[str], table: Table) -> str:
    """Say that nothing has this name, and which names there are."""
    if name in table.functions or name in table.builtins:
        return f"`{name}` is a function: write {name}(…)"
    text = f"there is no `{name[:40]}`"
    parts = split(name, known)
    if parts:
        return f"{text}: write {'*'.join(parts)} for a product"
    if name in ("np", "numpy"):
        return f"`{name}` alone is no value: write np.sum(…), np.exp(…)"
    if name in sentences.MODULES:
        return sentences.MODULES[name].format("…", "…")
    guess = close(name, known)
    if guess:
        return f"{text}: did you mean `{guess}`?"
    names = shown(", ".join(sorted(known)), 120)
    return f"{text}: the names you may use are {names}" if names else text


def split(name: str, known: Collection[str]) -> list[str]:
    """Return the given names that `name` is made of, or nothing.

    Examples
    --------
    >>> split("lamw", {"lam", "w"}), split("row", {"r", "w"})
    (['lam', 'w'], [])
    """
    if len(name) > 40:
        return []
    found: list[list[str]] = [[] for _ in range(len(name) + 1)]
    reached = {0}
    for end in range(1, len(name) + 1):
        for start in sorted(reached):
            if start < end and name[start:end] in known:
                found[end] = [*found[start], name[start:end]]
                reached.add(end)
                break
    return found[-1]


def no_function(
    name: str, table: Table, known: Collection[str] = (), *, dotted: bool = False
) -> str:
    """Say that there is no such function."""
    first, _, last = name.rpartition(".")
    if name in known:
        return no_call(name)
    if first.startswith("random"):
        return sentences.MODULES["random"]
    if last in sentences.FUNCTIONS:
        return f"there is no function `{last}`: {sentences.FUNCTIONS[last]}"
    if last in table.functions and first:
        return f"there is no `np.{name[:40]}`: write np.{last}"
    # Python's own functions are not numpy's.
    bare = () if dotted else (*table.builtins, *known)
    guess = close(name, {*table.functions, *bare})
    prefix = "np." if dotted else ""
    text = f"there is no function `{prefix}{name[:40]}`"
    return f"{text}: did you mean `{prefix}{guess}`?" if guess else text


def no_method(name: str, table: Table) -> str:
    """Say that arrays have no such method."""
    if name in ("T", "shape", "size", "ndim"):
        return f"`.{name}` is not called: write .{name} alone, and * for a product"
    if name in table.functions:
        return f"arrays have no `.{name}(…)`: write np.{name}(…)"
    guess = close(name, table.methods)
    text = f"arrays have no `.{name[:40]}(…)`"
    return f"{text}: did you mean `.{guess}(…)`?" if guess else text


def no_constant(name: str, table: Table) -> str:
    """Say that numpy's `name` is not a number."""
    if name in table.functions:
        return f"`np.{name}` is a function: write np.{name}(…)"
    return no_function(name, table, dotted=True)


def module(path: Sequence[str]) -> str:
    """Say that a module is not here, and what to write instead."""
    return sentences.MODULES[path[0]].format(path[-1], ".".join(path[1:]))


def too_many(function: Function, number: int) -> str:
    """Say that a call has too many arguments."""
    takes = "one argument" if number == 1 else f"{number} arguments"
    return f"`{function.name}` takes {takes} by place: {usage(function)}"


def keyword(name: str | None, function: Function) -> str:
    """Say that a call cannot have this keyword."""
    if name is None:
        return "`**` before an argument is not understood here"
    if name in sentences.KEYWORDS:
        return f"numpy writes `{sentences.KEYWORDS[name]}=`, not `{name}=`"
    if any(parameter.name == name for parameter in function.parameters):
        return f"`{name}` is given by its place, once: {usage(function)}"
    return f"`{function.name}` takes no `{name[:40]}=`: {usage(function)}"


def missing(function: Function, name: str) -> str:
    """Say that a call lacks an argument."""
    return f"`{function.name}` needs `{name}`: {usage(function)}"


def usage(function: Function) -> str:
    """Show a function with its parameters."""
    return f"{function.name}({function.signature})"


def no_attribute(name: str, table: Table) -> str:
    """Say that arrays have no such attribute."""
    if name in table.methods:
        return f"`.{name}` is called: write .{name}(…)"
    return f"there is no `.{name[:40]}`: arrays have .T, .shape, .size and .ndim"


def no_operator(left: str, right: str) -> str:
    """Say that two operands stand side by side in a program."""
    if left == "print":
        return f"nothing is printed: {sentences.FUNCTIONS[left]}"
    product = f": write {left}*{right} for a product" if right != "(" else ""
    return f"an operator is missing between `{left}` and `{right}`{product}"


def needs_parentheses(name: str) -> str:
    """Say that a function's argument stands in parentheses."""
    return f"`{name}` needs parentheses: write {name}(…)"


def power_of_function(name: str) -> str:
    """Say where the power of a function's value stands."""
    return f"write the power after the parentheses: {name}(…)**2"


def no_call(name: str) -> str:
    """Say that a value is not a function."""
    return f"`{name}` is a value, not a function: write {name}*(…) for a product"


def product_or_power(left: str, gap: str, right: str) -> str:
    """Say that a number after a value can be read in two ways."""
    return (
        f"`{left}{gap}{right}` could be a product or a power: write {left}*{right} or"
        f" {left}**{right}"
    )


def two_readings(sign: str, product: str) -> str:
    """Say that a product without its sign, after a division, is no one's guess."""
    return (
        f"`{sign}` before `{product}` can be read in two ways: put `{product}`, or what"
        " stands before it, in parentheses"
    )


def long_exponent(left: str, right: str) -> str:
    """Say that it is not clear where an exponent ends."""
    return (
        f"where does the power end? Write …**{left} * {right}, or …**({left}*{right})"
    )


def word_of_python(word: str, known: Collection[str]) -> str:
    """Say why a word of Python's has no meaning here."""
    if word == "lambda" and "lam" in known:
        return "`lambda` is a Python word: write lam or λ"
    if word == "lambda":
        return "`lambda` is a Python word: write the formula itself"
    return sentences.WORDS.get(word, f"`{word}` has no meaning here")


def sign(text: str) -> str:
    """Say why a sign has no meaning where it stands."""
    if text in sentences.SIGNS:
        return sentences.SIGNS[text]
    if text.endswith("="):
        return f"`{text}` changes a name on a line of its own"
    return f"`{text}` has no meaning here"


def character(character: str) -> str:
    """Say why a character is not understood."""
    if character in sentences.CHARACTERS:
        return sentences.CHARACTERS[character]
    return f"{called(character)} has no meaning here"
