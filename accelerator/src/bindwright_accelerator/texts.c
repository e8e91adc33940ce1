#include "texts.h"

#include <datetime.h>
#include <stdint.h>
#include <string.h>

static PyObject *UTCOFFSET; /* the name of a method */

/* Durations: what `durations.iso_text` writes for a timedelta that is not negative */

/* A number without zeros before it; the position behind it, or NULL. */
static const char *read_part(const char *text, const char *end, int most, int *number)
{
    const char *start = text;
    *number = 0;
    while (text < end && *text >= '0' && *text <= '9' && text - start < most) {
        *number = *number * 10 + (*text++ - '0');
    }
    return text == start || (*start == '0' && text > start + 1) ? NULL : text;
}

/* One part in front of its letter: it is skipped where another letter comes; NULL where the text is in another form. */
static const char *read_unit(const char *text, const char *end, char unit, int limit, int *number)
{
    const char *behind = read_part(text, end, 6, number);
    if (behind == NULL || behind == end || *behind != unit) {
        *number = 0;
        return text;
    }
    return *number == 0 || *number >= limit ? NULL : behind + 1;
}

/* Seconds with a fraction of at most six digits, of which the last is no zero. */
static const char *read_seconds(const char *text, const char *end, int *second, int *micro)
{
    int places = 0;
    text = read_part(text, end, 2, second);
    *micro = 0;
    if (text == NULL || text == end || *second > 59) {
        return NULL;
    }
    if (*text == 'S') {
        return *second == 0 ? NULL : text + 1;
    }
    if (*text++ != '.') {
        return NULL;
    }
    for (; text < end && *text >= '0' && *text <= '9' && places < 6; places++) {
        *micro = *micro * 10 + (*text++ - '0');
    }
    if (places == 0 || text[-1] == '0' || text == end || *text != 'S') {
        return NULL;
    }
    for (; places < 6; places++) {
        *micro *= 10;
    }
    return text + 1;
}

PyObject *duration_of(const char *text, Py_ssize_t size)
{
    const char *end = text + size;
    int days = 0, hours = 0, minutes = 0, second = 0, micro = 0;
    if (size < 3 || *text != 'P') {
        return NULL;
    }
    text = read_unit(text + 1, end, 'D', 1000000, &days);
    if (text != NULL && text < end) {
        text = *text == 'T' && text + 1 < end ? read_unit(text + 1, end, 'H', 24, &hours) : NULL;
        text = text == NULL ? NULL : read_unit(text, end, 'M', 60, &minutes);
        if (text != NULL && text < end) {
            text = read_seconds(text, end, &second, &micro);
        }
    }
    if (text != end) {
        return NULL;
    }
    return PyDelta_FromDSU(days, (hours * 60 + minutes) * 60 + second, micro);
}

static char *put_number(char *out, int number)
{
    char digits[12];
    int count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0) {
        *out++ = digits[--count];
    }
    return out;
}

static char *put_digits(char *out, int number, int count)
{
    for (int index = count - 1; index >= 0; index--, number /= 10) {
        out[index] = (char)('0' + number % 10);
    }
    return out + count;
}

/* Six digits of a fraction without the zeros at its end, behind a point. */
static char *put_micro(char *out, int micro)
{
    *out++ = '.';
    out = put_digits(out, micro, 6);
    while (out[-1] == '0') {
        out--;
    }
    return out;
}

static char *put_unit(char *out, int number, char unit)
{
    if (number > 0) {
        out = put_number(out, number);
        *out++ = unit;
    }
    return out;
}

Py_ssize_t duration_text(PyObject *value, char *text)
{
    if (!PyDelta_CheckExact(value) || PyDateTime_DELTA_GET_DAYS(value) < 0) {
        return 0;
    }
    int days = PyDateTime_DELTA_GET_DAYS(value), seconds = PyDateTime_DELTA_GET_SECONDS(value);
    int micro = PyDateTime_DELTA_GET_MICROSECONDS(value);
    if (days == 0 && seconds == 0 && micro == 0) {
        memcpy(text, "PT0S", 4);
        return 4;
    }
    char *out = text;
    *out++ = 'P';
    out = put_unit(out, days, 'D');
    if (seconds > 0 || micro > 0) {
        *out++ = 'T';
        out = put_unit(put_unit(out, seconds / 3600, 'H'), seconds / 60 % 60, 'M');
        if (micro > 0) {
            out = put_micro(put_number(out, seconds % 60), micro);
            *out++ = 'S';
        } else {
            out = put_unit(out, seconds % 60, 'S');
        }
    }
    return out - text;
}

/* Date-times */

/* Minutes of an offset: 1; 0 where it has others than whole ones, or the zone is of another class; -1 and an exception. */
static int read_offset(PyObject *zone, int *minutes)
{
    if (!Py_IS_TYPE(zone, Py_TYPE(PyDateTime_TimeZone_UTC))) {
        return 0;
    }
    PyObject *delta = PyObject_CallMethodOneArg(zone, UTCOFFSET, Py_None);
    if (delta == NULL || !PyDelta_Check(delta)) {
        Py_XDECREF(delta);
        return delta == NULL ? -1 : 0;
    }
    int seconds = PyDateTime_DELTA_GET_DAYS(delta) * 86400 + PyDateTime_DELTA_GET_SECONDS(delta);
    int is_whole = seconds % 60 == 0 && PyDateTime_DELTA_GET_MICROSECONDS(delta) == 0;
    Py_DECREF(delta);
    *minutes = seconds / 60;
    return is_whole;
}

static char *put_zone(char *out, int minutes)
{
    if (minutes == 0) {
        *out = 'Z';
        return out + 1;
    }
    *out++ = minutes < 0 ? '-' : '+';
    minutes = minutes < 0 ? -minutes : minutes;
    out = put_digits(out, minutes / 60, 2);
    *out++ = ':';
    return put_digits(out, minutes % 60, 2);
}

Py_ssize_t moment_text(PyObject *value, char *text)
{
    if (!PyDateTime_CheckExact(value)) {
        return 0;
    }
    PyObject *zone = PyDateTime_DATE_GET_TZINFO(value);
    int minutes = 0, status = 1;
    if (zone != Py_None && zone != PyDateTime_TimeZone_UTC) {
        status = read_offset(zone, &minutes);
    }
    if (status <= 0) {
        return status;
    }
    char *out = put_digits(text, PyDateTime_GET_YEAR(value), 4);
    *out++ = '-';
    out = put_digits(out, PyDateTime_GET_MONTH(value), 2);
    *out++ = '-';
    out = put_digits(out, PyDateTime_GET_DAY(value), 2);
    *out++ = 'T';
    out = put_digits(out, PyDateTime_DATE_GET_HOUR(value), 2);
    *out++ = ':';
    out = put_digits(out, PyDateTime_DATE_GET_MINUTE(value), 2);
    *out++ = ':';
    out = put_digits(out, PyDateTime_DATE_GET_SECOND(value), 2);
    if (PyDateTime_DATE_GET_MICROSECOND(value) != 0) {
        out = put_micro(out, PyDateTime_DATE_GET_MICROSECOND(value));
    }
    return (zone == Py_None ? out : put_zone(out, minutes)) - text;
}

Py_ssize_t time_text(PyObject *value, char *text)
{
    PyObject *zone = PyTime_CheckExact(value) ? PyDateTime_TIME_GET_TZINFO(value) : NULL;
    if (zone != Py_None && zone != PyDateTime_TimeZone_UTC) {
        return 0;
    }
    char *out = put_digits(text, PyDateTime_TIME_GET_HOUR(value), 2);
    *out++ = ':';
    out = put_digits(out, PyDateTime_TIME_GET_MINUTE(value), 2);
    *out++ = ':';
    out = put_digits(out, PyDateTime_TIME_GET_SECOND(value), 2);
    if (PyDateTime_TIME_GET_MICROSECOND(value) != 0) {
        out = put_micro(out, PyDateTime_TIME_GET_MICROSECOND(value));
    }
    return (zone == Py_None ? out : put_zone(out, 0)) - text;
}

/* Base64 */

static const char SIGNS[2][65] = {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
};
static char PAIRS[2][4096][2];    /* by the alphabet: the two signs of twelve bits */
typedef uint32_t Parts[4][256];   /* by the place of a sign in its group: its bits where they belong; WRONG for what is none */
static Parts PARTS[2];            /* of the first alphabet, and of both */
static const uint32_t WRONG = 0x80000000;

/* The octets of groups that are full; -1 where a sign is none. */
static int read_groups(const Parts parts, const unsigned char *text, Py_ssize_t count, unsigned char *octets)
{
    uint32_t wrong = 0;
    for (Py_ssize_t index = 0; index < count; index++, text += 4, octets += 3) {
        uint32_t bits = parts[0][text[0]] | parts[1][text[1]] | parts[2][text[2]] | parts[3][text[3]];
        wrong |= bits;
        octets[0] = (unsigned char)(bits >> 16);
        octets[1] = (unsigned char)(bits >> 8);
        octets[2] = (unsigned char)bits;
    }
    return wrong & WRONG ? -1 : 0;
}

/* The last group of two or three signs, whose unused bits are zero: those with others are Python's to judge. */
static int read_rest(const Parts parts, const unsigned char *text, int size, unsigned char *octets)
{
    uint32_t bits = parts[0][text[0]] | parts[1][text[1]] | (size == 3 ? parts[2][text[2]] : 0);
    if ((bits & WRONG) || (size == 2 ? bits & 0xffff : bits & 0xff)) {
        return -1;
    }
    octets[0] = (unsigned char)(bits >> 16);
    if (size == 3) {
        octets[1] = (unsigned char)(bits >> 8);
    }
    return 0;
}

/* The octets of a text without its padding. */
static PyObject *read_signs(const Parts parts, const char *string, Py_ssize_t size)
{
    Py_ssize_t groups = size / 4, rest = size % 4;
    PyObject *result = rest == 1 ? NULL : PyBytes_FromStringAndSize(NULL, groups * 3 + (rest > 0 ? rest - 1 : 0));
    if (result == NULL) {
        PyErr_Clear(); /* no memory: Python says so */
        return NULL;
    }
    const unsigned char *text = (const unsigned char *)string;
    unsigned char *octets = (unsigned char *)PyBytes_AS_STRING(result);
    if (read_groups(parts, text, groups, octets) < 0
        || (rest > 0 && read_rest(parts, text + groups * 4, (int)rest, octets + groups * 3) < 0)) {
        Py_CLEAR(result);
    }
    return result;
}

/* The size of a text of full groups without its padding. */
static Py_ssize_t without_padding(const char *text, Py_ssize_t size)
{
    for (int count = 0; count < 2 && size > 0 && text[size - 1] == '='; count++) {
        size--;
    }
    return size;
}

PyObject *octets_of(const char *text, Py_ssize_t size)
{
    return size % 4 != 0 ? NULL : read_signs(PARTS[0], text, without_padding(text, size));
}

PyObject *url_octets_of(const char *text, Py_ssize_t size)
{
    return read_signs(PARTS[1], text, size % 4 == 0 ? without_padding(text, size) : size);
}

Py_ssize_t write_octets(const unsigned char *octets, Py_ssize_t size, char *text, int is_url)
{
    char *start = text;
    for (; size >= 3; size -= 3, octets += 3, text += 4) {
        uint32_t bits = (uint32_t)octets[0] << 16 | (uint32_t)octets[1] << 8 | octets[2];
        memcpy(text, PAIRS[is_url][bits >> 12], 2);
        memcpy(text + 2, PAIRS[is_url][bits & 4095], 2);
    }
    if (size > 0) {
        unsigned char second = size == 2 ? octets[1] : 0;
        *text++ = SIGNS[is_url][octets[0] >> 2];
        *text++ = SIGNS[is_url][(octets[0] & 3) << 4 | second >> 4];
        if (size == 2) {
            *text++ = SIGNS[is_url][(second & 15) << 2];
        }
        for (; !is_url && size < 3; size++) {
            *text++ = '=';
        }
    }
    return text - start;
}

static void fill_tables(void)
{
    for (int place = 0; place < 4; place++) {
        for (int octet = 0; octet < 256; octet++) {
            PARTS[0][place][octet] = PARTS[1][place][octet] = WRONG;
        }
        for (uint32_t index = 0; index < 64; index++) {
            uint32_t bits = index << (18 - 6 * place);
            PARTS[0][place][(unsigned char)SIGNS[0][index]] = bits;
            PARTS[1][place][(unsigned char)SIGNS[0][index]] = PARTS[1][place][(unsigned char)SIGNS[1][index]] = bits;
        }
    }
    for (int bits = 0; bits < 4096; bits++) {
        for (int is_url = 0; is_url < 2; is_url++) {
            PAIRS[is_url][bits][0] = SIGNS[is_url][bits >> 6];
            PAIRS[is_url][bits][1] = SIGNS[is_url][bits & 63];
        }
    }
}

int texts_ready(void)
{
    PyDateTime_IMPORT;
    fill_tables();
    UTCOFFSET = PyUnicode_InternFromString("utcoffset");
    return PyDateTimeAPI == NULL || UTCOFFSET == NULL ? -1 : 0;
}
