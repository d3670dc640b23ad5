"""Names of export columns in English, Polish and German, in lower case without accents.

Earlier words of a list win; a header that equals a word wins over one that only contains it.
"""

import re
import unicodedata

ITEM_WORDS: dict[str, tuple[str, ...]] = {
    "code": ("code", "item code", "item no", "item number", "sku", "symbol", "index", "article", "product code",
             "product id", "kod", "kod towaru", "indeks", "indeks towaru", "nr katalogowy", "symbol towaru",
             "id towaru",
             "artikelnummer", "artikel nr", "artikelnr", "artnr", "art nr", "artikel", "nummer", "bestellnummer", "id",
             "key"),
    "name": ("name", "item name", "product name", "description", "title", "nazwa", "nazwa towaru", "nazwa artykulu",
             "towar", "opis", "bezeichnung", "artikelbezeichnung", "artikelname", "produktname", "beschreibung"),
    "description": ("long description", "description", "details", "opis", "opis towaru", "beschreibung", "langtext"),
    "ean": ("ean", "ean code", "ean13", "gtin", "barcode", "kod ean", "kod kreskowy", "strichcode", "ean nummer"),
    "unit": ("unit", "uom", "unit of measure", "jm", "j m", "jedn", "jednostka", "jednostka miary", "miara", "einheit",
             "me", "mengeneinheit"),
    "net_price": ("net price", "price net", "price", "list price", "unit price", "cena netto", "cena sprzedazy netto",
                  "netto", "cena", "cena katalogowa", "nettopreis", "preis netto", "preis", "listenpreis", "vk netto",
                  "vk"),
    "gross_price": ("gross price", "price gross", "cena brutto", "brutto", "bruttopreis", "preis brutto", "vk brutto"),
    "stock": ("stock", "quantity", "qty", "on hand", "available", "stan", "stan magazynowy", "ilosc", "dostepne",
              "bestand", "lagerbestand", "menge"),
    "vat": ("vat", "vat rate", "tax rate", "stawka vat", "vat %", "stawka", "ptu", "mwst", "mwst satz", "ust",
            "steuersatz"),
    "group": ("group", "category", "item group", "product group", "grupa", "grupa towarowa", "kategoria", "asortyment",
              "gruppe", "warengruppe", "kategorie"),
    "manufacturer": ("manufacturer", "brand", "producent", "marka", "hersteller", "marke"),
}  # fmt: skip
CUSTOMER_WORDS: dict[str, tuple[str, ...]] = {
    "code": ("customer code", "customer no", "customer number", "customer id", "account", "code", "symbol", "akronim",
             "kod kontrahenta", "kod klienta", "id klienta", "id kontrahenta", "nr kontrahenta", "kod",
             "kundennummer", "kundennr", "kunden nr", "debitor", "nummer", "id", "key"),
    "name": ("customer name", "company", "company name", "customer", "name", "nazwa kontrahenta", "nazwa klienta",
             "nazwa firmy", "kontrahent", "klient", "firma", "nazwa", "kundenname", "kunde", "firmenname"),
    "tax_id": ("tax id", "vat id", "vat number", "tax number", "nip", "nr nip", "ust id", "ustid", "steuernummer",
               "ust idnr"),
    "street": ("street", "address", "address line 1", "ulica", "adres", "strasse", "adresse"),
    "postal_code": ("postal code", "postcode", "zip", "zip code", "kod pocztowy", "plz", "postleitzahl"),
    "city": ("city", "town", "miasto", "miejscowosc", "ort", "stadt"),
    "country": ("country", "kraj", "land"),
    "phone": ("phone", "telephone", "phone number", "mobile", "telefon", "nr telefonu", "komorka", "handy"),
    "email": ("email", "e mail", "mail", "adres email"),
    "representative": ("representative", "sales rep", "salesperson", "rep", "przedstawiciel", "handlowiec", "opiekun",
                       "vertreter", "aussendienst"),
}  # fmt: skip
CUSTOMER_FILES = ("customer", "client", "kontrahen", "klien", "odbior", "kunde", "debitor", "partner")
_NEVER = ("zakup", "purchase", "cost", "koszt", "einkauf", "ek", "marza", "margin", "marge")
"""Columns with these words are never used: purchase prices and margins do not belong on a tablet."""
_SIGNS = {"tax_id", "street", "postal_code", "city"}
"""Columns that only customers have."""


def folded(text: str) -> str:
    """Returns the text in lower case, without accents or punctuation: "Cena netto (zł)" becomes "cena netto zl"."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    ascii_only = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub("[^a-z0-9%]+", " ", ascii_only).strip()


def recognised(columns: tuple[str, ...], words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Returns the column of each recognised meaning; exact matches win over words within a header."""
    found: dict[str, str] = {}
    for fits in (_equals, _contains):
        for meaning, known in words.items():
            free = [column for column in columns if column not in found.values() and not _is_secret(column)]
            for word in known:
                column = next((column for column in free if fits(folded(column), word)), None)
                if column is not None:
                    found.setdefault(meaning, column)
                    break
    return found


def is_about_customers(table: str, columns: tuple[str, ...]) -> bool:
    """Whether a file is a list of customers, by its name or by two columns that only customers have."""
    found = recognised(columns, CUSTOMER_WORDS)
    return any(word in folded(table) for word in CUSTOMER_FILES) or len(_SIGNS & found.keys()) >= 2


def _is_secret(column: str) -> bool:
    words = folded(column).split()
    return any(word.startswith(never) if len(never) > 2 else word == never for word in words for never in _NEVER)


def _equals(header: str, word: str) -> bool:
    return header == word


def _contains(header: str, word: str) -> bool:
    """Matches whole words only: "name" does not contain "me"."""
    return len(word) > 2 and f" {word} " in f" {header} "
