"""The kinds of change, and the verdict of each: for who asks and for who reads the answer, in JSON and in XML, and for
callers of the binding."""

from __future__ import annotations

from typing import Literal, NamedTuple

Level = Literal["none", "compatible", "risky", "breaking"]
LEVELS: tuple[Level, ...] = ("none", "compatible", "risky", "breaking")
COLUMNS = ("json_request", "json_response", "xml_request", "xml_response", "binding")
_LETTERS: dict[str, Level] = {"-": "none", "C": "compatible", "R": "risky", "B": "breaking"}


class Rule(NamedTuple):
    """One kind of change."""

    kind: str
    levels: tuple[Level, ...]
    """By `COLUMNS`."""
    reason: str
    """For who asks, and for whom nothing else is said."""
    answer_reason: str = ""
    """For who reads the answer, where that is another one."""
    xml_reason: str = ""
    """What is to be said besides where XML feels it more."""
    seen: bool = False
    """Whether the surface of a package shows such a change: then the difference of two surfaces has the verdict of
    callers, and the one here is what it mostly is."""
    silent: bool = False
    """An old reader sees no error: it reads nothing, or what it wrote is ignored."""


_BINDING_LETTERS = """
The fifth letter is small where the surface of a package shows the change (then `binding.judge` has the verdict), and large
where only its behaviour does.
"""
_TEXT = """
server-path                   RRRR B  callers that rely on the default address move with it
server-removed                RRRR R  callers that ask there find nothing
credential-changed            B-B- b  the credential is expected in another form or place
credential-address            R-R- R  tokens come from another address
security-added                B-B- -  a request that was accepted is refused without the credential
security-optional             C-C- -  one more way in
security-removed              C-C- -  fewer credentials are asked for; an option of the client may go
operation-added               CCCC c  a new operation
operation-removed             BBBB b  callers of it fail
operation-path-renamed        BBBB -  old packages ask at the old path; the method stays
callback-address              R-R- -  the server takes the address from another part of the message
method-changed                BBBB -  old packages ask with the old method; the call stays
path-parameter-renamed        ---- b  the name of a path parameter is never on the wire, but a keyword of the call
operation-deprecated          CCCC r  an announcement, and a warning where the operation is called
webhook-removed               B-B- B  a message that is sent no more
webhook-added                 C-C- C  a new message
param-added-optional          C-C- c  servers do without it
param-added-required          B-B- b  a request without it is refused
param-removed                 R-R- b  servers ignore or refuse it; the keyword is gone
param-renamed                 R-R- b  shown as one change; servers ignore or refuse the old name
param-required                B-B- b  a request without it is refused
param-optional                C-C- c  servers do without it
param-style                   B-B- -  the server reads something else, mostly in silence !
param-explode                 B-B- -  the server reads something else, mostly in silence !
param-allowreserved           R-R- -  differs for reserved characters only
param-location                B-B- -  old packages send it where the server does not look
param-default                 R-R- R  who leaves it out gets another result
body-optional                 C-C- c  servers do without it
body-required                 B-B- b  a request without it is refused
body-added                    C-C- c  a body may be sent
body-removed                  R-R- b  servers ignore or refuse it
media-json-removed            BB-- R  clients that speak JSON fail
media-xml-removed             --BB R  clients that speak XML fail
media-other-removed           BBBB R  clients that speak this media type fail
media-json-added              CC-- C  one more format
media-xml-added               --CC C  one more format
media-other-added             CCCC C  one more format
part-content-type             B-B- -  a part of a form is written in another way
part-style                    B-B- -  a part of a form is written in another way
part-header-required          B-B- -  a part of a form without the header is refused
status-changed                -B-B -  old packages take a success that is not documented for an error
status-success-added          -R-R c  old packages take a success that is not documented for an error
status-success-removed        -B-B b  a success that callers wait for does not come
status-error-added            -C-C C  errors raise as before, and are typed now
status-error-removed          -R-R R  handlers of the typed error see one without a type
response-no-body              -B-B b  callers read nothing
response-body-added           -C-C c  an answer that had no body has one
response-header-removed       -B-B R  a header that was always there may be missing
response-header-optional      -R-R R  a header that was always there may be missing
response-header-gone          -R-R R  an optional header is documented no more
response-header-added         -C-C C  one more header
property-added-optional       CCCR c  a member more | readers of XML that validate a closed sequence of elements refuse it
property-added-required       BCBC b  a request without it is refused / a member more, which is always there
property-removed              RRRR b  what is sent is ignored or refused, what was read does not come !
property-removed-required     RBRB b  old readers insist on it
property-renamed              BBBB b  the old name is neither read nor written !
property-renamed-xml-kept     BB-- b  JSON has another name, the element keeps its own
property-required             BCBC b  a request without it is refused / it is always there
property-optional             CBCB b  it may be left out / old readers insist on it
property-nullable             CBCB b  null may be sent / null comes where none came
property-not-nullable         BCBC b  null is refused / null comes no more
property-readonly             R-R- R  what is sent is ignored or refused
property-not-readonly         C-C- C  it may be sent
property-writeonly            -B-B R  it disappears from answers
property-not-writeonly        -C-C C  it comes in answers
property-default              R-R- R  who leaves it out gets another value
property-deprecated           CCCC R  an announcement
property-order                --RR -  readers that insist on the sequence of elements
property-item-to-list         BBCB b  one value becomes a list; one element is a list of one
property-list-to-item         BBBC b  a list becomes one value
type-int-number               CBCB b  numbers with a fraction are accepted / numbers with a fraction come
type-number-int               BCBC b  numbers with a fraction are refused / numbers with a fraction come no more
type-int-string               BBCB b  a number becomes text; XML has no difference when it is sent
type-string-int               BBBC b  text becomes a number
type-widened                  CRCR b  any value is accepted / any value may come
type-narrowed                 BCBC b  most values are refused / fewer values come
type-changed                  BBBB b  another type
format-removed                CBCB b  any text is accepted / any text may come
format-added                  BCBC b  text without the format is refused / text of one form comes
format-date                   BBBB b  another form of text
format-int64                  CRCR -  more numbers are accepted / numbers come that were outside of the format: readers overflow
format-int32                  BCBC -  numbers outside of the new format are refused / fewer numbers come
format-range-said             RCRC -  numbers outside of the format may be refused: none was said before / numbers of one size come
format-other-range            BRBR -  numbers outside of the new format are refused / numbers come that were outside of the old one
format-more-digits            CRCR b  numbers with more digits are accepted / readers round the further digits
format-fewer-digits           RCRC b  further digits are rounded / numbers with fewer digits come
format-note                   CCCC -  a format that says nothing about how the text is read
constraint-narrowed           BCBC R  values that were accepted are refused / fewer values come
constraint-widened            CRCR -  more values are accepted / columns and buffers of readers
constraint-uniqueitems        BCBC -  lists with equal items are refused / items are not repeated
constraint-multipleof         BCBC -  numbers in between are refused / fewer numbers come
constraint-pattern            BCBC -  texts that do not match are refused / fewer texts come
constraint-pattern-changed    RRRR -  which of two patterns takes more is not compared
enum-added                    CRCR c  one more value may be sent / an old reader meets a value that it does not know
enum-removed                  BCBC b  the value is refused, its name is gone / the value comes no more, its name is gone
enum-varnames                 ---- b  members have other names
enum-opened                   CRCR b  any value may be sent; the class is gone / any value may come; the class is gone
enum-closed                   BCBC r  other values are refused / other values come no more
const-added                   BCBC r  other values are refused / other values come no more
dcs-enum-names                --BB b  XML carries the name of a member
closed                        BCBC -  members that are not described are refused / no further members come
opened                        CRCR -  further members may be sent / readers that validate
additional-typed              BCBC R  further members of other types are refused / further members are of one type
additional-untyped            CRCR R  further members of any type may be sent / further members of any type may come
minproperties                 BCBC -  objects with fewer members are refused / objects have more members
required-unknown              BCBC -  a member that is not described has to be there / one more member is always there
required-known                CRCR -  a member that is not described may be left out / a member that is not described may be missing
keyword-added                 BCBC -  a keyword that types cannot say refuses values / values satisfy one more keyword that types cannot say
keyword-removed               CRCR -  a keyword that types cannot say is gone: more is accepted / a keyword that types cannot say is gone: other values may come
keyword-changed               RRRR -  a keyword that types cannot say is another
schema-renamed                ---- b  the class has another name
class-of-use                  ---- b  another class is read and taken here
schema-removed                ---- b  the class is gone
schema-added                  ---- c  a class more
base-changed                  ---- r  `isinstance` of the base stops holding
oneof-added                   CBCB b  one more alternative may be sent / an old reader meets an alternative that it does not know
oneof-removed                 BCBC b  an alternative is refused / an alternative comes no more
oneof-to-anyof                CRCR -  a value may fit several alternatives / a value may fit several alternatives
anyof-to-oneof                BCBC -  a value may fit one alternative only / a value fits one alternative only
object-to-oneof               CBCB b  one more alternative may be sent / an old reader meets an alternative that it does not know
oneof-to-object               BCBC b  the other alternatives are refused / the other alternatives come no more
discriminator-removed         RRRR R  alternatives are tried in turn
discriminator-added           RRRR R  a member tells the alternative now
discriminator-value           BBBB -  the value on the wire is another
discriminator-value-added     CBCB -  one more value tells the alternative / an old reader meets a value that it does not know
discriminator-value-removed   BCBC -  a value that told the alternative is refused / a value that told the alternative comes no more
discriminator-property        BBBB -  another member tells the alternative
xml-root-name                 --BB -  the root element has another name
xml-root-namespace            --BB -  the root element is in another namespace
xml-namespace                 --BB -  the element is in another namespace !
xml-property-name             --BB -  the element has another name !
xml-attribute-to-element      --BB -  an attribute becomes an element, or the other way round !
xml-unwrapped                 --BB -  a list gets or loses the element around it !
xml-wrapper-name              --BB -  the element around a list has another name !
xml-item-name                 --BB -  the items of a list have another name !
xml-profile                   --BB -  orders, nulls and namespaces all move
dcs-order                     --BB -  members out of order are skipped by the reader !
dcs-emit-default              --RR -  absent instead of nil or of a zero
dcs-known-type-removed        --BC R  the reader does not know the type any more / the type comes no more
dcs-known-type-added          --CB R  the type may be sent / an old reader meets an `i:type` that it does not know
dcs-type                      --BB R  another form of text
dcs-entries                   --BB -  entries of a dictionary have other names
pagination                    ---- b  the method returns something else
paging-changed                ---- R  old packages ask for pages, or wait for a state, in another way
operation-id-renamed          ---- b  the method has another name
operation-tag-renamed         ---- b  the method hangs elsewhere
field-added                   ---- b  a field more
field-removed                 ---- b  a field is gone
field-renamed                 ---- b  the field has another name
member-added                  ---- c  a member of an enumeration more
member-removed                ---- b  a member of an enumeration is gone
method-added                  ---- c  a method more
method-removed                ---- b  a method is gone
argument-renamed              ---- b  the argument has another name
group-added                   ---- c  a property of the client more
group-removed                 ---- b  a property of the client is gone
credential-added              ---- c  the client takes one more credential
credential-removed            ---- b  the client takes the credential no more
deprecated                    ---- r  a warning where it is used
signature-changed             ---- b  callers see another signature or annotation
"""


def _rules() -> dict[str, Rule]:
    rules = {}
    for line in _TEXT.strip().splitlines():
        kind, wire, binding, reason = line.split(maxsplit=3)
        levels = tuple(_LETTERS[letter] for letter in wire + binding.upper())
        seen = binding.islower() or binding == "-"
        plain, _, xml = reason.removesuffix(" !").partition(" | ")
        asks, _, answers = plain.partition(" / ")
        rules[kind] = Rule(kind, levels, asks, answers, xml, seen, silent=reason.endswith(" !"))
    return rules


RULES = _rules()


def worse(first: Level, second: Level) -> Level:
    """The stronger of two levels."""
    return max(first, second, key=LEVELS.index)
