"""What the report compares a run with: figures of ToolGrad that have a source.

Rates and counts are those that the paper states (arXiv 2508.04086). The paper states no diversity of its queries. What
is known of their style is measured here on the three example outputs that its repository publishes
(github.com/zhongyi-zhou/toolgrad at c9544f8, `examples/example_outputs` and `examples/example_outputs_mcp`), with the
same counting as for a run. Three queries are too few for distinct-n or self-similarity.
"""

from toolgrad_local.data_model.base import Data


class PaperRun(Data):
    """A data set of the paper."""

    name: str
    teacher: str
    pass_rate: float
    """At least one accepted call: the loose meaning."""
    tools_a_sample: float
    teacher_calls_a_sample: float
    tool_calls_a_sample: float | None
    """None where the paper does not say."""


class PaperQuery(Data):
    """Measures of one published example query."""

    file: str
    calls: int
    words: int
    sentences: int
    paragraphs: int
    opening: str


class Paper(Data):
    """Everything of the paper that the page shows."""

    runs: tuple[PaperRun, ...]
    queries: tuple[PaperQuery, ...]


PAPER = Paper(
    runs=(
        PaperRun(
            name="ToolGrad-5K, v1",
            teacher="gpt-4.1-mini",
            pass_rate=1.0,
            tools_a_sample=6.1,
            teacher_calls_a_sample=45.9,
            tool_calls_a_sample=None,
        ),
        PaperRun(
            name="ToolGrad-500, v2/v3",
            teacher="gemini-2.5-flash-lite",
            pass_rate=0.998,
            tools_a_sample=3.4,
            teacher_calls_a_sample=63.9,
            tool_calls_a_sample=20.0,
        ),
    ),
    queries=(
        PaperQuery(
            file="seed=123__iter=5__num_apis=50", calls=4, words=53, sentences=2, paragraphs=1, opening="can you"
        ),
        PaperQuery(
            file="seed=123__iter=3__num_apis=5", calls=3, words=34, sentences=1, paragraphs=1, opening="can you"
        ),
        PaperQuery(
            file="mcp, seed=123__iter=3__num_apis=5", calls=2, words=31, sentences=2, paragraphs=1, opening="i'm trying"
        ),
    ),
)
