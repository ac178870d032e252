"""How good and how fast: figures that docs may quote, each from one committed command."""
