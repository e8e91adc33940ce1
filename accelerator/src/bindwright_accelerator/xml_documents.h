/* XML: what writing, reading and the module share.
 *
 * A place is the position of a value in a document: an element, an attribute, a text. Python describes each once; C only
 * follows the description, and goes to the place's own function in Python (`slow`), which is the reference, with
 * whatever the description does not foresee.
 */
#ifndef BINDWRIGHT_XML_DOCUMENTS_H
#define BINDWRIGHT_XML_DOCUMENTS_H

#include "slots.h"

#include <datetime.h>

enum written_kind {
    WRITE_SLOW,     /* Python's function alone */
    WRITE_TEXT,     /* a string */
    WRITE_INTEGER,
    WRITE_FLOAT,
    WRITE_BOOLEAN,
    WRITE_DATETIME, /* canonical, or the text that the value carries */
    WRITE_DATE,
    WRITE_UUID,
    WRITE_DECIMAL,
    WRITE_DURATION,
    WRITE_TIME,
    WRITE_OCTETS,
    WRITE_WORDS,    /* first: tuple of (member of an enumeration, its text, escaped) */
    WRITE_CALL,     /* what `text` gives */
    WRITE_FREE,     /* a value of JSON's own types, whose keys are names of elements */
    WRITE_MODEL,    /* first: the content's plan, or what gives it */
    WRITE_LIST,     /* first: the items' place */
    WRITE_MAP,      /* first: the place of values, which are named by their keys; text: from another key to a name */
    WRITE_CHOICE,   /* first: dict from a type to the places of such values, of which the first that takes one writes it */
};

/* What is asked of an object's members. */
enum clause_kind {
    CLAUSE_ABSENT,   /* none is there */
    CLAUSE_PRESENT,  /* one is there */
    CLAUSE_UNLISTED, /* each is a string that is not in `detail` */
    CLAUSE_OF_CLASS, /* each is of the class `detail`, or absent */
    CLAUSE_ASKED,    /* `detail` says so of the object */
};

extern PyObject *IS_ABSENT;       /* the runtime's UNSET */

/* Classes whose slots are known by name: date-times that carry a text, UUIDs. */
extern PyTypeObject *UUID_TYPE, *TIMED_TYPE;
extern Py_ssize_t UUID_INT, TIMED_XSD, TIMED_TEXT;

int writing_ready(PyObject *module);

#endif
