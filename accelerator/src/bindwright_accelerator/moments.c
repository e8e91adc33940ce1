#include "moments.h"

#include <datetime.h>

static PyTypeObject *KEEPING;          /* the class that keeps texts; NULL: none was named */
static Py_ssize_t *KEPT_AT;            /* where: the text, and the same where XML Schema spells it so */

/* What a text says: RFC 3339 with at most seven digits of a fraction, of which Python's classes hold six. */
typedef struct {
    int year, month, day, hour, minute, second, micro;
    int places;      /* of the fraction */
    int is_round;    /* its last digit is a zero */
    char zone;       /* Z; or + or -: an offset */
    int offset;      /* minutes */
} Moment;

static int number_of(const char *text, int count)
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

static int has_clock(const char *text, Moment *moment)
{
    if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':') {
        return 0;
    }
    moment->year = number_of(text, 4);
    moment->month = number_of(text + 5, 2);
    moment->day = number_of(text + 8, 2);
    moment->hour = number_of(text + 11, 2);
    moment->minute = number_of(text + 14, 2);
    moment->second = number_of(text + 17, 2);
    /* 24:00 and second 60 are Python's. */
    return moment->year >= 1 && moment->month >= 1 && moment->month <= 12 && moment->day >= 1 && moment->day <= 31
        && moment->hour >= 0 && moment->hour <= 23 && moment->minute >= 0 && moment->minute <= 59 && moment->second >= 0
        && moment->second <= 59;
}

/* The fraction; the position behind it, or -1. */
static Py_ssize_t read_fraction(const char *text, Py_ssize_t size, Moment *moment)
{
    Py_ssize_t index = 19;
    if (text[index] != '.') {
        return index;
    }
    int micro = 0, places = 0;
    for (index = 20; index < size && text[index] >= '0' && text[index] <= '9'; index++, places++) {
        micro = places < 6 ? micro * 10 + (text[index] - '0') : micro;
    }
    if (places == 0 || places > 7) {
        return -1;
    }
    moment->places = places;
    moment->is_round = text[index - 1] == '0';
    for (; places < 6; places++) {
        micro *= 10;
    }
    moment->micro = micro;
    return index;
}

static int read_zone(const char *text, Py_ssize_t size, Moment *moment)
{
    moment->zone = text[0];
    if (size == 1) {
        return text[0] == 'Z';
    }
    if (size != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
        return 0;
    }
    int hours = number_of(text + 1, 2), minutes = number_of(text + 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
        return 0;
    }
    moment->offset = hours * 60 + minutes;
    return text[0] == '+' || moment->offset > 0;
}

static PyObject *new_moment(const Moment *moment, PyObject *zone, PyTypeObject *type)
{
    PyObject *result = PyDateTimeAPI->DateTime_FromDateAndTime(moment->year, moment->month, moment->day, moment->hour,
                                                               moment->minute, moment->second, moment->micro, zone, type);
    if (result == NULL) {
        PyErr_Clear(); /* 30 February */
    }
    return result;
}

/* One in UTC, or with an offset. */
static PyObject *zoned_moment(const Moment *moment, PyTypeObject *type)
{
    if (moment->offset == 0) {
        return new_moment(moment, PyDateTime_TimeZone_UTC, type);
    }
    PyObject *delta = PyDelta_FromDSU(0, (moment->zone == '-' ? -60 : 60) * moment->offset, 0);
    PyObject *zone = delta == NULL ? NULL : PyTimeZone_FromOffset(delta);
    PyObject *result = zone == NULL ? NULL : new_moment(moment, zone, type);
    Py_XDECREF(zone);
    Py_XDECREF(delta);
    PyErr_Clear();
    return result;
}

/* One whose text is kept, for it would be written otherwise. */
static PyObject *kept_moment(const Moment *moment, PyObject *text)
{
    PyObject *result = KEEPING == NULL ? NULL : zoned_moment(moment, KEEPING);
    if (result != NULL) {
        SLOT(result, KEPT_AT[0]) = Py_NewRef(text);
        if (moment->zone == 'Z' || (moment->places == 7 && moment->offset == 0)) {
            SLOT(result, KEPT_AT[1]) = Py_NewRef(text);
        }
    }
    return result;
}

PyObject *date_of(PyObject *value)
{
    if (!PyUnicode_CheckExact(value) || !PyUnicode_IS_COMPACT_ASCII(value) || PyUnicode_GET_LENGTH(value) != 10) {
        return NULL;
    }
    const char *text = (const char *)PyUnicode_DATA(value);
    int year = number_of(text, 4), month = number_of(text + 5, 2), day = number_of(text + 8, 2);
    if (text[4] != '-' || text[7] != '-' || year < 1 || month < 1 || month > 12 || day < 1 || day > 31) {
        return NULL;
    }
    PyObject *result = PyDate_FromDate(year, month, day);
    PyErr_Clear(); /* 30 February */
    return result;
}

PyObject *moment_of(PyObject *value)
{
    if (!PyUnicode_CheckExact(value) || !PyUnicode_IS_COMPACT_ASCII(value)) {
        return NULL;
    }
    const char *text = (const char *)PyUnicode_DATA(value);
    Py_ssize_t size = PyUnicode_GET_LENGTH(value), zone;
    Moment moment = {0};
    if (size < 20 || size > 33 || !has_clock(text, &moment) || (zone = read_fraction(text, size, &moment)) < 0
        || zone >= size || !read_zone(text + zone, size - zone, &moment)) {
        return NULL;
    }
    int is_canonical = moment.places < 7 && !moment.is_round;
    int is_plain = is_canonical && (moment.zone == 'Z' || moment.offset != 0);
    return is_plain ? zoned_moment(&moment, PyDateTimeAPI->DateTimeType) : kept_moment(&moment, value);
}

PyObject *time_of(PyObject *value)
{
    if (!PyUnicode_CheckExact(value) || !PyUnicode_IS_COMPACT_ASCII(value)) {
        return NULL;
    }
    const char *text = (const char *)PyUnicode_DATA(value);
    Py_ssize_t size = PyUnicode_GET_LENGTH(value);
    if ((size != 8 && !(size == 9 && text[8] == 'Z')) || text[2] != ':' || text[5] != ':') {
        return NULL;
    }
    int hour = number_of(text, 2), minute = number_of(text + 3, 2), second = number_of(text + 6, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
        return NULL;
    }
    PyObject *zone = size == 9 ? PyDateTime_TimeZone_UTC : Py_None;
    return PyDateTimeAPI->Time_FromTime(hour, minute, second, 0, zone, PyDateTimeAPI->TimeType);
}

int keep_moments(PyObject *type)
{
    PyObject *names = Py_BuildValue("(ss)", "_text", "_xsd");
    Py_ssize_t *offsets = names == NULL ? NULL : offsets_of(type, names);
    Py_XDECREF(names);
    if (offsets == NULL) {
        return -1;
    }
    if (!PyType_IsSubtype((PyTypeObject *)type, PyDateTimeAPI->DateTimeType)) {
        PyMem_Free(offsets);
        PyErr_SetString(PyExc_TypeError, "a class of date-times");
        return -1;
    }
    PyMem_Free(KEPT_AT);
    KEPT_AT = offsets;
    Py_XSETREF(KEEPING, (PyTypeObject *)Py_NewRef(type));
    return 0;
}

int moments_ready(void)
{
    PyDateTime_IMPORT;
    return PyDateTimeAPI == NULL ? -1 : 0;
}
