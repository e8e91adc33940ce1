/* From models to msgspec's structs, which it writes in C.
 *
 * A value that is not of just the type that its place expects goes to the place's own function in Python, which
 * converts or refuses it; any error ends the attempt, and the reference writes the whole value, or says where it fails.
 */
#include "json_values.h"

#include <math.h>

typedef struct {
    PyObject_HEAD
    vectorcallfunc vectorcall;
    PyTypeObject *model;
    PyObject *structure; /* msgspec's struct, made by position */
    PyObject *places;
    PyObject *names;     /* of the members, in JSON */
    PyObject *slow;      /* the reference: a function of an instance */
    PyObject *extended;  /* a function of a dict of the members, and of what was unknown: both in one dict */
    Py_ssize_t *sources;
    Py_ssize_t extra;      /* offset of what was unknown, or -1 */
    Py_ssize_t additional; /* offset of the map of additional members, or -1 */
    Py_ssize_t tag;        /* the discriminator's index, or -1 */
    PyObject *tags;        /* texts of the discriminator that mean this model; the first is written where none is set */
} WritePlan;

enum { MOST_IN_PLACE = 32, DEEPEST_TREE = 200 };

static PyObject *TEXT, *VALUE; /* names of attributes */

static PyObject *prepared(Place *place, PyObject *value);

/* Trees of any values: whether msgspec writes them as we do */

static int is_plain_key(PyObject *key)
{
    return PyUnicode_CheckExact(key);
}

static int is_plain(PyObject *value, int depth)
{
    if (PyUnicode_CheckExact(value) || PyLong_CheckExact(value) || PyBool_Check(value) || value == Py_None) {
        return 1;
    }
    if (PyFloat_CheckExact(value)) {
        return isfinite(PyFloat_AS_DOUBLE(value));
    }
    if (depth == DEEPEST_TREE) {
        return 0;
    }
    if (PyList_CheckExact(value)) {
        for (Py_ssize_t index = 0; index < PyList_GET_SIZE(value); index++) {
            if (!is_plain(PyList_GET_ITEM(value, index), depth + 1)) {
                return 0;
            }
        }
        return 1;
    }
    if (PyDict_CheckExact(value)) {
        PyObject *key, *item;
        Py_ssize_t position = 0;
        while (PyDict_Next(value, &position, &key, &item)) {
            if (!is_plain_key(key) || !is_plain(item, depth + 1)) {
                return 0;
            }
        }
        return 1;
    }
    return 0;
}

/* Whether a value of a place is written as it is, without being looked into by Python. */
static int is_written_as_it_is(Place *place, PyObject *value)
{
    if (value == Py_None) {
        return place->nullable;
    }
    switch (place->kind) {
    case KIND_AS_IS:
        return Py_IS_TYPE(value, (PyTypeObject *)place->first);
    case KIND_BOOLEAN:
        return value == Py_True || value == Py_False;
    case KIND_NUMBER:
        return PyFloat_CheckExact(value) ? isfinite(PyFloat_AS_DOUBLE(value)) : PyLong_CheckExact(value);
    case KIND_LISTED:
        return PyUnicode_CheckExact(value) && PySet_Contains(place->first, value) == 1;
    case KIND_ANY:
        return is_plain(value, 0);
    default:
        return 0;
    }
}

/* Values; NULL without an exception: Python's function is asked */

static PyObject *prepared_datetime(PyObject *value)
{
    if (!Py_IS_TYPE(value, PyDateTimeAPI->DateTimeType)) {
        if (!PyDateTime_Check(value)) {
            return NULL;
        }
        PyObject *text = PyObject_GetAttr(value, TEXT);
        if (text == NULL || !PyUnicode_CheckExact(text) || PyUnicode_GET_LENGTH(text) == 0) {
            PyErr_Clear();
            Py_XDECREF(text);
            return NULL;
        }
        return text;
    }
    /* msgspec writes no zeros at the end of a fraction otherwise than we do, but for a last one. */
    int micro = PyDateTime_DATE_GET_MICROSECOND(value);
    int is_utc = PyDateTime_DATE_GET_TZINFO(value) == PyDateTime_TimeZone_UTC;
    return is_utc && (micro == 0 || micro % 10) ? Py_NewRef(value) : NULL;
}

/* Whether an instance has no additional members, which are for the reference. */
static int is_bare(WritePlan *plan, PyObject *object)
{
    if (plan->additional < 0) {
        return 1;
    }
    PyObject *additional = SLOT(object, plan->additional);
    return additional != NULL && PyDict_CheckExact(additional) && PyDict_GET_SIZE(additional) == 0;
}

/* The members as a dict, with what was unknown beside them. */
static PyObject *made_with(WritePlan *plan, PyObject *const *members, Py_ssize_t size, PyObject *extra)
{
    PyObject *dict = PyDict_New();
    for (Py_ssize_t index = 0; dict != NULL && index < size; index++) {
        if (members[index] != NOT_THERE
            && PyDict_SetItem(dict, PyTuple_GET_ITEM(plan->names, index), members[index]) < 0) {
            Py_CLEAR(dict);
        }
    }
    PyObject *result = dict == NULL ? NULL : PyObject_CallFunctionObjArgs(plan->extended, dict, extra, NULL);
    Py_XDECREF(dict);
    return result;
}

static PyObject *made(WritePlan *plan, PyObject *const *members, Py_ssize_t size, PyObject *object)
{
    PyObject *extra = plan->extra < 0 ? Py_None : SLOT(object, plan->extra);
    if (extra == NULL || extra == Py_None) {
        return PyObject_Vectorcall(plan->structure, members, (size_t)size, NULL);
    }
    Py_INCREF(extra);
    PyObject *result = made_with(plan, members, size, extra);
    Py_DECREF(extra);
    return result;
}

/* The discriminator: what nobody set is written, what another class has is for Python to refuse. */
static int is_tagged(WritePlan *plan, PyObject **members)
{
    if (plan->tag < 0) {
        return 1;
    }
    PyObject **tag = &members[plan->tag];
    if (*tag == NOT_THERE) {
        Py_SETREF(*tag, Py_NewRef(PyTuple_GET_ITEM(plan->tags, 0)));
        return 1;
    }
    return PyUnicode_CheckExact(*tag) && PySequence_Contains(plan->tags, *tag) == 1;
}

static PyObject *prepared_model(WritePlan *plan, PyObject *object)
{
    if (!is_bare(plan, object)) {
        return NULL;
    }
    Py_ssize_t size = PyTuple_GET_SIZE(plan->places), count = 0;
    PyObject *in_place[MOST_IN_PLACE];
    PyObject **members = size <= MOST_IN_PLACE ? in_place : PyMem_Malloc((size_t)size * sizeof(PyObject *));
    if (members == NULL) {
        return PyErr_NoMemory();
    }
    for (; count < size; count++) {
        PyObject *value = SLOT(object, plan->sources[count]);
        if (value == NULL) {
            PyErr_SetString(PyExc_AttributeError, "a member that was never set");
            break;
        }
        Py_INCREF(value); /* a function of Python's may set another one meanwhile */
        members[count] = prepared((Place *)PyTuple_GET_ITEM(plan->places, count), value);
        Py_DECREF(value);
        if (members[count] == NULL) {
            break;
        }
    }
    PyObject *result = count == size && is_tagged(plan, members) ? made(plan, members, size, object) : NULL;
    for (Py_ssize_t index = 0; index < count; index++) {
        Py_DECREF(members[index]);
    }
    if (members != in_place) {
        PyMem_Free(members);
    }
    return result;
}

static PyObject *prepared_object(Place *place, PyObject *value)
{
    PyObject *plan = plan_of(place, &WritePlan_Type), *result = NULL;
    if (plan != NULL && Py_IS_TYPE(value, ((WritePlan *)plan)->model)) {
        result = prepared_model((WritePlan *)plan, value);
    }
    Py_XDECREF(plan);
    return result;
}

static PyObject *prepared_list(Place *items, PyObject *list)
{
    Py_ssize_t index = 0, size = PyList_GET_SIZE(list);
    while (index < size && is_written_as_it_is(items, PyList_GET_ITEM(list, index))) {
        index++;
    }
    if (index == size) {
        return Py_NewRef(list);
    }
    PyObject *result = PyList_New(size);
    for (index = 0; result != NULL && index < size; index++) {
        /* A function of Python's may have shortened the list. */
        PyObject *item = index < PyList_GET_SIZE(list) ? Py_NewRef(PyList_GET_ITEM(list, index)) : NULL;
        PyObject *written = item == NULL ? NULL : prepared(items, item);
        Py_XDECREF(item);
        if (written == NULL) {
            Py_CLEAR(result);
        } else {
            PyList_SET_ITEM(result, index, written);
        }
    }
    return result;
}

static PyObject *prepared_map(Place *values, PyObject *map)
{
    PyObject *key, *value;
    Py_ssize_t position = 0;
    int as_it_is = 1;
    while (PyDict_Next(map, &position, &key, &value)) {
        if (!is_plain_key(key)) {
            return NULL;
        }
        as_it_is = as_it_is && is_written_as_it_is(values, value);
    }
    if (as_it_is) {
        return Py_NewRef(map);
    }
    PyObject *items = PyDict_Items(map), *result = items == NULL ? NULL : PyDict_New();
    for (Py_ssize_t index = 0; result != NULL && index < PyList_GET_SIZE(items); index++) {
        PyObject *pair = PyList_GET_ITEM(items, index);
        PyObject *written = prepared(values, PyTuple_GET_ITEM(pair, 1));
        if (written == NULL || PyDict_SetItem(result, PyTuple_GET_ITEM(pair, 0), written) < 0) {
            Py_CLEAR(result);
        }
        Py_XDECREF(written);
    }
    Py_XDECREF(items);
    return result;
}

static PyObject *prepared_container(Place *place, PyObject *value)
{
    if (Py_EnterRecursiveCall(" in a value")) {
        return NULL;
    }
    PyObject *result = NULL;
    if (place->kind == KIND_MODEL) {
        result = prepared_object(place, value);
    } else if (place->kind == KIND_LIST && PyList_CheckExact(value)) {
        result = prepared_list((Place *)place->first, value);
    } else if (place->kind == KIND_MAP && PyDict_CheckExact(value)) {
        result = prepared_map((Place *)place->first, value);
    } else if (place->kind == KIND_CHOICE) {
        PyObject *alternative = PyDict_GetItemWithError(place->first, (PyObject *)Py_TYPE(value));
        result = alternative == NULL ? NULL : prepared((Place *)alternative, value);
    }
    Py_LeaveRecursiveCall();
    return result;
}

static PyObject *prepared_quickly(Place *place, PyObject *value)
{
    if (is_written_as_it_is(place, value)) {
        return Py_NewRef(value);
    }
    switch (place->kind) {
    case KIND_DATETIME:
        return prepared_datetime(value);
    case KIND_ENUM:
        return Py_IS_TYPE(value, (PyTypeObject *)place->first) ? PyObject_GetAttr(value, VALUE) : NULL;
    case KIND_MODEL:
    case KIND_LIST:
    case KIND_MAP:
    case KIND_CHOICE:
        return prepared_container(place, value);
    default:
        return NULL;
    }
}

static PyObject *prepared(Place *place, PyObject *value)
{
    if (value == place->absent) {
        return Py_NewRef(NOT_THERE);
    }
    PyObject *result = prepared_quickly(place, value);
    if (result != NULL || PyErr_Occurred()) {
        return result;
    }
    if (place->slow == Py_None) {
        PyErr_SetString(PyExc_TypeError, "a value that is for the reference");
        return NULL;
    }
    return PyObject_CallOneArg(place->slow, value);
}

/* WritePlan */

static PyObject *WritePlan_call(WritePlan *self, PyObject *const *args, size_t flags, PyObject *names)
{
    if (PyVectorcall_NARGS(flags) != 1 || (names != NULL && PyTuple_GET_SIZE(names) != 0)) {
        PyErr_SetString(PyExc_TypeError, "a plan takes an instance");
        return NULL;
    }
    if (Py_IS_TYPE(args[0], self->model)) {
        PyObject *result = prepared_model(self, args[0]);
        if (result != NULL) {
            return result;
        }
        if (PyErr_Occurred() && !PyErr_ExceptionMatches(PyExc_Exception)) {
            return NULL; /* an interrupt */
        }
        PyErr_Clear();
    }
    return PyObject_CallOneArg(self->slow, args[0]);
}

static int WritePlan_traverse(WritePlan *self, visitproc visit, void *arg)
{
    Py_VISIT(self->model);
    Py_VISIT(self->structure);
    Py_VISIT(self->places);
    Py_VISIT(self->names);
    Py_VISIT(self->slow);
    Py_VISIT(self->extended);
    Py_VISIT(self->tags);
    return 0;
}

static int WritePlan_clear(WritePlan *self)
{
    Py_CLEAR(self->model);
    Py_CLEAR(self->structure);
    Py_CLEAR(self->places);
    Py_CLEAR(self->names);
    Py_CLEAR(self->slow);
    Py_CLEAR(self->extended);
    Py_CLEAR(self->tags);
    return 0;
}

static void WritePlan_dealloc(WritePlan *self)
{
    PyObject_GC_UnTrack(self);
    WritePlan_clear(self);
    PyMem_Free(self->sources);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *WritePlan_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"model", "structure", "attributes", "names", "places", "slow",
                            "extended", "extra", "additional", "tag", "tags", NULL};
    PyObject *model, *structure, *attributes, *names_in_json, *places, *slow, *extended, *extra, *additional, *tags;
    Py_ssize_t tag;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!OO!O!O!OOOOnO!", names, &PyType_Type, &model, &structure,
                                     &PyTuple_Type, &attributes, &PyTuple_Type, &names_in_json, &PyTuple_Type, &places,
                                     &slow, &extended, &extra, &additional, &tag, &PyTuple_Type, &tags)) {
        return NULL;
    }
    if (PyTuple_GET_SIZE(attributes) != PyTuple_GET_SIZE(places)
        || PyTuple_GET_SIZE(names_in_json) != PyTuple_GET_SIZE(places) || tag >= PyTuple_GET_SIZE(places)
        || (tag >= 0 && PyTuple_GET_SIZE(tags) == 0)) {
        PyErr_SetString(PyExc_ValueError, "a place for each attribute");
        return NULL;
    }
    WritePlan *self = (WritePlan *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->vectorcall = (vectorcallfunc)WritePlan_call;
    self->model = (PyTypeObject *)Py_NewRef(model);
    self->structure = Py_NewRef(structure);
    self->places = Py_NewRef(places);
    self->names = Py_NewRef(names_in_json);
    self->slow = Py_NewRef(slow);
    self->extended = Py_NewRef(extended);
    self->tags = Py_NewRef(tags);
    self->tag = tag;
    self->sources = offsets_of(model, attributes);
    self->extra = self->sources == NULL ? -2 : optional_offset(model, extra);
    self->additional = self->extra == -2 ? -2 : optional_offset(model, additional);
    if (self->additional == -2) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

PyTypeObject WritePlan_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bindwright_accelerator.json_values.WritePlan",
    .tp_doc = "How a model becomes a struct; called with an instance.",
    .tp_basicsize = sizeof(WritePlan),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_new = WritePlan_new,
    .tp_dealloc = (destructor)WritePlan_dealloc,
    .tp_traverse = (traverseproc)WritePlan_traverse,
    .tp_clear = (inquiry)WritePlan_clear,
    .tp_vectorcall_offset = offsetof(WritePlan, vectorcall),
    .tp_call = PyVectorcall_Call,
};

int writing_ready(PyObject *module)
{
    PyDateTime_IMPORT;
    TEXT = PyUnicode_InternFromString("_text");
    VALUE = PyUnicode_InternFromString("_value_");
    if (PyDateTimeAPI == NULL || TEXT == NULL || VALUE == NULL || PyType_Ready(&WritePlan_Type) < 0) {
        return -1;
    }
    return PyModule_AddObjectRef(module, "WritePlan", (PyObject *)&WritePlan_Type);
}
