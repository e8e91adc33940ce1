#ifndef BINDWRIGHT_SCALARS_H
#define BINDWRIGHT_SCALARS_H

#include "slots.h"

#include <datetime.h>

/* A date-time, or a UUID; NULL without an exception where the text is in another form. */
PyObject *datetime_of(PyObject *value);
PyObject *uuid_of(PyObject *value);

int scalars_ready(void);

#endif
