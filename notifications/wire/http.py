"""HTTP client for services outside: no redirects, no proxy, no cookies, and a limit to what is read."""

import asyncio
from contextlib import suppress

import aiohttp

# What is read of an answer's body: enough to use the connection again, too little to be attacked with.
BODY_CAP = 4096
BODY_DEADLINE = 1.0
# What a post may raise besides TimeoutError, when the other side does not answer as it should.
FAULTS = (aiohttp.ClientError, OSError, ValueError)


class HttpClient:
    """One session for all that is sent. The caller sets the deadline and limits how many posts are under way."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        connector = aiohttp.TCPConnector(limit=0, ttl_dns_cache=300)
        cookies = aiohttp.DummyCookieJar()
        self._session = aiohttp.ClientSession(connector=connector, cookie_jar=cookies, trust_env=False, auto_decompress=False)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        """Post it; the answer's status and its Retry-After."""
        if self._session is None:
            msg = "the client is not open"
            raise RuntimeError(msg)
        async with self._session.post(url, data=body, headers=headers, allow_redirects=False) as response:
            if not response.content.at_eof():
                await _read_a_little(response)
            return response.status, response.headers.get("Retry-After", "")


async def _read_a_little(response: aiohttp.ClientResponse) -> None:
    with suppress(TimeoutError, aiohttp.ClientError):
        async with asyncio.timeout(BODY_DEADLINE):
            await response.content.read(BODY_CAP)
