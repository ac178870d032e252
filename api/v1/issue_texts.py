"""Causes and actions of everything that may be wrong with a request, and of what is only worth knowing."""

from collections.abc import Mapping
from typing import Final, NamedTuple


class IssueText(NamedTuple):
    """What it is called, how it comes about, and what to do."""

    title: str
    cause: str
    action: str


HTTP: Final[Mapping[str, IssueText]] = {
    "malformed_json": IssueText("Not JSON", "The body cannot be read as JSON.", "Look at the code in errors."),
    "invalid_request": IssueText(
        "Request refused", "Something in the body is wrong.", "Put right all that errors names."
    ),
    "invalid_parameter": IssueText("Wrong parameter", "A query parameter or header is wrong.", "See /docs."),
    "idempotency_key_reused": IssueText(
        "Idempotency-Key reused", "The key came with another body within 24 hours.", "Use a new key for a new body."
    ),
    "body_too_large": IssueText(
        "Body too large", "The body is longer than the limit, which the answer names.", "Plan by day or by area."
    ),
    "unsupported_media_type": IssueText(
        "Not said to be JSON",
        "Content-Type is not application/json, its charset is not UTF-8, or the body is compressed.",
        "Send plain UTF-8 JSON with Content-Type: application/json.",
    ),
    "plan_unknown": IssueText(
        "No such plan", "The id was never given, or the plan was deleted or forgotten.", "Submit the request again."
    ),
    "body_too_slow": IssueText(
        "Body too slow",
        "The body had not come to its end after the time that it may take.",
        "Send it again, over a better line.",
    ),
    "deadline_passed": IssueText(
        "Too late to begin",
        "All solvers were busy until the plan was needed (`options.deadline`).",
        "Send it again with a later deadline, or have more solvers.",
    ),
    "callback_unknown": IssueText(
        "Nobody is called back",
        "The request for this plan named nobody to be told of its end.",
        "Name an address in the request's `callback`.",
    ),
    "demo_unknown": IssueText("No such example", "There is no example day of that name.", "See GET /v1/demo-data."),
    "policy_unknown": IssueText("No such policy", "There is no policy of that name.", "See GET /v1/policies."),
    "geocoder_down": IssueText(
        "Geocoder gives no answer",
        "An address has to be looked up, and the geocoder that knows it cannot be asked.",
        "Wait the seconds in Retry-After, send it again.",
    ),
    "roads_down": IssueText(
        "Road service gives no answer",
        "Travel times have to be had on roads, and who knows them cannot be asked.",
        "Send the request again after the seconds in Retry-After, or with travel.source: estimate.",
    ),
    "route_unknown": IssueText("No such address", "Nothing is served at this path.", "See /docs."),
    "method_not_allowed": IssueText("No such method", "The path takes other methods.", "Use one that Allow names."),
    "bad_request": IssueText("Not HTTP", "The request broke off or is not HTTP.", "Send it again."),
    "queue_full": IssueText(
        "Queue full", "As many plans wait as may.", "Wait the seconds in Retry-After, send it again."
    ),
    "key_missing": IssueText(
        "No key", "The address asks for a key, and none was sent.", "Send Authorization: Bearer KEY."
    ),
    "key_unknown": IssueText(
        "Unknown key", "There is no such key, or it was revoked.", "Ask whoever runs the service for another."
    ),
    "role_too_small": IssueText(
        "Role too small", "The key may not do that.", "Use a key of the role plan, or read for what is only read."
    ),
    "tenant_queue_full": IssueText(
        "Your queue is full",
        "As many of your plans wait as may.",
        "Wait for some of them to be made, or stop those that nobody needs any more.",
    ),
    "store_down": IssueText(
        "Database gives no answer",
        "Where plans are kept cannot be reached, or cannot be written to.",
        "Wait the seconds in Retry-After, send it again. Plans that were accepted are kept.",
    ),
    "plan_failed": IssueText(
        "No plan", "The solver died, or a finished plan did not pass a check.", "Report the incident id."
    ),
    "internal_error": IssueText("Internal error", "The service has a fault.", "Report the incident id."),
}
"""What an answer as a whole may be."""

MALFORMED: Final[Mapping[str, IssueText]] = {
    "json_malformed": IssueText("Not JSON", "The text breaks a rule of JSON, or is empty.", "Look at line and column."),
    "json_not_utf8": IssueText("Not UTF-8", "The bytes are no UTF-8 text.", "Encode the body as UTF-8."),
    "json_nested_too_deep": IssueText("Nested too deep", "Lists or objects lie too deep in each other.", "Flatten it."),
    "json_number_too_long": IssueText("Number too long", "A number has thousands of digits.", "Send a shorter one."),
    "json_duplicate_key": IssueText("Key twice", "An object has the same key twice.", "Keep one of the two."),
}
"""What makes a body unreadable."""

FAULTS: Final[Mapping[str, IssueText]] = {
    "required": IssueText("Key missing", "A key that is needed is not there.", "Add it."),
    "unknown_key": IssueText("Key unknown", "A key is not part of the contract; it may be misspelt.", "Correct it."),
    "wrong_type": IssueText(
        "Wrong type",
        "A value is of another type than it has to be.",
        "Nothing is converted: send the type that is asked for.",
    ),
    "not_one_of": IssueText(
        "Not one of the words", "A word is not one of those that are known.", "Use one that the detail names."
    ),
    "out_of_range": IssueText(
        "Out of range", "A number, duration or instant is too small or too large.", "Check the unit."
    ),
    "not_finite": IssueText("Not finite", "A number is infinite or none.", "Write null where a number is not known."),
    "text_length": IssueText("Wrong length", "A text is too short or too long.", "Check whether it is the right one."),
    "text_pattern": IssueText("Wrong characters", "A text has characters that it must not have.", "Use others."),
    "text_invalid": IssueText(
        "Broken text", "A text has a null character or half a surrogate pair.", "Send whole characters."
    ),
    "list_length": IssueText(
        "Too few or too many",
        "A list or object has too few or too many elements.",
        "Check whether it is complete and meant.",
    ),
    "nested_too_deep": IssueText("Nested too deep", "Data of a visit lie too deep in each other.", "Flatten them."),
    "invalid": IssueText("Not valid", "A value does not fit the schema.", "Compare it with the schema at /docs."),
    "duration_format": IssueText(
        "Not a duration", "A duration is not ISO 8601 with a fixed length.", 'Write it like "PT1H30M".'
    ),
    "duration_negative": IssueText("Negative duration", "A duration is below zero.", "Check what was taken from what."),
    "duration_fraction": IssueText("Fraction of a second", "A duration is not a whole number of seconds.", "Round it."),
    "instant_format": IssueText(
        "Not an instant",
        "A date and time is not RFC 3339, or not on the calendar.",
        'Write it like "2026-03-02T09:00:00+02:00".',
    ),
    "offset_missing": IssueText(
        "Offset missing", "A date and time does not say its offset from UTC.", 'Add it: "+02:00" or "Z".'
    ),
    "clock_format": IssueText(
        "Not a time of day", "A time of day is not hours and minutes of a clock.", 'Write it like "16:30".'
    ),
    "day_format": IssueText("Not a day", "A day is not one of the calendar.", 'Write it like "2026-03-02".'),
    "hours_format": IssueText(
        "Not hours",
        "Hours of a day do not say from when until when, or end before they begin.",
        'Write them like "09:00-19:00"; hours over midnight are two.',
    ),
    "window_order": IssueText(
        "Window ends before it starts", "An end lies before its start.", "Swap them, or check their offsets."
    ),
    "location_zero": IssueText(
        "Null island", "A location is (0, 0), the mark of a failed look-up.", "Leave unknown places out."
    ),
    "location_incomplete": IssueText(
        "Half a location",
        "A location has only one of lat and lon, or says nothing.",
        "Give lat and lon, or the index of a matrix row.",
    ),
    "duplicate_profile": IssueText(
        "Two matrices for a profile", "A profile is named by several matrices.", "Name each profile once."
    ),
    "too_many": IssueText(
        "Too much for one request",
        "There are more visits or shifts than one request may hold.",
        "Plan by day or by area.",
    ),
    "callbacks_off": IssueText(
        "Nobody is called back",
        "A `callback` is asked for, and this service has nothing to sign it with.",
        "Have DAYROUTE_CALLBACK_SECRETS set, or ask for the plan instead.",
    ),
    "callback_unusable": IssueText(
        "Address of no use",
        "The address to call back at is not an absolute one with https, or has a user or a fragment.",
        "Give one like https://dispatch.example.org/planned.",
    ),
    "callback_private": IssueText(
        "Address in a private network",
        "The address to call back at lies in a network that only this service is in.",
        "Give one that can be reached from anywhere, or have DAYROUTE_CALLBACK_PRIVATE set.",
    ),
    "duplicate_id": IssueText(
        "Id used twice", "Two things of the same kind have the same id.", "Give each an id of its own."
    ),
    "unknown_agent": IssueText(
        "No such agent", "An agent is named who is not among the agents.", "Name one who is, or add the agent."
    ),
    "unknown_visit": IssueText(
        "No such visit", "A visit is named that is not among the visits.", "Name one that is, or add the visit."
    ),
    "unknown_shift": IssueText("No such shift", "A shift is named that no agent has.", "Name one that an agent has."),
    "unknown_option": IssueText(
        "No such option", "An option is named that the visit does not have.", "Name one that it has."
    ),
    "unknown_profile": IssueText(
        "No such profile",
        "There are no travel times for an agent's profile.",
        "Use a known profile, or give its matrix.",
    ),
    "unknown_timezone": IssueText(
        "No such time zone", "A time zone is not an IANA name.", 'Write it like "Europe/Helsinki".'
    ),
    "cyclic_after": IssueText(
        "Visits after each other",
        "Visits would have to come after each other in a circle.",
        "Take one out of the circle.",
    ),
    "lock_contradiction": IssueText(
        "Lock against rules",
        "A visit is locked to an agent whom its own rules keep away.",
        "Change the lock or the rules.",
    ),
    "lock_start_fraction": IssueText("Lock between seconds", "A lock's start is not a whole second.", "Round it."),
    "agents_empty": IssueText("Nobody to send", "The list of agents is empty.", "Name at least one agent."),
    "shifts_empty": IssueText(
        "Agent without shifts", "An agent's list of shifts is empty.", "Give one, or leave the agent out."
    ),
    "visits_empty": IssueText("Nobody to visit", "The list of visits is empty.", "Name at least one visit."),
    "time_windows_empty": IssueText(
        "No time at all", "A list of time windows is empty.", "Leave it away if any time will do."
    ),
    "days_empty": IssueText("Hours of no day", "A rule of hours names no days.", "Name them, or leave the rule away."),
    "contact_overlap": IssueText(
        "Contact told twice", "Spans of a visit's contact overlap.", "Cut them so that each moment has one."
    ),
    "consent_late": IssueText(
        "Consent came too late",
        "Consent is said to be given after the time for which it is meant.",
        "Write in given_on the day on which the customer agreed.",
    ),
    "timezone_needed": IssueText(
        "Clock not known",
        "Permitted hours go by the clock at the door, and a place has neither coordinates nor a time zone.",
        "Name the timezone of the visit or the plan.",
    ),
    "shift_end_before_start": IssueText(
        "Shift without time", "A shift ends before it starts, or at once.", "Put its end after its start."
    ),
    "shift_too_long": IssueText("Shift too long", "A shift lasts longer than 48 hours.", "Make it several shifts."),
    "overlapping_shifts": IssueText(
        "Two shifts at once",
        "An agent's shift starts before an earlier one is over, overtime included.",
        "Move it, or shorten the earlier one.",
    ),
    "request_too_long": IssueText(
        "Shifts far apart", "The shifts lie more than a year apart.", "Plan nearer days together."
    ),
    "break_window_empty": IssueText(
        "Break without time", "A break's latest start lies before its earliest.", "Put latest after earliest."
    ),
    "break_outside_shift": IssueText(
        "Break outside its shift",
        "A break may begin before its shift, or last beyond it.",
        "Move earliest and latest into the shift.",
    ),
    "place_missing": IssueText(
        "Visit without a place", "A visit has neither location nor address.", "Give it a location."
    ),
    "place_unknown": IssueText("Place not known", "It is not known where a shift starts or ends.", "Give lat and lon."),
    "place_without_index": IssueText(
        "Place without index",
        "The request brings its matrices, and a place has no index into them.",
        'Give {"index": row}, counted from 0.',
    ),
    "place_without_point": IssueText(
        "Index without matrices",
        "A place has only an index, and the request brings no matrices.",
        "Give lat and lon, or the matrices.",
    ),
    "index_outside": IssueText("Index outside the matrix", "A place's index is beyond the last row.", "Count from 0."),
    "matrix_missing": IssueText(
        "No matrix", "Travel times are to come from matrices, and there are none.", "Give one per profile."
    ),
    "matrix_shape": IssueText(
        "Matrix not square",
        "A matrix is not square, or not of the size of the others.",
        "Give as many columns as rows, the same in each.",
    ),
    "slowdown_empty": IssueText(
        "Slowdown without time", "A slowdown ends when it begins.", 'For the whole day, write "00:00" to "24:00".'
    ),
    "slowdowns_overlap": IssueText(
        "Two slowdowns at once", "A slowdown goes on while another does.", "Cut them so that each hour has one factor."
    ),
    "territory_invalid": IssueText(
        "Territory crosses itself",
        "The corners of a territory do not go around an area.",
        "List them in order around it.",
    ),
    "value_too_large": IssueText(
        "Values too large",
        "All values together are too large to be added exactly.",
        "Use a larger unit, say thousands.",
    ),
    "cost_too_large": IssueText(
        "Costs too large", "All costs together are too large to be added exactly.", "Use a larger unit, say thousands."
    ),
    "load_too_large": IssueText(
        "Loads too large", "All loads of a name together are too large to be added exactly.", "Use a larger unit."
    ),
}
"""What may be wrong with the content of a request."""

WARNINGS: Final[Mapping[str, IssueText]] = {
    "no_policy": IssueText(
        "No policy",
        "No policy was given, so only the request's own windows apply.",
        "Make sure that the windows keep to the law.",
    ),
    "jurisdiction_unknown": IssueText(
        "No policy for a jurisdiction",
        "No policy is known of a jurisdiction, or none for the activity; nobody goes there without hours of your own.",
        "Check its name against GET /v1/policies, or give your hours in policy.extra.",
    ),
    "policy_overdue": IssueText(
        "Policy to be read again",
        "The day lies after the one by which a policy should have been compared with the law.",
        "Read the sources that GET /v1/policies names, and bring a policy of your own.",
    ),
    "holidays_unknown": IssueText(
        "Public holidays not known",
        "Other hours hold on public holidays, and nobody here knows which days these are.",
        "Name a jurisdiction that has a calendar, or leave visits out on such days.",
    ),
    "caps_not_counted": IssueText(
        "Earlier visits not counted",
        "A policy limits how often somebody may be visited, and what was done before is not known here.",
        "Send only visits that are within the limit.",
    ),
    "consent_idle": IssueText(
        "Consent opens nothing",
        "Not every policy in force lets the customer's consent open other hours, or there is none.",
        "Plan the visit within the permitted hours.",
    ),
    "daylight_unknown": IssueText(
        "Daylight not known",
        "More people have to come after dark, and a place without coordinates may be dark at any hour.",
        "Give lat and lon.",
    ),
    "timezone_differs": IssueText(
        "Another clock at the door",
        "The plan's time zone shows another time than that of a visit's coordinates; hours go by the plan's.",
        "Give the visit its timezone, or leave the plan's away.",
    ),
    "address_imprecise": IssueText(
        "House not known",
        "Only the street or the town of an address is known, and by the settings that is enough.",
        "Make sure that the agent finds the door, or give the visit a location.",
    ),
    "address_respelt": IssueText(
        "Address spelt otherwise",
        "An address is spelt otherwise where it was found, and by the settings that is enough.",
        "Make sure that it is the right house.",
    ),
    "roads_replaced": IssueText(
        "Estimates instead of roads",
        "Who knows the roads could not be asked, and by the settings estimates are to do then, for all of the plan.",
        "Plan again later where minutes matter.",
    ),
    "shift_off_road": IssueText(
        "Shift far from every road",
        "A shift starts or ends so far from every road that its agent gets nowhere.",
        "Check the coordinates of start_location and end_location.",
    ),
    "option_unusable": IssueText(
        "Nobody could use that option",
        "A given itinerary names an option by which nobody could serve the visit at any time: another one is measured.",
        "Name another option, or change its place or its time windows.",
    ),
    "by_ferry": IssueText(
        "A ferry is on the way",
        "A leg is partly by ferry, whose timetable nobody here knows.",
        "Look the ferry up, or lock who goes there.",
    ),
    "lines_missing": IssueText(
        "Ways not drawn",
        "Who knows the roads could not be asked for their lines; travel times are as the plan has them.",
        "Ask for them again with POST /v1/evaluate.",
    ),
    "travel_estimated": IssueText(
        "Estimated travel",
        "Travel times are estimated from coordinates, without roads.",
        "Leave some time, use roads (DAYROUTE_ROADS), or bring matrices.",
    ),
    "metres_missing": IssueText(
        "Distances not known", "A matrix has no metres where it has seconds; they count as 0.", "Give metres too."
    ),
    "slowdowns_idle": IssueText(
        "Nobody is slowed down",
        "There are slowdowns, and all agents are on foot or on bicycles, whom they do not keep.",
        "Check the agents' profiles.",
    ),
    "contact_missing": IssueText(
        "Contact of some visits only",
        "Some visits say when somebody can be met and others do not; the value of those counts in full.",
        "Say it of all, or of none.",
    ),
    "load_unlimited": IssueText(
        "Load without limit", "No agent has a capacity of that name.", "Give the agents one, or check the name."
    ),
    "locked_agent_barred": IssueText(
        "Lock cannot be kept",
        "A visit is locked to an agent who may not serve it.",
        "Change the lock, or what keeps the agent away.",
    ),
    "lock_outside_windows": IssueText(
        "Lock outside the windows",
        "A visit is locked to a start at which its service would not lie in a time window.",
        "Move the lock, or widen the windows.",
    ),
    "more_warnings": IssueText(
        "More warnings", "There are more warnings than are told at once.", "See to these first, then ask again."
    ),
    "place_far_away": IssueText(
        "Far away", "A visit lies hundreds of kilometres from every start.", "Check whether lat and lon are swapped."
    ),
    "territory_unknown": IssueText(
        "Territory cannot be checked",
        "A place has no coordinates, so no agent with a territory goes there.",
        "Give lat and lon.",
    ),
}
"""What is worth knowing although the day can be planned."""
