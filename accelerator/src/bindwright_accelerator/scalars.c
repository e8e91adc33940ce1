/* Values of texts: what both formats read. */
#include "scalars.h"

/* Date-times: the two forms of RFC 3339 that Python's own class holds without loss, in UTC */

static int digits(const char *text, int count)
{
    int number = 0;
    for (int index = 0; index < count; index++) {
        if (text[index] < '0' || text[index] > '9') {
            return -1;
        }
        number = number * 10 + (text[index] - '0');
    }
    return number;
}

/* A date-time; NULL without an exception where the text is in another form, or out of range. */
PyObject *datetime_of(PyObject *value)
{
    if (!PyUnicode_CheckExact(value) || !PyUnicode_IS_COMPACT_ASCII(value)) {
        return NULL;
    }
    const char *text = (const char *)PyUnicode_DATA(value);
    Py_ssize_t size = PyUnicode_GET_LENGTH(value);
    /* 2024-02-29T10:45:01Z, or one to six digits of a fraction of which the last is no zero. */
    if (size < 20 || size > 27 || size == 21 || text[4] != '-' || text[7] != '-' || text[10] != 'T'
        || text[13] != ':' || text[16] != ':' || text[size - 1] != 'Z') {
        return NULL;
    }
    int year = digits(text, 4), month = digits(text + 5, 2), day = digits(text + 8, 2);
    int hour = digits(text + 11, 2), minute = digits(text + 14, 2), second = digits(text + 17, 2), micro = 0;
    if (size > 20) {
        int places = (int)size - 21;
        micro = text[19] == '.' && text[size - 2] != '0' ? digits(text + 20, places) : -1;
        for (; micro > 0 && places < 6; places++) {
            micro *= 10;
        }
    }
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 23 || minute < 0
        || minute > 59 || second < 0 || second > 59 || micro < 0) {
        return NULL;
    }
    PyObject *result = PyDateTimeAPI->DateTime_FromDateAndTime(year, month, day, hour, minute, second, micro,
                                                               PyDateTime_TimeZone_UTC,
                                                               PyDateTimeAPI->DateTimeType);
    if (result == NULL) {
        PyErr_Clear(); /* 30 February */
    }
    return result;
}

/* UUIDs, in the form with hyphens (RFC 9562, 4) */

static PyTypeObject *UUID;
static PyObject *UNKNOWN_SAFETY; /* what uuid.UUID has where nothing says how it was made */
static Py_ssize_t UUID_NUMBER, UUID_SAFETY; /* offsets */

/* A UUID; NULL without an exception where the text is in another form. */
PyObject *uuid_of(PyObject *value)
{
    if (UUID == NULL || !PyUnicode_CheckExact(value) || !PyUnicode_IS_COMPACT_ASCII(value)
        || PyUnicode_GET_LENGTH(value) != 36) {
        return NULL;
    }
    const char *text = (const char *)PyUnicode_DATA(value);
    char hexadecimal[33];
    int count = 0;
    for (int index = 0; index < 36; index++) {
        int is_hyphen = index == 8 || index == 13 || index == 18 || index == 23;
        char letter = text[index];
        if (is_hyphen ? letter != '-' : !Py_ISXDIGIT(letter)) {
            return NULL;
        }
        if (!is_hyphen) {
            hexadecimal[count++] = letter;
        }
    }
    hexadecimal[32] = 0;
    PyObject *number = PyLong_FromString(hexadecimal, NULL, 16);
    PyObject *result = number == NULL ? NULL : UUID->tp_alloc(UUID, 0);
    if (result == NULL) {
        PyErr_Clear();
        Py_XDECREF(number);
        return NULL;
    }
    SLOT(result, UUID_NUMBER) = number;
    SLOT(result, UUID_SAFETY) = Py_NewRef(UNKNOWN_SAFETY);
    return result;
}

int uuid_octets(PyObject *value, unsigned char *octets)
{
    PyObject *number = UUID != NULL && Py_IS_TYPE(value, UUID) ? SLOT(value, UUID_NUMBER) : NULL;
    if (number == NULL || !PyLong_CheckExact(number)) {
        return 0;
    }
#if PY_VERSION_HEX >= 0x030D0000
    int status = _PyLong_AsByteArray((PyLongObject *)number, octets, 16, 0, 0, 1);
#else
    int status = _PyLong_AsByteArray((PyLongObject *)number, octets, 16, 0, 0);
#endif
    return status < 0 ? -1 : 1;
}

/* Where uuid.UUID has no such slots, UUIDs are Python's. */
int scalars_ready(void)
{
    PyDateTime_IMPORT;
    if (PyDateTimeAPI == NULL) {
        return -1;
    }
    PyObject *module = PyImport_ImportModule("uuid");
    PyObject *type = module == NULL ? NULL : PyObject_GetAttrString(module, "UUID");
    PyObject *safety = type == NULL ? NULL : PyObject_GetAttrString(module, "SafeUUID");
    UNKNOWN_SAFETY = safety == NULL ? NULL : PyObject_GetAttrString(safety, "unknown");
    PyObject *names = Py_BuildValue("(ss)", "int", "is_safe");
    Py_ssize_t *offsets = names == NULL || UNKNOWN_SAFETY == NULL ? NULL : offsets_of(type, names);
    if (offsets != NULL) {
        UUID = (PyTypeObject *)Py_NewRef(type);
        UUID_NUMBER = offsets[0];
        UUID_SAFETY = offsets[1];
    }
    PyMem_Free(offsets);
    Py_XDECREF(names);
    Py_XDECREF(safety);
    Py_XDECREF(type);
    Py_XDECREF(module);
    if (offsets == NULL && PyErr_ExceptionMatches(PyExc_TypeError)) {
        PyErr_Clear();
        return 0;
    }
    return offsets == NULL ? -1 : 0;
}
