/* The module of XML: documents to and from models. */
#include "xml_documents.h"
#include "moments.h"
#include "numbers.h"
#include "texts.h"
#include "xml_read_plans.h"

PyObject *IS_ABSENT = NULL;
PyTypeObject *UUID_TYPE = NULL, *TIMED_TYPE = NULL;
Py_ssize_t UUID_INT, TIMED_XSD, TIMED_TEXT;

/* A class and the offset of a slot of it; without such a slot values of the class are Python's. */
static int fetch_slot(PyObject *type, const char *name, PyTypeObject **target, Py_ssize_t *offset)
{
    PyObject *attribute = PyUnicode_FromString(name);
    Py_ssize_t place = attribute == NULL ? -1 : offset_of(type, attribute);
    Py_XDECREF(attribute);
    if (place < 0) {
        if (!PyErr_ExceptionMatches(PyExc_TypeError)) {
            return -1;
        }
        PyErr_Clear();
        return 0;
    }
    *offset = place;
    Py_XSETREF(*target, (PyTypeObject *)Py_NewRef(type));
    return 0;
}

/* configure(absent, timed): the runtime's UNSET, and its date-time that carries a text. */
static PyObject *configure(PyObject *module, PyObject *args)
{
    PyObject *absent, *timed;
    if (!PyArg_ParseTuple(args, "OO!", &absent, &PyType_Type, &timed)) {
        return NULL;
    }
    Py_XSETREF(IS_ABSENT, Py_NewRef(absent));
    if (fetch_slot(timed, "_text", &TIMED_TYPE, &TIMED_TEXT) < 0 || fetch_slot(timed, "_xsd", &TIMED_TYPE, &TIMED_XSD) < 0
        || (TIMED_TYPE != NULL && keep_moments(timed) < 0)) {
        return NULL;
    }
    return Py_NewRef(Py_None);
}

static PyMethodDef functions[] = {
    {"configure", configure, METH_VARARGS, "Take the runtime's UNSET, and its date-time that carries a text."},
    {NULL, NULL, 0, NULL},
};

static int fetch_uuid(void)
{
    PyObject *module = PyImport_ImportModule("uuid");
    PyObject *type = module == NULL ? NULL : PyObject_GetAttrString(module, "UUID");
    int status = type == NULL ? -1 : fetch_slot(type, "int", &UUID_TYPE, &UUID_INT);
    Py_XDECREF(type);
    Py_XDECREF(module);
    return status;
}

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "bindwright_accelerator.xml_documents",
    .m_doc = "Documents of XML to and from models.",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit_xml_documents(void)
{
    PyObject *module = fetch_uuid() < 0 ? NULL : PyModule_Create(&definition);
    if (module == NULL) {
        return NULL;
    }
    if (texts_ready() < 0 || moments_ready() < 0 || decimals_ready() < 0 || writing_ready(module) < 0 || reading_ready(module) < 0) {
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
