"""Lines of an answer, typed, with its status before them."""

from assistant import Client


def kinds(client: Client) -> list[str]:
    with client.log.with_streaming_response.read_log() as response:
        assert response.status == 200
        return [event.type for event in response.iter_items()]
