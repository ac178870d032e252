"""Runs a program for as long as whoever started this lives: ``python -m service.travel.osrm.keeper PROGRAM ARGUMENT…``.

A program that is not ours does not end with us when we are killed. This ends it when standard input does, the other
end of which is open in the process that it is for and nowhere else, and ends itself when the program does.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from typing import Final

PR_SET_PDEATHSIG: Final = 1


def main() -> None:
    """Until standard input ends, we are told to end, or the program does."""
    program = subprocess.Popen(  # noqa: S603 - it is what whoever starts us wants run
        sys.argv[1:],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_end_with_keeper,  # noqa: PLW1509 - there are no threads yet
    )

    def end_when_told(number: int, frame: object) -> None:
        del number, frame
        program.kill()

    signal.signal(signal.SIGTERM, end_when_told)

    def end_with_input() -> None:
        while os.read(sys.stdin.fileno(), 1):
            pass
        program.kill()

    threading.Thread(target=end_with_input, daemon=True).start()
    sys.exit(program.wait())


def _end_with_keeper() -> None:
    """In the program's process, before it is the program: should the keeper be killed, it goes too."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main()
