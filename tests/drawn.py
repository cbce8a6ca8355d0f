"""What a browser sends of a page's forms when nobody has touched them."""

from html.parser import HTMLParser

Sent = dict[str, list[str]]
UNSENT = {"submit", "button", "reset", "image", "file"}


class Forms(HTMLParser):
    """Every form that is posted, in order: `sent` is what goes to the server, `action` where to ("" for the page)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, Sent]] = []
        self._sent: Sent | None = None
        self._select = ""
        self._options: list[tuple[str, bool]] = []
        self._area: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Fields, each by its kind."""
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._sent = {} if has.get("method") == "post" else None
            if self._sent is not None:
                self.found.append((has.get("action", ""), self._sent))
        elif self._sent is None or "disabled" in has:
            return
        elif tag == "textarea":
            self._name, self._area = has["name"], []
        elif tag == "select":
            self._select, self._options = has["name"], []
        elif tag == "option":
            self._options.append((has.get("value", ""), "selected" in has))
        elif tag == "input" and has.get("name"):
            self._input(has)

    def _input(self, has: dict[str, str]) -> None:
        kind = has.get("type", "text")
        if kind in UNSENT or (kind in ("checkbox", "radio") and "checked" not in has):
            return
        self._add(has["name"], has.get("value", "on" if kind == "checkbox" else ""))

    def handle_data(self, data: str) -> None:
        """Inside a text area."""
        if self._area is not None:
            self._area.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Where a field with an inside is complete."""
        if tag == "form":
            self._sent = None
        elif tag == "textarea" and self._area is not None:
            text = "".join(self._area).removeprefix("\n")
            self._add(self._name, text.replace("\r\n", "\n").replace("\n", "\r\n"))
            self._area = None
        elif tag == "select" and self._select:
            chosen = [value for value, is_chosen in self._options if is_chosen]
            for value in chosen or [value for value, _ in self._options[:1]]:
                self._add(self._select, value)
            self._select = ""

    def _add(self, name: str, value: str) -> None:
        if self._sent is not None:
            self._sent.setdefault(name, []).append(value)


def drawn(page: str) -> list[tuple[str, Sent]]:
    """The forms of a page, header and all."""
    return Forms(page).found
