"""Renders a stage's messages from its Jinja file under prompts/."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateNotFound, UndefinedError
from jinja2.meta import find_referenced_templates
from jinja2.sandbox import SandboxedEnvironment

from toolgrad_local.assets import asset_folder
from toolgrad_local.data_model.exchange import Message, Stage
from toolgrad_local.errors import PromptError

MOST_SYSTEMS = 256
"""System messages that are kept: a solver of a sample that saw several pools has one of its own."""


class Prompts:
    """The prompt files of a folder; each has a block `system` and a block `user`."""

    def __init__(self, folder: Path | None = None) -> None:
        """None: the folder that ships with this package."""
        self.folder = folder or asset_folder("prompts")
        self._environment = SandboxedEnvironment(
            loader=FileSystemLoader(self.folder),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
        )
        self._systems: dict[tuple[str, tuple[str, ...]], Message] = {}

    def render(self, stage: Stage, **variables: Any) -> tuple[Message, ...]:
        """The system and user message of a stage. Raises PromptError for a file or variable that is missing.

        The system message, which many requests share, knows no other variable than `tools`, and is made once for them.
        """
        try:
            template = self._environment.get_template(f"{stage}.jinja")
            place = (stage, tuple(variables.get("tools", ())))
            if place not in self._systems:
                if len(self._systems) == MOST_SYSTEMS:
                    del self._systems[next(iter(self._systems))]
                content = render_block(template, "system", {"tools": place[1]})
                self._systems[place] = Message(role="system", content=content)
            user = Message(role="user", content=render_block(template, "user", variables))
        except TemplateNotFound as error:
            raise PromptError(f"no prompt {error} in {self.folder}") from error
        except KeyError as error:
            raise PromptError(f"{self.folder}/{stage}.jinja has no block {error}") from error
        except UndefinedError as error:
            raise PromptError(f"{self.folder}/{stage}.jinja: {error}") from error
        return self._systems[place], user

    def digest(self, stages: Iterable[Stage]) -> str:
        """SHA-256 over the names and texts of the files of these stages, and of those that they include."""
        total = hashlib.sha256()
        for name in sorted(self._find_files(f"{stage}.jinja" for stage in stages)):
            total.update(name.encode() + b"\0" + hashlib.sha256((self.folder / name).read_bytes()).digest())
        return total.hexdigest()

    def _find_files(self, names: Iterable[str]) -> set[str]:
        found: set[str] = set()
        left = set(names)
        while left:
            found |= left
            texts = [(self.folder / name).read_text(encoding="utf-8") for name in left]
            included = {name for text in texts for name in find_referenced_templates(self._environment.parse(text))}
            left = {name for name in included if name is not None} - found
        return found


def render_block(template: Template, block: str, variables: dict[str, Any]) -> str:
    """One block of a prompt file, without space around it."""
    return "".join(template.blocks[block](template.new_context(variables))).strip()
