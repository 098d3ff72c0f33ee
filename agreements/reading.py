"""A school's own agreement read from Markdown or Word, for the office to look over (AGR-01)."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from agreements.document import AgreementDocument
from agreements.reading_blocks import Block, assemble, check_text
from agreements.reading_word import word_blocks

# Plain CommonMark; HTML is not recognised and stays the text it was typed as.
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def read_markdown(text: str) -> AgreementDocument:
    """Return the agreement a Markdown text holds.

    Refuses an empty text, one over 60,000 characters, hidden characters, no clauses, over 60
    clauses, and a text without a title.
    """
    return assemble(_markdown_blocks(_MARKDOWN.parse(check_text(text))))


def read_docx(content: bytes) -> AgreementDocument:
    """Return the agreement a Word document (.docx) holds.

    Refuses what ``read_markdown`` refuses, and a file that is no .docx, holds macros, unpacks to
    too much, or still has tracked changes.
    """
    blocks = word_blocks(content)
    check_text("\n".join(block.text for block in blocks))
    return assemble(blocks)


def _markdown_blocks(tokens: list[Token]) -> Iterator[Block]:
    """Yield blocks: an item of an outermost numbered list is a point, any other item a line."""
    lists: list[str] = []
    begins_item = False
    numbers: list[str] = []
    heading = 0
    for token in tokens:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            lists.append(token.type)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            lists.pop()
        elif token.type == "list_item_open":
            begins_item = True
            numbers = [token.info] if lists[-1] == "ordered_list_open" else []
        elif token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type in {"inline", "fence", "code_block"}:
            yield _markdown_block(token, heading, lists, begins_item, numbers)
            begins_item, heading = False, 0


def _markdown_block(
    token: Token, heading: int, lists: list[str], begins_item: bool, numbers: list[str]
) -> Block:
    text = _inline_text(token) if token.type == "inline" else token.content.rstrip("\n")
    if heading and not lists:
        return Block("heading", text, heading)
    if begins_item and lists == ["ordered_list_open"]:
        return Block("point", text, number=numbers[0])
    if begins_item:
        mark = f"{numbers[0]}." if numbers else "–"
        return Block("line", f"{mark} {text}")
    return Block("line" if lists else "paragraph", text)


def _inline_text(token: Token) -> str:
    """Return the words of a line without marks; the address of a link stands behind its words."""
    words: list[str] = []
    address = ""
    for child in token.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            words.append(" " if child.type == "softbreak" else "\n")
        elif child.type == "link_open":
            address = str(child.attrs.get("href", ""))
        elif child.type == "link_close":
            words.append(f" ({address})" if address and address not in "".join(words) else "")
        else:
            words.append(child.content)
    return re.sub(r" {2,}", " ", "".join(words))
