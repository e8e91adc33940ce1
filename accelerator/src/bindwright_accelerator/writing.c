/* From models to the bytes of a document, as msgspec writes what the reference prepares.
 *
 * A value that is not of just the type that its place expects goes to the place's function in Python, and what that gives to
 * msgspec. Any error ends the attempt: the reference writes the whole value then, and says where it fails.
 */
#include "json_output.h"
#include "json_values.h"
#include "numbers.h"
#include "texts.h"

#include <math.h>

typedef struct {
    PyObject_HEAD
    PyTypeObject *model;
    PyObject *places;
    PyObject *names;         /* of the members, in JSON */
    PyObject *heads;         /* bytes: each name as a document has it, with its colon */
    PyObject *known;         /* a frozenset of the names */
    PyObject *further;       /* the place of the map of additional members, or None */
    PyObject *others;        /* the place of what was unknown when it was read, or None */
    PyTypeObject *unknown;   /* the class of what is kept of reading */
    Py_ssize_t *kept;        /* offsets in it: of the members, of the nulls */
    Py_ssize_t *sources;
    Py_ssize_t extra;        /* offset of what is kept of reading, or -1 */
    Py_ssize_t additional;   /* offset of the map of additional members, or -1 */
    Py_ssize_t tag;          /* the discriminator's index, or -1 */
    PyObject *tags;          /* texts of the discriminator that mean this model; the first is written where none is set */
} WritePlan;

enum { DEEPEST_TREE = 200 };

static PyObject *TEXT, *VALUE, *MEMBERS, *NULL_MEMBERS; /* names of attributes */

/* How a value was written; an exception is set for FAILED alone. */
typedef enum { FAILED = -1, ASK_PYTHON, WRITTEN } Outcome;

static Outcome put_value(Output *output, Place *place, PyObject *value);
static Outcome put_item(Output *output, Place *place, PyObject *value);
static Outcome put_quickly(Output *output, Place *place, PyObject *value);

static Outcome done(int status)
{
    return status < 0 ? FAILED : WRITTEN;
}

/* Trees of any values: those of JSON's own types, with strings for keys and no NaN */

static Outcome put_tree(Output *output, PyObject *value, int depth);

static int put_comma(Output *output, Py_ssize_t index)
{
    return index == 0 ? 0 : put_sign(output, ',');
}

static Outcome put_tree_of_list(Output *output, PyObject *list, int depth)
{
    Outcome outcome = done(put_sign(output, '['));
    for (Py_ssize_t index = 0; outcome == WRITTEN && index < PyList_GET_SIZE(list); index++) {
        outcome = put_comma(output, index) < 0 ? FAILED : put_tree(output, PyList_GET_ITEM(list, index), depth);
    }
    return outcome == WRITTEN ? done(put_sign(output, ']')) : outcome;
}

static Outcome put_tree_of_dict(Output *output, PyObject *dict, int depth)
{
    Outcome outcome = done(put_sign(output, '{'));
    PyObject *key, *item;
    Py_ssize_t position = 0, index = 0;
    while (outcome == WRITTEN && PyDict_Next(dict, &position, &key, &item)) {
        if (!PyUnicode_CheckExact(key)) {
            return ASK_PYTHON;
        }
        int status = put_comma(output, index++) < 0 || put_string(output, key) < 0 || put_sign(output, ':') < 0;
        outcome = status ? FAILED : put_tree(output, item, depth);
    }
    return outcome == WRITTEN ? done(put_sign(output, '}')) : outcome;
}

static Outcome put_tree(Output *output, PyObject *value, int depth)
{
    if (PyUnicode_CheckExact(value)) {
        return done(put_string(output, value));
    }
    if (value == Py_None) {
        return done(put_text(output, "null", 4));
    }
    if (value == Py_True || value == Py_False) {
        return done(value == Py_True ? put_text(output, "true", 4) : put_text(output, "false", 5));
    }
    if (PyLong_CheckExact(value)) {
        return done(put_integer(output, value));
    }
    if (PyFloat_CheckExact(value)) {
        return isfinite(PyFloat_AS_DOUBLE(value)) ? done(put_number(output, value)) : ASK_PYTHON;
    }
    if (depth == DEEPEST_TREE) {
        return ASK_PYTHON;
    }
    if (PyList_CheckExact(value)) {
        return put_tree_of_list(output, value, depth + 1);
    }
    return PyDict_CheckExact(value) ? put_tree_of_dict(output, value, depth + 1) : ASK_PYTHON;
}

/* Scalars */

static Outcome put_as_it_is(Output *output, PyTypeObject *type, PyObject *value)
{
    if (!Py_IS_TYPE(value, type)) {
        return ASK_PYTHON;
    }
    if (type == &PyUnicode_Type) {
        return done(put_string(output, value));
    }
    if (type == &PyLong_Type) {
        return done(put_integer(output, value));
    }
    return done(type == PyDateTimeAPI->DateType ? put_date(output, value) : put_uuid(output, value));
}

/* A text that stands behind its mark: of no length where it is Python's to write, of less on an error. */
static Outcome put_short(Output *output, char *text, Py_ssize_t size)
{
    if (size <= 0) {
        return size < 0 ? FAILED : ASK_PYTHON;
    }
    text[0] = text[size + 1] = '"';
    return done(put_text(output, text, size + 2));
}

static Outcome put_duration(Output *output, PyObject *value)
{
    char text[LONGEST_TEXT + 2];
    return put_short(output, text, duration_text(value, text + 1));
}

static Outcome put_moment(Output *output, Place *place, PyObject *value)
{
    if (!PyDateTime_Check(value)) {
        return ASK_PYTHON;
    }
    if (PyDateTime_CheckExact(value)) {
        if (place->first != Py_None) {
            return ASK_PYTHON;
        }
        if (PyDateTime_DATE_GET_TZINFO(value) == PyDateTime_TimeZone_UTC) {
            return done(put_datetime(output, value));
        }
        char text[LONGEST_TEXT + 2];
        return put_short(output, text, moment_text(value, text + 1));
    }
    PyObject *text = PyObject_GetAttr(value, TEXT);
    Outcome outcome = ASK_PYTHON;
    if (text == NULL) {
        PyErr_Clear();
    } else if (PyUnicode_CheckExact(text) && PyUnicode_GET_LENGTH(text) > 0) {
        outcome = done(put_string(output, text));
    }
    Py_XDECREF(text);
    return outcome;
}

static Outcome put_clock(Output *output, PyObject *value)
{
    if (!PyTime_CheckExact(value)) {
        return ASK_PYTHON;
    }
    PyObject *zone = PyDateTime_TIME_GET_TZINFO(value);
    return zone == Py_None || zone == PyDateTime_TimeZone_UTC ? done(put_time(output, value)) : ASK_PYTHON;
}

/* first: None, or what says that a string is written. */
static Outcome put_decimal(Output *output, Place *place, PyObject *value)
{
    PyObject *text = text_of_decimal(value);
    if (text == NULL) {
        return PyErr_Occurred() ? FAILED : ASK_PYTHON;
    }
    Outcome outcome = done(place->first != Py_None ? put_string(output, text)
                                                   : put_text(output, PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text)));
    Py_DECREF(text);
    return outcome;
}

static Outcome put_member_of_enumeration(Output *output, Place *place, PyObject *value)
{
    if (!Py_IS_TYPE(value, (PyTypeObject *)place->first)) {
        return ASK_PYTHON;
    }
    PyObject *plain = PyObject_GetAttr(value, VALUE);
    if (plain == NULL) {
        return FAILED;
    }
    Outcome outcome = PyUnicode_CheckExact(plain) ? done(put_string(output, plain)) : done(put_prepared(output, plain));
    Py_DECREF(plain);
    return outcome;
}

/* Models */

/* Where what was unknown is put back: each member behind the one that it stood behind when it was read. */
typedef struct {
    Place *place;
    PyObject *members; /* tuples of a name, a value and the name before it; NULL: there are none */
    PyObject *nulls;   /* names; NULL: there are none */
    Py_ssize_t next;
} Extra;

static int is_known_member(PyObject *member)
{
    return PyTuple_CheckExact(member) && PyTuple_GET_SIZE(member) == 3 && PyUnicode_CheckExact(PyTuple_GET_ITEM(member, 0));
}

/* Whether the names stand once: few of them are compared by their hashes, which are known. */
static int are_distinct(PyObject *members)
{
    Py_hash_t hashes[8];
    Py_ssize_t size = PyTuple_GET_SIZE(members);
    for (Py_ssize_t index = 0; size <= 8 && index < size; index++) {
        hashes[index] = PyObject_Hash(PyTuple_GET_ITEM(PyTuple_GET_ITEM(members, index), 0));
        for (Py_ssize_t earlier = 0; earlier < index; earlier++) {
            if (hashes[earlier] == hashes[index]) {
                return 0; /* or different names have one hash: Python places them */
            }
        }
    }
    if (size <= 8) {
        return 1;
    }
    PyObject *names = PySet_New(NULL);
    for (Py_ssize_t index = 0; names != NULL && index < size; index++) {
        if (PySet_Add(names, PyTuple_GET_ITEM(PyTuple_GET_ITEM(members, index), 0)) < 0) {
            Py_CLEAR(names);
        }
    }
    int status = names == NULL ? -1 : PySet_GET_SIZE(names) == size;
    Py_XDECREF(names);
    return status;
}

/* Whether the names stand once, and none of them is a member's: 1, or 0; -1 and an exception on an error. */
static int has_own_names(WritePlan *plan, PyObject *members)
{
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(members); index++) {
        PyObject *member = PyTuple_GET_ITEM(members, index);
        int contains = is_known_member(member) ? PySet_Contains(plan->known, PyTuple_GET_ITEM(member, 0)) : 1;
        if (contains != 0) {
            return contains < 0 ? -1 : 0;
        }
    }
    return are_distinct(members);
}

/* What is kept beside an instance's members: ASK_PYTHON where it is nothing that reading keeps. */
static Outcome kept_of(WritePlan *plan, PyObject *object, Extra *extra)
{
    PyObject *kept = plan->extra < 0 ? Py_None : SLOT(object, plan->extra);
    if (kept == NULL || kept == Py_None) {
        return WRITTEN;
    }
    if (!Py_IS_TYPE(kept, plan->unknown)) {
        /* Of what the XML codec kept, only nulls have a form in JSON. */
        PyObject *nulls = PyObject_GetAttr(kept, NULL_MEMBERS);
        int are_some = nulls == NULL ? -1 : PyObject_IsTrue(nulls);
        Py_XDECREF(nulls);
        return are_some < 0 ? FAILED : are_some ? ASK_PYTHON : WRITTEN;
    }
    PyObject *members = SLOT(kept, plan->kept[0]), *nulls = SLOT(kept, plan->kept[1]);
    if (members == NULL) { /* they are text until somebody asks for them (known_members.c) */
        members = PyObject_GetAttr(kept, MEMBERS);
        if (members == NULL) {
            return FAILED;
        }
        Py_DECREF(members);
        members = SLOT(kept, plan->kept[0]);
    }
    if (members == NULL || nulls == NULL || !PyTuple_CheckExact(members) || !PyFrozenSet_CheckExact(nulls)) {
        return ASK_PYTHON;
    }
    extra->place = (Place *)plan->others;
    extra->nulls = PySet_GET_SIZE(nulls) > 0 ? nulls : NULL;
    if (PyTuple_GET_SIZE(members) == 0) {
        return WRITTEN;
    }
    int status = has_own_names(plan, members);
    extra->members = members;
    return status < 0 ? FAILED : status == 0 ? ASK_PYTHON : WRITTEN;
}

static int put_separator(Output *output)
{
    return output->data[output->size - 1] == '{' ? 0 : put_sign(output, ',');
}

/* The unknown members that stood behind a name (NULL: that came first), each behind the one before it. */
static Outcome put_unknown(Output *output, Extra *extra, PyObject *name)
{
    while (extra->members != NULL && extra->next < PyTuple_GET_SIZE(extra->members)) {
        PyObject *member = PyTuple_GET_ITEM(extra->members, extra->next), *before = PyTuple_GET_ITEM(member, 2);
        int follows = name == NULL ? before == Py_None
                                   : before == name
                || (PyUnicode_CheckExact(before) && PyUnicode_Compare(before, name) == 0);
        if (!follows) {
            return WRITTEN;
        }
        name = PyTuple_GET_ITEM(member, 0);
        if (put_separator(output) < 0 || put_string(output, name) < 0 || put_sign(output, ':') < 0) {
            return FAILED;
        }
        Outcome outcome = put_item(output, extra->place, PyTuple_GET_ITEM(member, 1));
        if (outcome != WRITTEN) {
            return outcome;
        }
        extra->next++;
    }
    return WRITTEN;
}

/* A discriminator: what nobody set is written, what another class has is for Python to refuse. */
static PyObject *tag_of(WritePlan *plan, Place *place, PyObject *value)
{
    if (value == place->absent || value == NOT_THERE) {
        return PyTuple_GET_ITEM(plan->tags, 0);
    }
    PyObject *text = value;
    if (place->kind == KIND_ENUM && Py_IS_TYPE(value, (PyTypeObject *)place->first)) {
        text = PyObject_GetAttr(value, VALUE);
        Py_XDECREF(text); /* the member of the enumeration has it */
    }
    return text != NULL && PyUnicode_CheckExact(text) && PySequence_Contains(plan->tags, text) == 1 ? text : NULL;
}

static Outcome put_tag(Output *output, WritePlan *plan, PyObject *value)
{
    PyObject *text = tag_of(plan, (Place *)PyTuple_GET_ITEM(plan->places, plan->tag), value);
    if (text == NULL) {
        return PyErr_Occurred() ? FAILED : ASK_PYTHON;
    }
    if (put_separator(output) < 0 || put_bytes_of(output, PyTuple_GET_ITEM(plan->heads, plan->tag)) < 0) {
        return FAILED;
    }
    return done(put_string(output, text));
}

/* A member with its name; nothing for one that is absent. */
static Outcome put_named(Output *output, WritePlan *plan, Py_ssize_t index, PyObject *value, PyObject *nulls)
{
    Place *place = (Place *)PyTuple_GET_ITEM(plan->places, index);
    Py_ssize_t start = output->size;
    if (index == plan->tag) {
        return put_tag(output, plan, value);
    }
    if (put_separator(output) < 0 || put_bytes_of(output, PyTuple_GET_ITEM(plan->heads, index)) < 0) {
        return FAILED;
    }
    Py_ssize_t head = output->size;
    if (value != place->absent) {
        Outcome outcome = put_value(output, place, value);
        if (outcome != WRITTEN || output->size > head) {
            return outcome;
        }
    }
    /* Absent; but a null that stood there when it was read. */
    int is_null = nulls == NULL ? 0 : PySet_Contains(nulls, PyTuple_GET_ITEM(plan->names, index));
    if (is_null > 0) {
        return done(put_text(output, "null", 4));
    }
    output->size = start;
    return is_null < 0 ? FAILED : WRITTEN;
}

static Outcome put_further(Output *output, WritePlan *plan, PyObject *further)
{
    if (!Py_IS_TYPE(plan->further, &Place_Type) || ((Place *)plan->further)->kind != KIND_MAP) {
        return ASK_PYTHON;
    }
    Place *items = (Place *)((Place *)plan->further)->first;
    PyObject *key, *value;
    Py_ssize_t position = 0, size = PyDict_GET_SIZE(further);
    Outcome outcome = WRITTEN;
    while (outcome == WRITTEN && PyDict_GET_SIZE(further) == size && PyDict_Next(further, &position, &key, &value)) {
        int is_known = PyUnicode_CheckExact(key) ? PySet_Contains(plan->known, key) : -2;
        if (is_known != 0) {
            if (is_known == 1) {
                continue; /* the member with that name is written */
            }
            return is_known == -2 ? ASK_PYTHON : FAILED;
        }
        int status = put_separator(output) < 0 || put_string(output, key) < 0 || put_sign(output, ':') < 0;
        outcome = status ? FAILED : put_item(output, items, value);
    }
    return outcome;
}

static Outcome put_additional(Output *output, WritePlan *plan, PyObject *object, Extra *extra)
{
    PyObject *further = plan->additional < 0 ? NULL : SLOT(object, plan->additional);
    if (plan->additional < 0 || (further != NULL && PyDict_CheckExact(further) && PyDict_GET_SIZE(further) == 0)) {
        return WRITTEN;
    }
    if (further == NULL || !PyDict_CheckExact(further) || extra->members != NULL || extra->nulls != NULL) {
        return ASK_PYTHON;
    }
    Py_INCREF(further);
    Outcome outcome = put_further(output, plan, further);
    Py_DECREF(further);
    return outcome;
}

static Outcome put_members(Output *output, WritePlan *plan, PyObject *object, Extra *extra)
{
    Outcome outcome = put_unknown(output, extra, NULL);
    Py_ssize_t size = PyTuple_GET_SIZE(plan->places);
    for (Py_ssize_t index = 0; outcome == WRITTEN && index < size; index++) {
        PyObject *value = SLOT(object, plan->sources[index]);
        if (value == NULL) {
            return ASK_PYTHON; /* a member that was never set */
        }
        if (value == ((Place *)PyTuple_GET_ITEM(plan->places, index))->absent && extra->nulls == NULL && index != plan->tag) {
            continue; /* as most members of large models are */
        }
        Py_ssize_t start = output->size;
        Py_INCREF(value); /* a function of Python's may set another one meanwhile */
        outcome = put_named(output, plan, index, value, extra->nulls);
        Py_DECREF(value);
        if (outcome == WRITTEN && extra->members != NULL && output->size > start) {
            outcome = put_unknown(output, extra, PyTuple_GET_ITEM(plan->names, index));
        }
    }
    if (outcome == WRITTEN) {
        outcome = put_additional(output, plan, object, extra);
    }
    /* What stood behind a member that is no longer there is placed by Python. */
    if (outcome == WRITTEN && extra->members != NULL && extra->next < PyTuple_GET_SIZE(extra->members)) {
        outcome = ASK_PYTHON;
    }
    return outcome;
}

/* Whether the discriminator is to be added to members of which not all have a place: Python puts it before them. */
static int adds_tag_before(WritePlan *plan, PyObject *object, Extra *extra)
{
    if (plan->tag < 0 || SLOT(object, plan->sources[plan->tag]) != ((Place *)PyTuple_GET_ITEM(plan->places, plan->tag))->absent) {
        return 0;
    }
    PyObject *further = plan->additional < 0 ? NULL : SLOT(object, plan->additional);
    return extra->members != NULL || extra->nulls != NULL || (further != NULL && PyObject_IsTrue(further) != 0);
}

static Outcome put_instance(Output *output, WritePlan *plan, PyObject *object)
{
    Extra extra = {NULL, NULL, NULL, 0};
    Outcome outcome = kept_of(plan, object, &extra);
    if (outcome != WRITTEN) {
        return outcome;
    }
    if (adds_tag_before(plan, object, &extra)) {
        return PyErr_Occurred() ? FAILED : ASK_PYTHON;
    }
    Py_XINCREF(extra.members);
    Py_XINCREF(extra.nulls);
    outcome = put_sign(output, '{') < 0 ? FAILED : put_members(output, plan, object, &extra);
    Py_XDECREF(extra.members);
    Py_XDECREF(extra.nulls);
    return outcome == WRITTEN ? done(put_sign(output, '}')) : outcome;
}

/* Places */

static Outcome put_object(Output *output, Place *place, PyObject *value)
{
    PyObject *plan = plan_of(place, &WritePlan_Type);
    Outcome outcome = PyErr_Occurred() ? FAILED : ASK_PYTHON;
    if (plan != NULL && Py_IS_TYPE(value, ((WritePlan *)plan)->model)) {
        outcome = put_instance(output, (WritePlan *)plan, value);
    }
    Py_XDECREF(plan);
    return outcome;
}

/* An item, or a value of a map, which cannot be absent. */
static Outcome put_item(Output *output, Place *place, PyObject *value)
{
    Py_ssize_t start = output->size;
    Py_INCREF(value); /* a function of Python's may change what holds it */
    Outcome outcome = put_value(output, place, value);
    Py_DECREF(value);
    return outcome == WRITTEN && output->size == start ? ASK_PYTHON : outcome;
}

static Outcome put_list(Output *output, Place *items, PyObject *list)
{
    Outcome outcome = done(put_sign(output, '['));
    /* A function of Python's may have changed the list. */
    for (Py_ssize_t index = 0; outcome == WRITTEN && index < PyList_GET_SIZE(list); index++) {
        outcome = put_comma(output, index) < 0 ? FAILED : put_item(output, items, PyList_GET_ITEM(list, index));
    }
    return outcome == WRITTEN ? done(put_sign(output, ']')) : outcome;
}

static Outcome put_map(Output *output, Place *values, PyObject *map)
{
    Outcome outcome = done(put_sign(output, '{'));
    PyObject *key, *value;
    Py_ssize_t position = 0, index = 0, size = PyDict_GET_SIZE(map);
    while (outcome == WRITTEN && PyDict_GET_SIZE(map) == size && PyDict_Next(map, &position, &key, &value)) {
        if (!PyUnicode_CheckExact(key)) {
            return ASK_PYTHON;
        }
        int status = put_comma(output, index++) < 0 || put_string(output, key) < 0 || put_sign(output, ':') < 0;
        outcome = status ? FAILED : put_item(output, values, value);
    }
    return outcome == WRITTEN ? done(put_sign(output, '}')) : outcome;
}

static Outcome put_container(Output *output, Place *place, PyObject *value)
{
    if (Py_EnterRecursiveCall(" in a value")) {
        return FAILED;
    }
    Outcome outcome = ASK_PYTHON;
    if (place->kind == KIND_MODEL) {
        outcome = put_object(output, place, value);
    } else if (place->kind == KIND_LIST && PyList_CheckExact(value)) {
        outcome = put_list(output, (Place *)place->first, value);
    } else if (place->kind == KIND_MAP && PyDict_CheckExact(value)) {
        outcome = put_map(output, (Place *)place->first, value);
    } else if (place->kind == KIND_CHOICE) {
        PyObject *alternative = PyDict_GetItemWithError(place->first, (PyObject *)Py_TYPE(value));
        outcome = alternative != NULL ? put_quickly(output, (Place *)alternative, value)
            : PyErr_Occurred()        ? FAILED
                                      : ASK_PYTHON;
    }
    Py_LeaveRecursiveCall();
    return outcome;
}

static Outcome put_quickly(Output *output, Place *place, PyObject *value)
{
    switch (place->kind) {
    case KIND_AS_IS:
        return put_as_it_is(output, (PyTypeObject *)place->first, value);
    case KIND_LISTED: {
        int is_listed = PyUnicode_CheckExact(value) ? PySet_Contains(place->first, value) : 0;
        return is_listed < 0 ? FAILED : is_listed == 0 ? ASK_PYTHON : done(put_string(output, value));
    }
    case KIND_BOOLEAN:
        return value == Py_True || value == Py_False ? put_tree(output, value, 0) : ASK_PYTHON;
    case KIND_NUMBER:
        return PyFloat_CheckExact(value) || PyLong_CheckExact(value) ? put_tree(output, value, 0) : ASK_PYTHON;
    case KIND_ANY:
        return put_tree(output, value, 0);
    case KIND_DATETIME:
        return put_moment(output, place, value);
    case KIND_TIME:
        return put_clock(output, value);
    case KIND_DURATION:
        return put_duration(output, value);
    case KIND_OCTETS:
        return PyBytes_CheckExact(value) ? done(put_base64(output, value)) : ASK_PYTHON;
    case KIND_URL_OCTETS:
        return PyBytes_CheckExact(value) ? done(put_base64url(output, value)) : ASK_PYTHON;
    case KIND_DECIMAL:
        return put_decimal(output, place, value);
    case KIND_ENUM:
        return put_member_of_enumeration(output, place, value);
    case KIND_MODEL:
    case KIND_LIST:
    case KIND_MAP:
    case KIND_CHOICE:
        return put_container(output, place, value);
    default:
        return ASK_PYTHON;
    }
}

/* A value; nothing for one that Python's function finds to be absent. WRITTEN or FAILED. */
static Outcome put_value(Output *output, Place *place, PyObject *value)
{
    if (value == Py_None && place->nullable) {
        return done(put_text(output, "null", 4));
    }
    Py_ssize_t start = output->size;
    Outcome outcome = put_quickly(output, place, value);
    if (outcome != ASK_PYTHON) {
        return outcome;
    }
    output->size = start;
    if (place->slow == Py_None) {
        PyErr_SetString(PyExc_TypeError, "a value that is for the reference");
        return FAILED;
    }
    PyObject *prepared = PyObject_CallOneArg(place->slow, value);
    outcome = prepared == NULL ? FAILED : prepared == NOT_THERE ? WRITTEN : done(put_prepared(output, prepared));
    Py_XDECREF(prepared);
    return outcome;
}

PyDoc_STRVAR(write_doc,
             "write(place, encode, value)\n--\n\n"
             "The document of a value.\n\n"
             "encode: msgspec's, for what functions in Python give. Any exception means: write it the general way.");

static PyObject *write_document(PyObject *module, PyObject *const *args, Py_ssize_t size)
{
    if (size != 3 || !Py_IS_TYPE(args[0], &Place_Type)) {
        PyErr_SetString(PyExc_TypeError, "write(place, encode, value)");
        return NULL;
    }
    Output output = {NULL, 0, 0, args[1]};
    PyObject *result = NULL;
    if (put_value(&output, (Place *)args[0], args[2]) == WRITTEN && output.size > 0) {
        result = PyBytes_FromStringAndSize(output.data, output.size);
    } else if (!PyErr_Occurred()) {
        PyErr_SetString(PyExc_ValueError, "nothing was written");
    }
    PyMem_Free(output.data);
    return result;
}

/* WritePlan */

static int WritePlan_traverse(WritePlan *self, visitproc visit, void *arg)
{
    Py_VISIT(self->model);
    Py_VISIT(self->places);
    Py_VISIT(self->names);
    Py_VISIT(self->heads);
    Py_VISIT(self->known);
    Py_VISIT(self->further);
    Py_VISIT(self->others);
    Py_VISIT(self->unknown);
    Py_VISIT(self->tags);
    return 0;
}

static int WritePlan_clear(WritePlan *self)
{
    Py_CLEAR(self->model);
    Py_CLEAR(self->places);
    Py_CLEAR(self->names);
    Py_CLEAR(self->heads);
    Py_CLEAR(self->known);
    Py_CLEAR(self->further);
    Py_CLEAR(self->others);
    Py_CLEAR(self->unknown);
    Py_CLEAR(self->tags);
    return 0;
}

static void WritePlan_dealloc(WritePlan *self)
{
    PyObject_GC_UnTrack(self);
    WritePlan_clear(self);
    PyMem_Free(self->sources);
    PyMem_Free(self->kept);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int are_all(PyObject *items, PyTypeObject *type)
{
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(items); index++) {
        if (!Py_IS_TYPE(PyTuple_GET_ITEM(items, index), type)) {
            return 0;
        }
    }
    return 1;
}

/* Where instances hold what the plan speaks of; -1 and an exception where they have no such slots. */
static int find_slots(WritePlan *self, PyObject *attributes, PyObject *extra, PyObject *additional)
{
    PyObject *kept = Py_BuildValue("(ss)", "members", "nulls");
    self->kept = kept == NULL ? NULL : offsets_of((PyObject *)self->unknown, kept);
    Py_XDECREF(kept);
    self->sources = self->kept == NULL ? NULL : offsets_of((PyObject *)self->model, attributes);
    self->extra = self->sources == NULL ? -2 : optional_offset((PyObject *)self->model, extra);
    self->additional = self->extra == -2 ? -2 : optional_offset((PyObject *)self->model, additional);
    return self->additional == -2 ? -1 : 0;
}

static PyObject *WritePlan_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"model", "attributes", "names", "heads", "places", "extra", "unknown",
                            "others", "additional", "further", "tag", "tags", NULL};
    PyObject *model, *attributes, *names_in_json, *heads, *places, *extra, *unknown, *others, *additional, *further, *tags;
    Py_ssize_t tag;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!O!O!O!O!OO!O!OOnO!", names, &PyType_Type, &model, &PyTuple_Type,
                                     &attributes, &PyTuple_Type, &names_in_json, &PyTuple_Type, &heads, &PyTuple_Type,
                                     &places, &extra, &PyType_Type, &unknown, &Place_Type, &others, &additional, &further,
                                     &tag, &PyTuple_Type, &tags)) {
        return NULL;
    }
    Py_ssize_t size = PyTuple_GET_SIZE(places);
    if (PyTuple_GET_SIZE(attributes) != size || PyTuple_GET_SIZE(names_in_json) != size || PyTuple_GET_SIZE(heads) != size
        || tag >= size || (tag >= 0 && PyTuple_GET_SIZE(tags) == 0) || !are_all(places, &Place_Type)
        || !are_all(heads, &PyBytes_Type) || !are_all(names_in_json, &PyUnicode_Type) || !are_all(tags, &PyUnicode_Type)) {
        PyErr_SetString(PyExc_ValueError, "a place and a name for each attribute");
        return NULL;
    }
    WritePlan *self = (WritePlan *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->model = (PyTypeObject *)Py_NewRef(model);
    self->places = Py_NewRef(places);
    self->names = Py_NewRef(names_in_json);
    self->heads = Py_NewRef(heads);
    self->further = Py_NewRef(further);
    self->others = Py_NewRef(others);
    self->unknown = (PyTypeObject *)Py_NewRef(unknown);
    self->tags = Py_NewRef(tags);
    self->tag = tag;
    self->known = PyFrozenSet_New(names_in_json);
    if (self->known == NULL || find_slots(self, attributes, extra, additional) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

PyTypeObject WritePlan_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bindwright_accelerator.json_values.WritePlan",
    .tp_doc = "How a model is written.",
    .tp_basicsize = sizeof(WritePlan),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = WritePlan_new,
    .tp_dealloc = (destructor)WritePlan_dealloc,
    .tp_traverse = (traverseproc)WritePlan_traverse,
    .tp_clear = (inquiry)WritePlan_clear,
};

static PyMethodDef functions[] = {
    {"write", (PyCFunction)(void (*)(void))write_document, METH_FASTCALL, write_doc},
    {NULL, NULL, 0, NULL},
};

int writing_ready(PyObject *module)
{
    PyDateTime_IMPORT;
    TEXT = PyUnicode_InternFromString("_text");
    VALUE = PyUnicode_InternFromString("_value_");
    MEMBERS = PyUnicode_InternFromString("members");
    NULL_MEMBERS = PyUnicode_InternFromString("null_members");
    if (PyDateTimeAPI == NULL || TEXT == NULL || VALUE == NULL || MEMBERS == NULL || NULL_MEMBERS == NULL || output_ready() < 0
        || PyType_Ready(&WritePlan_Type) < 0
        || PyModule_AddObjectRef(module, "WritePlan", (PyObject *)&WritePlan_Type) < 0) {
        return -1;
    }
    return PyModule_AddFunctions(module, functions);
}
