#include "json_values.h"

#include "numbers.h"
#include "texts.h"

PyObject *NOT_THERE = NULL;

PyObject *plan_of(Place *place, PyTypeObject *type)
{
    /* It is linked when it is first needed, for models may hold themselves. Python's code that makes it may let other
     * threads run here, which link it as well: what is called, and what is used, must not go away with the link. */
    PyObject *plan = Py_NewRef(place->first);
    if (plan != Py_None && !Py_IS_TYPE(plan, type)) {
        PyObject *link = plan;
        plan = PyObject_CallNoArgs(link);
        Py_DECREF(link);
        if (plan == NULL) {
            return NULL;
        }
        Py_SETREF(place->first, Py_NewRef(plan));
    }
    if (!Py_IS_TYPE(plan, type)) {
        Py_CLEAR(plan);
    }
    return plan;
}

int set_constants(const Constants *constants, PyObject *object)
{
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(constants->values); index++) {
        PyObject *value = PyTuple_GET_ITEM(constants->values, index);
        int is_factory = PyTuple_GET_ITEM(constants->factories, index) == Py_True;
        PyObject *member = is_factory ? PyObject_CallNoArgs(value) : Py_NewRef(value);
        SLOT(object, constants->offsets[index]) = member;
        if (member == NULL) {
            return -1;
        }
    }
    return 0;
}

/* Place */

static int Place_traverse(Place *self, visitproc visit, void *arg)
{
    Py_VISIT(self->first);
    Py_VISIT(self->absent);
    Py_VISIT(self->slow);
    return 0;
}

static int Place_clear(Place *self)
{
    Py_CLEAR(self->first);
    Py_CLEAR(self->absent);
    Py_CLEAR(self->slow);
    return 0;
}

static void Place_dealloc(Place *self)
{
    PyObject_GC_UnTrack(self);
    Place_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int is_described(int kind, PyObject *first)
{
    switch (kind) {
    case KIND_LIST:
    case KIND_MAP:
    case KIND_PARSED:
        return Py_IS_TYPE(first, &Place_Type);
    case KIND_CHOICE: {
        PyObject *key, *place;
        Py_ssize_t position = 0;
        while (PyDict_Check(first) && PyDict_Next(first, &position, &key, &place)) {
            if (!Py_IS_TYPE(place, &Place_Type)) {
                return 0;
            }
        }
        return PyDict_Check(first);
    }
    case KIND_LISTED:
        return PyFrozenSet_Check(first);
    case KIND_TOLD:
        return PyTuple_CheckExact(first) && PyTuple_GET_SIZE(first) == 2 && PyUnicode_CheckExact(PyTuple_GET_ITEM(first, 0))
            && PyDict_CheckExact(PyTuple_GET_ITEM(first, 1));
    case KIND_MEMBER:
        return PyDict_CheckExact(first);
    case KIND_RANGE:
        return PyTuple_CheckExact(first) && PyTuple_GET_SIZE(first) == 2
            && PyLong_CheckExact(PyTuple_GET_ITEM(first, 0)) && PyLong_CheckExact(PyTuple_GET_ITEM(first, 1));
    case KIND_MODEL:
    case KIND_ALTERNATIVES:
        return Py_IS_TYPE(first, &ReadPlan_Type) || PyCallable_Check(first);
    default:
        return kind >= KIND_SLOW && kind <= KIND_MEMBER;
    }
}

static PyObject *Place_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"kind", "first", "slow", "nullable", "absent", "marks", "is_factory", NULL};
    int kind = KIND_SLOW, nullable = 0, is_factory = 0;
    Py_ssize_t marks = 0;
    PyObject *first = Py_None, *slow = Py_None, *absent = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "i|OO$pOnp", names, &kind, &first, &slow, &nullable, &absent,
                                     &marks, &is_factory)) {
        return NULL;
    }
    if (!is_described(kind, first) || (slow != Py_None && !PyCallable_Check(slow))) {
        PyErr_SetString(PyExc_TypeError, "a place of this kind is described otherwise");
        return NULL;
    }
    Place *self = (Place *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->kind = kind;
    self->nullable = nullable;
    self->marks = marks;
    self->is_factory = is_factory;
    self->first = Py_NewRef(first);
    self->slow = Py_NewRef(slow);
    self->absent = Py_XNewRef(absent);
    return (PyObject *)self;
}

PyTypeObject Place_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bindwright_accelerator.json_values.Place",
    .tp_doc = "The position of a value.",
    .tp_basicsize = sizeof(Place),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = Place_new,
    .tp_dealloc = (destructor)Place_dealloc,
    .tp_traverse = (traverseproc)Place_traverse,
    .tp_clear = (inquiry)Place_clear,
};

/* The module */

static const struct {
    const char *name;
    int kind;
} KINDS[] = {
    {"SLOW", KIND_SLOW},   {"AS_IS", KIND_AS_IS}, {"BOOLEAN", KIND_BOOLEAN}, {"NUMBER", KIND_NUMBER},
    {"DATETIME", KIND_DATETIME}, {"UUID", KIND_UUID}, {"ENUM", KIND_ENUM}, {"LISTED", KIND_LISTED}, {"MODEL", KIND_MODEL},
    {"LIST", KIND_LIST},   {"MAP", KIND_MAP},     {"ANY", KIND_ANY},         {"CHOICE", KIND_CHOICE},
    {"RANGE", KIND_RANGE}, {"MEMBER", KIND_MEMBER}, {"DURATION", KIND_DURATION}, {"OCTETS", KIND_OCTETS}, {"URL_OCTETS", KIND_URL_OCTETS},
    {"TIME", KIND_TIME},         {"DECIMAL", KIND_DECIMAL}, {"PARSED", KIND_PARSED},
    {"ALTERNATIVES", KIND_ALTERNATIVES}, {"TOLD", KIND_TOLD}, {"DATE", KIND_DATE},
};

static int add_kinds(PyObject *module)
{
    for (size_t index = 0; index < sizeof(KINDS) / sizeof(KINDS[0]); index++) {
        if (PyModule_AddIntConstant(module, KINDS[index].name, KINDS[index].kind) < 0) {
            return -1;
        }
    }
    return 0;
}

static int fetch_not_there(void)
{
    PyObject *msgspec = PyImport_ImportModule("msgspec");
    if (msgspec == NULL) {
        return -1;
    }
    Py_XSETREF(NOT_THERE, PyObject_GetAttrString(msgspec, "UNSET"));
    Py_DECREF(msgspec);
    return NOT_THERE == NULL ? -1 : 0;
}

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "bindwright_accelerator.json_values",
    .m_doc = "Values between models and msgspec's structs.",
    .m_size = -1,
};

PyMODINIT_FUNC PyInit_json_values(void)
{
    PyDateTime_IMPORT;
    if (PyDateTimeAPI == NULL || fetch_not_there() < 0 || PyType_Ready(&Place_Type) < 0) {
        return NULL;
    }
    PyObject *module = PyModule_Create(&definition);
    if (module == NULL) {
        return NULL;
    }
    if (PyModule_AddObjectRef(module, "Place", (PyObject *)&Place_Type) < 0 || add_kinds(module) < 0
        || reading_ready(module) < 0 || trees_ready(module) < 0 || known_ready(module) < 0 || documents_ready(module) < 0
        || choices_ready(module) < 0 || numbers_ready(module) < 0 || writing_ready(module) < 0 || texts_ready() < 0) {
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
