/* Readers of documents: msgspec reads the struct, the value is made of it; nothing of it is a frame of Python.
 *
 * A document that is not plainly right goes to the function in Python, or to the one that reads what deviates.
 */
#include "json_values.h"

typedef struct {
    PyObject_HEAD
    vectorcallfunc vectorcall;
    Place *place;
    PyObject *decode;    /* from the document to the struct */
    PyObject *prove;     /* see `read` */
    PyObject *guard;
    Py_ssize_t wary;     /* offset in it of whether attempts have failed lately */
    PyObject *give_up;   /* reads what an attempt could not read */
    PyObject *otherwise; /* reads large documents, and all while the guard is wary */
    Py_ssize_t largest;
} DocumentReader;

/* The value; NULL and an exception where the attempt has failed. */
static PyObject *attempted(DocumentReader *self, PyObject *data)
{
    PyObject *structure = PyObject_CallOneArg(self->decode, data);
    if (structure == NULL) {
        return NULL;
    }
    int is_counted = 0;
    PyObject *value = moved_document(self->place, structure, data, &is_counted);
    if (value != NULL && !is_counted) {
        PyObject *proof = PyObject_CallFunctionObjArgs(self->prove, data, structure, NULL);
        if (proof == NULL) {
            Py_CLEAR(value);
        }
        Py_XDECREF(proof);
    }
    Py_DECREF(structure);
    return value;
}

static PyObject *DocumentReader_call(PyObject *callable, PyObject *const *args, size_t flags, PyObject *names)
{
    DocumentReader *self = (DocumentReader *)callable;
    if (PyVectorcall_NARGS(flags) != 1 || names != NULL) {
        PyErr_SetString(PyExc_TypeError, "a document alone");
        return NULL;
    }
    PyObject *data = args[0];
    if (!PyBytes_CheckExact(data) || PyBytes_GET_SIZE(data) > self->largest || SLOT(self->guard, self->wary) != Py_False) {
        return PyObject_CallOneArg(self->otherwise, data);
    }
    PyObject *value = attempted(self, data);
    if (value != NULL || !PyErr_ExceptionMatches(PyExc_Exception)) {
        return value;
    }
    PyErr_Clear(); /* whatever it is, the general way says it better */
    return PyObject_CallOneArg(self->give_up, data);
}

static int DocumentReader_traverse(DocumentReader *self, visitproc visit, void *arg)
{
    Py_VISIT(self->place);
    Py_VISIT(self->decode);
    Py_VISIT(self->prove);
    Py_VISIT(self->guard);
    Py_VISIT(self->give_up);
    Py_VISIT(self->otherwise);
    return 0;
}

static int DocumentReader_clear(DocumentReader *self)
{
    Py_CLEAR(self->place);
    Py_CLEAR(self->decode);
    Py_CLEAR(self->prove);
    Py_CLEAR(self->guard);
    Py_CLEAR(self->give_up);
    Py_CLEAR(self->otherwise);
    return 0;
}

static void DocumentReader_dealloc(DocumentReader *self)
{
    PyObject_GC_UnTrack(self);
    DocumentReader_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *DocumentReader_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"place", "decode", "prove", "guard", "give_up", "otherwise", "largest", NULL};
    PyObject *place, *decode, *prove, *guard, *give_up, *otherwise;
    Py_ssize_t largest;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!OOOOOn", names, &Place_Type, &place, &decode, &prove, &guard,
                                     &give_up, &otherwise, &largest)) {
        return NULL;
    }
    PyObject *attribute = PyUnicode_FromString("wary");
    Py_ssize_t wary = attribute == NULL ? -1 : offset_of((PyObject *)Py_TYPE(guard), attribute);
    Py_XDECREF(attribute);
    DocumentReader *self = wary < 0 ? NULL : (DocumentReader *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->vectorcall = DocumentReader_call;
    self->place = (Place *)Py_NewRef(place);
    self->decode = Py_NewRef(decode);
    self->prove = Py_NewRef(prove);
    self->guard = Py_NewRef(guard);
    self->wary = wary;
    self->give_up = Py_NewRef(give_up);
    self->otherwise = Py_NewRef(otherwise);
    self->largest = largest;
    return (PyObject *)self;
}

static PyTypeObject DocumentReader_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bindwright_accelerator.json_values.DocumentReader",
    .tp_doc = "A function from a document to its value.",
    .tp_basicsize = sizeof(DocumentReader),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_vectorcall_offset = offsetof(DocumentReader, vectorcall),
    .tp_call = PyVectorcall_Call,
    .tp_new = DocumentReader_new,
    .tp_dealloc = (destructor)DocumentReader_dealloc,
    .tp_traverse = (traverseproc)DocumentReader_traverse,
    .tp_clear = (inquiry)DocumentReader_clear,
};

int documents_ready(PyObject *module)
{
    if (PyType_Ready(&DocumentReader_Type) < 0) {
        return -1;
    }
    return PyModule_AddObjectRef(module, "DocumentReader", (PyObject *)&DocumentReader_Type);
}
