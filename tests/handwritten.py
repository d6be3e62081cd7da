"""Programs as people write them in exams and assignments, by question of the bank.

Each is ordinary Python with numpy: what it is worth here is what Python itself says,
and `tests/test_handwritten.py` asks Python first.
"""

from __future__ import annotations

RIGHT: dict[str, list[str]] = {
    "mean-per-row-code": [
        """
# one mean per row
mu = np.zeros(M.shape[0])
for i in range(M.shape[0]):
    mu[i] = np.mean(M[i])
mu
""",
        """
mu = []
for row in M:
    mu.append(np.mean(row))
mu = np.array(mu)
""",
        '''
def row_means(M):
    """One mean per row."""
    return M.mean(axis=1)
''',
        "np.array([r.mean() for r in M])",
        "[sum(row) / len(row) for row in M]",
        "lambda M: M.mean(1)",
        """
import numpy as np

def mean_per_row(matrix: np.ndarray) -> np.ndarray:
    rows, cols = matrix.shape
    result = np.zeros(rows)
    for i in range(rows):
        total = 0
        for j in range(cols):
            total += matrix[i, j]
        result[i] = total / cols
    return result
""",
        """
```python
row_mu = np.zeros((M.shape[0],))
for i, row in enumerate(M):
    row_mu[i] = row.sum() / row.size
```
""",
        """
n, d = M.shape
row_mu = [0.0] * n
for i in range(n):
    for j in range(d):
        row_mu[i] = row_mu[i] + M[i][j] / d
""",
        """
row_mu = list(map(np.mean, M))
print(row_mu)
row_mu
""",
        "np.apply_along_axis(np.mean, 1, M)",
        "np.apply_along_axis(lambda r: r.sum() / len(r), axis=1, arr=M)",
        "np.add.reduce(M, axis=1) / M.shape[1]",
        "np.fromiter((row.mean() for row in M), dtype=float)",
        """
i = 0
row_mu = []
while i < len(M):
    row_mu.append(float(sum(M[i])) / len(M[i]))
    i += 1
row_mu
""",
        """
def mean(v):
    s = 0
    for value in v:
        s += value
    return s / len(v)

row_mu = np.array([mean(row) for row in M.tolist()])
""",
        """
means = {}
for i in range(len(M)):
    means[i] = M[i].mean()
row_mu = np.array([means[k] for k in sorted(means)])
""",
        """
means = {i: r.mean() for i, r in enumerate(M)}
row_mu = np.array(list(means.values()))
""",
        "row_mu = np.stack([M[i, :].mean() for i in range(M.shape[0])])",
        "row_mu = np.mean(M.T, axis=0, dtype=np.float64)",
        "np.average(M, axis=1, weights=np.ones(M.shape[1]))",
        "row_mu = M.astype(np.float32).mean(axis=-1)",
        """
from numpy import array, mean
row_mu = array([mean(x) for x in M])
""",
        """
assert M.ndim == 2, "a matrix is due"
row_mu = M.sum(axis=1)
row_mu = row_mu / float(M.shape[1])
""",
        """
def f(M):
    def total(v):
        if len(v) == 0:
            return 0
        return v[0] + total(v[1:])
    return [total(row) / M.shape[1] for row in M]
""",
        """
row_mu = np.empty(len(M))
for i in range(len(M)): row_mu[i] = M[i].mean()
row_mu
""",
        """
if M.ndim == 1:
    row_mu = M
elif M.shape[0] == 1:
    row_mu = np.array([M.mean()])
else:
    row_mu = np.mean(M, axis=1)
row_mu
""",
        "(M @ np.ones((M.shape[1], 1)) / M.shape[1]).ravel()",
        "np.array([*map(lambda row: sum(row) / len(row), M)])",
        "np.vectorize(lambda i: M[i].mean())(np.arange(M.shape[0]))",
        """
>>> total = M.sum(axis=1)
>>> total / M.shape[1]
""",
    ],
    "centre-rows-code": [
        """
centred = np.zeros_like(M, dtype=float)
for i in range(M.shape[0]):
    centred[i] = M[i] - M[i].mean()
""",
        """
centred = M.copy().astype(float)
for i in range(M.shape[0]):
    centred[i, :] -= np.mean(M[i, :])
centred
""",
        """
def centre(M):
    out = []
    for row in M:
        mu = sum(row) / len(row)
        out.append([x - mu for x in row])
    return np.array(out)
""",
        "np.array([row - row.mean() for row in M])",
        "np.vstack([row - np.mean(row) for row in M])",
        "np.apply_along_axis(lambda row: row - row.mean(), 1, M)",
        """
means = M.mean(axis=1)
centred = np.empty(M.shape)
for (i, j), value in np.ndenumerate(M):
    centred[i, j] = value - means[i]
centred
""",
        """
centred = np.zeros(M.shape)
for j in range(M.shape[1]):
    centred[:, j] = M[:, j] - np.mean(M, axis=1)
centred
""",
        "M - np.tile(M.mean(1), (M.shape[1], 1)).T",
        "M - np.repeat(M.mean(1), M.shape[1]).reshape(M.shape)",
        "M - M.mean(axis=1)[..., None]",
        "np.subtract(M, M.mean(axis=1, keepdims=True))",
        """
mu = np.mean(M, axis=1)
mu = mu[:, np.newaxis]
centred = M - mu
centred
""",
        """
M = M.astype(float)
for row in M:
    row -= row.mean()
centred = M
""",
    ],
    "nearest-column-code": [
        """
# nearest column
d = [np.linalg.norm(X[:, j] - V[:, 0]) for j in range(X.shape[1])]
nearest = np.argmin(d)
""",
        "nearest = min(range(X.shape[1]), key=lambda j: np.sum((X[:, j] - V[:, 0])**2))",
        """
best = None
best_dist = float('inf')
for j in range(X.shape[1]):
    dist = np.sqrt(np.sum((X[:, j] - V.ravel()) ** 2))
    if dist < best_dist:
        best_dist = dist
        best = j
best
""",
        """
def nearest_column(X, V):
    best, index = np.inf, -1
    for j, column in enumerate(X.T):
        d = 0
        for a, b in zip(column, V.flatten()):
            d += (a - b) ** 2
        if d < best:
            best, index = d, j
    return index
""",
        """
dists = []
for col in X.T:
    dists.append(sum((col - V[:, 0]) ** 2))
nearest = dists.index(min(dists))
""",
        """
dists = {}
for j in range(X.shape[1]):
    dists[j] = float(np.sum(np.abs(X[:, [j]] - V) ** 2))
nearest = min(dists, key=dists.get)
""",
        """
pairs = sorted((((X[:, j] - V[:, 0]) ** 2).sum(), j) for j in range(X.shape[1]))
nearest = pairs[0][1]
""",
        """
pairs = sorted([(j, np.linalg.norm(X[:, j] - V[:, 0])) for j in range(X.shape[1])],
               key=lambda pair: pair[1])
nearest = pairs[0][0]
""",
        "nearest = int(np.argsort(np.linalg.norm(X - V, axis=0), kind='stable')[0])",
        """
def dist(a, b):
    return np.sqrt(np.dot(a - b, a - b))

nearest = 0
for j in range(1, X.shape[1]):
    if dist(X[:, j], V[:, 0]) < dist(X[:, nearest], V[:, 0]):
        nearest = j
nearest
""",
        """
D = np.linalg.norm(X - V, axis=0)
nearest = np.where(D == D.min())[0][0]
""",
        """
D = ((X - V) ** 2).sum(axis=0)
nearest = list(D).index(D.min())
""",
        """
j = 0
while True:
    if np.sum((X[:, j] - V[:, 0])**2) == min(np.sum((X - V)**2, axis=0)):
        break
    j += 1
nearest = j
""",
        "np.argmin([((c - V.T[0]) ** 2).sum() for c in X.T])",
        "np.nonzero(((X - V)**2).sum(0) == ((X - V)**2).sum(0).min())[0][0]",
        "np.flatnonzero(((X - V)**2).sum(0) == ((X - V)**2).sum(0).min())[0]",
    ],
    "softmax-code": [
        """
smx = np.zeros(M.shape)
for j in range(M.shape[1]):
    e = np.exp(M[:, j])
    smx[:, j] = e / e.sum()
smx
""",
        """
import math
rows, cols = M.shape
smx = np.zeros((rows, cols))
for j in range(cols):
    biggest = max(M[i, j] for i in range(rows))
    total = sum(math.exp(M[i, j] - biggest) for i in range(rows))
    for i in range(rows):
        smx[i, j] = math.exp(M[i, j] - biggest) / total
smx
""",
        """
def softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)

smx = np.column_stack([softmax(M[:, j]) for j in range(M.shape[1])])
""",
        """
def softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)

np.apply_along_axis(softmax, 0, M)
""",
        "np.array([np.exp(c - c.max()) / np.exp(c - c.max()).sum() for c in M.T]).T",
        """
shifted = M - M.max(axis=0)
log_z = np.log(np.sum(np.exp(shifted), axis=0))
smx = np.exp(shifted - log_z)
""",
        "np.exp(M) / np.add.reduce(np.exp(M))",
    ],
    "softmax-rows-code": [
        """
smx = []
for row in M:
    e = [np.exp(v - max(row)) for v in row]
    s = sum(e)
    smx.append([v / s for v in e])
np.array(smx)
""",
        "np.apply_along_axis(lambda r: np.exp(r) / sum(np.exp(r)), 1, M)",
        """
def softmax(M):
    M = M - np.max(M, axis=1).reshape(-1, 1)
    e = np.exp(M)
    return e / e.sum(axis=1).reshape(-1, 1)
""",
        "(np.exp(M).T / np.exp(M).sum(axis=1)).T",
        "np.exp(M - np.logaddexp.reduce(M, axis=1, keepdims=True))",
    ],
    "batchnorm-normalise-code": [
        """
n, d = Z.shape
mu = 1.0 / n * np.sum(Z, axis=0)
xmu = Z - mu
sq = xmu ** 2
var = 1.0 / n * np.sum(sq, axis=0)
sqrtvar = np.sqrt(var + eps)
ivar = 1.0 / sqrtvar
Zhat = xmu * ivar
""",
        """
Zhat = np.zeros(Z.shape)
for j in range(Z.shape[1]):
    mu = Z[:, j].mean()
    var = Z[:, j].var()
    for i in range(Z.shape[0]):
        Zhat[i, j] = (Z[i, j] - mu) / (var + eps) ** 0.5
""",
        """
def batchnorm(Z, eps=1e-5):
    mean = Z.mean(axis=0, keepdims=True)
    std = np.sqrt(Z.var(axis=0, keepdims=True) + eps)
    return (Z - mean) / std
""",
        """
def normalise(column, eps):
    mu = np.mean(column)
    return (column - mu) / np.sqrt(np.mean((column - mu) ** 2) + eps)

Zhat = np.stack([normalise(Z[:, j], eps) for j in range(Z.shape[1])], axis=1)
""",
        "(Z - Z.mean(0)) / np.sqrt(np.std(Z, 0) ** 2 + eps)",
        "((Z.T - Z.T.mean(1)[:, None]) / np.sqrt(Z.T.var(1)[:, None] + eps)).T",
    ],
    "batchnorm-forward-code": [
        """
out = np.zeros(Z.shape)
for i in range(Z.shape[0]):
    mu = np.mean(Z[i])
    var = np.var(Z[i])
    zhat = (Z[i] - mu) / np.sqrt(var + eps)
    out[i] = gamma[i] * zhat + beta[i]
""",
        """
def forward(Z, gamma, beta, eps):
    m = Z.shape[1]
    mu = np.sum(Z, axis=1, keepdims=True) / m
    var = np.sum((Z - mu) ** 2, axis=1, keepdims=True) / m
    Z_norm = (Z - mu) / np.sqrt(var + eps)
    cache = (Z, mu, var)
    return gamma[:, None] * Z_norm + beta[:, None]
""",
        """
rows = []
for z, g, b in zip(Z, gamma, beta):
    rows.append(g * (z - z.mean()) / np.sqrt(z.var() + eps) + b)
out = np.array(rows)
""",
        """
mu, var = Z.mean(1, keepdims=True), Z.var(1, keepdims=True)
out = np.diag(gamma) @ ((Z - mu) / np.sqrt(var + eps)) + beta.reshape((-1, 1))
""",
    ],
    "relu-forward-code": [
        """
A = Z.copy()
for i in range(A.shape[0]):
    for j in range(A.shape[1]):
        if A[i, j] < 0:
            A[i, j] = 0
A
""",
        """
Z[Z < 0] = 0
A = Z
""",
        """
def relu(Z):
    Z[Z < 0] = 0
    return Z
""",
        "np.array([[max(0, z) for z in row] for row in Z])",
        "np.array([[z if z > 0 else 0 for z in row] for row in Z])",
        "relu = np.vectorize(lambda z: max(z, 0))\nA = relu(Z)",
        """
def relu(x):
    return x if x > 0 else 0

A = np.vectorize(relu)(Z)
""",
        "A = np.array([max(0, z) for z in Z.flatten()]).reshape(Z.shape)",
        "A = np.zeros_like(Z)\nmask = Z > 0\nA[mask] = Z[mask]\nA",
        "Z.clip(min=0)",
        "np.clip(Z, a_min=0, a_max=None)",
        "A = np.maximum(Z, np.zeros(Z.shape))",
        "A = np.where(Z < 0, 0, Z)",
        "A = (Z > 0).astype(int) * Z",
        "A = np.maximum(0., Z, dtype=float)",
        """
A = np.zeros(Z.shape)
for index, z in np.ndenumerate(Z):
    if not z <= 0:
        A[index] = z
""",
        """
A = np.zeros(Z.shape)
for index in np.ndindex(Z.shape):
    A[index] = max(Z[index], 0)
""",
        """
A = []
for row in Z.tolist():
    new = []
    for z in row:
        if z < 0:
            new.append(0)
            continue
        new += [z]
    A.append(new)
A = np.asarray(A)
""",
        "A = Z.copy()\nA[np.where(A < 0)] = 0\nA",
        "A = Z * 1\nA *= (A > 0)\nA",
    ],
    "relu-derivative-code": [
        "(Z > 0).astype(np.float32)",
        "(Z > 0) * 1.0",
        "np.heaviside(Z, 0)",
        "slope = np.ones_like(Z)\nslope[Z <= 0] = 0\nslope",
        "np.array([[1 if z > 0 else 0 for z in row] for row in Z])",
        "np.float64(Z > 0)",
        "np.vectorize(lambda z: int(z > 0))(Z)",
        """
def d_relu(Z):
    out = np.zeros(Z.shape, dtype=int)
    for i, row in enumerate(Z):
        for j, z in enumerate(row):
            out[i][j] = 1 if z > 0 else 0
    return out
""",
        "np.greater(Z, 0).astype('float')",
    ],
    "relu-backward-code": [
        "dZ = np.array(dA, copy=True)\ndZ[A <= 0] = 0\ndZ",
        "dZ = dA.copy()\ndZ[A == 0] = 0\nassert dZ.shape == A.shape\ndZ",
        "np.where(A > 0, dA, 0)",
        "dA * np.where(A > 0, 1, 0)",
        "dA[A <= 0] = 0\ndZ = dA",
        """
dZ = np.zeros(dA.shape)
for i in range(dA.shape[0]):
    for j in range(dA.shape[1]):
        dZ[i, j] = dA[i, j] if A[i, j] > 0 else 0
dZ
""",
        "np.multiply(dA, np.int64(A > 0))",
        """
def relu_backward(A, dA):
    mask = (A > 0)
    return mask * dA
""",
    ],
    "convolve-cell-code": [
        """
f = K.shape[0]
patch = X[i*s:i*s+f, j*s:j*s+f]
y = 0
for a in range(f):
    for c in range(f):
        y += patch[a, c] * K[a, c]
y = y + b
""",
        """
def conv_single_step(X, K, b, s, i, j):
    f, _ = K.shape
    vert_start, horiz_start = i * s, j * s
    vert_end = vert_start + f
    horiz_end = horiz_start + f
    a_slice = X[vert_start:vert_end, horiz_start:horiz_end]
    Z = np.sum(np.multiply(a_slice, K))
    return Z + float(b)
""",
        "sum(X[i*s+u, j*s+v] * K[u, v] for u in range(len(K)) for v in range(len(K))) + b",
        "sum([X[i*s+u][j*s+v]*K[u][v] for u in range(3) for v in range(3)]) + b"
        " if K.shape == (3, 3) else np.sum(X[i*s:i*s+len(K), j*s:j*s+len(K)] * K) + b",
        "np.einsum('ij,ij->', X[i*s:i*s + len(K), j*s:j*s + len(K)], K) + b",
        "np.tensordot(X[i*s:i*s + len(K), j*s:j*s + len(K)], K) + b",
        "np.dot(X[i*s:i*s + len(K), j*s:j*s + len(K)].ravel(), K.ravel()) + b",
        "np.vdot(X[i*s:i*s + len(K), j*s:j*s + len(K)], K) + b",
        "np.lib.stride_tricks.sliding_window_view(X, K.shape)[::s, ::s][i, j].ravel()"
        " @ K.ravel() + b",
        """
k = K.shape[0]
windows = np.lib.stride_tricks.sliding_window_view(X, (k, k))[::s, ::s]
y = (windows * K).sum(axis=(2, 3))[i, j] + b
""",
        """
f = K.shape[0]
n_h = (X.shape[0] - f) // s + 1
n_w = (X.shape[1] - f) // s + 1
out = np.zeros((n_h, n_w))
for h in range(n_h):
    for w in range(n_w):
        out[h, w] = np.sum(X[h*s:h*s+f, w*s:w*s+f] * K) + b
y = out[i, j]
""",
    ],
    "ce-gradient-code": [
        """
e = np.exp(Z)
P = e / e.sum(axis=0, keepdims=True)
m = Z.shape[1]
dZ = P.copy()
for j in range(m):
    dZ[np.argmax(Y[:, j]), j] -= 1
dZ /= m
dZ
""",
        """
P = np.exp(Z) / np.sum(np.exp(Z), axis=0)
m = Z.shape[1]
P[np.argmax(Y, axis=0), np.arange(m)] -= 1
dZ = P / m
""",
        """
dZ = np.zeros(Z.shape)
for k in range(Z.shape[1]):
    p = np.exp(Z[:, k] - Z[:, k].max())
    p /= p.sum()
    dZ[:, k] = (p - Y[:, k]) / Z.shape[1]
""",
    ],
    "data-trigger-code": [
        "y = np.zeros(T)\nfor t in range(end + 1, min(end + 1 + k, T)):\n    y[t] = 1\ny",
        "np.array([1 if end < t <= end + k else 0 for t in range(T)])",
        "[int(t in range(end + 1, end + k + 1)) for t in range(T)]",
        "((np.arange(T) > end) & (np.arange(T) <= end + k)).astype(int)",
        """
y = [0] * T
t = end + 1
count = 0
while count < k and t < T:
    y[t] = 1
    t += 1
    count += 1
y
""",
        """
y = np.zeros((T,))
for i in range(T):
    if i <= end:
        continue
    elif i > end + k:
        break
    y[i] = 1
""",
        """
y = np.zeros(T)
y[np.arange(end + 1, min(end + k + 1, T))] = 1
y
""",
        "np.logical_and(np.arange(T) > end, np.arange(T) < end + 1 + k) * 1",
    ],
    "dropout-code": [
        """
D = (u < p).astype(int)
A = a * D
A = A / p
out = A
""",
        """
out = np.zeros(a.shape)
rows, cols = a.shape
for i in range(rows):
    for j in range(cols):
        if u[i, j] < p:
            out[i, j] = a[i, j] / p
out
""",
        "np.where(u < p, a / p, 0)",
        """
def dropout(a, u, p=0.5):
    mask = u < p
    a = a.copy()
    a[~mask] = 0
    return a / p
""",
        "mask = (u < p) / p\nout = a * mask",
        "out = np.array(a, dtype=float)\nout *= u < p\nout /= p\nout",
        "np.array([[x / p if r < p else 0 for x, r in zip(xs, rs)] for xs, rs in zip(a, u)])",
    ],
    "errors-ceilings-code": [
        """
ceilings = []
for j in range(M.shape[1]):
    count = 0
    for i in range(M.shape[0]):
        if M[i, j] == 1:
            count += 1
    ceilings.append(err - err * count / M.shape[0])
ceilings
""",
        "err * (1 - M.mean(0))",
        "np.array([err * (1 - sum(col) / len(col)) for col in M.T])",
        "[err - err * np.count_nonzero(M[:, j]) / len(M) for j in range(M.shape[1])]",
    ],
    "init-he-code": [
        "fan_in = R.shape[1]\nW = R * (2.0 / fan_in) ** 0.5",
        "W = np.multiply(R, np.sqrt(np.divide(2, R.shape[1])))",
        "import math\nW = R * math.sqrt(2 / R.shape[1])",
        """
def he(R):
    out, inp = R.shape
    std = np.sqrt(2.) / np.sqrt(inp)
    return np.array([[std * r for r in row] for row in R])
""",
    ],
    "metrics-f1-code": [
        """
tp = fp = fn = 0
for yi, pi in zip(y, p):
    if pi == 1 and yi == 1:
        tp += 1
    elif pi == 1 and yi == 0:
        fp += 1
    elif pi == 0 and yi == 1:
        fn += 1
precision = tp / (tp + fp)
recall = tp / (tp + fn)
f1 = 2 * precision * recall / (precision + recall)
""",
        """
counts = {'tp': 0, 'fp': 0, 'fn': 0, 'tn': 0}
for i in range(len(y)):
    if y[i] and p[i]:
        counts['tp'] += 1
    elif p[i]:
        counts['fp'] += 1
    elif y[i]:
        counts['fn'] += 1
    else:
        counts['tn'] += 1
f1 = 2 * counts['tp'] / (2 * counts['tp'] + counts['fp'] + counts['fn'])
""",
        "tp = np.logical_and(y == 1, p == 1).sum()\n2 * tp / (y.sum() + p.sum())",
        "2 * len([1 for a, b in zip(y, p) if a == b == 1]) / (sum(y) + sum(p))",
        """
def f1_score(y, p):
    positives = {i for i, v in enumerate(y) if v == 1}
    predicted = {i for i, v in enumerate(p) if v == 1}
    tp = len(positives & predicted)
    return 2 * tp / (len(positives) + len(predicted))
""",
        """
cm = np.zeros((2, 2), dtype=int)
for t, q in zip(y, p):
    cm[t, q] += 1
(tn, fp), (fn, tp) = cm
f1 = tp / (tp + 0.5 * (fp + fn))
""",
    ],
    "mlp-dw2-code": [
        """
m = A1.shape[1]
dW2 = np.zeros((A2.shape[0], A1.shape[0]))
for i in range(m):
    dz = A2[:, i] - Y[:, i]
    dW2 += np.outer(dz, A1[:, i])
dW2 = dW2 / m
""",
        "dZ2 = np.subtract(A2, Y)\ndW2 = 1/A1.shape[1] * np.dot(dZ2, A1.T)",
        "np.tensordot(A2 - Y, A1, axes=(1, 1)) / A1.shape[1]",
        "np.tensordot(A2 - Y, A1.T, axes=1) / A1.shape[1]",
        "np.einsum('ij,kj->ik', A2 - Y, A1) / A1.shape[1]",
        """
def grad(A1, A2, Y):
    m = len(A1[0])
    dZ = A2 - Y
    return np.array([[sum(dZ[k, i] * A1[h, i] for i in range(m)) / m
                      for h in range(len(A1))] for k in range(len(dZ))])
""",
    ],
    "mlp-db1-code": [
        "m = dZ1.shape[1]\ndb1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)",
        "dZ1.mean(axis=1).reshape(-1, 1)",
        "np.array([[row.mean()] for row in dZ1])",
        "db1 = np.zeros((dZ1.shape[0], 1))\nfor i in range(dZ1.shape[1]):\n"
        "    db1 += dZ1[:, i:i+1]\ndb1 /= dZ1.shape[1]\ndb1",
        "np.mean(dZ1, 1)[:, np.newaxis]",
        "np.atleast_2d(dZ1.mean(1)).T",
    ],
    "mlp-dz1-code": [
        "np.multiply(np.dot(W2.T, dZ2), 1 - np.power(A1, 2))",
        """
back = np.zeros(A1.shape)
for i in range(A1.shape[0]):
    for j in range(A1.shape[1]):
        for k in range(W2.shape[0]):
            back[i, j] += W2[k, i] * dZ2[k, j]
dZ1 = back * (1 - A1 * A1)
""",
        "def tanh_prime(a):\n    return 1 - a**2\n\ndZ1 = W2.T @ dZ2 * tanh_prime(A1)",
    ],
    "opt-momentum-code": [
        """
def momentum(w, v, g, beta, lr):
    v = beta * v + (1 - beta) * g
    w = w - lr * v
    return w
""",
        "w = w - lr * (beta * v + (1 - beta) * g)\nw_new = w",
        """
w_new, v = w.astype(float), v * 1.0
for i in range(len(w)):
    v[i] = beta * v[i] + (1 - beta) * g[i]
    w_new[i] -= lr * v[i]
w_new
""",
        """
parameters = {'w': w}
grads = {'dw': g}
velocity = {'dw': v}
velocity['dw'] = beta * velocity['dw'] + (1 - beta) * grads['dw']
parameters['w'] = parameters['w'] - lr * velocity['dw']
w_new = parameters['w']
""",
    ],
    "opt-adam-code": [
        """
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * np.square(g)
m_corrected = m / (1 - np.power(beta1, t))
v_corrected = v / (1 - np.power(beta2, t))
w = w - lr * m_corrected / (np.sqrt(v_corrected) + eps)
w_new = w
""",
        """
w_new = []
for wi, mi, vi, gi in zip(w, m, v, g):
    mi = beta1 * mi + (1 - beta1) * gi
    vi = beta2 * vi + (1 - beta2) * gi ** 2
    w_new.append(wi - lr * (mi / (1 - beta1 ** t)) / ((vi / (1 - beta2 ** t)) ** 0.5 + eps))
""",
        """
def adam(w, m, v, g, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    def ema(old, new, beta):
        return beta * old + (1 - beta) * new
    m_hat = ema(m, g, beta1) / (1 - beta1 ** t)
    v_hat = ema(v, g * g, beta2) / (1 - beta2 ** t)
    return w - lr * m_hat / (v_hat ** .5 + eps)
""",
    ],
    "reg-l1-loss-code": [
        """
import math
total = 0
for yi, pi in zip(y, yhat):
    total += -(yi * math.log(pi) + (1 - yi) * math.log(1 - pi))
loss = total / len(y)
for wi in w:
    loss += lam * abs(wi)
loss
""",
        """
n = len(y)
bce = -sum(y[i] * np.log(yhat[i]) + (1 - y[i]) * np.log(1 - yhat[i]) for i in range(n)) / n
loss = bce + lam * np.linalg.norm(w, 1)
""",
        "-np.mean(np.where(y == 1, np.log(yhat), np.log(1 - yhat))) + lam * np.abs(w).sum()",
        "-np.log(np.where(y == 1, yhat, 1 - yhat)).mean() + lam * np.linalg.norm(w, ord=1)",
        "lam * sum(map(abs, w)) - np.average(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))",
    ],
    "reg-l2-gradient-code": [
        """
m = len(y)
dw = np.zeros(w.shape)
for i in range(m):
    dw += X[:, i] * (yhat[i] - y[i])
dw = dw / m + lam * w
""",
        """
dw = []
for k in range(len(w)):
    g = 0
    for i in range(len(y)):
        g += (yhat[i] - y[i]) * X[k, i]
    dw.append(g / len(y) + lam * w[k])
np.array(dw)
""",
        "np.mean(X * (yhat - y), axis=1) + lam * w",
        "X.dot(yhat - y) / y.shape[0] + lam * w",
    ],
    "reg-l1-gradient-code": [
        """
dw = np.zeros_like(w, dtype=float)
for xi, yi, pi in zip(X, y, yhat):
    dw = dw + xi * (pi - yi)
dw /= len(y)
for k in range(len(w)):
    dw[k] += lam if w[k] > 0 else -lam if w[k] < 0 else 0
dw
""",
        "np.dot(X.T, yhat - y) / len(y) + lam * np.where(w > 0, 1, np.where(w < 0, -1, 0))",
        "((yhat - y)[:, None] * X).mean(axis=0) + lam * np.sign(w)",
    ],
    "backprop-x-code": [
        """
import numpy as np
z = np.tanh(x)
g = 3 / 2 * (ypred - y) ** (1 / 2)
dx = np.zeros(x.shape)
for i in range(x.shape[1]):
    for j in range(W.shape[1]):
        dx[0, i] += g[0, j] * W[i, j]
    dx[0, i] *= 1 - z[0, i] ** 2
dx
""",
        """
def backward(x, W, ypred, y):
    d_out = 1.5 * np.sqrt(ypred - y)
    d_hidden = d_out.dot(W.transpose())
    return d_hidden * (1.0 - np.tanh(x) ** 2)
""",
    ],
    "backprop-weights-code": [
        """
h = np.tanh(x)
d = 1.5 * np.sqrt(ypred - y)
dW = np.zeros(W.shape)
for i in range(W.shape[0]):
    for j in range(W.shape[1]):
        dW[i, j] = h[0, i] * d[0, j]
""",
        "np.outer(np.tanh(x), 1.5 * np.sqrt(ypred - y))",
        "np.array([[t * d for d in 1.5 * np.sqrt(ypred - y)[0]] for t in np.tanh(x)[0]])",
    ],
    "bias-gaps-code": [
        "np.diff(errors)",
        "[b - a for a, b in zip(errors, errors[1:])]",
        """
gaps = []
for i in range(len(errors) - 1):
    gaps.append(errors[i + 1] - errors[i])
""",
        "np.ediff1d(errors)",
        "errors[1:] - np.delete(errors, -1)",
        """
gaps = np.zeros(len(errors) - 1)
prev = errors[0]
for i, e in enumerate(errors[1:]):
    gaps[i] = e - prev
    prev = e
gaps
""",
        """
e = list(errors)
gaps = []
while len(e) > 1:
    first = e.pop(0)
    gaps.append(e[0] - first)
gaps
""",
    ],
}

WRONG: dict[str, list[tuple[str, str]]] = {
    "mean-per-row-code": [
        (
            """
mu = np.zeros(M.shape[1])
for j in range(M.shape[1]):
    mu[j] = np.mean(M[:, j])
mu
""",
            "per_column",
        ),
        (
            """
row_mu = []
for row in M:
    total = 0
    for x in row:
        total += x
    row_mu.append(total)
""",
            "no_division",
        ),
        ("def f(M):\n    return [sum(r) / len(M) for r in M]", "wrong_divisor"),
        ("[r.sum() / M.size for r in M]", "all_entries"),
    ],
    "centre-rows-code": [
        (
            """
centred = np.zeros(M.shape)
for j in range(M.shape[1]):
    centred[:, j] = M[:, j] - M[:, j].mean()
""",
            "columns_centred",
        ),
        ("np.array([r - M.mean() for r in M])", "grand_mean"),
        ("np.array([r - sum(r) for r in M])", "sums_subtracted"),
        ("np.array([r.mean() - r for r in M])", "sign_turned"),
    ],
    "nearest-column-code": [
        (
            "np.argmin([np.sum(X[:, j] - V[:, 0]) for j in range(X.shape[1])])",
            "not_squared",
        ),
        (
            "max(range(X.shape[1]), key=lambda j: sum((X[:, j] - V[:, 0])**2))",
            "farthest",
        ),
        (
            """
d = []
for j in range(X.shape[1]):
    d.append(sum(abs(X[:, j] - V[:, 0])))
d.index(min(d))
""",
            "absolute",
        ),
        (
            """
d = [np.sum((X[:, j] - V[:, 0])**2) for j in range(X.shape[1])]
min(d)
""",
            "smallest_distance",
        ),
    ],
    "softmax-code": [
        ("np.array([np.exp(r) / sum(np.exp(r)) for r in M])", "rows_add_up"),
        ("[[v / np.exp(M).sum() for v in row] for row in np.exp(M)]", "whole_matrix"),
    ],
    "batchnorm-normalise-code": [
        (
            """
Zhat = []
for row in Z:
    Zhat.append((row - row.mean()) / np.sqrt(row.var() + eps))
np.array(Zhat)
""",
            "over_features",
        ),
        (
            """
Zhat = np.zeros(Z.shape)
for j in range(Z.shape[1]):
    c = Z[:, j]
    Zhat[:, j] = (c - c.mean()) / (c.std() + eps)
Zhat
""",
            "outside_root",
        ),
        (
            """
def bn(Z, eps):
    n = len(Z)
    mu = sum(Z) / n
    var = sum((z - mu) ** 2 for z in Z) / (n - 1)
    return (Z - mu) / np.sqrt(var + eps)
""",
            "unbiased",
        ),
    ],
    "relu-forward-code": [
        ("max(z for row in Z for z in row)", "one_maximum"),
        ("np.array([[abs(z) for z in row] for row in Z])", "absolute"),
    ],
    "relu-derivative-code": [
        ("np.vectorize(lambda z: 1 if z >= 0 else 0)(Z)", "one_at_zero"),
    ],
    "dropout-code": [
        (
            """
out = a.copy()
for i in range(a.shape[0]):
    for j in range(a.shape[1]):
        if u[i, j] >= p:
            out[i, j] = 0
out
""",
            "not_divided",
        ),
        (
            "def drop(a, u, p):\n    return np.where(u < p, a / (1 - p), 0)",
            "drop_probability",
        ),
    ],
    "convolve-cell-code": [
        (
            """
y = 0
for u in range(len(K)):
    for v in range(len(K)):
        y += X[i + u, j + v] * K[u, v]
y += b
""",
            "no_stride",
        ),
        (
            """
y = 0
for u in range(len(K)):
    for v in range(len(K)):
        y += X[i*s + u, j*s + v] * K[u, v] + b
y
""",
            "bias_inside",
        ),
        (
            """
y = b
for u in range(len(K)):
    for v in range(len(K)):
        y += X[i*s + u, j*s + v] * K[-1 - u, -1 - v]
y
""",
            "flipped",
        ),
    ],
    "data-trigger-code": [
        (
            "y = np.zeros(T)\nfor t in range(end, end + k):\n    y[t] = 1\ny",
            "from_the_last_step",
        ),
        ("[1 if end < t < end + k else 0 for t in range(T)]", "one_short"),
        ("[1 if t > end else 0 for t in range(T)]", "to_the_end"),
    ],
    "metrics-f1-code": [
        ("sum(a == b for a, b in zip(y, p)) / len(y)", "accuracy"),
        (
            """
tp = fp = 0
for a, b in zip(y, p):
    if b:
        if a: tp += 1
        else: fp += 1
tp / (tp + fp)
""",
            "precision_only",
        ),
    ],
    "opt-momentum-code": [
        (
            "def step(w, v, g, beta, lr):\n    v = beta*v + g\n    return w - lr*v",
            "no_new_factor",
        ),
        (
            "w_new = [a + lr*(beta*b + (1-beta)*c) for a, b, c in zip(w, v, g)]",
            "uphill",
        ),
    ],
    "reg-l2-gradient-code": [
        ("X @ (yhat - y) / len(X) + lam * w", "over_features"),
        (
            """
dw = np.zeros(len(w))
for i in range(len(y)):
    dw += X[:, i] * (yhat[i] - y[i])
dw += lam * w
""",
            "no_mean",
        ),
    ],
}

RIGHT |= {
    "conv-forward-function": [
        """
def conv(X, K, p, s):
    Xp = np.pad(X, ((p, p), (p, p)), 'constant')
    k = len(K)
    out = []
    for i in range(0, len(Xp) - k + 1, s):
        out.append([np.sum(Xp[i:i+k, j:j+k] * K) for j in range(0, Xp.shape[1] - k + 1, s)])
    return np.array(out)
""",
        """
w = np.lib.stride_tricks.sliding_window_view(np.pad(X, p), K.shape)[::s, ::s]
np.einsum('ijkl,kl->ij', w, K)
""",
        """
def conv(img, ker, pad, stride):
    H, W = img.shape
    k = ker.shape[0]
    big = np.zeros((H + 2*pad, W + 2*pad))
    big[pad:pad+H, pad:pad+W] = img
    oh = int((H + 2*pad - k)/stride) + 1
    ow = int((W + 2*pad - k)/stride) + 1
    res = np.zeros((oh, ow))
    for r in range(oh):
        for c in range(ow):
            acc = 0
            for a in range(k):
                for b in range(k):
                    acc += big[r*stride + a, c*stride + b] * ker[a, b]
            res[r, c] = acc
    return res
""",
    ],
    "max-pool-backward-function": [
        """
def backward(X, G, f, s):
    dX = np.zeros_like(X)
    h, w = G.shape
    for i in range(h):
        for j in range(w):
            win = X[i*s:i*s+f, j*s:j*s+f]
            mask = (win == np.max(win))
            dX[i*s:i*s+f, j*s:j*s+f] += mask * G[i, j]
    return dX
""",
    ],
    "batchnorm-backward-function": [
        """
def backward(dout, Z, gamma, eps):
    m, n = Z.shape
    mu = np.mean(Z, axis=0)
    var = np.var(Z, axis=0)
    inv = 1 / np.sqrt(var + eps)
    zhat = (Z - mu) * inv
    dzhat = dout * gamma
    dvar = np.sum(dzhat * (Z - mu) * -0.5 * inv**3, axis=0)
    dmu = np.sum(-dzhat * inv, axis=0) + dvar * np.mean(-2 * (Z - mu), axis=0)
    return dzhat * inv + dvar * 2 * (Z - mu) / m + dmu / m
""",
    ],
    "max-pool-mask-function": [
        """
def create_mask(x):
    mask = x == np.max(x)
    return mask
""",
    ],
    "conv-size-function": [
        """
lambda n, f, p, s: (n + 2*p - f)//s + 1
""",
        """
def size(n,f,p,s):
    return int(np.floor((n+2*p-f)/s)) + 1
""",
    ],
    "dropout-backward-function": [
        """
mask = (u < p).astype(int)
da = g * mask
da = da / p
da
""",
    ],
    "batchnorm-function": [
        """
def bn(Z, gamma, beta, eps):
    mu = Z.sum(axis=0) / len(Z)
    sigma2 = ((Z - mu)**2).sum(axis=0) / Z.shape[0]
    return gamma * ((Z - mu) / (sigma2 + eps)**0.5) + beta
""",
    ],
    "max-pool-forward-function": [
        """
def pool(X, f, s):
    H, W = X.shape
    return np.array([[X[i:i+f, j:j+f].max() for j in range(0, W-f+1, s)] for i in range(0, H-f+1, s)])
""",
        """
Y = []
i = 0
while i + f <= X.shape[0]:
    row = []
    j = 0
    while j + f <= X.shape[1]:
        biggest = X[i, j]
        for a in range(f):
            for b in range(f):
                if X[i+a, j+b] > biggest:
                    biggest = X[i+a][j+b]
        row.append(biggest)
        j += s
    Y.append(row)
    i += s
Y
""",
    ],
    "conv-backward-function": [
        """
def gradient(X, G, f, s):
    h, w = G.shape
    dW = np.zeros((f, f))
    for a in range(f):
        for b in range(f):
            for i in range(h):
                for j in range(w):
                    dW[a, b] += X[a + s*i, b + s*j] * G[i, j]
    return dW
""",
    ],
}

WRONG |= {
    "conv-forward-function": [
        (
            """
def conv(X, K, p, s):
    n = X.shape[0]
    f = K.shape[0]
    Xp = np.pad(X, p)
    rows = (n + 2*p - f)//s
    cols = (X.shape[1] + 2*p - f)//s
    out = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            out[i, j] = np.sum(Xp[i*s:i*s+f, j*s:j*s+f] * K)
    return out
""",
            "end_one_short",
        ),
        (
            """
f = len(K)
rows = (X.shape[0] - f)//s + 1
cols = (X.shape[1] - f)//s + 1
[[np.sum(X[i*s:i*s+f, j*s:j*s+f] * K) for j in range(cols)] for i in range(rows)]
""",
            "no_padding",
        ),
        (
            """
def conv(X, K, p, s):
    f = K.shape[0]
    P = np.zeros((X.shape[0] + p, X.shape[1] + p))
    P[p:, p:] = X
    return np.array([[(P[i:i+f, j:j+f] * K).sum()
                      for j in range(0, P.shape[1] - f + 1, s)]
                     for i in range(0, P.shape[0] - f + 1, s)])
""",
            "padded_on_one_side",
        ),
    ],
    "max-pool-backward-function": [
        (
            """
def backward(X, G, f, s):
    dX = np.zeros(X.shape)
    for i, row in enumerate(G):
        for j, g in enumerate(row):
            dX[i*s:i*s+f, j*s:j*s+f] += g
    return dX
""",
            "to_all_cells",
        ),
        (
            """
def backward(X, G, f, s):
    dX = np.zeros(X.shape)
    for i in range(len(G)):
        for j in range(len(G[0])):
            window = X[i*s:i*s+f, j*s:j*s+f]
            mask = window == window.max()
            dX[i*s:i*s+f, j*s:j*s+f] += mask * window * G[i, j]
    return dX
""",
            "times_the_entry",
        ),
    ],
    "max-pool-forward-function": [
        (
            """
def pool(X, f, s):
    out = np.zeros(((X.shape[0] - f)//f + 1, (X.shape[1] - f)//f + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = X[i*f:(i+1)*f, j*f:(j+1)*f].max()
    return out
""",
            "stride_is_side",
        ),
        (
            """
[[X[i:i+f, j:j+f].mean() for j in range(0, X.shape[1]-f+1, s)] for i in range(0, X.shape[0]-f+1, s)]
""",
            "mean",
        ),
    ],
    "batchnorm-backward-function": [
        (
            """
def backward(G, Z, gamma, eps):
    out = []
    for j in range(Z.shape[1]):
        out.append(gamma[j] * G[:, j] / np.sqrt(np.var(Z[:, j]) + eps))
    return np.array(out).T
""",
            "constants",
        ),
    ],
    "conv-backward-function": [
        (
            """
dK = np.zeros((f, f))
for i in range(G.shape[0]):
    for j in range(G.shape[1]):
        dK = G[i, j] * X[i*s:i*s+f, j*s:j*s+f]
""",
            "overwritten",
        ),
    ],
}
