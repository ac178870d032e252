"""OSRM: travel times on roads, asked over HTTP, from a server elsewhere or one of our own beside us.

engine     what is asked and what the answers mean
└── wire   how it is asked, by POST or, of older servers, by GET
process    our own server, kept by ``keeper``
tools      where the programs are
build      road data from an extract of OpenStreetMap
data       what there is to know of road data
"""
