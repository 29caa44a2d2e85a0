"""How fast this processor multiplies in bfloat16 and in float32, the sizes being one layer of the 1.5B teacher.

Run: .venv/bin/python benchmarks/dtype.py
"""

import statistics
import time

import torch

IN, OUT = 1536, 8960
"""Width of the residual stream and of the feed-forward layer of Qwen2.5 1.5B."""
ROUNDS = 9


def time_linear(rows: int, dtype: torch.dtype) -> float:
    """Seconds of one product, the median of several."""
    values, weight = torch.randn(rows, IN).to(dtype), torch.randn(OUT, IN).to(dtype)
    torch.nn.functional.linear(values, weight)
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        torch.nn.functional.linear(values, weight)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def main() -> None:
    """Print float32 against bfloat16, side by side in one run."""
    print(f"{torch.backends.cpu.get_cpu_capability()}, {torch.get_num_threads()} threads")
    print(f"{'rows':>5} {'bfloat16 ms':>12} {'float32 ms':>11} {'ratio':>6}")
    for rows in (1, 8, 32, 256):
        narrow, wide = time_linear(rows, torch.bfloat16), time_linear(rows, torch.float32)
        print(f"{rows:5d} {narrow * 1e3:12.1f} {wide * 1e3:11.1f} {narrow / wide:6.1f}")


if __name__ == "__main__":
    main()
