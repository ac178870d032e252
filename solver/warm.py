"""The search compiled and kept: ``python -m solver.warm`` says where. Solvers then load it in a fifth of a second."""

import sys


def warm() -> None:
    """Have everything compiled that a solve needs: about a minute the first time, a fifth of a second from then on."""
    from solver.first_day import plan_a_tiny_day  # noqa: PLC0415 - compiles on import already

    plan_a_tiny_day()


def main() -> None:
    """Compile what is not there yet; whatever goes wrong is told as the sentence of the error, with exit status 1."""
    from solver.search.cache import NowhereToKeepError, folder_of_kernels  # noqa: PLC0415 - numba takes half a second

    try:
        folder = folder_of_kernels()
    except NowhereToKeepError as error:
        sys.exit(str(error))
    from solver.search.forgiving import Forgiving  # noqa: PLC0415 - it takes a folder to import it

    warm()
    if Forgiving.lost is not None:
        sys.exit(f"The compiled search cannot be kept in {folder}: {Forgiving.lost.strerror}.")
    sys.stdout.write(f"{folder}\n")


if __name__ == "__main__":
    main()
