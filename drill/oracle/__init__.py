"""The second route: every number that the solvers give, found another way.

Positions are counted, windows are walked, sums are written out, probabilities are
enumerated and gradients come from moving one argument at a time: in Python loops and
exact fractions, and never with the numpy function under test.  Nothing here imports
`drill.solver`, and no name here is a name there, so that a bank's ``cross_check``
cannot ask a solver to approve itself.  These functions are slow on purpose and
expect arguments that fit.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

# Imported when a formula first calls one: a question is drawn without them.
_MODULES = {
    "batches": (
        "enumerate_batch_norm_params loop_batch_norm loop_batch_norm_inference "
        "loop_mean loop_running_average loop_variance"
    ),
    "chances": (
        "count_subnetworks expect_dropout loop_cross_entropy loop_dropout "
        "loop_l1_logistic_loss loop_l1_penalty loop_l2_logistic_loss "
        "loop_l2_penalty loop_logistic_loss loop_margin_loss loop_relu "
        "loop_sigmoid loop_softmax loop_uniform_loss search_soft_threshold "
        "spread_dropout"
    ),
    "counts": (
        "count_combinations count_error_after_fix count_f1 count_flops count_macs "
        "count_points_gained count_positive_labels count_precision count_recall "
        "count_share enumerate_conv_params enumerate_dense_params "
        "enumerate_separable_params"
    ),
    "layers": (
        "difference_conv2d difference_max_pool_backward loop_average_pool "
        "loop_average_pool_backward loop_conv2d loop_max_pool "
        "loop_max_pool_backward loop_max_pool_mask"
    ),
    "losses": (
        "loop_hinge loop_huber loop_leaky_relu loop_log_softmax loop_macro_f1 "
        "loop_mae loop_mse pair_auc"
    ),
    "networks": (
        "difference_power_jacobian difference_power_loss "
        "difference_power_loss_weights difference_two_layer "
        "difference_two_layer_given loop_two_layer"
    ),
    "places": (
        "count_layers_until count_pool_windows count_same_windows count_span "
        "count_transposed_cells count_unread_cells count_windows search_filters "
        "search_inputs search_same_padding search_strides split_same_padding "
        "trace_cells trace_receptive_field"
    ),
    "separation": "search_separation",
    "sequences": (
        "loop_attention loop_clip loop_gru loop_layer_norm loop_lstm loop_rnn "
        "turn_positions"
    ),
    "slopes": (
        "difference_batch_norm difference_cross_entropy difference_l1_logistic "
        "difference_l2_logistic difference_relu difference_sigmoid "
        "difference_softmax difference_tanh"
    ),
    "sums": (
        "multiply_layers sum_adam sum_he_variance sum_momentum sum_rmsprop "
        "sum_weighted_average sum_xavier_variance unroll_inverse_decay "
        "unroll_power_decay"
    ),
    "tables": (
        "loop_absolute_distances loop_broadcast_shape loop_broadcasts "
        "loop_column_means loop_matmul loop_nearest_column loop_row_means "
        "loop_squared_distances loop_sum_shape loop_transpose"
    ),
    "vision": (
        "angle_cosine count_columns cross_out cut_iou enumerate_grouped_params "
        "lay_down lay_side_by_side loop_triplet pair_channels step_by_sign"
    ),
}
_MODULE_OF = {
    name: module for module, names in _MODULES.items() for name in names.split()
}

__all__ = sorted(_MODULE_OF)  # noqa: PLE0605 - it is a list


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'drill.oracle' has no attribute '{name}'")
    return getattr(import_module(f"drill.oracle.{_MODULE_OF[name]}"), name)
