/* From models to documents.
 *
 * What the reference writes, byte for byte: tags are bytes that it made, values are written here where they are of just
 * the type that their place expects. Anything else goes to the place's function in Python; an error ends the attempt, and
 * the reference writes the whole document, or says where it fails.
 */
#include "xml_buffer.h"
#include "xml_documents.h"
#include "moments.h"
#include "numbers.h"
#include "texts.h"

#include <math.h>

enum { DEEPEST_ELEMENT = 200, LEFT = 0, WRITTEN = 1, FAILED = -1 }; /* what a function has done with a value */

typedef struct {
    int kind;
    int is_last; /* of its group, of which one has to hold */
    Py_ssize_t count, *offsets;
    PyObject *detail;
} Clause;

typedef struct {
    PyObject_HEAD
    int kind;
    int is_plain;         /* what `text` gives holds nothing that XML escapes */
    PyObject *start;      /* up to the value, or to the name where that is a key; of a model up to its attributes */
    PyObject *after;      /* what follows a key in the start tag; NULL: the name stands in `start` */
    PyObject *end;        /* what follows the value, or the key in the end tag's place */
    PyObject *empty;      /* instead of ">" and `end`, where nothing stands inside; NULL: there is no element */
    PyObject *null;       /* instead of all, for None; NULL: the reference knows */
    PyObject *absent;     /* the same, for UNSET */
    PyObject *first;
    PyObject *slow;       /* a function of the value, the depth and no prefixes */
    PyObject *text;       /* a function of the value: its text, not escaped */
    PyObject *attributes; /* of a model: their places */
    PyTypeObject *model;  /* whose slots the attributes are, and the discriminator's */
    Py_ssize_t *offsets;
    Py_ssize_t tag;       /* offset of the discriminator, or -1 */
    PyObject *tag_values; /* those that say the class: with any other the reference writes or refuses; NULL where there is none */
    PyObject *guard;      /* of a choice's alternative, what a value has to meet: of a model groups of clauses, of a list the
                             class of all items, of a text a string of ASCII with none of which it begins, of others True: there
                             is something in its element; NULL: nothing */
    Clause *clauses;
    Py_ssize_t clause_count;
} WritePlace;

typedef struct {
    PyObject_HEAD
    PyTypeObject *model;
    PyObject *places;   /* of the text, if there is one, and of elements */
    PyObject *order_of; /* a function of what an object keeps: None where that writes nothing, the order of its elements
                           (their indices, and their number for members without a name), False for the reference */
    Py_ssize_t *offsets;
    Py_ssize_t texts;   /* 1 where the first place is a text's, which stands before all elements, else 0 */
    Py_ssize_t kept;    /* offset of what an object keeps, or -1 */
    Py_ssize_t further; /* offset of the map of members without a name, or -1 */
    PyObject *rest;     /* its place, or None */
} ContentPlan;

static PyTypeObject WritePlace_Type, ContentPlan_Type;

static int write_value(Buffer *buffer, WritePlace *place, PyObject *value, int depth, PyObject *name);

/* Scalars */

static int put_integer(Buffer *buffer, PyObject *value)
{
    int overflow = 0;
    long long number = PyLong_AsLongLongAndOverflow(value, &overflow);
    if (overflow != 0) {
        PyObject *text = PyObject_Repr(value);
        int status = text == NULL ? -1 : put_string(buffer, text, BESIDE_MARKUP);
        Py_XDECREF(text);
        return status;
    }
    char digits[24];
    int position = sizeof(digits);
    unsigned long long rest = number < 0 ? 0ULL - (unsigned long long)number : (unsigned long long)number;
    do {
        digits[--position] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (number < 0) {
        digits[--position] = '-';
    }
    return put(buffer, digits + position, (Py_ssize_t)sizeof(digits) - position);
}

/* A number of at most four digits behind the point, and fifteen in all: such digits are the shortest that read back, for
 * each double has at most one text of fifteen digits (IEEE 754), and the division says that they do. */
static int put_short_float(Buffer *buffer, double number, int is_free)
{
    if (number == 0 || fabs(number) >= 1e10) {
        return LEFT;
    }
    long long scaled = llround(number * 1e4);
    if ((double)scaled / 1e4 != number || scaled == 0) {
        return LEFT;
    }
    char digits[24];
    int position = sizeof(digits), places = 4;
    unsigned long long rest = (unsigned long long)(scaled < 0 ? -scaled : scaled);
    for (; places > is_free && rest % 10 == 0; places--) {
        rest /= 10;
    }
    for (int count = 0; count < places; count++, rest /= 10) {
        digits[--position] = (char)('0' + rest % 10);
    }
    if (places > 0) {
        digits[--position] = '.';
    }
    do {
        digits[--position] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (scaled < 0) {
        digits[--position] = '-';
    }
    return put(buffer, digits + position, (Py_ssize_t)sizeof(digits) - position) < 0 ? FAILED : WRITTEN;
}

/* The shortest digits that read back, without a point and zero behind; Python's own digits where `is_free`. */
static int put_float(Buffer *buffer, double number, int is_free)
{
    if (!isfinite(number)) {
        return LEFT;
    }
    int status = put_short_float(buffer, number, is_free);
    if (status != LEFT) {
        return status;
    }
    char *text = PyOS_double_to_string(number, 'r', 0, Py_DTSF_ADD_DOT_0, NULL);
    if (text == NULL) {
        return FAILED;
    }
    Py_ssize_t size = (Py_ssize_t)strlen(text);
    if (!is_free && size > 2 && text[size - 2] == '.' && text[size - 1] == '0') {
        size -= 2;
    }
    status = put(buffer, text, size) < 0 ? FAILED : WRITTEN;
    PyMem_Free(text);
    return status;
}

static char *two_digits(char *out, int number)
{
    *out++ = (char)('0' + number / 10);
    *out++ = (char)('0' + number % 10);
    return out;
}

static char *day_of(char *out, int year, int month, int day)
{
    out = two_digits(two_digits(out, year / 100), year % 100);
    *out++ = '-';
    out = two_digits(out, month);
    *out++ = '-';
    return two_digits(out, day);
}

/* Whether a text matches a pattern, in which a 0 stands for any digit. */
static int matches(const char *text, const char *pattern, Py_ssize_t size)
{
    for (Py_ssize_t index = 0; index < size; index++) {
        if (pattern[index] == '0' ? !Py_ISDIGIT(text[index]) : text[index] != pattern[index]) {
            return 0;
        }
    }
    return 1;
}

/* Whether XML Schema spells a date-time so, and no leap second: its text is written as it came. */
static int is_xsd_datetime(PyObject *text)
{
    if (text == NULL || !PyUnicode_CheckExact(text) || !PyUnicode_IS_ASCII(text)) {
        return 0;
    }
    const char *data = PyUnicode_DATA(text);
    Py_ssize_t size = PyUnicode_GET_LENGTH(text), end = 19;
    if (size < 19 || !matches(data, "0000-00-00T00:00:00", 19) || memcmp(data + 17, "60", 2) == 0) {
        return 0;
    }
    if (end < size && data[end] == '.') {
        for (end++; end < size && Py_ISDIGIT(data[end]); end++) {
        }
        if (end == 20) {
            return 0;
        }
    }
    if (end == size || (size - end == 1 && data[end] == 'Z')) {
        return 1;
    }
    return size - end == 6 && (data[end] == '+' || data[end] == '-') && matches(data + end + 1, "00:00", 5);
}

/* A text: of no length where it is Python's to write, of less on an error. */
static int put_short(Buffer *buffer, const char *text, Py_ssize_t size)
{
    return size == 0 ? LEFT : size < 0 || put(buffer, text, size) < 0 ? FAILED : WRITTEN;
}

static int put_duration(Buffer *buffer, PyObject *value)
{
    char text[LONGEST_TEXT];
    return put_short(buffer, text, duration_text(value, text));
}

static int put_time(Buffer *buffer, PyObject *value)
{
    char text[LONGEST_TEXT];
    return put_short(buffer, text, time_text(value, text));
}

static int put_decimal(Buffer *buffer, PyObject *value)
{
    PyObject *text = text_of_decimal(value);
    if (text == NULL) {
        return PyErr_Occurred() ? FAILED : LEFT;
    }
    int status = put(buffer, PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text));
    Py_DECREF(text);
    return status < 0 ? FAILED : WRITTEN;
}

static int put_octets(Buffer *buffer, PyObject *value)
{
    if (!PyBytes_CheckExact(value)) {
        return LEFT;
    }
    Py_ssize_t size = PyBytes_GET_SIZE(value);
    char *text = put_room(buffer, size < PY_SSIZE_T_MAX / 8 ? base64_size(size) : PY_SSIZE_T_MAX);
    if (text == NULL) {
        return FAILED;
    }
    write_octets((const unsigned char *)PyBytes_AS_STRING(value), size, text, 0);
    return WRITTEN;
}

static int put_datetime(Buffer *buffer, PyObject *value)
{
    if (TIMED_TYPE != NULL && Py_IS_TYPE(value, TIMED_TYPE)) {
        PyObject *text = SLOT(value, TIMED_TEXT), *spelt = SLOT(value, TIMED_XSD);
        if (spelt != NULL || !is_xsd_datetime(text)) {
            text = spelt;
        }
        if (text == NULL || !PyUnicode_CheckExact(text)) {
            return LEFT;
        }
        return put_string(buffer, text, BESIDE_MARKUP) < 0 ? FAILED : WRITTEN;
    }
    if (!Py_IS_TYPE(value, PyDateTimeAPI->DateTimeType)) {
        return LEFT;
    }
    char text[LONGEST_TEXT];
    return put_short(buffer, text, moment_text(value, text));
}

static int put_date(Buffer *buffer, PyObject *value)
{
    if (!Py_IS_TYPE(value, PyDateTimeAPI->DateType)) {
        return LEFT;
    }
    char text[16];
    char *out = day_of(text, PyDateTime_GET_YEAR(value), PyDateTime_GET_MONTH(value), PyDateTime_GET_DAY(value));
    return put(buffer, text, out - text) < 0 ? FAILED : WRITTEN;
}

static int bytes_of_uuid(PyObject *number, unsigned char *bytes)
{
#if PY_VERSION_HEX >= 0x030D0000
    int flags = Py_ASNATIVEBYTES_BIG_ENDIAN | Py_ASNATIVEBYTES_UNSIGNED_BUFFER | Py_ASNATIVEBYTES_REJECT_NEGATIVE;
    Py_ssize_t size = PyLong_AsNativeBytes(number, bytes, 16, flags);
    return size < 0 || size > 16 ? -1 : 0;
#else
    return _PyLong_AsByteArray((PyLongObject *)number, bytes, 16, 0, 0);
#endif
}

static int put_uuid(Buffer *buffer, PyObject *value)
{
    PyObject *number = UUID_TYPE != NULL && Py_IS_TYPE(value, UUID_TYPE) ? SLOT(value, UUID_INT) : NULL;
    if (number == NULL || !PyLong_CheckExact(number)) {
        return LEFT;
    }
    unsigned char bytes[16];
    if (bytes_of_uuid(number, bytes) < 0) {
        PyErr_Clear();
        return LEFT;
    }
    char text[36];
    char *out = text;
    for (int index = 0; index < 16; index++) {
        *out++ = "0123456789abcdef"[bytes[index] >> 4];
        *out++ = "0123456789abcdef"[bytes[index] & 15];
        if (index == 3 || index == 5 || index == 7 || index == 9) {
            *out++ = '-';
        }
    }
    return put(buffer, text, 36) < 0 ? FAILED : WRITTEN;
}

static int put_word(Buffer *buffer, PyObject *words, PyObject *value, int where)
{
    for (Py_ssize_t index = 0; index + 1 < PyTuple_GET_SIZE(words); index += 2) {
        if (PyTuple_GET_ITEM(words, index) == value) {
            return put_string(buffer, PyTuple_GET_ITEM(words, index + 1), where) < 0 ? FAILED : WRITTEN;
        }
    }
    return LEFT;
}

/* What the place's function says is the text. */
static int put_called(Buffer *buffer, WritePlace *place, PyObject *value, int where)
{
    if (place->text == Py_None) {
        return LEFT;
    }
    PyObject *text = PyObject_CallOneArg(place->text, value);
    if (text == NULL) {
        return FAILED;
    }
    int status = LEFT;
    if (PyUnicode_CheckExact(text)) {
        status = put_string(buffer, text, place->is_plain ? BESIDE_MARKUP : where) < 0 ? FAILED : WRITTEN;
    }
    Py_DECREF(text);
    return status;
}

static int put_scalar(Buffer *buffer, WritePlace *place, PyObject *value, int where)
{
    switch (place->kind) {
    case WRITE_TEXT:
        if (!PyUnicode_CheckExact(value)) {
            return LEFT;
        }
        return put_string(buffer, value, where) < 0 ? FAILED : WRITTEN;
    case WRITE_INTEGER:
        if (!PyLong_CheckExact(value)) {
            return LEFT;
        }
        return put_integer(buffer, value) < 0 ? FAILED : WRITTEN;
    case WRITE_FLOAT:
        return PyFloat_CheckExact(value) ? put_float(buffer, PyFloat_AS_DOUBLE(value), 0) : LEFT;
    case WRITE_BOOLEAN:
        if (value == Py_True || value == Py_False) {
            return put(buffer, value == Py_True ? "true" : "false", value == Py_True ? 4 : 5) < 0 ? FAILED : WRITTEN;
        }
        return LEFT;
    case WRITE_DATETIME:
        return put_datetime(buffer, value);
    case WRITE_DATE:
        return put_date(buffer, value);
    case WRITE_UUID:
        return put_uuid(buffer, value);
    case WRITE_DECIMAL:
        return put_decimal(buffer, value);
    case WRITE_TIME:
        return put_time(buffer, value);
    case WRITE_DURATION:
        return put_duration(buffer, value);
    case WRITE_OCTETS:
        return put_octets(buffer, value);
    case WRITE_WORDS:
        return put_word(buffer, place->first, value, where);
    default:
        return LEFT;
    }
}

static int put_leaf(Buffer *buffer, WritePlace *place, PyObject *value, int where)
{
    int status = put_scalar(buffer, place, value, where);
    return status == LEFT ? put_called(buffer, place, value, where) : status;
}

/* Tags */

static int put_start(Buffer *buffer, WritePlace *place, PyObject *name)
{
    if (put_bytes(buffer, place->start) < 0) {
        return -1;
    }
    return place->after == NULL ? 0 : put_string(buffer, name, BESIDE_MARKUP) < 0 ? -1 : put_bytes(buffer, place->after);
}

static int put_end(Buffer *buffer, WritePlace *place, PyObject *name)
{
    if (put_bytes(buffer, place->end) < 0) {
        return -1;
    }
    return place->after == NULL ? 0 : put_string(buffer, name, BESIDE_MARKUP) < 0 ? -1 : put(buffer, ">", 1);
}

/* What stands instead of a value that is not there. */
static int put_instead(Buffer *buffer, WritePlace *place, PyObject *text, PyObject *name)
{
    if (PyBytes_GET_SIZE(text) == 0) {
        return 0;
    }
    if (place->after != NULL && (put_bytes(buffer, place->start) < 0 || put_string(buffer, name, BESIDE_MARKUP) < 0)) {
        return -1;
    }
    return put_bytes(buffer, text);
}

/* Close the element of a container whose start tag ends before `position`, less its ">". */
static int put_close(Buffer *buffer, WritePlace *place, Py_ssize_t position, PyObject *name)
{
    if (buffer->size == position) {
        buffer->size--;
        return put_bytes(buffer, place->empty) < 0 ? FAILED : WRITTEN;
    }
    return put_end(buffer, place, name) < 0 ? FAILED : WRITTEN;
}

/* A key that is the name of an element as it is; others are encoded, or are expanded names. */
static int is_simple_name(PyObject *key)
{
    if (!PyUnicode_CheckExact(key) || !PyUnicode_IS_ASCII(key) || PyUnicode_GET_LENGTH(key) == 0) {
        return 0;
    }
    const char *text = PyUnicode_DATA(key);
    if (!Py_ISALPHA(text[0]) && text[0] != '_') {
        return 0;
    }
    for (Py_ssize_t index = 0; index < PyUnicode_GET_LENGTH(key); index++) {
        char letter = text[index];
        if (!Py_ISALNUM(letter) && letter != '_' && letter != '-' && letter != '.') {
            return 0;
        }
        if (letter == '_' && text[index + 1] == 'x') {
            return 0; /* may be an escape itself */
        }
    }
    return 1;
}

/* Free-form values: what `free_element` writes, without attributes and prefixes */

static int put_free(Buffer *buffer, PyObject *value, int depth);

static int put_named(Buffer *buffer, PyObject *key, PyObject *value, int depth)
{
    if (put(buffer, "<", 1) < 0 || put_string(buffer, key, BESIDE_MARKUP) < 0 || put(buffer, ">", 1) < 0) {
        return FAILED;
    }
    int status = put_free(buffer, value, depth);
    if (status != WRITTEN) {
        return status;
    }
    if (put(buffer, "</", 2) < 0 || put_string(buffer, key, BESIDE_MARKUP) < 0 || put(buffer, ">", 1) < 0) {
        return FAILED;
    }
    return WRITTEN;
}

static int put_free_list(Buffer *buffer, PyObject *key, PyObject *list, int depth)
{
    int status = PyList_GET_SIZE(list) == 0 ? LEFT : WRITTEN;
    for (Py_ssize_t index = 0; status == WRITTEN && index < PyList_GET_SIZE(list); index++) {
        status = PyList_CheckExact(PyList_GET_ITEM(list, index))
            ? LEFT
            : put_named(buffer, key, PyList_GET_ITEM(list, index), depth);
    }
    return status;
}

/* What stands inside an element; nothing here runs Python's code, so that nothing changes meanwhile. */
static int put_free(Buffer *buffer, PyObject *value, int depth)
{
    if (value == Py_None) {
        return WRITTEN;
    }
    if (PyUnicode_CheckExact(value)) {
        return put_string(buffer, value, IN_TEXT) < 0 ? FAILED : WRITTEN;
    }
    if (PyBool_Check(value)) {
        return put(buffer, value == Py_True ? "true" : "false", value == Py_True ? 4 : 5) < 0 ? FAILED : WRITTEN;
    }
    if (PyLong_CheckExact(value)) {
        return put_integer(buffer, value) < 0 ? FAILED : WRITTEN;
    }
    if (PyFloat_CheckExact(value)) {
        return put_float(buffer, PyFloat_AS_DOUBLE(value), 1);
    }
    if (!PyDict_CheckExact(value) || depth > DEEPEST_ELEMENT) {
        return LEFT;
    }
    PyObject *key, *item;
    Py_ssize_t position = 0;
    int status = WRITTEN;
    while (status == WRITTEN && PyDict_Next(value, &position, &key, &item)) {
        if (!is_simple_name(key)) {
            return LEFT;
        }
        status = PyList_CheckExact(item) ? put_free_list(buffer, key, item, depth + 1)
                                         : put_named(buffer, key, item, depth + 1);
    }
    return status;
}

/* The element of a free-form value; what is half written is taken back. */
static int write_free(Buffer *buffer, WritePlace *place, PyObject *value, int depth, PyObject *name)
{
    if (PyList_CheckExact(value) || (PyDict_CheckExact(value) && PyDict_GET_SIZE(value) == 0)) {
        return LEFT;
    }
    Py_ssize_t before = buffer->size;
    if (put_start(buffer, place, name) < 0) {
        return FAILED;
    }
    int status = put_free(buffer, value, depth);
    if (status == LEFT) {
        buffer->size = before;
        return LEFT;
    }
    return status == FAILED || put_end(buffer, place, name) < 0 ? FAILED : WRITTEN;
}

/* Models */

/* The plan of a model's content, a new reference: it is made when it is first needed, for models may hold themselves. */
static ContentPlan *content_of(WritePlace *place)
{
    PyObject *plan = Py_NewRef(place->first);
    if (!Py_IS_TYPE(plan, &ContentPlan_Type)) {
        PyObject *link = plan;
        plan = PyObject_CallNoArgs(link);
        Py_DECREF(link);
        if (plan == NULL) {
            return NULL;
        }
        if (!Py_IS_TYPE(plan, &ContentPlan_Type)) {
            Py_DECREF(plan);
            PyErr_SetString(PyExc_TypeError, "a model without a plan");
            return NULL;
        }
        Py_SETREF(place->first, Py_NewRef(plan));
    }
    return (ContentPlan *)plan;
}

/* The order of an object's elements, a new reference: None for the written one, False where the reference writes it. */
static PyObject *order_of(ContentPlan *plan, PyObject *object)
{
    PyObject *kept = plan->kept < 0 ? Py_None : SLOT(object, plan->kept);
    if (kept == Py_None) {
        return Py_NewRef(Py_None);
    }
    if (kept == NULL) {
        return Py_NewRef(Py_False);
    }
    Py_INCREF(kept);
    PyObject *order = PyObject_CallOneArg(plan->order_of, kept);
    Py_DECREF(kept);
    if (order != NULL && order != Py_None && !PyTuple_CheckExact(order)) {
        Py_SETREF(order, Py_NewRef(Py_False));
    }
    return order;
}

static PyObject *member_of(PyObject *object, Py_ssize_t offset)
{
    PyObject *value = SLOT(object, offset);
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "a member that was never set");
    }
    return Py_XNewRef(value);
}

static int put_attribute(Buffer *buffer, WritePlace *place, PyObject *value)
{
    if (value == Py_None || value == IS_ABSENT) {
        return WRITTEN;
    }
    if (put_bytes(buffer, place->start) < 0) {
        return FAILED;
    }
    int status = put_leaf(buffer, place, value, IN_ATTRIBUTE);
    return status == WRITTEN && put_bytes(buffer, place->end) == 0 ? WRITTEN : FAILED;
}

static int put_attributes(Buffer *buffer, WritePlace *place, PyObject *object)
{
    Py_ssize_t size = place->attributes == NULL ? 0 : PyTuple_GET_SIZE(place->attributes);
    for (Py_ssize_t index = 0; index < size; index++) {
        PyObject *value = member_of(object, place->offsets[index]);
        int status = value == NULL
            ? FAILED
            : put_attribute(buffer, (WritePlace *)PyTuple_GET_ITEM(place->attributes, index), value);
        Py_XDECREF(value);
        if (status != WRITTEN) {
            return FAILED;
        }
    }
    return WRITTEN;
}

/* The element of a member; what follows the last one are members without a name. */
static int put_member(Buffer *buffer, ContentPlan *plan, PyObject *object, Py_ssize_t index, int depth)
{
    int is_rest = index == PyTuple_GET_SIZE(plan->places);
    if (is_rest && plan->further < 0) {
        return WRITTEN;
    }
    PyObject *place = is_rest ? plan->rest : PyTuple_GET_ITEM(plan->places, index);
    PyObject *value = member_of(object, is_rest ? plan->further : plan->offsets[index]);
    int status = value == NULL ? FAILED
        : is_rest && value == Py_None ? WRITTEN
                                      : write_value(buffer, (WritePlace *)place, value, depth, NULL);
    Py_XDECREF(value);
    return status == WRITTEN ? WRITTEN : FAILED;
}

/* What stands inside a model's element. */
static int put_content(Buffer *buffer, ContentPlan *plan, PyObject *object, int depth, PyObject *order)
{
    Py_ssize_t size = PyTuple_GET_SIZE(plan->places), first = order == Py_None ? size + 1 : plan->texts;
    for (Py_ssize_t index = 0; index < first; index++) {
        if (put_member(buffer, plan, object, index, depth) != WRITTEN) {
            return FAILED;
        }
    }
    for (Py_ssize_t turn = 0; order != Py_None && turn < PyTuple_GET_SIZE(order); turn++) {
        Py_ssize_t index = PyLong_AsSsize_t(PyTuple_GET_ITEM(order, turn));
        if (index < 0 || index > size - plan->texts) {
            if (!PyErr_Occurred()) {
                PyErr_SetString(PyExc_ValueError, "an order of other members");
            }
            return FAILED;
        }
        if (put_member(buffer, plan, object, plan->texts + index, depth) != WRITTEN) {
            return FAILED;
        }
    }
    return WRITTEN;
}

static int write_ordered(Buffer *buffer, WritePlace *place, ContentPlan *plan, PyObject *object, int depth,
                         PyObject *name, PyObject *order)
{
    if (place->empty == NULL) { /* members that stand among those of another model */
        return put_content(buffer, plan, object, depth, order);
    }
    if (put_start(buffer, place, name) < 0 || put_attributes(buffer, place, object) != WRITTEN
        || put(buffer, ">", 1) < 0) {
        return FAILED;
    }
    Py_ssize_t position = buffer->size;
    if (put_content(buffer, plan, object, depth + 1, order) != WRITTEN) {
        return FAILED;
    }
    return put_close(buffer, place, position, name);
}

/* Guards: what is asked of a value before a choice's alternative writes it; 1, 0, or -1 and an exception. */

static int is_there(PyObject *value)
{
    return value != NULL && value != Py_None && value != IS_ABSENT;
}

static int is_listed_text(PyObject *texts, PyObject *value)
{
    if (value == NULL || !PyUnicode_CheckExact(value)) {
        return 1;
    }
    Py_ssize_t size = PyUnicode_GET_LENGTH(value);
    if (size > 0 && (Py_UNICODE_ISSPACE(PyUnicode_READ_CHAR(value, 0)) || Py_UNICODE_ISSPACE(PyUnicode_READ_CHAR(value, size - 1)))) {
        return 1; /* the reference looks at what is between */
    }
    return PySet_Contains(texts, value);
}

static int holds_of(Clause *clause, PyObject *value)
{
    switch (clause->kind) {
    case CLAUSE_ABSENT:
        return !is_there(value);
    case CLAUSE_PRESENT:
        return is_there(value) && !(PyList_CheckExact(value) && PyList_GET_SIZE(value) == 0);
    case CLAUSE_OF_CLASS:
        return !is_there(value) || (PyObject *)Py_TYPE(value) == clause->detail;
    default: {
        int is_listed = is_listed_text(clause->detail, value);
        return is_listed < 0 ? -1 : !is_listed;
    }
    }
}

static int clause_holds(Clause *clause, PyObject *object)
{
    if (clause->kind == CLAUSE_ASKED) {
        PyObject *answer = PyObject_CallOneArg(clause->detail, object);
        int holds = answer == NULL ? -1 : PyObject_IsTrue(answer);
        Py_XDECREF(answer);
        return holds;
    }
    int is_any = clause->kind == CLAUSE_PRESENT;
    for (Py_ssize_t index = 0; index < clause->count; index++) {
        int holds = holds_of(clause, SLOT(object, clause->offsets[index]));
        if (holds < 0 || holds == is_any) {
            return holds;
        }
    }
    return !is_any;
}

static int is_met(WritePlace *place, PyObject *object)
{
    for (Py_ssize_t index = 0; index < place->clause_count; index++) {
        int holds = clause_holds(&place->clauses[index], object);
        if (holds < 0) {
            return -1;
        }
        if (!holds && place->clauses[index].is_last) {
            return 0;
        }
        while (holds && !place->clauses[index].is_last) {
            index++;
        }
    }
    return 1;
}

/* Whether a text begins with a character of ASCII that is neither blank nor among some. */
static int begins_otherwise(PyObject *starts, PyObject *value)
{
    if (!PyUnicode_CheckExact(value) || PyUnicode_GET_LENGTH(value) == 0) {
        return 0;
    }
    Py_UCS4 first = PyUnicode_READ_CHAR(value, 0);
    return first > ' ' && first < 0x7F && memchr(PyUnicode_DATA(starts), (int)first, (size_t)PyUnicode_GET_LENGTH(starts)) == NULL;
}

/* Whether a value that is no object is what the guard says. */
static int has_content(PyObject *guard, PyObject *value)
{
    if (PyUnicode_CheckExact(guard)) {
        return begins_otherwise(guard, value);
    }
    if (PyList_CheckExact(value)) {
        for (Py_ssize_t index = 0; index < PyList_GET_SIZE(value); index++) {
            if ((PyObject *)Py_TYPE(PyList_GET_ITEM(value, index)) != guard) {
                return 0;
            }
        }
        return 1;
    }
    if (PyDict_CheckExact(value)) {
        return PyDict_GET_SIZE(value) > 0;
    }
    if (!PyUnicode_CheckExact(value)) {
        return 0;
    }
    for (Py_ssize_t index = 0; index < PyUnicode_GET_LENGTH(value); index++) {
        if (!Py_UNICODE_ISSPACE(PyUnicode_READ_CHAR(value, index))) {
            return 1;
        }
    }
    return 0;
}

/* Whether the discriminator of an object is one of the values that stand for its class. */
static int says_its_class(WritePlace *place, PyObject *object)
{
    PyObject *tag = SLOT(object, place->tag);
    if (tag == NULL) {
        return 0;
    }
    Py_INCREF(tag); /* comparing may run code of a class */
    int is_among = PySequence_Contains(place->tag_values, tag);
    Py_DECREF(tag);
    return is_among;
}

static int write_known_model(Buffer *buffer, WritePlace *place, ContentPlan *plan, PyObject *object, int depth,
                             PyObject *name)
{
    int is_tagged = place->tag_values == NULL ? 1 : says_its_class(place, object);
    if (is_tagged <= 0) {
        return is_tagged < 0 ? FAILED : LEFT;
    }
    PyObject *order = order_of(plan, object);
    if (order == NULL) {
        return FAILED;
    }
    /* What is kept may be something that another alternative knows. */
    int met = place->guard == NULL ? 1 : order == Py_None ? is_met(place, object) : 0;
    int status = met < 0 ? FAILED
        : order == Py_False || !met ? LEFT
                                    : write_ordered(buffer, place, plan, object, depth, name, order);
    Py_DECREF(order);
    return status;
}

static int write_model(Buffer *buffer, WritePlace *place, PyObject *object, int depth, PyObject *name)
{
    if (!Py_IS_TYPE(object, place->model)) {
        return LEFT;
    }
    ContentPlan *plan = content_of(place);
    if (plan == NULL) {
        return FAILED;
    }
    int status = Py_IS_TYPE(object, plan->model) ? write_known_model(buffer, place, plan, object, depth, name) : LEFT;
    Py_DECREF(plan);
    return status;
}

/* Lists and maps */

static int put_items(Buffer *buffer, WritePlace *items, PyObject *list, int depth)
{
    for (Py_ssize_t index = 0; index < PyList_GET_SIZE(list); index++) { /* Python's code may shorten it */
        PyObject *item = Py_NewRef(PyList_GET_ITEM(list, index));
        int status = write_value(buffer, items, item, depth, NULL);
        Py_DECREF(item);
        if (status != WRITTEN) {
            return FAILED;
        }
    }
    return WRITTEN;
}

static int write_list(Buffer *buffer, WritePlace *place, PyObject *list, int depth)
{
    WritePlace *items = (WritePlace *)place->first;
    if (!PyList_CheckExact(list)) {
        return LEFT;
    }
    if (place->empty == NULL) {
        return put_items(buffer, items, list, depth);
    }
    if (PyList_GET_SIZE(list) == 0) {
        return put_bytes(buffer, place->start) < 0 || put_bytes(buffer, place->empty) < 0 ? FAILED : WRITTEN;
    }
    if (put_bytes(buffer, place->start) < 0 || put(buffer, ">", 1) < 0
        || put_items(buffer, items, list, depth + 1) != WRITTEN || put_bytes(buffer, place->end) < 0) {
        return FAILED;
    }
    return WRITTEN;
}

/* The name of a key's element, a new reference: the key, or what the place's function makes of it. */
static PyObject *name_of(WritePlace *place, PyObject *key)
{
    return is_simple_name(key) ? Py_NewRef(key) : PyObject_CallOneArg(place->text, key);
}

/* Values by their keys: a copy, for Python's code may change the map meanwhile. */
static int put_entries(Buffer *buffer, WritePlace *place, PyObject *map, int depth)
{
    WritePlace *values = (WritePlace *)place->first;
    PyObject *pairs = PyDict_Items(map);
    int status = pairs == NULL ? FAILED : WRITTEN;
    for (Py_ssize_t index = 0; status == WRITTEN && index < PyList_GET_SIZE(pairs); index++) {
        PyObject *pair = PyList_GET_ITEM(pairs, index);
        PyObject *name = name_of(place, PyTuple_GET_ITEM(pair, 0));
        status = name == NULL || !PyUnicode_CheckExact(name)
            ? FAILED
            : write_value(buffer, values, PyTuple_GET_ITEM(pair, 1), depth, name);
        Py_XDECREF(name);
    }
    Py_XDECREF(pairs);
    return status == WRITTEN ? WRITTEN : FAILED;
}

/* Whether a key names an element of the values' own namespace: not one that is an expanded name. */
static int is_key(WritePlace *place, PyObject *key)
{
    if (is_simple_name(key)) {
        return 1;
    }
    return place->text != Py_None && PyUnicode_CheckExact(key)
        && (PyUnicode_GET_LENGTH(key) == 0 || PyUnicode_READ_CHAR(key, 0) != '{');
}

static int write_map(Buffer *buffer, WritePlace *place, PyObject *map, int depth, PyObject *name)
{
    PyObject *key, *value;
    Py_ssize_t cursor = 0;
    if (!PyDict_CheckExact(map)) {
        return LEFT;
    }
    while (PyDict_Next(map, &cursor, &key, &value)) {
        if (!is_key(place, key)) {
            return LEFT;
        }
    }
    if (place->empty == NULL) {
        return put_entries(buffer, place, map, depth);
    }
    if (put_start(buffer, place, name) < 0) {
        return FAILED;
    }
    if (PyDict_GET_SIZE(map) == 0) {
        return put_bytes(buffer, place->empty) < 0 ? FAILED : WRITTEN;
    }
    if (put(buffer, ">", 1) < 0 || put_entries(buffer, place, map, depth + 1) != WRITTEN
        || put_end(buffer, place, name) < 0) {
        return FAILED;
    }
    return WRITTEN;
}

/* Values of any place */

static int write_leaf(Buffer *buffer, WritePlace *place, PyObject *value, PyObject *name)
{
    Py_ssize_t before = buffer->size;
    if (put_start(buffer, place, name) < 0) {
        return FAILED;
    }
    int status = put_leaf(buffer, place, value, IN_TEXT);
    if (status == LEFT) {
        buffer->size = before;
        return LEFT;
    }
    return status == FAILED || put_end(buffer, place, name) < 0 ? FAILED : WRITTEN;
}

static int write_quickly(Buffer *buffer, WritePlace *place, PyObject *value, int depth, PyObject *name);

static int write_alternative(Buffer *buffer, PyObject *place, PyObject *value, int depth, PyObject *name)
{
    WritePlace *alternative = (WritePlace *)place;
    if (alternative->guard != NULL && alternative->kind != WRITE_MODEL && !has_content(alternative->guard, value)) {
        return LEFT;
    }
    return write_quickly(buffer, alternative, value, depth, name);
}

static int write_choice(Buffer *buffer, WritePlace *place, PyObject *value, int depth, PyObject *name)
{
    PyObject *places = PyDict_GetItemWithError(place->first, (PyObject *)Py_TYPE(value));
    if (places == NULL || !PyTuple_CheckExact(places)) {
        return PyErr_Occurred() ? FAILED : LEFT;
    }
    int status = LEFT;
    /* Python's code may forget them meanwhile. */
    Py_INCREF(places);
    for (Py_ssize_t index = 0; status == LEFT && index < PyTuple_GET_SIZE(places); index++) {
        PyObject *alternative = PyTuple_GET_ITEM(places, index);
        if (Py_IS_TYPE(alternative, &WritePlace_Type)) {
            status = write_alternative(buffer, alternative, value, depth, name);
        }
    }
    Py_DECREF(places);
    return status;
}

static int write_quickly(Buffer *buffer, WritePlace *place, PyObject *value, int depth, PyObject *name)
{
    if (place->kind < WRITE_FREE) {
        return place->kind == WRITE_SLOW ? LEFT : write_leaf(buffer, place, value, name);
    }
    if (depth > DEEPEST_ELEMENT) {
        PyErr_SetString(PyExc_ValueError, "deeper nesting");
        return FAILED;
    }
    switch (place->kind) {
    case WRITE_FREE:
        return write_free(buffer, place, value, depth, name);
    case WRITE_MODEL:
        return write_model(buffer, place, value, depth, name);
    case WRITE_LIST:
        return write_list(buffer, place, value, depth);
    case WRITE_MAP:
        return write_map(buffer, place, value, depth, name);
    default:
        return write_choice(buffer, place, value, depth, name);
    }
}

static int write_slowly(Buffer *buffer, WritePlace *place, PyObject *value, int depth, PyObject *name)
{
    PyObject *prefixes = place->slow == Py_None ? NULL : PyTuple_New(0), *text = NULL;
    PyObject *level = prefixes == NULL ? NULL : PyLong_FromLong(depth);
    if (level != NULL) {
        /* a key only where the place's name is one */
        text = PyObject_CallFunctionObjArgs(place->slow, value, level, prefixes, place->after == NULL ? NULL : name, NULL);
    }
    Py_XDECREF(level);
    Py_XDECREF(prefixes);
    int status = FAILED;
    if (text != NULL && PyUnicode_CheckExact(text)) {
        status = put_string(buffer, text, BESIDE_MARKUP) < 0 ? FAILED : WRITTEN;
    } else if (!PyErr_Occurred()) {
        PyErr_SetString(PyExc_TypeError, "a value that is for the reference");
    }
    Py_XDECREF(text);
    return status;
}

static int write_value(Buffer *buffer, WritePlace *place, PyObject *value, int depth, PyObject *name)
{
    if (value == Py_None && place->null != NULL) {
        return put_instead(buffer, place, place->null, name) < 0 ? FAILED : WRITTEN;
    }
    if (value == IS_ABSENT && place->absent != NULL) {
        return put_instead(buffer, place, place->absent, name) < 0 ? FAILED : WRITTEN;
    }
    int status = write_quickly(buffer, place, value, depth, name);
    return status == LEFT ? write_slowly(buffer, place, value, depth, name) : status;
}

/* WritePlace */

static int WritePlace_traverse(WritePlace *self, visitproc visit, void *arg)
{
    Py_VISIT(self->first);
    Py_VISIT(self->slow);
    Py_VISIT(self->text);
    Py_VISIT(self->attributes);
    Py_VISIT(self->model);
    Py_VISIT(self->guard);
    Py_VISIT(self->tag_values);
    return 0;
}

static int WritePlace_clear(WritePlace *self)
{
    self->clause_count = 0; /* what the clauses refer to goes with the guard */
    Py_CLEAR(self->guard);
    Py_CLEAR(self->tag_values);
    Py_CLEAR(self->first);
    Py_CLEAR(self->slow);
    Py_CLEAR(self->text);
    Py_CLEAR(self->attributes);
    Py_CLEAR(self->model);
    return 0;
}

static void WritePlace_dealloc(WritePlace *self)
{
    PyObject_GC_UnTrack(self);
    WritePlace_clear(self);
    Py_CLEAR(self->start);
    Py_CLEAR(self->after);
    Py_CLEAR(self->end);
    Py_CLEAR(self->empty);
    Py_CLEAR(self->null);
    Py_CLEAR(self->absent);
    PyMem_Free(self->offsets);
    for (Clause *clause = self->clauses; clause != NULL && clause->is_last >= 0; clause++) {
        PyMem_Free(clause->offsets);
    }
    PyMem_Free(self->clauses);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int are_all(PyObject *tuple, PyTypeObject *type)
{
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(tuple); index++) {
        if (!Py_IS_TYPE(PyTuple_GET_ITEM(tuple, index), type)) {
            return 0;
        }
    }
    return 1;
}

static int is_words(PyObject *first)
{
    int is_right = PyTuple_CheckExact(first) && PyTuple_GET_SIZE(first) % 2 == 0;
    for (Py_ssize_t index = 1; is_right && index < PyTuple_GET_SIZE(first); index += 2) {
        is_right = PyUnicode_CheckExact(PyTuple_GET_ITEM(first, index));
    }
    return is_right;
}

static int is_described(WritePlace *self)
{
    switch (self->kind) {
    case WRITE_LIST:
    case WRITE_MAP:
        return Py_IS_TYPE(self->first, &WritePlace_Type);
    case WRITE_CHOICE:
        return PyDict_CheckExact(self->first);
    case WRITE_WORDS:
        return is_words(self->first);
    case WRITE_MODEL:
        return self->model != NULL && (Py_IS_TYPE(self->first, &ContentPlan_Type) || PyCallable_Check(self->first));
    default:
        return self->kind >= WRITE_SLOW && self->kind <= WRITE_CHOICE;
    }
}

/* A field of bytes: None stands for NULL. */
static int set_bytes(PyObject **field, PyObject *value)
{
    if (value != Py_None && !PyBytes_CheckExact(value)) {
        return 0;
    }
    *field = value == Py_None ? NULL : Py_NewRef(value);
    return 1;
}

static int set_attributes(WritePlace *self, PyObject *model, PyObject *attributes, PyObject *names)
{
    if (model == Py_None) {
        return PyTuple_GET_SIZE(attributes) == 0 ? 0 : -1;
    }
    if (!PyType_Check(model) || !are_all(attributes, &WritePlace_Type)
        || PyTuple_GET_SIZE(attributes) != PyTuple_GET_SIZE(names)) {
        return -1;
    }
    self->model = (PyTypeObject *)Py_NewRef(model);
    self->attributes = Py_NewRef(attributes);
    self->offsets = offsets_of(model, names);
    return self->offsets == NULL ? -1 : 0;
}

/* The discriminator of a model's objects: (attribute, values that say the class). */
static int set_discriminator(WritePlace *self, PyObject *discriminator)
{
    if (discriminator == Py_None) {
        return 0;
    }
    if (self->model == NULL || !PyTuple_CheckExact(discriminator) || PyTuple_GET_SIZE(discriminator) != 2
        || !PyTuple_CheckExact(PyTuple_GET_ITEM(discriminator, 1))) {
        return -1;
    }
    self->tag = offset_of((PyObject *)self->model, PyTuple_GET_ITEM(discriminator, 0));
    if (self->tag < 0) {
        return -1;
    }
    self->tag_values = Py_NewRef(PyTuple_GET_ITEM(discriminator, 1));
    return 0;
}

/* One clause of a guard: (kind, attributes, detail). */
static int set_clause(Clause *clause, PyObject *model, PyObject *described)
{
    PyObject *attributes;
    if (!PyTuple_CheckExact(described)
        || !PyArg_ParseTuple(described, "iO!O", &clause->kind, &PyTuple_Type, &attributes, &clause->detail)) {
        return -1;
    }
    int is_right = clause->kind >= CLAUSE_ABSENT && clause->kind <= CLAUSE_ASKED;
    is_right &= clause->kind != CLAUSE_UNLISTED || PyFrozenSet_CheckExact(clause->detail);
    clause->count = PyTuple_GET_SIZE(attributes);
    clause->offsets = is_right ? offsets_of(model, attributes) : NULL;
    return clause->offsets == NULL ? -1 : 0;
}

/* The clauses of a model's guard, behind which stands one whose `is_last` is -1. */
static int set_clauses(WritePlace *self, PyObject *guard)
{
    Py_ssize_t count = 0;
    for (Py_ssize_t group = 0; group < PyTuple_GET_SIZE(guard); group++) {
        if (!PyTuple_CheckExact(PyTuple_GET_ITEM(guard, group)) || PyTuple_GET_SIZE(PyTuple_GET_ITEM(guard, group)) == 0) {
            return -1;
        }
        count += PyTuple_GET_SIZE(PyTuple_GET_ITEM(guard, group));
    }
    self->clauses = PyMem_Calloc((size_t)count + 1, sizeof(Clause));
    if (self->clauses == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->clauses[0].is_last = -1;
    for (Py_ssize_t group = 0; group < PyTuple_GET_SIZE(guard); group++) {
        PyObject *clauses = PyTuple_GET_ITEM(guard, group);
        for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(clauses); index++) {
            Clause *clause = &self->clauses[self->clause_count];
            if (set_clause(clause, (PyObject *)self->model, PyTuple_GET_ITEM(clauses, index)) < 0) {
                return -1;
            }
            clause->is_last = index == PyTuple_GET_SIZE(clauses) - 1;
            self->clauses[++self->clause_count].is_last = -1;
        }
    }
    return 0;
}

static int set_guard(WritePlace *self, PyObject *guard)
{
    if (guard == Py_None) {
        return 0;
    }
    self->guard = Py_NewRef(guard);
    if (self->kind != WRITE_MODEL) {
        int is_right = guard == Py_True || (self->kind == WRITE_LIST && PyType_Check(guard));
        is_right |= self->kind == WRITE_TEXT && PyUnicode_CheckExact(guard) && PyUnicode_IS_ASCII(guard);
        return is_right ? 0 : -1;
    }
    return PyTuple_CheckExact(guard) ? set_clauses(self, guard) : -1;
}

static PyObject *WritePlace_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"kind", "start", "end", "after", "empty", "null", "absent", "first", "slow", "text",
                            "is_plain", "model", "attributes", "members", "discriminator", "guard", NULL};
    int kind = WRITE_SLOW, is_plain = 0;
    PyObject *start = Py_None, *end = Py_None, *after = Py_None, *empty = Py_None, *null = Py_None, *absent = Py_None;
    PyObject *first = Py_None, *slow = Py_None, *text = Py_None, *model = Py_None, *discriminator = Py_None;
    PyObject *guard = Py_None;
    PyObject *attributes = NULL, *members = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "i|$OOOOOOOOOpOO!O!OO", names, &kind, &start, &end, &after, &empty,
                                     &null, &absent, &first, &slow, &text, &is_plain, &model, &PyTuple_Type, &attributes,
                                     &PyTuple_Type, &members, &discriminator, &guard)) {
        return NULL;
    }
    WritePlace *self = (WritePlace *)type->tp_alloc(type, 0);
    PyObject *none = self == NULL ? NULL : PyTuple_New(0);
    if (none == NULL) {
        Py_XDECREF(self);
        return NULL;
    }
    self->kind = kind;
    self->is_plain = is_plain;
    self->tag = -1;
    self->first = Py_NewRef(first);
    self->slow = Py_NewRef(slow);
    self->text = Py_NewRef(text);
    int is_right = set_bytes(&self->start, start) && set_bytes(&self->end, end) && set_bytes(&self->after, after)
        && set_bytes(&self->empty, empty) && set_bytes(&self->null, null) && set_bytes(&self->absent, absent)
        && set_attributes(self, model, attributes == NULL ? none : attributes, members == NULL ? none : members) == 0
        && set_discriminator(self, discriminator) == 0 && set_guard(self, guard) == 0 && is_described(self) && (self->start == NULL) == (self->end == NULL)
        && (self->start != NULL || (self->empty == NULL && (kind == WRITE_SLOW || kind >= WRITE_MODEL)));
    Py_DECREF(none);
    if (!is_right) {
        Py_DECREF(self);
        if (!PyErr_Occurred()) {
            PyErr_SetString(PyExc_TypeError, "a place of this kind is described otherwise");
        }
        return NULL;
    }
    return (PyObject *)self;
}

static PyTypeObject WritePlace_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bindwright_accelerator.xml_documents.WritePlace",
    .tp_doc = "Where a value is written.",
    .tp_basicsize = sizeof(WritePlace),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = WritePlace_new,
    .tp_dealloc = (destructor)WritePlace_dealloc,
    .tp_traverse = (traverseproc)WritePlace_traverse,
    .tp_clear = (inquiry)WritePlace_clear,
};

/* ContentPlan */

static int ContentPlan_traverse(ContentPlan *self, visitproc visit, void *arg)
{
    Py_VISIT(self->model);
    Py_VISIT(self->places);
    Py_VISIT(self->order_of);
    Py_VISIT(self->rest);
    return 0;
}

static int ContentPlan_clear(ContentPlan *self)
{
    Py_CLEAR(self->model);
    Py_CLEAR(self->places);
    Py_CLEAR(self->order_of);
    Py_CLEAR(self->rest);
    return 0;
}

static void ContentPlan_dealloc(ContentPlan *self)
{
    PyObject_GC_UnTrack(self);
    ContentPlan_clear(self);
    PyMem_Free(self->offsets);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *ContentPlan_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"model", "members", "places", "kept", "order_of", "further", "rest", "texts", NULL};
    PyObject *model, *members, *places, *kept, *order_of, *further, *rest;
    int texts;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!O!O!OOOOp", names, &PyType_Type, &model, &PyTuple_Type, &members,
                                     &PyTuple_Type, &places, &kept, &order_of, &further, &rest, &texts)) {
        return NULL;
    }
    if (PyTuple_GET_SIZE(members) != PyTuple_GET_SIZE(places) || !are_all(places, &WritePlace_Type)
        || texts > PyTuple_GET_SIZE(places) || (further != Py_None && !Py_IS_TYPE(rest, &WritePlace_Type))) {
        PyErr_SetString(PyExc_ValueError, "a place for each member");
        return NULL;
    }
    ContentPlan *self = (ContentPlan *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->model = (PyTypeObject *)Py_NewRef(model);
    self->places = Py_NewRef(places);
    self->order_of = Py_NewRef(order_of);
    self->rest = Py_NewRef(rest);
    self->texts = texts;
    self->offsets = offsets_of(model, members);
    self->kept = self->offsets == NULL ? -2 : optional_offset(model, kept);
    self->further = self->kept == -2 ? -2 : optional_offset(model, further);
    if (self->further == -2) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static PyTypeObject ContentPlan_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bindwright_accelerator.xml_documents.ContentPlan",
    .tp_doc = "What stands inside a model's element.",
    .tp_basicsize = sizeof(ContentPlan),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = ContentPlan_new,
    .tp_dealloc = (destructor)ContentPlan_dealloc,
    .tp_traverse = (traverseproc)ContentPlan_traverse,
    .tp_clear = (inquiry)ContentPlan_clear,
};

/* write(place, value): the element in UTF-8, or None where the reference is to write it. */
static PyObject *document_of(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    if (count != 2 || !Py_IS_TYPE(args[0], &WritePlace_Type)) {
        PyErr_SetString(PyExc_TypeError, "a place and a value");
        return NULL;
    }
    Buffer buffer = {NULL, 0, 0};
    PyObject *result = NULL;
    if (write_value(&buffer, (WritePlace *)args[0], args[1], 1, NULL) == WRITTEN) {
        result = PyBytes_FromStringAndSize(buffer.data, buffer.size);
    } else if (!PyErr_Occurred() || PyErr_ExceptionMatches(PyExc_Exception)) {
        PyErr_Clear(); /* what is no Exception is an interrupt */
        result = Py_NewRef(Py_None);
    }
    PyMem_Free(buffer.data);
    return result;
}

PyDoc_STRVAR(names_xsi_doc, "names_xsi(data)\n--\n\nWhether a document that `write` gave has a name with the prefix xsi.");

static PyObject *names_xsi(PyObject *module, PyObject *data)
{
    if (!PyBytes_CheckExact(data)) {
        PyErr_SetString(PyExc_TypeError, "names_xsi(data)");
        return NULL;
    }
    const char *start = PyBytes_AS_STRING(data), *end = start + PyBytes_GET_SIZE(data), *colon = start;
    while ((colon = memchr(colon, ':', (size_t)(end - colon))) != NULL) {
        if (colon - start >= 4 && memcmp(colon - 3, "xsi", 3) == 0 && (colon[-4] == ' ' || colon[-4] == '<')) {
            return Py_NewRef(Py_True);
        }
        colon++;
    }
    return Py_NewRef(Py_False);
}

static PyMethodDef functions[] = {
    {"names_xsi", names_xsi, METH_O, names_xsi_doc},
    {"write", (PyCFunction)(void (*)(void))document_of, METH_FASTCALL,
     "The element of a place's value in UTF-8; None where the reference is to write it."},
    {NULL, NULL, 0, NULL},
};

static const struct {
    const char *name;
    int kind;
} KINDS[] = {
    {"WRITE_SLOW", WRITE_SLOW},         {"WRITE_TEXT", WRITE_TEXT},   {"WRITE_INTEGER", WRITE_INTEGER},
    {"WRITE_FLOAT", WRITE_FLOAT},       {"WRITE_BOOLEAN", WRITE_BOOLEAN}, {"WRITE_DATETIME", WRITE_DATETIME},
    {"WRITE_DATE", WRITE_DATE},         {"WRITE_UUID", WRITE_UUID}, {"WRITE_DECIMAL", WRITE_DECIMAL},
    {"WRITE_DURATION", WRITE_DURATION}, {"WRITE_TIME", WRITE_TIME}, {"WRITE_OCTETS", WRITE_OCTETS},   {"WRITE_WORDS", WRITE_WORDS},
    {"WRITE_CALL", WRITE_CALL},         {"WRITE_FREE", WRITE_FREE},   {"WRITE_MODEL", WRITE_MODEL},
    {"WRITE_LIST", WRITE_LIST},         {"WRITE_MAP", WRITE_MAP},     {"WRITE_CHOICE", WRITE_CHOICE},
    {"CLAUSE_ABSENT", CLAUSE_ABSENT},   {"CLAUSE_PRESENT", CLAUSE_PRESENT}, {"CLAUSE_UNLISTED", CLAUSE_UNLISTED},
    {"CLAUSE_OF_CLASS", CLAUSE_OF_CLASS}, {"CLAUSE_ASKED", CLAUSE_ASKED},
};

int writing_ready(PyObject *module)
{
    PyDateTime_IMPORT;
    if (PyDateTimeAPI == NULL || PyType_Ready(&WritePlace_Type) < 0 || PyType_Ready(&ContentPlan_Type) < 0
        || PyModule_AddFunctions(module, functions) < 0) {
        return -1;
    }
    for (size_t index = 0; index < sizeof(KINDS) / sizeof(KINDS[0]); index++) {
        if (PyModule_AddIntConstant(module, KINDS[index].name, KINDS[index].kind) < 0) {
            return -1;
        }
    }
    return PyModule_AddObjectRef(module, "WritePlace", (PyObject *)&WritePlace_Type) < 0
        ? -1
        : PyModule_AddObjectRef(module, "ContentPlan", (PyObject *)&ContentPlan_Type);
}
