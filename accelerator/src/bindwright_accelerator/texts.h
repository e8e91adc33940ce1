/* Texts of durations, date-times and octets, and back: what both formats share. */
#ifndef BINDWRIGHT_TEXTS_H
#define BINDWRIGHT_TEXTS_H

#include "slots.h"

enum { LONGEST_TEXT = 48 }; /* octets of what `duration_text` and `moment_text` write */

/* A duration; NULL without an exception where the text is not the canonical one of a value that is not negative. */
PyObject *duration_of(const char *text, Py_ssize_t size);

/* Write the canonical text of a value of just timedelta that is not negative; how long it is, 0: it is Python's to write. */
Py_ssize_t duration_text(PyObject *value, char *text);

/* The same of a value of just time, without a zone or in UTC. */
Py_ssize_t time_text(PyObject *value, char *text);

/* Write the canonical text of a value of just datetime without a zone, in UTC, or with an offset of whole minutes; how long it
 * is, 0: it is Python's to write; -1 and an exception on an error. */
Py_ssize_t moment_text(PyObject *value, char *text);

/* The octets of base64 in groups of four (RFC 4648, 4); NULL without an exception where the text is not just that. */
PyObject *octets_of(const char *text, Py_ssize_t size);

/* The octets of base64's second alphabet (RFC 4648, 5), with padding or without; NULL as above. */
PyObject *url_octets_of(const char *text, Py_ssize_t size);

/* Write octets in base64, or in its second alphabet and without padding; how long it is, `base64_size` at most. */
Py_ssize_t write_octets(const unsigned char *octets, Py_ssize_t size, char *text, int is_url);
static inline Py_ssize_t base64_size(Py_ssize_t size)
{
    return size / 3 * 4 + (size % 3 > 0 ? 4 : 0);
}

int texts_ready(void);

#endif
