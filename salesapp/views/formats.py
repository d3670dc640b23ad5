"""Formats numbers, dates, ages and sizes for people, in the interface's language.

Unlike Qt's locales, groups digits by a narrow no-break space from 1 000 on, and sets a no-break space before units.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from salesapp.clock import here
from salesapp.clock import local as local_time
from salesapp.domain.price_rules.numbers import rounded
from salesapp.views.currencies import decimals_of

NARROW = "\N{NARROW NO-BREAK SPACE}"
FIXED = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
UNKNOWN = "\N{EN DASH}"

translate = QCoreApplication.translate


def plural(context: str, source: str, count: int) -> str:
    """Returns a text with `%n` in the plural form for a count; `scripts/translations` collects these calls."""
    return translate(context, source, "", count)


def language() -> str:
    """Returns the interface's language: "en" or "pl"."""
    return "pl" if QLocale().language() == QLocale.Language.Polish else "en"


def number(value: int | Decimal, decimals: int = 0) -> str:
    """12 410, or 1 994.59 with decimals, half up (1 994,59 in Polish)."""
    shown = rounded(abs(value), decimals) if isinstance(value, Decimal) else abs(value)
    text = f"{shown:,.{decimals}f}".replace(",", NARROW)
    if language() == "pl":
        text = text.replace(".", ",")
    return f"{MINUS}{text}" if value < 0 else text


def decimal(value: Decimal) -> str:
    """Formats a decimal without trailing zeros."""
    text = f"{value.normalize():f}"
    return number(value, len(text.partition(".")[2]))


def amount(value: Decimal, currency: str = "") -> str:
    """Formats an amount with its currency's decimals; without a code those of the base currency."""
    return number(value, decimals_of(currency))


def money(value: Decimal, currency: str) -> str:
    """Formats an amount with its currency: 1 994.59 PLN, 1 995 HUF."""
    return f"{amount(value, currency)}{FIXED}{currency}"


def price(value: Decimal, currency: str = "") -> str:
    """Formats a price with its currency's decimals, or up to four if it has them: 0.0345 is not 0.03."""
    exponent = value.normalize().as_tuple().exponent
    least = decimals_of(currency)
    return number(value, max(least, min(-exponent if isinstance(exponent, int) else least, 4)))


def percent(value: float) -> str:
    return f"{int(value)}{FIXED}%"


def signed_percent(value: Decimal) -> str:
    """+6.2 %, or with a minus."""
    sign = MINUS if value < 0 else "+" if value > 0 else ""
    return f"{sign}{number(abs(value), 1)}{FIXED}%"


def size(count: int) -> str:
    """Formats a number of bytes as bytes, kB, MB or GB (powers of 1000)."""
    if count < 1000:
        return f"{count}{FIXED}B"
    if count < 1_000_000:
        return f"{number(round(count / 1000))}{FIXED}kB"
    if count < 100_000_000:
        return f"{number(Decimal(count) / 1_000_000, 1)}{FIXED}MB"
    if count < 1_000_000_000:
        return f"{number(round(count / 1_000_000))}{FIXED}MB"
    return f"{number(Decimal(count) / 1_000_000_000, 1)}{FIXED}GB"


def duration(seconds: float) -> str:
    """40 s, 1 min 12 s, 2 h 5 min."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole}{FIXED}s"
    if whole < 3600:
        minutes, rest = divmod(whole, 60)
        return f"{minutes}{FIXED}min {rest}{FIXED}s" if rest else f"{minutes}{FIXED}min"
    hours, rest = divmod(whole // 60, 60)
    return f"{hours}{FIXED}h {rest}{FIXED}min" if rest else f"{hours}{FIXED}h"


def left(seconds: float) -> str:
    """Formats the time left, coarsely so that it does not flicker."""
    if seconds < 60:
        return duration(max(5, round(seconds / 5) * 5))
    return duration(round(seconds / 60) * 60)


def local(utc: str) -> datetime:
    """Returns a stored time (UTC) as local time."""
    return local_time(utc)


def clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def short_date(moment: date, today: date | None = None) -> str:
    """12 Mar, or 12 Mar 2025 of another year (12.03 in Polish)."""
    this_year = (today or here()).year
    if language() == "pl":
        return f"{moment:%d.%m}" if moment.year == this_year else f"{moment:%d.%m.%Y}"
    month = QLocale(QLocale.Language.English).standaloneMonthName(moment.month, QLocale.FormatType.ShortFormat)
    return f"{moment.day} {month}" if moment.year == this_year else f"{moment.day} {month} {moment.year}"


def day(value: str) -> str:
    """Formats a stored date, which is the same in every time zone, or the local date of a stored time."""
    return short_date(local(value) if len(value) > len("2026-03-12") else date.fromisoformat(value))


def long_date(moment: datetime) -> str:
    """Thursday, 12 March 2026."""
    locale = QLocale()
    day = locale.dayName(moment.isoweekday(), QLocale.FormatType.LongFormat)
    if language() == "pl":
        return f"{day}, {moment:%d.%m.%Y}"
    month = locale.standaloneMonthName(moment.month, QLocale.FormatType.LongFormat)
    return f"{day}, {moment.day} {month} {moment.year}"


def day_and_time(utc: str) -> str:
    """11 Mar, 18:04: the day by its date, for clocks that may be wrong."""
    then = local(utc)
    return f"{short_date(then)}, {clock(then)}"


def moment(utc: str, now: datetime | None = None) -> str:
    """Today 07:52, yesterday 18:04, 11 Mar, 18:04."""
    then, today = local(utc), now or here()
    days = (today.date() - then.date()).days
    if days == 0:
        return translate("Formats", "today {time}").format(time=clock(then))
    if days == 1:
        return translate("Formats", "yesterday {time}").format(time=clock(then))
    return f"{short_date(then, today)}, {clock(then)}"


def age(utc: str, now: datetime | None = None) -> str:
    """Formats the age of data: just now, 5 min old, 2 h old, 3 days old. A time in the future counts as now."""
    then, today = local(utc), now or here()
    passed = max(today - then, timedelta())
    days = (today.replace(tzinfo=None) - then.replace(tzinfo=None)).days  # calendar days, which are not always 24 hours
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        text = translate("Formats", "just now")
    elif minutes < 60:
        text = translate("Formats", "{time} old").format(time=f"{minutes} min")
    elif days < 2:
        text = translate("Formats", "{time} old").format(time=f"{minutes // 60} h")
    else:
        text = plural("Formats", "%n days old", days)
    return text.replace(" ", FIXED)  # lines break before the age, not inside


def dates(first: str, last: str, today: datetime | None = None) -> str:
    """Formats a period of validity from two stored dates; either may be empty."""
    begin, end = (short_date(date.fromisoformat(day), today) if day else "" for day in (first, last))
    if begin and end:
        return f"{begin}{FIXED}\N{EN DASH} {end}"
    if begin:
        return translate("Formats", "from {date}").format(date=begin)
    return translate("Formats", "until {date}").format(date=end) if end else ""


def capitalized(text: str) -> str:
    """Capitalizes the first letter, for the beginning of a line."""
    return text[:1].upper() + text[1:]
