"""The measured process of the memory figure: `python -m toolgrad_local.bench.memory_child SETTINGS` prints JSON."""

import asyncio
import json
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

from toolgrad_local.catalog.loader import Catalog, load_catalog
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.generation.claim import claim_folder
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.generate import generate, open_scripted
from toolgrad_local.generation.meter import Meter
from toolgrad_local.generation.stopping import StopRequest

READ_SECONDS = 0.05


class Watch:
    """Reads this process's resident memory from a thread, as the run goes on."""

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.tenth = self.grown = self.end = 0
        """Bytes: when a tenth of the samples was done, when all were, and the most since then."""
        self.done = threading.Event()

    def watch(self) -> None:
        """Until told that all is done."""
        while not self.done.wait(READ_SECONDS):
            self.read()

    def read(self) -> None:
        """One reading."""
        resident = read_resident()
        if not self.tenth and self.meter.samples_done * 10 >= self.meter.samples:
            self.tenth = resident
        if self.meter.samples_done >= self.meter.samples:
            self.grown = self.grown or resident
            self.end = max(self.end, resident)


def read_resident() -> int:
    """Resident memory of this process in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def measure(config: RunConfig, catalog: Catalog, width: int) -> dict[str, float]:
    """A run as the command makes it, outputs and summary included."""
    meter = Meter(config.samples, config.loop)
    watch = Watch(meter)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="toolgrad-bench-") as name:
        folder = RunFolder(Path(name))
        claim_folder(folder, config, None, None, catalog)
        thread = threading.Thread(target=watch.watch)
        thread.start()
        try:
            asyncio.run(generate(folder, config, None, catalog, open_scripted, width, meter, StopRequest(meter.tell)))
            watch.read()
        finally:
            watch.done.set()
            thread.join()
    seconds = time.perf_counter() - started
    return {"tenth": watch.tenth, "grown": watch.grown, "end": watch.end, "seconds": seconds}


def main() -> None:
    """Measure and print."""
    settings = json.loads(sys.argv[1])
    print(json.dumps(measure(RunConfig.model_validate(settings["config"]), load_catalog(), settings["width"])))


if __name__ == "__main__":
    main()
