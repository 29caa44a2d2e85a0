"""What vLLM says of its load."""

from toolgrad_local.teacher.load import Load, read_load

TWO_ENGINES = """# HELP vllm:num_requests_running Number of requests in model execution batches.
# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{engine="0",model_name="teacher"} 31.0
vllm:num_requests_running{engine="1",model_name="teacher"} 30.0
vllm:num_requests_waiting{engine="0",model_name="teacher"} 2.0
vllm:num_requests_waiting{engine="1",model_name="teacher"} 0.0
vllm:num_requests_waiting_by_reason{engine="0",model_name="teacher",reason="capacity"} 2.0
vllm:kv_cache_usage_perc{engine="0",model_name="teacher"} 0.125
vllm:kv_cache_usage_perc{engine="1",model_name="teacher"} 0.5
vllm:num_preemptions_total{engine="0",model_name="teacher"} 4.0
vllm:num_preemptions_created{engine="0",model_name="teacher"} 1.7645e+09
"""


def test_the_engines_of_a_server_are_added_up() -> None:
    assert read_load(TWO_ENGINES) == Load(running=61, waiting=2, preemptions=4, cache=0.5)


def test_what_is_not_of_vllm_tells_no_load() -> None:
    assert read_load("") is None
    assert read_load("# HELP process_cpu_seconds_total\nprocess_cpu_seconds_total 12.5\n") is None
