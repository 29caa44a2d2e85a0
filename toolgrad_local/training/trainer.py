"""TRL's trainer as we use it: rows come as tokens, nothing is reported anywhere, the loss looks at answers alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from toolgrad_local.teacher.hardware import gpu_names, resolve_dtype
from toolgrad_local.training.checkpoints import KEPT
from toolgrad_local.training.recipe import Lora, Recipe
from toolgrad_local.training.student import Student
from toolgrad_local.training.tokens import UNLABELLED, TokenSequence
from toolgrad_local.training.watch import Watch

PICTURE_PARTS = ("vision_tower", "multi_modal_projector")


def make_trainer(
    student: Student,
    tokenizer: Any,
    recipe: Recipe,
    steps: int,
    train: Sequence[TokenSequence],
    test: Sequence[TokenSequence],
    checkpoints: Path,
    watch: Watch,
) -> Any:
    """An SFTTrainer that is ready to train; `watch` is told what happens."""
    from transformers import TrainerCallback
    from transformers.trainer_callback import PrinterCallback
    from trl.trainer.sft_trainer import SFTTrainer

    model = load_model(student, recipe)
    own = {"create_model_card": do_nothing} | ({} if gpu_names() else {"compute_loss": compute_answer_loss})
    trainer: Any = type("AnswerTrainer", (SFTTrainer,), own)(
        model=model,
        args=make_settings(recipe, steps, checkpoints, has_test=bool(test), fresh=not watch.step),
        train_dataset=make_dataset(train),
        eval_dataset=make_dataset(test) if test else None,
        processing_class=tokenizer,
        peft_config=make_lora(recipe.lora, model) if recipe.lora else None,
    )
    trainer.remove_callback(PrinterCallback)
    trainer.add_callback(type("Watcher", (TrainerCallback,), watch.handlers())())
    return trainer


def load_model(student: Student, recipe: Recipe) -> Any:
    """The model out of safetensors files; in float32 if all its weights are trained, which small steps need."""
    from transformers import AutoModelForCausalLM

    dtype = "auto" if recipe.lora and resolve_dtype("auto") == "bfloat16" else "float32"
    return AutoModelForCausalLM.from_pretrained(
        str(student.folder), dtype=dtype, use_safetensors=True, trust_remote_code=False, local_files_only=True
    )


def make_settings(recipe: Recipe, steps: int, checkpoints: Path, *, has_test: bool, fresh: bool) -> Any:
    """The trainer's arguments. When to save and when to look at the test split, the watch says."""
    from trl.trainer.sft_config import SFTConfig

    on_gpu = bool(gpu_names())
    return SFTConfig(
        output_dir=str(checkpoints),
        max_steps=steps,
        per_device_train_batch_size=recipe.batch,
        per_device_eval_batch_size=recipe.batch,
        gradient_accumulation_steps=recipe.accumulation,
        learning_rate=recipe.learning_rate,
        lr_scheduler_type="constant",
        weight_decay=0.0,
        seed=recipe.seed,
        data_seed=recipe.seed,
        bf16=resolve_dtype("auto") == "bfloat16",
        use_cpu=not on_gpu,
        gradient_checkpointing=on_gpu,
        dataloader_pin_memory=on_gpu,
        max_length=None,
        packing=False,
        dataset_kwargs={"skip_prepare_dataset": True},
        include_num_input_tokens_seen="non_padding",
        logging_steps=1,
        logging_nan_inf_filter=False,
        save_strategy="no",
        save_total_limit=KEPT,
        eval_on_start=has_test and fresh,
        prediction_loss_only=True,
        report_to="none",
        disable_tqdm=True,
    )


def make_dataset(sequences: Sequence[TokenSequence]) -> Any:
    """The sequences as the library's table, in memory."""
    from datasets import Dataset

    return Dataset.from_dict({"input_ids": [s.input_ids for s in sequences], "labels": [s.labels for s in sequences]})


def make_lora(lora: Lora, model: Any) -> Any:
    """Adapters for the language model; a picture encoder is left alone."""
    from peft import LoraConfig

    sees = any(part in name for name, _ in model.named_modules() for part in PICTURE_PARTS)
    return LoraConfig(
        task_type="CAUSAL_LM",
        r=lora.rank,
        lora_alpha=lora.alpha,
        lora_dropout=lora.dropout,
        target_modules="all-linear",
        exclude_modules=rf".*({'|'.join(PICTURE_PARTS)}).*" if sees else None,
    )


def compute_answer_loss(
    trainer: Any, model: Any, inputs: dict[str, Any], return_outputs: bool = False, num_items_in_batch: Any = None
) -> Any:
    """Cross entropy where an answer is written; takes the place of `SFTTrainer.compute_loss` on a CPU.

    TRL's computes the vocabulary's scores of every token there (on a GPU it does not), though few bear loss.
    """
    import torch

    labels = inputs.pop("labels")[:, 1:]
    places = (labels != UNLABELLED).any(dim=0).nonzero().squeeze(1)
    scores = model(**inputs, use_cache=False, logits_to_keep=places).logits
    wanted = labels[:, places]
    total = torch.nn.functional.cross_entropy(
        scores.float().flatten(0, 1), wanted.flatten(), ignore_index=UNLABELLED, reduction="sum"
    )
    count = (wanted != UNLABELLED).sum() if num_items_in_batch is None else num_items_in_batch
    return total / torch.as_tensor(count).clamp(min=1)


def do_nothing(trainer: Any, *unused: Any, **unused_too: Any) -> None:
    """Instead of a model card in the folder of checkpoints."""
