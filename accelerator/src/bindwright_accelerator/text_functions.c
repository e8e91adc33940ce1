/* The module of texts: functions for the runtime's own, which give None where Python is to look. */
#include "texts.h"

static int is_ascii(PyObject *value)
{
    return PyUnicode_CheckExact(value) && PyUnicode_IS_COMPACT_ASCII(value);
}

static PyObject *or_none(PyObject *value)
{
    return value != NULL || PyErr_Occurred() ? value : Py_NewRef(Py_None);
}

static PyObject *text_or_none(const char *text, Py_ssize_t size)
{
    return size < 0 ? NULL : size == 0 ? Py_NewRef(Py_None) : PyUnicode_FromStringAndSize(text, size);
}

static PyObject *read_base64(PyObject *module, PyObject *value)
{
    return or_none(is_ascii(value) ? octets_of(PyUnicode_DATA(value), PyUnicode_GET_LENGTH(value)) : NULL);
}

static PyObject *text_of_octets(PyObject *value, int is_url)
{
    if (!PyBytes_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "octets");
        return NULL;
    }
    Py_ssize_t size = PyBytes_GET_SIZE(value), rest = size % 3;
    Py_ssize_t padding = is_url && rest > 0 ? 3 - rest : 0; /* which the second alphabet goes without */
    PyObject *result = size > PY_SSIZE_T_MAX / 2 ? PyErr_NoMemory() : PyUnicode_New(base64_size(size) - padding, 127);
    if (result != NULL) {
        write_octets((const unsigned char *)PyBytes_AS_STRING(value), size, (char *)PyUnicode_DATA(result), is_url);
    }
    return result;
}

static PyObject *write_base64(PyObject *module, PyObject *value)
{
    return text_of_octets(value, 0);
}

static PyObject *read_base64url(PyObject *module, PyObject *value)
{
    return or_none(is_ascii(value) ? url_octets_of(PyUnicode_DATA(value), PyUnicode_GET_LENGTH(value)) : NULL);
}

static PyObject *write_base64url(PyObject *module, PyObject *value)
{
    return text_of_octets(value, 1);
}

static PyObject *write_time(PyObject *module, PyObject *value)
{
    char text[LONGEST_TEXT];
    return text_or_none(text, time_text(value, text));
}

static PyObject *read_duration(PyObject *module, PyObject *value)
{
    return or_none(is_ascii(value) ? duration_of(PyUnicode_DATA(value), PyUnicode_GET_LENGTH(value)) : NULL);
}

static PyObject *write_duration(PyObject *module, PyObject *value)
{
    char text[LONGEST_TEXT];
    return text_or_none(text, duration_text(value, text));
}

static PyObject *write_moment(PyObject *module, PyObject *value)
{
    char text[LONGEST_TEXT];
    return text_or_none(text, moment_text(value, text));
}

static PyMethodDef functions[] = {
    {"read_base64", read_base64, METH_O, "The octets of base64 in groups of four; None for what Python is to look at."},
    {"write_base64", write_base64, METH_O, "The octets in base64."},
    {"read_base64url", read_base64url, METH_O, "The same of the second alphabet, with padding or without."},
    {"write_base64url", write_base64url, METH_O, "The octets in the second alphabet, without padding."},
    {"write_time", write_time, METH_O, "The canonical text of a time; None for what Python is to write."},
    {"read_duration", read_duration, METH_O, "A timedelta of its canonical text; None for what Python is to look at."},
    {"write_duration", write_duration, METH_O, "The canonical text of a timedelta; None for what Python is to write."},
    {"write_moment", write_moment, METH_O, "The canonical text of a date-time; None for what Python is to write."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "bindwright_accelerator.texts",
    .m_doc = "Texts of values, and back.",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit_texts(void)
{
    return texts_ready() < 0 ? NULL : PyModule_Create(&definition);
}
