"""Elements of a visit: a card for each, and the sheet to carry one out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from salesapp.domain.appointments import wrong_answers
from salesapp.domain.objects.appointments import Answers, Element, Photo, Question
from salesapp.services.appointments import Made
from salesapp.views.appointments import labels
from salesapp.views.appointments.leaving import LeaveSheet
from salesapp.views.appointments.photos import PhotoRows
from salesapp.views.appointments.sheets import text_box
from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.choice import Choice
from salesapp.views.parts.fields import Field, Segmented
from salesapp.views.parts.flow import Segments
from salesapp.views.parts.paint import paint_line
from salesapp.views.parts.sheet import TitledSheet
from salesapp.views.parts.text import Text, Words, text_of

HEIGHT, SLIM_HEIGHT = 96, 128
SLIM = 520
"""Below this width, as at 200 % in portrait, the state goes below the name."""
STATE = 148
_MOST_SEGMENTS = 4
SAVE_AFTER_MS = 700


class ElementCard(QAbstractButton):
    """Kind, name, whether it is required, its content in short, and its state."""

    def __init__(self) -> None:
        super().__init__()
        self._element, self._detail, self._is_started = Element("note", ""), "", False
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_element(self, element: Element, detail: str, *, is_started: bool) -> None:
        self._element, self._detail, self._is_started = element, detail, is_started
        _, _, state = labels.element_word(element, is_started=is_started)
        required = self.tr("Required") if element.required else ""
        self.setAccessibleName(", ".join(part for part in (element.name, required, detail, state) if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        icon, token, state = labels.element_word(self._element, is_started=self._is_started)
        if self.width() < SLIM:
            self._paint_slim(painter, icon, token, state)
            return
        left = QRectF(24, (HEIGHT - 28) / 2, 28, 28)
        kind = labels.KIND_ICONS[self._element.kind]
        icons.draw(painter, kind, left.left(), left.top(), 28, "text2" if self._element.is_done else "accent")
        right = self.width() - 20
        if self.isEnabled():
            icons.draw(painter, "chevron_right_regular", right - 20, (HEIGHT - 20) / 2, 20, "text2")
        right -= 32
        width = QFontMetrics(font("body")).horizontalAdvance(state)
        paint_line(painter, QRect(right - width, 0, width, HEIGHT), state, "body", token, right=True, whole=True)
        icons.draw(painter, icon, right - width - 30, (HEIGHT - 20) / 2, 20, token)
        self._paint_words(painter, right - width - 48)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(SLIM_HEIGHT if self.width() < SLIM else HEIGHT)

    def _paint_slim(self, painter: QPainter, icon: str, token: str, state: str) -> None:
        """Paints name, content and state, each in a line of its own."""
        element, room = self._element, self.width() - 52 - 20
        kind = "text2" if element.is_done else "accent"
        icons.draw(painter, labels.KIND_ICONS[element.kind], 16, 16, 24, kind)
        paint_line(painter, QRect(52, 14, room, 28), element.name, "name", "text")
        required = self.tr("Required") if element.required else ""
        below = " \N{MIDDLE DOT} ".join(part for part in (required, self._detail) if part)
        paint_line(painter, QRect(52, 46, room, 24), below, "body", "text2")
        icons.draw(painter, icon, 52, 84, 20, token)
        paint_line(painter, QRect(80, 82, room - 60, 24), state, "body", token, whole=True)
        if self.isEnabled():
            icons.draw(painter, "chevron_right_regular", self.width() - 36, 84, 20, "text2")

    def _paint_ground(self, painter: QPainter) -> None:
        is_next = self._is_started and not self._element.is_done
        width = 2 if is_next else 1
        painter.setPen(QPen(theme().color("accent" if is_next else "border"), width))
        painter.setBrush(theme().color("sunken" if self.isDown() else "surface"))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 12, 12)

    def _paint_words(self, painter: QPainter, right: int) -> None:
        left, element = 69, self._element
        room = right - left
        metrics = QFontMetrics(font("name"))
        label = self.tr("Required") if element.required else ""
        label_width = QFontMetrics(font("small_medium")).horizontalAdvance(label) + 20 if label else 0
        name = metrics.elidedText(element.name, Qt.TextElideMode.ElideRight, max(room - label_width - 12, 40))
        top = 20 if self._detail else 34
        paint_line(painter, QRect(left, top, room, 28), name, "name", "text")
        if label:
            box = QRectF(left + metrics.horizontalAdvance(name) + 12, top, label_width, 28)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("sunken"))
            painter.drawRoundedRect(box, 6, 6)
            paint_line(painter, box.adjusted(10, 0, -10, 0), label, "small_medium", "text2", whole=True)
        if self._detail:
            paint_line(painter, QRect(left, top + 30, room, 24), self._detail, "body", "text2")


class QuestionField(QWidget):
    """A question with its input; `answer` is the text that is saved. `changed`: the answer has changed."""

    changed = Signal()

    def __init__(self, question: Question, answer: str) -> None:
        super().__init__()
        self.question = question
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(6)
        name = f"{question.name} *" if question.required else question.name
        self.choice: Segmented | Choice | None = None
        self.field: Field | None = None
        self._chosen = answer
        options = self._options()
        if options and len(options) <= _MOST_SEGMENTS:
            column.addWidget(Text("small_bold", wraps=True, text=name))
            self.choice = Segmented(list(options))
            self.choice.set_texts(options, question.name)
            self.choice.chosen.connect(self._on_chosen)
            if answer in options:
                self.choice.choose(answer)
            column.addWidget(self.choice)
        elif options:
            column.addWidget(Text("small_bold", wraps=True, text=name))
            self.choice = Choice([("", ""), *options.items()], answer, question.name)
            self.choice.currentIndexChanged.connect(lambda _: self.changed.emit())
            column.addWidget(self.choice)
        else:
            self.field = Field("calculator_regular" if question.kind == "number" else "edit_regular", 52)
            self.field.set_texts(name)
            self.field.edit.setText(answer)
            self.field.edit.textChanged.connect(lambda _: self.changed.emit())
            if question.kind == "number":
                self.field.edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
            column.addWidget(self.field)
        self.error = Text("small", "fail", wraps=True)
        column.addWidget(self.error)
        self.error.hide()

    def retranslate(self) -> None:
        """Translates Yes and No; the questions themselves come from the back office."""
        if isinstance(self.choice, Segmented):
            self.choice.set_texts(self._options(), self.question.name)

    def _options(self) -> dict[str, str]:
        if self.question.kind == "yes_no":
            return {"yes": self.tr("Yes"), "no": self.tr("No")}
        return {option: option for option in self.question.options} if self.question.kind == "choice" else {}

    @property
    def answer(self) -> str:
        if self.field is not None:
            return self.field.edit.text().strip()
        if isinstance(self.choice, Choice):
            return str(self.choice.currentData() or "")
        return self._chosen

    def set_answer(self, answer: str) -> None:
        """Sets the answer as if the user had entered it."""
        if self.field is not None:
            self.field.edit.setText(answer)
        elif isinstance(self.choice, Choice):
            self.choice.setCurrentIndex(max(self.choice.findData(answer), 0))
        elif self.choice is not None:
            self.choice.choose(answer)
            self._chosen = answer

    def set_error(self, code: str) -> None:
        sentences = {
            "missing": self.tr("This question needs an answer"),
            "not_a_number": self.tr("A number"),
            "not_an_option": self.tr("One of these"),
        }
        self.error.setText(sentences.get(code, ""))
        self.error.setVisible(bool(code))

    def _on_chosen(self, value: str) -> None:
        self._chosen = value
        self.set_error("")
        self.changed.emit()


class ElementSheet(TitledSheet):
    """One element of a visit. Input is saved at once; leaving the element unfinished asks what to do with it.

    `kept`, `completed` and `rejected` carry the answers; `screen_requested` asks for another screen: "new" (an order, a
    travel entry, a photo), "camera" or "open RECORD".
    """

    kept = Signal(Answers)
    completed = Signal(Answers)
    rejected = Signal(Answers)
    reopened = Signal()
    screen_requested = Signal(str)

    def __init__(self, parent: QWidget, element: Element, made: Sequence[Made], *, is_open: bool = True) -> None:
        super().__init__(parent, element.name, "side")
        self.element = element
        self.is_editable = is_open and not element.is_done
        self.questions: list[QuestionField] = []
        self.note: QPlainTextEdit | None = None
        self.photos: PhotoRows | None = None
        self._is_closing = False
        self._saving = QTimer(self, interval=SAVE_AFTER_MS, singleShot=True)
        self._saving.timeout.connect(lambda: self.kept.emit(self.answers))
        if element.required:
            self.body.addWidget(self.text("small", lambda: self.tr("Required"), "text2"))
        if element.reason:
            self.body.addWidget(self.text("body", self._why, wraps=True))
        {
            "questionnaire": self._add_questions,
            "note": self._add_note,
            "photo": self._add_photos,
        }.get(element.kind, lambda: self._add_records(made))()
        self.body.addStretch()
        if is_open:
            self._add_actions()

    def _why(self) -> str:
        return self.tr("Not done: {why}").format(why=self.element.reason)

    @property
    def answers(self) -> Answers:
        """Returns the element's answers with the input of this sheet."""
        typed = {field.question.name: field.answer for field in self.questions}
        if self.note is not None:
            typed["note"] = self.note.toPlainText().strip()
        return self.element.answers.with_texts(typed)

    def _add_questions(self) -> None:
        for question in self.element.questions:
            field = QuestionField(question, self.element.answers.text(question.name))
            field.setEnabled(self.is_editable)
            field.changed.connect(self._saving.start)
            self.keep_translated(field.retranslate)
            self.questions.append(field)
            self.body.addWidget(field)

    def _add_note(self) -> None:
        self.note = text_box(self.element.answers.note, 200)
        self.note.setReadOnly(not self.is_editable)
        self.note.textChanged.connect(self._saving.start)
        self.add_labelled(lambda: self.tr("Note"), self.note)

    def _add_photos(self) -> None:
        self.photos = PhotoRows(self.is_editable)
        self.photos.show_photos(self.element.answers.photos)
        self.photos.changed.connect(self._on_photos_changed)
        self.keep_translated(self.photos.retranslate)
        self.body.addWidget(self.photos)
        if self.is_editable:
            self._add_button("camera_regular", lambda: self.tr("Take a photo"), "camera")
            self._add_button("image_regular", lambda: self.tr("Add a photo"), "new")

    def _on_photos_changed(self, photos: Sequence[Photo]) -> None:
        self.element = replace(self.element, answers=replace(self.element.answers, photos=tuple(photos)))
        self.kept.emit(self.element.answers)

    def _add_records(self, made: Sequence[Made]) -> None:
        for entry in made:
            self._add_button("edit_regular", partial(labels.made_title, entry), f"open {entry.record}")
        if not self.is_editable:
            return
        self._add_button("add_regular", self._new_text, "new")

    def _new_text(self) -> str:
        if self.element.kind == "travel":
            return self.tr("New travel entry")
        new = {"sales_quote": self.tr("New quote"), "sales_return": self.tr("New return")}
        return new.get(self.element.document_type, self.tr("New order"))

    def _add_button(self, icon: str, text: Words, what: str) -> None:
        button = Button("normal", icon, big=True)
        self.keep_translated(lambda: button.set_texts(text_of(text)))
        button.clicked.connect(lambda: self._request_screen(what))
        self.body.addWidget(button)

    def _add_actions(self) -> None:
        row = Segments(spacing=12)
        if not self.is_editable:
            again = Button("normal", "arrow_undo_regular", big=True)
            self.keep_translated(lambda: again.set_texts(self.tr("Do it again")))
            again.clicked.connect(lambda: self._end(self.reopened.emit))
            self.again = again
            row.addWidget(again)
        else:
            self.no, self.yes = (
                Button("normal", "dismiss_circle_regular", big=True, final=True),
                Button("primary", "checkmark_regular", big=True, final=True),
            )
            self.keep_translated(
                lambda: self.no.set_texts(self.tr("Not done")), lambda: self.yes.set_texts(self.tr("Done"))
            )
            self.no.clicked.connect(self._on_no_clicked)
            self.yes.clicked.connect(self._on_yes_clicked)
            row.addWidget(self.no)
            row.addWidget(self.yes)
        self.panel.foot.addLayout(row)

    def _on_yes_clicked(self) -> None:
        wrong = wrong_answers(replace(self.element, answers=self.answers))
        for field in self.questions:
            field.set_error(wrong.get(field.question.name, ""))
        if not wrong:
            answers = self.answers
            self._end(lambda: self.completed.emit(answers))

    def _on_no_clicked(self) -> None:
        answers = self.answers
        self._end(lambda: self.rejected.emit(answers))

    def _request_screen(self, what: str) -> None:
        self._end(lambda: self.screen_requested.emit(what))

    def _end(self, emit: Callable[[], object]) -> None:
        self._is_closing = True
        self._saving.stop()
        self.close_sheet()
        emit()

    @property
    def is_unfinished(self) -> bool:
        """Returns whether there is input that was neither completed nor rejected."""
        return self.is_editable and self.answers != self.element.answers

    def close_sheet(self) -> None:
        """Asks first what to do with unfinished input, on Esc, the X or a tap beside the sheet."""
        if self.isVisible() and not self._is_closing and self.is_unfinished:
            sheet = LeaveSheet(self._over, self.element.name)
            sheet.chosen.connect(self._leave)
            sheet.open()
            return
        super().close_sheet()

    def _leave(self, how: str) -> None:
        answers, before = self.answers, self.element.answers
        if how == "done":
            self._on_yes_clicked()
        elif how == "not_done":
            self._on_no_clicked()
        else:
            self._end(lambda: self.kept.emit(answers if how == "later" else before))
