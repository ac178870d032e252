"""Version 1 of the HTTP contract: request and answer models, what they become inside, and the routes."""
