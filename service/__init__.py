"""The planner's words: from a day that someone wants planned to itineraries, and the use cases between."""
