"""An uploaded file as rows of the register, each cell with its place. Pure.

Whatever the bytes are, the answer is rows and complaints: nothing is guessed and nothing raised.
"""

from statements.register_csv import read_csv
from statements.register_parts import PARTS, Part
from statements.register_rows import Row, Upload
from statements.register_yaml import read_yaml

MOST = 5 * 1024 * 1024  # bytes of a file
MOST_ROWS = 10_000  # of a file, those within others with them

_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_upload(table: str, name: str, data: bytes) -> Upload:
    """Read a file by the ending of its name: `.csv`, `.yaml` or `.yml`."""
    upload = Upload()
    text = _decoded(data, upload)
    if upload.complaints:
        return upload
    if name.lower().endswith((".yaml", ".yml")):
        read_yaml(table, text, upload)
    elif name.lower().endswith(".csv"):
        read_csv(table, text, upload)
    else:
        upload.wrong(
            name, "", "The name ends in neither .csv nor .yaml. Save the file as one of them."
        )
    if not upload.rows and not upload.complaints:
        upload.wrong(name, "", "There is no row in this file. Export a file to see its form.")
    inside = [name for name, _ in PARTS[table].inside]
    if (
        sum(1 + sum(len(row.get(name, [])) for name in inside) for row in upload.rows)
        > MOST_ROWS
    ):
        upload.wrong(
            name, "", f"It has more than {MOST_ROWS:,} rows. Split it and import the parts."
        )
        return upload
    _check_ids(PARTS[table], upload.rows, upload)
    return upload


def _decoded(data: bytes, upload: Upload) -> str:
    if len(data) > MOST:
        upload.wrong("file", "", "It is larger than 5 MiB. Split it and import the parts.")
        return ""
    coding = next((coding for bom, coding in _BOMS if data.startswith(bom)), "utf-8-sig")
    try:
        text = data.decode(coding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        upload.wrong(
            f"line {line}",
            "",
            "The file is not in UTF-8: a byte here is none of its characters. Save it as "
            "«CSV UTF-8», or choose the encoding UTF-8 when saving.",
        )
        return ""
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        upload.wrong(f"line {line}", "", "It holds a NUL character, so it is not a text file.")
    return text


def _check_ids(part: Part, rows: list[Row], upload: Upload) -> None:
    """No id stands twice, among rows of a kind in the whole file."""
    by_part: dict[str, list[Row]] = {part.noun: rows}
    for name, inner in part.inside:
        by_part[inner.noun] = [item for row in rows for item in row.get(name, [])]
    for noun, found in by_part.items():
        seen: dict[str, Row] = {}
        for row in found:
            key = row.get("id")
            if key and key in seen:
                upload.wrong(
                    row.place("id"),
                    key,
                    f"The id of this {noun} stands at {seen[key].place('id')} too. Give each "
                    "row an id of its own, and never use one again.",
                )
            elif key:
                seen[key] = row
