"""The demonstration's front door: numbered doors that follow one story, each signing in where it belongs."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_security import login_user, logout_user
from werkzeug.wrappers import Response

from portal import storyteller
from portal.config import Settings
from portal.extensions import people

door = Blueprint("demo", __name__, url_prefix="/demo")
OF_THE_FIRST_ROUND = "round"  # doors to desks that are asked for the round whose answers are out


@dataclass(frozen=True, slots=True)
class Step:
    """One door: who goes through it (None: anyone), where to, and what there is to do."""

    who: str | None
    endpoint: str
    title: str
    told: str
    values: tuple[tuple[str, Any], ...] = ()


@door.before_request
def _only_with_the_demo() -> None:
    if not _settings().is_demo:
        abort(404)


@door.get("/")
def index() -> str:
    steps, story = list(enumerate(_steps(), start=1)), storyteller.story(_settings().data)
    return render_template("demo/index.html", steps=steps, story=story, roles=_roles())


@door.post("/<int:number>")
def enter(number: int) -> Response:
    """Sign in as the one whose door it is, and go there."""
    steps = _steps()
    if not 1 <= number <= len(steps):
        abort(404)
    step = steps[number - 1]
    person = people.find_user(email=f"{step.who}@demo.example") if step.who else None
    if step.who and (person is None or not person.active):
        abort(404)
    logout_user()
    session.clear()
    if person is not None:
        login_user(person)
    return redirect(_address(step), 303)


def _address(step: Step) -> str:
    values, story = dict(step.values), storyteller.story(_settings().data)
    if OF_THE_FIRST_ROUND in values:
        values = {"round": story.round_id} if story.is_told else {}
    if step.endpoint == "citizen.status" and story.receipt:
        values = {"nomor": story.receipt}
    return url_for(step.endpoint, **values)


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


def _steps() -> tuple[Step, ...]:
    """The story of ten minutes: from a voice to its answer."""
    return (
        Step(
            None,
            "citizen.suggest",
            _("Menulis masukan dari HP"),
            _("Tulis satu keluhan atau usul dan kirim. Anda mendapat nomor dan PIN."),
        ),
        Step(
            "petugas",
            "officer.index",
            _("Mengetik formulir kertas"),
            _("Warga tanpa HP dicatat di kelurahan. Buka tumpukan dan ketik satu lembar."),
        ),
        Step(
            "akademisi",
            "academic.index",
            _("Mengomentari naskah"),
            _("Pilih satu paragraf, tulis komentar dan usul redaksinya."),
        ),
        Step(
            "dpupr",
            "agency.index",
            _("Menilai program sendiri"),
            _("Pilih satu program: lanjutkan, sesuaikan, gabung, atau hentikan, dengan alasannya."),
        ),
        Step(
            "verifikator",
            "staff_inbox.index",
            _("Menyaring dan menyunting"),
            _("Buka satu butir: tutup data pribadinya, dan pisahkan bila isinya dua hal."),
        ),
        Step(
            "analis",
            "staff_insights.index",
            _("Menimbang tema dari mesin"),
            _("Lihat kata sebabnya, lalu terima atau tolak tema yang diusulkan mesin."),
        ),
        Step(
            "analis",
            "staff_voices.index",
            _("Melihat kampanye dihitung satu suara"),
            _("Naskah yang sama dari banyak orang disebut jumlahnya dan dihitung satu suara."),
        ),
        Step(
            "penelaah",
            "staff_scores.index",
            _("Memberi nilai"),
            _("Tiga orang menilai tanpa melihat nilai satu sama lain. Dua sudah selesai; Anda yang ketiga."),
        ),
        Step(
            "ketua",
            "staff_priorities.index",
            _("Membaca urutan dan mengubah satu tempat"),
            _("Setiap tempat punya alasan dan rentang. Mengubahnya perlu alasan tertulis."),
        ),
        Step(
            "ketua",
            "staff_decisions.index",
            _("Membaca putusan putaran pertama"),
            _("Setiap putusan punya alasan; penolakan disahkan orang kedua."),
            ((OF_THE_FIRST_ROUND, True),),
        ),
        Step(
            "analis",
            "staff_responses.index",
            _("Membaca jawaban yang ditandatangani"),
            _("Jawaban dirangkai dari putusan, dibaca orang, lalu ditandatangani."),
            ((OF_THE_FIRST_ROUND, True),),
        ),
        Step(
            "analis",
            "staff_exports.index",
            _("Mencetak dokumen rapat"),
            _("Minta X2 (matriks tanggapan) atau X5 (lembar prioritas), lalu unduh."),
        ),
        Step(
            "privasi",
            "staff_releases.index",
            _("Menerbitkan berdua"),
            _("Halaman hasil diperiksa dari data pribadi dan dilepas oleh dua orang."),
        ),
        Step(
            None,
            "results.index",
            _("Membaca hasil yang diterbitkan"),
            _("Apa yang didengar, apa yang berubah, apa yang tidak dan mengapa."),
        ),
        Step(
            None,
            "citizen.status",
            _("Membaca jawaban atas satu masukan"),
            _("Masukkan nomor dan PIN di atas: putusannya, alasannya, dan paragraf yang berubah."),
        ),
    )
