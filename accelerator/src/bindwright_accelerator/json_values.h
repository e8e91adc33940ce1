/* What both directions share: the kinds of places, and where an instance holds a member.
 *
 * A place is the position of a value: a member of a model, an item of a list, a value of a map. Python describes
 * places once a model; C only follows the description. Whatever a value is that the description does not foresee,
 * it goes to the place's own function in Python (`slow`), which is the reference.
 */
#ifndef BINDWRIGHT_JSON_VALUES_H
#define BINDWRIGHT_JSON_VALUES_H

#include "scalars.h"
#include "slots.h"

#include <datetime.h>

enum kind {
    KIND_SLOW,     /* Python's function alone */
    KIND_AS_IS,    /* written, or taken over, as it is: reading checked it, or `first` is the only type */
    KIND_BOOLEAN,  /* True or False */
    KIND_NUMBER,   /* a finite float, or an int */
    KIND_DATETIME, /* writing: UTC, in the form that msgspec writes; reading: text in that form */
    KIND_UUID,     /* reading: text in the form with hyphens */
    KIND_ENUM,     /* first: the enumeration; its member's value */
    KIND_LISTED,   /* first: a frozenset of strings */
    KIND_MODEL,    /* first: the model's plan */
    KIND_LIST,     /* first: the items' place */
    KIND_MAP,      /* first: the values' place; keys are strings */
    KIND_ANY,      /* a tree of JSON's own types */
    KIND_CHOICE,   /* first: dict from a type to the place of such values */
    KIND_RANGE,    /* parsed: an int; first: its least and its greatest value */
    KIND_TIME,     /* a time without an offset, or in UTC */
    KIND_DECIMAL,  /* a decimal number, or one in a string (`first` is not None) */
    KIND_PARSED,   /* reading: first: the place of the value as it was parsed */
    KIND_ALTERNATIVES, /* parsed: first: the plan of the choice, or a function of it */
    KIND_DATE,     /* parsed: a date */
    KIND_TOLD,     /* parsed: first: the name of a discriminator, and a dict from its texts to the place of such objects */
    KIND_DURATION, /* a timedelta that is not negative, and its canonical text */
    KIND_OCTETS,   /* base64 in groups of four */
    KIND_URL_OCTETS, /* base64's second alphabet, written without padding */
    KIND_MEMBER,   /* parsed: first: dict from a text or number to the member of an enumeration */
};

typedef struct {
    PyObject_HEAD
    int kind;
    int nullable;   /* None stands for null */
    Py_ssize_t marks; /* reading: quotation marks of a value that is there and not null */
    PyObject *first;
    PyObject *absent; /* writing: the value that stands for absent; reading: the value, or factory, of an absent one */
    PyObject *slow;   /* a function of the value, or None */
    int is_factory;   /* reading: whether `absent` is to be called */
} Place;

extern PyTypeObject Place_Type;
extern PyTypeObject ReadPlan_Type;
extern PyTypeObject WritePlan_Type;
extern PyTypeObject TreePlan_Type;
extern PyTypeObject ChoicePlan_Type;

/* The plan of a model's place, a new reference; NULL without an exception where there is none of this type. */
PyObject *plan_of(Place *place, PyTypeObject *type);

/* Members that are the same for each instance: values, or factories of them. */
typedef struct {
    PyObject *values;
    PyObject *factories; /* a bool for each of them */
    Py_ssize_t *offsets;
} Constants;

/* Set them; -1 and an exception where a factory fails. */
int set_constants(const Constants *constants, PyObject *object);

extern PyObject *NOT_THERE; /* msgspec's UNSET */

/* Quotation marks around the strings and names of a value that nests so many levels at most; -1 and an exception where it
 * nests deeper. */
Py_ssize_t marks_of_value(PyObject *value, int levels);

/* Whether a document has as many of them as what was read of it, and so no name twice; those within strings do not count. */
int has_marks(PyObject *data, Py_ssize_t marks);
enum { DEEPEST = 1000 }; /* levels of a value in a struct, whose other levels msgspec counts */

/* What a function makes of a text in ASCII; NULL without an exception for any other value. */
PyObject *of_text(PyObject *(*read)(const char *, Py_ssize_t), PyObject *value);

/* The value of a place that parsed JSON stands for. */
PyObject *grown(Place *place, PyObject *value);

/* The value of what msgspec read of a document, and whether its quotation marks say that no name stands twice. */
PyObject *moved_document(Place *place, PyObject *structure, PyObject *data, int *is_counted);

/* The value of a choice, by its plan; NULL without an exception where it is Python's to choose. */
PyObject *chosen(PyObject *plan, PyObject *value);

/* The value, or what the factory makes, of a member that is not there. */
PyObject *absent_value(Place *place);

int reading_ready(PyObject *module);
int trees_ready(PyObject *module);
int known_ready(PyObject *module);
int documents_ready(PyObject *module);
int choices_ready(PyObject *module);
int writing_ready(PyObject *module);

#endif
