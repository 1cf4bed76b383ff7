"""Files: every kind of source, the limits, what happens when the sign-in expires, and who sees the token."""

import contextlib
import io
from collections.abc import AsyncIterator
from email.message import EmailMessage, Message
from email.parser import BytesParser
from pathlib import Path
from typing import Any, cast

import httpx2
import pytest

from podio import FileHosts, Podio, errors
from podio._retry_policy import RetryPolicy
from podio._uploads import LARGEST_FILE, MultipartBody, source_of
from tests.unit.podio.fakes import Page

CONTENT = bytes(range(256)) * 3000
EXPIRED = {"error": "unauthorized", "error_description": "expired_token"}


class Pipe(io.RawIOBase):
    """A file that can't be read twice."""

    def __init__(self, content: bytes) -> None:
        self._rest = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._rest.read(size)


class Picture:
    """A source of one's own."""

    name = "own.png"
    size = 6

    async def chunks(self) -> AsyncIterator[bytes]:
        yield b"own"
        yield b"png"


async def in_bits(content: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


def parts_of(request: httpx2.Request) -> dict[str, Message]:
    header = b"Content-Type: " + request.headers["content-type"].encode() + b"\r\n\r\n"
    message = BytesParser(_class=EmailMessage).parsebytes(header + request.content)
    return {
        str(part.get_param("name", header="content-disposition")): part for part in cast("Any", message.iter_parts())
    }


async def uploaded(page: Page, *arguments: Any, **options: Any) -> httpx2.Request:
    await page.podio.is_authenticated()
    await page.podio.upload_file(*arguments, **options)
    return page.fake.seen[-1]


@pytest.mark.parametrize("kind", ["bytes", "bytearray", "memoryview", "path", "text path", "file", "pipe", "stream"])
async def test_a_file_is_sent_whole_from_every_kind_of_source(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "numbers.bin"
    path.write_bytes(CONTENT)
    with path.open("rb") as file:
        sources: dict[str, Any] = {
            "bytes": CONTENT,
            "bytearray": bytearray(CONTENT),
            "memoryview": memoryview(CONTENT),
            "path": path,
            "text path": str(path),
            "file": file,
            "pipe": Pipe(CONTENT),
            "stream": in_bits(CONTENT),
        }
        request = await uploaded(Page(), sources[kind], "numbers.png")
    parts = parts_of(request)
    assert parts["source"].get_payload(decode=True) == CONTENT
    assert parts["source"].get_content_type() == "image/png"
    assert parts["source"].get_filename() == "numbers.png"
    assert parts["filename"].get_payload() == "numbers.png"
    has_known_size = kind not in ("pipe", "stream")
    assert ("content-length" in request.headers) is has_known_size
    if has_known_size:
        assert int(request.headers["content-length"]) == len(request.content)


async def test_a_source_with_a_name_of_its_own_needs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "näme.txt"
    path.write_bytes(b"x")
    for source, name in ((path, "näme.txt"), (Picture(), "own.png")):
        request = await uploaded(Page(), source)
        assert f'name="source"; filename="{name}"'.encode() in request.content


@pytest.mark.parametrize("filename", [None, "", "a\nb", "a\r", "a\x00", "\ud800"])
async def test_a_missing_or_odd_name_is_refused(filename: Any) -> None:
    with pytest.raises(errors.ConfigurationError):
        await uploaded(Page(), b"x", filename)


def test_a_quote_in_a_name_can_not_end_it() -> None:
    body = MultipartBody(source_of(b"x"), 'a"; name="b', boundary="b")
    assert b'name="source"; filename="a%22; name=%22b"' in body.head


@pytest.mark.parametrize(
    "mimetype",
    ["text/plain\r\nX-Header: 1", "text/plain\n", "text/\x00plain", "text/pl\x7fain", "text/plæin", "text plain"],
)
async def test_a_media_type_with_what_could_end_its_line_is_refused(mimetype: str) -> None:
    page = Page()
    with pytest.raises(errors.ConfigurationError, match="media type"):
        await page.podio.upload_file(CONTENT, "a", mimetype=mimetype)
    assert page.fake.seen == []


@pytest.mark.parametrize("source", [12, None, object(), ["x"]])
def test_what_is_no_source_is_refused(source: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="A file can't be made of"):
        source_of(source)


async def test_a_file_of_text_is_refused() -> None:
    with pytest.raises(errors.ConfigurationError, match="binary"):
        await uploaded(Page(), io.StringIO("text"), "a.txt")


async def test_a_file_opened_in_text_mode_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    for source in ((tmp_path / "a.txt").open(encoding="utf-8"), io.StringIO("text")):
        page = Page()
        with source, pytest.raises(errors.ConfigurationError, match=r"gives text.*binary mode.*encode"):
            await page.podio.upload_file(source, "a.txt")
        assert page.fake.seen == []


def test_a_path_may_begin_with_the_users_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"at home")
    (tmp_path / "~$b.txt").write_bytes(b"an editor's own")
    assert source_of("~/a.txt").size == len(b"at home")
    assert source_of("~$b.txt").size == len(b"an editor's own")


@pytest.mark.parametrize("refusals", [0, 1])
async def test_the_last_progress_is_reported_once_however_often_the_file_was_sent(refusals: int) -> None:
    class Reading(httpx2.AsyncBaseTransport):
        """Reads a body from its source each time, as a connection does."""

        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            content = b"".join([part async for part in cast("httpx2.AsyncByteStream", request.stream)])
            assert request.url.path != "/file/" or CONTENT in content
            return await page.fake.handle(request)

    page = Page(http_client=httpx2.AsyncClient(transport=Reading()))
    reports: list[tuple[int, int | None]] = []
    page.fake.answers = [httpx2.Response(401, json=EXPIRED)] * refusals
    await page.podio.upload_file(CONTENT, "a", progress=lambda bytes_sent, total: reports.append((bytes_sent, total)))
    assert reports.count((len(CONTENT), len(CONTENT))) == 1
    assert reports[-1] == (len(CONTENT), len(CONTENT))
    assert reports.count((0, len(CONTENT))) == 1 + refusals


async def test_an_upload_that_failed_is_never_reported_as_whole() -> None:
    reports: list[int] = []
    page = Page()
    page.fake.answers = [httpx2.Response(503)]
    with pytest.raises(errors.ServerError):
        await page.podio.upload_file(CONTENT, "a", progress=lambda bytes_sent, _: reports.append(bytes_sent))
    assert len(CONTENT) not in reports


async def test_a_stream_with_empty_parts_reports_nothing_twice() -> None:
    async def parts() -> AsyncIterator[bytes]:
        for part in (b"", b"ab", b"", b"c", b""):
            yield part

    reports: list[int] = []
    await Page().podio.upload_file(parts(), "a", progress=lambda bytes_sent, _: reports.append(bytes_sent))
    assert reports == [0, 2, 3]


async def test_progress_is_reported_from_the_first_byte_to_the_last() -> None:
    reports: list[tuple[int, int | None]] = []
    await uploaded(Page(), CONTENT, "a", progress=lambda bytes_sent, total: reports.append((bytes_sent, total)))
    assert reports[0] == (0, len(CONTENT))
    assert reports[-1] == (len(CONTENT), len(CONTENT))
    assert reports == sorted(reports)


async def test_a_file_that_is_too_large_is_refused_before_anything_is_sent() -> None:
    class Large(Picture):
        size = LARGEST_FILE + 1

    page = Page()
    with pytest.raises(errors.FileTooLarge, match="100 MB"):
        await uploaded(page, Large())
    assert page.fake.seen == []


async def test_a_stream_that_becomes_too_large_is_stopped() -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 10_000_000

    async def read() -> int:
        bytes_sent = 0
        async for part in MultipartBody(source_of(endless()), "a"):
            bytes_sent += len(part)
        return bytes_sent

    with pytest.raises(errors.FileTooLarge):
        await read()


@pytest.mark.parametrize("size", [5, 7])
async def test_a_source_that_gives_another_length_than_it_said_is_an_error(size: int) -> None:
    with pytest.raises(errors.ConfigurationError, match=f"the {size} bytes"):
        await uploaded(Page(), in_bits(b"123456"), "a", size=size)


async def test_a_source_that_can_be_read_again_is_sent_again_after_a_renewal() -> None:
    page = Page()
    page.fake.answers = [httpx2.Response(401, json=EXPIRED)]
    request = await uploaded(page, io.BytesIO(CONTENT), "a")
    assert parts_of(request)["source"].get_payload(decode=True) == CONTENT
    assert page.sign_in.asked == 1


async def test_a_file_is_sent_from_where_it_stood() -> None:
    file = io.BytesIO(b"headrest")
    file.seek(4)
    request = await uploaded(Page(), file, "a")
    assert parts_of(request)["source"].get_payload(decode=True) == b"rest"


async def test_a_stream_is_never_sent_twice() -> None:
    page = Page()
    page.fake.answers = [httpx2.Response(401, json=EXPIRED)]
    with pytest.raises(errors.UploadInterrupted, match="upload it again"):
        await uploaded(page, in_bits(CONTENT), "a")
    assert page.sign_in.asked == 0


async def test_a_session_that_has_expired_is_renewed_before_a_stream_is_sent() -> None:
    page = Page(lifetime=-1)
    request = await uploaded(page, in_bits(CONTENT), "a")
    assert page.sign_in.asked == 1
    assert parts_of(request)["source"].get_payload(decode=True) == CONTENT


async def test_an_upload_whose_outcome_is_unknown_is_not_repeated() -> None:
    page = Page(retry_policy=RetryPolicy())
    for answer in (httpx2.ReadError("gone"), httpx2.Response(502)):
        page.fake.answers = [answer]
        before = len(page.fake.seen)
        with pytest.raises((errors.ConnectionFailed, errors.ServerError)):
            await uploaded(page, CONTENT, "a")
        assert len(page.fake.seen) == before + 1


# Downloads


class Store:
    """Answers like a host of files, and remembers who showed a token."""

    def __init__(self, answers: dict[str, httpx2.Response]) -> None:
        self.answers = answers
        self.seen: list[tuple[str, bool]] = []

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        address = str(request.url)
        self.seen.append((address, "authorization" in request.headers))
        return self.answers.get(address) or httpx2.Response(404, json={"error": "not_found"})


def downloading(answers: dict[str, httpx2.Response], **options: Any) -> tuple[Any, Store]:
    store = Store(answers)
    page = Page()
    podio = Podio(
        client_id="workbench",
        session_store=page.store,
        api_url="https://api.example",
        http_client=httpx2.AsyncClient(transport=httpx2.MockTransport(store.handle)),
        clock=page.clock.option,
        **options,
    )
    return podio, store


RAW = "https://api.example/file/5/raw"


@pytest.mark.parametrize(
    "file", [5, {"file_id": 5}, {"file_id": 5, "hosted_by": "podio", "link": "https://x.example/"}]
)
async def test_a_file_is_fetched_by_its_id_from_the_api(file: Any) -> None:
    podio, store = downloading({RAW: httpx2.Response(200, content=CONTENT)})
    assert await podio.download_file(file) == CONTENT
    assert store.seen == [(RAW, True)]


@pytest.mark.parametrize(
    ("link", "is_shown"),
    [
        ("https://files.podio.com/5", True),
        ("https://api.example/anywhere", True),
        ("https://files.podio.com.evil.example/5", False),
        ("https://files.podio.com:444/5", False),
        ("https://api.example:444/5", False),
        ("https://cloud.example/5?secret=1", False),
    ],
)
async def test_the_token_is_shown_to_podio_and_its_files_alone(link: str, is_shown: bool) -> None:
    podio, store = downloading({link: httpx2.Response(200, content=b"x")})
    assert await podio.download_file({"link": link, "hosted_by": "other"}) == b"x"
    assert store.seen == [(link, is_shown)]


async def test_which_hosts_see_the_token_is_for_the_site_to_say() -> None:
    link = "https://files.podio.com/5"
    podio, store = downloading({link: httpx2.Response(200, content=b"x")}, file_hosts=FileHosts(with_token=()))
    await podio.download_file({"link": link})
    assert store.seen == [(link, False)]


async def test_a_redirect_is_followed_without_the_token() -> None:
    elsewhere = "https://cdn.example/5"
    podio, store = downloading(
        {
            RAW: httpx2.Response(302, headers={"Location": elsewhere}),
            elsewhere: httpx2.Response(200, content=b"x"),
        }
    )
    assert await podio.download_file(5) == b"x"
    assert store.seen == [(RAW, True), (elsewhere, False)]


async def test_a_redirect_without_end_is_an_error() -> None:
    podio, _ = downloading({RAW: httpx2.Response(302, headers={"Location": RAW})})
    with pytest.raises(errors.InvalidResponse):
        await podio.download_file(5)


async def test_a_download_that_is_not_worth_a_sign_in_starts_no_renewal() -> None:
    page = Page()
    await page.podio.is_authenticated()
    page.fake.answers = [httpx2.Response(401, json=EXPIRED)]
    with pytest.raises(errors.Unauthorized):
        await page.podio.download_file(5, renews=False)
    assert page.sign_in.asked == 0
    page.clock.now += 4000  # by now the page knows it by itself
    page.fake.answers = [httpx2.Response(401, json=EXPIRED)]
    with pytest.raises(errors.Unauthorized):
        await page.podio.download_file(5, renews=False)
    assert page.sign_in.asked == 0


async def test_somebody_elses_401_starts_no_renewal() -> None:
    elsewhere = "https://cdn.example/5"
    podio, _ = downloading(
        {RAW: httpx2.Response(302, headers={"Location": elsewhere}), elsewhere: httpx2.Response(401, json=EXPIRED)}
    )
    with pytest.raises(errors.Unauthorized):
        await podio.download_file(5)


@pytest.mark.parametrize(
    "file",
    [
        {},
        "5",
        True,
        None,
        *({"link": link} for link in (None, "", 5, "http://files.podio.com/5", "javascript:1", "https://[/")),
        {"link": "https://u:p@files.podio.com/"},
    ],
)
async def test_a_file_without_a_usable_address_is_refused(file: Any) -> None:
    podio, store = downloading({})
    with pytest.raises(errors.ConfigurationError):
        await podio.download_file(file)
    assert store.seen == []


async def test_a_stream_brings_the_file_bit_by_bit() -> None:
    podio, _ = downloading({RAW: httpx2.Response(200, content=in_bits(CONTENT, 200_000))})
    chunks = [chunk async for chunk in podio.stream_file(5)]
    assert b"".join(chunks) == CONTENT
    assert len(chunks) > 4


async def test_a_stream_that_breaks_off_says_that_the_file_is_not_whole() -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"x" * 100_000
        raise httpx2.ReadError("gone")

    podio, _ = downloading({RAW: httpx2.Response(200, content=broken())})
    chunks = podio.stream_file(5)
    assert await anext(chunks)
    with pytest.raises(errors.ConnectionFailed, match="whole"):
        [chunk async for chunk in chunks]


async def test_a_stream_that_is_left_early_is_closed() -> None:
    class Endless(httpx2.AsyncByteStream):
        closed = False

        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                yield b"x" * 70_000

        async def aclose(self) -> None:
            self.closed = True

    stream = Endless()
    podio, _ = downloading({RAW: httpx2.Response(200, stream=stream)})
    async with contextlib.aclosing(podio.stream_file(5)) as chunks:
        async for _ in chunks:
            assert not stream.closed
            break
    assert stream.closed


async def test_a_missing_file_is_not_found_as_a_stream_too() -> None:
    podio, _ = downloading({})
    with pytest.raises(errors.NotFound):
        await podio.download_file(5)
    with pytest.raises(errors.NotFound):
        await anext(podio.stream_file(5))


async def test_a_thumbnail_is_fetched_by_its_size() -> None:
    link = "https://files.podio.com/5"
    podio, store = downloading(
        {
            "https://api.example/file/5": httpx2.Response(200, json={"file_id": 5, "thumbnail_link": link}),
            "https://api.example/user/status": httpx2.Response(200, json={}),
            f"{link}/medium": httpx2.Response(200, content=b"png"),
        }
    )
    assert await podio.download_thumbnail({"thumbnail_link": link}, "medium") == b"png"
    assert await podio.download_thumbnail(5, "medium") == b"png"
    assert await podio.download_thumbnail({"thumbnail_link": None}, "medium") is None
    assert (f"{link}/medium", True) in store.seen
