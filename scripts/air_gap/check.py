"""The air gap, tried: a bundle is made, then installed and used in network namespaces that have nothing but loopback.

    python3 scripts/air_gap/check.py [--bundle BUNDLE.tar] [--folder FOLDER] [--with-network]

Every command runs behind a canary (canary.py) and under two tracers: strace, which sees each system call of each
process, and Python's audit hook, which also sees names that are looked up. Exit code 1 if a command failed, if there
was a way out, or if anything asked for an address beyond loopback, whether or not it could have been reached.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from attempts import Attempt, is_on_this_machine, print_table, read_hook, read_strace

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TEACHER = "smollm2-135m"
CONFIG = f"""
samples: 2
seed: 3
teacher: {TEACHER}
loop: {{iterations: 1, pool_size: 20, drafts: 1}}
"""
TINY_EXPERIMENT = ["--teacher", "scripted", "--samples", "2"]
TINY_EXPORT = ["--format", "trl", "--limit", "6", "--offered", "5", "--split", "0.5"]
TINY_TRAINING = ["--steps", "1", "--limit", "4"]
TINY_EVALUATION = ["--limit", "2", "--max-tokens", "32"]
STRACE = ["strace", "-f", "-Y", "-qq", "-s", "0", "--seccomp-bpf", "-e", "signal=none"]
SYSCALLS = "trace=connect,sendto,sendmsg,sendmmsg,bind"
WALL = ["unshare", "--net", "--map-root-user", "sh", "-c"]
SEALED = 'ip link set lo up && "$1" -I "$2" >"$3" && shift 3 && exec "$@"'
"""The canary first, out of the hook's sight; the command only if it found no way out."""
BAITED = 'ip link set lo up && ip addr add 192.0.2.1/32 dev lo && mount --bind "$2" /etc/hosts && exec "$0" "$1" --bait'


class CheckError(Exception):
    """The check has failed, or cannot be made here: one line."""


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Try the air gap.")
    parser.add_argument("--bundle", type=Path, help="a bundle with the teacher smollm2-135m [it is made]")
    parser.add_argument("--folder", type=Path, help="where to install it, kept [a temporary folder, removed]")
    parser.add_argument(
        "--with-network", action="store_true", help="no wall: what is asked for where there is a network?"
    )
    arguments = parser.parse_args()
    started = time.monotonic()
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="toolgrad-air-gap-"))
    try:
        if not arguments.with_network:
            try_canary(folder)
        bundle = (arguments.bundle or make_bundle()).resolve()
        found = use_bundle(bundle, folder.resolve(), walled=not arguments.with_network)
        report(found, folder if arguments.folder else None)
    except CheckError as error:
        print(f"air gap: {error}", file=sys.stderr)
        return 1
    finally:
        if not arguments.folder:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"air gap: holds, {time.monotonic() - started:.0f} s")
    return 0


def try_canary(folder: Path) -> None:
    """Raises CheckError unless the canary sings where there is a way out, and is silent behind the wall."""
    folder.mkdir(parents=True, exist_ok=True)
    if subprocess.run([*WALL, "ip link set lo up"], capture_output=True, check=False).returncode != 0:
        raise CheckError("this machine lets us make no network namespace (`unshare --net --map-root-user` with `ip`)")
    hosts = folder / "hosts"
    hosts.write_text("192.0.2.1 canary.example\n", encoding="utf-8")
    canary = str(HERE / "canary.py")
    command = [*WALL[:2], "--mount", *WALL[2:], BAITED, sys.executable, canary, str(hosts)]
    baited = subprocess.run(command, capture_output=True, text=True, check=False)
    hosts.unlink()
    outcomes = json.loads(baited.stdout or "{}")
    silent = [probe for probe in ("connection", "name look-up") if not outcomes.get(probe, "").startswith("open")]
    if silent:
        raise CheckError(
            f"the canary does not notice a way out ({', '.join(silent)}): {outcomes} {baited.stderr[-300:]}"
        )
    outside = subprocess.run([sys.executable, canary], capture_output=True, text=True, check=False)
    print(f"canary with a bait: {baited.stdout.strip()}\ncanary on this machine: {outside.stdout.strip()}", flush=True)


def make_bundle() -> Path:
    """By the command that a user has."""
    out = ROOT / "dist"
    run(
        ["make", "bundle", "ACCEL=cpu", f"TEACHER={TEACHER}", f"PYTHON={sys.executable}", f"BUNDLES={out}"],
        "make bundle",
    )
    made = sorted(out.glob(f"toolgrad-local-*-cpu-*-py{sys.version_info[0]}{sys.version_info[1]}-{TEACHER}.tar"))
    return made[-1]


def use_bundle(bundle: Path, folder: Path, walled: bool) -> Counter[Attempt]:
    """Installs it and runs what a user runs. Returns what was asked for."""
    site, logs = folder / "site", folder / "logs"
    for stale in ("site", "logs", "run", "standard", "experiment", "data", "student", "score"):
        shutil.rmtree(folder / stale, ignore_errors=True)
    logs.mkdir(parents=True)
    config = folder / "config.yaml"
    config.write_text(CONFIG, encoding="utf-8")
    subprocess.run(["tar", "--directory", str(folder), "--extract", "--file", str(bundle), "install.py"], check=True)
    tool, out = str(site / ".venv/bin/toolgrad-local"), str(folder / "run")
    other, rows, student, score = (str(folder / name) for name in ("standard", "data", "student", "score"))
    steps = {
        "install": [sys.executable, str(folder / "install.py"), str(bundle), str(site), "--accel", "cpu"],
        "setup": ["make", "-C", str(site), "setup", "ACCEL=cpu", f"PYTHON={sys.executable}"],
        "fetch": [tool, "teacher", "fetch", TEACHER],
        "doctor": [tool, "doctor"],
        "generate": [tool, "generate", "--config", str(config), "--out", out],
        "verify": [tool, "verify", out],
        "baseline": [tool, "baseline", "standard", "--config", str(config), "--out", other],
        "compare": [tool, "compare", out, other],
        "experiment": [tool, "experiment", "selector", *TINY_EXPERIMENT, "--out", str(folder / "experiment")],
        "export": [tool, "export", str(site / "examples/run"), *TINY_EXPORT, "--out", rows],
        "train": [tool, "train", "--model", TEACHER, "--data", rows, *TINY_TRAINING, "--out", student],
        "evaluate": [tool, "evaluate", "--model", student, "--data", rows, "--out", score, *TINY_EVALUATION],
    }
    found: Counter[Attempt] = Counter()
    for step, command in steps.items():
        found += run_traced(step, command, folder, walled)
    return found


def run_traced(step: str, command: list[str], folder: Path, walled: bool) -> Counter[Attempt]:
    """One command behind the wall. Returns what it asked for."""
    trace, hook, canary = (folder / "logs" / f"{step}.{kind}" for kind in ("strace", "hook", "canary"))
    has_strace = shutil.which("strace") is not None
    traced = [*STRACE, "-o", str(trace), "-e", SYSCALLS, *command] if has_strace else command
    wall = [*WALL, SEALED, "sh", sys.executable, str(HERE / "canary.py"), str(canary)]
    environment = {
        "TOOLGRAD_HOME": str(folder / "home"),
        "PYTHONPATH": str(HERE / "hook"),
        "AIR_GAP_HOOK": str(hook),
    }
    run([*wall, *traced] if walled else traced, step, environment)
    return read_hook(hook, step) + (read_strace(trace, step) if has_strace else Counter())


def run(command: list[str], step: str, environment: dict[str, str] | None = None) -> None:
    """Raises CheckError if it fails; what it prints is shown."""
    started = time.monotonic()
    print(f"--- {step}", flush=True)
    done = subprocess.run(command, env=os.environ | (environment or {}), stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise CheckError(f"{step} ended with {done.returncode}")
    print(f"--- {step}: {time.monotonic() - started:.0f} s", flush=True)


def describe(found: Counter[Attempt], folder: Path) -> dict[str, object]:
    """The addresses that each step's programs asked for, as strings; a program in the folder without its place."""
    place = f"{folder.resolve()}/"
    rows = [[*(part.replace(place, "") for part in attempt), str(times)] for attempt, times in sorted(found.items())]
    return {"title": "Addresses asked for", "columns": [*Attempt._fields, "times"], "rows": rows}


def report(found: Counter[Attempt], folder: Path | None) -> None:
    """The table, and in the folder what `bench --add` takes. Raises CheckError if anything leads away."""
    print("addresses asked for, by step, tracer, program and call, with how often:")
    if shutil.which("strace") is None:
        print("  (there is no strace here: only what Python code asked for is known)")
    print_table(found)
    away = sorted({attempt.address for attempt in found if not is_on_this_machine(attempt.address)})
    if folder is not None:
        result = {
            "command": "make air-gap",
            "connections_tried": found.total(),
            "connections_beyond_loopback": sum(found[a] for a in found if a.address in away),
            "tables": [describe(found, folder)],
        }
        (folder / "connections.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if away:
        raise CheckError(f"asked for beyond loopback: {', '.join(away)}")
    if not found:
        raise CheckError("the tracers saw nothing, not even the teacher on loopback: they do not work here")


if __name__ == "__main__":
    sys.exit(main())
