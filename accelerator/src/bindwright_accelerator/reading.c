/* From msgspec's struct, whose JSON types are checked, to models; and the quotation marks of the document.
 *
 * msgspec takes the last of two members with one name, which is an error to us. Each name and each string has two
 * marks: the marks of what was read are counted on the way, and a document that has more has a name twice, or was read by
 * something that does not count.
 */
#include "json_values.h"
#include "moments.h"
#include "numbers.h"
#include "texts.h"

typedef struct {
    PyObject_HEAD
    PyTypeObject *model;
    PyTypeObject *structure; /* msgspec's struct */
    PyObject *places;
    Constants constants;      /* members that the struct does not have */
    Py_ssize_t *sources;      /* offsets in the struct */
    Py_ssize_t *targets;      /* offsets in the model */
    Py_ssize_t marks;         /* of what is always there: the discriminator, which is no field */
} ReadPlan;

enum { NOT_COUNTED = -1, MARKS_OF_TREE = -2 }; /* marks of a place that are not the same for each value */

typedef struct {
    Py_ssize_t marks;
    int uncounted; /* something was read by a function that counts nothing */
} Count;

static PyObject *moved(Place *place, PyObject *value, Count *count);

/* Quotation marks */

static Py_ssize_t marks_of_bytes(const char *text, Py_ssize_t size)
{
    const uint64_t ones = 0x0101010101010101, lows = 0x7f7f7f7f7f7f7f7f;
    Py_ssize_t marks = 0, index = 0;
    for (; index + 8 <= size; index += 8) {
        uint64_t octets;
        memcpy(&octets, text + index, 8);
        octets ^= ones * '"';
        /* The highest bit of each octet that is zero now, and of no other; their sum stands in the highest octet. */
        uint64_t zeros = ~(((octets & lows) + lows) | octets | lows);
        marks += (Py_ssize_t)(((zeros >> 7) * ones) >> 56);
    }
    for (; index < size; index++) {
        marks += text[index] == '"';
    }
    return marks;
}

/* Marks that stand within strings: those behind a backslash that is not escaped itself. */
static Py_ssize_t marks_within(const char *text, Py_ssize_t size)
{
    const char *end = text + size;
    Py_ssize_t marks = 0;
    while (text < end && (text = memchr(text, '\\', (size_t)(end - text))) != NULL) {
        marks += text + 1 < end && text[1] == '"';
        text += 2;
    }
    return marks;
}

int has_marks(PyObject *data, Py_ssize_t marks)
{
    const char *text = PyBytes_AS_STRING(data);
    Py_ssize_t size = PyBytes_GET_SIZE(data), all = marks_of_bytes(text, size);
    return all == marks || (all > marks && all - marks_within(text, size) == marks);
}

Py_ssize_t marks_of_value(PyObject *value, int levels)
{
    if (PyUnicode_CheckExact(value)) {
        return 2;
    }
    if (!PyList_CheckExact(value) && !PyDict_CheckExact(value)) {
        return 0;
    }
    if (levels == 0) {
        PyErr_SetString(PyExc_ValueError, "deeper nesting");
        return -1;
    }
    Py_ssize_t marks = 0;
    if (PyList_CheckExact(value)) {
        for (Py_ssize_t index = 0; marks >= 0 && index < PyList_GET_SIZE(value); index++) {
            Py_ssize_t more = marks_of_value(PyList_GET_ITEM(value, index), levels - 1);
            marks = more < 0 ? -1 : marks + more;
        }
        return marks;
    }
    PyObject *key, *item;
    Py_ssize_t position = 0;
    while (marks >= 0 && PyDict_Next(value, &position, &key, &item)) {
        Py_ssize_t more = marks_of_value(item, levels - 1);
        marks = more < 0 ? -1 : marks + more + 2;
    }
    return marks;
}

/* Values */

PyObject *of_text(PyObject *(*read)(const char *, Py_ssize_t), PyObject *value)
{
    int is_text = PyUnicode_CheckExact(value) && PyUnicode_IS_COMPACT_ASCII(value);
    return is_text ? read(PyUnicode_DATA(value), PyUnicode_GET_LENGTH(value)) : NULL;
}

PyObject *absent_value(Place *place)
{
    if (place->absent == NULL) {
        PyErr_SetString(PyExc_ValueError, "a required member is absent");
        return NULL;
    }
    return place->is_factory ? PyObject_CallNoArgs(place->absent) : Py_NewRef(place->absent);
}

static PyObject *moved_slowly(Place *place, PyObject *value, Count *count)
{
    if (place->slow == Py_None) {
        PyErr_SetString(PyExc_TypeError, "a value that is for the reference");
        return NULL;
    }
    if (place->marks == MARKS_OF_TREE) {
        Py_ssize_t marks = marks_of_value(value, DEEPEST);
        if (marks < 0) {
            return NULL;
        }
        count->marks += marks;
    } else if (place->marks == NOT_COUNTED) {
        count->uncounted = 1;
    } else {
        count->marks += place->marks;
    }
    return PyObject_CallOneArg(place->slow, value);
}

static PyObject *moved_model(ReadPlan *plan, PyObject *structure, Count *count)
{
    if (!Py_IS_TYPE(structure, plan->structure)) {
        PyErr_SetString(PyExc_TypeError, "a struct of another model");
        return NULL;
    }
    PyObject *object = plan->model->tp_alloc(plan->model, 0);
    if (object == NULL) {
        return NULL;
    }
    count->marks += plan->marks;
    Py_ssize_t size = PyTuple_GET_SIZE(plan->places);
    for (Py_ssize_t index = 0; index < size; index++) {
        PyObject *value = SLOT(structure, plan->sources[index]);
        count->marks += value == NOT_THERE ? 0 : 2;
        PyObject *member = value == NULL
            ? NULL
            : moved((Place *)PyTuple_GET_ITEM(plan->places, index), value, count);
        if (member == NULL) {
            Py_DECREF(object);
            return NULL;
        }
        SLOT(object, plan->targets[index]) = member;
    }
    if (set_constants(&plan->constants, object) < 0) {
        Py_CLEAR(object);
    }
    return object;
}

static PyObject *moved_list(Place *items, PyObject *list, Count *count)
{
    Py_ssize_t size = PyList_GET_SIZE(list);
    if (items->kind == KIND_AS_IS && !items->nullable) {
        count->marks += size * items->marks;
        return Py_NewRef(list);
    }
    PyObject *result = PyList_New(size);
    for (Py_ssize_t index = 0; result != NULL && index < size; index++) {
        PyObject *item = moved(items, PyList_GET_ITEM(list, index), count);
        if (item == NULL) {
            Py_CLEAR(result);
        } else {
            PyList_SET_ITEM(result, index, item);
        }
    }
    return result;
}

static PyObject *moved_map(Place *values, PyObject *map, Count *count)
{
    if (values->kind == KIND_AS_IS && !values->nullable) {
        count->marks += PyDict_GET_SIZE(map) * (2 + values->marks);
        return Py_NewRef(map);
    }
    PyObject *result = PyDict_New(), *key, *value;
    Py_ssize_t position = 0;
    while (result != NULL && PyDict_Next(map, &position, &key, &value)) {
        count->marks += 2;
        PyObject *item = moved(values, value, count);
        if (item == NULL || PyDict_SetItem(result, key, item) < 0) {
            Py_CLEAR(result);
        }
        Py_XDECREF(item);
    }
    return result;
}

static PyObject *moved_tree(PyObject *value, Count *count)
{
    Py_ssize_t marks = marks_of_value(value, DEEPEST);
    if (marks < 0) {
        return NULL;
    }
    count->marks += marks;
    return Py_NewRef(value);
}

/* What the struct has as it was parsed. */
static PyObject *moved_parsed(Place *place, PyObject *value, Count *count)
{
    Py_ssize_t marks = marks_of_value(value, DEEPEST);
    if (marks < 0) {
        return NULL;
    }
    count->marks += marks;
    return grown(place, value);
}

static PyObject *moved_choice(Place *place, PyObject *value, Count *count)
{
    PyObject *alternative = PyDict_GetItemWithError(place->first, (PyObject *)Py_TYPE(value));
    if (alternative == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_SetString(PyExc_ValueError, "none of the alternatives");
        }
        return NULL;
    }
    return moved((Place *)alternative, value, count);
}

static PyObject *moved_container(Place *place, PyObject *value, Count *count)
{
    if (Py_EnterRecursiveCall(" in a document")) {
        return NULL;
    }
    PyObject *result = NULL;
    if (place->kind == KIND_MODEL && Py_IS_TYPE(place->first, &ReadPlan_Type)) {
        result = moved_model((ReadPlan *)place->first, value, count);
    } else if (place->kind == KIND_LIST && PyList_CheckExact(value)) {
        result = moved_list((Place *)place->first, value, count);
    } else if (place->kind == KIND_MAP && PyDict_CheckExact(value)) {
        result = moved_map((Place *)place->first, value, count);
    } else {
        PyErr_SetString(PyExc_TypeError, "a value of another type");
    }
    Py_LeaveRecursiveCall();
    return result;
}

static PyObject *moved_scalar(Place *place, PyObject *value, Count *count)
{
    PyObject *result = place->kind == KIND_UUID ? uuid_of(value)
        : place->kind == KIND_DURATION          ? of_text(duration_of, value)
        : place->kind == KIND_OCTETS            ? of_text(octets_of, value)
        : place->kind == KIND_URL_OCTETS        ? of_text(url_octets_of, value)
        : place->kind == KIND_DATETIME          ? moment_of(value)
        : place->kind == KIND_TIME              ? time_of(value)
                                                : decimal_of_raw(value);
    if (result != NULL) {
        count->marks += place->marks;
        return result;
    }
    return PyErr_Occurred() ? NULL : moved_slowly(place, value, count);
}

static PyObject *moved(Place *place, PyObject *value, Count *count)
{
    if (value == NOT_THERE) {
        return absent_value(place);
    }
    if (value == Py_None) {
        if (place->nullable) {
            return Py_NewRef(Py_None);
        }
        PyErr_SetString(PyExc_ValueError, "null"); /* which stands for absent, and is kept by the general way */
        return NULL;
    }
    switch (place->kind) {
    case KIND_AS_IS:
        count->marks += place->marks;
        return Py_NewRef(value);
    case KIND_DATETIME:
    case KIND_UUID:
    case KIND_TIME:
    case KIND_DURATION:
    case KIND_OCTETS:
    case KIND_URL_OCTETS:
    case KIND_DECIMAL:
        return moved_scalar(place, value, count);
    case KIND_ANY:
        return moved_tree(value, count);
    case KIND_PARSED:
        return moved_parsed((Place *)place->first, value, count);
    case KIND_CHOICE:
        return moved_choice(place, value, count);
    case KIND_MODEL:
    case KIND_LIST:
    case KIND_MAP:
        return moved_container(place, value, count);
    default:
        return moved_slowly(place, value, count);
    }
}

PyObject *moved_document(Place *place, PyObject *structure, PyObject *data, int *is_counted)
{
    Count count = {0, 0};
    PyObject *value = moved(place, structure, &count);
    *is_counted = value != NULL && !count.uncounted && has_marks(data, count.marks);
    return value;
}

PyDoc_STRVAR(keep_doc, "keep_texts(type)\n--\n\nName the class of date-times that keep the text they were read from.");

static PyObject *keep_texts(PyObject *module, PyObject *type)
{
    if (!PyType_Check(type)) {
        PyErr_SetString(PyExc_TypeError, "keep_texts(type)");
        return NULL;
    }
    return keep_moments(type) < 0 ? NULL : Py_NewRef(Py_None);
}

PyDoc_STRVAR(read_doc,
             "read(place, structure, data, prove)\n--\n\n"
             "The value of what msgspec read of a document.\n\n"
             "Where the document has more quotation marks than what was read, prove(data, structure) is called,\n"
             "which raises where a name stands twice. Any exception means: read it the general way.");

static PyObject *read_document(PyObject *module, PyObject *const *args, Py_ssize_t size)
{
    if (size != 4 || !Py_IS_TYPE(args[0], &Place_Type) || !PyBytes_CheckExact(args[2])) {
        PyErr_SetString(PyExc_TypeError, "read(place, structure, data, prove)");
        return NULL;
    }
    int is_counted = 0;
    PyObject *value = moved_document((Place *)args[0], args[1], args[2], &is_counted);
    if (value == NULL || is_counted) {
        return value;
    }
    PyObject *proof = PyObject_CallFunctionObjArgs(args[3], args[2], args[1], NULL);
    if (proof == NULL) {
        Py_CLEAR(value);
    }
    Py_XDECREF(proof);
    return value;
}

/* ReadPlan */

static int ReadPlan_traverse(ReadPlan *self, visitproc visit, void *arg)
{
    Py_VISIT(self->model);
    Py_VISIT(self->structure);
    Py_VISIT(self->places);
    Py_VISIT(self->constants.values);
    Py_VISIT(self->constants.factories);
    return 0;
}

static int ReadPlan_clear(ReadPlan *self)
{
    Py_CLEAR(self->model);
    Py_CLEAR(self->structure);
    Py_CLEAR(self->places);
    Py_CLEAR(self->constants.values);
    Py_CLEAR(self->constants.factories);
    return 0;
}

static void ReadPlan_dealloc(ReadPlan *self)
{
    PyObject_GC_UnTrack(self);
    ReadPlan_clear(self);
    PyMem_Free(self->sources);
    PyMem_Free(self->targets);
    PyMem_Free(self->constants.offsets);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int same_sizes(PyObject *first, PyObject *second, PyObject *third)
{
    if (PyTuple_GET_SIZE(first) == PyTuple_GET_SIZE(second)
        && PyTuple_GET_SIZE(first) == PyTuple_GET_SIZE(third)) {
        return 1;
    }
    PyErr_SetString(PyExc_ValueError, "tuples of different sizes");
    return 0;
}

static PyObject *ReadPlan_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"model", "structure", "fields", "attributes", "places",
                            "other_attributes", "constants", "factories", "marks", NULL};
    PyObject *model, *structure, *fields, *attributes, *places, *other_attributes, *constants, *factories;
    Py_ssize_t marks = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!O!O!O!O!O!O!O!|n", names, &PyType_Type, &model, &PyType_Type,
                                     &structure, &PyTuple_Type, &fields, &PyTuple_Type, &attributes,
                                     &PyTuple_Type, &places, &PyTuple_Type, &other_attributes, &PyTuple_Type,
                                     &constants, &PyTuple_Type, &factories, &marks)
        || !same_sizes(fields, attributes, places) || !same_sizes(other_attributes, constants, factories)) {
        return NULL;
    }
    ReadPlan *self = (ReadPlan *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->model = (PyTypeObject *)Py_NewRef(model);
    self->structure = (PyTypeObject *)Py_NewRef(structure);
    self->places = Py_NewRef(places);
    self->constants.values = Py_NewRef(constants);
    self->constants.factories = Py_NewRef(factories);
    self->marks = marks;
    self->sources = offsets_of(structure, fields);
    self->targets = self->sources == NULL ? NULL : offsets_of(model, attributes);
    self->constants.offsets = self->targets == NULL ? NULL : offsets_of(model, other_attributes);
    if (self->constants.offsets == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

PyTypeObject ReadPlan_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bindwright_accelerator.json_values.ReadPlan",
    .tp_doc = "How a model is made of its struct.",
    .tp_basicsize = sizeof(ReadPlan),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = ReadPlan_new,
    .tp_dealloc = (destructor)ReadPlan_dealloc,
    .tp_traverse = (traverseproc)ReadPlan_traverse,
    .tp_clear = (inquiry)ReadPlan_clear,
};

static PyMethodDef functions[] = {
    {"read", (PyCFunction)(void (*)(void))read_document, METH_FASTCALL, read_doc},
    {"keep_texts", keep_texts, METH_O, keep_doc},
    {NULL, NULL, 0, NULL},
};

int reading_ready(PyObject *module)
{
    PyDateTime_IMPORT;
    if (PyModule_AddIntConstant(module, "NOT_COUNTED", NOT_COUNTED) < 0
        || PyModule_AddIntConstant(module, "MARKS_OF_TREE", MARKS_OF_TREE) < 0) {
        return -1;
    }
    if (PyDateTimeAPI == NULL || scalars_ready() < 0 || moments_ready() < 0 || PyType_Ready(&ReadPlan_Type) < 0
        || PyModule_AddObjectRef(module, "ReadPlan", (PyObject *)&ReadPlan_Type) < 0) {
        return -1;
    }
    return PyModule_AddFunctions(module, functions);
}
