"""From what learners type to the Python that is checked, token by token.

The text is walked once, knowing at each token whether an operand or an operator
must come.  Two operands side by side are a product in a formula and a slip in a
program; most of what would be a bare syntax error gets its sentence here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import NoReturn

from drill.errors import LanguageError
from drill.language import advice
from drill.language.function import Table
from drill.language.letters import (
    BRACKETS,
    FRACTIONS,
    SIGNS,
    SPACES,
    SUPERSCRIPTS,
    TOTALS,
    TRANSPOSES,
    called,
    spelled,
)
from drill.language.limits import MAX_DEPTH
from drill.language.place import Text
from drill.language.scan import Token, scan

PAIRS: Mapping[str, str] = {"(": ")", "[": "]"}
LOOSE = frozenset({"+", "-", "<", "<=", ">", ">=", "==", "!=", "&", "=", ",", ":"})
TIGHT = frozenset({"*", "/", "//", "%", "@", "**"})
AUGMENTED = frozenset({"+=", "-=", "*=", "/=", "//=", "%=", "@=", "**="})
# What follows a root sign's bare operand and would make its reach a guess.
STICKING = frozenset({"(", "[", ".", "^", "**"})


@dataclass
class Bracket:
    """An open bracket, or the ground on which all of them stand.

    Attributes
    ----------
    closer : str
        What closes it.
    start : int
        Where it was opened.
    before : str
        The last operator of the product that is being written.
    bars : int
        How many ``|…|`` were closed inside it.
    """

    closer: str
    start: int
    before: str = ""
    bars: int = 0


def spell(
    source: str,
    known: Collection[str],
    table: Table,
    *,
    statements: bool,
    formula: bool,
) -> Text:
    """Respell `source` as Python.

    Parameters
    ----------
    source : str
    known : collection of str
        The names that are given.
    table : Table
    statements, formula : bool
        As for `drill.language.parse`.

    Returns
    -------
    Text

    Raises
    ------
    LanguageError
        With the place, and what to write instead.

    Examples
    --------
    >>> from drill.language import LEARNER
    >>> spell("2λ w", ["lam", "w"], LEARNER, statements=False, formula=True).code
    '2*lam *w'
    """
    return _Speller(source, known, table, statements, formula).text()


class _Speller:
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
        self.tokens = [t for t in scan(source) if t.kind != "comment"]
        self.here = 0
        self.pieces: list[str] = []
        self.starts: list[tuple[int, int, int]] = []
        self.length = 0
        self.open = [Bracket("", 0)]
        self.fresh()

    def fresh(self) -> None:
        """Begin a statement."""
        self.operand = True  # whether an operand must come, not an operator
        self.last: Token | None = None
        self.kind = ""  # of the operand that stands last: number, name, close, …
        self.spaced = False
        self.power = False  # whether the operand that comes is an exponent
        self.exponent = False  # whether the one that stands last was one
        self.attribute = False
        self.root = False

    # -- what comes out -------------------------------------------------------

    def emit(self, text: str, start: int, step: int = 0) -> None:
        self.pieces.append(text)
        self.starts.append((self.length, start, step))
        self.length += len(text)

    def refuse(self, start: int, problem: str) -> NoReturn:
        line, column = Text(self.source, "").at(start)
        raise LanguageError(problem, self.source, line=line, column=column)

    def text(self) -> Text:
        while self.here < len(self.tokens):
            token = self.tokens[self.here]
            self.here += 1
            if token.kind == "space":
                self.space()
            elif token.kind == "newline" or token.text == ";":
                self.newline(token)
            elif token.text == ">>>" and self.last is None:
                continue
            else:
                self.visit(token)
        self.end(len(self.source))
        code = "".join(self.pieces)
        if not code.strip():
            self.refuse(0, "there is nothing to read: write a formula")
        self.starts.append((self.length, len(self.source), 0))
        return Text(self.source, code, tuple(self.starts))

    def visit(self, token: Token) -> None:
        _VISIT[token.kind](self, token)
        self.last = token

    def space(self) -> None:
        if self.last is not None:
            self.emit(" ", self.tokens[self.here - 1].start)
            self.spaced = True

    def newline(self, token: Token) -> None:
        if len(self.open) == 1 and self.statements:
            self.end(token.start)
            self.emit("\n", token.start)
            self.fresh()
        elif token.text == ";":
            self.refuse(token.start, advice.SEMICOLON)
        else:
            self.space()

    def end(self, start: int) -> None:
        """End a statement, or the text."""
        if len(self.open) > 1:
            bracket = self.open[-1]
            opener = self.source[bracket.start]
            self.refuse(bracket.start, f"`{opener}` is never closed")
        if self.operand and self.last is not None and self.last.text != ",":
            self.missing(start, after=True)
        self.open[0] = Bracket("", 0)

    def missing(self, start: int, *, after: bool = False) -> NoReturn:
        if after:
            assert self.last is not None
            shown = _quoted(self.last.text)
            self.refuse(self.last.start, f"something is missing after {shown}")
        token = self.source[start : start + 2].strip() or self.source[start]
        if token[:1] in "*/<>=!&" and token[1:] in ("*", "/", "=", "&"):
            self.refuse(start, f"something is missing before `{token}`")
        self.refuse(start, f"something is missing before {_quoted(token[0])}")

    # -- operands -------------------------------------------------------------

    def take(self, kind: str, text: str, token: Token, *, same: bool = False) -> None:
        """Write an operand."""
        if not self.operand:
            self.beside(kind, token)
        self.emit(text, token.start, 1 if same else 0)
        self.stand(kind)
        if self.root:
            self.root = False
            self.emit(")", token.start)
            self.kind = "close"

    def stand(self, kind: str) -> None:
        """Note that an operand is complete."""
        self.operand = False
        self.kind = kind
        self.exponent = self.power
        self.power = self.spaced = False

    def beside(self, kind: str, token: Token) -> None:
        """Two operands stand side by side: write the product, or say why not."""
        assert self.last is not None
        left, right = self.last.text, token.text
        pair = f"{left}{' ' if self.spaced else ''}{right}"
        bracket = self.open[-1]
        if self.kind == "name" and self.is_function(left):
            self.refuse(
                self.last.start,
                f"`{left}` needs parentheses: write {left}(…)",
            )
        if kind == "text" or self.kind == "text":
            self.refuse(token.start, "text cannot stand beside something else")
        if not self.formula:
            self.refuse(
                token.start,
                f"an operator is missing between `{left}` and `{right}`: write"
                f" {left}*{right} for a product",
            )
        if kind == "number":
            self.refuse(
                token.start,
                f"`{pair}` could be a product or a power: write {left}*{right} or"
                f" {left}**{right}",
            )
        if bracket.before in TIGHT - {"*"}:
            sign = bracket.before
            self.refuse(
                token.start,
                f"`{sign}` before `{pair}` can be read in two ways: put `{pair}`, or"
                " what stands before it, in parentheses",
            )
        if self.exponent and not self.spaced:
            self.refuse(
                token.start,
                f"where does the power end? Write {left}*{right} after it, or"
                f" ({left}*{right}) for the exponent",
            )
        self.emit("*", token.start)
        bracket.before = "*"

    def is_function(self, word: str) -> bool:
        word = "log" if word == "ln" else word
        return word not in self.known and (
            word in self.table.functions or word in self.table.builtins
        )

    def number(self, token: Token) -> None:
        if self.attribute:
            self.refuse(token.start, "a name must follow the dot")
        self.take("number", token.text, token, same=True)

    def text_constant(self, token: Token) -> None:
        if self.last is not None and not self.operand and not self.spaced:
            if self.kind == "name" and self.last.text.lower() in (
                "f",
                "b",
                "r",
                "u",
                "rb",
                "br",
                "fr",
                "rf",
            ):
                self.refuse(self.last.start, advice.TEXT)
            self.refuse(token.start, "for a transpose write .T; " + advice.TEXT)
        self.take("text", token.text, token, same=True)

    def word(self, token: Token) -> None:
        text = token.text
        if self.attribute:
            self.attribute = False
            if not text.isascii():
                self.refuse(token.start, f"there is no `.{text}`")
            self.emit(text, token.start, 1)
            self.stand("attribute")
            return
        if not text.isascii():
            self.letter(token)
            return
        if text in advice.WORDS_OF_PYTHON:
            self.word_of_python(token)
            return
        if self.formula and text == "ln" and "ln" not in self.known:
            self.take("name", "log", token)
            return
        self.take("name", text, token, same=True)

    def letter(self, token: Token) -> None:
        if token.text in TOTALS and self.following() == "(":
            # A capital sigma before a bracket is a sum even where Sigma is a name.
            if spelled(token.text, self.known) not in self.known:
                self.take("name", TOTALS[token.text], token)
                return
        name = spelled(token.text, self.known)
        if name is None:
            self.refuse(
                token.start,
                f"the letter {called(token.text[0])} has no name here",
            )
        if token.text in TOTALS and name not in self.known:
            self.refuse(token.start, f"write {TOTALS[token.text]}(…) with parentheses")
        self.take("name", name, token)

    def word_of_python(self, token: Token) -> None:
        text = token.text
        if text in ("True", "False", "None"):
            self.take("value", text, token, same=True)
        elif text == "not" and self.operand:
            self.operator("not", token)
        elif text in ("and", "or", "if", "else") and not self.operand:
            self.operator(text, token)
        elif text == "lambda" and self.formula and "lam" in self.known:
            self.take("name", "lam", token)
        elif text in ("import", "from") and self.last is None:
            self.imports(token)
        elif text in ("and", "or", "else"):
            self.missing_before(token)
        else:
            self.refuse(token.start, advice.word_of_python(text, self.known))

    def missing_before(self, token: Token) -> NoReturn:
        self.refuse(token.start, f"something is missing before `{token.text}`")

    def imports(self, token: Token) -> None:
        """Skip a line that imports numpy; the table needs no import."""
        words = []
        while self.here < len(self.tokens):
            following = self.tokens[self.here]
            if following.kind == "newline" or following.text == ";":
                break
            self.here += 1
            words += [following.text] if following.kind != "space" else []
        harmless = words[:1] == ["numpy"] and (
            token.text == "from" or words[1:] in ([], ["as", "np"], ["as", "numpy"])
        )
        if not harmless or not self.statements:
            self.refuse(token.start, advice.IMPORT)
        self.operand = False

    # -- signs ----------------------------------------------------------------

    def sign(self, token: Token) -> None:
        text = token.text
        if text in PAIRS:
            self.opening(token)
        elif text in (")", "]"):
            self.closing(token)
        elif text in TIGHT or text in LOOSE:
            self.operator(text, token)
        elif text == "^" and self.formula:
            self.raise_to(token)
        elif text == "|":
            self.bar(token)
        elif text == ".":
            if self.operand:
                self.missing(token.start)
            self.emit(".", token.start)
            self.attribute = True
        elif text == "~" and self.operand:
            self.emit("~", token.start)
        elif text == "...":
            self.take("value", "...", token)
        elif text in AUGMENTED and self.statements and len(self.open) == 1:
            self.operator(text, token)
        else:
            self.refuse(token.start, advice.sign(text))

    def operator(self, text: str, token: Token) -> None:
        if self.attribute:
            self.refuse(token.start, "a name must follow the dot")
        ground = self.open[-1]
        if self.operand and text in ("+", "-", "not"):
            self.emit(text, token.start)
            self.emit(" " if text == "not" else "", token.start)
            return
        slice_end = text in (":", ",") and ground.closer == "]"
        if self.operand and not (slice_end and self.last is not None):
            if text in ("*", "**") and ground.closer == ")":
                self.refuse(token.start, advice.STAR)
            self.missing(token.start)
        self.allowed(text, token, ground)
        words = text.isalpha()
        self.emit(f" {text} " if words else text, token.start)
        self.operand = True
        self.spaced = False
        self.power = text == "**"
        if text in TIGHT and text != "**":
            ground.before = text
        elif text != "**":
            ground.before = ""

    def allowed(self, text: str, token: Token, ground: Bracket) -> None:
        """Refuse a sign that has no meaning where it stands."""
        if text == ":" and ground.closer != "]":
            self.refuse(token.start, advice.COLON)
        if text == "=" and not (
            ground.closer == ")" or (self.statements and len(self.open) == 1)
        ):
            self.refuse(token.start, advice.EQUALS)
        if text == "**" and self.kind == "name" and self.is_function(self.last_text()):
            name = self.last_text()
            self.refuse(token.start, f"write the power after the call: {name}(…)**2")
        if text == "," and self.formula and len(self.open) == 1:
            before, after = self.last_text(), self.following()
            if before.isdecimal() and after.isdecimal() and not self.spaced:
                self.refuse(token.start, f"write a decimal point: {before}.{after}")

    def last_text(self) -> str:
        return self.last.text if self.last else ""

    def following(self) -> str:
        """Return the next token, spaces left out."""
        for token in self.tokens[self.here :]:
            if token.kind != "space":
                return token.text
        return ""

    def raise_to(self, token: Token) -> None:
        """Write a power; ``W^T`` is a transpose where no `T` is given."""
        if self.following() == "T" and "T" not in self.known and not self.operand:
            self.emit(".T", token.start)
            while self.tokens[self.here].kind == "space":
                self.here += 1
            self.here += 1
            self.kind = "close"
            return
        self.operator("**", token)

    def opening(self, token: Token) -> None:
        text = token.text
        if self.attribute:
            self.refuse(token.start, "a name must follow the dot")
        if not self.operand:
            if text == "[":
                if self.kind == "number":
                    self.refuse(token.start, advice.SQUARE)
            elif self.kind not in ("name", "attribute"):
                self.beside("open", token)
            elif self.kind == "name" and self.formula and self.given():
                name = self.last_text()
                self.refuse(
                    token.start,
                    f"`{name}` is a value, not a function: write {name}*(…)",
                )
        self.push(PAIRS[text], token)
        self.emit(text, token.start)

    def given(self) -> bool:
        name = self.last_text()
        name = name if name.isascii() else spelled(name, self.known) or name
        return name in self.known

    def push(self, closer: str, token: Token) -> None:
        if len(self.open) > MAX_DEPTH:
            self.refuse(token.start, advice.DEEP)
        self.open.append(Bracket(closer, token.start))
        self.operand = True
        self.spaced = self.power = False

    def closing(self, token: Token) -> None:
        bracket = self.open[-1]
        if bracket.closer != token.text:
            if len(self.open) == 1:
                self.refuse(token.start, f"`{token.text}` closes nothing")
            opener = self.source[bracket.start]
            self.refuse(
                token.start,
                f"`{token.text}` does not close `{opener}`: write {bracket.closer}",
            )
        if self.operand and self.last_text() not in ("(", "[", ",", ":"):
            self.missing(token.start, after=True)
        self.open.pop()
        self.emit("]" if token.text == "]" else ")", token.start)
        self.stand("close")

    def bar(self, token: Token) -> None:
        """Write ``|x|`` as abs(x) in a formula; elsewhere it joins conditions."""
        if not self.formula:
            self.operator("|", token)
            return
        if not self.operand and self.open[-1].closer == "|":
            self.open.pop()
            self.open[-1].bars += 1
            self.emit(")", token.start)
            self.stand("close")
            return
        if not self.operand:
            if self.open[-1].bars:
                self.refuse(token.start, advice.BARS)
            self.beside("open", token)
        self.push("|", token)
        self.emit("abs(", token.start)

    # -- what no keyboard has -------------------------------------------------

    def raised(self, token: Token) -> None:
        """Write superscript digits as a power."""
        if self.operand:
            self.refuse(token.start, f"{called(token.text[0])} raises nothing")
        if self.kind == "name" and self.is_function(self.last_text()):
            name = self.last_text()
            self.refuse(token.start, f"write the power after the call: {name}(…)**2")
        digits = "".join(SUPERSCRIPTS[character] for character in token.text)
        if not digits.lstrip("-").isdecimal() or "-" in digits[1:]:
            self.refuse(token.start, "an exponent is missing")
        self.emit(f"**({digits})" if digits[0] == "-" else f"**{digits}", token.start)
        self.stand("close")

    def other(self, token: Token) -> None:
        character = token.text
        if character in SIGNS:
            sign = SIGNS[character]
            self.operator(sign, token)
        elif character in SPACES:
            self.space()
        elif character in FRACTIONS:
            self.take("close", FRACTIONS[character], token)
        elif character in TRANSPOSES and not self.operand:
            self.emit(".T", token.start)
            self.stand("close")
        elif character == "∞":
            self.take("value", "inf", token)
        elif character == "√":
            self.square_root(token)
        elif character in TOTALS and self.following() == "(":
            self.take("name", TOTALS[character], token)
        elif character in BRACKETS:
            name, closer = BRACKETS[character]
            if not self.operand:
                self.beside("open", token)
            self.push(closer, token)
            self.emit(f"{name}(", token.start)
        elif character in "⌋⌉":
            self.closing(token)
        elif character in "'\"":
            self.refuse(token.start, "for a transpose write .T; " + advice.TEXT)
        else:
            self.refuse(token.start, advice.character(character))

    def square_root(self, token: Token) -> None:
        if not self.operand:
            self.beside("open", token)
            self.operand = True
        following = self.following()
        if following == "(":
            self.emit("sqrt", token.start)
            self.stand("name")
            self.last = Token("word", "sqrt", token.start)
            return
        rest = [t for t in self.tokens[self.here :] if t.kind != "space"][:2]
        simple = rest and rest[0].kind in ("number", "word")
        sticks = len(rest) > 1 and (
            rest[1].text in STICKING or rest[1].kind in ("number", "word", "raised")
        )
        if not simple or sticks:
            self.refuse(token.start, "put what is under the root in parentheses: √(…)")
        self.emit("sqrt(", token.start)
        self.root = True


def _quoted(text: str) -> str:
    return f"`{text}`" if text.isascii() and text.isprintable() else called(text[0])


_VISIT: Mapping[str, Callable[[_Speller, Token], None]] = {
    "number": _Speller.number,
    "word": _Speller.word,
    "text": _Speller.text_constant,
    "raised": _Speller.raised,
    "sign": _Speller.sign,
    "other": _Speller.other,
}
