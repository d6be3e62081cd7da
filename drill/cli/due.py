"""drill due: what is due, in a line for a shell's prompt."""

from __future__ import annotations

import click


@click.command(name="due", short_help="Count what is due today, quickly.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def command(as_json: bool) -> None:
    """Count what is due today, quickly; with a plan, in its topics.

    \b
    Example:
      drill due
      PS1='$(drill due) $ '
    """
    from drill.practice import has_history
    from drill.practice.queue import due, minutes

    cards = []
    # A prompt is drawn before anything was practised, too: it makes no file.
    if has_history():
        from drill import clock
        from drill.cli.recording import open_history
        from drill.practice.known_questions import known
        from drill.practice.picking import missed
        from drill.practice.plans import current

        with open_history() as history:
            memories, now = history.memories().values(), clock.now()
            plan = current(history, now.date())
            questions = plan.asks(known(history)) if plan else known(history)
            cards = due(memories, questions, now, missed(history))
    time = minutes(cards) if cards else 0
    if as_json:
        import json

        topics: dict[str, int] = {}
        for card in cards:
            topics[card.topic] = topics.get(card.topic, 0) + 1
        data = {"version": 1, "due": len(cards), "minutes": time, "topics": topics}
        click.echo(json.dumps(data))
    else:
        click.echo(f"{len(cards)} due" + (f", about {time} min" if cards else ""))
