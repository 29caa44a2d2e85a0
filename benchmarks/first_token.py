"""Would a trained student rather call or decline? What it thinks of the first token of each right answer that declines.

    .venv/bin/python benchmarks/first_token.py STUDENT DATA

STUDENT is a folder that `toolgrad-local train` wrote, DATA one of `export --format trl`. A line a split and kind: rows,
loss of the answer's first token, mean loss of its others (nats), and how likely the first token of a call is in its
place. Below it a line a row: the first tokens that the student finds likeliest.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean
from typing import Any

from toolgrad_local.export.row import kind_of
from toolgrad_local.export.split import SPLITS

CALL = "<tool_call>"
SHOWN = 5
"""First tokens told of a row."""
Measured = tuple[float, float, float]
"""Loss of the first token, mean loss of the others, probability of a call."""


def main(student: Path, data: Path) -> None:
    """Measure the rows whose right answer calls nothing, and print a table."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer: Any = AutoTokenizer.from_pretrained(str(student), local_files_only=True)
    model: Any = AutoModelForCausalLM.from_pretrained(str(student), use_safetensors=True, local_files_only=True)
    print(f"{'split':6} {'kind':18} rows  first  others  a call")
    for split in SPLITS:
        found: dict[str, list[tuple[Measured, str]]] = defaultdict(list)
        for line in (data / "data" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if kind_of(row["id"]) != "positive":
                found[kind_of(row["id"])].append(measure(model, tokenizer, row))
        for kind, rows in found.items():
            first, others, call = (mean(column) for column in zip(*(figures for figures, _ in rows), strict=True))
            print(f"{split:6} {kind:18} {len(rows):4} {first:6.2f} {others:7.2f} {call:7.0%}")
            print(*(f"       {likeliest}" for _, likeliest in rows), sep="\n")


def measure(model: Any, tokenizer: Any, row: dict[str, Any]) -> tuple[Measured, str]:
    """Of one row; and its likeliest first tokens, as text."""
    import torch

    messages, tools = row["messages"], row["tools"]
    asked = tokenizer.apply_chat_template(messages[:-1], tools=tools, add_generation_prompt=True, tokenize=False)
    whole = tokenizer.apply_chat_template(messages, tools=tools, tokenize=False)
    start = len(tokenizer(asked, add_special_tokens=False).input_ids)
    ids = tokenizer(whole, add_special_tokens=False, return_tensors="pt").input_ids
    answer = ids[0, start:]
    with torch.no_grad():
        scores = model(ids, logits_to_keep=len(answer) + 1).logits[0].float().log_softmax(-1)
    losses = -scores[torch.arange(len(answer)), answer]
    call = tokenizer(CALL, add_special_tokens=False).input_ids[0]
    top = scores[0].exp().topk(SHOWN)
    told = ", ".join(f"{tokenizer.decode([i])} {p:.0%}" for p, i in zip(top.values, top.indices.tolist(), strict=True))
    return (losses[0].item(), losses[1:].mean().item(), scores[0, call].exp().item()), f"{row['id']}: {told}"


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
