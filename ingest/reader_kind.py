"""What kind of file it is, by its content and never by its name.

Belongs here: first bytes, the kinds of package and of compound file, and the refusal of what is no workbook, by a rule
that names it. Does not belong here: reading cells.
"""

from __future__ import annotations

from ingest.reader_limits import UnreadableWorkbook, damaged
from ingest.reader_ole import OleFile

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

IMAGES = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
)
ARCHIVES = ((b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7Z"), (b"\x1f\x8b", "GZIP"), (b"BZh", "BZIP2"))
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
DOCUMENT_STREAMS = {
    "WordDocument": "DOC",
    "PowerPoint Document": "PPT",
    "__properties_version1.0": "MSG",
    "VisioDocument": "VSD",
}
MAIN_PARTS = (  # by what the package says of its main part; the first that it holds decides
    (b"application/vnd.ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
    (b"application/vnd.ms-excel.sheet.macroEnabled.main+xml", "xlsm"),
    (b"application/vnd.ms-excel.template.macroEnabled.main+xml", "xlsm"),
    (b"application/vnd.ms-excel.addin.macroEnabled.main+xml", "xlsm"),
    (b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "xlsx"),
    (b"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", "xlsx"),
)
DOCUMENT_PARTS = (
    (b"wordprocessingml", "DOCX"),
    (b"presentationml", "PPTX"),
    (b"ms-word", "DOCX"),
    (b"ms-powerpoint", "PPTX"),
    (b"ms-visio", "VSDX"),
)


def container_of(data: bytes) -> str:
    """zip, ole or text. Raises UnreadableWorkbook for what no spreadsheet is made of."""
    if data.startswith(ZIP_MAGIC):
        return "zip"
    if data.startswith(OLE_MAGIC):
        return "ole"
    if b"%PDF-" in data[:1024]:
        raise UnreadableWorkbook("file_is_pdf_or_image", "PDF")
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    is_photo = data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif", b"hevc")
    is_bitmap = data[:2] == b"BM" and data[6:10] == b"\0\0\0\0"
    image = next((name for magic, name in IMAGES if data.startswith(magic)), None)
    if is_webp or is_photo or is_bitmap or image:
        raise UnreadableWorkbook("file_is_pdf_or_image", image or ("BMP" if is_bitmap else "HEIC/WEBP"))
    for magic, name in ARCHIVES:
        if data.startswith(magic):
            raise UnreadableWorkbook("file_is_archive", name)
    if data.startswith(b"{\\rtf"):
        raise UnreadableWorkbook("file_is_document", "RTF")
    return "text"


def kind_of_package(names: set[str], content_types: bytes | None, mimetype: bytes | None) -> str:
    """xlsx, xlsm, xlsb or ods; raises UnreadableWorkbook for packages of other things."""
    if mimetype is not None and (declared := mimetype.decode("ascii", "replace").strip()).startswith(OPEN_DOCUMENT):
        what = declared.removeprefix(OPEN_DOCUMENT)
        if what.startswith("spreadsheet"):
            return "ods"
        raise UnreadableWorkbook("file_is_document", f"OpenDocument {what[:40]}")
    if content_types is not None:
        for content_type, kind in MAIN_PARTS:
            if b'"' + content_type + b'"' in content_types or b"'" + content_type + b"'" in content_types:
                return kind
        for mark, name in DOCUMENT_PARTS:
            if mark in content_types:
                raise UnreadableWorkbook("file_is_document", name)
        raise damaged("[Content_Types].xml")
    if any(name.startswith("xl/") for name in names):
        raise damaged("[Content_Types].xml")
    if any(name in names for name in ("content.xml", "META-INF/manifest.xml")):
        raise damaged("mimetype")
    raise UnreadableWorkbook("file_is_archive", "ZIP")


def open_compound_file(data: bytes) -> OleFile:
    """The compound file of an old workbook (.xls). Raises UnreadableWorkbook for other or damaged ones."""
    try:
        ole = OleFile(data)
    except UnreadableWorkbook:
        if ENCRYPTED_STREAM in data:
            raise UnreadableWorkbook("workbook_encrypted", "mật khẩu") from None
        raise
    if "EncryptedPackage" in ole.names:
        raise UnreadableWorkbook("workbook_encrypted", "mật khẩu")
    if ole.workbook_stream is None:
        for stream, name in DOCUMENT_STREAMS.items():
            if stream in ole.names:
                raise UnreadableWorkbook("file_is_document", name)
        raise UnreadableWorkbook("workbook_unreadable", "OLE2")
    return ole


def refuse_markup(text: str) -> None:
    """Raise UnreadableWorkbook for web pages and other markup that is saved under the name of a workbook."""
    start = text[:4096].lstrip().lower()
    if start.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in start or "opendocument" in start:
            raise UnreadableWorkbook("file_is_web_page", "XML")
        is_page = any(tag in start for tag in ("<html", "<table", "<!doctype html", "<body", "<head", "<meta"))
        raise UnreadableWorkbook("file_is_web_page", "HTML" if is_page else "XML")
    if start.startswith(("mime-version:", "content-type: multipart")):
        raise UnreadableWorkbook("file_is_web_page", "MHTML")
