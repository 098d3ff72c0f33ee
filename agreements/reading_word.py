"""The blocks of a Word document: headings, numbered points, paragraphs, also inside tables.

Text boxes, headers, footers, footnotes and comments are not read. The file is judged by its list
of contents before anything in it is unpacked.
"""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import XmlchemyError
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph

from agreements.reading_blocks import Block
from common.errors import Refusal

MOST_UNPACKED = 40 * 1024 * 1024
MOST_XML_UNPACKED = 6 * 1024 * 1024
MOST_PARTS = 1_000
MOST_PARAGRAPHS = 5_000

NOT_WORD = "This is not a Word document that can be read. Save it again as .docx and try once more."
MACROS = "This Word document holds macros. Save it as .docx without macros and try again."
TOO_MUCH = (
    "This Word document unpacks to far more than an agreement needs. Take out large pictures and "
    "save it again."
)
TRACKED = "This document has tracked changes. Accept or reject all of them, save it and try again."

# What zipfile, lxml and python-docx raise over a file that was damaged or made up.
_UNREADABLE = (
    BadZipFile,
    OpcError,
    XmlchemyError,
    zlib.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,  # lxml's word for XML that is not well-formed
    TypeError,
    ValueError,
)
_DEEPEST_STYLE = 10
_BULLETS = {"bullet", "none"}
_TEXT_BOX = qn("w:txbxContent")
_TRACKED = tuple(qn(name) for name in ("w:ins", "w:del", "w:moveFrom", "w:moveTo"))


@dataclass(frozen=True)
class _Style:
    """What a style makes of a paragraph: a heading of a level, or a member of a list."""

    heading: int = 0
    list_of: tuple[str, int] = ("", 0)


def word_blocks(content: bytes) -> list[Block]:
    """Return the blocks of a .docx file; refuses, in words, one that is not fit to be read."""
    if not content:
        raise Refusal("The file is empty. Choose the file with the text of the agreement.")
    try:
        _check_contents(content)
        document = docx.Document(io.BytesIO(content))
        return list(_blocks(document))
    except _UNREADABLE as error:
        raise Refusal(NOT_WORD) from error


def _check_contents(content: bytes) -> None:
    """Refuse by the list of contents: zipfile unpacks no part beyond the size listed for it."""
    with ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename.lower() for part in parts}
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Refusal(TOO_MUCH)
        if sum(part.file_size for part in parts if _is_xml(archive, part)) > MOST_XML_UNPACKED:
            raise Refusal(TOO_MUCH)
        if "[content_types].xml" not in names:
            raise Refusal(NOT_WORD)
        kinds = archive.read("[Content_Types].xml").lower()
        if b"macroenabled" in kinds or any(name.endswith("vbaproject.bin") for name in names):
            raise Refusal(MACROS)


def _is_xml(archive: ZipFile, part: ZipInfo) -> bool:
    """Return whether a part may be taken for XML, by its first bytes: names can lie."""
    with archive.open(part) as opened:
        start = opened.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    return not start or start.startswith(b"<")


def _blocks(document: Any) -> Iterator[Block]:
    if document.element.getroottree().docinfo.internalDTD is not None:
        raise Refusal(NOT_WORD)  # Word writes none; its entities would leave gaps in the text
    body = document.element.body
    if next(body.iter(*_TRACKED), None) is not None:
        raise Refusal(TRACKED)
    elements = [
        one for one in body.iter(qn("w:p")) if next(one.iterancestors(_TEXT_BOX), None) is None
    ]
    if len(elements) > MOST_PARAGRAPHS:
        raise Refusal(TOO_MUCH)
    formats = _number_formats(document)
    counted: dict[str, int] = {}
    styles: dict[str | None, _Style] = {}
    for element in elements:
        if element.style not in styles:
            styles[element.style] = _read_style(document, element.style)
        block = _block(Paragraph(element, document), styles[element.style], formats)
        if block.kind == "point":
            list_id = block.number
            counted[list_id] = counted.get(list_id, 0) + 1
            block = Block("point", block.text, number=str(counted[list_id]))
        yield block


def _block(paragraph: Paragraph, style: _Style, formats: dict[tuple[str, int], str]) -> Block:
    """Return a paragraph as a block; a point carries the identity of its list as its number."""
    text = paragraph.text.replace("\t", " ")
    if style.heading:
        return Block("heading", text, style.heading)
    list_id, level = _list_of(paragraph.paragraph_format.element.pPr) or style.list_of
    if not list_id:
        return Block("paragraph", text)
    if formats.get((list_id, level), "bullet") in _BULLETS or level > 0:
        return Block("line", f"– {text}" if text.strip() else "")
    return Block("point", text, number=list_id)


def _read_style(document: Any, style_id: str | None) -> _Style:
    """Return what a paragraph style says of its paragraphs, also by the styles it is based on."""
    style: Any = document.part.get_style(style_id, WD_STYLE_TYPE.PARAGRAPH)
    name = style.name or ""
    level = name.removeprefix("Heading ")
    heading = 1 if name == "Title" else int(level) if name != level and level.isdecimal() else 0
    for _ in range(_DEEPEST_STYLE):
        found = _list_of(style.element.pPr)
        style = style.base_style
        if found or style is None:
            return _Style(heading, found or ("", 0))
    return _Style(heading)


def _list_of(properties: Any) -> tuple[str, int] | None:
    """Return the list and level that properties name: an empty list for none on purpose."""
    numbering = properties.numPr if properties is not None else None
    if numbering is None or numbering.numId is None:
        return None
    number = numbering.numId.val
    return str(number) if number else "", numbering.ilvl.val if numbering.ilvl is not None else 0


def _number_formats(document: Any) -> dict[tuple[str, int], str]:
    """Return how each level of each list is numbered: decimal, lowerLetter, bullet…"""
    part = next(
        (
            one.target_part
            for one in document.part.rels.values()
            if one.reltype.endswith("/numbering")
        ),
        None,
    )
    if part is None:
        return {}
    root = parse_xml(part.blob)
    abstract = {
        one.get(qn("w:abstractNumId")): {
            int(level.get(qn("w:ilvl"))): _value(level, "w:numFmt")
            for level in one.iter(qn("w:lvl"))
        }
        for one in root.iter(qn("w:abstractNum"))
    }
    return {
        (number.get(qn("w:numId")), level): kind
        for number in root.iter(qn("w:num"))
        for level, kind in abstract.get(_value(number, "w:abstractNumId"), {}).items()
    }


def _value(element: Any, name: str) -> str:
    child = element.find(qn(name))
    return "" if child is None else child.get(qn("w:val"), "")
