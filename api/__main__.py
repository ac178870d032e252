"""``python -m api`` is ``dayroute``."""

from api.cli import main

if __name__ == "__main__":
    main()
