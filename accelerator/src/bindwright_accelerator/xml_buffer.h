/* A text in UTF-8 that grows, and XML's escapes. */
#ifndef BINDWRIGHT_XML_BUFFER_H
#define BINDWRIGHT_XML_BUFFER_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    char *data;
    Py_ssize_t size, capacity;
} Buffer;

enum { BESIDE_MARKUP, IN_TEXT, IN_ATTRIBUTE }; /* what is escaped: nothing, a text's characters, an attribute's */

/* Each gives -1 and an exception where there is no memory, or where XML cannot carry a character. */
int put(Buffer *buffer, const char *text, Py_ssize_t size);
char *put_room(Buffer *buffer, Py_ssize_t size); /* so many octets, to be filled; NULL and an exception: no memory */
int put_bytes(Buffer *buffer, PyObject *bytes);
int put_string(Buffer *buffer, PyObject *string, int where);

#endif
