"""Every way in: HTTP, files, the command line. Shapes are checked here, meaning in ``service``."""
