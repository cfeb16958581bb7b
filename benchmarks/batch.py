"""`python -m benchmarks.batch IN OUT [...]`: one run of the batch interface, and what it cost, as a line of JSON.

It imports nothing beside what `python -m analysis` does, so that start and memory are those of the interface.
"""

import json
import resource
import sys
import time
from collections.abc import Sequence

from analysis.__main__ import main
from benchmarks.apart import peak


def measured(arguments: Sequence[str]) -> dict[str, float]:
    """Exit code, CPU seconds of this process since it began and of those it started, and its highest memory in MB."""
    code = main(arguments)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"code": code, "cpu": time.process_time() + children.ru_utime + children.ru_stime, "peak": peak()}


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1:])))
