"""Bodies are decoded by what they are before what they say they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.encoding import decode, is_utf8
from dateline.extract.page import Page
from dateline.model import Snapshot

TYPE = "text/html; charset="


def decoded(body: bytes, label: str | None = None) -> str:
    return decode(Snapshot(body=body, headers=(("Content-Type", TYPE + label),) if label else ()))[0]


LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00\x1b\ufeff")
LABELS = ["iso-8859-1", "windows-1251", "shift_jis", "gbk", "utf-7", "punycode", "no-such"]


@given(st.text(alphabet=LETTERS, max_size=80), st.sampled_from(LABELS))
def test_utf_8_under_a_wrong_label_is_still_utf_8(text, label):
    assert decoded(f"<p>{text}ß—語</p>".encode(), label) == f"<p>{text}ß—語</p>"


@pytest.mark.parametrize(
    ("codec", "label", "text"),
    [
        ("cp1251", "windows-1251", "Буря пришла в гавань, и паромы стоят"),
        ("koi8-r", "KOI8-R", "Буря пришла в гавань"),
        ("cp1252", "iso-8859-1", "the “quay” is closed – café"),
        ("iso8859-2", "iso-8859-2", "burza dotarła do portu, źle się dzieje"),
        ("shift_jis", "Shift_JIS", "港は閉鎖された"),
        ("euc_jp", "euc-jp", "港は閉鎖された"),
        ("iso2022_jp", "iso-2022-jp", "港は閉鎖された"),
        ("gb18030", "gb2312", "港口已关闭"),
        ("big5", "big5", "港口已關閉"),
        ("euc_kr", "euc-kr", "항구가 폐쇄되었다"),
    ],
)
def test_a_true_label_is_believed_in_header_and_meta(codec, label, text):
    assert decoded(text.encode(codec), label) == text
    assert text in decoded(f'<meta charset="{label}"><p>{text}'.encode(codec))


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_mark_or_zero_bytes_beat_any_label(codec):
    text = "<!DOCTYPE html><html><body><p>Hafen geschlossen – schön ist das nicht</p></body></html>"
    assert decoded(text.encode(codec), "windows-1252") == text


def test_a_few_broken_bytes_do_not_turn_a_page_into_mojibake():
    body = ("<p>" + "Größe über Straße. " * 200).encode() + b"\xff\xfe</p>"
    text = decoded(body, "utf-8")
    assert "Größe über Straße" in text
    assert text.count("\ufffd") == 2


def test_latin_text_without_a_label_is_read_as_windows():
    assert decoded("<p>café “quay”</p>".encode("cp1252")) == "<p>café “quay”</p>"


@given(
    st.binary(max_size=400), st.sampled_from([None, "utf-8", "utf-16", "zlib_codec", "hex", "idna", "\x00", "x" * 99])
)
def test_no_body_and_no_label_raises(body, label):
    page = Page(Snapshot(body=body, headers=(("content-type", TYPE + label),) if label else ()))
    assert isinstance(page.text, str)
    assert page.looks_like in {"html", "json", "xml", "text", "binary", "empty"}


@given(st.binary(max_size=40), st.sampled_from([b"", b"\xef\xbb\xbf", "п".encode() * 40_000]))
def test_bytes_stand_for_the_text_only_where_decoding_would_say_so(body, before):
    is_ready = is_utf8(before + body)
    assert is_ready == (decode(Snapshot(body=before + body))[1] == "utf-8")


def test_a_character_across_two_pieces_is_no_fault():
    assert is_utf8(b"x" + "п".encode() * 40_000)
    assert not is_utf8(b"x" + "п".encode() * 40_000 + b"\xd0")
