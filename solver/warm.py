"""The search compiled and kept: ``python -m solver.warm`` says where. Solvers then load it in a fifth of a second."""

import sys


def main() -> None:
    """Compile what is not there yet; whatever goes wrong is told as the sentence of the error, with exit status 1."""
    from solver.search.cache import NowhereToKeepError, folder_of_kernels  # noqa: PLC0415 - numba takes half a second

    try:
        folder = folder_of_kernels()
    except NowhereToKeepError as error:
        sys.exit(str(error))
    from solver.search import warm  # noqa: PLC0415 - it takes a folder to import it

    warm()
    sys.stdout.write(f"{folder}\n")


if __name__ == "__main__":
    main()
