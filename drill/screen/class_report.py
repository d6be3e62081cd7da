"""A class's report: on the terminal, and as one page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from drill.analysis.comparison import Changed
from drill.analysis.copies import Alike
from drill.analysis.totals import Item, Totals
from drill.screen import theme
from drill.screen.hanging import Hanging
from drill.visible import counted, shown

Lines = list[RenderableType]
MOST = 12
BAR = 20


def report(totals: Totals, alike: Sequence[Alike]) -> Lines:
    """Show a class on the terminal: the questions, the mistakes, who to look at."""
    students = totals.students
    if not students:
        return [Text("There are no marks.")]
    shares = sorted(one.share for one in students)
    middle = shares[len(shares) // 2]
    mean = sum(shares) / len(shares)
    lines: Lines = [
        Text(
            f"{counted(len(students), 'student')}; mean {mean:.0%},"
            f" median {middle:.0%}",
            theme.STRONG,
        ),
        Text(),
        _questions(totals),
        Text(),
        *_mistakes(totals.items),
    ]
    flags = [
        (sum(one.late for one in students), "late"),
        (sum(one.missing > 0 for one in students), "with something not handed in"),
        (sum(one.unreadable > 0 for one in students), "with something unreadable"),
        (sum(one.foreign > 0 for one in students), "under another's ticket"),
    ]
    told = ", ".join(f"{count} {what}" for count, what in flags if count)
    lines += [Text(), Text(f"Students: {told}.")] if told else []
    return lines + _alike(alike)


def _questions(totals: Totals) -> Table:
    table = Table(box=None, pad_edge=False, header_style=theme.STRONG)
    table.add_column("question", overflow="fold")
    for head in ("tried", "right", "mean", "strong - weak", "r"):
        table.add_column(head, justify="right", no_wrap=head != "strong - weak")
    for item in totals.items:
        apart, tied = totals.discrimination(item), totals.point_biserial(item)
        table.add_row(
            named(item),
            str(item.tried),
            str(item.right),
            f"{item.difficulty:.0%}",
            "–" if apart is None else f"{apart:+.2f}",
            "–" if tied is None else f"{tied:+.2f}",
        )
    return table


def named(item: Item) -> str:
    """Name a question, and its part if it has one."""
    return shown(f"{item.question}.{item.part}" if item.part else item.question, 80)


def _mistakes(items: Sequence[Item]) -> Lines:
    made = [
        (count, item, name) for item in items for name, count in item.mistakes.items()
    ]
    made.sort(key=lambda one: (-one[0], named(one[1]), one[2]))
    if not made:
        return [Text("No known mistake was made.")]
    lines: Lines = [Text("Mistakes, by how many made them", theme.STRONG)]
    most = made[0][0]
    for count, item, name in made[:MOST]:
        bar = "█" * max(1, round(BAR * count / most))
        lines.append(Text(f"{count:4} {bar:{BAR}} {name}, {named(item)}"))
        said = item.says.get(name, "")
        lines += [Hanging("     ", Text(shown(said, 300), theme.QUIET))] if said else []
    rest = len(made) - MOST
    return [*lines, Text(f"and {rest} more", theme.QUIET)] if rest > 0 else lines


def _alike(alike: Sequence[Alike]) -> Lines:
    if not alike:
        return []
    lines: Lines = [
        Text(),
        Text("Answers that agree (this proves nothing; ask)", theme.STRONG),
    ]
    for one in alike[:MOST]:
        who = shown(", ".join(one.students), 200)
        text = f"  {one.question}: {who}: {one.why}, by chance {one.chance:.2g}"
        lines.append(Text(text))
    rest = len(alike) - MOST
    return [*lines, Text(f"  and {rest} more", theme.QUIET)] if rest > 0 else lines


def changes(found: Sequence[Changed]) -> Lines:
    """List whose mark changed, and why."""
    if not found:
        return [Text("No mark changed.", theme.GOOD)]
    lines: Lines = []
    for one in found:
        was = one.before.outcome if one.before else "–"
        now = one.after.outcome if one.after else "–"
        part = f".{one.part}" if one.part else ""
        text = f"{one.student}  {one.question}{part}: {was} → {now}; {one.why}"
        lines.append(Text(shown(text, 400)))
    return [*lines, Text(f"{len(found)} changed.", theme.STRONG)]


_STYLE = """
body{font:16px/1.45 system-ui,sans-serif;max-width:62rem;margin:2rem auto;
padding:0 1rem;color:#1b1f24;background:#fff}h1{font-size:1.5rem}
h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;
border-bottom:1px solid #d8dee4}td.n,th.n{text-align:right;font-variant-numeric:
tabular-nums}.q{color:#57606a}svg{vertical-align:middle}
@media (prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}
.q{color:#9aa4ae}th,td{border-color:#30363d}}
"""


def page(totals: Totals, alike: Sequence[Alike], title: str) -> str:
    """Return the report as one page that loads nothing from elsewhere."""
    students = totals.students
    mean = sum(one.share for one in students) / len(students) if students else 0.0
    rows = "".join(_row(totals, item) for item in totals.items)
    made = sorted(
        (
            (count, item, name)
            for item in totals.items
            for name, count in item.mistakes.items()
        ),
        key=lambda one: (-one[0], named(one[1]), one[2]),
    )
    most = made[0][0] if made else 1
    mistakes = "".join(
        f"<tr><td class=n>{count}</td><td>{_bar(count / most)}</td>"
        f"<td>{escape(name)}<br><span class=q>{escape(item.says.get(name, ''))}</span>"
        f"</td><td>{escape(named(item))}</td></tr>"
        for count, item, name in made
    )
    same = "".join(
        f"<tr><td>{escape(one.question)}</td><td>{escape(', '.join(one.students))}</td>"
        f"<td>{escape(one.why)}</td><td class=n>{one.chance:.2g}</td></tr>"
        for one in alike
    )
    head = escape(title)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{head}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style>'
        f"<h1>{head}</h1><p>{counted(len(students), 'student')}, mean {mean:.0%}.</p>"
        f"{_spread([one.share for one in students])}"
        "<h2>Questions</h2><table><tr><th>question<th class=n>tried<th class=n>right"
        "<th class=n>mean<th><th class=n>strong − weak<th class=n>r</tr>"
        f"{rows}</table><h2>Mistakes</h2><table><tr><th class=n>made<th><th>mistake"
        f"<th>question</tr>{mistakes}</table>"
        + (
            "<h2>Answers that agree</h2><p>This proves nothing; ask.</p><table><tr>"
            f"<th>question<th>students<th>what<th class=n>by chance</tr>{same}</table>"
            if same
            else ""
        )
        + "</html>\n"
    )


def _row(totals: Totals, item: Item) -> str:
    apart, tied = totals.discrimination(item), totals.point_biserial(item)
    numbers = "".join(
        f"<td class=n>{'–' if one is None else f'{one:+.2f}'}</td>"
        for one in (apart, tied)
    )
    return (
        f"<tr><td>{escape(named(item))}</td><td class=n>{item.tried}</td>"
        f"<td class=n>{item.right}</td><td class=n>{item.difficulty:.0%}</td>"
        f"<td>{_bar(item.difficulty)}</td>{numbers}</tr>"
    )


def _bar(share: float) -> str:
    width = round(120 * max(0.0, min(1.0, share)), 1)
    return (
        '<svg width="120" height="12" role="img"><rect width="120" height="12" rx="2"'
        ' fill="#8884"/>'
        f'<rect width="{width}" height="12" rx="2" fill="#2f81f7"/></svg>'
    )


def _spread(shares: Sequence[float]) -> str:
    """Draw how many students have how much, in steps of a tenth."""
    counts = [0] * 10
    for share in shares:
        counts[min(9, int(share * 10))] += 1
    most = max(counts, default=0) or 1
    bars = "".join(
        f'<rect x="{k * 32 + 2}" y="{100 - 80 * n / most:.1f}" width="28"'
        f' height="{80 * n / most:.1f}" fill="#2f81f7"/>'
        f'<text x="{k * 32 + 16}" y="116" font-size="11" text-anchor="middle"'
        f' fill="currentColor">{k * 10}</text>'
        f'<text x="{k * 32 + 16}" y="{94 - 80 * n / most:.1f}" font-size="11"'
        f' text-anchor="middle" fill="currentColor">{n or ""}</text>'
        for k, n in enumerate(counts)
    )
    return (
        '<svg width="330" height="124" role="img" aria-label="students by per cent">'
        f"{bars}</svg>"
    )
