"""Columns and tables as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `type`: string, list, int16, int32, int64, double, date, bool. `vocab` names the vocabulary of a code,
    `refers_to` the table and column a key points to ("plans.plan_id")."""

    name: str
    type: str
    description_en: str
    description_vi: str
    unit: str | None = None
    nullable: bool = True
    vocab: str | None = None
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in order, and the columns whose values identify a row."""

    name: str
    key: tuple[str, ...]
    description_en: str
    description_vi: str
    columns: tuple[Column, ...]

    @property
    def has_evidence(self) -> bool:
        """Whether rows carry the words they were read from."""
        return any(c.name == "quote" for c in self.columns)

    @property
    def order(self) -> tuple[str, ...]:
        """Columns that rows are sorted by: those read from words stand in the order of the text, so that a table can be read beside its document."""
        return (
            ("document_id", "char_start", *self.key) if self.has_evidence and "char_start" in self._names else self.key
        )

    @property
    def _names(self) -> frozenset[str]:
        return frozenset(c.name for c in self.columns)


def key(name: str, english: str, vietnamese: str, refers_to: str | None = None) -> Column:
    """A key column: text, never null."""
    return Column(name, "string", english, vietnamese, nullable=False, refers_to=refers_to)


def words(name: str, english: str, vietnamese: str) -> Column:
    """A nullable text column."""
    return Column(name, "string", english, vietnamese)


def code(name: str, vocab: str, english: str, vietnamese: str, nullable: bool = True) -> Column:
    """A column of codes of one vocabulary (table `codes`)."""
    return Column(name, "string", english, vietnamese, vocab=vocab, nullable=nullable)


def year(name: str, english: str, vietnamese: str) -> Column:
    """A nullable year."""
    return Column(name, "int16", english, vietnamese, unit="year")


def flag(name: str, english: str, vietnamese: str) -> Column:
    """A boolean, never null."""
    return Column(name, "bool", english, vietnamese, nullable=False)


def evidence(nullable: bool = False) -> tuple[Column, ...]:
    """The columns that say where a row was read. `nullable`: for stubs and for issues about something missing."""
    return (
        Column("document_id", "string", "Document the row was read from", "Văn bản nguồn của dòng", nullable=nullable, refers_to="documents.document_id"),
        Column("section", "string", "Heading path of printed labels, \"III > 1 > a\"", "Đường dẫn đề mục theo ký hiệu in, \"III > 1 > a\""),
        Column("page", "int16", "Page, null when the format has no pages", "Trang; trống nếu định dạng không có trang"),
        Column("char_start", "int32", "First code point of the quote in texts.text", "Vị trí ký tự đầu của trích dẫn trong texts.text", unit="code point", nullable=nullable),
        Column("char_end", "int32", "Code point behind the quote", "Vị trí ngay sau trích dẫn", unit="code point", nullable=nullable),
        Column("quote", "string", "The words the row was read from: texts.text[char_start:char_end]", "Nguyên văn mà dòng được đọc ra", nullable=nullable),
        Column("rule", "string", "Name of the rule that read the row", "Tên quy tắc đã đọc dòng", nullable=nullable),
        Column("is_primary", "bool", "True for rows of the plan's authoritative document: filter on it to count each fact once",
               "Đúng với các dòng của văn bản chính của kế hoạch: lọc theo cột này để mỗi thông tin chỉ đếm một lần", nullable=False),
    )  # fmt: skip
