"""The walks, by the names of the solvers that they show, with the same arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from drill.walk import (
    boxes,
    broadcasting,
    columns,
    counting,
    gradients,
    layers,
    losses,
    network,
    normalisation,
    normalisation_gradients,
    pooling,
    ratios,
    routing,
    rulers,
    sliding,
    sliding_gradients,
    updates,
)
from drill.walk.frame import Walk

WALKS: Mapping[str, Callable[..., Walk]] = {
    **pooling.WALKS,
    **routing.WALKS,
    **sliding.WALKS,
    **sliding_gradients.WALKS,
    **rulers.WALKS,
    **counting.WALKS,
    **columns.WALKS,
    **broadcasting.WALKS,
    **layers.WALKS,
    **normalisation.WALKS,
    **normalisation_gradients.WALKS,
    **gradients.WALKS,
    **network.WALKS,
    **losses.WALKS,
    **updates.WALKS,
    **ratios.WALKS,
    **boxes.WALKS,
}
