"""Templates that say their own text in the scheme's words (R-19.1).

As a template is compiled, its text, and what is written in quotes within its tags, becomes something that is said when
it is rendered (`core.words`). What a tag inserts is left as it is: it may be what somebody typed.
"""

from typing import Any

from django.template import Origin, Template, TemplateDoesNotExist
from django.template.base import DebugLexer, FilterExpression, Lexer, Node, NodeList, Parser, TextNode, Token
from django.template.context import Context
from django.template.loaders import base, cached
from django.utils.safestring import SafeString, mark_safe

from astcoord.core import words


class SaidText(TextNode):
    """Text of ours that holds a word of the scheme."""

    def render(self, context: Context) -> SafeString:
        return mark_safe(words.say(self.s))

    def render_annotated(self, context: Context) -> SafeString:
        return self.render(context)


class SaidExpression(FilterExpression):
    """An expression whose constants, if they are texts, are said."""

    def __init__(self, token: str, parser: Parser) -> None:
        super().__init__(token, parser)
        self.var = _constant(self.var)
        self.filters = [
            (does, [(looked_up, argument if looked_up else _constant(argument)) for looked_up, argument in arguments])
            for does, arguments in self.filters
        ]


def _constant(value: Any) -> Any:
    """A text is told from a code or the name of an address by its capital or its spaces."""
    is_text = isinstance(value, str) and (" " in value or value[:1].isupper()) and words.HELD.search(value)
    return words.Later(value) if is_text else value


class OurParser(Parser):
    def compile_filter(self, token: str) -> FilterExpression:
        return SaidExpression(token, self)

    def extend_nodelist(self, nodelist: NodeList, node: Node, token: Token) -> None:
        if isinstance(node, TextNode) and words.HELD.search(node.s):
            node = SaidText(node.s)
        super().extend_nodelist(nodelist, node, token)


class OurTemplate(Template):
    """Compiled by `OurParser`; otherwise Django's."""

    def compile_nodelist(self) -> NodeList:
        lexer = (DebugLexer if self.engine.debug else Lexer)(self.source)
        libraries, builtins = self.engine.template_libraries, self.engine.template_builtins
        parser = OurParser(lexer.tokenize(), libraries, builtins, self.origin)
        try:
            nodelist = parser.parse()
        except Exception as error:
            if self.engine.debug:
                error.template_debug = self.get_exception_info(error, error.token)  # type: ignore[attr-defined]
            raise
        self.extra_data = parser.extra_data
        return nodelist


class _Compiles(base.Loader):
    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """As Django's, but for the kind of template."""
        tried: list[tuple[Origin, str]] = []
        for origin in self.get_template_sources(template_name):
            if skip is not None and origin in skip:
                tried.append((origin, "Skipped to avoid recursion"))
                continue
            try:
                contents = self.get_contents(origin)  # type: ignore[attr-defined]
            except TemplateDoesNotExist:
                tried.append((origin, "Source does not exist"))
                continue
            return OurTemplate(contents, origin, template_name, self.engine)
        raise TemplateDoesNotExist(template_name, tried=tried)


class Loader(cached.Loader, _Compiles):
    """Keeps what it compiled; takes the loaders that find the files."""
