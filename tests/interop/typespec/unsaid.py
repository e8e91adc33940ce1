"""What the suite expects and its documents do not say: the scenarios that fail by the documents alone, and must.

The suite describes APIs in a language of its own, and its emitter turns them into the OpenAPI documents that are run
here. What is lost on the way nobody can read there; each entry says what that is, with the sentence of OpenAPI 3.2.0
(or of what it refers to) by which the document means something else. A scenario that holds and is listed, or fails
and is not, is a fault of the run.
"""

from __future__ import annotations

_ARRAYS = '''no element around the items is in the document; XML Object, nodeType: "The default value is `none` if `$ref`,
`$dynamicRef`, or `type: "array"` is present in the Schema Object containing the XML Object"'''
_TEXT = '''that a member is the text of its element is not in the document; XML Object, nodeType: "The default value is
[...] `element` otherwise"'''
_SLASH = '''`{/param}` of RFC 6570 has no style, and the document's path has `{param}` without a slash; Paths Object: "The path
is appended to the URL from the Server Object in order to construct the full URL"; Path Templating: "The value for
these path parameters MUST NOT contain any unescaped [...] forward slashes"'''
_QUERY = '''the document has no such operation: its emitter leaves out paths with a query; Path Templating: "MUST NOT contain any
unescaped [...] question marks"'''
_RESERVED = '''`allowReserved` is not in the document; Parameter Object: "The default value is `false`"'''
UNSAID: dict[str, str] = {
    "Encode_Bytes_RequestBody_base64url": '''the document says `contentEncoding: base64`; RFC 4648, 3.2: "Implementations
        MUST include appropriate pad characters at the end of encoded data"''',
    "Parameters_Path_optional": '''neither a segment that may be missing is in the document nor its slash; Parameter Object,
        required: "If the parameter location is "path", this field is REQUIRED and its value MUST be `true`"''',
    "Payload_Pageable_ServerDrivenPagination_AlternateInitialVerb_post": (
        "which member holds the next page's URL is in no word of OpenAPI, and nothing says that the one in the answer "
        "to a `POST` is asked for with `GET`"
    ),
    **{
        f"Payload_Xml_{name}Value_{method}": reason
        for name, reason in (
            ("ModelWithSimpleArrays", _ARRAYS),
            ("ModelWithArrayOfModel", _ARRAYS),
            ("ModelWithEmptyArray", _ARRAYS),
            ("ModelWithText", _TEXT),
        )
        for method in ("get", "put")
    },
    "Routes_PathParameters_ReservedExpansion_template": _RESERVED,
    "Routes_PathParameters_ReservedExpansion_annotation": _RESERVED,
    **{
        f"Routes_PathParameters_PathExpansion_{explode}_{value}": _SLASH
        for explode in ("Standard", "Explode")
        for value in ("primitive", "array", "record")
    },
    **{
        f"Routes_QueryParameters_QueryContinuation_{explode}_{value}": _QUERY
        for explode in ("Standard", "Explode")
        for value in ("primitive", "array", "record")
    },
}  # fmt: skip
DEVIATING: dict[str, str] = {
    f"Type_Model_Inheritance_{name}": "the answer lacks its discriminator, which the document requires"
    for name in (
        "EnumDiscriminator_getExtensibleModelMissingDiscriminator",
        "EnumDiscriminator_getFixedModelMissingDiscriminator",
        "NestedDiscriminator_getMissingDiscriminator",
        "SingleDiscriminator_getMissingDiscriminator",
    )
}
"""Answers that do not fit the document, are told of, and are read none the less, as clients do by default."""
