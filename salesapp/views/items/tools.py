"""Search and filters above the list of items."""

from salesapp.views.items import labels
from salesapp.views.parts.filtered_search import FilteredSearch
from salesapp.views.parts.text import Text

FLAG_CHIPS = ("is_bestseller", "is_new", "has_free_shipping")


class ItemTools(FilteredSearch):
    """Only holds the widgets; the page connects them."""

    def __init__(self) -> None:
        super().__init__(scans=True)
        self.count = Text("small", "text2")
        self.line.addWidget(self.count)
        self.group_chip = self.chips.add("group", "text_bullet_list_tree_regular")
        self.chips.add("in_stock", "box_regular")
        self.chips.add("promotion", labels.FLAG_ICONS["promotion"])
        for name in FLAG_CHIPS:
            self.chips.add(name, labels.FLAG_ICONS[name])
        self.chips.add("document", "document_text_regular")

    def retranslate(self) -> None:
        super().retranslate()
        self.chips.chips["in_stock"].set_texts(self.tr("In stock"))
        for name in ("promotion", *FLAG_CHIPS):
            self.chips.chips[name].set_texts(labels.flag(name))
        self.chips.chips["document"].set_texts(self.tr("Former document"))
