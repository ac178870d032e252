"""Runs a program for as long as whoever started this lives: ``python -m service.travel.osrm.keeper PROGRAM ARGUMENT…``.

A program that is not ours does not end with us when we are killed. This ends it when standard input does, the other
end of which is open in the process that it is for and nowhere else, and ends itself when the program does.
"""

import os
import subprocess
import sys
import threading


def main() -> None:
    """Until standard input ends or the program does."""
    program = subprocess.Popen(  # noqa: S603 - it is what whoever starts us wants run
        sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )

    def end_with_input() -> None:
        while os.read(sys.stdin.fileno(), 1):
            pass
        program.kill()

    threading.Thread(target=end_with_input, daemon=True).start()
    sys.exit(program.wait())


if __name__ == "__main__":
    main()
