"""Telling whoever asked for a plan that it has ended, at an address that they gave.

protocol    what is to be told, and where that is kept
rules       which addresses a request may give
secrets     how they can tell that it was us (Standard Webhooks)
network     how a request is sent to nobody inside our own network
teller      who sends it, and again if need be
"""
