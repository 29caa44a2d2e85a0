"""How long each structured-output library takes to compile schemas against a tokenizer, in this process."""

import importlib
import json
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from toolgrad_local.data_model.profile import Backend

DISTRIBUTIONS: dict[Backend, str] = {"outlines": "outlines_core", "guidance": "llguidance", "xgrammar": "xgrammar"}
"""The backend's name in a profile, and the package (and module) that does the work."""
SAMPLE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "city": {"type": "string"},
        "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "units": {"type": "string", "enum": ["metric", "imperial"]},
        "days": {"type": "integer"},
        "details": {"type": "boolean"},
    },
    "required": ["city", "date", "units", "days", "details"],
    "additionalProperties": False,
}
"""Arguments of a usual tool."""


def find_backend(backend: Backend) -> str | None:
    """Package and version, None where it is not installed or cannot be imported."""
    package = DISTRIBUTIONS[backend]
    try:
        importlib.import_module(package)
        return f"{package} {version(package)}"
    except (ImportError, PackageNotFoundError):
        return None


def load_tokenizer(folder: Path) -> Any:
    """The teacher's tokenizer. Raises OSError or ValueError for a folder that transformers cannot read."""
    from transformers import AutoTokenizer

    loader: Any = AutoTokenizer
    return loader.from_pretrained(str(folder), local_files_only=True)


def measure_compile(backend: Backend, tokenizer: Any, folder: Path) -> float:
    """Seconds for the sample schema, the vocabulary being prepared already."""
    return time_compiles(backend, tokenizer, folder, [json.dumps(SAMPLE_SCHEMA)])[0]


def time_compiles(backend: Backend, tokenizer: Any, folder: Path, schemas: Sequence[str]) -> list[float]:
    """Seconds for each schema, given as JSON, one after another on one thread; the vocabulary is prepared already."""
    compile_schema = prepare_compiler(backend, tokenizer, folder)
    seconds = []
    for schema in schemas:
        start = time.perf_counter()
        compile_schema(schema)
        seconds.append(time.perf_counter() - start)
    return seconds


def prepare_compiler(backend: Backend, tokenizer: Any, folder: Path) -> Callable[[str], object]:
    """What compiles a schema for the tokenizer. `folder`: where its tokenizer.json is."""
    if backend == "outlines":
        return prepare_outlines(tokenizer)
    if backend == "guidance":
        return prepare_guidance(folder)
    return prepare_xgrammar(tokenizer)


def prepare_outlines(tokenizer: Any) -> Callable[[str], object]:
    """The vocabulary; a schema becomes a regex, and outlines_core's index."""
    core: Any = importlib.import_module("outlines_core")
    special = set(tokenizer.all_special_tokens)
    tokens: dict[str | bytes, list[int]] = {}
    for token, number in tokenizer.get_vocab().items():
        text = tokenizer.convert_tokens_to_string([token])
        if token not in special and text:
            tokens.setdefault(text, []).append(number)
    return partial(compile_outlines, core.Vocabulary(tokenizer.eos_token_id, tokens))


def compile_outlines(vocabulary: Any, schema: str) -> object:
    """The index."""
    core: Any = importlib.import_module("outlines_core")
    grammar: Any = importlib.import_module("outlines_core.json_schema")
    return core.Index(grammar.build_regex_from_schema(schema), vocabulary)


def prepare_guidance(folder: Path) -> Callable[[str], object]:
    """llguidance's view of the tokenizer."""
    import llguidance

    return partial(compile_guidance, llguidance.LLTokenizer(str(folder / "tokenizer.json")))


def compile_guidance(tokenizer: Any, schema: str) -> object:
    """llguidance's matcher. Raises ValueError for a schema that it refuses."""
    import llguidance

    matcher = llguidance.LLMatcher(tokenizer, llguidance.LLMatcher.grammar_from_json_schema(schema))
    if matcher.is_error():
        raise ValueError(matcher.get_error())
    return matcher


def prepare_xgrammar(tokenizer: Any) -> Callable[[str], object]:
    """xgrammar's compiler."""
    import xgrammar

    compiler = xgrammar.GrammarCompiler(xgrammar.TokenizerInfo.from_huggingface(tokenizer))
    compile_schema: Callable[[str], object] = compiler.compile_json_schema
    return compile_schema
