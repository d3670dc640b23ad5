"""Photos of an element: their sizes, buttons to remove them, and whether they go to the ERP."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salesapp.domain.objects.appointments import Photo
from salesapp.views import formats
from salesapp.views.parts.buttons import IconButton
from salesapp.views.parts.fields import Switch
from salesapp.views.parts.layouts import clear
from salesapp.views.parts.text import Icon, Text


class PhotoRows(QWidget):
    """`changed` carries the remaining photos, with whether to send them."""

    changed = Signal(object)

    def __init__(self, is_editable: bool) -> None:
        super().__init__()
        self._is_editable = is_editable
        self._photos: tuple[Photo, ...] = ()
        self.removes: list[IconButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._rows = QVBoxLayout()
        self._column.addLayout(self._rows)
        self.to_erp = Switch()
        self.to_erp.setEnabled(is_editable)
        self._to_erp_row = QWidget()
        row = QHBoxLayout(self._to_erp_row)
        row.setContentsMargins(0, 0, 0, 0)
        self._to_erp_words = Text("body")
        row.addWidget(self._to_erp_words, 1)
        row.addWidget(self.to_erp)
        self.to_erp.toggled.connect(self._on_toggled)
        self._column.addWidget(self._to_erp_row)

    def retranslate(self) -> None:
        self._to_erp_words.setText(self.tr("Send to the ERP"))
        self.to_erp.setAccessibleName(self.tr("Send to the ERP"))
        self.show_photos(self._photos)

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Replaces the shown photos."""
        self._photos = tuple(photos)
        self.removes.clear()
        clear(self._rows)
        for photo in self._photos:
            self._rows.addWidget(self._row(photo))
        with QSignalBlocker(self.to_erp):
            self.to_erp.setChecked(all(photo.upload_to_erp for photo in self._photos))
        self._to_erp_row.setVisible(bool(self._photos))

    def _row(self, photo: Photo) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Icon("image_regular", 24, "text2"))
        row.addWidget(Text("body", wraps=True, text=photo.file_name), 1)
        row.addWidget(Text("body", "text2", text=formats.size(photo.size)))
        if self._is_editable:
            remove = IconButton("delete_regular")
            remove.set_texts(self.tr("Take {name} out").format(name=photo.file_name))
            remove.clicked.connect(lambda: self._keep([one for one in self._photos if one is not photo]))
            self.removes.append(remove)
            row.addWidget(remove)
        return holder

    def _on_toggled(self, is_on: bool) -> None:
        self._keep([replace(photo, upload_to_erp=is_on) for photo in self._photos])

    def _keep(self, photos: Sequence[Photo]) -> None:
        self.show_photos(photos)
        self.changed.emit(photos)
