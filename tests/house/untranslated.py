"""Looks for words that no translator will ever see: in templates outside `_()`, in forms and doors as bare text."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment, nodes

ALLOWED = {"WIB", "PIN", "Urun", "Rembug"}
SPOKEN_ATTRIBUTES = ("aria-label", "title", "alt", "placeholder", "aria-description")
SPOKEN_KEYS = ("text", "html", "titleText", "summaryText", "visuallyHiddenText", "label", "title", "caption")
WORDS = re.compile(r"[^\W\d_]{2,}")
ATTRIBUTE = re.compile(r"""([\w-]+)=(?:"[^"]*"|'[^']*')""")
# Blocks of the layouts that are filled with names of classes.
CODE_BLOCK = re.compile(r"{%-? block (?:width|main_class) -?%}.*?{%-? endblock", re.DOTALL)
JINJA = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)

# Where the message of each validator stands among its arguments.
MESSAGES = {
    "InputRequired": 0,
    "DataRequired": 0,
    "Email": 0,
    "ValidationError": 0,
    "StopValidation": 0,
    "flash": 0,
    "EqualTo": 1,
    "AnyOf": 1,
    "NoneOf": 1,
    "SelectChoice": 1,
    "abort": 1,
    "Length": 2,
    "NumberRange": 2,
    "Regexp": 2,
}
SPOKEN_ARGUMENTS = ("message", "label", "description", "invalid_choice_message", "error_title", "title")


def is_bare(text: str) -> bool:
    """Whether there are words in it that are not names the same in every language."""
    return bool(set(WORDS.findall(text)) - ALLOWED)


class _Page(HTMLParser):
    """Notes what is read out: text, and the attributes that are."""

    def __init__(self) -> None:
        super().__init__()
        self.bare: list[str] = []

    def handle_data(self, data: str) -> None:
        # A block or macro may hold attributes alone; out of their tag they look like text.
        self.bare += [found[0] for found in ATTRIBUTE.finditer(data) if found[1] in SPOKEN_ATTRIBUTES]
        rest = ATTRIBUTE.sub("", data)
        self.bare += [rest.strip()] if is_bare(rest) else []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        names = list(SPOKEN_ATTRIBUTES)
        if tag == "input" and facts.get("type") in ("submit", "button", "reset"):  # a button shows its content
            names.append("value")
        self.bare += [f"{name}={facts[name]}" for name in names if is_bare(facts.get(name) or "")]


def in_template(source: str) -> list[str]:
    """The bare words of a template: outside its expressions, and as plain strings within them."""
    page = _Page()
    spoken = CODE_BLOCK.sub("{% block code %}{% endblock", source)
    page.feed("".join(value if kind == "data" else "" for _, kind, value in JINJA.lex(spoken)))
    page.close()
    tree = JINJA.parse(source)
    shown = [text for out in tree.find_all(nodes.Output) for node in out.nodes for text in _strings(node)]
    handed = [text for pair in tree.find_all(nodes.Pair) for text in _handed(pair)]
    return page.bare + [text for text in shown + handed if is_bare(text)]


def _strings(node: nodes.Node) -> Iterator[str]:
    """Strings that an expression may come out as; what is handed to a call is not one of them."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.CondExpr | nodes.Concat | nodes.Or | nodes.And | nodes.Add):
        for child in node.iter_child_nodes(exclude=("test",)):
            yield from _strings(child)
    elif isinstance(node, nodes.Filter) and node.node is not None:
        yield from _strings(node.node)


def _handed(pair: nodes.Pair) -> Iterator[str]:
    if isinstance(pair.key, nodes.Const) and pair.key.value in SPOKEN_KEYS:
        for text in _strings(pair.value):
            yield re.sub(r"<[^>]*>", "", text)


def in_python(source: str) -> list[str]:
    """The bare words of a module of `forms/` or `portal/`, each with its line."""
    found: list[ast.expr] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            found += _arguments(node)
        elif isinstance(node, ast.Assign) and any(_name(t) in ("errors", "form_errors") for t in node.targets):
            found += [each for each in ast.walk(node.value) if _holds(node.value, each)]
    return sorted({f"line {node.lineno}: {ast.unparse(node)}" for node in found if _is_bare_text(node)})


def _arguments(call: ast.Call) -> list[ast.expr]:
    """Arguments of a call that somebody will read."""
    name = _name(call.func)
    place = 0 if name.endswith("Field") else MESSAGES.get(name)
    if name in ("append", "extend") and isinstance(call.func, ast.Attribute) and _name(call.func.value) == "errors":
        place = 0
    spoken = call.args[place : place + 1] if place is not None else []
    for keyword in call.keywords:
        if keyword.arg in SPOKEN_ARGUMENTS and (place is not None or name == "render_template"):
            spoken.append(keyword.value)
        if keyword.arg == "choices" and isinstance(keyword.value, ast.List | ast.Tuple):
            pairs = [each for each in keyword.value.elts if isinstance(each, ast.Tuple) and len(each.elts) > 1]
            spoken += [pair.elts[1] for pair in pairs]
    return spoken


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _holds(value: ast.expr, each: ast.AST) -> bool:
    """Whether `each` is the assigned value itself or an element of it, not an argument of a call within."""
    return each is value or (isinstance(value, ast.List | ast.Tuple) and each in value.elts)


def _is_bare_text(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.Constant) and is_bare(str(part.value)) for part in node.values)
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and is_bare(node.value)
