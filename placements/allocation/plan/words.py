"""Requests by their references."""


def request_words(*requests: int) -> str:
    """“request R00012”, “requests R00012, R00013”."""
    references = ", ".join(f"R{request:05d}" for request in requests)
    return f"request{'' if len(requests) == 1 else 's'} {references}"
