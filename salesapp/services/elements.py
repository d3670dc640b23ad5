"""Converts elements of visits to payloads and back."""

from salesapp.domain.objects.appointments import Answers, Element
from salesapp.protocol.records import ElementResult


def result_of(element: Element) -> ElementResult:
    """Returns the result of an element, for a payload."""
    return ElementResult(
        kind=element.kind,
        name=element.name,
        state=element.state,
        required=element.required,
        reason=element.reason,
        answers=element.answers.as_json(),
    )


def element_of(result: ElementResult) -> Element:
    """Returns the element of a payload, without the parts that only its template has."""
    return Element(
        kind=result.kind,
        name=result.name,
        required=result.required,
        state=result.state,
        reason=result.reason,
        answers=Answers.read(result.answers),
    )
