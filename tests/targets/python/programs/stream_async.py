"""Events of an async client."""

from assistant import AsyncClient
from assistant.models import End


async def ends(client: AsyncClient) -> list[End]:
    events = await client.answers.create_answer({"model": "small", "messages": []}, stream=True)
    return [event async for event in events if isinstance(event, End)]
