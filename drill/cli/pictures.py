"""Writing pictures of worked solutions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from drill.cli.files import write_whole
from drill.errors import UsageError
from drill.screen.picture import setting
from drill.screen.svg_frame import frame_svg
from drill.visible import shown

if TYPE_CHECKING:
    from drill.walk import Walk


def write_picture(walk: Walk, path: Path) -> None:
    """Write the last frame of a walk, in which all is computed.

    Raises
    ------
    UsageError
        When the file cannot be written.
    """
    picture = frame_svg(walk, len(walk.frames) - 1)
    if str(path) == "-":
        sys.stdout.write(picture)
        return
    if path.is_dir():
        raise UsageError(
            f"'{shown(str(path))}' is a folder: name a file, or add --step for a"
            " picture of every step"
        )
    write_whole(path, picture)


def write_pictures(walk: Walk, folder: Path) -> list[Path]:
    """Write a file for each frame of a walk, numbered from 1.

    Raises
    ------
    UsageError
        When the folder cannot be made, or a file not be written.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"the folder '{shown(str(folder))}' cannot be made:"
            f" {error.strerror}; with --step a folder is needed, for a file each step"
        ) from None
    count = len(walk.frames)
    found = setting(walk)
    paths = []
    for place in range(count):
        path = folder / f"step-{place + 1:0{max(2, len(str(count)))}d}.svg"
        write_whole(path, frame_svg(walk, place, found))
        paths.append(path)
    return paths
