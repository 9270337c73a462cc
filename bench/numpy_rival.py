"""NumPy's side: a process that answers requests to time a call. One JSON object a line, in and out; the first line out is the versions.

A request without `ms` makes a contender and calls it once, `drop` lets it go (no answer). A contender is looked up here, or is a `call` as numpy/cases.mjs has it.

The calls are the fastest way NumPy has for the job on one thread: into an array that is there already wherever the method takes `out`.
"""

import gc
import json
import platform
import sys
from functools import cache
from time import perf_counter_ns

import numpy as np

N = 2**20
SAMPLE = 4096
KEEP = 0.8
HE = np.float32((2 / 4096) ** 0.5)


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


def activations():
    """What dropout works on, as in nn/statistics.mjs."""
    return (1 + np.arange(N) % 1000 / 1000).astype(np.float32)


def dropout(rng):
    h, p, n = activations(), KEEP, N
    return lambda: h * (rng.binomial(1, p, n) / p)


@cache
def logits():
    """What is sampled from, to the bit that of nn/logits.mjs."""
    h = np.arange(512 * 50257, dtype=np.uint32) * np.uint32(0x9E3779B1)
    h = (h ^ h >> 16) * np.uint32(0x85EBCA6B)
    h = (h ^ h >> 13) * np.uint32(0xC2B2AE35)
    h ^= h >> 16
    total = (h & 255) + (h >> 8 & 255) + (h >> 16 & 255) + (h >> 24)
    return ((total.astype(np.float32) - 510) / 64).reshape(512, 50257)


def he_normal_out(rng):
    def fill(a):
        rng.standard_normal(out=a, dtype=np.float32)
        np.multiply(a, HE, out=a)

    return into(np.empty((4096, 4096), np.float32), fill)


def categorical(rng):
    x = logits()
    return lambda: np.argmax(x + rng.gumbel(size=x.shape), axis=1)


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
    # what bench/nn compares with: as it is written where no function has it
    "dropout": dropout,
    "he-normal": lambda rng: lambda: rng.standard_normal((4096, 4096), dtype=np.float32) * HE,
    "he-normal-out": he_normal_out,
    "categorical": categorical,
}


def value_of(token):
    """What a token of a call's arguments stands for, see numpy/cases.mjs."""
    if not isinstance(token, dict):
        return token
    if "big" in token:
        return int(token["big"])
    if "linspace" in token:
        return np.linspace(*token["linspace"], N)
    return np.arange(N, dtype=token["dtype"]).reshape(token["arange"])


def called(call):
    """A call that is written as data: see numpy/cases.mjs."""
    kind = getattr(np.random, call["on"])
    rng = kind(getattr(np.random, call["bits"])(42)) if call["on"] == "Generator" else kind(42)
    args, keywords = [value_of(arg) for arg in call["args"]], dict(call["keywords"])
    if "out" in call:
        keywords["out"] = np.empty(N, call["out"])
        if call["method"] != "permuted":
            keywords["dtype"] = np.dtype(call["out"])
    method = getattr(rng, call["method"])
    if not call.get("inPlace"):
        return lambda: method(*args, **keywords)

    def change():
        method(*args, **keywords)
        return args[0]

    return change


def mean_log(drawn):
    """As `meanLog` of numpy/calls.mjs."""
    drawn = np.frombuffer(drawn, np.uint8) if isinstance(drawn, bytes) else np.asarray(drawn)
    return np.mean(np.log1p(np.abs(drawn.ravel()[-SAMPLE:].astype(float))))


def mean_square(drawn):
    sample = drawn.ravel()[:SAMPLE].astype(float)
    return np.mean(sample * sample)


def kept(dropped):
    """The share kept; scaled, all others 0."""
    x = activations()
    at = dropped != 0
    assert np.allclose(dropped[at] * KEEP, x[at], rtol=1e-6), "dropout gave other values"
    return np.mean(at)


STATISTICS = {
    "dropout": kept,
    "categorical": lambda drawn: np.mean(logits()[np.arange(len(drawn)), drawn]),
}


def time_calls(call, ms, slow, few):
    """
    Nanoseconds of each call within `ms`, and what the last one drew: at least 3 calls after one that does not count; of slow ones 1; `few`: 1, after one that
    does not count unless it took `ms` alone.
    """
    if not slow and not few:
        call()
    times, spent, dropped = [], 0, not few
    while len(times) < (1 if slow or few else 3) or spent < ms * 1e6:
        start = perf_counter_ns()
        drawn = call()
        end = perf_counter_ns()
        if not dropped and end - start < ms * 1e6:
            dropped = True
            continue
        times.append(end - start)
        spent += end - start
    return times, drawn


def main():
    def reply(**message):
        print(json.dumps(message), flush=True)

    gc.disable()
    reply(numpy=np.__version__, python=platform.python_version())
    calls, statistics = {}, {}

    def answer(name, call=None, ms=None, mean=False, slow=False, few=False):
        if ms is None:
            calls[name] = called(call) if call else CONTENDERS[name](np.random.default_rng(42))
            statistics[name] = mean_log if call else STATISTICS.get(name, mean_square)
            return {"first": float(statistics[name](calls[name]()))}
        times, drawn = time_calls(calls[name], ms, slow, few)
        return {"nanoseconds": float(np.mean(times) if mean else np.median(times)), "statistic": float(statistics[name](drawn))}

    for line in sys.stdin:
        request = json.loads(line)
        if request.pop("drop", False):
            calls.pop(request["name"], None)
            continue
        try:
            reply(**answer(**request))
        except Exception as error:  # the other contenders go on
            reply(error=f"{type(error).__name__}: {error}")


main()
