"""When presence at a door is permitted: what law, tenant and customer say, the strictest of them.

    packs       the rules that come with us or that a tenant brings, by jurisdiction   (templates/*.json)
    pack        one of them: hours by class of day, caps, sources
    calendars   public holidays
    in_force    which packs hold for a jurisdiction and an activity
    rules       what is in force at one door: packs, parents first, the tenant's own hours, consent
    windows     the same as windows between instants, for a zone and a span of days
    daylight    when it is light: after dark more people may have to come
    doors       all that for the doors of one day
    caps        how often somebody may be called upon
    judge       whether one presence is allowed, denied, or nobody has said

Nothing is open because nobody said anything: where a rule is silent the tenant has to supply hours.
"""
