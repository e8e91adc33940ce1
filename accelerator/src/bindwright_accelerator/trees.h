/* How a model is made of parsed JSON. */
#ifndef BINDWRIGHT_TREES_H
#define BINDWRIGHT_TREES_H

#include "json_values.h"

typedef struct {
    PyObject_HEAD
    PyTypeObject *model;
    PyObject *names;
    PyObject *places;
    Constants constants; /* members that JSON does not carry */
    PyTypeObject *unknown; /* the class of what is kept of reading */
    Py_ssize_t *kept;      /* offsets in it: of the members, of the nulls, of the source of members that nobody has looked at */
    PyObject *further;   /* the place of a dict of the members without a name; None: there are none */
    PyObject *known;     /* a frozenset of the names */
    Py_ssize_t *targets;
    Py_ssize_t extra;      /* offset of what is kept, or -1 */
    Py_ssize_t additional; /* offset of the dict, or -1 */
} TreePlan;

extern PyObject *NO_NAMES; /* an empty frozenset */

#endif
