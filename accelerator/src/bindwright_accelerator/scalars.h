#ifndef BINDWRIGHT_SCALARS_H
#define BINDWRIGHT_SCALARS_H

#include "slots.h"

#include <datetime.h>

/* A date-time, or a UUID; NULL without an exception where the text is in another form. */
PyObject *datetime_of(PyObject *value);
PyObject *uuid_of(PyObject *value);

/* The sixteen octets of a value of just uuid.UUID: 1; 0 where Python alone knows them, -1 and an exception on an error. */
int uuid_octets(PyObject *value, unsigned char *octets);

int scalars_ready(void);

#endif
