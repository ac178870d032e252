"""Plans that are made in the background, and the solves behind them."""
