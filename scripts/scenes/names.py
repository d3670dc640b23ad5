"""The names of all pictures."""

NAMES = (
    *("appointments-completed", "appointments-overdue", "appointments-scheduled", "attachment"),
    *("attachment-new", "attachments", "calendar-date", "calendar-day", "calendar-month", "calendar-week"),
    *(
        "choice",
        "choice-offline",
        "customer",
        "customer-attachments",
        "customer-conflict",
        "customer-contacts",
        "customer-link",
    ),
    *("customer-new", "customers", "document", "document-rejected", "documents", "finished", "finished-objects"),
    *("first-choice", "first-start", "item", "item-checked", "item-offline", "items", "items-empty"),
    *("items-search", "items-tiles", "logon", "logon-error", "main", "main-red", "main-running"),
    *("main-working", "offline", "order", "order-cart", "order-details", "order-empty", "order-end"),
    *("order-changed", "order-rejected"),
    *("order-keypad", "order-line", "order-price", "plan", "plan-customers", "plan-preview", "progress-open"),
    *("promotions", "red", "reports", "reports-customers", "reports-day", "reports-days-of-week"),
    *("reports-items", "reports-month", "reports-orders", "reports-within", "reports-year", "return"),
    *("return-line", "running"),
    *("settings", "settings-about", "settings-attachments", "settings-history", "settings-look", "settings-password"),
    *("settings-password-refused", "settings-scanner", "stopped"),
    *("travel", "travel-empty", "travel-entry", "visit", "visit-complete", "visit-element", "visit-leave"),
    *("visit-more", "visit-new", "visit-reschedule", "work", "work-returned"),
)
