"""Planted in pages, feeds, drawings, data and archives."""

import base64
import csv
import gzip
import io
import json

from tests.services.planted.parcel import halves, parcel, place

PLACES = {}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">%s<path d="M0 0L120 40"/></svg>'


def page(head="", body=""):
    return "laporan.html", f"<!doctype html><html><head>{head}</head><body><p>Laporan</p>{body}</body></html>".encode()


def in_page(name, head="", body=""):
    PLACES[name] = lambda value: page(
        head.format(value=value, first=halves(value)[0], second=halves(value)[1]),
        body.format(value=value, first=halves(value)[0], second=halves(value)[1]),
    )


in_page("remark in a page", body="<!-- tanya {value} -->")
in_page("remark that is never closed", body="<p>ya</p><!-- tanya {value}")
in_page("meta tag", head='<meta name="author" content="{value}">')
in_page("data attribute", body='<p data-pengirim="{value}">ya</p>')
in_page("link to write", body='<a href="mailto:{value}">tulis</a>')
in_page("link to ring", body='<a href="tel:{value}">telepon</a>')
in_page("letters cut by tags", body="<p>hubungi {first}<b>{second}</b></p>")
in_page("letters cut by a comment", body="<p>hubungi {first}<!-- x -->{second}</p>")
in_page("title of an element", body='<abbr title="{value}">x</abbr>')
in_page("script", body="<script>const kontak = '{value}';</script>")
in_page("hidden element", body="<div hidden><p>{value}</p></div>")
in_page("page within a page", body='<iframe srcdoc="&lt;p&gt;{first}&lt;i&gt;{second}&lt;/i&gt;&lt;/p&gt;"></iframe>')
in_page("choice of a form", body='<select><option value="{value}">satu</option></select>')
in_page("quote in a page", body="<blockquote>Kata warga: {value} tolong</blockquote>")


@place(PLACES, "entities in a page")
def entities(value):
    return page(body="<p>" + "".join(f"&#{ord(letter)};" for letter in value) + "</p>")


@place(PLACES, "percent signs in a link")
def percent(value):
    return page(body='<a href="/cari?q=' + "".join(f"%{ord(letter):02X}" for letter in value) + '">cari</a>')


@place(PLACES, "page in a data address")
def data_address(value):
    packed = base64.b64encode(f"<html><p>{value}</p></html>".encode()).decode()
    return page(body=f'<img src="data:text/html;base64,{packed}">')


def in_drawing(name, xml):
    PLACES[name] = lambda value: (
        "grafik.svg",
        (SVG % xml.format(value=value, first=halves(value)[0], second=halves(value)[1])).encode(),
    )


in_drawing("description of a drawing", "<desc>dibuat {value}</desc>")
in_drawing("title of a drawing", "<title>{value}</title>")
in_drawing("metadata of a drawing", "<metadata><who>{value}</who></metadata>")
in_drawing("words of a drawing", "<text>{first}<tspan>{second}</tspan></text>")
in_drawing("remark in a drawing", "<!-- {value} -->")
in_drawing("name of an element", '<g id="g1" class="{value}"/>')


@place(PLACES, "entry of a feed")
def feed(value):
    entry = f"<entry><title>Tema</title><author><name>{value}</name></author></entry>"
    return "kabar.xml", f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode()


@place(PLACES, "remark in a style sheet")
def style(value):
    return "urun.css", f"/* tanya {value} */ p {{ margin: 0 }}".encode()


@place(PLACES, "style sheet, as what stands before")
def generated(value):
    return "urun.css", f'p::before {{ content: "{value}" }}'.encode()


@place(PLACES, "key of JSON")
def json_key(value):
    return "data.json", json.dumps({"baris": [{value: 1}]}).encode()


@place(PLACES, "value of JSON")
def json_value(value):
    return "data.json", json.dumps({"baris": [{"isi": f"kata {value} kemarin"}]}).encode()


@place(PLACES, "JSON in JSON, escaped")
def json_within(value):
    inner = '{"isi": "' + "".join(f"\\u{ord(letter):04x}" for letter in value) + '"}'
    return "data.json", json.dumps({"mentah": inner}).encode()


@place(PLACES, "key that stands twice")
def twice(value):
    return "data.json", f'{{"isi": "{value}", "isi": "bersih"}}'.encode()


def listing(*rows, delimiter=",", encoding="utf-8"):
    content = io.StringIO()
    csv.writer(content, delimiter=delimiter).writerows(rows)
    return content.getvalue().encode(encoding)


@place(PLACES, "head of a CSV")
def csv_head(value):
    return "data.csv", listing(["no", value], [1, "ya"])


@place(PLACES, "quote in a CSV")
def csv_quote(value):
    return "data.csv", listing(["no", "kutipan"], [1, f'kata "{value}",\nlalu pulang'])


@place(PLACES, "CSV in UTF-16")
def csv_wide(value):
    return "data.csv", listing(["no", "isi"], [1, value], encoding="utf-16")


@place(PLACES, "CSV with semicolons")
def csv_semicolons(value):
    return "data.csv", listing(["no", "isi"], [1, value], delimiter=";", encoding="utf-8-sig")


@place(PLACES, "name of the file")
def file_name(value):
    return f"data_{value.replace(' ', '_')}.csv", b"no,isi\r\n1,ya\r\n"


@place(PLACES, "name within an archive")
def member_name(value):
    return "paket.zip", parcel({f"lampiran/{value}.txt": b"ya"})


@place(PLACES, "remark on an archive")
def zip_comment(value):
    return "paket.zip", parcel({"isi.txt": b"ya"}, comment=value.encode())


@place(PLACES, "remark on a part of an archive")
def part_comment(value):
    return "paket.zip", parcel({"isi.txt": b"ya"}, comments={"isi.txt": value.encode()})


@place(PLACES, "archive within an archive")
def nested(value):
    return "paket.zip", parcel({"dalam.zip": parcel({"isi.csv": listing([value])})})


@place(PLACES, "compressed text")
def compressed(value):
    return "data.csv.gz", gzip.compress(listing(["isi"], [value]))


@place(PLACES, "front matter of a text")
def markdown(value):
    return "laporan.md", f"---\npenulis: {value}\n---\n# Laporan\n".encode()


@place(PLACES, "calendar, line folded")
def calendar(value):
    first, second = halves(value)
    return "agenda.ics", f"BEGIN:VEVENT\r\nORGANIZER:{first}\r\n {second}\r\nEND:VEVENT\r\n".encode()
