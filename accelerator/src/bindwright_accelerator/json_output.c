#include "json_output.h"

#include "scalars.h"
#include "texts.h"

#include <math.h>
#include <string.h>

static int has_room(Output *output, Py_ssize_t more)
{
    if (more <= output->capacity - output->size) {
        return 1;
    }
    if (more > PY_SSIZE_T_MAX / 4 - output->size) {
        PyErr_NoMemory();
        return 0;
    }
    Py_ssize_t capacity = output->capacity < 512 ? 512 : output->capacity;
    while (capacity - output->size < more) {
        capacity *= 2;
    }
    char *data = PyMem_Realloc(output->data, (size_t)capacity);
    if (data == NULL) {
        PyErr_NoMemory();
        return 0;
    }
    output->data = data;
    output->capacity = capacity;
    return 1;
}

int put_text(Output *output, const char *text, Py_ssize_t size)
{
    if (!has_room(output, size)) {
        return -1;
    }
    if (size > 0) { /* there may be no room at all yet */
        memcpy(output->data + output->size, text, (size_t)size);
    }
    output->size += size;
    return 0;
}

int put_bytes_of(Output *output, PyObject *bytes)
{
    return put_text(output, PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes));
}

static int put_alphabet(Output *output, PyObject *bytes, int is_url)
{
    Py_ssize_t size = PyBytes_GET_SIZE(bytes);
    if (size > PY_SSIZE_T_MAX / 8) {
        PyErr_NoMemory();
        return -1;
    }
    if (!has_room(output, base64_size(size) + 2)) {
        return -1;
    }
    char *text = output->data + output->size;
    text[0] = '"';
    Py_ssize_t length = write_octets((const unsigned char *)PyBytes_AS_STRING(bytes), size, text + 1, is_url);
    text[length + 1] = '"';
    output->size += length + 2;
    return 0;
}

int put_base64(Output *output, PyObject *bytes)
{
    return put_alphabet(output, bytes, 0);
}

int put_base64url(Output *output, PyObject *bytes)
{
    return put_alphabet(output, bytes, 1);
}

int put_prepared(Output *output, PyObject *value)
{
    PyObject *bytes = PyObject_CallOneArg(output->encode, value);
    if (bytes == NULL) {
        return -1;
    }
    int status = -1;
    if (PyBytes_CheckExact(bytes)) {
        status = put_bytes_of(output, bytes);
    } else {
        PyErr_SetString(PyExc_TypeError, "an encoder gives bytes");
    }
    Py_DECREF(bytes);
    return status;
}

/* Strings */

/* Whether any of eight octets has to be escaped: a control character, a quotation mark or a backslash. Marks some that
 * follow one that has to be as well, which only costs time. */
static int any_escaped(uint64_t octets)
{
    const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
    uint64_t mark = octets ^ (ones * '"'), backslash = octets ^ (ones * '\\');
    uint64_t control = (octets - ones * 0x20) & ~octets;
    return (((mark - ones) & ~mark) | ((backslash - ones) & ~backslash) | control) & highs ? 1 : 0;
}

static char *escaped(char *out, unsigned char octet)
{
    static const char HEX[] = "0123456789abcdef";
    static const char SHORT[32] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    *out++ = '\\';
    if (octet >= 0x20) {
        *out++ = (char)octet;
    } else if (SHORT[octet] != 0) {
        *out++ = SHORT[octet];
    } else {
        memcpy(out, "u00", 3);
        out[3] = HEX[octet >> 4];
        out[4] = HEX[octet & 15];
        out += 5;
    }
    return out;
}

/* One to seven octets as eight, with blanks behind them, read within their bounds. */
static uint64_t few_octets(const char *text, Py_ssize_t size)
{
    uint64_t octets = UINT64_C(0x2020202020202020);
#if PY_LITTLE_ENDIAN
    octets <<= 8 * size;
    if (size >= 4) {
        uint32_t first, last;
        memcpy(&first, text, 4);
        memcpy(&last, text + size - 4, 4);
        return octets | first | (uint64_t)last << (8 * (size - 4));
    }
    if (size >= 2) {
        uint16_t first, last;
        memcpy(&first, text, 2);
        memcpy(&last, text + size - 2, 2);
        return octets | first | (uint64_t)last << (8 * (size - 2));
    }
    return octets | (unsigned char)text[0];
#else
    memcpy(&octets, text, (size_t)size);
    return octets;
#endif
}

static int put_octets(Output *output, const char *text, Py_ssize_t size)
{
    /* Room for the worst, so that nothing is asked within: an escape has six octets. */
    if (size > PY_SSIZE_T_MAX / 8) {
        PyErr_NoMemory();
        return -1;
    }
    Py_ssize_t index = 0;
    if (!has_room(output, size + 10)) { /* eight octets are written, of which some may not count */
        return -1;
    }
    char *out = output->data + output->size;
    *out++ = '"';
    while (index < size) {
        uint64_t eight;
        Py_ssize_t count = size - index;
        if (count >= 8) {
            count = 8;
            memcpy(&eight, text + index, 8);
        } else {
            eight = few_octets(text + index, count);
        }
        if (!any_escaped(eight)) {
            memcpy(out, &eight, 8);
            out += count;
            index += count;
            continue;
        }
        Py_ssize_t end = index + count;
        for (; index < end; index++) {
            unsigned char octet = (unsigned char)text[index];
            if (octet >= 0x20 && octet != '"' && octet != '\\') {
                *out++ = (char)octet;
                continue;
            }
            output->size = out - output->data;
            if (!has_room(output, size - index + 16)) {
                return -1;
            }
            out = escaped(output->data + output->size, octet);
        }
    }
    *out++ = '"';
    output->size = out - output->data;
    return 0;
}

int put_string(Output *output, PyObject *string)
{
    if (PyUnicode_IS_COMPACT_ASCII(string)) {
        return put_octets(output, PyUnicode_DATA(string), PyUnicode_GET_LENGTH(string));
    }
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(string, &size);
    return text == NULL ? -1 : put_octets(output, text, size);
}

/* Numbers */

static char *digits_of(char *out, uint64_t number, int places)
{
    char reversed[24];
    int count = 0;
    do {
        reversed[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0 || count < places);
    while (count > 0) {
        *out++ = reversed[--count];
    }
    return out;
}

int put_integer(Output *output, PyObject *number)
{
    int overflow = 0;
    long long value = PyLong_AsLongLongAndOverflow(number, &overflow);
    if (overflow != 0) {
        return put_prepared(output, number);
    }
    if ((value == -1 && PyErr_Occurred()) || !has_room(output, 24)) {
        return -1;
    }
    char *out = output->data + output->size;
    if (value < 0) {
        *out++ = '-';
    }
    out = digits_of(out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 1);
    output->size = out - output->data;
    return 0;
}

/* A number with few digits, which is what most are; 0 where it has more. A decimal of at most fifteen digits that gives the
 * number again is the shortest one that does, and the division of two integers that a double holds is rounded correctly. */
static int put_short(Output *output, double number)
{
    static const double POWERS[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    double size = fabs(number);
    for (int places = 0; places < 10 && size * POWERS[places] < 1e15; places++) {
        uint64_t whole = (uint64_t)(size * POWERS[places] + 0.5);
        if ((double)whole / POWERS[places] != size) {
            continue;
        }
        if (!has_room(output, 32)) {
            return -1;
        }
        char *out = output->data + output->size;
        if (signbit(number)) {
            *out++ = '-';
        }
        uint64_t power = (uint64_t)POWERS[places];
        out = digits_of(out, whole / power, 1);
        *out++ = '.';
        out = digits_of(out, whole % power, places);
        output->size = out - output->data;
        return 1;
    }
    return 0;
}

int put_number(Output *output, PyObject *number)
{
    double value = PyFloat_AS_DOUBLE(number), size = fabs(value);
    int status = size == 0 || (size >= 1e-3 && size < 1e15) ? put_short(output, value) : 0;
    return status != 0 ? (status < 0 ? -1 : 0) : put_prepared(output, number);
}

/* Dates and times */

static char *date_of(char *out, PyObject *date)
{
    out = digits_of(out, (uint64_t)PyDateTime_GET_YEAR(date), 4);
    *out++ = '-';
    out = digits_of(out, (uint64_t)PyDateTime_GET_MONTH(date), 2);
    *out++ = '-';
    return digits_of(out, (uint64_t)PyDateTime_GET_DAY(date), 2);
}

int put_date(Output *output, PyObject *date)
{
    if (!has_room(output, 16)) {
        return -1;
    }
    char *out = output->data + output->size;
    *out++ = '"';
    out = date_of(out, date);
    *out++ = '"';
    output->size = out - output->data;
    return 0;
}

static char *clock_of(char *out, int hour, int minute, int second, int micro)
{
    out = digits_of(out, (uint64_t)hour, 2);
    *out++ = ':';
    out = digits_of(out, (uint64_t)minute, 2);
    *out++ = ':';
    out = digits_of(out, (uint64_t)second, 2);
    if (micro != 0) {
        *out++ = '.';
        out = digits_of(out, (uint64_t)micro, 6);
        while (out[-1] == '0') {
            out--;
        }
    }
    return out;
}

int put_datetime(Output *output, PyObject *moment)
{
    if (!has_room(output, 40)) {
        return -1;
    }
    char *out = output->data + output->size;
    *out++ = '"';
    out = date_of(out, moment);
    *out++ = 'T';
    out = clock_of(out, PyDateTime_DATE_GET_HOUR(moment), PyDateTime_DATE_GET_MINUTE(moment),
                   PyDateTime_DATE_GET_SECOND(moment), PyDateTime_DATE_GET_MICROSECOND(moment));
    *out++ = 'Z';
    *out++ = '"';
    output->size = out - output->data;
    return 0;
}

int put_time(Output *output, PyObject *time)
{
    if (!has_room(output, 24)) {
        return -1;
    }
    char *out = output->data + output->size;
    *out++ = '"';
    out = clock_of(out, PyDateTime_TIME_GET_HOUR(time), PyDateTime_TIME_GET_MINUTE(time), PyDateTime_TIME_GET_SECOND(time),
                   PyDateTime_TIME_GET_MICROSECOND(time));
    if (PyDateTime_TIME_GET_TZINFO(time) != Py_None) {
        *out++ = 'Z';
    }
    *out++ = '"';
    output->size = out - output->data;
    return 0;
}

int put_uuid(Output *output, PyObject *uuid)
{
    static const char HEX[] = "0123456789abcdef";
    unsigned char octets[16];
    int status = uuid_octets(uuid, octets);
    if (status <= 0) {
        return status < 0 ? -1 : put_prepared(output, uuid);
    }
    if (!has_room(output, 40)) {
        return -1;
    }
    char *out = output->data + output->size;
    *out++ = '"';
    for (int index = 0; index < 16; index++) {
        if (index == 4 || index == 6 || index == 8 || index == 10) {
            *out++ = '-';
        }
        *out++ = HEX[octets[index] >> 4];
        *out++ = HEX[octets[index] & 15];
    }
    *out++ = '"';
    output->size = out - output->data;
    return 0;
}

int output_ready(void)
{
    PyDateTime_IMPORT;
    return PyDateTimeAPI == NULL ? -1 : 0;
}
