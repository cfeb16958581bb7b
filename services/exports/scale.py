"""The columns of the priority sheet and of the sheets behind it."""

from services.exports.columns import Col

CRITERIA, QUOTES = 6, 3
SCORED = (
    "Median nilai tim; kosong sebelum nilai tim dibuka.",
    "Median of the team's scores; empty until they are opened.",
)
COLUMNS = (
    Col(
        "peringkat",
        ("Peringkat", "Place"),
        (
            "Tempat dalam urutan tim; sebelum ada, dalam urutan awal. Nilai yang sama berbagi tempat.",
            "Place in the team's order; before there is one, in the computed order. Equal values share a place.",
        ),
        10,
    ),
    Col("isu", ("Isu", "Issue"), ("Nama tema.", "Name of the theme."), 34),
    Col("dimensi", ("Bidang", "Dimension"), ("Bidang tema menurut buku kode.", "By the codebook."), 16),
    Col(
        "dimensi_kedua",
        ("Bidang kedua", "Second dimension"),
        ("Bidang lain yang paling sering pada butirnya.", "The other dimension its points have most often."),
        16,
    ),
    Col("elemen", ("Elemen", "Element"), ("Pada butirnya, dengan banyaknya.", "Of its points, with counts."), 24),
    Col("sifat", ("Sifat", "Nature"), ("Digital atau bukan, dengan banyaknya.", "Digital or not, with counts."), 24),
    Col("jumlah_masukan", ("Jumlah masukan", "Points"), ("Semua butir pada tema ini.", "All points of the theme."), 12),
    Col(
        "jumlah_peserta",
        ("Jumlah peserta", "Participants"),
        ("Paling sedikit dan paling banyak orang di baliknya.", "The fewest and the most people behind it."),
        12,
    ),
    Col(
        "jumlah_suara",
        ("Jumlah suara", "Voices"),
        ("Satu suara tiap orang atau tiap teks yang hampir sama.", "One per person or per near-identical text."),
        12,
    ),
    Col(
        "kelompok_tercakup",
        ("Kelompok tercakup", "Groups reached"),
        ("Kelompok yang menyebut tema ini.", "Groups that speak of it."),
        30,
    ),
    Col("kelurahan_tercakup", ("Kelurahan tercakup", "Wards reached"), ("Banyaknya kelurahan.", "How many wards."), 12),
    Col("kondisi_rata2", ("Keadaan rata-rata", "Mean condition"), ("Skala 1 sampai 4.", "Scale 1 to 4."), 12),
    Col("kepentingan_rata2", ("Pentingnya rata-rata", "Mean importance"), ("Skala 1 sampai 4.", "Scale 1 to 4."), 12),
    Col(
        "kuadran_ipa",
        ("Kuadran", "Quadrant"),
        ("Letak terhadap rata-rata semua tema yang dinilai.", "Where it lies against the means of all rated themes."),
        20,
    ),
    Col("u", ("Mendesak (U)", "Urgency (U)"), SCORED, 8),
    Col("s", ("Gawat (S)", "Seriousness (S)"), SCORED, 8),
    Col("g", ("Berkembang (G)", "Growth (G)"), SCORED, 8),
    Col("usg", ("USG", "USG"), ("Jumlah ketiga median, 3 sampai 15.", "Sum of the three medians, 3 to 15."), 8),
    *(Col(f"k{n}", (f"Kriteria {n}", f"Criterion {n}"), SCORED, 12) for n in range(1, CRITERIA + 1)),
    *(
        Col(
            f"bobot_k{n}",
            (f"Bobot kriteria {n}", f"Weight of criterion {n}"),
            ("Bobot dalam persen menurut skema yang ditetapkan.", "Weight in percent by the scheme that was fixed."),
            10,
        )
        for n in range(1, CRITERIA + 1)
    ),
    Col(
        "skor_tertimbang",
        ("Skor tertimbang", "Weighted score"),
        ("Rata-rata tertimbang kriteria, 1 sampai 5.", "Weighted mean of the criteria, 1 to 5."),
        12,
    ),
    Col("upaya", ("Upaya", "Effort"), SCORED, 10),
    Col("dampak", ("Dampak", "Impact"), SCORED, 10),
    Col(
        "bukti",
        ("Bukti", "Evidence"),
        (
            "Kekuatan bukti menurut tim: 0 tidak ada, 1 pengalaman, 2 data resmi, 3 kajian.",
            "Strength of evidence, by the team: 0 none, 1 experience, 2 official data, 3 study.",
        ),
        10,
    ),
    Col(
        "misi_rpjmd",
        ("Misi RPJMD", "Missions"),
        ("Nomor misi menurut bidangnya dan menurut butirnya.", "By its dimension and by its points."),
        14,
    ),
    Col(
        "rentang_peringkat",
        ("Rentang peringkat", "Range of places"),
        (
            "Urutan tim: bila satu bobot bergeser seperlima. Urutan awal: 90 % dari undian suara.",
            "Team's order: if any one weight moves by a fifth. Computed order: 90 % of the draws of voices.",
        ),
        14,
    ),
    Col(
        "ubahan_tim",
        ("Ubahan tim", "Moved by the team"),
        ("Dari tempat mana ke mana, bila dipindahkan orang.", "From which place to which, where a person moved it."),
        14,
    ),
    Col("alasan_ubahan", ("Alasan ubahan", "Why it was moved"), ("Ditulis saat memindahkan.", "As written then."), 30),
    *(
        Col(
            f"contoh_kutipan_{n}",
            (f"Contoh kutipan {n}", f"Example quote {n}"),
            ("Kata-kata pengirim; data pribadi ditutup.", "The sender's words; personal data covered."),
            50,
        )
        for n in range(1, QUOTES + 1)
    ),
)
PARTS = (
    Col("peringkat", ("Peringkat awal", "Computed place"), ("Dalam urutan awal.", "In the computed order."), 10),
    Col("isu", ("Isu", "Issue"), ("Nama tema.", "Name of the theme."), 34),
    Col("kriteria", ("Kriteria", "Criterion"), ("Bagian dari nilai.", "Part of the score."), 18),
    Col("nilai", ("Nilai", "Value"), ("Skala tetap 0–100.", "Fixed scale 0–100."), 10),
    Col("bobot", ("Bobot", "Weight"), ("Dalam persen.", "In percent."), 10),
    Col("sumbangan", ("Sumbangan", "Share"), ("Bagian dari nilai awal.", "Part of the computed score."), 12),
    Col("arti", ("Arti", "Meaning"), ("Apa yang diukur kriteria ini.", "What the criterion measures."), 48),
    Col("rincian", ("Rincian", "Detail"), ("Dari apa nilainya di tema ini.", "What it rests on here."), 40),
)
SCORES = (
    Col("isu", ("Isu", "Issue"), ("Nama tema.", "Name of the theme."), 34),
    Col("kriteria", ("Kriteria", "Criterion"), ("Kriteria skema.", "Criterion of the scheme."), 30),
    Col("bobot", ("Bobot", "Weight"), ("Dalam persen.", "In percent."), 10),
    Col("penilai", ("Penilai", "Reviewers"), ("Berapa orang menilai.", "How many scored it."), 10),
    Col("median", ("Median", "Median"), ("Nilai tengah.", "The middle value."), 10),
    Col("terendah", ("Terendah", "Lowest"), ("Nilai terendah.", "The lowest value."), 10),
    Col("tertinggi", ("Tertinggi", "Highest"), ("Nilai tertinggi.", "The highest value."), 10),
)
POINTS = (
    Col("peringkat", ("Peringkat awal", "Computed place"), ("Tempat tema butir ini.", "Place of its theme."), 10),
    Col("isu", ("Isu", "Issue"), ("Nama tema.", "Name of the theme."), 30),
    Col("no_registrasi", ("Nomor registrasi", "Registration number"), ("Nomor tanda terima.", "Receipt number."), 16),
    Col("kelompok", ("Kelompok", "Group"), ("Kelompok pengirim.", "Group of the sender."), 18),
    Col("kelurahan", ("Kelurahan", "Ward"), ("Yang disebut pengirim.", "As the sender said."), 20),
    Col("kanal", ("Kanal", "Channel"), ("Jalan masuknya.", "The way it came in."), 18),
    Col("teks", ("Teks", "Text"), ("Utuh; data pribadi ditutup.", "Whole; personal data covered."), 80),
    Col("usul_redaksi", ("Usul redaksi", "Proposed wording"), ("Data pribadi ditutup.", "Personal data covered."), 50),
    Col("rujukan", ("Rujukan", "Reference"), ("Data pribadi ditutup.", "Personal data covered."), 40),
)
