/* Base64 (RFC 4648, 4): groups of four signs with nothing between them. Anything else is looked at by Python. */
#include "json_values.h"

static const char SIGNS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static unsigned char VALUES[256]; /* of signs; 0xff for what is none */

/* The octets of groups that are full; -1 where a sign is none. */
static int read_groups(const unsigned char *text, Py_ssize_t count, unsigned char *octets)
{
    unsigned char wrong = 0;
    for (Py_ssize_t index = 0; index < count; index++, text += 4, octets += 3) {
        unsigned char first = VALUES[text[0]], second = VALUES[text[1]], third = VALUES[text[2]], fourth = VALUES[text[3]];
        wrong |= (unsigned char)((first | second | third | fourth) & 0x80);
        octets[0] = (unsigned char)(first << 2 | second >> 4);
        octets[1] = (unsigned char)(second << 4 | third >> 2);
        octets[2] = (unsigned char)(third << 6 | fourth);
    }
    return wrong ? -1 : 0;
}

/* The last group of two or three signs, whose unused bits are zero: those with others are Python's to judge. */
static int read_rest(const unsigned char *text, int size, unsigned char *octets)
{
    unsigned char first = VALUES[text[0]], second = VALUES[text[1]], third = size == 3 ? VALUES[text[2]] : 0;
    if (((first | second | third) & 0x80) || (size == 2 ? second & 0x0f : third & 0x03)) {
        return -1;
    }
    octets[0] = (unsigned char)(first << 2 | second >> 4);
    if (size == 3) {
        octets[1] = (unsigned char)(second << 4 | third >> 2);
    }
    return 0;
}

static PyObject *read_base64(PyObject *module, PyObject *value)
{
    if (!PyUnicode_CheckExact(value) || !PyUnicode_IS_COMPACT_ASCII(value) || PyUnicode_GET_LENGTH(value) % 4 != 0) {
        return Py_NewRef(Py_None);
    }
    const unsigned char *text = (const unsigned char *)PyUnicode_DATA(value);
    Py_ssize_t size = PyUnicode_GET_LENGTH(value);
    int padding = size == 0 || text[size - 1] != '=' ? 0 : text[size - 2] == '=' ? 2 : 1;
    Py_ssize_t groups = size / 4 - (padding > 0);
    PyObject *result = PyBytes_FromStringAndSize(NULL, size / 4 * 3 - padding);
    if (result == NULL) {
        return NULL;
    }
    unsigned char *octets = (unsigned char *)PyBytes_AS_STRING(result);
    if (read_groups(text, groups, octets) < 0
        || (padding > 0 && read_rest(text + groups * 4, 4 - padding, octets + groups * 3) < 0)) {
        Py_DECREF(result);
        return Py_NewRef(Py_None);
    }
    return result;
}

static PyObject *write_base64(PyObject *module, PyObject *value)
{
    if (!PyBytes_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "write_base64(octets)");
        return NULL;
    }
    const unsigned char *octets = (const unsigned char *)PyBytes_AS_STRING(value);
    Py_ssize_t size = PyBytes_GET_SIZE(value);
    PyObject *result = size > PY_SSIZE_T_MAX / 2 ? PyErr_NoMemory() : PyUnicode_New((size + 2) / 3 * 4, 127);
    if (result == NULL) {
        return NULL;
    }
    char *text = (char *)PyUnicode_DATA(result);
    for (; size >= 3; size -= 3, octets += 3) {
        *text++ = SIGNS[octets[0] >> 2];
        *text++ = SIGNS[(octets[0] & 3) << 4 | octets[1] >> 4];
        *text++ = SIGNS[(octets[1] & 15) << 2 | octets[2] >> 6];
        *text++ = SIGNS[octets[2] & 63];
    }
    if (size > 0) {
        unsigned char second = size == 2 ? octets[1] : 0;
        *text++ = SIGNS[octets[0] >> 2];
        *text++ = SIGNS[(octets[0] & 3) << 4 | second >> 4];
        *text++ = size == 2 ? SIGNS[(second & 15) << 2] : '=';
        *text++ = '=';
    }
    return result;
}

static PyMethodDef functions[] = {
    {"read_base64", read_base64, METH_O, "The octets of base64 in groups of four; None for what Python is to look at."},
    {"write_base64", write_base64, METH_O, "The octets in base64."},
    {NULL, NULL, 0, NULL},
};

int octets_ready(PyObject *module)
{
    memset(VALUES, 0xff, sizeof(VALUES));
    for (int index = 0; index < 64; index++) {
        VALUES[(unsigned char)SIGNS[index]] = (unsigned char)index;
    }
    return PyModule_AddFunctions(module, functions);
}
