"""What rows are made with."""

from dataclasses import dataclass, field, replace

from toolgrad_local.catalog.affinity import Affinity
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.negatives.options import ExampleOptions
from toolgrad_local.negatives.ranking import Ranking, Similarity
from toolgrad_local.negatives.stand_in import Judge, close_equivalence


@dataclass(frozen=True)
class Bench:
    """A catalog and what is known about its tools; opened once for a data set."""

    catalog: Catalog
    options: ExampleOptions
    ranking: Ranking
    affinity: Affinity
    equivalents: dict[str, frozenset[str]]
    judges: dict[int, Judge] = field(default_factory=dict)
    """By sample; they keep verdicts, not worlds."""

    def judge(self, trajectory: Trajectory) -> Judge:
        """A judge that knows the verdicts which earlier rows of the sample needed, and holds worlds of its own."""
        kept = self.judges.setdefault(trajectory.sample, Judge(trajectory, self.catalog, self.equivalents))
        return replace(kept)


def open_bench(catalog: Catalog, options: ExampleOptions, similarity: Similarity) -> Bench:
    """Reads the whole catalog once."""
    ranking, affinity = similarity.rank(catalog), Affinity(catalog.domains)
    return Bench(catalog, options, ranking, affinity, close_equivalence(catalog))
