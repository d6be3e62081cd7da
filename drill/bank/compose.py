"""From a bank file's entries to checked questions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from drill.bank import schema
from drill.bank.answers import compose_answer, compose_mistakes, given
from drill.bank.digest import digest
from drill.bank.document import BROKEN, Document, Path, Problems, nearest, quoted
from drill.bank.draws import compose_draw
from drill.bank.explain import convert, leaves
from drill.bank.form import is_formula
from drill.bank.formulas import Formulas, Names, Own, Scope, define_functions, same
from drill.bank.question import Part, Question, Topic, Where
from drill.bank.vocabulary import reserved
from drill.bank.walk_calls import compose_walk
from drill.language import Program

COMPUTED = ("integer", "shape", "number", "array", "expression")
ANSWER = "answer"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")


def compose_topic(document: Document, stem: str) -> Topic | None:
    """Check a bank file against the schema and everything that the schema cannot say.

    Parameters
    ----------
    document : Document
        What the file says; its problems grow.
    stem : str
        The file's name without ``.yaml``, which its topic must have.

    Returns
    -------
    Topic or None
        None when there are problems.
    """
    value, problems = document.value, document.problems
    if value is BROKEN:
        return None
    if not isinstance(value, dict):
        problems.add((), "a bank file is a mapping that starts with 'format: 1'")
        return None
    number = value.get("format")
    if type(number) is int and number > schema.FORMAT:
        problems.found.clear()
        problems.add(
            ("format",),
            f"this bank has format {number}; this drill reads format {schema.FORMAT}:"
            " upgrade it",
        )
        return None
    if type(number) is int and number < schema.FORMAT:
        problems.add(("format",), f"must be {schema.FORMAT}, got {number}")
    name = value.get("topic")
    if isinstance(name, str) and name != stem:
        problems.add(
            ("topic",),
            f"must be {quoted(stem)} as the file's name says, got {quoted(name)}",
        )
    topic = convert(value, schema.Topic, (), problems)
    if topic is BROKEN:
        _salvage(value, problems)
        return None
    own = define_functions(given(topic.functions), problems)
    if problems.touches(("functions",)):
        # Every formula that calls one would be complained of too.
        return None
    programs: dict[str, Program] = {}
    questions = [
        compose_question(
            entry, topic.topic, ("questions", place), problems, programs, own
        )
        for place, entry in enumerate(topic.questions)
    ]
    for key in ("title", "summary", "conventions"):
        if not (given(getattr(topic, key)) or "-").strip():
            problems.add((key,), "must say something; it is blank")
    if problems.found:
        return None
    return Topic(
        id=topic.topic,
        title=topic.title,
        group=given(topic.group) or "",
        summary=given(topic.summary) or "",
        conventions=given(topic.conventions) or "",
        questions=tuple(questions),
        file=problems.file,
        functions=tuple(own.functions.values()),
    )


def _salvage(value: dict[str, Any], problems: Problems) -> None:
    """Check what can be checked in a file that does not fit the schema."""
    text = value.get("functions")
    own = define_functions(text if isinstance(text, str) else None, problems)
    if problems.touches(("functions",)):
        return
    questions = value.get("questions")
    for place, item in enumerate(questions if isinstance(questions, list) else ()):
        path = ("questions", place)
        if not isinstance(item, dict):
            continue
        if not problems.touches(path):
            entry = convert(item, schema.Question, path, problems)
            if entry is not BROKEN:
                compose_question(entry, "", path, problems, {}, own)
            continue
        # With a field missing or misread, only what no other field can excuse.
        names = {ANSWER, *_keys(item.get("draw")), *_keys(item.get("let"))}
        parts = item.get("parts")
        for part in parts if isinstance(parts, list) else ():
            names.add(str(part.get("name")) if isinstance(part, dict) else "")
        formulas = Formulas(problems, own=own)
        for where, text, kind in leaves(item, schema.Question, path):
            if problems.touches(where) or problems.flooded:
                continue
            if kind == schema.Text and where[-1] != "starter":
                formulas.prose(text, names, where)
            elif is_formula(kind):
                program, paper = _dialect(item, where[len(path) :])
                formulas.formula(text, names, where, statements=program, formula=paper)


def _dialect(question: dict[str, Any], path: Path) -> tuple[bool, bool]:
    """Tell whether a formula is a program, and whether it is written as on paper."""
    entry: Any = question
    if path[0] == "parts":
        entry = question["parts"][path[1]]
        path = path[2:]
    answer = entry.get("answer")
    if path[0] not in ("answer", "mistakes") or not isinstance(answer, dict):
        return False, False
    expression = answer.get("kind") == "expression"
    return expression, expression and answer.get("form") == "formula"


def _keys(value: object) -> Iterable[str]:
    return value if isinstance(value, dict) else ()


def compose_question(
    entry: schema.Question,
    topic: str,
    path: Path,
    problems: Problems,
    programs: dict[str, Program],
    own: Own,
    digested: str = "",
) -> Question:
    """Check one question; one with a digest was found to be right before."""
    entries = given(entry.parts)
    plain = entries is None
    everything = (
        {*entry.draw, *entry.let, ANSWER}
        if plain
        else {*entry.draw, *entry.let, *(part.name for part in entries)}
    )
    formulas = Formulas(
        problems,
        programs=programs,
        everything=frozenset(everything),
        own=own,
        trusted=bool(digested),
    )
    names: Names = frozenset()
    draws = []
    for name, draw in entry.draw.items():
        where = (*path, "draw", name)
        draws.append(compose_draw(name, draw, names, where, formulas))
        _check_name(name, names, where, problems)
        names |= {name}
    drawn = names
    lets = []
    for name, value in entry.let.items():
        where = (*path, "let", name)
        lets.append((name, formulas.formula(value, names, where)))
        _check_name(name, names, where, problems)
        names |= {name}
    require = tuple(
        formulas.formula(need, names, (*path, "require", place))
        for place, need in enumerate(entry.require)
    )
    stem = None if plain else formulas.prose(entry.ask, names, (*path, "ask"))
    if not plain:
        for key in ("answer", "cross_check", "mistakes", "hints"):
            if given(getattr(entry, key)):
                where = (*path, key)
                problems.add(
                    where, f"'{key}' belongs to a part of a question with parts"
                )
    elif given(entry.answer) is None:
        problems.add(path, "missing key 'answer' (or several 'parts')")
    else:
        entries = [entry]
    scope = Scope(drawn, names, names, _ends(entries or (), names))
    parts: list[Part] = []
    taken = set(names)
    for place, part in enumerate(entries or ()):
        where = path if plain else (*path, "parts", place)
        parts.append(_part(part, scope, where, formulas))
        if not plain:
            _check_name(part.name, taken, (*where, "name"), problems)
            taken.add(part.name)
            now = scope.names | (scope.ends & {part.name})
            scope = replace(scope, names=now)
    if parts and not any(part.hints for part in parts):
        problems.add(path, "missing key 'hints': at least one hint")
    solution = formulas.prose(entry.solution, scope.ends, (*path, "solution"))
    walk = compose_walk(entry.walk, scope.ends, (*path, "walk"), formulas)
    for place, name in enumerate(entry.ties):
        if name not in names:
            what = f"{quoted(name)} is no name of 'draw' or 'let'"
            problems.add((*path, "ties", place), what + nearest(name, names))
    for key, made in (("draw", entry.draw), ("let", entry.let)):
        for name in made:
            where = (*path, key, name)
            if name not in formulas.used and not problems.touches(where):
                verb = "drawn" if key == "draw" else "given by 'let'"
                problems.add(where, f"{verb} but never used; remove it")
    return Question(
        id=entry.id,
        topic=topic,
        skill=entry.skill,
        level=entry.level,
        minutes=entry.minutes,
        was=tuple(entry.was),
        digest=digested or digest(entry, own.sources(formulas.called)),
        where=Where(problems.file, problems.line(path)),
        draws=tuple(draws),
        lets=tuple(lets),
        require=require,
        stem=stem,
        parts=tuple(parts),
        solution=solution,
        ties=frozenset(entry.ties),
        walk=walk,
    )


def _ends(entries: Iterable[schema.Part | schema.Question], names: Names) -> Names:
    """Return what hints and solution may read: the references too.

    What a choice wants is the place of an option in a list that is dealt anew.
    """
    found = set(names)
    for entry in entries:
        if not isinstance(entry.answer, schema.Choice | schema.Choices):
            found.add(entry.name if isinstance(entry, schema.Part) else ANSWER)
    return frozenset(found)


def _check_name(
    name: str, taken: Collection[str], path: Path, problems: Problems
) -> None:
    if not _NAME.fullmatch(name):
        problems.add(
            path, f"{quoted(name)} is no name: a letter, then letters, digits and '_'"
        )
    elif name == ANSWER or name in reserved():
        problems.add(path, f"{quoted(name)} means something already; take another name")
    elif name in taken:
        problems.add(path, f"{quoted(name)} is a name of this question already")


def _part(
    entry: schema.Part | schema.Question,
    scope: Scope,
    path: Path,
    formulas: Formulas,
) -> Part:
    """Check one part, or a plain question as the only part that it has."""
    problems = formulas.problems
    names = scope.names
    mistakes: Mapping[str, schema.Mistake] = entry.mistakes
    wanted: Any = entry.answer
    for name in mistakes:
        if not _NAME.fullmatch(name):
            problems.add(
                (*path, "mistakes", name),
                f"{quoted(name)} is no name: a letter, then letters, digits and '_'",
            )
    ask = formulas.prose(entry.ask, names, (*path, "ask"))
    answer = compose_answer(wanted, scope, mistakes, (*path, "answer"), formulas)
    check = given(entry.cross_check)
    where = (*path, "cross_check")
    cross_check = None if check is None else formulas.formula(check, names, where)
    known = compose_mistakes(mistakes, answer, names, (*path, "mistakes"), formulas)
    if answer.kind in COMPUTED:
        if not mistakes:
            problems.add(path, "missing key 'mistakes': at least one known wrong way")
        if check is None and answer.kind != "expression":
            problems.add(path, "missing key 'cross_check': a second way to the answer")
    elif answer.options and (mistakes or check is not None):
        problems.add(
            path,
            "options that are written out have their 'why'; 'mistakes' and"
            " 'cross_check' belong to a value",
        )
    if formulas.trusted:
        pass  # To compare what they call would compile both.
    elif same(answer.value, cross_check):
        problems.add(where, "must be another way than the answer's own formula")
    elif formulas.own.functions and answer.value and cross_check:
        shared = answer.value.functions & cross_check.functions
        shared &= formulas.own.functions.keys()
        for name in sorted(shared):
            problems.add(
                where,
                f"calls {quoted(name)} as the answer's own formula does, and would"
                " repeat its error: go another way",
            )
    hints = tuple(
        formulas.prose(hint, scope.ends, (*path, "hints", place))
        for place, hint in enumerate(entry.hints)
    )
    if not isinstance(entry, schema.Part):
        return Part("", ask, answer, cross_check, known, hints)
    walk = compose_walk(entry.walk, scope.ends, (*path, "walk"), formulas)
    return Part(entry.name, ask, answer, cross_check, known, hints, walk)
