"""Addresses given as text to places on the map.

    protocol        what is asked and answered, whoever answers
    address_text    addresses as they are written: accents, abbreviations, house numbers
    index           an offline index of the addresses of a region, in one SQLite file
    build_index     that file from an extract of OpenStreetMap
    online          a geocoder that is asked over HTTP, by geopy: only one that a setting names
    chain           one after the other until somebody knows the house; what was asked before is remembered

A pin at a stranger's door is worse than none: what is not found to the house says so.
"""
