"""Days of our own: anyone can make them, the same ones everywhere. Same arguments and seed, same day.

ground     doors in the plane and the ways between them
town       clustered doors, lunch for everybody, more visits than the day holds
villages   far apart, agents who start at home
evening    doors that open at noon and in the evening
field      large days that a good plan serves completely
full       the complete model: breaks, skills, overtime, preferences, options, links, limits
requests   small days as an HTTP client would post them
"""
