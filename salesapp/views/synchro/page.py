"""The sync screen: the percentage, the progress bars behind it, and the result."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from salesapp.domain.object_states import RIGHT
from salesapp.errors import BLOCKED
from salesapp.models.sync_tree import SyncTreeModel, strip_segments
from salesapp.models.sync_view import OutcomeFigures, SyncView
from salesapp.views import formats
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.flow import ReflowRow
from salesapp.views.parts.frame import MARGIN, Card, FootBar, Header, Page, scrolled
from salesapp.views.parts.layouts import bare_column
from salesapp.views.parts.strip import Strip
from salesapp.views.parts.text import Text
from salesapp.views.sync_labels import SILENT_S, doing_words, segments_of
from salesapp.views.synchro.finished import FinishedView
from salesapp.views.synchro.percent_card import PercentCard
from salesapp.views.synchro.tree import ProgressTree


class RunningFigure(QWidget):
    """A caption and a figure of the running sync."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.caption, self.figure = Text("small_bold", "text3"), Text("body_bold")
        column.addWidget(self.caption)
        column.addWidget(self.figure)


class SyncPage(Page):
    """Shows a sync from start to result. It emits requests as signals, and starts and stops nothing itself."""

    stop_requested = Signal()
    retry_requested = Signal(list)
    start_requested = Signal()
    log_on_requested = Signal()
    copy_requested = Signal(str)
    receipts_requested = Signal()

    def __init__(self, model: SyncTreeModel) -> None:
        super().__init__()
        self._model = model
        self._view = SyncView()
        self._figures: OutcomeFigures | None = None
        self._facts = ("", "", "", "")
        self._context: tuple[bool, str, str] = (True, "", "")
        self._is_open = False
        self._is_stopping = False
        self.header = Header(chip=False)
        self.header.back.clicked.connect(self.go_back)
        self.card = PercentCard()
        self.card.clicked.connect(self._on_card_clicked)
        self.strip = Strip(16)
        self.section_line, self.to_go = Text("body", "text2"), Text("body", "text3")
        self.figures = tuple(RunningFigure() for _ in range(4))
        self.tree = ProgressTree(model)
        self.tree.retry_requested.connect(lambda key: self.retry_requested.emit([key]))
        self.tree.copy_requested.connect(self.copy_requested)
        self.finished = FinishedView(model)
        self.finished.retry_requested.connect(lambda key: self.retry_requested.emit([key]))
        self.finished.copy_requested.connect(self.copy_requested)
        self.finished.receipts_requested.connect(self.receipts_requested)
        self._make_foot()
        self.closed, self.opened = self._build_closed(), self._build_opened()
        self.stack = QStackedWidget()
        for part in (self.closed, self.opened, self.finished):
            self.stack.addWidget(part)
        whole = bare_column(self)
        whole.addWidget(self.header)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.foot)
        self._closed_card.addWidget(self.card)
        self.retranslate()

    def _make_foot(self) -> None:
        self.foot = FootBar()
        self.stop = Button("normal", "record_stop_regular", big=True)
        self.copy = Button("quiet", "copy_regular")
        self.back = Button("normal", big=True)
        self._primary = Button("primary", big=True)
        for button in (self.copy, self.stop, self.back, self.primary):
            self.foot.add(button)
        self.stop.clicked.connect(self._on_stop_clicked)
        self.copy.clicked.connect(lambda: self.copy_requested.emit(""))
        self.back.clicked.connect(self.go_back)
        self.primary.clicked.connect(self._on_primary_clicked)

    def _build_closed(self) -> QScrollArea:
        closed = QWidget()
        inner = QVBoxLayout()
        inner.setSpacing(20)
        self._closed_card = QVBoxLayout()
        inner.addStretch(4)
        inner.addLayout(self._closed_card)
        inner.addWidget(self.strip)
        line = ReflowRow(least=150)
        line.add(self.section_line, 1)
        line.add(self.to_go)
        inner.addLayout(line)
        self._figures_grid = QGridLayout()
        self._figures_grid.setHorizontalSpacing(24)
        self._figures_grid.setVerticalSpacing(12)
        inner.addLayout(self._figures_grid)
        inner.addStretch(5)
        holder = QWidget()
        holder.setMaximumWidth(760)
        holder.setLayout(inner)
        outer = QHBoxLayout(closed)
        outer.setContentsMargins(MARGIN, 0, MARGIN, 0)
        outer.addStretch(1)
        outer.addWidget(holder, 100)
        outer.addStretch(1)
        return scrolled(closed)

    def _build_opened(self) -> QScrollArea:
        opened = QWidget()
        self._opened_row = QHBoxLayout(opened)
        self._opened_row.setSpacing(16)
        self._opened_card = QVBoxLayout()
        self._side_facts = tuple(RunningFigure() for _ in range(3))
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(20, 12, 0, 0)
        side.setSpacing(14)
        for figure in self._side_facts:
            side.addWidget(figure)
        side.addStretch()
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(self._opened_card)
        column.addWidget(self._side, 1)
        self._opened_row.addLayout(column)
        card = Card(padding=1)
        card.body.addWidget(self.tree)
        self._opened_row.addWidget(card, 1)
        return scrolled(opened)

    @property
    def is_open(self) -> bool:
        """Returns whether the progress bars are shown."""
        return self._is_open

    def warm(self, size: QSize) -> None:
        """Paints everything once off screen, so that fonts, icons and layouts are ready when progress arrives."""
        self.resize(size)
        for is_open in (True, False):
            self._is_open = is_open
            self._show_form()
            self.tree.expandAll()
            self.grab()
        self.tree.collapseAll()
        self.stack.setCurrentWidget(self.finished)
        self.grab()
        self._show_form()

    def begin(self, *, attachments: bool, started: str) -> None:
        """Shows that a sync has started, at a local clock time."""
        self._context = (attachments, started, "")
        self._figures, self._is_stopping = None, False
        self.tree.begin()
        self._show_form()
        self.retranslate()

    def show_running(self, view: SyncView, facts: tuple[str, str, str, str]) -> None:
        """Shows progress. `facts`: records sent, rows done, downloaded, running for; all as text."""
        self._view, self._facts, self._figures = view, facts, None
        self._show_form()
        self._show_values()

    def show_finished(self, view: SyncView, figures: OutcomeFigures, ended: str) -> None:
        self._view, self._figures = view, figures
        self._context = (*self._context[:2], ended)
        self._is_open = False
        self.finished.show_outcome(figures)
        self._show_form()
        self.retranslate()

    @property
    def primary(self) -> Button:
        return self._primary

    def retranslate(self) -> None:
        attachments, started, ended = self._context
        kind = self.tr("All") if attachments else self.tr("All without attachments")
        when = self.tr("started {time}").format(time=started)
        if ended:
            when = self.tr("{from_time} to {to_time}").format(from_time=started, to_time=ended)
        self.header.set_texts(self.tr("Synchro"), f"{kind} \N{MIDDLE DOT} {when}" if started else "")
        self.tree.retranslate()
        self.finished.retranslate()
        self._show_values()

    def arrange(self, *, portrait: bool) -> None:
        direction = QHBoxLayout.Direction.TopToBottom if portrait else QHBoxLayout.Direction.LeftToRight
        self._opened_row.setDirection(direction)
        margin = 16 if portrait else MARGIN
        self._opened_row.setContentsMargins(margin, 0, margin, 8 if self.is_low else 0)
        self._side.setVisible(not portrait)
        columns = 2 if self.is_slim else len(self.figures)
        for number, figure in enumerate(self.figures):
            self._figures_grid.addWidget(figure, number // columns, number % columns)
            self._figures_grid.setColumnStretch(number, 1 if number < columns else 0)
        self.tree.set_whole(whole=self.is_low)
        self.finished.arrange(portrait=portrait)
        self._show_form()

    def go_back(self) -> None:
        self.back_requested.emit()

    def _on_card_clicked(self) -> None:
        self._is_open = not self._is_open
        self._show_form()
        self._show_values()
        (self.tree if self._is_open else self.card).setFocus()

    def _on_stop_clicked(self) -> None:
        self._is_stopping = True
        self._show_values()
        self.stop_requested.emit()

    def _on_primary_clicked(self) -> None:
        figures = self._figures
        if figures is None or is_all_good(figures):
            self.go_back()
        elif figures.outcome == "unauthorized" and figures.error_code != BLOCKED:
            self.log_on_requested.emit()
        elif is_only_rejected(figures):
            self.receipts_requested.emit()
        else:
            failed = [row.key for row in self._model.problems() if row.state == "failed"]
            self.retry_requested.emit(failed) if failed else self.start_requested.emit()

    def _show_form(self) -> None:
        is_finished = self._figures is not None
        part = self.finished if is_finished else self.opened if self._is_open else self.closed
        if not is_finished:
            home = self._opened_card if self._is_open else self._closed_card
            if home.indexOf(self.card) < 0:
                home.addWidget(self.card)
            form = ("above" if self.is_portrait else "side") if self._is_open else "closed"
            self.card.set_form(form, slim=self.is_slim)
        self.stack.setCurrentWidget(part)
        self.place_foot(self.foot, self.finished.area if is_finished else self.opened if self._is_open else self.closed)
        self.stop.setVisible(not is_finished)
        self.primary.setVisible(is_finished)
        self.back.setVisible(is_finished and self._figures is not None and not is_all_good(self._figures))
        problems = is_finished and self._figures is not None and self._figures.outcome not in {"ok", "stopped"}
        self.copy.setVisible(problems and not self.is_portrait)

    def _show_values(self) -> None:
        view = self._view
        segments = segments_of(view.sections)
        left = self.tr("measuring the time left") if view.silent_s < SILENT_S else ""
        if view.seconds_left is not None:
            left = self.tr("about {time} left").format(time=formats.left(view.seconds_left))
        sent, rows, loaded, running_for = self._facts
        of_rows = self.tr("{rows} rows").format(rows=rows) if rows else ""
        self.card.show_progress(view.percent, segments, doing_words(view), of_rows, left)
        action = self.tr("Hide progress") if self._is_open else self.tr("Show progress")
        spoken = self.tr("{action}, {percent} percent").format(action=action, percent=view.percent)
        self.card.set_action(action, spoken)
        self.strip.set_segments(segments, spoken)
        done = sum(state in RIGHT for state, _part in strip_segments(self._model.sections))
        self.section_line.setText(self.tr("{done} of {total} sections done").format(done=done, total=len(segments)))
        self.to_go.setText(self.tr("%n sections to go", "", len(segments) - done))
        captions = (self.tr("Sent"), self.tr("Rows"), self.tr("Downloaded"), self.tr("Running for"))
        for figure, caption, text in zip(self.figures, captions, (sent, rows, loaded, running_for), strict=True):
            figure.caption.setText(caption)
            figure.figure.setText(text or formats.UNKNOWN)
        problems = self._problem_text(view)
        side = ((captions[2], loaded), (captions[3], running_for), (self.tr("Problems"), problems))
        for figure, (caption, text) in zip(self._side_facts, side, strict=True):
            figure.caption.setText(caption)
            figure.figure.setText(text or formats.UNKNOWN)
        self._side_facts[2].figure.set_token("fail" if view.failed or view.held_back else "text")
        self._show_foot()

    def _problem_text(self, view: SyncView) -> str:
        parts = []
        if view.failed:
            parts.append(self.tr("%n failed", "", view.failed))
        if view.held_back:
            parts.append(self.tr("%n held back", "", view.held_back))
        return ", ".join(parts) or self.tr("none")

    def _show_foot(self) -> None:
        figures = self._figures
        self.stop.set_texts(self.tr("Stopping…") if self._is_stopping else self.tr("Stop"))
        self.stop.setEnabled(not self._is_stopping)
        self.copy.set_texts(self.tr("Copy details"))
        self.back.set_texts(self.tr("Back to main screen"))
        self.foot.set_hint("" if figures else self.tr("You can go back and work. The synchronization goes on."))
        if figures is None:
            return
        if is_all_good(figures):
            self.primary.set_icon("")
            self.primary.set_texts(self.tr("Back to main screen"))
        elif figures.outcome == "unauthorized" and figures.error_code != BLOCKED:
            self.primary.set_texts(self.tr("Log on again"))
        elif figures.failed:
            count = figures.failed + figures.held_back
            self.primary.set_texts(self.tr("Try %n objects again", "", count))
        elif is_only_rejected(figures):
            self.primary.set_texts(self.tr("See what was not accepted"))
        else:
            self.primary.set_texts(self.tr("Synchronize again"))


def is_all_good(figures: OutcomeFigures) -> bool:
    """Returns whether nothing is left to do."""
    return figures.outcome == "ok" and not figures.rejected_here


def is_only_rejected(figures: OutcomeFigures) -> bool:
    """Returns whether only records are rejected and all objects are correct, so that another sync would not help."""
    has_problem = figures.failed or figures.held_back or figures.error_code
    return figures.outcome in {"ok", "failed"} and bool(figures.rejected_here) and not has_problem
