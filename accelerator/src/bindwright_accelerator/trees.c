/* From parsed JSON to models: documents with members that the model does not have, which msgspec's struct refuses.
 *
 * The types are checked here. What is not the plain case goes to the function of its place in Python, and any error
 * ends the attempt.
 */
#include "trees.h"

#include "moments.h"
#include "numbers.h"
#include "texts.h"

PyObject *NO_NAMES;

static PyObject *refused(void)
{
    PyErr_SetString(PyExc_ValueError, "a value that is for the reference");
    return NULL;
}

/* Members of an object */

/* Set the member at an index; the names of nulls that stand for nothing are added to the list, which is made here. */
static int set_member(TreePlan *plan, Py_ssize_t index, PyObject *tree, PyObject *object, Py_ssize_t *count,
                      PyObject **nulls)
{
    Place *place = (Place *)PyTuple_GET_ITEM(plan->places, index);
    PyObject *name = PyTuple_GET_ITEM(plan->names, index);
    PyObject *value = PyDict_GetItemWithError(tree, name), *member = NULL;
    if (value != NULL) {
        *count += 1;
    }
    if (value == Py_None && !place->nullable && place->absent != NULL) {
        if (*nulls == NULL) {
            *nulls = PyList_New(0);
        }
        value = *nulls == NULL || PyList_Append(*nulls, name) < 0 ? NULL : NOT_THERE;
    }
    if (value == NULL || value == NOT_THERE) {
        member = PyErr_Occurred() ? NULL : absent_value(place);
    } else {
        member = grown(place, value);
    }
    SLOT(object, plan->targets[index]) = member;
    return member == NULL ? -1 : 0;
}

/* The members without a name, as a dict; NULL and an exception where memory ends. */
static PyObject *further_members(TreePlan *plan, PyObject *tree)
{
    PyObject *result = PyDict_New(), *key, *value;
    Py_ssize_t position = 0;
    while (result != NULL && PyDict_Next(tree, &position, &key, &value)) {
        int is_known = PySet_Contains(plan->known, key);
        if (is_known < 0 || (is_known == 0 && PyDict_SetItem(result, key, value) < 0)) {
            Py_CLEAR(result);
        }
    }
    return result;
}

/* Set the dict of additional members. */
static int set_additional(TreePlan *plan, PyObject *tree, PyObject *object, Py_ssize_t count, PyObject *nulls)
{
    PyObject *members = NULL;
    if (nulls != NULL) {
        refused(); /* a null beside additional members */
    } else if (PyDict_GET_SIZE(tree) == count) {
        members = PyDict_New();
    } else {
        PyObject *raw = further_members(plan, tree);
        members = raw == NULL ? NULL : grown((Place *)plan->further, raw);
        Py_XDECREF(raw);
    }
    SLOT(object, plan->additional) = members;
    return members == NULL ? -1 : 0;
}

/* The members without a name, so many: tuples of the name, the value, and the name before it. */
static PyObject *unknown_members(TreePlan *plan, PyObject *tree, Py_ssize_t size)
{
    PyObject *result = PyTuple_New(size), *key, *value, *before = Py_None;
    int any_known = PyDict_GET_SIZE(tree) > size;
    Py_ssize_t position = 0, index = 0;
    while (result != NULL && index < size && PyDict_Next(tree, &position, &key, &value)) {
        int is_known = any_known ? PySet_Contains(plan->known, key) : 0;
        PyObject *member = is_known == 0 ? PyTuple_New(3) : NULL;
        if (is_known < 0 || (is_known == 0 && member == NULL)) {
            Py_CLEAR(result);
        } else if (member != NULL) {
            PyTuple_SET_ITEM(member, 0, Py_NewRef(key));
            PyTuple_SET_ITEM(member, 1, Py_NewRef(value));
            PyTuple_SET_ITEM(member, 2, Py_NewRef(before));
            PyTuple_SET_ITEM(result, index++, member);
        }
        before = key;
    }
    return result;
}

static PyObject *kept_of(TreePlan *plan, PyObject *tree, Py_ssize_t count, PyObject *nulls)
{
    PyObject *members = unknown_members(plan, tree, PyDict_GET_SIZE(tree) - count);
    PyObject *names = members == NULL ? NULL : nulls == NULL ? Py_NewRef(NO_NAMES) : PyFrozenSet_New(nulls);
    PyObject *kept = names == NULL ? NULL : plan->unknown->tp_alloc(plan->unknown, 0);
    if (kept == NULL) {
        Py_XDECREF(members);
        Py_XDECREF(names);
        return NULL;
    }
    SLOT(kept, plan->kept[0]) = members;
    SLOT(kept, plan->kept[1]) = names;
    return kept;
}

/* Set what is kept of unknown members and of nulls. */
static int set_extra(TreePlan *plan, PyObject *tree, PyObject *object, Py_ssize_t count, PyObject *nulls)
{
    PyObject *extra;
    if (plan->additional >= 0 || (PyDict_GET_SIZE(tree) == count && nulls == NULL)) {
        extra = Py_NewRef(Py_None);
    } else {
        extra = kept_of(plan, tree, count, nulls);
    }
    SLOT(object, plan->extra) = extra;
    return extra == NULL ? -1 : 0;
}

static PyObject *grown_model(TreePlan *plan, PyObject *tree)
{
    if (!PyDict_CheckExact(tree)) {
        return refused();
    }
    PyObject *object = plan->model->tp_alloc(plan->model, 0), *nulls = NULL;
    if (object == NULL) {
        return NULL;
    }
    Py_ssize_t count = 0, size = PyTuple_GET_SIZE(plan->places);
    int status = 0;
    for (Py_ssize_t index = 0; status == 0 && index < size; index++) {
        status = set_member(plan, index, tree, object, &count, &nulls);
    }
    if (status == 0) {
        status = set_constants(&plan->constants, object);
    }
    if (status == 0 && plan->additional >= 0) {
        status = set_additional(plan, tree, object, count, nulls);
    }
    if (status == 0 && plan->extra >= 0) {
        status = set_extra(plan, tree, object, count, nulls);
    }
    Py_XDECREF(nulls);
    if (status < 0) {
        Py_CLEAR(object);
    }
    return object;
}

/* Values */

static PyObject *grown_slowly(Place *place, PyObject *value)
{
    return place->slow == Py_None ? refused() : PyObject_CallOneArg(place->slow, value);
}

static PyObject *grown_object(Place *place, PyObject *value)
{
    PyObject *plan = plan_of(place, &TreePlan_Type), *result = NULL;
    if (plan != NULL) {
        result = grown_model((TreePlan *)plan, value);
        Py_DECREF(plan);
    } else if (!PyErr_Occurred()) {
        result = grown_slowly(place, value);
    }
    return result;
}

static PyObject *grown_choice(Place *place, PyObject *value)
{
    PyObject *plan = plan_of(place, &ChoicePlan_Type), *result = plan == NULL ? NULL : chosen(plan, value);
    Py_XDECREF(plan);
    return result != NULL || PyErr_Occurred() ? result : grown_slowly(place, value);
}

/* An object whose class its discriminator tells; classes that have not come yet are the reference's. */
static PyObject *grown_by_tag(Place *place, PyObject *value)
{
    PyObject *text = PyDict_CheckExact(value) ? PyDict_GetItemWithError(value, PyTuple_GET_ITEM(place->first, 0)) : NULL;
    PyObject *derived_place = text != NULL && PyUnicode_CheckExact(text)
        ? PyDict_GetItemWithError(PyTuple_GET_ITEM(place->first, 1), text)
        : NULL;
    if (derived_place == NULL || !Py_IS_TYPE(derived_place, &Place_Type)) {
        return PyErr_Occurred() ? NULL : grown_slowly(place, value);
    }
    Py_INCREF(derived_place);
    PyObject *result = grown((Place *)derived_place, value);
    Py_DECREF(derived_place);
    return result;
}

static PyObject *grown_list(Place *items, PyObject *tree)
{
    Py_ssize_t size = PyList_GET_SIZE(tree);
    PyObject *result = PyList_New(size);
    for (Py_ssize_t index = 0; result != NULL && index < size; index++) {
        PyObject *item = grown(items, PyList_GET_ITEM(tree, index));
        if (item == NULL) {
            Py_CLEAR(result);
        } else {
            PyList_SET_ITEM(result, index, item);
        }
    }
    return result;
}

static PyObject *grown_map(Place *values, PyObject *tree)
{
    PyObject *result = PyDict_New(), *key, *value;
    Py_ssize_t position = 0;
    while (result != NULL && PyDict_Next(tree, &position, &key, &value)) {
        PyObject *item = grown(values, value);
        if (item == NULL || PyDict_SetItem(result, key, item) < 0) {
            Py_CLEAR(result);
        }
        Py_XDECREF(item);
    }
    return result;
}

static PyObject *grown_container(Place *place, PyObject *value)
{
    if (Py_EnterRecursiveCall(" in a document")) {
        return NULL;
    }
    PyObject *result;
    if (place->kind == KIND_MODEL) {
        result = grown_object(place, value);
    } else if (place->kind == KIND_ALTERNATIVES) {
        result = grown_choice(place, value);
    } else if (place->kind == KIND_TOLD) {
        result = grown_by_tag(place, value);
    } else if (place->kind == KIND_LIST) {
        result = PyList_CheckExact(value) ? grown_list((Place *)place->first, value) : refused();
    } else {
        result = PyDict_CheckExact(value) ? grown_map((Place *)place->first, value) : refused();
    }
    Py_LeaveRecursiveCall();
    return result;
}

static int is_in_range(PyObject *value, PyObject *range)
{
    if (!PyLong_CheckExact(value)) {
        return 0;
    }
    return PyObject_RichCompareBool(value, PyTuple_GET_ITEM(range, 0), Py_GE) == 1
        && PyObject_RichCompareBool(value, PyTuple_GET_ITEM(range, 1), Py_LE) == 1;
}

/* Whether a value that is not null is taken over as it is. */
static int is_taken(Place *place, PyObject *value)
{
    switch (place->kind) {
    case KIND_AS_IS:
        return Py_IS_TYPE(value, (PyTypeObject *)place->first);
    case KIND_BOOLEAN:
        return value == Py_True || value == Py_False;
    case KIND_NUMBER:
        return PyFloat_CheckExact(value) || PyLong_CheckExact(value);
    case KIND_RANGE:
        return is_in_range(value, place->first);
    case KIND_LISTED:
        return PyUnicode_CheckExact(value) && PySet_Contains(place->first, value) == 1;
    default:
        return place->kind == KIND_ANY;
    }
}

PyObject *grown(Place *place, PyObject *value)
{
    if (value == Py_None && place->kind != KIND_ANY) {
        return place->nullable ? Py_NewRef(Py_None) : refused();
    }
    if (is_taken(place, value)) {
        return Py_NewRef(value);
    }
    PyObject *result = NULL;
    switch (place->kind) {
    case KIND_MODEL:
    case KIND_LIST:
    case KIND_MAP:
    case KIND_ALTERNATIVES:
    case KIND_TOLD:
        return grown_container(place, value);
    case KIND_DATETIME:
        result = moment_of(value);
        break;
    case KIND_UUID:
        result = uuid_of(value);
        break;
    case KIND_TIME:
        result = time_of(value);
        break;
    case KIND_DATE:
        result = date_of(value);
        break;
    case KIND_DURATION:
        result = of_text(duration_of, value);
        break;
    case KIND_OCTETS:
        result = of_text(octets_of, value);
        break;
    case KIND_URL_OCTETS:
        result = of_text(url_octets_of, value);
        break;
    case KIND_DECIMAL:
        result = decimal_of_parsed(value);
        break;
    case KIND_MEMBER:
        if (PyUnicode_CheckExact(value) || PyLong_CheckExact(value)) {
            result = Py_XNewRef(PyDict_GetItemWithError(place->first, value));
        }
        break;
    default:
        break;
    }
    return result != NULL || PyErr_Occurred() ? result : grown_slowly(place, value);
}

PyDoc_STRVAR(grow_doc,
             "grow(place, tree, data, levels)\n--\n\n"
             "The value that parsed JSON of so many levels at most stands for. Any exception means: read the document the general way, which\n"
             "is also what a document gets that has more quotation marks than what was parsed of it.");

static PyObject *grow(PyObject *module, PyObject *const *args, Py_ssize_t size)
{
    if (size != 4 || !Py_IS_TYPE(args[0], &Place_Type) || !PyBytes_CheckExact(args[2])) {
        PyErr_SetString(PyExc_TypeError, "grow(place, tree, data, levels)");
        return NULL;
    }
    int levels = (int)PyLong_AsLong(args[3]);
    if (levels < 0 || levels > DEEPEST) {
        return PyErr_Occurred() ? NULL : refused();
    }
    Py_ssize_t marks = marks_of_value(args[1], levels);
    if (marks < 0) {
        return NULL;
    }
    if (!has_marks(args[2], marks)) {
        return refused();
    }
    return grown((Place *)args[0], args[1]);
}

/* TreePlan */

static int TreePlan_traverse(TreePlan *self, visitproc visit, void *arg)
{
    Py_VISIT(self->model);
    Py_VISIT(self->names);
    Py_VISIT(self->places);
    Py_VISIT(self->constants.values);
    Py_VISIT(self->constants.factories);
    Py_VISIT(self->unknown);
    Py_VISIT(self->further);
    Py_VISIT(self->known);
    return 0;
}

static int TreePlan_clear(TreePlan *self)
{
    Py_CLEAR(self->model);
    Py_CLEAR(self->names);
    Py_CLEAR(self->places);
    Py_CLEAR(self->constants.values);
    Py_CLEAR(self->constants.factories);
    Py_CLEAR(self->unknown);
    Py_CLEAR(self->further);
    Py_CLEAR(self->known);
    return 0;
}

static void TreePlan_dealloc(TreePlan *self)
{
    PyObject_GC_UnTrack(self);
    TreePlan_clear(self);
    PyMem_Free(self->kept);
    PyMem_Free(self->targets);
    PyMem_Free(self->constants.offsets);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *TreePlan_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names_of[] = {"model", "names", "attributes", "places", "other_attributes", "constants", "factories",
                               "extra", "unknown", "additional", "further", NULL};
    PyObject *model, *names, *attributes, *places, *other_attributes, *constants, *factories;
    PyObject *extra, *unknown, *additional, *further;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!O!O!O!O!O!O!OO!OO", names_of, &PyType_Type, &model, &PyTuple_Type,
                                     &names, &PyTuple_Type, &attributes, &PyTuple_Type, &places, &PyTuple_Type,
                                     &other_attributes, &PyTuple_Type, &constants, &PyTuple_Type, &factories, &extra,
                                     &PyType_Type, &unknown, &additional, &further)) {
        return NULL;
    }
    Py_ssize_t size = PyTuple_GET_SIZE(names), others = PyTuple_GET_SIZE(constants);
    if (PyTuple_GET_SIZE(attributes) != size || PyTuple_GET_SIZE(places) != size
        || PyTuple_GET_SIZE(other_attributes) != others || PyTuple_GET_SIZE(factories) != others
        || (additional != Py_None && !Py_IS_TYPE(further, &Place_Type))) {
        PyErr_SetString(PyExc_ValueError, "a name, an attribute and a place for each member");
        return NULL;
    }
    TreePlan *self = (TreePlan *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->model = (PyTypeObject *)Py_NewRef(model);
    self->names = Py_NewRef(names);
    self->places = Py_NewRef(places);
    self->constants.values = Py_NewRef(constants);
    self->constants.factories = Py_NewRef(factories);
    self->unknown = (PyTypeObject *)Py_NewRef(unknown);
    self->further = Py_NewRef(further);
    self->known = PyFrozenSet_New(names);
    PyObject *slots = self->known == NULL ? NULL : Py_BuildValue("(sss)", "members", "nulls", "source");
    self->kept = slots == NULL ? NULL : offsets_of(unknown, slots);
    Py_XDECREF(slots);
    self->targets = self->kept == NULL ? NULL : offsets_of(model, attributes);
    self->constants.offsets = self->targets == NULL ? NULL : offsets_of(model, other_attributes);
    self->extra = self->constants.offsets == NULL ? -2 : optional_offset(model, extra);
    self->additional = self->extra == -2 ? -2 : optional_offset(model, additional);
    if (self->additional == -2) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

PyTypeObject TreePlan_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bindwright_accelerator.json_values.TreePlan",
    .tp_doc = "How a model is made of a parsed object.",
    .tp_basicsize = sizeof(TreePlan),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = TreePlan_new,
    .tp_dealloc = (destructor)TreePlan_dealloc,
    .tp_traverse = (traverseproc)TreePlan_traverse,
    .tp_clear = (inquiry)TreePlan_clear,
};

static PyMethodDef functions[] = {
    {"grow", (PyCFunction)(void (*)(void))grow, METH_FASTCALL, grow_doc},
    {NULL, NULL, 0, NULL},
};

int trees_ready(PyObject *module)
{
    Py_XSETREF(NO_NAMES, PyFrozenSet_New(NULL));
    if (NO_NAMES == NULL || PyType_Ready(&TreePlan_Type) < 0
        || PyModule_AddObjectRef(module, "TreePlan", (PyObject *)&TreePlan_Type) < 0) {
        return -1;
    }
    return PyModule_AddFunctions(module, functions);
}
