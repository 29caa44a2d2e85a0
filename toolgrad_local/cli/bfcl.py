"""`toolgrad-local bfcl`"""

import tempfile
from contextlib import ExitStack
from pathlib import Path

import click


@click.command()
@click.option("--model", metavar="PROFILE|FOLDER", required=True, help="The model.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for answers, scorecard and page; resumes.")
@click.option("--categories", metavar="NAME,...", help="Which of the leaderboard's [all of Python, single turn].")
@click.option("--limit", type=click.IntRange(1), help="Questions of each category, drawn by their ids [all].")
@click.option("--max-tokens", type=click.IntRange(16), default=512, help="Tokens of a reply at most [512].")
@click.option("--chat-template", metavar="NAME|FILE", help="Another chat template; hermes is bundled [its own].")
@click.option("--calls", metavar="FORMAT", help="How it writes calls: hermes, mistral, json or pythonic [found].")
@click.option("--constrained", is_flag=True, help="Hold each reply to a schema: calls of offered tools, or an answer.")
@click.option("--against", type=click.Path(path_type=Path), help="Another evaluation of the same: a paired test.")
@click.option("--json", "as_json", is_flag=True, help="Print the scorecard as JSON.")
def bfcl(
    model: str,
    out: Path | None,
    categories: str | None,
    limit: int | None,
    max_tokens: int,
    chat_template: str | None,
    calls: str | None,
    constrained: bool,
    against: Path | None,
    as_json: bool,
) -> None:
    """Evaluate a model on the Berkeley Function Calling Leaderboard, with its own data and checker, offline."""
    from toolgrad_local.cli.evaluate import print_result
    from toolgrad_local.data_model.exchange import Sampling
    from toolgrad_local.evaluation.against import compare
    from toolgrad_local.evaluation.bfcl import choose_categories, find_python, load_questions
    from toolgrad_local.evaluation.bfcl_run import evaluate_bfcl, write_bfcl_page
    from toolgrad_local.evaluation.progress import View
    from toolgrad_local.evaluation.settings import Settings
    from toolgrad_local.evaluation.subject import open_subject
    from toolgrad_local.evaluation.write import write_scores

    chosen = choose_categories(categories)
    python = find_python()
    subject = open_subject(model, chat_template, calls, constrained)
    version, questions = load_questions(python, chosen, limit)
    settings = Settings(
        model=subject.name,
        weights=subject.digest,
        calls=subject.calls,
        template=subject.template,
        parallel=subject.parallel,
        data=f"bfcl-eval {version}",
        split=",".join(chosen),
        limit=limit,
        turns=1,
        sampling=Sampling(temperature=0.0, max_tokens=max_tokens),
    )
    with ExitStack() as stack:
        folder = out or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="toolgrad-")))
        with View() as view:
            result = evaluate_bfcl(subject, python, questions, settings, folder, view)
        comparison = compare(result.scorecard, result.scores, against) if against else None
        if out is not None:
            write_scores(out, result.scorecard, result.scores, comparison)
            write_bfcl_page(out, result, questions)
    print_result(result.scorecard, comparison, as_json)
