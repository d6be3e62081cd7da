"""Files: honest arrays are read as numpy reads them, hostile ones refused by name."""

from __future__ import annotations

import io
import os
import pickle
import random
import struct
import warnings
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from drill.answer import parse_npy, read_bytes, read_file, read_source
from drill.errors import UnreadableError

KINDS = st.sampled_from(
    ["|b1", "<i1", "<i2", "<i4", "<i8", "<u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8",
     ">i4", ">i8", ">u2", ">f4", ">f8"]
)  # fmt: skip


def saved(array: np.ndarray, **options: object) -> bytes:
    """Return the bytes that np.save writes."""
    file = io.BytesIO()
    np.save(file, array, **options)
    return file.getvalue()


def headed(header: str, data: bytes = b"", version: bytes = b"\x01\x00") -> bytes:
    """Return a .npy file with a header of our own."""
    raw = header.encode("latin1")
    width = "<H" if version == b"\x01\x00" else "<I"
    return b"\x93NUMPY" + version + struct.pack(width, len(raw)) + raw + data


def described(descr: str = "'<f8'", order: str = "False", shape: str = "(2,)") -> str:
    """Return a header's text."""
    return f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}\n"


@given(
    KINDS.flatmap(
        lambda kind: hnp.arrays(
            np.dtype(kind), hnp.array_shapes(min_dims=0, max_side=4)
        )
    ),
    st.booleans(),
)
def test_reads_what_numpy_writes(array: np.ndarray, fortran: bool) -> None:
    """For every kind, byte order and order of axes, as np.load reads it."""
    data = saved(np.asfortranarray(array) if fortran else array)
    read = parse_npy(data)
    expected = np.load(io.BytesIO(data))
    whole = expected.dtype.kind in "iu"
    large = whole and expected.size and int(expected.max()) >= 2**63
    kind = np.int64 if whole else bool if expected.dtype.kind == "b" else np.float64
    assert read.dtype == (np.float64 if large else kind)
    assert read.shape == expected.shape
    np.testing.assert_array_equal(read, expected.astype(read.dtype))


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_every_version_of_the_format(version: tuple[int, int]) -> None:
    """Headers of all three versions are read."""
    file = io.BytesIO()
    # numpy warns that old readers cannot read versions 2 and 3.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        np.lib.format.write_array(file, np.arange(3), version=version)
    assert parse_npy(file.getvalue()).tolist() == [0, 1, 2]


def test_unsigned_numbers_can_be_subtracted() -> None:
    """5 - 7 is -2, also when the file's own type has no signs."""
    read = parse_npy(saved(np.array([5, 7], np.uint8)))
    assert (read[0] - read[1]).item() == -2
    large = parse_npy(saved(np.array([2**64 - 1], np.uint64)))
    assert large.tolist() == [float(2**64)]


def test_any_byte_is_a_truth_value() -> None:
    """A byte that is neither 0 nor 1 cannot count double."""
    read = parse_npy(headed(described("'|b1'", shape="(3,)"), b"\x00\x01\xff"))
    assert read.tolist() == [False, True, True]
    assert read.sum() == 2


def test_small_types_cannot_grow_without_bounds() -> None:
    """Bytes are read as eight bytes each, so their number has a limit of its own."""
    count = 8 * 1024 * 1024 + 1
    data = headed(described("'|i1'", shape=f"({count},)"), bytes(count))
    with pytest.raises(UnreadableError, match=f"{count} numbers; at most 8388608"):
        parse_npy(data)


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(
            '{"shape":(2,),"descr":"<f8","fortran_order":False}', id="another order"
        ),
        pytest.param(
            "{ 'descr' : '<f8' , 'fortran_order' : False , 'shape' : ( 2 , ) }  \n",
            id="blanks",
        ),
    ],
)
def test_headers_of_other_writers(header: str) -> None:
    """Quotes, blanks and the order of the keys are free."""
    assert parse_npy(headed(header, bytes(16))).tolist() == [0, 0]


@pytest.mark.parametrize("shape", [(0,), (0, 3), (2, 0, 2)])
def test_empty_arrays(shape: tuple[int, ...]) -> None:
    """An array without entries is read with its shape."""
    assert parse_npy(saved(np.zeros(shape))).shape == shape


def test_every_other_length_is_refused() -> None:
    """A byte more or less anywhere is never read as numbers."""
    data = saved(np.arange(6.0).reshape(2, 3))
    for length in range(len(data)):
        with pytest.raises(UnreadableError):
            parse_npy(data[:length])
    with pytest.raises(UnreadableError, match="come 1 more"):
        parse_npy(data + b"\x00")


def test_damaged_headers_raise_nothing_else() -> None:
    """Whatever a few bytes of the header are, the answer is an array or a refusal."""
    data = bytearray(saved(np.arange(4)))
    chance = random.Random(1)
    for _ in range(4000):
        bad = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            bad[chance.randrange(6, 128)] = chance.randrange(256)
        try:
            parse_npy(bytes(bad))
        except UnreadableError as error:
            assert "\n" not in str(error)


OBJECTS = saved(np.array([{}], dtype=object), allow_pickle=True)
ZIP = io.BytesIO()
with zipfile.ZipFile(ZIP, "w") as _archive:
    _archive.writestr("x.npy", b"")
_FILE = io.BytesIO()
with zipfile.ZipFile(_FILE, "w", zipfile.ZIP_DEFLATED) as _archive:
    _archive.writestr("x.npy", bytes(1 << 22))
BOMB = _FILE.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "it is empty", id="empty"),
        pytest.param(OBJECTS, "it holds Python objects", id="objects"),
        pytest.param(pickle.dumps([1]), "looks like a pickle", id="pickle"),
        pytest.param(ZIP.getvalue(), "looks like a zip, .npz or PyTorch file", id="npz"),
        pytest.param(b"\x1f\x8b\x08\x00", "looks like a gzip file", id="gzip"),
        pytest.param(b"\x89PNG\r\n", "looks like a picture", id="png"),
        pytest.param(b"1 2\n3 4\n", "looks like text", id="text"),
        pytest.param(b"<html>", "looks like a web page", id="html"),
        pytest.param(b'{"a": 1}', "looks like JSON", id="json"),
        pytest.param(
            b"version https://git-lfs.github.com/spec/v1", "git-lfs pointer", id="lfs"
        ),
        pytest.param(b"%PDF-1.7", "looks like a PDF", id="pdf"),
        pytest.param(BOMB, "looks like a zip, .npz or PyTorch file", id="zip bomb"),
        pytest.param("naïve; 1\n".encode() * 40, "looks like text", id="long text"),
        pytest.param(b"\xff" * 400, "looks like something else", id="bytes"),
        pytest.param(
            "\x93NUMPY\x01\x00".encode(), "changed on its way", id="as UTF-8"
        ),
        pytest.param(b"\xef\xbb\xbf\x93NUMPY", "changed on its way", id="BOM"),
        pytest.param(b"\x93", "looks like something else", id="one byte"),
        pytest.param(b"\x00\x05\x16\x07\x00", "macOS metadata", id="AppleDouble"),
        pytest.param(b"\x00" * 99, "it starts with zeros only, so copy it", id="zeros"),
        pytest.param(saved(np.array([1j])), "it holds complex numbers", id="complex"),
        pytest.param(saved(np.array(["a"])), "it holds text", id="text array"),
        pytest.param(saved(np.array([b"a"])), "it holds text", id="bytes array"),
        pytest.param(
            saved(np.array(["2020-01-01"], "M8[D]")), "it holds dates", id="dates"
        ),
        pytest.param(
            saved(np.zeros(1, [("a", "i4")])), "it holds records", id="records"
        ),
        pytest.param(headed(described(shape="(10**12,)")), "damaged", id="calc"),
        pytest.param(
            headed(described("'|V0'", shape="(1000000000000,)")), "raw bytes", id="V0"
        ),
        pytest.param(headed(described("'<f16'")), "'<f16' is not one", id="long double"),
        pytest.param(
            headed(described(shape="(100000, 100000)"), bytes(48)),
            "80000000000 bytes of numbers are promised, 48 are there",
            id="huge",
        ),
        pytest.param(
            headed(described(shape="(4294967296, 4294967296)")), "shape", id="wraps"
        ),
        pytest.param(headed(described(shape="(-1,)"), bytes(8)), "shape", id="negative"),
        pytest.param(headed(described(shape="(True, 2)"), bytes(16)), "shape", id="bool"),
        pytest.param(headed(described(shape="[2]"), bytes(16)), "header", id="list"),
        pytest.param(headed(described(order="0"), bytes(16)), "header", id="order"),
        pytest.param(
            headed(described(shape="(" + "1," * 9 + ")"), bytes(8)), "9 axes", id="axes"
        ),
        pytest.param(headed("{'descr': '<f8'}"), "header is not one", id="keys"),
        pytest.param(headed("{[]: 1}"), "damaged", id="unhashable"),
        pytest.param(headed("(" * 3000), "damaged", id="deep"),
        pytest.param(headed("-" * 4000 + "1"), "damaged", id="minuses"),
        pytest.param(headed("{'descr': '\\d'"), "damaged", id="no warning"),
        pytest.param(headed("{" + "'a': 1, " * 400), "damaged", id="many keys"),
        pytest.param(headed("{'a': '''x"), "damaged", id="three quotes"),
        pytest.param(
            headed(described()[:-2] + "'shape': (2,)}", bytes(16)), "damaged",
            id="a key twice",
        ),
        pytest.param(headed(described("True")), "'True' is not one", id="no text"),
        pytest.param(headed(described("[]")), "it holds records", id="no fields"),
        pytest.param(
            headed(described("('<f8', (2,))"), bytes(32)), "damaged", id="subarray"
        ),
        pytest.param(headed(described("'|T16'")), "it holds text", id="StringDType"),
        pytest.param(headed(described("'|O8'")), "Python objects", id="objects 8"),
        pytest.param(headed(described("'<m8[s]'")), "time spans", id="time spans"),
        pytest.param(headed(described("'<f8,<f8'")), "is not one", id="two types"),
        pytest.param(headed("x" * 5000), "header is too long", id="long header"),
        pytest.param(
            b"\x93NUMPY\x02\x00\xff\xff\xff\xff{}", "header is too long", id="4 GiB"
        ),
        pytest.param(b"\x93NUMPY\x09\x00", "version is unknown", id="version"),
        pytest.param(
            saved(np.array([10, 2])).replace(b"\n", b"\r\n"), "as if it were text",
            id="CRLF",
        ),
        pytest.param(
            saved(np.arange(2)) + saved(np.arange(2)), "save one array", id="two arrays"
        ),
        pytest.param(
            headed(described("'\\x1b[2J'")), "'\\x1b[2J' is not one", id="an escape"
        ),
    ],
)  # fmt: skip
def test_hostile_files(data: bytes, message: str) -> None:
    """Each is refused for what it is, before anything is allocated."""
    with pytest.raises(UnreadableError) as caught:
        parse_npy(data)
    assert message in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_python_2_headers_are_read() -> None:
    """Python 2 wrote sizes as 2L."""
    assert parse_npy(headed(described(shape="(2L,)"), bytes(16))).shape == (2,)


def sparse(path: Path) -> None:
    """Make a file of 8 GiB that takes no room."""
    path.touch()
    os.truncate(path, 1 << 33)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(lambda path: None, "No such file", id="missing"),
        pytest.param(lambda path: path.mkdir(), "not a regular file", id="folder"),
        pytest.param(lambda path: os.mkfifo(path), "not a regular file", id="pipe"),
        pytest.param(
            lambda path: path.symlink_to("/dev/zero"), "not a regular file", id="zero"
        ),
        pytest.param(lambda path: path.symlink_to(path), "cannot be opened", id="loop"),
        pytest.param(lambda path: path.mkdir(), "it is a folder", id="named folder"),
        pytest.param(lambda path: os.mkfifo(path), "it is a pipe", id="named pipe"),
        pytest.param(
            sparse,
            "8589934592 bytes; 67108864 are allowed",
            id="sparse",
        ),
    ],
)
def test_what_is_no_regular_file(tmp_path: Path, make, message: str) -> None:
    """Nothing hangs, and nothing is read that is no regular file."""
    path = tmp_path / "answer.npy"
    make(path)
    with pytest.raises(UnreadableError, match=message):
        read_file(path)


def test_names_that_cannot_be() -> None:
    """A NUL in a name is a refusal, not a crash."""
    with pytest.raises(UnreadableError, match="name is not valid"):
        read_file(Path("a\x00b.npy"))


def test_links_are_followed_only_when_trusted(tmp_path: Path) -> None:
    """In a folder that somebody else made, a link is not followed."""
    np.save(tmp_path / "real.npy", np.arange(2))
    (tmp_path / "link.npy").symlink_to(tmp_path / "real.npy")
    assert read_file(tmp_path / "link.npy").array.tolist() == [0, 1]
    with pytest.raises(UnreadableError, match="cannot be opened"):
        read_file(tmp_path / "link.npy", follow_symlinks=False)


def test_a_link_is_called_one(tmp_path: Path) -> None:
    """The system speaks of too many links; we speak of a link."""
    (tmp_path / "link.npy").symlink_to("/dev/null")
    with pytest.raises(UnreadableError, match="it is a link, and not followed"):
        read_bytes(tmp_path / "link.npy", 9, follow_symlinks=False)


def test_a_size_is_a_claim() -> None:
    """A file that says it has no bytes is read no further than the limit."""
    path = Path("/proc/self/status")
    if not path.exists():
        pytest.skip("no /proc here")
    assert path.stat().st_size == 0
    assert b"Name:" in read_bytes(path, 65_536)
    with pytest.raises(UnreadableError, match="more than the 5 bytes allowed"):
        read_bytes(path, 5)


def test_limits_hold(tmp_path: Path) -> None:
    """A file over the limit is refused by its size."""
    (tmp_path / "x").write_bytes(b"12345")
    assert read_bytes(tmp_path / "x", 5) == b"12345"
    with pytest.raises(UnreadableError, match="5 bytes; 4 are allowed"):
        read_bytes(tmp_path / "x", 4)


def test_sources_are_text(tmp_path: Path) -> None:
    """A program is UTF-8 text; a byte-order mark and CRLF are taken off."""
    path = tmp_path / "answer.py"
    path.write_bytes(b"\xef\xbb\xbfx = 1\r\nx\r\n")
    assert read_source(path) == "x = 1\nx\n"
    path.write_bytes(b"x = 1\xff")
    with pytest.raises(UnreadableError, match=r"'answer.py' is not UTF-8 text"):
        read_source(path)
    path.write_bytes("x = 1".encode("utf-16"))
    with pytest.raises(UnreadableError, match="it is UTF-16: save it as UTF-8"):
        read_source(path)
