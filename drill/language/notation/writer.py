"""The Python that is being written while a text is walked, and how far it has come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NoReturn

from drill.errors import LanguageError
from drill.language.functions.function import Table
from drill.language.limits import MAX_DEPTH
from drill.language.messages import sentences
from drill.language.notation.symbols import called, spelled
from drill.language.notation.tokens import Token, scan
from drill.language.syntax.position import Text


@dataclass
class Bracket:
    """An open bracket, or the ground on which all of them stand.

    Attributes
    ----------
    closer : str
        What closes it; empty for the ground.
    start : int
        Where it was opened.
    before : str
        The last operator of the product that is being written.
    bars : int
        How many ``|…|`` were closed inside it.
    choices : list of int
        Where an ``if`` stands whose ``else`` is still to come.
    """

    closer: str
    start: int
    before: str = ""
    bars: int = 0
    choices: list[int] = field(default_factory=list)


class Writer:
    """What was written so far, and what must come next.

    Attributes
    ----------
    open : list of Bracket
        The brackets that are open, the ground first.
    operand : bool
        Whether an operand must come next, not an operator.
    last : Token or None
        What was read last; None at the start of a statement.
    kind : str
        What the last operand is: number, name, attribute, value, text or close.
    spaced : bool
        Whether a space came after the last operand.
    power, exponent : bool
        Whether the operand that comes is an exponent; whether the last one is.
    attribute : bool
        Whether the name of an attribute must come.
    root : bool
        Whether the operand that comes stands under a root without parentheses.
    """

    def __init__(
        self,
        source: str,
        known: Collection[str],
        table: Table,
        statements: bool,
        formula: bool,
    ) -> None:
        self.source = source
        self.known = known
        self.table = table
        self.statements = statements
        self.formula = formula
        self.tokens = [token for token in scan(source) if token.kind != "comment"]
        self.here = 0
        self.open = [Bracket("", 0)]
        self._pieces: list[str] = []
        self._origin: list[tuple[int, int, int]] = []
        self._length = 0
        self.begin()

    def begin(self) -> None:
        """Begin a statement."""
        self.operand = True
        self.last: Token | None = None
        self.kind = ""
        self.spaced = self.power = self.exponent = False
        self.attribute = self.root = False

    def emit(self, text: str, start: int, step: int = 0) -> None:
        """Write `text`, which stands for what was typed at `start`."""
        self._pieces.append(text)
        self._origin.append((self._length, start, step))
        self._length += len(text)

    def finished(self) -> Text:
        """Return what was written."""
        code = "".join(self._pieces)
        if not code.strip():
            self.refuse(0, sentences.NOTHING)
        self._origin.append((self._length, len(self.source), 0))
        return Text(self.source, code, tuple(self._origin))

    def refuse(self, start: int, problem: str) -> NoReturn:
        """Refuse what was typed at `start`."""
        line, column = Text(self.source, "").at(start)
        raise LanguageError(problem, self.source, line=line, column=column)

    def missing_before(self, start: int, text: str) -> NoReturn:
        """Refuse a sign that nothing stands before."""
        shown = f"`{text}`" if text.isprintable() else called(text[0])
        self.refuse(start, f"something is missing before {shown}")

    def missing_after(self) -> NoReturn:
        """Refuse to end where an operand must come."""
        assert self.last is not None
        text = self.last.text
        shown = f"`{text}`" if text.isprintable() else called(text[0])
        problem = f"something is missing after {shown}"
        self.refuse(self.last.start, sentences.PERCENT if text == "%" else problem)

    def decide(self) -> None:
        """Refuse an ``if`` that has no ``else`` where its bracket or line ends."""
        if self.open[-1].choices:
            self.refuse(self.open[-1].choices[-1], sentences.NO_ELSE)

    def space(self) -> None:
        """Write a blank, except at the start of a line."""
        if self.last is not None:
            self.emit(" ", self.tokens[self.here - 1].start)
            self.spaced = True

    def stand(self, kind: str) -> None:
        """Note that an operand is complete."""
        self.operand = False
        self.kind = kind
        self.exponent = self.power
        self.power = self.spaced = False

    def push(self, closer: str, token: Token) -> None:
        """Open a bracket."""
        if len(self.open) > MAX_DEPTH:
            self.refuse(token.start, sentences.DEEP)
        self.open.append(Bracket(closer, token.start))
        self.operand = True
        self.spaced = self.power = False

    @property
    def last_text(self) -> str:
        """The text of what was read last."""
        return self.last.text if self.last else ""

    def following(self) -> list[Token]:
        """Return the next two tokens, spaces left out."""
        return [t for t in self.tokens[self.here : self.here + 4] if t.kind != "space"][
            :2
        ]

    def next_text(self) -> str:
        """Return the text of the next token, spaces left out."""
        following = self.following()
        return following[0].text if following else ""

    def after_function(self) -> str:
        """Return the name that was read last if it is a function's, else nothing."""
        name = self.last_text
        if self.kind != "name" or name in self.known:
            return ""
        word = "log" if name == "ln" else name
        here = word in self.table.functions or word in self.table.builtins
        return name if here else ""

    def after_value(self) -> str:
        """Return the name that was read last if it has a value, else nothing."""
        name = self.last_text
        respelled = name if name.isascii() else spelled(name, self.known)
        return name if self.kind == "name" and respelled in self.known else ""
