#include "slots.h"

Py_ssize_t offset_of(PyObject *type, PyObject *attribute)
{
    PyObject *descriptor = PyObject_GetAttr(type, attribute);
    if (descriptor != NULL && Py_IS_TYPE(descriptor, &PyMemberDescr_Type)) {
        PyMemberDef *member = ((PyMemberDescrObject *)descriptor)->d_member;
        int is_object = member->type == T_OBJECT_EX || member->type == T_OBJECT;
        if (is_object && !(member->flags & READONLY)) {
            Py_ssize_t offset = member->offset;
            Py_DECREF(descriptor);
            return offset;
        }
    }
    PyErr_Clear();
    Py_XDECREF(descriptor);
    PyErr_Format(PyExc_TypeError, "%R has no slot %R", type, attribute);
    return -1;
}

Py_ssize_t *offsets_of(PyObject *type, PyObject *attributes)
{
    Py_ssize_t count = PyTuple_GET_SIZE(attributes);
    Py_ssize_t *offsets = PyMem_Calloc((size_t)count + 1, sizeof(Py_ssize_t));
    if (offsets == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (Py_ssize_t index = 0; index < count; index++) {
        offsets[index] = offset_of(type, PyTuple_GET_ITEM(attributes, index));
        if (offsets[index] < 0) {
            PyMem_Free(offsets);
            return NULL;
        }
    }
    return offsets;
}

Py_ssize_t optional_offset(PyObject *type, PyObject *attribute)
{
    if (attribute == Py_None) {
        return -1;
    }
    Py_ssize_t offset = offset_of(type, attribute);
    return offset < 0 ? -2 : offset;
}
