"""What a user of S3 does, in the order of a day: each scenario leaves what the next one needs."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from attrs import frozen
from bindwright.runtime.http import NotFound


@frozen
class Scene:
    """The operations and models of the generated client, which no type checker knows here."""

    s3: Any
    models: Any


def create_and_list_buckets(scene: Scene) -> None:
    scene.s3.create_bucket("photos")
    scene.s3.create_bucket("empty")
    buckets = scene.s3.list_buckets().buckets
    assert [bucket.name for bucket in buckets] == ["photos", "empty"]
    assert buckets[0].creation_date.tzinfo is not None


def put_and_get_objects(scene: Scene) -> None:
    for key, data in {"a b/é&<.txt": b"text", "empty": b"", "binary": bytes(range(256))}.items():
        scene.s3.put_object("photos", key, data)
        assert scene.s3.get_object("photos", key) == data


def put_and_get_streams(scene: Scene) -> None:
    data = bytes(range(256)) * 40_000
    scene.s3.put_object("photos", "large", io.BytesIO(data))
    with scene.s3.with_streaming_response.get_object("photos", "large") as answer:
        chunks = list(answer.iter_bytes())
    assert len(chunks) > 1
    assert b"".join(chunks) == data
    assert scene.s3.get_object("photos", "large", range="bytes=256-511") == bytes(range(256))


def head(scene: Scene) -> None:
    answer = scene.s3.with_raw_response.head_object("photos", "large")
    assert answer.headers["content-length"] == str(256 * 40_000)
    assert answer.headers["etag"]


def list_pages(scene: Scene) -> None:
    for number in range(7):
        scene.s3.put_object("photos", f"page/{number}", b"x" * number)
    first = scene.s3.list_objects_v2("photos", prefix="page/", max_keys_query=3)
    assert first.value.is_truncated is True
    objects = [(stored.key, stored.size) for stored in first]
    assert objects == [(f"page/{number}", number) for number in range(7)]


def copy(scene: Scene) -> None:
    result = scene.s3.copy_object("photos", "copied", x_amz_copy_source="/photos/binary")
    assert result.last_modified is not None
    assert scene.s3.get_object("photos", "copied") == bytes(range(256))


def upload_in_parts(scene: Scene) -> None:
    m, parts = scene.models, [b"a" * 5_242_880, b"b" * 1000]
    upload = scene.s3.create_multipart_upload("photos", "parts", uploads=True).upload_id
    completed = []
    for number, part in enumerate(parts, 1):
        answer = scene.s3.with_raw_response.upload_part(
            "photos", "parts", part, part_number=number, upload_id=upload
        )
        completed.append(m.CompletedPart(e_tag=answer.headers["etag"], part_number=number))
    listed = scene.s3.list_parts("photos", "parts", upload_id=upload).parts
    assert [(part.part_number, part.size) for part in listed] == [(1, 5_242_880), (2, 1000)]
    body = m.CompletedMultipartUpload(parts=completed)
    assert scene.s3.complete_multipart_upload("photos", "parts", body, upload_id=upload).key == "parts"
    assert scene.s3.get_object("photos", "parts") == b"".join(parts)


def tag_a_bucket_and_an_object(scene: Scene) -> None:
    m = scene.models
    tags = [m.Tag(key="a<b>&c", value="x y"), m.Tag(key="another", value="ü")]
    scene.s3.put_bucket_tagging("photos", m.Tagging(tag_set=tags), tagging=True)
    read = scene.s3.get_bucket_tagging("photos", tagging=True).tag_set
    assert sorted(read, key=lambda tag: tag.key) == sorted(tags, key=lambda tag: tag.key), read
    scene.s3.put_object_tagging("photos", "binary", m.Tagging(tag_set=tags[1:]), tagging=True)
    assert scene.s3.get_object_tagging("photos", "binary", tagging=True).tag_set == tags[1:]
    scene.s3.delete_bucket_tagging("photos", tagging=True)


def configure_cors(scene: Scene) -> None:
    m = scene.models
    rules = [
        m.CORSRule(
            allowed_methods=["GET", "PUT"], allowed_origins=["https://a.example"], allowed_headers=["*"]
        ),
        m.CORSRule(allowed_methods=["GET"], allowed_origins=["*"], max_age_seconds=3000),
    ]
    scene.s3.put_bucket_cors("photos", m.CORSConfiguration(cors_rules=rules), cors=True)
    assert scene.s3.get_bucket_cors("photos", cors=True).cors_rules == rules
    scene.s3.delete_bucket_cors("photos", cors=True)


def configure_lifecycle(scene: Scene) -> None:
    m = scene.models
    rule = m.LifecycleRule(
        id="old",
        status="Enabled",
        filter=m.LifecycleRuleFilter(prefix="logs/"),
        expiration=m.LifecycleExpiration(days=30),
    )
    body = m.BucketLifecycleConfiguration(rules=[rule])
    scene.s3.put_bucket_lifecycle_configuration("photos", body, lifecycle=True)
    (read,) = scene.s3.get_bucket_lifecycle_configuration("photos", lifecycle=True).rules
    assert (read.id, read.status, read.filter.prefix, read.expiration.days) == ("old", "Enabled", "logs/", 30)


def errors_are_typed(scene: Scene) -> None:
    for code, call in {
        "NoSuchBucket": lambda: scene.s3.list_objects_v2("nowhere"),
        "NoSuchKey": lambda: scene.s3.get_object("photos", "nothing"),
        "NoSuchTagSet": lambda: scene.s3.get_bucket_tagging("empty", tagging=True),
    }.items():
        with pytest.raises(NotFound) as caught:
            call()
        error = caught.value
        assert isinstance(error.error, scene.models.Error), error.error
        assert error.error.code == code, error.error
        assert error.request_id, error.headers


def delete(scene: Scene) -> None:
    m = scene.models
    scene.s3.delete_object("photos", "copied")
    keys = [stored.key for stored in scene.s3.list_objects_v2("photos")]
    assert "copied" not in keys
    body = m.Delete(objects=[m.ObjectIdentifier(key=key) for key in keys])
    gone = scene.s3.delete_objects("photos", body, delete=True).deleted
    assert {deleted.key for deleted in gone} == set(keys)
    for bucket in ("photos", "empty"):
        scene.s3.delete_bucket(bucket)
    assert not scene.s3.list_buckets().buckets


SCENARIOS: list[Callable[[Scene], None]] = [
    create_and_list_buckets, put_and_get_objects, put_and_get_streams, head, list_pages, copy, upload_in_parts,
    tag_a_bucket_and_an_object, configure_cors, configure_lifecycle, errors_are_typed, delete,
]  # fmt: skip
