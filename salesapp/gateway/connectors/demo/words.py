"""Parts of the demo company's names. Brands, firms and people are invented."""

from typing import NamedTuple

BRANDS = (
    "Lumera", "Tavora", "Orvelo", "Brzozan", "Kaszelin", "Wistoria", "Norvika", "Solvena", "Piastowit", "Halnikowo",
    "Jaworan", "Lipowit", "Morenka", "Bukowin", "Velmaro", "Szarotkowo", "Rosanta", "Klonara", "Ostrovia", "Zagajno",
    "Milaveo", "Torvald", "Jagodzin", "Perłówka", "Salvento", "Drużba", "Złotokłos", "Mazurin", "Karpatka", "Fiordal",
    "Wiklinowo", "Grodan", "Aurelka", "Borowit", "Pomorzyn", "Tatranella", "Nadwitka", "Olivero", "Sosnówek", "Belmira",
)  # fmt: skip

QUALITIES = ("", "Bio", "Premium", "Classic", "Family", "Catering")


class Town(NamedTuple):
    """A town with postal code, region (as representatives call it) and country."""

    name: str
    postal_code: str
    region: str
    country: str


def _town(line: str) -> Town:
    name, postal_code, region, country = line.split("|")
    return Town(name, postal_code, region, country)


POLISH_TOWNS = tuple(
    _town(f"{line}|PL")
    for line in """\
Warszawa|02-776|Mazowieckie
Kraków|31-027|Małopolskie
Łódź|90-318|Łódzkie
Wrocław|50-079|Dolnośląskie
Poznań|61-772|Wielkopolskie
Gdańsk|80-831|Pomorskie
Szczecin|70-434|Zachodniopomorskie
Bydgoszcz|85-006|Kujawsko-Pomorskie
Lublin|20-109|Lubelskie
Białystok|15-269|Podlaskie
Katowice|40-012|Śląskie
Gdynia|81-372|Pomorskie
Częstochowa|42-202|Śląskie
Radom|26-600|Mazowieckie
Toruń|87-100|Kujawsko-Pomorskie
Rzeszów|35-064|Podkarpackie
Kielce|25-303|Świętokrzyskie
Olsztyn|10-117|Warmińsko-Mazurskie
Zielona Góra|65-048|Lubuskie
Opole|45-015|Opolskie
Płock|09-402|Mazowieckie
Elbląg|82-300|Warmińsko-Mazurskie
Tarnów|33-100|Małopolskie
Koszalin|75-007|Zachodniopomorskie
Kalisz|62-800|Wielkopolskie
Legnica|59-220|Dolnośląskie
Nowy Sącz|33-300|Małopolskie
Jelenia Góra|58-500|Dolnośląskie
Słupsk|76-200|Pomorskie
Zamość|22-400|Lubelskie
Suwałki|16-400|Podlaskie
Przemyśl|37-700|Podkarpackie
Zakopane|34-500|Małopolskie
Świnoujście|72-600|Zachodniopomorskie
Żywiec|34-300|Śląskie
Wałbrzych|58-300|Dolnośląskie
Ełk|19-300|Warmińsko-Mazurskie
Łomża|18-400|Podlaskie
Gniezno|62-200|Wielkopolskie
Sandomierz|27-600|Świętokrzyskie""".splitlines()
)

FOREIGN_TOWNS = tuple(
    _town(line)
    for line in """\
Berlin|10115|Berlin|DE
Dresden|01067|Sachsen|DE
Görlitz|02826|Sachsen|DE
Ostrava|702 00|Moravskoslezský kraj|CZ
Brno|602 00|Jihomoravský kraj|CZ
Žilina|010 01|Žilinský kraj|SK
Vilnius|01108|Vilniaus apskritis|LT
Wien|1070|Wien|AT""".splitlines()
)

STREETS = (
    "Lipowa", "Długa", "Krótka", "Polna", "Leśna", "Ogrodowa", "Kwiatowa", "Słoneczna", "Szkolna", "Rynek", "Młyńska",
    "Kolejowa", "Nadrzeczna", "Łąkowa", "Brzozowa", "Wiśniowa", "Sportowa", "Targowa", "Portowa", "Źródlana",
)  # fmt: skip
FOREIGN_STREETS = {
    "DE": ("Lindenstraße", "Marktplatz", "Gartenweg", "Bahnhofstraße"),
    "AT": ("Lindengasse", "Mühlgasse", "Gartengasse"),
    "CZ": ("Lipová", "Zahradní", "Nádražní"),
    "SK": ("Lipová", "Kvetná", "Záhradná"),
    "LT": ("Liepų g.", "Sodų g.", "Upės g."),
}

SHOPS = (
    ("Delikatesy", "A"), ("Sklep spożywczy", "B"), ("Market", "A"), ("Restauracja", "HORECA"), ("Hurtownia", "A"),
    ("Bar mleczny", "HORECA"), ("Piekarnia", "B"), ("Kawiarnia", "HORECA"), ("Hotel", "HORECA"), ("Warzywniak", "C"),
    ("Minimarket", "B"), ("Stołówka", "C"), ("Pizzeria", "HORECA"), ("Sklep osiedlowy", "C"), ("Pensjonat", "HORECA"),
    ("Cukiernia", "B"),
)  # fmt: skip
"""The first word of a customer's name, and the class of such customers."""

FOREIGN_SHOPS = {
    "DE": ("Feinkost", "GmbH"),
    "AT": ("Gasthaus", "KG"),
    "CZ": ("Potraviny", "s.r.o."),
    "SK": ("Potraviny", "s.r.o."),
    "LT": ("Maisto prekės", "UAB"),
}

PROPER_NAMES = (
    "Kalina", "Jagoda", "Bursztyn", "Pod Lipą", "Złoty Róg", "Promyk", "Jarzębina", "Malwa", "Rumianek", "Stokrotka",
    "Pod Arkadami", "Smakosz", "Zacisze", "Wrzos", "Nad Rzeką", "Sezam", "Koliber", "Modrzew", "Pod Kasztanem",
    "Orzech", "Poziomka", "Dąbrowa", "Świerk", "Tęcza", "Kłos", "Perła", "Jutrzenka", "Skowronek", "Pod Żaglami",
    "Chabry", "Łabędź", "Źródełko", "Zielony Rynek", "Konwalia", "Czereśnia", "Morska Fala", "Pod Zegarem",
    "Wisienka", "Bławatek",
)  # fmt: skip
LEGAL_FORMS = ("", "Sp. z o.o.", "s.c.", "Sp.j.")

FIRST_NAMES = (
    "Alicja", "Bartosz", "Celina", "Damian", "Elżbieta", "Filip", "Grażyna", "Hubert", "Iwona", "Jacek", "Kinga",
    "Łukasz", "Małgorzata", "Norbert", "Oliwia", "Paweł", "Róża", "Stanisław", "Urszula", "Wiktor", "Zofia", "Żaneta",
)  # fmt: skip
FAMILY_NAMES = (
    "Brzózka", "Chmurak", "Dzwonnik", "Gruszczak", "Jodłowit", "Kasztelak", "Leszczynka", "Łąkowiak", "Mirtowicz",
    "Niezapominaj", "Ogrodniczak", "Pszczółkiewicz", "Rosiczka", "Sosnowit", "Śliwczak", "Topolak", "Wierzbak",
    "Zbożnik", "Źrebak", "Żurawik",
)  # fmt: skip
POSITIONS = ("owner", "purchasing", "shop manager", "head chef", "warehouse", "accounts")
