"""The demonstration's front door: numbered doors that follow one story, each signing in where it belongs."""

from dataclasses import dataclass

from flask import Blueprint, abort, current_app, redirect, render_template, session, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import login_user, logout_user
from werkzeug.wrappers import Response

from portal import storyteller
from portal.config import Settings
from portal.extensions import people

door = Blueprint("demo", __name__, url_prefix="/demo")


@dataclass(frozen=True, slots=True)
class Step:
    """One door: who goes through it (None: anyone), where to, and what there is to do.

    `is_of_first_round`: a desk that is asked for the round whose answers are out.
    """

    who: str | None
    endpoint: str
    title: LazyString
    told: LazyString
    is_of_first_round: bool = False


# The story of ten minutes: from a voice to its answer.
STEPS = (
    Step(
        None,
        "citizen.suggest",
        _l("Menulis masukan dari HP"),
        _l("Tulis satu keluhan atau usul dan kirim. Anda mendapat nomor dan PIN."),
    ),
    Step(
        "petugas",
        "officer.index",
        _l("Mengetik formulir kertas"),
        _l("Warga tanpa HP dicatat di kelurahan. Buka tumpukan dan ketik satu lembar."),
    ),
    Step(
        "akademisi",
        "academic.index",
        _l("Mengomentari naskah"),
        _l("Pilih satu paragraf, tulis komentar dan usul redaksinya."),
    ),
    Step(
        "dpupr",
        "agency.index",
        _l("Menilai program sendiri"),
        _l("Pilih satu program: lanjutkan, sesuaikan, gabung, atau hentikan, dengan alasannya."),
    ),
    Step(
        "verifikator",
        "staff_inbox.index",
        _l("Menyaring dan menyunting"),
        _l("Buka satu butir: tutup data pribadinya, dan pisahkan bila isinya dua hal."),
    ),
    Step(
        "analis",
        "staff_insights.index",
        _l("Menimbang tema dari mesin"),
        _l("Lihat kata sebabnya, lalu terima atau tolak tema yang diusulkan mesin."),
    ),
    Step(
        "analis",
        "staff_voices.index",
        _l("Melihat kampanye dihitung satu suara"),
        _l("Naskah yang sama dari banyak orang disebut jumlahnya dan dihitung satu suara."),
    ),
    Step(
        "penelaah",
        "staff_scores.index",
        _l("Memberi nilai"),
        _l("Tiga orang menilai tanpa melihat nilai satu sama lain. Dua sudah selesai; Anda yang ketiga."),
    ),
    Step(
        "ketua",
        "staff_priorities.index",
        _l("Membaca urutan dan mengubah satu tempat"),
        _l("Setiap tempat punya alasan dan rentang. Mengubahnya perlu alasan tertulis."),
    ),
    Step(
        "ketua",
        "staff_decisions.index",
        _l("Membaca putusan putaran pertama"),
        _l("Setiap putusan punya alasan; penolakan disahkan orang kedua."),
        is_of_first_round=True,
    ),
    Step(
        "analis",
        "staff_responses.index",
        _l("Membaca jawaban yang ditandatangani"),
        _l("Jawaban dirangkai dari putusan, dibaca orang, lalu ditandatangani."),
        is_of_first_round=True,
    ),
    Step(
        "analis",
        "staff_exports.index",
        _l("Mencetak dokumen rapat"),
        _l("Minta X2 (matriks tanggapan) atau X5 (lembar prioritas), lalu unduh."),
    ),
    Step(
        "privasi",
        "staff_releases.index",
        _l("Menerbitkan berdua"),
        _l("Halaman hasil diperiksa dari data pribadi dan dilepas oleh dua orang."),
    ),
    Step(
        None,
        "results.index",
        _l("Membaca hasil yang diterbitkan"),
        _l("Apa yang didengar, apa yang berubah, apa yang tidak dan mengapa."),
    ),
    Step(
        None,
        "citizen.status",
        _l("Membaca jawaban atas satu masukan"),
        _l("Masukkan nomor dan PIN di atas: putusannya, alasannya, dan paragraf yang berubah."),
    ),
)


@door.before_request
def _only_with_the_demo() -> None:
    if not _settings().is_demo:
        abort(404)


@door.get("/")
def index() -> str:
    steps, story = list(enumerate(STEPS, start=1)), storyteller.story(_settings().data)
    return render_template("demo/index.html", steps=steps, story=story, roles=_roles())


@door.post("/<int:number>")
def enter(number: int) -> Response:
    """Sign in as the one whose door it is, and go there."""
    if not 1 <= number <= len(STEPS):
        abort(404)
    step = STEPS[number - 1]
    person = people.find_user(email=f"{step.who}@demo.example") if step.who else None
    if step.who and (person is None or not person.active):
        abort(404)
    logout_user()
    session.clear()
    if person is not None:
        login_user(person)
    return redirect(_address(step), 303)


def _address(step: Step) -> str:
    story = storyteller.story(_settings().data)
    if step.is_of_first_round and story.is_told:
        return url_for(step.endpoint, round=story.round_id)
    if step.endpoint == "citizen.status" and story.receipt:
        return url_for(step.endpoint, nomor=story.receipt)
    return url_for(step.endpoint)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _roles() -> dict[str, str]:
    """Who goes through a door."""
    return {
        "petugas": _("petugas kelurahan"),
        "akademisi": _("akademisi"),
        "dpupr": _("perangkat daerah"),
        "verifikator": _("verifikator"),
        "analis": _("analis"),
        "penelaah": _("penelaah"),
        "ketua": _("ketua tim"),
        "privasi": _("petugas data pribadi"),
    }
