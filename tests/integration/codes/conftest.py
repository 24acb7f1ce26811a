"""What somebody with the server's own rights could do to the cache."""

import asyncpg
import pytest


@pytest.fixture
def plant(database_url):
    """Puts a colour into every kept standing, past everything the product offers."""

    async def put(colour):
        connection = await asyncpg.connect(database_url)
        await connection.execute(
            """
            update codes_standing set colour = $1,
                standing = jsonb_set(standing, '{colour}', to_jsonb($1::text))
            """,
            colour,
        )
        await connection.close()

    return put
