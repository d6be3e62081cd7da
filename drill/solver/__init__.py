"""The reference answers: numpy functions, a module per topic.

Channels come last: arrays are (H, W) or (H, W, C), filters (f, f) or
(f, f, C_in, C_out).  Integers stay integers where the mathematics does.  Every
argument that does not fit raises `drill.errors.SolverError` with the numbers that
disagree.  Nothing here draws, reads or prints.
"""

from drill.solver.matrices import (
    broadcast_shape,
    broadcasts,
    column_means,
    nearest_column,
    row_means,
    squared_distances,
)
from drill.solver.pooling import (
    average_pool,
    average_pool_backward,
    max_pool,
    max_pool_backward,
    max_pool_mask,
)
from drill.solver.probabilities import softmax
from drill.solver.sizes import (
    conv_output_size,
    conv_transpose_output_size,
    effective_filter_size,
    pool_output_size,
    receptive_field,
    same_output_size,
    same_padding,
    same_padding_split,
)

__all__ = [
    "average_pool",
    "average_pool_backward",
    "broadcast_shape",
    "broadcasts",
    "column_means",
    "conv_output_size",
    "conv_transpose_output_size",
    "effective_filter_size",
    "max_pool",
    "max_pool_backward",
    "max_pool_mask",
    "nearest_column",
    "pool_output_size",
    "receptive_field",
    "row_means",
    "same_output_size",
    "same_padding",
    "same_padding_split",
    "softmax",
    "squared_distances",
]
