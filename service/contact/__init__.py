"""The best time to visit: what is known of when somebody can be met."""
