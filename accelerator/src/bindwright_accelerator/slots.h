/* Where instances of a class hold their members: what every extension needs. */
#ifndef BINDWRIGHT_SLOTS_H
#define BINDWRIGHT_SLOTS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <structmember.h>

#define SLOT(object, offset) (*(PyObject **)((char *)(object) + (offset)))

/* Where instances of a class hold an attribute, in bytes; -1 and an exception where it is no slot. */
Py_ssize_t offset_of(PyObject *type, PyObject *attribute);

/* The offsets of a tuple of attributes; NULL and an exception where one is no slot. */
Py_ssize_t *offsets_of(PyObject *type, PyObject *attributes);

/* The offset of an attribute; -1 where that is None, -2 and an exception where it is no slot. */
Py_ssize_t optional_offset(PyObject *type, PyObject *attribute);

#endif
