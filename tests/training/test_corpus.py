"""What may be trained on together, and what is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from toolgrad_local.errors import ConfigError
from toolgrad_local.export.row import group_of, kind_of
from toolgrad_local.generation.manifest import hash_file
from toolgrad_local.training.corpus import describe_sources, read_corpus

Maker = Callable[..., Path]


def test_every_kind_of_row_is_read_and_told_apart_by_split(dataset: Path) -> None:
    corpus = read_corpus([dataset], None, 0)
    lines = (dataset / "data" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    assert [row.row.id for row in corpus.train] == [json.loads(line)["id"] for line in lines]
    assert {kind_of(row.row.id) for row in corpus.train} > {"positive"}
    assert corpus.digest == hash_file(dataset / "dataset.json")
    (source,) = describe_sources(corpus, corpus.train)
    assert source.groups == tuple(sorted({group_of(row.row.id) for row in corpus.train}))
    assert not {group_of(row.row.id) for row in corpus.test} & set(source.groups)


def test_a_limit_draws_rows_by_the_seed(dataset: Path) -> None:
    drawn = [[row.row.id for row in read_corpus([dataset], 2, seed).train] for seed in (0, 0, 1, 2, 3)]
    assert drawn[0] == drawn[1]
    assert {len(rows) for rows in drawn} == {2}
    assert len({tuple(rows) for rows in drawn}) > 1


def test_data_sets_whose_splits_share_a_workflow_are_not_mixed(dataset: Path, make_dataset: Maker) -> None:
    other = make_dataset(seed=1, limit=None, split=0.9, negatives=0)
    with pytest.raises(ConfigError, match=r"the workflow w\d+ is trained on in .* and tested on in "):
        read_corpus([dataset, other], None, 0)


def test_data_sets_without_a_common_workflow_are_mixed(make_dataset: Maker) -> None:
    whole, rows = make_dataset(split=0.0, limit=3), make_dataset(split=0.0, limit=3, seed=3, negatives=0)
    corpus = read_corpus([whole, rows], None, 0)
    assert len(corpus.train) == sum(len(source.train) for source in corpus.sources)
    assert corpus.digest not in {source.digest for source in corpus.sources}
    with pytest.raises(ConfigError, match="the same data set is given twice"):
        read_corpus([whole, whole], None, 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(lambda f: (f / "dataset.json").unlink(), "is no data set: it has no dataset.json", id="no record"),
        pytest.param(
            lambda f: (f / "data" / "train.jsonl").write_text("{}\n"), r"data/train\.jsonl: changed since", id="changed"
        ),
        pytest.param(lambda f: (f / "data" / "test.jsonl").unlink(), r"data/test\.jsonl: missing", id="missing"),
    ],
)
def test_a_data_set_that_is_not_whole_is_refused(
    change: Callable[[Path], object], said: str, make_dataset: Maker
) -> None:
    folder = make_dataset(limit=2, split=0.5, negatives=0)
    change(folder)
    with pytest.raises(ConfigError, match=said):
        read_corpus([folder], None, 0)


def test_another_format_is_refused_with_the_one_to_export(make_dataset: Maker) -> None:
    folder = make_dataset(limit=2, split=0.5, negatives=0, format="openai")
    with pytest.raises(ConfigError, match="has the format openai; export the run with --format trl"):
        read_corpus([folder], None, 0)


def test_a_data_set_without_rows_to_train_on_is_refused(make_dataset: Maker) -> None:
    with pytest.raises(ConfigError, match="has no rows to train on; export it with a --split below 1"):
        read_corpus([make_dataset(limit=2, split=1.0, negatives=0)], None, 0)
