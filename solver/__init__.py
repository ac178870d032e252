"""Whole numbers only: the problem, the engines that plan it, and the checker that believes none of them."""
