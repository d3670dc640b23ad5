"""Texts of reports: periods, changes, targets, and scaled amounts."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from salesapp import clock
from salesapp.domain.periods import Period, Span, period_of
from salesapp.domain.sales import TargetProgress
from salesapp.models.reports import Row
from salesapp.services.reports import AwayRow, Bar, Change, Order, Ranked, Report
from salesapp.views import formats
from salesapp.views.labels import area_name

translate, plural = QCoreApplication.translate, formats.plural
DOT = f"{formats.FIXED}\N{MIDDLE DOT} "
DASH = "\N{EN DASH}"
ZERO = Decimal()
_LONG, _SHORT = QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of a chart: units of the currency per 1, decimals, and the scale's name."""

    unit: int
    decimals: int

    def show(self, amount: Decimal) -> str:
        return formats.number(_rounded(amount / self.unit, self.decimals), self.decimals)


def scale_of(most: Decimal) -> Scale:
    """Returns a scale on which the highest amount has at most four digits."""
    for unit in (1, 1_000, 1_000_000):
        if most < 10 * 1_000 * unit:
            return Scale(unit, 1 if unit > 1 and most < 1_000 * unit else 0)
    return Scale(1_000_000, 0)


def scale_text(scale: Scale, currency: str) -> str:
    if scale.unit == 1_000:
        return translate("Reports", "thousand {currency}").format(currency=currency)
    if scale.unit == 1_000_000:
        return translate("Reports", "million {currency}").format(currency=currency)
    return currency


def money(amount: Decimal, decimals: int | None = None) -> str:
    """11 304.20, rounded half up as on paper."""
    return formats.amount(amount) if decimals is None else formats.number(amount, decimals)


def percent(value: Decimal) -> str:
    """6.2 %, without a sign."""
    return f"{formats.number(abs(value), 1)}{formats.FIXED}%"


def _rounded(amount: Decimal, decimals: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def report_name() -> str:
    return area_name("reports")


def header(report: Report) -> tuple[str, str]:
    """Returns title and context: period, currency, and age of the data."""
    net = translate("Reports", "Own sales, net {currency}").format(currency=report.currency)
    when = formats.moment(report.as_of) if report.as_of else ""
    age = translate("Reports", "ERP as of {time}, and this device").format(time=when) if when else ""
    if report.within is None:
        return report_name(), DOT.join(part for part in (net, age) if part)
    of = report.within
    range_ = days(of, report.today) if of.span == "week" else ""
    return period_name(of, report.today), DOT.join(part for part in (range_, net, age) if part)


def last_periods(of: Span, number: int) -> str:
    """The last 12 weeks."""
    return translate("Reports", "last {length}").format(length=length(of, number))


# Periods


def span(name: Span) -> str:
    return {
        "day": translate("Reports", "Day"),
        "week": translate("Reports", "Week"),
        "month": translate("Reports", "Month"),
        "year": translate("Reports", "Year"),
    }[name]


def chart_title(name: Span) -> str:
    return {
        "day": translate("Reports", "Sales by day"),
        "week": translate("Reports", "Sales by week"),
        "month": translate("Reports", "Sales by month"),
        "year": translate("Reports", "Sales by year"),
    }[name]


def length(name: Span, count: int) -> str:
    """12 weeks."""
    return {
        "day": plural("Reports", "%n days", count),
        "week": plural("Reports", "%n weeks", count),
        "month": plural("Reports", "%n months", count),
        "year": plural("Reports", "%n years", count),
    }[name]


def week_number() -> str:
    return translate("Reports", "week number")


def title(period: Period, today: date) -> str:
    """Returns "This week" for the current period, else its name."""
    return _current(period.span) if today in period else period_name(period, today)


def _current(of: Span) -> str:
    return {
        "day": translate("Reports", "Today"),
        "week": translate("Reports", "This week"),
        "month": translate("Reports", "This month"),
        "year": translate("Reports", "This year"),
    }[of]


def so_far(of: Span) -> str:
    """Returns the name of the current, unfinished period."""
    return {
        "day": translate("Reports", "today"),
        "week": translate("Reports", "this week so far"),
        "month": translate("Reports", "this month so far"),
        "year": translate("Reports", "this year so far"),
    }[of]


def period_name(period: Period, today: date) -> str:
    """Thursday 12 Mar, week 11, March 2026, 2026."""
    if period.span == "year":
        return str(period.first.year)
    if period.span == "month":
        return month(period.first, today, with_year=True)
    if period.span == "week":
        if period != period_of("week", period.first):
            return days(period, today)  # a week cut off by its month
        return translate("Reports", "Week {number}").format(number=period.first.isocalendar().week)
    day = QLocale().dayName(period.first.isoweekday(), _LONG)
    return f"{formats.capitalized(day)} {short_day(period.first, today)}"


def month(first: date, today: date, *, with_year: bool = False) -> str:
    """March, or March 2025 if it is another year or `with_year`."""
    text = formats.capitalized(QLocale().standaloneMonthName(first.month, _LONG))
    return f"{text} {first.year}" if with_year or first.year != today.year else text


def short_day(day: date, today: date) -> str:
    return formats.short_date(_noon(day), _noon(today))


def days(period: Period, today: date) -> str:
    """2-5 Mar, 26 Jan - 1 Feb; with the year if it is another one; just the year for a whole year."""
    first, last = period.first, period.last
    if period == period_of("year", first):
        return str(first.year)
    if first == last:
        return short_day(first, today)
    end = short_day(last, today)
    if (first.year, first.month) == (last.year, last.month):
        begin = f"{first:%d}" if formats.language() == "pl" else str(first.day)
        return f"{begin}{DASH}{end}"
    return f"{short_day(first, last)} {DASH} {end}"


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12).astimezone()


def bar_labels(period: Period, *, in_month: bool) -> tuple[str, str]:
    """Returns the one or two lines below a bar; weeks within a month are named by their days."""
    first = period.first
    if period.span == "day":
        return QLocale().dayName(first.isoweekday(), _SHORT), str(first.day)
    if period.span == "month":
        text = QLocale().standaloneMonthName(first.month, _SHORT)
        return text, str(first.year) if first.month == 1 else ""
    if period.span == "year":
        return str(first.year), ""
    if in_month:
        return f"{first.day}{DASH}{period.last.day}" if period.days > 1 else str(first.day), ""
    return str(first.isocalendar().week), ""


# Changes and targets


def change(report: Report) -> tuple[str, str, str]:
    """Returns (icon, token, sentence) of the change against the same part of the period before."""
    found = report.change
    when = _compared(found.compared, report)
    if not found.is_whole:
        return "", "text2", translate("Reports", "{days}: not all of it is here").format(days=when)
    if found.percent is None:
        return "", "text2", translate("Reports", "{days}: none").format(days=when)
    if found.percent == 0:
        return "", "text2", translate("Reports", "as much as {days}").format(days=when)
    if found.percent > 0:
        text = translate("Reports", "{percent} more than {days}")
        return "arrow_up_regular", "ok", text.format(percent=percent(found.percent), days=when)
    text = translate("Reports", "{percent} less than {days}")
    return "arrow_down_regular", "text2", text.format(percent=percent(found.percent), days=when)


def _compared(period: Period, report: Report) -> str:
    """Returns the compared days; for an unfinished year, the year and its last compared day."""
    if period.span == "year" and period != period_of("year", period.first):
        last = short_day(period.last, period.last)
        return translate("Reports", "{year} to {day}").format(year=period.first.year, day=last)
    return days(period, report.today)


def change_of_orders(found: Change) -> tuple[str, str, str]:
    if not found.is_whole:
        return "", "text2", ""
    if found.orders > 0:
        return "arrow_up_regular", "ok", plural("Reports", "%n more", found.orders)
    if found.orders < 0:
        return "arrow_down_regular", "text2", plural("Reports", "%n fewer", -found.orders)
    return "", "text2", translate("Reports", "as many")


def change_of_average(found: Change) -> tuple[str, str, str]:
    if found.average_percent is None or not found.is_whole:
        return "", "text2", ""
    if found.average_percent == 0:
        return "", "text2", translate("Reports", "the same")
    amount = percent(found.average_percent)
    if found.average_percent > 0:
        return "arrow_up_regular", "ok", translate("Reports", "{percent} more").format(percent=amount)
    return "arrow_down_regular", "text2", translate("Reports", "{percent} less").format(percent=amount)


def target_title(progress: TargetProgress, today: date) -> str:
    """March target 60 000."""
    when = month(progress.period.first, today) if progress.period.span == "month" else str(progress.period.first.year)
    return translate("Reports", "{period} target {amount}").format(period=when, amount=money(progress.target, 0))


def target_line(progress: TargetProgress, today: date) -> str:
    """Returns what is still to be sold, and in how many working days."""
    if progress.is_reached:
        above = money(progress.net - progress.target, 0)
        return translate("Reports", "reached, {amount} above").format(amount=above)
    amount = money(progress.to_go, 0)
    if today > progress.period.last:
        return translate("Reports", "{amount} were missing").format(amount=amount)
    left = plural("Reports", "%n working days", progress.days_left)
    return translate("Reports", "{amount} to go, {days}").format(amount=amount, days=left)


def target_of_bars(of: Span) -> str:
    return {
        "day": translate("Reports", "daily target"),
        "week": translate("Reports", "weekly target"),
        "month": translate("Reports", "monthly target"),
        "year": translate("Reports", "yearly target"),
    }[of]


def no_target() -> tuple[str, str]:
    return translate("Reports", "No target"), translate("Reports", "The ERP has sent none for this time.")


def orders() -> str:
    return translate("Reports", "Orders")


def average() -> str:
    return translate("Reports", "Average order")


def best_title() -> str:
    return translate("Reports", "Top")


def best_of(report: Report) -> str:
    """12 weeks, or the name of the opened period."""
    if report.within is not None:
        return period_name(report.within, report.today)
    return length(report.shown.span, len(report.bars))


def whole_list(title_: str, of: str) -> str:
    """Returns the text for screen readers of a title that opens the whole list."""
    return translate("Reports", "{title}, {of}: whole list").format(title=title_, of=of)


def nothing_sold() -> str:
    return translate("Reports", "Nothing was sold in this time.")


def nobody_away() -> str:
    return translate("Reports", "Every customer who has ever ordered did so in this time.")


# Texts for screen readers, and rows


def spoken_bar(bar: Bar, currency: str, today: date) -> str:
    """Returns a bar as text for screen readers."""
    parts = [title(bar.period, today)]
    if bar.period.span == "week":
        parts.append(days(bar.period, today))
    parts.append(f"{money(bar.total.net)} {currency}".strip())
    parts.append(plural("Reports", "%n orders", bar.total.orders))
    if bar.target:
        parts.append(translate("Reports", "target {amount}").format(amount=money(bar.target, 0)))
    return ", ".join(dict.fromkeys(parts))


def what(of: str) -> str:
    return area_name(of)


def ranked_name(ranked: Ranked) -> str:
    return ranked.name or translate("Reports", "Not on this device")


def ranked_place(ranked: Ranked) -> str:
    return ", ".join(part for part in (ranked_name(ranked), ranked.city) if part)


def away_title(weeks: int | None) -> str:
    if weeks is None:
        return translate("Reports", "Never ordered")
    return plural("Reports", "Not ordered for %n weeks", weeks)


def away_name() -> str:
    return translate("Reports", "Not ordered for")


def weeks_choice(choice: str) -> str:
    return translate("Reports", "Never") if choice == "never" else length("week", int(choice))


def count(of: str, number: int) -> str:
    """Returns the number of rows of a list as text."""
    return {
        "customers": plural("Reports", "%n customers", number),
        "items": plural("Reports", "%n items", number),
        "orders": plural("Reports", "%n orders", number),
    }[of]


def away_hint() -> str:
    return translate("Reports", "Any order counts, whoever took it. Amounts are those of the last 52 weeks, net.")


def weeks_of(row: AwayRow) -> str:
    return plural("Reports", "%n weeks", row.away.weeks) if row.away.last else ""


def place_of(row: AwayRow) -> str:
    return ", ".join(part for part in (row.name, row.city) if part)


def below(row: Row, today: date) -> str:
    """Returns the second line of a row."""
    if isinstance(row, Ranked):
        return DOT.join(part for part in (row.city, row.code) if part)
    if isinstance(row, Order):
        return DOT.join(part for part in (row.number, short_day(row.day, today)) if part)
    if row.away.last is None:
        return row.city
    last = translate("Reports", "last order {date}").format(date=short_day(row.away.last, today))
    return DOT.join(part for part in (row.city, last) if part)


def row_title(row: Row) -> str:
    if isinstance(row, Ranked):
        return ranked_name(row)
    if isinstance(row, Order):
        return row.customer or translate("Reports", "Not on this device")
    return row.name or translate("Reports", "Not on this device")


def rights(row: Row) -> tuple[str, str]:
    """Returns the one or two lines on the right of a row."""
    if isinstance(row, Ranked):
        return money(row.net), ""
    if isinstance(row, Order):
        return formats.amount(row.net, row.currency), row.currency
    return weeks_of(row), money(row.away.net, 0) if row.away.net else ""


def spoken_row(row: Row) -> str:
    parts = [row_title(row), below(row, clock.today()), *rights(row)]
    if isinstance(row, Order) and row.record:
        parts.append(translate("Reports", "on this device"))
    return ", ".join(part for part in parts if part)


def notes(report: Report) -> str:
    """Returns sentences on the limits of the totals; empty if there are none."""
    found = []
    if report.on_device:
        found.append(plural("Reports", "%n orders that the ERP does not have yet are included.", report.on_device))
    if report.estimated:
        found.append(plural("Reports", "%n orders count by a later rate of their currency.", report.estimated))
    if report.begins is not None:
        text = translate("Reports", "The documents on this device begin on {date}.")
        found.append(text.format(date=short_day(report.begins, report.today)))
    if report.left_out:
        count = sum(orders for _, orders in report.left_out)
        text = plural("Reports", "%n orders in {currencies} are left out: the ERP sends no rate.", count)
        found.append(text.format(currencies=", ".join(currency for currency, _ in report.left_out)))
    return " ".join(found)
