"""How good clusters are: how far they lie apart, how much they tell, how little they share."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from tools.segmenting.features import Feature
from tools.segmenting.rules import Cells

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Flags = NDArray[numpy.bool_]
    Labels = NDArray[numpy.int64]
    Numbers = NDArray[numpy.float64]


def overlap(cells: Cells, holds: Flags) -> float:
    """The mean, over all pairs, of those in both by those in either."""
    shares = []
    for one, two in combinations(holds, 2):
        either = float(cells.weights[one | two].sum())
        shares.append(float(cells.weights[one & two].sum()) / either if either else 0.0)
    return sum(shares) / len(shares)


def distances(cells: Cells) -> Numbers:
    from sklearn.metrics import pairwise_distances

    found: Numbers = pairwise_distances(cells.columns)
    return found


def silhouette(cells: Cells, clusters: Labels, apart: Numbers) -> float:
    """The mean silhouette of all people; `apart` is how far each cell lies from each."""
    import numpy

    inside = numpy.eye(int(clusters.max()) + 1)[clusters] * cells.weights[:, None]
    sizes = inside.sum(axis=0)
    if (sizes > 0).sum() < 2:
        return 0.0
    places = numpy.arange(len(clusters))
    sums = apart @ inside
    own = sums[places, clusters] / numpy.maximum(sizes[clusters] - 1, 1)
    sums[:, sizes == 0] = numpy.inf
    sums[places, clusters] = numpy.inf
    other = (sums / numpy.maximum(sizes, 1)).min(axis=1)
    alone = sizes[clusters] <= 1
    scores = numpy.where(
        alone, 0.0, (other - own) / numpy.maximum(numpy.maximum(own, other), 1e-12)
    )
    return float(numpy.average(scores, weights=cells.weights))


class Told:
    """How much groups tell of everything else that is known of people."""

    def __init__(self, features: Sequence[Feature]) -> None:
        import numpy

        self._features = features
        self._codes = [
            numpy.eye(int(codes.max()) + 1, dtype=numpy.float32)[codes]
            for codes in (each.codes() for each in features)
        ]
        self._spread = [_entropy(codes.sum(axis=0)) for codes in self._codes]

    def __call__(self, groups: Labels, view: Sequence[Feature]) -> float:
        """The mean share of what is not known of another feature that the group tells, 0 to 1."""
        import numpy

        families = {each.family for each in view}
        named = {field for each in view for field in each.fields if field.kind != "event"}
        inside = numpy.eye(int(groups.max()) + 1, dtype=numpy.float32)[groups]
        sizes = inside.sum(axis=0)
        shares = []
        for feature, codes, spread in zip(self._features, self._codes, self._spread, strict=True):
            if feature.family in families or named & set(feature.fields) or spread <= 0:
                continue
            table = inside.T @ codes
            left = sum(
                float(size) * _entropy(row) for size, row in zip(sizes, table, strict=True)
            ) / float(sizes.sum())
            shares.append((spread - left) / spread)
        return sum(shares) / len(shares) if shares else 0.0


def _entropy(counts: Numbers) -> float:
    import numpy

    shares = counts[counts > 0] / max(float(counts.sum()), 1.0)
    return float(-(shares * numpy.log(shares)).sum())
