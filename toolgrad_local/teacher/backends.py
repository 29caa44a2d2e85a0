"""How long each structured-output library takes to compile one schema against a tokenizer, in this process."""

import importlib
import json
import time
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
    if backend == "outlines":
        return measure_outlines(tokenizer)
    if backend == "guidance":
        return measure_guidance(folder)
    return measure_xgrammar(tokenizer)


def measure_outlines(tokenizer: Any) -> float:
    """Seconds to build the regex and outlines_core's index."""
    core: Any = importlib.import_module("outlines_core")
    grammar: Any = importlib.import_module("outlines_core.json_schema")
    special = set(tokenizer.all_special_tokens)
    tokens: dict[str | bytes, list[int]] = {}
    for token, number in tokenizer.get_vocab().items():
        text = tokenizer.convert_tokens_to_string([token])
        if token not in special and text:
            tokens.setdefault(text, []).append(number)
    vocabulary = core.Vocabulary(tokenizer.eos_token_id, tokens)
    start = time.perf_counter()
    core.Index(grammar.build_regex_from_schema(json.dumps(SAMPLE_SCHEMA)), vocabulary)
    return time.perf_counter() - start


def measure_guidance(folder: Path) -> float:
    """Seconds to build llguidance's matcher."""
    import llguidance

    tokenizer = llguidance.LLTokenizer(str(folder / "tokenizer.json"))
    start = time.perf_counter()
    matcher = llguidance.LLMatcher(tokenizer, llguidance.LLMatcher.grammar_from_json_schema(json.dumps(SAMPLE_SCHEMA)))
    if matcher.is_error():
        raise ValueError(matcher.get_error())
    return time.perf_counter() - start


def measure_xgrammar(tokenizer: Any) -> float:
    """Seconds for xgrammar's compiler."""
    import xgrammar

    compiler = xgrammar.GrammarCompiler(xgrammar.TokenizerInfo.from_huggingface(tokenizer))
    start = time.perf_counter()
    compiler.compile_json_schema(json.dumps(SAMPLE_SCHEMA))
    return time.perf_counter() - start
