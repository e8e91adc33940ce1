#include "xml_read_plans.h"
#include "moments.h"
#include "numbers.h"
#include "texts.h"

#include <string.h>

/* Scalars */

static PyObject *integer_of(ReadPlace *place, const char *text, Py_ssize_t size)
{
    Py_ssize_t index = size > 0 && text[0] == '-';
    if (size - index < 1 || size - index > 18) {
        return NULL;
    }
    long long number = 0;
    for (Py_ssize_t position = index; position < size; position++) {
        if (text[position] < '0' || text[position] > '9') {
            return NULL;
        }
        number = number * 10 + (text[position] - '0');
    }
    number = index ? -number : number;
    if (place->is_ranged && (number < place->least || number > place->greatest)) {
        return NULL;
    }
    return PyLong_FromLongLong(number);
}

/* Digits with a point, fifteen at most: both they and the power of ten are exact, so one division rounds right. */
static PyObject *float_of(const char *text, Py_ssize_t size)
{
    static const double POWERS[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    Py_ssize_t index = size > 0 && text[0] == '-', digits = 0, behind = -1;
    long long number = 0;
    for (Py_ssize_t position = index; position < size; position++) {
        if (text[position] == '.' && behind < 0 && digits > 0) {
            behind = 0;
            continue;
        }
        if (text[position] < '0' || text[position] > '9' || ++digits > 15) {
            return NULL;
        }
        number = number * 10 + (text[position] - '0');
        behind += behind >= 0;
    }
    if (digits == 0 || behind == 0) {
        return NULL;
    }
    double value = (double)number / POWERS[behind < 0 ? 0 : behind];
    return PyFloat_FromDouble(index ? -value : value);
}

static int number_at(const char *text, int count)
{
    int number = 0;
    for (int index = 0; index < count; index++) {
        if (!Py_ISDIGIT(text[index])) {
            return -1;
        }
        number = number * 10 + (text[index] - '0');
    }
    return number;
}

/* How many digits the fraction of a date-time in UTC has whose text is kept: seven, as .NET writes, or fewer of which the
 * last is a zero; 0 where it is in another form. */
static int kept_digits(const char *text, Py_ssize_t size)
{
    if (size == 33 && memcmp(text + 27, "+00:00", 6) == 0) {
        return 7;
    }
    if (size < 22 || size > 28 || text[size - 1] != 'Z' || (size < 28 && text[size - 2] != '0')) {
        return 0;
    }
    return (int)size - 21;
}

/* Such a date-time, which carries its text; NULL without an exception where the text is in another form, or out of range. */
static PyObject *timed_of(PyObject *string)
{
    if (TIMED_TYPE == NULL || !PyUnicode_IS_COMPACT_ASCII(string)) {
        return NULL;
    }
    const char *text = (const char *)PyUnicode_DATA(string);
    int places = kept_digits(text, PyUnicode_GET_LENGTH(string));
    if (places == 0) {
        return NULL;
    }
    int year = number_at(text, 4), month = number_at(text + 5, 2), day = number_at(text + 8, 2);
    int hour = number_at(text + 11, 2), minute = number_at(text + 14, 2), second = number_at(text + 17, 2);
    int micro = number_at(text + 20, places < 6 ? places : 6);
    int is_right = text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':' && text[19] == '.'
        && year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour >= 0 && hour <= 23 && minute >= 0
        && minute <= 59 && second >= 0 && second <= 59 && micro >= 0 && (places < 7 || Py_ISDIGIT(text[26]));
    for (; micro > 0 && places < 6; places++) {
        micro *= 10;
    }
    PyObject *value = !is_right ? NULL
                                : PyDateTimeAPI->DateTime_FromDateAndTime(year, month, day, hour, minute, second, micro,
                                                                          PyDateTime_TimeZone_UTC, TIMED_TYPE);
    if (value == NULL) {
        PyErr_Clear(); /* 30 February */
        return NULL;
    }
    SLOT(value, TIMED_TEXT) = Py_NewRef(string);
    SLOT(value, TIMED_XSD) = Py_NewRef(string);
    return value;
}

/* Whether a text ends in an offset that is not zero: others are kept as texts, which is decided elsewhere. */
static int has_offset(const char *text, Py_ssize_t size)
{
    return size > 6 && (text[size - 6] == '+' || text[size - 6] == '-') && memcmp(text + size - 5, "00:00", 5) != 0;
}

/* moment(text): the date-time of a text as most servers write it; None where it is in another form. */
static PyObject *moment(PyObject *module, PyObject *string)
{
    PyObject *value = PyUnicode_CheckExact(string) ? datetime_of(string) : Py_NewRef(Py_None);
    if (value == NULL) {
        value = timed_of(string);
    }
    if (value == NULL && PyUnicode_IS_COMPACT_ASCII(string) && has_offset(PyUnicode_DATA(string), PyUnicode_GET_LENGTH(string))) {
        value = moment_of(string);
    }
    return value == NULL ? Py_NewRef(Py_None) : value;
}

/* decimal(text): a decimal of digits with a point or none; None where the text is in another form. */
static PyObject *decimal(PyObject *module, PyObject *string)
{
    PyObject *value = PyUnicode_CheckExact(string) && PyUnicode_IS_COMPACT_ASCII(string)
        ? decimal_of_text(PyUnicode_DATA(string), PyUnicode_GET_LENGTH(string))
        : NULL;
    return value != NULL || PyErr_Occurred() ? value : Py_NewRef(Py_None);
}

static PyObject *boolean_of(const char *text, Py_ssize_t size)
{
    if ((size == 4 && memcmp(text, "true", 4) == 0) || (size == 1 && *text == '1')) {
        return Py_NewRef(Py_True);
    }
    return (size == 5 && memcmp(text, "false", 5) == 0) || (size == 1 && *text == '0') ? Py_NewRef(Py_False) : NULL;
}

static PyObject *quick_value_of(ReadPlace *place, const char *text, Py_ssize_t size)
{
    switch (place->kind) {
    case READ_INTEGER:
        return integer_of(place, text, size);
    case READ_FLOAT:
        return float_of(text, size);
    case READ_BOOLEAN:
        return boolean_of(text, size);
    case READ_DECIMAL:
        return decimal_of_text(text, size);
    case READ_DURATION:
        return duration_of(text, size);
    case READ_OCTETS:
        return octets_of(text, size);
    default:
        return NULL;
    }
}

PyObject *value_of(ReadPlace *place, const char *text, Py_ssize_t size)
{
    PyObject *value = quick_value_of(place, text, size);
    if (value != NULL || PyErr_Occurred()) {
        return value;
    }
    PyObject *string = PyUnicode_DecodeUTF8(text, size, NULL);
    if (string == NULL || place->kind == READ_TEXT) {
        return string;
    }
    if (place->kind == READ_DATETIME) {
        value = datetime_of(string);
        if (value == NULL) {
            value = timed_of(string);
        }
        if (value == NULL && has_offset(text, size)) {
            value = moment_of(string);
        }
    } else if (place->kind == READ_UUID) {
        value = uuid_of(string);
    } else if (place->kind == READ_DATE) {
        value = date_of(string);
    } else if (place->kind == READ_TIME) {
        value = time_of(string);
    } else if (place->kind == READ_LISTED) {
        value = Py_XNewRef(PyDict_GetItemWithError(place->first, string));
    }
    if (value == NULL && !PyErr_Occurred() && place->parse != Py_None) {
        value = PyObject_CallOneArg(place->parse, string);
    }
    Py_DECREF(string);
    return value;
}

ReadPlan *read_plan_of(ReadPlace *place)
{
    PyObject *plan = Py_NewRef(place->first);
    if (!Py_IS_TYPE(plan, &XmlReadPlan_Type)) {
        PyObject *link = plan;
        plan = PyObject_CallNoArgs(link);
        Py_DECREF(link);
        if (plan == NULL || !Py_IS_TYPE(plan, &XmlReadPlan_Type)) {
            Py_XDECREF(plan);
            return NULL;
        }
        Py_SETREF(place->first, Py_NewRef(plan));
    }
    return (ReadPlan *)plan;
}

PyObject *default_of(PyObject *pair)
{
    if (pair == Py_None) {
        return NULL;
    }
    PyObject *value = PyTuple_GET_ITEM(pair, 0);
    return PyTuple_GET_ITEM(pair, 1) == Py_True ? PyObject_CallNoArgs(value) : Py_NewRef(value);
}

/* ReadPlace */

static int ReadPlace_traverse(ReadPlace *self, visitproc visit, void *arg)
{
    Py_VISIT(self->first);
    Py_VISIT(self->parse);
    Py_VISIT(self->build);
    Py_VISIT(self->types);
    return 0;
}

static int ReadPlace_clear(ReadPlace *self)
{
    Py_CLEAR(self->first);
    Py_CLEAR(self->parse);
    Py_CLEAR(self->build);
    Py_CLEAR(self->types);
    return 0;
}

static void ReadPlace_dealloc(ReadPlace *self)
{
    PyObject_GC_UnTrack(self);
    ReadPlace_clear(self);
    Py_CLEAR(self->names);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int is_range(PyObject *first)
{
    return PyTuple_CheckExact(first) && PyTuple_GET_SIZE(first) == 2 && PyLong_CheckExact(PyTuple_GET_ITEM(first, 0))
        && PyLong_CheckExact(PyTuple_GET_ITEM(first, 1));
}

int are_bytes(PyObject *names)
{
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(names); index++) {
        if (!PyBytes_CheckExact(PyTuple_GET_ITEM(names, index))) {
            return 0;
        }
    }
    return 1;
}

/* Whether a tuple has alternatives: a place, a function or None, and whether the class is closed. */
static int are_alternatives(PyObject *alternatives)
{
    if (!PyTuple_CheckExact(alternatives)) {
        return 0;
    }
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(alternatives); index++) {
        PyObject *alternative = PyTuple_GET_ITEM(alternatives, index);
        if (!PyTuple_CheckExact(alternative) || PyTuple_GET_SIZE(alternative) != 3
            || !Py_IS_TYPE(PyTuple_GET_ITEM(alternative, 0), &ReadPlace_Type)) {
            return 0;
        }
    }
    return 1;
}

/* Whether a dict has places of models, or True. */
static int are_types(PyObject *types)
{
    PyObject *key, *value;
    Py_ssize_t position = 0;
    while (PyDict_Next(types, &position, &key, &value)) {
        if (value != Py_True && (!Py_IS_TYPE(value, &ReadPlace_Type) || ((ReadPlace *)value)->kind != READ_MODEL)) {
            return 0;
        }
    }
    return 1;
}

/* Whether a tuple is the place of a single element, or None, and those of items. */
static int is_single_and_items(PyObject *first)
{
    if (!PyTuple_CheckExact(first) || PyTuple_GET_SIZE(first) < 2) {
        return 0;
    }
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(first); index++) {
        PyObject *place = PyTuple_GET_ITEM(first, index);
        if (!Py_IS_TYPE(place, &ReadPlace_Type) && (index > 0 || place != Py_None)) {
            return 0;
        }
    }
    return 1;
}

static int is_described(ReadPlace *self)
{
    PyObject *key, *value;
    Py_ssize_t position = 0;
    switch (self->kind) {
    case READ_INTEGER:
        return self->first == Py_None || is_range(self->first);
    case READ_LISTED:
        return PyDict_CheckExact(self->first);
    case READ_LIST:
        return Py_IS_TYPE(self->first, &ReadPlace_Type) && PyTuple_GET_SIZE(self->names) > 0;
    case READ_MODEL:
        return Py_IS_TYPE(self->first, &XmlReadPlan_Type) || PyCallable_Check(self->first);
    case READ_CHOICE:
        while (PyDict_CheckExact(self->first) && PyDict_Next(self->first, &position, &key, &value)) {
            if (!Py_IS_TYPE(value, &ReadPlace_Type) || ((ReadPlace *)value)->kind != READ_MODEL) {
                return 0;
            }
        }
        return PyDict_CheckExact(self->first) && PyTuple_GET_SIZE(self->names) == 1;
    case READ_MAP:
        return Py_IS_TYPE(self->first, &ReadPlace_Type) && PyTuple_GET_SIZE(self->names) == 1;
    case READ_TRIED:
        return are_alternatives(self->first);
    case READ_ONE_OR_MANY:
        return is_single_and_items(self->first);
    default:
        return self->kind >= READ_OFF && self->kind <= READ_ONE_OR_MANY;
    }
}

/* Integers that no long long holds are for the reference. */
static int set_range(ReadPlace *self)
{
    if (self->kind != READ_INTEGER || self->first == Py_None) {
        return 0;
    }
    int under = 0, over = 0;
    self->is_ranged = 1;
    self->least = PyLong_AsLongLongAndOverflow(PyTuple_GET_ITEM(self->first, 0), &under);
    self->greatest = PyLong_AsLongLongAndOverflow(PyTuple_GET_ITEM(self->first, 1), &over);
    self->least = under < 0 ? LLONG_MIN : under > 0 ? LLONG_MAX : self->least;
    self->greatest = over > 0 ? LLONG_MAX : over < 0 ? LLONG_MIN : self->greatest;
    return PyErr_Occurred() ? -1 : 0;
}

static PyObject *ReadPlace_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *words[] = {"kind", "first", "parse", "nullable", "build", "names", "is_attribute", "types", NULL};
    int kind = READ_OFF, nullable = 0, is_attribute = 0;
    PyObject *first = Py_None, *parse = Py_None, *build = Py_None, *names = NULL, *types = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "i|$OOpOO!pO!", words, &kind, &first, &parse, &nullable, &build,
                                     &PyTuple_Type, &names, &is_attribute, &PyDict_Type, &types)) {
        return NULL;
    }
    ReadPlace *self = (ReadPlace *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->kind = kind;
    self->nullable = nullable;
    self->is_attribute = is_attribute;
    self->first = Py_NewRef(first);
    self->parse = Py_NewRef(parse);
    self->build = Py_NewRef(build);
    self->names = names == NULL ? PyTuple_New(0) : Py_NewRef(names);
    self->types = Py_XNewRef(types);
    if (self->names == NULL || (types != NULL && !are_types(types)) || !is_described(self) || !are_bytes(self->names) || set_range(self) < 0) {
        Py_DECREF(self);
        if (!PyErr_Occurred()) {
            PyErr_SetString(PyExc_TypeError, "a place of this kind is described otherwise");
        }
        return NULL;
    }
    return (PyObject *)self;
}

PyTypeObject ReadPlace_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bindwright_accelerator.xml_documents.ReadPlace",
    .tp_doc = "Where a value is read.",
    .tp_basicsize = sizeof(ReadPlace),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = ReadPlace_new,
    .tp_dealloc = (destructor)ReadPlace_dealloc,
    .tp_traverse = (traverseproc)ReadPlace_traverse,
    .tp_clear = (inquiry)ReadPlace_clear,
};

/* ReadPlan */

static int ReadPlan_traverse(ReadPlan *self, visitproc visit, void *arg)
{
    Py_VISIT(self->model);
    Py_VISIT(self->children);
    Py_VISIT(self->attributes);
    Py_VISIT(self->twins);
    Py_VISIT(self->defaults);
    Py_VISIT(self->others);
    Py_VISIT(self->extra_of);
    Py_VISIT(self->text);
    return 0;
}

static int ReadPlan_clear(ReadPlan *self)
{
    /* What the entries refer to goes with them. */
    self->entry_count = self->attribute_count = self->twin_count = 0;
    Py_CLEAR(self->model);
    Py_CLEAR(self->children);
    Py_CLEAR(self->attributes);
    Py_CLEAR(self->twins);
    Py_CLEAR(self->defaults);
    Py_CLEAR(self->others);
    Py_CLEAR(self->extra_of);
    Py_CLEAR(self->text);
    return 0;
}

static void ReadPlan_dealloc(ReadPlan *self)
{
    PyObject_GC_UnTrack(self);
    ReadPlan_clear(self);
    PyMem_Free(self->entries);
    PyMem_Free(self->attribute_entries);
    PyMem_Free(self->twin_entries);
    PyMem_Free(self->offsets);
    PyMem_Free(self->other_offsets);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Entries of tuples (name, number, index, is_many, null_is_absent, place); NULL and an exception where one is none. */
static Entry *entries_of(PyObject *tuples, Py_ssize_t count)
{
    Py_ssize_t size = PyTuple_GET_SIZE(tuples);
    Entry *entries = PyMem_Calloc((size_t)size + 1, sizeof(Entry));
    if (entries == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (Py_ssize_t index = 0; index < size; index++) {
        Entry *entry = &entries[index];
        PyObject *name, *place, *tuple = PyTuple_GET_ITEM(tuples, index);
        if (!PyTuple_CheckExact(tuple)
            || !PyArg_ParseTuple(tuple, "O!nnppO!", &PyBytes_Type, &name, &entry->number, &entry->index, &entry->is_many,
                                 &entry->null_is_absent, &ReadPlace_Type, &place)
            || entry->number < 0 || entry->number >= count || entry->index < 0) {
            if (!PyErr_Occurred()) {
                PyErr_SetString(PyExc_ValueError, "an entry of no member");
            }
            PyMem_Free(entries);
            return NULL;
        }
        entry->name = PyBytes_AS_STRING(name);
        entry->size = (size_t)PyBytes_GET_SIZE(name);
        entry->place = (ReadPlace *)place;
    }
    return entries;
}

/* Whether a tuple has (value, is a factory) or None for each member. */
static int are_defaults(PyObject *defaults, int may_be_none)
{
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(defaults); index++) {
        PyObject *pair = PyTuple_GET_ITEM(defaults, index);
        int is_pair = PyTuple_CheckExact(pair) && PyTuple_GET_SIZE(pair) == 2;
        if (!is_pair && !(may_be_none && pair == Py_None)) {
            return 0;
        }
    }
    return 1;
}

static PyObject *ReadPlan_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *words[] = {"model", "members", "children", "attributes", "twins", "defaults", "other_members", "others", "kept",
                            "extra_of", "text", "is_ordered", "refuses_unknown", "text_is_required", "text_is_nullable",
                            "text_is_string", NULL};
    PyObject *model, *members, *children, *attributes, *twins, *defaults, *other_members, *others, *kept, *extra_of, *text;
    int ordered, refuses, required, nullable, string;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!O!O!O!O!O!O!O!OOOppppp", words, &PyType_Type, &model, &PyTuple_Type,
                                     &members, &PyTuple_Type, &children, &PyTuple_Type, &attributes, &PyTuple_Type,
                                     &twins, &PyTuple_Type, &defaults, &PyTuple_Type, &other_members, &PyTuple_Type, &others, &kept, &extra_of,
                                     &text, &ordered, &refuses, &required, &nullable, &string)) {
        return NULL;
    }
    Py_ssize_t count = PyTuple_GET_SIZE(members);
    if (PyTuple_GET_SIZE(defaults) != count || !are_defaults(defaults, 1) || !are_defaults(others, 0)
        || PyTuple_GET_SIZE(others) != PyTuple_GET_SIZE(other_members)
        || (text != Py_None && (!Py_IS_TYPE(text, &ReadPlace_Type) || count == 0))) {
        PyErr_SetString(PyExc_ValueError, "a default for each member");
        return NULL;
    }
    ReadPlan *self = (ReadPlan *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->model = (PyTypeObject *)Py_NewRef(model);
    self->children = Py_NewRef(children);
    self->attributes = Py_NewRef(attributes);
    self->twins = Py_NewRef(twins);
    self->defaults = Py_NewRef(defaults);
    self->others = Py_NewRef(others);
    self->extra_of = Py_NewRef(extra_of);
    self->text = text == Py_None ? NULL : (ReadPlace *)Py_NewRef(text);
    self->count = count;
    self->is_ordered = ordered;
    self->refuses_unknown = refuses;
    self->text_is_required = required;
    self->text_is_nullable = nullable;
    self->text_is_string = string;
    self->entries = entries_of(children, count);
    self->attribute_entries = self->entries == NULL ? NULL : entries_of(attributes, count);
    self->twin_entries = self->attribute_entries == NULL ? NULL : entries_of(twins, count);
    self->offsets = self->twin_entries == NULL ? NULL : offsets_of(model, members);
    self->other_offsets = self->offsets == NULL ? NULL : offsets_of(model, other_members);
    self->kept = self->other_offsets == NULL ? -2 : optional_offset(model, kept);
    if (self->kept == -2) {
        Py_DECREF(self);
        return NULL;
    }
    self->entry_count = PyTuple_GET_SIZE(children);
    for (Py_ssize_t index = 0; index < self->entry_count; index++) {
        self->collects |= self->entries[index].place->kind == READ_ONE_OR_MANY;
    }
    self->attribute_count = PyTuple_GET_SIZE(attributes);
    self->twin_count = PyTuple_GET_SIZE(twins);
    return (PyObject *)self;
}

PyTypeObject XmlReadPlan_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bindwright_accelerator.xml_documents.ReadPlan",
    .tp_doc = "How a model's element is read.",
    .tp_basicsize = sizeof(ReadPlan),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = ReadPlan_new,
    .tp_dealloc = (destructor)ReadPlan_dealloc,
    .tp_traverse = (traverseproc)ReadPlan_traverse,
    .tp_clear = (inquiry)ReadPlan_clear,
};

static const struct {
    const char *name;
    int kind;
} KINDS[] = {
    {"READ_OFF", READ_OFF},           {"READ_TEXT", READ_TEXT},   {"READ_INTEGER", READ_INTEGER},
    {"READ_FLOAT", READ_FLOAT},       {"READ_BOOLEAN", READ_BOOLEAN}, {"READ_DATETIME", READ_DATETIME},
    {"READ_UUID", READ_UUID}, {"READ_DATE", READ_DATE}, {"READ_TIME", READ_TIME}, {"READ_DECIMAL", READ_DECIMAL},
    {"READ_DURATION", READ_DURATION}, {"READ_OCTETS", READ_OCTETS},         {"READ_LISTED", READ_LISTED}, {"READ_CALL", READ_CALL},
    {"READ_MODEL", READ_MODEL},       {"READ_LIST", READ_LIST},   {"READ_CHOICE", READ_CHOICE},
    {"READ_MAP", READ_MAP},           {"READ_FREE", READ_FREE},     {"READ_CHOSEN", READ_CHOSEN},
    {"READ_QNAME", READ_QNAME},       {"READ_TRIED", READ_TRIED}, {"READ_ONE_OR_MANY", READ_ONE_OR_MANY},
};

static PyMethodDef functions[] = {
    {"moment", moment, METH_O, "The date-time of a text in UTC as most servers write it; None where it is in another form."},
    {"decimal", decimal, METH_O, "decimal(text): a decimal; None where its text is in another form."},
    {NULL, NULL, 0, NULL},
};

int read_plans_ready(PyObject *module)
{
    PyDateTime_IMPORT;
    if (PyDateTimeAPI == NULL || PyModule_AddFunctions(module, functions) < 0) {
        return -1;
    }
    if (PyType_Ready(&ReadPlace_Type) < 0 || PyType_Ready(&XmlReadPlan_Type) < 0) {
        return -1;
    }
    for (size_t index = 0; index < sizeof(KINDS) / sizeof(KINDS[0]); index++) {
        if (PyModule_AddIntConstant(module, KINDS[index].name, KINDS[index].kind) < 0) {
            return -1;
        }
    }
    return PyModule_AddObjectRef(module, "ReadPlace", (PyObject *)&ReadPlace_Type) < 0
        ? -1
        : PyModule_AddObjectRef(module, "ReadPlan", (PyObject *)&XmlReadPlan_Type);
}
