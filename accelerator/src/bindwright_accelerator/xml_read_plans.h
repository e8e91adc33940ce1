/* How elements are read: places, and the plans of models. Names are as expat gives them: the namespace, a form feed (which
 * no document can hold), the local name. */
#ifndef BINDWRIGHT_XML_READ_PLANS_H
#define BINDWRIGHT_XML_READ_PLANS_H

#include "scalars.h"
#include "xml_documents.h"

enum read_kind {
    READ_OFF,      /* for the reference */
    READ_TEXT,     /* the text itself */
    READ_INTEGER,  /* first: its least and its greatest value, or None */
    READ_FLOAT,
    READ_BOOLEAN,
    READ_DATETIME,
    READ_UUID,
    READ_DATE,
    READ_TIME,
    READ_DECIMAL,
    READ_DURATION,
    READ_OCTETS,
    READ_LISTED,   /* first: dict from a text to its value */
    READ_CALL,     /* what `parse` gives */
    READ_MODEL,    /* first: the model's plan, or what gives it */
    READ_LIST,     /* an element around items; first: the items' place; the name of no character stands for any */
    READ_CHOICE,   /* first: dict from a discriminator's text to the place of a model */
    READ_MAP,      /* first: the place of values; names: the namespace of their elements; parse: from a name to a key */
    READ_FREE,     /* first: whether it is an object */
    READ_CHOSEN,   /* a choice of scalars: what `parse` gives */
    READ_QNAME,    /* an attribute that is xsi:type: what `parse` gives for its expanded name */
    READ_TRIED,    /* a choice that nothing tells; first: pairs of an alternative's place and a function that grades its
                      value, or None; parse: from a text to (value, whether it is certain) or None; names: elements that
                      may stand for an alternative within the choice's own */
    READ_ONE_OR_MANY, /* first: the place of a single element, or None, and those of the items of each list */
};

enum { SEPARATOR = '\f' };

typedef struct {
    PyObject_HEAD
    int kind;
    int nullable;
    int is_attribute; /* of a choice: whether the discriminator is one; of a model: whether a member is xsi:type */
    int is_ranged;
    long long least, greatest;
    PyObject *first;
    PyObject *parse; /* a function of a text; None: what is not the plain case is for the reference */
    PyObject *build; /* of a list: what it is made of a list; None: it is one */
    PyObject *names; /* bytes: of a list's items, or of the discriminator */
    PyObject *types; /* dict from what xsi:type may say to the place of a model, or to True: this one; NULL: it is not looked up */
} ReadPlace;

typedef struct {
    const char *name;
    size_t size;
    Py_ssize_t number; /* of the member */
    Py_ssize_t index;  /* in written order */
    int is_many;       /* items that stand among the others */
    int null_is_absent;
    ReadPlace *place;
} Entry;

typedef struct {
    PyObject_HEAD
    PyTypeObject *model;
    PyObject *children, *attributes, *defaults, *others; /* what the arrays below refer to */
    PyObject *extra_of; /* a function of what is unknown, None where it is not kept */
    PyObject *twins;
    Entry *entries, *attribute_entries, *twin_entries; /* twins: further members of an element's name */
    Py_ssize_t entry_count, attribute_count, twin_count, count; /* count: members */
    Py_ssize_t *offsets, *other_offsets;
    Py_ssize_t kept; /* offset of what is unknown, or -1 */
    ReadPlace *text;  /* of the text member, which is the last one, or NULL */
    int is_ordered, refuses_unknown;
    int collects; /* whether a member is a choice between one and many */
    int text_is_required, text_is_nullable, text_is_string;
} ReadPlan;

extern PyTypeObject ReadPlace_Type, XmlReadPlan_Type;

/* The value of a scalar's text, a new reference; NULL with or without an exception: the reference reads the document. */
PyObject *value_of(ReadPlace *place, const char *text, Py_ssize_t size);

/* The plan of a model's place, a new reference; NULL with an exception, or where the reference reads the model. */
ReadPlan *read_plan_of(ReadPlace *place);

/* A member that is not there, a new reference; NULL: the reference says what is missing. */
PyObject *default_of(PyObject *pair);

/* Whether a tuple holds nothing but bytes. */
int are_bytes(PyObject *names);

int read_plans_ready(PyObject *module);
int reading_ready(PyObject *module);

#endif
