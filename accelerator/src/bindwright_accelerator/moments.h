/* Date-times of texts, those that keep their text among them. */
#ifndef BINDWRIGHT_MOMENTS_H
#define BINDWRIGHT_MOMENTS_H

#include "slots.h"

/* A date-time; NULL without an exception where the text is in a form that Python alone reads. */
PyObject *moment_of(PyObject *value);

/* A time without an offset, or in UTC, in whole seconds; NULL without an exception where the text is in another form. */
PyObject *time_of(PyObject *value);

/* A date; NULL without an exception where the text is in another form. */
PyObject *date_of(PyObject *value);

/* The runtime's class of date-times that keep their text; -1 and an exception where it has no slots for it. */
int keep_moments(PyObject *type);

int moments_ready(void);

#endif
