"""What a manifest keeps is what the run used."""

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.generation.assemble import make_manifest, sampling_of
from toolgrad_local.generation.manifest import Manifest
from toolgrad_local.prompting.render import Prompts
from toolgrad_local.teacher.profiles import list_profiles


@pytest.mark.parametrize("profile", list_profiles(), ids=lambda profile: profile.name)
def test_a_manifest_gives_back_the_sampling_that_the_run_asked_with(profile: TeacherProfile, catalog: Catalog) -> None:
    config = RunConfig(teacher=profile.name, styles=None)
    made = make_manifest(config, profile, "digest", catalog, Prompts())
    read = Manifest.model_validate_json(made.model_dump_json())
    assert sampling_of(read.profile) == sampling_of(profile)
    assert read == made
