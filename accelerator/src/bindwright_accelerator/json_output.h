/* The bytes of a JSON document that is being written, as msgspec would write them. */
#ifndef BINDWRIGHT_JSON_OUTPUT_H
#define BINDWRIGHT_JSON_OUTPUT_H

#include "slots.h"

typedef struct {
    char *data;
    Py_ssize_t size, capacity;
    PyObject *encode; /* msgspec's: a function from a prepared value to bytes */
} Output;

/* Each gives -1 and an exception where it cannot write. */
int put_text(Output *output, const char *text, Py_ssize_t size);
static inline int put_sign(Output *output, char sign) /* a comma, a colon, a bracket */
{
    if (output->size == output->capacity) {
        return put_text(output, &sign, 1);
    }
    output->data[output->size++] = sign;
    return 0;
}
int put_bytes_of(Output *output, PyObject *bytes);
int put_string(Output *output, PyObject *string); /* with its marks; a lone surrogate is an error */
int put_integer(Output *output, PyObject *number);
int put_number(Output *output, PyObject *number); /* a finite float */
int put_date(Output *output, PyObject *date);
int put_datetime(Output *output, PyObject *moment); /* in UTC */
int put_time(Output *output, PyObject *time); /* in UTC, or without an offset */
int put_uuid(Output *output, PyObject *uuid);
int put_base64(Output *output, PyObject *bytes); /* base64, with its marks */
int put_base64url(Output *output, PyObject *bytes); /* the second alphabet, without padding */
int put_prepared(Output *output, PyObject *value); /* what msgspec writes */

int output_ready(void);

#endif
