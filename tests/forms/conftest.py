"""A small app that only renders forms: no database, no doors."""

import pytest
from flask import Flask
from flask_babel import Babel
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import PackageLoader, PrefixLoader
from werkzeug.datastructures import MultiDict


@pytest.fixture
def app():
    app = Flask("forms")
    app.config.from_mapping(SECRET_KEY="for tests only", WTF_CSRF_ENABLED=False, BABEL_DEFAULT_LOCALE="id")
    Babel(app)
    WTFormsHelpers(app)
    names = ("govuk_frontend_jinja", "govuk_frontend_wtf")
    app.jinja_loader = PrefixLoader({name: PackageLoader(name) for name in names})
    with app.test_request_context("/", method="POST"):
        yield app


@pytest.fixture
def filled(app):
    """A form of the given kind with the given fields typed in; `choices` are handed in first."""

    def fill(kind, choices=None, **typed):
        form = kind(formdata=MultiDict(typed))
        if choices:
            form.set_choices(*choices)
        return form

    return fill
