"""What the audit asks of a finished plan, one sentence per rule; codes are the checker's where they mean the same."""

from datetime import timedelta
from enum import Enum, unique
from typing import Final

from service.day.plan import Violated

SECOND: Final = timedelta(seconds=1)


@unique
class Rule(Enum):
    """A rule and what is said when it is broken. Amounts count whole seconds unless the comment says otherwise."""

    UNKNOWN = "The plan refers to something that the request does not have."  # 1
    EMPTY_ROUTE = "A shift that serves nobody has an itinerary."  # 1
    SHIFT_TWICE = "A shift has several itineraries."  # itineraries too many
    SERVED_TWICE = "A visit is planned several times."  # stops too many
    UNACCOUNTED = "A visit is neither planned nor said to be unassigned, or it is both, or said twice."  # 1
    DO_NOT_VISIT = "A visit is planned although nobody may call there."  # 1
    REQUIRED_MISSED = "The number of required visits left out is wrong."  # difference
    PREDECESSOR_UNASSIGNED = "A visit is planned without the one it has to come after."  # 1
    MIN_GAP = "A visit starts too soon after the one it has to come after."

    SHIFT_START = "The agent leaves before the shift starts."
    SHIFT_TOO_SHORT = "The agent is done only after the shift's end and its overtime."
    ORDER = "Something is told before what comes earlier."
    PERMITTED_HOURS = "Part of a visit lies outside the hours that policies permit."
    VISITS_BARRED = "A visit is planned where a policy permits none."  # 1
    POLICY_NEEDED = "A visit is planned although nobody has said when it is permitted."  # 1
    BASIS_TOLD = "The rules told with a visit are not those that permit it."  # 1
    TIME_WINDOW = "Part of a visit lies outside the times at which somebody may be there."
    WINDOW_TOLD = "The time window told with a visit is not one that holds it."  # 1
    LATEST_START = "A latest start is before the start, or too late for the visit's own windows."
    SERVICE_TIME = "A visit takes more or less time than asked for."
    TRAVEL_TIME = "The agent arrives sooner than the way allows."
    SETUP_TIME = "A visit starts sooner after the arrival than its set-up allows."
    UNREACHABLE = "There is no way between two places that follow each other."  # 1
    PLACE = "A stop is not at the place of its visit."  # 1
    LOCATION_MISSING = "A visit is planned although nobody knows where it is."  # 1
    WAY_BACK = "The way back is missing, or leads to where the shift does not end."  # 1
    LEG_TOLD = "Travel, distance or set-up told with a stop differ from what they are."  # seconds or metres
    WRONG_CLOCK = "A time is not told by the clock of its place."  # 1

    BREAK_MISSING = "A break that is due is not taken, or one is taken twice."
    BREAK_NOT_DUE = "A break is taken on a day that is too short for it to be due."
    BREAK_TIME = "A break lies outside its window or the shift, or is shorter or longer than asked for."
    BREAK_OVERLAP = "A break lies in a visit, an arrival or another break."

    MAX_VISITS = "A shift has more visits than its limit."  # visits
    MAX_DRIVING = "A shift has more driving than its limit."
    MAX_DISTANCE = "A shift has a longer way than its limit."  # metres
    MAX_DURATION = "A shift lasts longer than its limit."
    CAPACITY = "A shift has more load than the agent can take."  # load

    AGENT_NOT_ALLOWED = "An agent visits where others should, or where this one must not."  # 1
    SKILL_MISSING = "An agent lacks a skill that the visit asks for."  # 1
    SKILL_LEVEL = "An agent is less skilled than the visit asks for."  # levels
    PARTY_SIZE = "Fewer people come than the visit asks for."  # people
    TERRITORY = "A visit lies outside the agent's territory."  # 1
    LOCK_START = "A visit does not start when it was pinned to."
    POSITION = "A visit pinned to the beginning or end of its itinerary is elsewhere."  # stops away

    CONTACT = "The chance to meet somebody told with a visit is not that of its time, or there is none."  # 1

    METRICS = "Figures of an itinerary or the plan do not add up."  # difference, seconds, metres or a count
    VALUE = "The value told is not that of the planned visits."  # difference, rounded up
    COST = "The cost told is not that of the itineraries."  # difference, rounded up

    @property
    def code(self) -> str:
        """Stable slug."""
        return self.name.lower()

    def broken(self, amount: int = 1, *, visit: str | None = None, shift: str | None = None) -> Violated:
        """What is said when the rule is broken: where, and by how much."""
        return Violated(self.code, self.value, visit_id=visit, shift_id=shift, amount=amount)


def whole_seconds(span: timedelta) -> int:
    """Seconds of a span, the last one begun counts."""
    return -(-span // SECOND)
