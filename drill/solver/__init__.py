"""The reference answers: numpy functions, a module per topic.

Channels come last: arrays are (H, W) or (H, W, C), filters (f, f) or
(f, f, C_in, C_out).  Integers stay integers where the mathematics does.  Every
argument that does not fit raises `drill.errors.SolverError` with the numbers that
disagree.  Nothing here draws, reads or prints.
"""

from drill.solver.activations import (
    dropout,
    dropout_backward,
    relu,
    relu_backward,
)
from drill.solver.architectures import (
    concat_channels,
    conv_transpose2d,
    grouped_conv_params,
    im2col_shape,
)
from drill.solver.attention import (
    attention,
    layer_norm,
    positional_encoding,
)
from drill.solver.backprop import (
    power_loss_gradient,
    power_loss_weight_gradient,
)
from drill.solver.convolution import (
    conv2d,
    conv2d_backward,
)
from drill.solver.counting import (
    conv_flops,
    conv_macs,
    conv_params,
    dense_params,
    depthwise_separable_params,
)
from drill.solver.detection import (
    iou,
    non_max_suppression,
)
from drill.solver.evaluation import (
    macro_f1,
    roc_auc,
)
from drill.solver.logistic import (
    l1_logistic_gradient,
    l1_logistic_loss,
    l2_logistic_gradient,
    l2_logistic_loss,
    logistic_loss,
    soft_threshold,
)
from drill.solver.losses import (
    hinge,
    huber,
    leaky_relu,
    log_softmax,
    mae,
    mse,
)
from drill.solver.matrices import (
    broadcast_shape,
    broadcasts,
    column_means,
    nearest_column,
    row_means,
    squared_distances,
)
from drill.solver.metrics import (
    f1_score,
    precision,
    recall,
)
from drill.solver.network import (
    two_layer_backward,
    two_layer_forward,
    two_layer_gradients,
)
from drill.solver.normalisation import (
    batch_norm,
    batch_norm_backward,
    batch_norm_inference,
    running_average,
)
from drill.solver.pooling import (
    average_pool,
    average_pool_padded,
    max_pool,
    max_pool_padded,
)
from drill.solver.pooling_gradients import (
    average_pool_backward,
    max_pool_backward,
    max_pool_mask,
)
from drill.solver.probabilities import (
    cross_entropy,
    sigmoid,
    softmax,
    softmax_gradient,
)
from drill.solver.separation import (
    linearly_separable,
)
from drill.solver.sequences import (
    clip_by_norm,
    gru_step,
    lstm_step,
    rnn_forward,
)
from drill.solver.similarity import (
    cosine_similarity,
    fgsm,
    gram_matrix,
    triplet_loss,
)
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
from drill.solver.training import (
    adam_step,
    he_variance,
    momentum_step,
    rmsprop_step,
    weighted_average,
    xavier_variance,
)

__all__ = [
    "adam_step",
    "attention",
    "average_pool",
    "average_pool_backward",
    "average_pool_padded",
    "batch_norm",
    "batch_norm_backward",
    "batch_norm_inference",
    "broadcast_shape",
    "broadcasts",
    "clip_by_norm",
    "column_means",
    "concat_channels",
    "conv2d",
    "conv2d_backward",
    "conv_flops",
    "conv_macs",
    "conv_output_size",
    "conv_params",
    "conv_transpose2d",
    "conv_transpose_output_size",
    "cosine_similarity",
    "cross_entropy",
    "dense_params",
    "depthwise_separable_params",
    "dropout",
    "dropout_backward",
    "effective_filter_size",
    "f1_score",
    "fgsm",
    "gram_matrix",
    "grouped_conv_params",
    "gru_step",
    "he_variance",
    "hinge",
    "huber",
    "im2col_shape",
    "iou",
    "l1_logistic_gradient",
    "l1_logistic_loss",
    "l2_logistic_gradient",
    "l2_logistic_loss",
    "layer_norm",
    "leaky_relu",
    "linearly_separable",
    "log_softmax",
    "logistic_loss",
    "lstm_step",
    "macro_f1",
    "mae",
    "max_pool",
    "max_pool_backward",
    "max_pool_mask",
    "max_pool_padded",
    "momentum_step",
    "mse",
    "nearest_column",
    "non_max_suppression",
    "pool_output_size",
    "positional_encoding",
    "power_loss_gradient",
    "power_loss_weight_gradient",
    "precision",
    "recall",
    "receptive_field",
    "relu",
    "relu_backward",
    "rmsprop_step",
    "rnn_forward",
    "roc_auc",
    "row_means",
    "running_average",
    "same_output_size",
    "same_padding",
    "same_padding_split",
    "sigmoid",
    "soft_threshold",
    "softmax",
    "softmax_gradient",
    "squared_distances",
    "triplet_loss",
    "two_layer_backward",
    "two_layer_forward",
    "two_layer_gradients",
    "weighted_average",
    "xavier_variance",
]
