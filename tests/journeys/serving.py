"""Web server and worker as ``serve`` runs them: ``python -m tests.journeys.serving``.

Ends both on SIGTERM and, on Linux, when whoever started it is gone.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

from safeguard.supervisor import MEMORY, PR_SET_PDEATHSIG, Supervisor, commands


def main() -> int:
    """Run both until asked to stop; beat stays away, so that nothing happens unasked."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    wanted = commands(Path(os.environ["SAFEGUARD_VAR"]))
    del wanted["beat"]
    return Supervisor(wanted, {**MEMORY, **os.environ}).run()


if __name__ == "__main__":
    sys.exit(main())
