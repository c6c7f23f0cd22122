"""The command line: python -m pipeline extract | ingest | check | diff | export | browse | review | sample | evaluate | dictionary."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.engine import Engine
    from pipeline.releases import Release

_FOLDER = click.Path(path_type=Path, file_okay=False)


class _Commands(click.Group):
    """Says in one line what the system refused, in which file."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except OSError as problem:
            where = f"{problem.filename}: " if problem.filename else ""
            raise click.UsageError(f"{where}{problem.strerror or problem}") from problem


def _release(out: Path, name: str) -> Release:
    """A release by name; wrong usage when there is none."""
    from pipeline.releases import find_release

    try:
        return find_release(out, name)
    except LookupError as unknown:
        raise click.UsageError(str(unknown)) from unknown


def _whole_release(out: Path, name: str) -> Release:
    """A release by name whose files are as they were published; wrong usage for another."""
    found = _release(out, name)
    if damaged := found.damaged():
        files = ", ".join(f"{table}.parquet" for table in damaged)
        raise click.UsageError(
            f"release {found.name} is damaged: {files}. Run `make extract`, which publishes it anew, or name another release"
        )
    return found


def _engine(name: str, address: str | None, workers: int) -> Engine:
    """The engine of a name; wrong usage when its extra is not installed."""
    if name == "local":
        from pipeline.engine import LocalEngine

        return LocalEngine(workers)
    from importlib.util import find_spec

    if find_spec("ray") is None:
        raise click.UsageError("Ray is not installed: run `make setup`, or install the extra `ray` of this project")
    from pipeline.ray_engine import RayEngine

    return RayEngine(address, workers)


_CORRECTIONS = click.option(
    "--corrections",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("data/corrections.yml"),
    show_default=True,
    help="What people put right.",
)


def _check_corrections(path: Path) -> None:
    """Wrong usage for a file that somebody named and that is not there."""
    if not path.is_file() and _is_given("corrections"):
        raise click.UsageError(f"no file {path}: write one, or leave out --corrections")


def _is_given(parameter: str) -> bool:
    """Whether a person wrote a parameter, and not the default stands."""
    source = click.get_current_context().get_parameter_source(parameter)
    return source is click.core.ParameterSource.COMMANDLINE


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Turns the plans of Vietnam's government into Parquet tables."""


@main.command()
@click.option(
    "--raw", default="data/raw", show_default=True, help="Folder with documents, walked recursively, or an address such as s3://bucket/plans."
)  # fmt: skip
@click.option(
    "--out",
    type=_FOLDER,
    default=Path("data/processed"),
    show_default=True,
    help="Folder for releases; <out>/latest is the newest.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=None,
    help="Processes that read documents.  [default: one per core]",
)
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Where documents are read: on this machine, or on a cluster of Ray.")  # fmt: skip
@click.option("--address", default=None, help="Address of the cluster of Ray.  [default: one is started here]")
@click.option(
    "--keep",
    default=None,
    help="Folder or address for what is read and built, that every machine reaches.  [default: --out]",
)
@click.option("--mirror", default=None, help="Address to copy the release to.")
@click.option("--fresh", is_flag=True, help="Read every document again, also unchanged ones.")
@_CORRECTIONS
def extract(
    raw: str, out: Path, workers: int | None, engine: str, address: str | None, keep: str | None, mirror: str | None, fresh: bool, corrections: Path
) -> None:  # fmt: skip
    """Read every document and publish a release.

    Exit 0: published. 1: a check failed and nothing was published. 2: wrong usage.
    """
    if "://" not in raw and not Path(raw).is_dir():
        raise click.UsageError(f"no folder {raw}: create it and put documents into it, or name another with --raw")
    _check_corrections(corrections)
    from pipeline.children import begin

    begin()  # gets ready while this process imports what it needs itself
    from pipeline.progress import progress_bar
    from pipeline.report import summary
    from pipeline.run import Setup
    from pipeline.run import extract as run
    from pipeline.sandbox import default_workers

    processes = workers or default_workers()
    setup = Setup(_engine(engine, address, processes), keep, mirror)
    with progress_bar() as progress:
        outcome = run(raw, out, processes, fresh, progress, corrections, setup)
    click.echo(summary(outcome, out))
    if outcome.is_new and any((out / "releases").glob("*/review")):
        click.echo("the pages to look at are of an earlier release: run make review")
    sys.exit(1 if outcome.failures else 0)


@main.command()
@click.option(
    "--sources",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("data/sources.yml"),
    show_default=True,
    help="Portals, and what to take from them.",
)
@click.option(
    "--source",
    "chosen",
    multiple=True,
    help="Id of a source, also of one that is switched off; may be given several times.  [default: all that are on]",
)
@click.option("--raw", type=_FOLDER, default=Path("data/raw"), show_default=True, help="Folder for originals.")
@click.option("--out", type=_FOLDER, default=Path("data/processed"), show_default=True, help="Folder for releases.")
@click.option(
    "--contact",
    envvar="KE_HOACH_CONTACT",
    default=None,
    help="Mail or page by which portals reach you; part of every request.  [env: KE_HOACH_CONTACT]",
)
@click.option(
    "--limit", type=click.IntRange(1), default=None, help="Documents never seen before that are fetched at most."
)
@click.option("--once", is_flag=True, help="One round; the same as without --every.")
@_CORRECTIONS
@click.option("--every", type=click.FloatRange(0.01), default=None, help="Go on, a round every so many hours.")
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=None,
    help="Processes that read documents.  [default: one per core]",
)
def ingest(
    sources: Path,
    chosen: tuple[str, ...],
    raw: Path,
    out: Path,
    contact: str | None,
    limit: int | None,
    once: bool,
    every: float | None,
    workers: int | None,
    corrections: Path,
) -> None:
    """Fetch newly published plans and publish a release with them.

    Exit 0: done. 1: a check failed and nothing was published. 2: wrong usage. 3: published, and a source needs to be looked at. 4: something could
    not be written. 5: another round works here.
    """
    from pipeline.ingest.command import rounds

    if once and every is not None:
        raise click.UsageError("--once and --every say different things: leave one out")
    _check_corrections(corrections)
    sys.exit(rounds(sources, chosen, raw, out, contact, limit, every, workers, corrections))


@main.command()
@click.option("--out", type=_FOLDER, default=Path("data/processed"), show_default=True, help="Folder with releases.")
@click.option("--release", default="latest", show_default=True, help="Name of a release, or the beginning of one.")
def check(out: Path, release: str) -> None:
    """Check a release against the data model. Exit 1 with a list when a promise is broken."""
    from pipeline.checks import describe
    from pipeline.release_check import OlderReleaseError, failures_of

    found = _release(out, release)
    try:
        failures = failures_of(found)
    except OlderReleaseError as older:
        raise click.UsageError(str(older)) from older
    click.echo(describe(failures) if failures else f"release {found.name}: every check holds")
    sys.exit(1 if failures else 0)


@main.command()
@click.argument("before")
@click.argument("after", default="latest")
@click.option("--out", type=_FOLDER, default=Path("data/processed"), show_default=True, help="Folder with releases.")
def diff(before: str, after: str, out: Path) -> None:
    """Say what changed from the release BEFORE to the release AFTER, plan by plan.

    Releases are named by their name, the beginning of it (0007), `latest` or `previous`. Exit 0: the same rows. 1: some differ.
    """
    from pipeline.diff import describe, difference

    step, found = difference(_whole_release(out, before), _whole_release(out, after))
    click.echo(describe(step, found, _release(out, after).name))
    sys.exit(1 if found else 0)


@main.command()
@click.argument("form", metavar="csv|xlsx|duckdb|sqlite", type=click.Choice(["csv", "xlsx", "duckdb", "sqlite"]))
@click.option("--out", type=_FOLDER, default=Path("data/processed"), show_default=True, help="Folder with releases.")
@click.option("--release", default="latest", show_default=True, help="Name of a release, or the beginning of one.")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    default=None,
    help="File, for csv folder.  [default: <out>/exports/<release>]",
)
def export(form: str, out: Path, release: str, to: Path | None) -> None:
    """Write a release for another program. What is at the place already is replaced when the new one is complete."""
    from pipeline.export import FORMATS
    from pipeline.export import export as run
    from pipeline.export.place import ExportError

    found = _whole_release(out, release)
    target = to or FORMATS[form].target(out, found)
    try:
        written = run(found, form, target)
    except ExportError as problem:
        raise click.UsageError(str(problem)) from problem
    click.echo(f"wrote {written.path}: {written.rows} rows, {written.byte_size / 1e6:.1f} MB")


@main.command()
@click.option("--out", type=_FOLDER, default=Path("data/processed"), show_default=True, help="Folder with releases.")
@click.option("--to", type=_FOLDER, default=Path("build/browse"), show_default=True, help="Folder for the database.")
def browse(out: Path, to: Path) -> None:
    """Write what Datasette shows of the newest release: plans.sqlite and metadata.json."""
    import json

    from pipeline.export import export as run
    from pipeline.export.browse import metadata

    found = _whole_release(out, "latest")
    run(found, "sqlite", to / "plans.sqlite")
    (to / "metadata.json").write_text(json.dumps(metadata(found, "plans"), ensure_ascii=False), encoding="utf-8")
    click.echo(f"wrote {to / 'plans.sqlite'} and {to / 'metadata.json'}")


@main.command()
@click.option("--out", type=_FOLDER, default=Path("data/processed"), show_default=True, help="Folder with releases.")
@click.option("--release", default="latest", show_default=True, help="Name of a release, or the beginning of one.")
@click.option(
    "--raw",
    type=_FOLDER,
    default=Path("data/raw"),
    show_default=True,
    help="Folder with the documents, for pictures of their pages.",
)
def review(out: Path, release: str, raw: Path) -> None:
    """Write pages to look at: every plan and document with its rows beside the words, into <release>/review."""
    if not raw.is_dir():
        raise click.UsageError(
            f"no folder {raw}: name the folder the documents were read from with --raw, for their tables and pictures"
        )
    from pipeline.children import begin

    begin()
    from pipeline.progress import progress_bar
    from pipeline.review import review as run
    from pipeline.sandbox import default_workers

    found = _whole_release(out, release)
    with progress_bar("wrote") as progress:
        site = run(found, raw, out / "store", default_workers(), progress)
    if site.originals < site.texts:
        click.echo(
            f"{site.texts - site.originals} of {site.texts} documents are not in {raw} as they were read: their pages show the text alone"
        )
    click.echo(
        f"wrote {site.plans} plans, {site.documents} documents and {site.pictures} pictures of pages; open {site.index} in a browser"
    )


@main.command()
@click.option("--out", type=_FOLDER, default=Path("data/processed"), show_default=True, help="Folder with releases.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed draws the same rows.")
@click.option("-n", "--rows", type=click.IntRange(1, 1000), default=10, show_default=True, help="Rows per table.")
def sample(out: Path, seed: int, rows: int) -> None:
    """Draw random rows with their quotes, for reading by eye."""
    from pipeline.sample import draw

    click.echo(draw(_whole_release(out, "latest").folder, seed, rows))


@main.command()
@click.option(
    "--shared", type=_FOLDER, default=Path("../shared"), show_default=True, help="Folder with corpus, gold and scorer."
)
@click.option(
    "--work", type=_FOLDER, default=Path("build/evaluate"), show_default=True, help="Folder for the run's tables."
)
@click.option("--errors", is_flag=True, help="List what was missed, invented or wrong.")
@click.option("--raise-floors", is_flag=True, help="Write better figures into floors.json.")
def evaluate(shared: Path, work: Path, errors: bool, raise_floors: bool) -> None:
    """Score the extraction against expected rows. Exit 1 when a figure falls below its floor."""
    from pipeline.evaluate import evaluate as run

    sys.exit(run(shared, work, errors, raise_floors))


@main.command()
@click.argument("path", type=click.Path(path_type=Path), default=Path("docs/dictionary.md"))
def dictionary(path: Path) -> None:
    """Write the data dictionary as a page."""
    from pipeline.dictionary import dictionary_page

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dictionary_page(), encoding="utf-8")
    click.echo(f"wrote {path}")


if __name__ == "__main__":
    main(prog_name="python -m pipeline")
