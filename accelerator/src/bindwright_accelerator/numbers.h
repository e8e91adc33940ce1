/* Numbers that keep their digits: decimals, and those of places without a type. */
#ifndef BINDWRIGHT_NUMBERS_H
#define BINDWRIGHT_NUMBERS_H

#include "slots.h"

/* A decimal of msgspec's raw number, or of a parsed one; NULL without an exception where it is Python's to read. */
PyObject *decimal_of_raw(PyObject *raw);
PyObject *decimal_of_parsed(PyObject *value);

/* A decimal of digits with a point among them or none; NULL without an exception where the text is in another form. */
PyObject *decimal_of_text(const char *text, Py_ssize_t size);

/* The text of a value of just decimal.Decimal that is finite; NULL without an exception for any other. */
PyObject *text_of_decimal(PyObject *value);

int decimals_ready(void); /* all of this but the functions of the module */
int numbers_ready(PyObject *module);

#endif
