"""Prints imports for people."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from salesapp.cli.boundary import ExitCode
from salesapp.cli.terminal import say, say_json, say_lines
from salesapp.gateway.connectors.problems import ImportRefused
from salesapp.gateway.guard import Finding
from salesapp.gateway.import_log import OUTCOMES, ImportEntry
from salesapp.gateway.import_warnings import Warned
from salesapp.gateway.imports import ImportResult
from salesapp.gateway.intake import ObjectReport

_SHOWN = 5


def say_result(done: ImportResult, *, as_json: bool) -> None:
    """Prints what an import changed, or would change; warnings and findings go to standard error."""
    if as_json:
        say_json(done)
        return
    for bad in done.skipped:
        say_lines(f"skipped {bad.message}", err=True)
    is_kept = done.outcome == "kept" and done.id != 0
    if is_kept:
        say("This import was not applied, because its changes are so large:", err=True)
    for key, report in done.objects.items():
        say(f"{key}: {_counts(report)}", err=is_kept)
    say_warnings(done.warnings, err=True)
    if done.findings:
        say_findings(done.findings)
    _say_end(done)


def _counts(report: ObjectReport) -> str:
    aside = f", {report.set_aside} set aside" if report.set_aside else ""
    return f"{report.rows} rows ({report.added} new, {report.changed} changed, {report.deleted} deleted{aside})"


def _say_end(done: ImportResult) -> None:
    if done.outcome == "kept" and done.id:
        say("Nothing was changed, and tablets keep what they have.", err=True)
        say(f"To apply it as it is: salesapp gateway imports accept {done.id} --data ...", err=True)
        say("If the source is incomplete, correct it and import again.", err=True)
    elif done.id == 0:
        would = (
            "This import would be kept until the office accepts it."
            if done.findings
            else "This import would be applied."
        )
        say(f"{would} Nothing was changed.", err=True)
    else:
        say(f"Checkpoint {done.checkpoint}")


def say_findings(findings: tuple[Finding, ...]) -> None:
    """Prints the findings of the guard, with samples."""
    for finding in findings:
        say(f"! {finding.object}{': ' if finding.object else ''}{finding.sentence}", err=True)
        for sample in finding.samples[:_SHOWN]:
            change = f"{sample.old} -> {sample.new}" if sample.old else sample.new
            say(f"    {sample.key}", sample.name, change, err=True)
        if finding.samples and finding.count > _SHOWN:
            say(f"    and {finding.count - min(_SHOWN, len(finding.samples))} more", err=True)


def say_warnings(warnings: tuple[Warned, ...], *, err: bool = False) -> None:
    for warned in warnings:
        say(f"warning: {warned.object}: {warned.count} {warned.words} ({warned.code})", err=err)
        for doubt in warned.samples:
            say(f"    {doubt.key}{': ' if doubt.key else ''}{doubt.text}", err=err)


def say_entry(entry: ImportEntry) -> None:
    """Prints an import in one line: id, when, who, way, source, counts, outcome, seconds."""
    counts = entry.counts
    changes = f"{counts.added} new, {counts.changed} changed, {counts.deleted} deleted, {counts.set_aside} set aside"
    warned = sum(warned.count for warned in entry.warnings)
    outcome = OUTCOMES[entry.outcome] + (f": {entry.reason}" if entry.reason else "")
    more = f"{warned} warnings" if warned else ""
    seconds = f"{entry.seconds:.1f} s"
    say(entry.id, entry.began_at, entry.who, entry.way, entry.source.description, changes, outcome, seconds, more)


@contextmanager
def refusals(*, as_json: bool = False) -> Iterator[None]:
    """Prints the bad rows of a refused import."""
    try:
        yield
    except ImportRefused as refused:
        if as_json:
            say_json({"outcome": "refused", "count": refused.count, "problems": refused.problems})
            sys.exit(ExitCode.FAILED)
        for bad in refused.problems:
            say_lines(bad.message, err=True)
        say(refused.closing, err=True)
        sys.exit(ExitCode.FAILED)
