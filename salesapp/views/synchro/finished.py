"""The result of a sync: everything is correct, or the objects that are not, on top of the list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from salesapp.errors import BLOCKED
from salesapp.models.attention import AttentionModel
from salesapp.models.sync_tree import SyncTreeModel, strip_segments
from salesapp.models.sync_view import OutcomeFigures
from salesapp.views import formats, labels
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.frame import Card, scrolled
from salesapp.views.parts.strip import Strip
from salesapp.views.parts.text import Icon, Line, Text
from salesapp.views.sync_labels import segments_of
from salesapp.views.synchro.tree import ProgressTree

translate, plural = labels.translate, formats.plural


class Figure(QWidget):
    """A caption, a figure, and a line below."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(2)
        self.caption, self.figure, self.below = Text("small_bold", "text2"), Text("heading"), Text("small", "text2")
        for label in (self.caption, self.figure, self.below):
            column.addWidget(label)

    def set_texts(self, caption: str, figure: str, below: str) -> None:
        self.caption.setText(caption)
        self.figure.setText(figure)
        self.below.setText(below)


def verdict(figures: OutcomeFigures) -> tuple[str, str, str, str]:
    """Returns (icon, colour, verdict, explanation) of a finished sync."""
    sentences = labels.error(figures.error_code, figures.error_params) if figures.error_code else None
    if figures.outcome == "ok" and not figures.rejected_here:
        text = translate("Verdict", "{total} of {total} objects, each proven by count and check sum.")
        return (
            "checkmark_circle_filled",
            "ok",
            translate("Verdict", "Everything is correct"),
            text.format(total=figures.total),
        )
    if figures.outcome == "stopped":
        title = translate("Verdict", "Stopped at {percent}").format(percent=formats.percent(figures.percent))
        return "record_stop_regular", "text2", title, translate("Verdict", "Nothing is lost; it goes on from here.")
    if figures.failed or figures.held_back:
        title = translate("Verdict", "{correct} of {total} objects are correct").format(
            correct=figures.correct, total=figures.total
        )
        return "error_circle_filled", "fail", title, _failure_text(figures)
    if sentences is not None:
        titles = {
            "unreachable": translate("Verdict", "The gateway was not reached"),
            "unauthorized": translate("Verdict", "The gateway asks for a new logon"),
            "busy": translate("Verdict", "Another synchronization is running"),
        }
        icon = "cloud_off_regular" if figures.outcome == "unreachable" else "error_circle_filled"
        token = "text2" if figures.outcome in {"unreachable", "busy"} else "fail"
        title = titles.get(figures.outcome, translate("Verdict", "The synchronization did not succeed"))
        if figures.error_code == BLOCKED:
            title = translate("Verdict", "This device is blocked")
        return icon, token, title, f"{sentences.why} {sentences.on_device} {sentences.helps}"
    rejected = plural("Verdict", "%n records were not accepted", max(figures.rejected_here, 1))
    if not figures.rejected:
        rejected = plural("Verdict", "%n records are still rejected", max(figures.rejected_here, 1))
    return "error_circle_filled", "fail", rejected, translate("Verdict", "Nothing is lost; My work says what helps.")


def _failure_text(figures: OutcomeFigures) -> str:
    failed = plural("Verdict", "%n objects failed.", figures.failed) if figures.failed else ""
    held = plural("Verdict", "%n objects wait for them.", figures.held_back) if figures.held_back else ""
    rest = translate("Verdict", "Everything else is current and can be used.")
    return " ".join(part for part in (failed, held, rest) if part)


class FinishedView(QWidget):
    """Verdict and figures on the left (above in portrait), objects on the right."""

    retry_requested = Signal(str)
    copy_requested = Signal(str)
    receipts_requested = Signal()

    def __init__(self, tree: SyncTreeModel) -> None:
        super().__init__()
        self._tree_model = tree
        self._figures: OutcomeFigures | None = None
        self._with_objects = False
        self.icon = Icon("checkmark_circle_filled", 60, "ok")
        self.title = Text("display", wraps=True)
        self.text = Text("lead", "text2", wraps=True)
        self.strip = Strip(16)
        self.sent, self.erp, self.rows, self.loaded = Figure(), Figure(), Figure(), Figure()
        self.receipts = Button("normal", "clipboard_task_regular")
        self.receipts.clicked.connect(self.receipts_requested)
        self.show_objects = Button("normal", "text_bullet_list_regular")
        self.show_objects.clicked.connect(lambda: self._set_with_objects(with_objects=True))
        self.attention_caption = Text("small_bold", "text2")
        self.attention_model = AttentionModel()
        self.attention = ProgressTree(self.attention_model)
        self.objects_caption = Text("small_bold", "text2")
        self.tree = ProgressTree(tree)
        for view in (self.attention, self.tree):
            view.retry_requested.connect(self.retry_requested)
            view.copy_requested.connect(self.copy_requested)
            view.set_whole(whole=True)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(24, 0, 24, 24)
        self._row.setSpacing(24)
        self._row.addWidget(self._verdict(), 2, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._objects(), 5)
        body = QWidget()
        body.setLayout(self._row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.area = scrolled(body)
        outer.addWidget(self.area)

    def _verdict(self) -> QWidget:
        holder = QWidget()
        column = self._verdict_column = QVBoxLayout(holder)
        column.setSpacing(12)
        card = Card(padding=0)
        grid = QGridLayout()
        grid.setSpacing(0)
        for number, figure in enumerate((self.sent, self.erp, self.rows, self.loaded)):
            grid.addWidget(figure, number // 2 * 2, number % 2)
        grid.addWidget(Line(), 1, 0, 1, 2)
        card.body.addLayout(grid)
        for part in (self.icon, self.title, self.text, self.strip, card, self.receipts, self.show_objects):
            column.addWidget(part)
        self._verdict_widget = holder
        return holder

    def _objects(self) -> QWidget:
        self.objects = QWidget()
        column = QVBoxLayout(self.objects)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._attention_card, self._objects_card = Card(padding=1), Card(padding=1)
        self._attention_card.body.addWidget(self.attention)
        self._objects_card.body.addWidget(self.tree)
        for part in (self.attention_caption, self._attention_card, self.objects_caption, self._objects_card):
            column.addWidget(part)
        column.addStretch()
        return self.objects

    def show_outcome(self, figures: OutcomeFigures) -> None:
        self._figures = figures
        self.attention_model.show_rows(self._tree_model.problems())
        self.attention.show_all_objects()
        self.tree.begin()
        self._set_with_objects(with_objects=bool(self.attention_model.rows))
        self.retranslate()
        self.area.verticalScrollBar().setValue(0)  # the verdict first

    def retranslate(self) -> None:
        figures = self._figures
        if figures is None:
            return
        icon, token, title, text = verdict(figures)
        self.icon.set_icon(icon, token)
        self.title.setText(title)
        self.text.setText(text)
        self.strip.set_segments(segments_of(strip_segments(self._tree_model.sections)), title)
        self.attention_caption.setText(self.tr("Needs attention"))
        self.objects_caption.setText(self.tr("All objects"))
        sent = self.tr("{sent} of {total}").format(sent=figures.sent, total=figures.to_send)
        if figures.to_send:
            self.sent.set_texts(self.tr("Sent"), sent, self.tr("received by the gateway"))
        elif figures.to_send is None:
            self.sent.set_texts(self.tr("Sent"), formats.UNKNOWN, self.tr("what waits was not counted"))
        else:
            self.sent.set_texts(self.tr("Sent"), formats.number(0), self.tr("nothing waited to be sent"))
        in_erp = formats.UNKNOWN if figures.in_erp is None else formats.number(figures.in_erp)
        self.erp.set_texts(self.tr("In the ERP"), in_erp, self._erp_summary(figures))
        count = figures.sent + figures.rejected_here
        self.receipts.set_texts(self.tr("See your %n receipts", "", count))
        self.receipts.setVisible(bool(count))
        self.rows.set_texts(self.tr("Rows"), formats.number(figures.rows), self.tr("on this device"))
        time = self.tr("in {time}").format(time=formats.duration(figures.seconds))
        self.loaded.set_texts(self.tr("Downloaded"), formats.size(figures.bytes_down), time)
        self.show_objects.set_texts(self.tr("Show progress of all %n objects", "", figures.all_objects))
        self.attention.retranslate()
        self.tree.retranslate()
        self._fit()

    def _erp_summary(self, figures: OutcomeFigures) -> str:
        """Returns what is not in the ERP: rejected, not decided yet, or not even sent."""
        if figures.rejected_here:
            return self.tr("%n not accepted", "", figures.rejected_here)
        if figures.undecided:
            return self.tr("%n still being checked", "", figures.undecided)
        if figures.waiting:
            return self.tr("%n still wait on this device", "", figures.waiting)
        if figures.in_erp is None:
            return self.tr("was not asked")
        return self.tr("nothing is left")

    def arrange(self, *, portrait: bool) -> None:
        direction = QHBoxLayout.Direction.TopToBottom if portrait else QHBoxLayout.Direction.LeftToRight
        self._row.setDirection(direction)
        margin = 16 if portrait else 24
        self._row.setContentsMargins(margin, 0, margin, 24)
        self._fit()

    def _set_with_objects(self, *, with_objects: bool) -> None:
        self._with_objects = with_objects
        has_problems = bool(self.attention_model.rows)
        self.objects.setVisible(with_objects)
        self._verdict_widget.setMaximumWidth(16_777_215 if with_objects else 760)
        self.title.set_role("title" if with_objects else "display")
        self.text.set_role("body" if with_objects else "lead")
        self.show_objects.setVisible(not with_objects and self._figures is not None and self._figures.all_objects > 0)
        self._attention_card.setVisible(has_problems)
        self.attention_caption.setVisible(has_problems)
        self._fit()

    def _fit(self, *_: object) -> None:
        self._place_verdict()
        for view in (self.attention, self.tree):
            view.fit()

    def _place_verdict(self) -> None:
        """Places the verdict slightly above the middle, or at the top beside objects."""
        column, top = self._verdict_column, 8
        if not self._with_objects:
            before = column.contentsMargins().top()
            needed = column.totalHeightForWidth(min(self.width() - 48, 760)) - before
            top = max((self.height() - needed) * 3 // 10, 8)
        column.setContentsMargins(0, top, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
