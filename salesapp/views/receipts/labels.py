"""Texts of records with receipts: their states and names."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from salesapp import clock
from salesapp.views import formats
from salesapp.views.parts.strip import Segment, Shape

if TYPE_CHECKING:
    from salesapp.services.own_work import WorkItem

translate, plural = QCoreApplication.translate, formats.plural

_E, _D, _H = Segment(Shape.EMPTY), Segment(Shape.RUNNING, 1.0), Segment(Shape.HOLLOW)
_OK, _BAD = Segment(Shape.DONE), Segment(Shape.FAILED, 1.0)
LOOKS = {
    "draft": ("edit_regular", "text2", (_E, _E, _E)),
    "on_device": ("clock_regular", "wait", (_H, _E, _E)),
    "held_back": ("pause_circle_filled", "wait", (_H, _E, _E)),
    "sending": ("arrow_upload_regular", "accent", (_D, Segment(Shape.RUNNING, 0.5), _E)),
    "received": ("cloud_checkmark_regular", "accent", (_D, _D, _E)),
    "in_erp": ("checkmark_circle_filled", "ok", (_OK, _OK, _OK)),
    "rejected": ("error_circle_filled", "fail", (_D, _D, _BAD)),
    "voided": ("dismiss_circle_regular", "text2", (_E, _E, _E)),
    "kept": ("tablet_regular", "text2", (_E, _E, _E)),
}
"""State -> icon, colour, and the three segments device, gateway, ERP."""
KINDS = {
    "document": "document_text_regular",
    "customer": "person_add_regular",
    "appointment": "clipboard_checkmark_regular",
    "travel": "vehicle_car_regular",
    "file": "attach_regular",
}


def state_word(state: str) -> str:
    words = {
        "draft": translate("Receipt", "Draft"),
        "on_device": translate("Receipt", "On device"),
        "held_back": translate("Receipt", "Held back"),
        "sending": translate("Receipt", "Being sent"),
        "received": translate("Receipt", "Received"),
        "in_erp": translate("Receipt", "In ERP"),
        "rejected": translate("Receipt", "Rejected"),
        "voided": translate("Receipt", "Voided"),
        "kept": translate("Receipt", "Stays here"),
    }
    return words.get(state, state)


def receipt_text(item: "WorkItem") -> str:
    """Returns the state with its detail: the ERP's number, or what the record waits for."""
    word = state_word(item.state)
    more = item.erp_number if item.state == "in_erp" else ""
    if item.state == "held_back":
        more = waits_for(item)
    elif item.state in {"received", "rejected"} and item.reported_at:
        more = short_time(item.reported_at)
    return f"{word} \N{MIDDLE DOT} {more}" if more else word


def waits_for(item: "WorkItem") -> str:
    """Returns what must be sent first."""
    owner = item.owner[0] if item.kind == "file" else "customer"
    if item.is_owner_rejected:
        names = {
            "customer": translate("Receipt", "customer was rejected"),
            "document": translate("Receipt", "document was rejected"),
            "appointment": translate("Receipt", "visit was rejected"),
        }
        return names.get(owner, translate("Receipt", "what it belongs to was rejected"))
    names = {
        "customer": translate("Receipt", "waits for customer"),
        "document": translate("Receipt", "waits for document"),
        "appointment": translate("Receipt", "waits for visit"),
    }
    return names.get(owner, translate("Receipt", "waits for its record"))


def short_time(utc: str) -> str:
    """Formats a moment as a time if it is today, else as a date."""
    then = formats.local(utc)
    is_today = then.date() == clock.today()
    return formats.clock(then) if is_today else formats.short_date(then)


def item_title(item: "WorkItem") -> str:
    """Returns the record's number, or its kind and name."""
    if item.kind == "document":
        new = {
            "sales_quote": translate("Receipt", "New quote"),
            "sales_return": translate("Receipt", "New return"),
        }
        return item.number or item.erp_number or new.get(item.type, translate("Receipt", "New order"))
    names = {
        "customer": translate("Receipt", "Customer: {name}"),
        "appointment": translate("Receipt", "Appointment: {name}"),
        "travel": translate("Receipt", "Travel: {name}"),
        "file": translate("Receipt", "File: {name}"),
    }
    return names.get(item.kind, "{name}").format(name=item.title).rstrip(": ")  # a travel entry can lack a purpose


def item_below(item: "WorkItem") -> str:
    """Returns the customer and the number of lines."""
    dot = " \N{MIDDLE DOT} "
    parts = []
    if item.kind == "document":
        parts = [item.title, plural("Receipt", "%n lines", item.count)]
        if item.type == "sales_quote":
            parts.insert(0, translate("Receipt", "Quote"))
        elif item.type == "sales_return":
            parts.insert(0, translate("Receipt", "Return"))
        parts += [erp_state_word(state) for state in item.states[:2]]
    elif item.kind == "travel" and item.count:
        parts = [f"{formats.number(item.count)}{formats.FIXED}km"]
    elif item.kind == "appointment" and item.count:
        parts = [plural("Receipt", "%n elements", item.count)]
    return dot.join(part for part in parts if part)


def erp_state_word(state: str) -> str:
    """Returns the word for a document's state in the ERP."""
    words = {
        "in process": translate("Receipt", "in process"),
        "released": translate("Receipt", "released"),
        "blocked": translate("Receipt", "blocked"),
        "invalid": translate("Receipt", "invalid"),
        "completed": translate("Receipt", "completed"),
        "reorganization started": translate("Receipt", "being reorganized"),
        "canceled": translate("Receipt", "cancelled"),
        "cancelled": translate("Receipt", "cancelled"),
        "rejected": translate("Receipt", "rejected"),
        "not delivered": translate("Receipt", "not delivered"),
        "partly delivered": translate("Receipt", "partly delivered"),
        "delivered": translate("Receipt", "delivered"),
        "not invoiced": translate("Receipt", "not invoiced"),
        "partly invoiced": translate("Receipt", "partly invoiced"),
        "invoiced": translate("Receipt", "invoiced"),
        "not ordered": translate("Receipt", "not ordered"),
        "partly ordered": translate("Receipt", "partly ordered"),
        "ordered": translate("Receipt", "ordered"),
    }
    return words.get(state.lower(), state)


def spoken(item: "WorkItem") -> str:
    """Returns a row as text for screen readers."""
    money = formats.money(item.amount, item.currency) if item.amount is not None else ""
    return ", ".join(part for part in (item_title(item), item_below(item), money, receipt_text(item)) if part)
