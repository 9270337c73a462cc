"""NumPy's side: a process that answers requests to time a call. One JSON object a line, in and out; the first line out is the versions.

The calls are the fastest way NumPy has for the job on one thread: into an array that is there already wherever the method takes `out`.
"""

import gc
import json
import platform
import sys
from time import perf_counter_ns

import numpy as np

N = 2**20
SAMPLE = 4096


def into(array, fill):
    """Fills one array again and again."""

    def call():
        fill(array)
        return array

    return call


def mask(rng):
    uniform, out, p = np.empty(N, np.float32), np.empty(N, bool), np.float32(0.3)

    def fill():
        rng.random(out=uniform, dtype=np.float32)
        np.less(uniform, p, out=out)
        return out

    return fill


CONTENDERS = {
    "random32": lambda rng: into(np.empty(N, np.float32), lambda a: rng.random(out=a, dtype=np.float32)),
    "random64": lambda rng: into(np.empty(N), lambda a: rng.random(out=a)),
    "normal32": lambda rng: into(np.empty(N, np.float32), lambda a: rng.standard_normal(out=a, dtype=np.float32)),
    "normal64": lambda rng: into(np.empty(N), lambda a: rng.standard_normal(out=a)),
    "mask": mask,
    "binomial": lambda rng: lambda: rng.binomial(1, 0.3, N),
    "integers": lambda rng: lambda: rng.integers(0, 1000, N, dtype=np.int32),
    "permutation": lambda rng: lambda: rng.permutation(N),
    "choice": lambda rng: lambda: rng.choice(3, N, p=[0.3, 0.6, 0.1]),
}


def time_calls(call, ms):
    """Nanoseconds of each call within `ms`, at least 3 calls, after one that does not count; and what the last one drew."""
    call()
    times, spent = [], 0
    while len(times) < 3 or spent < ms * 1e6:
        start = perf_counter_ns()
        drawn = call()
        end = perf_counter_ns()
        times.append(end - start)
        spent += end - start
    return times, drawn


def main():
    def reply(**message):
        print(json.dumps(message), flush=True)

    gc.disable()
    reply(numpy=np.__version__, python=platform.python_version())
    calls = {}
    for line in sys.stdin:
        request = json.loads(line)
        name = request["name"]
        if name not in calls:
            calls[name] = CONTENDERS[name](np.random.default_rng(42))
        times, drawn = time_calls(calls[name], request["ms"])
        sample = drawn[:SAMPLE].astype(float)
        reply(
            nanoseconds=float(np.mean(times) if request["mean"] else np.median(times)),
            statistic=float(np.mean(sample * sample)),
        )


main()
