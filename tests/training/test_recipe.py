from collections.abc import Callable
from pathlib import Path

import pytest

from toolgrad_local.errors import ConfigError
from toolgrad_local.teacher.profiles import list_profiles
from toolgrad_local.training.chat_template import list_templates, read_template
from toolgrad_local.training.recipe import find_recipe, load_recipe, recipe_files
from toolgrad_local.training.train import count_steps


def test_every_shipped_recipe_is_sound_and_named_like_a_profile() -> None:
    recipes = [load_recipe(file.stem) for file in recipe_files()]
    assert {recipe.name for recipe in recipes} <= {profile.name for profile in list_profiles()}
    assert all(recipe.memory and recipe.description for recipe in recipes)
    assert all(recipe.chat_template in list_templates() and read_template(recipe.chat_template) for recipe in recipes)
    assert any(not recipe.gpu for recipe in recipes)


@pytest.mark.parametrize(
    ("name", "rate", "epochs", "batch", "rank"),
    [("gemma-3-1b", 1e-5, 3, 2, None), ("gemma-3-4b", 5e-6, 2, 4, 64), ("gemma-3-12b", 2e-5, 1, 1, 64)],
)
def test_the_papers_recipes_have_its_numbers(
    name: str, rate: float, epochs: float, batch: int, rank: int | None
) -> None:
    recipe = find_recipe(name)
    assert (recipe.learning_rate, recipe.epochs, recipe.batch * recipe.accumulation) == (rate, epochs, batch)
    assert (recipe.lora.rank if recipe.lora else None) == rank
    assert (recipe.context, recipe.gpu) == (8192, True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"epoch": 2}, "epoch: Extra inputs are not permitted"),
        ({"learning_rate": 0}, "learning_rate: Input should be greater than 0"),
        ({"batch": "two"}, "batch: Input should be a valid integer"),
    ],
)
def test_a_wrong_recipe_is_named_with_its_key(
    recipe_file: Callable[..., Path], changes: dict[str, object], said: str
) -> None:
    path = recipe_file(**changes)
    with pytest.raises(ConfigError) as caught:
        load_recipe(str(path))
    assert str(caught.value).startswith(f"{path}: {said}")
    assert "\n" not in str(caught.value)


def test_an_unknown_recipe_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(ConfigError, match=r"no recipe 'smollm2', did you mean 'smollm2-135m'\? Known: .*gemma-3-12b"):
        load_recipe("smollm2")
    with pytest.raises(ConfigError, match="no recipe named like the model 'qwen3-8b'; give --recipe gemma-3-12b, "):
        find_recipe("qwen3-8b")


@pytest.mark.parametrize(
    ("changes", "sequences", "steps"),
    [
        ({"epochs": 3, "batch": 1, "accumulation": 4}, 10, 9),
        ({"epochs": 3, "batch": 2, "accumulation": 1}, 5, 9),
        ({"epochs": 0.5, "batch": 1, "accumulation": 1}, 5, 3),
        ({"epochs": 3, "batch": 1, "accumulation": 1, "steps": 4}, 5, 4),
    ],
)
def test_steps_are_counted_by_whole_batches(
    recipe_file: Callable[..., Path], changes: dict[str, object], sequences: int, steps: int
) -> None:
    assert count_steps(load_recipe(str(recipe_file(**changes))), sequences) == steps
