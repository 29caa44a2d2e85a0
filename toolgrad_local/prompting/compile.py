"""Has the structured-output backend read every schema of a run before the run starts."""

import importlib
import json
from collections.abc import Iterable
from typing import Any

from toolgrad_local.errors import CatalogError, ToolgradError


def check_schemas(schemas: Iterable[tuple[str, dict[str, Any]]], backend: str) -> None:
    """Raises CatalogError naming each schema that the backend's grammar compiler refuses.

    `schemas` are pairs of what to call it (`tool flights_search`) and the schema. What a compiler
    accepts may still take long against a large vocabulary; vLLM then fails that one request.
    """
    refused = []
    for name, schema in schemas:
        try:
            COMPILERS[backend](json.dumps(schema))
        except (ValueError, RuntimeError, TypeError) as error:
            refused.append(f"{name}: {str(error).splitlines()[0][:120]}")
        except ImportError as error:
            raise ToolgradError(f"backend {backend} is not installed ({error}); run `make setup`") from error
    if refused:
        raise CatalogError(
            f"backend {backend} cannot compile {'; '.join(refused)}; simplify the schema or change `backend`"
        )


def compile_outlines(schema: str) -> None:
    """Outlines' own: the schema becomes one regular expression, and that an automaton; here over single bytes."""
    core: Any = importlib.import_module("outlines_core")
    grammar: Any = importlib.import_module("outlines_core.json_schema")
    core.Index(grammar.build_regex_from_schema(schema), core.Vocabulary(256, {bytes([n]): [n] for n in range(256)}))


def compile_guidance(schema: str) -> None:
    """llguidance."""
    from llguidance import LLMatcher

    error = LLMatcher.validate_grammar(LLMatcher.grammar_from_json_schema(schema))
    if error:
        raise ValueError(error)


def compile_xgrammar(schema: str) -> None:
    """xgrammar."""
    from xgrammar import Grammar

    Grammar.from_json_schema(schema)


COMPILERS = {"outlines": compile_outlines, "guidance": compile_guidance, "xgrammar": compile_xgrammar}
