"""For every solver its twin of the second route, and random arguments for both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from drill import solver

Args = tuple[Any, ...]
Maker = Callable[[np.random.Generator], Args]


def numbers(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw small integers in half of the cases and reals in the others."""
    if rng.random() < 0.5:
        return rng.integers(-5, 6, shape)
    return rng.normal(size=shape)


def chances(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw positive columns that add up to 1."""
    raw = rng.uniform(0.1, 1, shape)
    return raw / raw.sum(axis=0)


def window(rng: np.random.Generator) -> Args:
    """Draw n, f, p, s and d that fit."""
    f, d = int(rng.integers(1, 6)), int(rng.integers(1, 4))
    p, s = int(rng.integers(0, 4)), int(rng.integers(1, 5))
    n = max(1, d * (f - 1) + 1 - 2 * p) + int(rng.integers(0, 12))
    return n, f, p, s, d


def pool_window(rng: np.random.Generator) -> Args:
    """Draw n, f, s, p and a way to round."""
    f, s = int(rng.integers(1, 5)), int(rng.integers(1, 5))
    p = int(rng.integers(0, f))
    n = max(1, f - 2 * p) + int(rng.integers(0, 9))
    return n, f, s, p, bool(rng.integers(0, 2))


def image(rng: np.random.Generator, f: int) -> np.ndarray:
    """Draw an image, flat or with channels, that holds an f × f window."""
    height, width = (int(side) for side in f + rng.integers(0, 5, 2))
    channels = [int(rng.integers(1, 4))] if rng.random() < 0.5 else []
    return numbers(rng, height, width, *channels)


def pooling(rng: np.random.Generator) -> Args:
    """Draw x, f and s; integers repeat often, so that windows have ties."""
    f, s = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    return image(rng, f), f, s


def pooling_back(rng: np.random.Generator) -> Args:
    """Draw x, dout, f and s."""
    x, f, s = pooling(rng)
    return x, numbers(rng, *solver.max_pool(x, f, s).shape), f, s


def layer(rng: np.random.Generator) -> Args:
    """Draw x, w, b, stride and padding."""
    f, stride, padding = (int(rng.integers(1, 4)) for _ in range(3))
    x = image(rng, f)
    if x.ndim == 2:
        return x, numbers(rng, f, f), numbers(rng), stride, padding - 1
    filters = int(rng.integers(1, 4))
    w = numbers(rng, f, f, x.shape[2], filters)
    return x, w, numbers(rng, filters), stride, padding - 1


def layer_back(rng: np.random.Generator) -> Args:
    """Draw x, w, dout, stride and padding."""
    x, w, _, stride, padding = layer(rng)
    shape = solver.conv2d(x, w, None, stride, padding).shape
    return x, w, numbers(rng, *shape), stride, padding


def example(rng: np.random.Generator) -> Args:
    """Draw x, y, yhat, w and λ, for one example or for several; a weight may be 0."""
    n, m = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    w, lam = numbers(rng, n), float(rng.uniform(0, 2))
    if rng.random() < 0.5:
        return numbers(rng, n), int(rng.integers(0, 2)), rng.uniform(0.1, 0.9), w, lam
    return numbers(rng, n, m), rng.integers(0, 2, m), rng.uniform(0.1, 0.9, m), w, lam


def power_loss(rng: np.random.Generator) -> Args:
    """Draw x, W, y and a power so that tanh(x) W − y is positive."""
    m, n = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    x, W = rng.normal(size=(1, m)), numbers(rng, m, n)
    y = np.tanh(x) @ W - rng.uniform(0.5, 4, (1, n))
    return x, W, y, float(rng.choice([1.5, 2, 3, 0.5]))


def network(rng: np.random.Generator) -> Args:
    """Draw X, W1, b1, W2, b2 and the two functions."""
    n_x, n_h, n_y, m = (int(size) for size in rng.integers(1, 4, 4))
    return (
        rng.normal(size=(n_x, m)),
        rng.normal(size=(n_h, n_x)),
        rng.normal(size=(n_h, 1)),
        rng.normal(size=(n_y, n_h)),
        rng.normal(size=n_y),
        str(rng.choice(["tanh", "relu", "sigmoid"])),
        str(rng.choice(["sigmoid", "softmax"])),
    )


def network_back(rng: np.random.Generator) -> Args:
    """Draw X, Y and the rest of a network."""
    X, W1, b1, W2, b2, activation, output = network(rng)
    shape = (W2.shape[0], X.shape[1])
    Y = rng.integers(0, 2, shape)
    if output == "softmax":
        Y = np.eye(shape[0], dtype=int)[:, rng.integers(0, shape[0], shape[1])]
    return X, Y, W1, b1, W2, b2, activation, output


def network_given(rng: np.random.Generator) -> Args:
    """Draw X, A1, A2, Y, W2 and the hidden function, as a cache would hold them."""
    X, Y, W1, b1, W2, b2, activation, _ = network_back(rng)
    _, A1, _, A2 = solver.two_layer_forward(X, W1, b1, W2, b2, activation)
    return X, A1, A2, (Y > 0).astype(int), W2, activation


def batch(rng: np.random.Generator) -> Args:
    """Draw z, gamma, beta, eps and axis for vectors, both layouts and images."""
    kind = int(rng.integers(0, 4))
    shape = ((5,), (4, 3), (3, 4), (2, 3, 2, 2))[kind]
    axis = (0, 0, 1, (0, 1, 2))[kind]
    short = ((), (3,), (3,), (2,))[kind]
    gamma, beta = rng.normal(size=short), rng.normal(size=short)
    if kind == 2 and rng.random() < 0.5:
        gamma = gamma.reshape(3, 1)
    return rng.normal(size=shape), gamma, beta, float(rng.choice([0, 0.1])), axis


def batch_back(rng: np.random.Generator) -> Args:
    """Draw dout, z, gamma, eps and axis."""
    z, gamma, _, eps, axis = batch(rng)
    return rng.normal(size=z.shape), z, gamma, eps, axis


def shapes(rng: np.random.Generator) -> Args:
    """Draw two shapes that broadcast."""
    full = [int(size) for size in rng.integers(1, 5, 3)]
    pair = []
    for _ in range(2):
        kept = [size if rng.random() < 0.6 else 1 for size in full]
        pair.append(tuple(kept[int(rng.integers(0, 3)) :]))
    return tuple(pair)


def logits(rng: np.random.Generator) -> Args:
    """Draw z, up to a thousand, and an axis."""
    scale = float(rng.choice([1, 1000]))
    return rng.normal(size=(3, 2)) * scale, int(rng.integers(-2, 2))


def columns(rng: np.random.Generator) -> Args:
    """Draw X and V."""
    r, c = int(rng.integers(1, 5)), int(rng.integers(1, 5))
    return numbers(rng, r, c), numbers(rng, r, *[1] * int(rng.integers(0, 2)))


def ints(*ranges: tuple[int, int]) -> Maker:
    """Draw one int from each range, ends included."""
    return lambda rng: tuple(int(rng.integers(low, high + 1)) for low, high in ranges)


def step(parts: int) -> Maker:
    """Draw an optimiser's arrays and rates; mean squares are positive."""

    def make(rng: np.random.Generator) -> Args:
        w, g = numbers(rng, 2), numbers(rng, 2)
        moments = [np.abs(numbers(rng, 2)) for _ in range(parts)]
        rate, beta = float(rng.uniform(0.01, 1)), float(rng.uniform(0, 0.99))
        if parts == 2:
            t = int(rng.integers(1, 9))
            return w, *moments, g, t, rate, beta, float(rng.uniform(0, 0.99)), 1e-8
        return w, *moments, g, rate, beta

    return make


def masked(rng: np.random.Generator) -> Args:
    """Draw activations, a mask and a keep probability."""
    return numbers(rng, 4), rng.integers(0, 2, 4), rng.uniform(0.1, 1)


def classes(rng: np.random.Generator) -> Args:
    """Draw probabilities of three examples, and their classes."""
    return chances(rng, 4, 3), rng.integers(0, 4, 3)


def predictions(rng: np.random.Generator) -> Args:
    """Draw labels and predictions."""
    return rng.integers(0, 2, 3), rng.uniform(0.01, 0.99, 3)


def penalised(rng: np.random.Generator) -> Args:
    """Draw labels, predictions, weights and λ."""
    return *predictions(rng), numbers(rng, 3), rng.uniform(0, 2)


def padded(rng: np.random.Generator) -> Args:
    """Draw x, f, s and p."""
    return numbers(rng, 4, 5), 3, int(rng.integers(1, 3)), int(rng.integers(0, 3))


def table(rng: np.random.Generator) -> Args:
    """Draw one matrix."""
    return (numbers(rng, 3, 4),)


CHANNELS = ((1, 4), (1, 5), (1, 5))


def two(rng: np.random.Generator) -> Args:
    """Draw two arrays of one shape."""
    shape = tuple(rng.integers(1, 4, int(rng.integers(1, 3))).tolist())
    return numbers(rng, *shape), numbers(rng, *shape)


def margins(rng: np.random.Generator) -> Args:
    """Draw signs with scores, or classes with a score for each."""
    n, classes = int(rng.integers(1, 5)), int(rng.integers(2, 5))
    if rng.random() < 0.5:
        return rng.choice([-1, 1], n), rng.normal(size=n), float(rng.uniform(0, 2))
    if rng.random() < 0.3:
        return int(rng.integers(0, classes)), rng.normal(size=classes)
    return rng.integers(0, classes, n), rng.normal(size=(n, classes))


def gates(count: int) -> Maker:
    """Draw x, h, (c,) and the weights of so many gates."""

    def make(rng: np.random.Generator) -> Args:
        d, n = (int(size) for size in rng.integers(1, 4, 2))
        cell = (rng.normal(size=n),) if count == 4 else ()
        return (
            rng.normal(size=d),
            rng.normal(size=n),
            *cell,
            rng.normal(size=(count * n, d)),
            rng.normal(size=(count * n, n)),
            rng.normal(size=count * n),
        )

    return make


def steps(rng: np.random.Generator) -> Args:
    """Draw x, h0, Wx, Wh and b."""
    d, n, length = (int(size) for size in rng.integers(1, 4, 3))
    return (
        rng.normal(size=(length, d)),
        rng.normal(size=n),
        rng.normal(size=(n, d)),
        rng.normal(size=(n, n)),
        rng.normal(size=n),
    )


def queries(rng: np.random.Generator) -> Args:
    """Draw Q, K, V and half the time a mask that leaves every query a key."""
    n, m, d, v = (int(size) for size in rng.integers(1, 5, 4))
    mask = None
    if rng.random() < 0.5:
        mask = rng.random((n, m)) < 0.5
        mask[:, int(rng.integers(0, m))] = True
    return rng.normal(size=(n, d)), rng.normal(size=(m, d)), numbers(rng, m, v), mask


def features(rng: np.random.Generator) -> Args:
    """Draw x, gamma, beta and eps, for one example or several."""
    d = int(rng.integers(2, 5))
    shape = (d,) if rng.random() < 0.3 else (int(rng.integers(1, 4)), d)
    if rng.random() < 0.5:
        return (rng.normal(size=shape),)
    return rng.normal(size=shape), rng.normal(size=d), rng.normal(size=d), 0.1


def box(rng: np.random.Generator) -> np.ndarray:
    """Draw a box; one in some has no area."""
    corner = rng.integers(0, 5, 2)
    return np.concatenate([corner, corner + rng.integers(0, 5, 2)])


def detections(rng: np.random.Generator) -> Args:
    """Draw boxes, scores with ties, and a threshold."""
    n = int(rng.integers(1, 7))
    boxes = np.array([box(rng) for _ in range(n)])
    return boxes, rng.integers(1, 6, n) / 10, float(rng.choice([0, 0.3, 0.5]))


def transposed(rng: np.random.Generator) -> Args:
    """Draw x, w, stride and padding."""
    f, stride = (int(size) for size in rng.integers(1, 4, 2))
    sides = [int(side) for side in rng.integers(2, 5, 2)]
    padding = int(rng.integers(0, 2)) if f > 1 else 0
    if rng.random() < 0.5:
        return numbers(rng, *sides), numbers(rng, f, f), stride, padding
    a, b = (int(size) for size in rng.integers(1, 4, 2))
    return numbers(rng, *sides, a), numbers(rng, f, f, a, b), stride, padding


def grouped(rng: np.random.Generator) -> Args:
    """Draw f, c_in, c_out, groups and bias."""
    f, a, b, groups = (int(size) for size in rng.integers(1, 4, 4))
    return f, a * groups, b * groups, groups, bool(rng.integers(0, 2))


def named(rng: np.random.Generator) -> Args:
    """Draw classes twice; some occur on one side only."""
    n = int(rng.integers(1, 9))
    return rng.integers(0, 4, n), rng.integers(0, 4, n)


def ranked(rng: np.random.Generator) -> Args:
    """Draw labels of both kinds, and scores with ties."""
    n = int(rng.integers(2, 9))
    labels = np.concatenate([[0, 1], rng.integers(0, 2, n)])
    return labels, rng.integers(0, 6, n + 2) / 5


def triplets(rng: np.random.Generator) -> Args:
    """Draw anchor, positive, negative and margin."""
    shape = (3,) if rng.random() < 0.5 else (int(rng.integers(1, 4)), 3)
    return (*(numbers(rng, *shape) for _ in range(3)), float(rng.uniform(0, 3)))


TWINS: dict[str, tuple[str, Maker]] = {
    "attention": ("loop_attention", queries),
    "clip_by_norm": (
        "loop_clip",
        lambda rng: (rng.normal(size=(2, 2)), float(rng.uniform(0.1, 3))),
    ),
    "concat_channels": (
        "lay_side_by_side",
        lambda rng: tuple(
            numbers(rng, 2, 3, int(c))
            for c in rng.integers(1, 4, int(rng.integers(1, 4)))
        ),
    ),
    "conv_transpose2d": ("lay_down", transposed),
    "cosine_similarity": (
        "angle_cosine",
        lambda rng: (rng.normal(size=3), numbers(rng, 3) + 9),
    ),
    "fgsm": ("step_by_sign", lambda rng: (*two(rng), float(rng.uniform(0, 1)))),
    "gram_matrix": (
        "pair_channels",
        lambda rng: (
            numbers(rng, 2, 3) if rng.random() < 0.5 else numbers(rng, 2, 3, 2),
        ),
    ),
    "grouped_conv_params": ("enumerate_grouped_params", grouped),
    "gru_step": ("loop_gru", gates(3)),
    "hinge": ("loop_hinge", margins),
    "huber": ("loop_huber", lambda rng: (*two(rng), float(rng.uniform(0.1, 3)))),
    "im2col_shape": (
        "count_columns",
        lambda rng: (lambda n, f, p, s, d: (n + f, n + f, 3, f, s, p))(*window(rng)),
    ),
    "iou": ("cut_iou", lambda rng: (box(rng), box(rng))),
    "layer_norm": ("loop_layer_norm", features),
    "leaky_relu": (
        "loop_leaky_relu",
        lambda rng: (two(rng)[0], float(rng.uniform(0, 1))),
    ),
    "log_softmax": (
        "loop_log_softmax",
        lambda rng: (numbers(rng, 2, 3), int(rng.integers(-2, 2))),
    ),
    "lstm_step": ("loop_lstm", gates(4)),
    "macro_f1": ("loop_macro_f1", named),
    "mae": ("loop_mae", two),
    "mse": ("loop_mse", two),
    "non_max_suppression": ("cross_out", detections),
    "positional_encoding": (
        "turn_positions",
        lambda rng: tuple(int(n) for n in rng.integers(1, 9, 2)),
    ),
    "rnn_forward": ("loop_rnn", steps),
    "roc_auc": ("pair_auc", ranked),
    "triplet_loss": ("loop_triplet", triplets),
    "adam_step": ("sum_adam", step(2)),
    "average_pool": ("loop_average_pool", pooling),
    "average_pool_backward": (
        "loop_average_pool_backward",
        lambda rng: (lambda x, dout, f, s: (x.shape, dout, f, s))(*pooling_back(rng)),
    ),
    "average_pool_padded": (
        "loop_average_pool",
        lambda rng: (*padded(rng), bool(rng.integers(0, 2))),
    ),
    "batch_norm": ("loop_batch_norm", batch),
    "batch_norm_backward": ("difference_batch_norm", batch_back),
    "batch_norm_inference": (
        "loop_batch_norm_inference",
        lambda rng: (
            rng.normal(size=(4, 2)),
            rng.normal(size=2),
            rng.uniform(0.5, 2, 2),
            float(rng.normal()),
            rng.normal(size=2),
            0.1,
        ),
    ),
    "broadcast_shape": ("loop_broadcast_shape", shapes),
    "broadcasts": (
        "loop_broadcasts",
        lambda rng: tuple(
            tuple(int(size) for size in rng.integers(1, 4, rng.integers(0, 4)))
            for _ in range(2)
        ),
    ),
    "column_means": ("loop_column_means", table),
    "conv2d": ("loop_conv2d", layer),
    "conv2d_backward": ("difference_conv2d", layer_back),
    "conv_flops": ("count_flops", ints((1, 4), (1, 4), *CHANNELS, (0, 1))),
    "conv_macs": ("count_macs", ints((1, 4), (1, 4), *CHANNELS)),
    "conv_output_size": ("count_windows", window),
    "conv_params": ("enumerate_conv_params", ints(*CHANNELS, (0, 1))),
    "conv_transpose_output_size": (
        "count_transposed_cells",
        lambda rng: (lambda n, f, p, s, d: (n + p, f + p, p, s, s - 1, d))(
            *window(rng)
        ),
    ),
    "cross_entropy": ("loop_cross_entropy", classes),
    "dense_params": ("enumerate_dense_params", ints((1, 9), (1, 9), (0, 1))),
    "depthwise_separable_params": (
        "enumerate_separable_params",
        ints(*CHANNELS, (0, 1)),
    ),
    "dropout": ("loop_dropout", masked),
    "dropout_backward": ("loop_dropout", masked),
    "effective_filter_size": ("count_span", ints((1, 7), (1, 4))),
    "f1_score": ("count_f1", ints((1, 9), (0, 9), (0, 9))),
    "he_variance": ("sum_he_variance", ints((1, 50))),
    "l1_logistic_gradient": ("difference_l1_logistic", example),
    "l1_logistic_loss": ("loop_l1_logistic_loss", penalised),
    "l2_logistic_gradient": ("difference_l2_logistic", example),
    "l2_logistic_loss": ("loop_l2_logistic_loss", penalised),
    "linearly_separable": (
        "search_separation",
        lambda rng: (rng.integers(0, 5, (5, 2)), rng.integers(0, 2, 5)),
    ),
    "logistic_loss": ("loop_logistic_loss", predictions),
    "max_pool": ("loop_max_pool", pooling),
    "max_pool_backward": ("loop_max_pool_backward", pooling_back),
    "max_pool_mask": ("loop_max_pool_mask", pooling),
    "max_pool_padded": ("loop_max_pool", padded),
    "momentum_step": ("sum_momentum", step(1)),
    "nearest_column": ("loop_nearest_column", columns),
    "pool_output_size": ("count_pool_windows", pool_window),
    "power_loss_gradient": ("difference_power_loss", power_loss),
    "power_loss_weight_gradient": ("difference_power_loss_weights", power_loss),
    "precision": ("count_precision", ints((0, 9), (1, 9))),
    "recall": ("count_recall", ints((0, 9), (1, 9))),
    "receptive_field": (
        "trace_receptive_field",
        lambda rng: (
            [tuple(pair) for pair in rng.integers(1, 4, (rng.integers(0, 5), 2))],
        ),
    ),
    "rmsprop_step": ("sum_rmsprop", step(1)),
    "relu": ("loop_relu", table),
    "relu_backward": (
        "difference_relu",
        lambda rng: (numbers(rng, 3, 4), numbers(rng, 3, 4)),
    ),
    "row_means": ("loop_row_means", table),
    "running_average": (
        "loop_running_average",
        lambda rng: (numbers(rng, 2), numbers(rng, 2), rng.uniform(0, 1)),
    ),
    "same_output_size": ("count_same_windows", ints((1, 40), (1, 5))),
    "same_padding": (
        "search_same_padding",
        lambda rng: (2 * int(rng.integers(0, 6)) + 1,),
    ),
    "same_padding_split": ("split_same_padding", ints((1, 30), (1, 8), (1, 5))),
    "sigmoid": ("loop_sigmoid", lambda rng: (rng.normal(size=5) * 20,)),
    "soft_threshold": (
        "search_soft_threshold",
        lambda rng: (numbers(rng, 4), float(rng.integers(0, 3))),
    ),
    "softmax": ("loop_softmax", logits),
    "softmax_gradient": ("difference_softmax", classes),
    "squared_distances": ("loop_squared_distances", columns),
    "two_layer_backward": ("difference_two_layer", network_back),
    "two_layer_forward": ("loop_two_layer", network),
    "two_layer_gradients": ("difference_two_layer_given", network_given),
    "weighted_average": (
        "sum_weighted_average",
        lambda rng: (numbers(rng, 6), rng.uniform(0, 0.99), bool(rng.integers(0, 2))),
    ),
    "xavier_variance": ("sum_xavier_variance", ints((1, 50), (1, 50))),
}
