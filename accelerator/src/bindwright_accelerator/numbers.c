#include "numbers.h"

#include <math.h>
#include <string.h>

enum { MOST_DIGITS = 60 };

static PyTypeObject *DECIMAL;
static PyObject *KEEP_DIGITS; /* Python's function of a text: a float, or one that keeps its digits; NULL: none was named */

/* Whether a text is a number of JSON without an exponent, for msgspec or Python has written it. */
static int is_plain_number(const char *text, Py_ssize_t size)
{
    if (size == 0 || (text[0] != '-' && (text[0] < '0' || text[0] > '9'))) {
        return 0;
    }
    for (Py_ssize_t index = 1; index < size; index++) {
        if (text[index] != '.' && (text[index] < '0' || text[index] > '9')) {
            return 0;
        }
    }
    return 1;
}

static PyObject *decimal_of(PyObject *text)
{
    return text == NULL ? NULL : PyObject_CallOneArg((PyObject *)DECIMAL, text);
}

PyObject *decimal_of_raw(PyObject *raw)
{
    Py_buffer view;
    if (PyObject_GetBuffer(raw, &view, PyBUF_SIMPLE) < 0) {
        PyErr_Clear();
        return NULL;
    }
    PyObject *result = NULL;
    if (is_plain_number(view.buf, view.len)) {
        PyObject *text = PyUnicode_FromStringAndSize(view.buf, view.len);
        result = decimal_of(text);
        Py_XDECREF(text);
    }
    PyBuffer_Release(&view);
    return result;
}

PyObject *decimal_of_parsed(PyObject *value)
{
    if (PyLong_CheckExact(value)) {
        return decimal_of(value);
    }
    if (!PyFloat_CheckExact(value)) {
        return NULL;
    }
    PyObject *text = PyObject_Repr(value), *result = NULL;
    if (text != NULL && is_plain_number(PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text))) {
        result = decimal_of(text);
    }
    Py_XDECREF(text);
    return result;
}

PyObject *text_of_decimal(PyObject *value)
{
    if (!Py_IS_TYPE(value, DECIMAL)) {
        return NULL;
    }
    PyObject *text = PyObject_Str(value);
    if (text == NULL) {
        return NULL;
    }
    const char *letters = PyUnicode_DATA(text);
    Py_ssize_t first = letters[0] == '-';
    if (!PyUnicode_IS_COMPACT_ASCII(text) || letters[first] < '0' || letters[first] > '9' /* NaN, Infinity */
        || memchr(letters, 'E', (size_t)PyUnicode_GET_LENGTH(text)) != NULL) {            /* an exponent, which is not written */
        Py_CLEAR(text);
    }
    return text;
}

/* Numbers of places without a type */

/* The value of a text that Python writes again for it, which it is where it has few digits and no zeros at its end: a decimal of at
 * most fifteen digits is the shortest for its double, and the quotient of two integers that a double holds is rounded
 * correctly. 0 where this does not tell. */
static int read_short(const char *text, Py_ssize_t size, double *number)
{
    static const double POWERS[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    int is_negative = text[0] == '-', places = -1, count = 0;
    uint64_t digits = 0;
    for (Py_ssize_t index = is_negative; index < size; index++) {
        if (text[index] == '.' && places < 0) {
            places = 0;
        } else if (text[index] >= '0' && text[index] <= '9' && count < 15) {
            digits = digits * 10 + (uint64_t)(text[index] - '0');
            count++;
            places += places >= 0;
        } else {
            return 0;
        }
    }
    if (places < 1 || digits == 0 || (text[size - 1] == '0' && places > 1)) {
        return 0;
    }
    double value = (double)digits / POWERS[places];
    if (value < 1e-4) {
        return 0; /* Python writes an exponent */
    }
    *number = is_negative ? -value : value;
    return 1;
}

PyDoc_STRVAR(untyped_number_doc,
             "untyped_number(text)\n--\n\n"
             "The number of a place without a type: a float where that gives the text back, else what the function that was\n"
             "named by `keep_digits` gives.");

static PyObject *untyped_number(PyObject *module, PyObject *text)
{
    double number;
    if (PyUnicode_CheckExact(text) && PyUnicode_IS_COMPACT_ASCII(text)
        && read_short(PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), &number)) {
        return PyFloat_FromDouble(number);
    }
    if (KEEP_DIGITS == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "nobody has called keep_digits");
        return NULL;
    }
    return PyObject_CallOneArg(KEEP_DIGITS, text);
}

PyDoc_STRVAR(keep_digits_doc, "keep_digits(function)\n--\n\nName the function that reads the numbers that keep their digits.");

static PyObject *keep_digits(PyObject *module, PyObject *function)
{
    Py_XSETREF(KEEP_DIGITS, Py_NewRef(function));
    return Py_NewRef(Py_None);
}

static PyMethodDef functions[] = {
    {"untyped_number", untyped_number, METH_O, untyped_number_doc},
    {"keep_digits", keep_digits, METH_O, keep_digits_doc},
    {NULL, NULL, 0, NULL},
};

PyObject *decimal_of_text(const char *text, Py_ssize_t size)
{
    Py_ssize_t digits = 0, index = size > 0 && text[0] == '-', point = -1;
    for (; index < size; index++) {
        if (text[index] == '.' && point < 0 && digits > 0) {
            point = index;
        } else if (text[index] >= '0' && text[index] <= '9') {
            digits++;
        } else {
            return NULL;
        }
    }
    if (digits == 0 || digits > MOST_DIGITS || point == size - 1) {
        return NULL;
    }
    PyObject *string = PyUnicode_FromStringAndSize(text, size), *result = decimal_of(string);
    Py_XDECREF(string);
    return result;
}

int decimals_ready(void)
{
    PyObject *decimal = PyImport_ImportModule("decimal");
    PyObject *type = decimal == NULL ? NULL : PyObject_GetAttrString(decimal, "Decimal");
    Py_XDECREF(decimal);
    if (type == NULL || !PyType_Check(type)) {
        Py_XDECREF(type);
        return -1;
    }
    Py_XSETREF(DECIMAL, (PyTypeObject *)type);
    return 0;
}

int numbers_ready(PyObject *module)
{
    return decimals_ready() < 0 ? -1 : PyModule_AddFunctions(module, functions);
}
