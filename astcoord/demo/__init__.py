"""Marlshire: a fictional authority in the middle of a school year, with every state of the main road on show.

Everything is made by the same actions that people use, each on its own day: nothing is written past the rules.
"""
