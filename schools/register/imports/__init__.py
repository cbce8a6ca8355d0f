"""Files into schools: the national register, its links, and term dates.

Each reader turns bytes into typed rows and row errors, and refuses a file that it cannot use with `Refused`.
"""
