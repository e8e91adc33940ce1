/* Choices of parsed JSON: which alternative a value is meant for, as `unions` and `alternatives` of the runtime say it.
 *
 * What a schema says beyond types, names and listed texts is asked of Python (`slow`), and so is every choice that is not
 * settled here.
 */
#include "json_values.h"

enum { A_DICT, A_LIST, A_STRING, AN_INTEGER, A_FLOAT, A_BOOLEAN, A_NULL, TYPES };
enum { MOST_LEVELS = 3, MOST_ITEMS = 8, FREE = 1000 }; /* as in `alternatives` */

typedef enum {
    FIT_SLOW,
    FIT_LIST,
    FIT_MAP,
    FIT_MODEL,
    FIT_UNION,
    FIT_ANY,
    FIT_UNSURE,
    FIT_TEXT,    /* by the length of a string */
    FIT_INTEGER, /* by the size of an integer */
} FitKind;

/* What a schema says of the values of a place. */
typedef struct {
    PyObject_HEAD
    FitKind kind;
    int plain;        /* bits of the JSON types whose values all fit */
    int possible;     /* bits of those that may */
    int is_asked;     /* Python alone knows whether a value fits */
    Py_ssize_t least; /* how many items, members or characters there must be; the least integer */
    Py_ssize_t most;  /* how many there may be (negative: any number); the greatest integer */
    PyObject *needed; /* names that a map must have */
    PyObject *listed; /* a frozenset of texts that fit */
    PyObject *first;  /* the items' Fit, a FitTable, a tuple of Fits; a function of it until it is needed */
    PyObject *slow;   /* whether a value, and how many levels of it, fit */
} Fit;

/* The same of a class. */
typedef struct {
    PyObject_HEAD
    PyObject *members;  /* by name, the Fit of each */
    PyObject *needed;   /* the names that must be there */
    PyObject *required; /* a frozenset of the names of members whose null is no absence */
    int is_simple;      /* whether its members say everything */
    int is_closed;      /* whether it has no others */
} FitTable;

typedef struct {
    PyObject_HEAD
    PyObject *tag;        /* the discriminator's name, or None */
    PyObject *by_text;    /* places by its texts */
    PyObject *telling;    /* the name of a member with listed texts in each alternative, or None */
    PyObject *by_value;   /* indices of alternatives by those texts */
    PyObject *fits;
    PyObject *places;
    PyObject *candidates; /* for each JSON type a tuple of indices */
} ChoicePlan;

static PyTypeObject Fit_Type, FitTable_Type;

static int type_of(PyObject *value)
{
    if (PyUnicode_CheckExact(value)) {
        return A_STRING;
    }
    if (PyDict_CheckExact(value)) {
        return A_DICT;
    }
    if (PyList_CheckExact(value)) {
        return A_LIST;
    }
    if (PyLong_CheckExact(value)) {
        return AN_INTEGER;
    }
    if (PyFloat_CheckExact(value)) {
        return A_FLOAT;
    }
    if (PyBool_Check(value)) {
        return A_BOOLEAN;
    }
    return value == Py_None ? A_NULL : -1;
}

/* What a Fit speaks of beside its types, a new reference; NULL and an exception on an error. */
static PyObject *first_of(Fit *fit)
{
    PyObject *first = Py_NewRef(fit->first);
    if (Py_IS_TYPE(first, &Fit_Type) || Py_IS_TYPE(first, &FitTable_Type) || PyTuple_CheckExact(first) || first == Py_None) {
        return first;
    }
    PyObject *linked = PyObject_CallNoArgs(first); /* other threads may link it meanwhile */
    Py_DECREF(first);
    if (linked != NULL) {
        Py_SETREF(fit->first, Py_NewRef(linked));
    }
    return linked;
}

/* Whether values fit: 1, 0, or -1 and an exception */

static int is_fit(Fit *fit, PyObject *value, int levels);

static int ask_fit(Fit *fit, PyObject *value, int levels)
{
    PyObject *number = PyLong_FromLong(levels);
    PyObject *answer = number == NULL ? NULL : PyObject_CallFunctionObjArgs(fit->slow, value, number, NULL);
    int status = answer == NULL ? -1 : PyObject_IsTrue(answer);
    Py_XDECREF(answer);
    Py_XDECREF(number);
    return status;
}

/* How many of the names that must be there are; -1 and an exception on an error. */
static Py_ssize_t count_needed(PyObject *needed, PyObject *value)
{
    Py_ssize_t count = 0;
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(needed); index++) {
        int contains = PyDict_Contains(value, PyTuple_GET_ITEM(needed, index));
        if (contains < 0) {
            return -1;
        }
        count += contains;
    }
    return count;
}

static int is_member_fit(FitTable *table, PyObject *name, PyObject *item, int levels)
{
    PyObject *member = PyDict_GetItemWithError(table->members, name);
    if (member == NULL) {
        return PyErr_Occurred() ? -1 : !table->is_closed;
    }
    if (item == Py_None) {
        int is_required = PySet_Contains(table->required, name);
        if (is_required <= 0) {
            return is_required < 0 ? -1 : 1; /* null stands for absent */
        }
    }
    return levels > 0 ? is_fit((Fit *)member, item, levels - 1) : 1;
}

static int is_object_fit(FitTable *table, PyObject *value, int levels)
{
    Py_ssize_t needed = count_needed(table->needed, value);
    int status = needed < 0 ? -1 : needed == PyTuple_GET_SIZE(table->needed);
    PyObject *name, *item;
    Py_ssize_t position = 0;
    while (status == 1 && PyDict_Next(value, &position, &name, &item)) {
        status = is_member_fit(table, name, item, levels);
    }
    return status;
}

static int are_items_fit(Fit *item, PyObject *value, int levels)
{
    int status = 1;
    if (PyList_CheckExact(value)) {
        for (Py_ssize_t index = 0; status == 1 && index < PyList_GET_SIZE(value) && index < MOST_ITEMS; index++) {
            status = is_fit(item, PyList_GET_ITEM(value, index), levels);
        }
        return status;
    }
    PyObject *name, *member;
    Py_ssize_t position = 0, count = 0;
    while (status == 1 && count++ < MOST_ITEMS && PyDict_Next(value, &position, &name, &member)) {
        status = is_fit(item, member, levels);
    }
    return status;
}

/* Whether a list or map has the size, and the names, that its schema asks for. */
static int is_size_fit(Fit *fit, PyObject *value)
{
    Py_ssize_t size = PyList_CheckExact(value) ? PyList_GET_SIZE(value) : PyDict_GET_SIZE(value);
    if (size < fit->least || (fit->most >= 0 && size > fit->most)) {
        return 0;
    }
    if (PyTuple_GET_SIZE(fit->needed) == 0) {
        return 1;
    }
    Py_ssize_t needed = count_needed(fit->needed, value);
    return needed < 0 ? -1 : needed == PyTuple_GET_SIZE(fit->needed);
}

static int is_any_fit(PyObject *fits, PyObject *value, int levels)
{
    int status = 0;
    for (Py_ssize_t index = 0; status == 0 && index < PyTuple_GET_SIZE(fits); index++) {
        status = is_fit((Fit *)PyTuple_GET_ITEM(fits, index), value, levels);
    }
    return status;
}

static int is_scalar_fit(Fit *fit, PyObject *value)
{
    if (fit->kind == FIT_TEXT) {
        Py_ssize_t size = PyUnicode_GET_LENGTH(value);
        return size >= fit->least && (fit->most < 0 || size <= fit->most);
    }
    int overflow = 0;
    long long number = PyLong_AsLongLongAndOverflow(value, &overflow);
    if (number == -1 && PyErr_Occurred()) {
        return -1;
    }
    return overflow == 0 && number >= fit->least && number <= fit->most;
}

/* Of a value that may fit, by what stands in it. */
static int is_content_fit(Fit *fit, PyObject *value, int type, int levels)
{
    if ((fit->kind == FIT_TEXT && type == A_STRING) || (fit->kind == FIT_INTEGER && type == AN_INTEGER)) {
        return is_scalar_fit(fit, value);
    }
    int looks = fit->kind == FIT_UNION || (fit->kind == FIT_LIST && type == A_LIST)
        || ((fit->kind == FIT_MAP || fit->kind == FIT_MODEL) && type == A_DICT);
    PyObject *first = looks ? first_of(fit) : NULL;
    if (first == NULL) {
        return looks ? -1 : ask_fit(fit, value, levels);
    }
    int status;
    if (fit->kind == FIT_MODEL) {
        int is_simple = Py_IS_TYPE(first, &FitTable_Type) && ((FitTable *)first)->is_simple;
        status = is_simple ? is_object_fit((FitTable *)first, value, levels) : ask_fit(fit, value, levels);
    } else if (fit->kind == FIT_UNION) {
        status = levels == 0 || is_any_fit(first, value, levels - 1);
    } else {
        status = is_size_fit(fit, value);
        status = status == 1 && levels > 0 ? are_items_fit((Fit *)first, value, levels - 1) : status;
    }
    Py_DECREF(first);
    return status;
}

static int is_fit(Fit *fit, PyObject *value, int levels)
{
    int type = type_of(value);
    if (type < 0) {
        return ask_fit(fit, value, levels);
    }
    if (fit->plain >> type & 1) {
        return 1;
    }
    if (type == A_STRING) {
        int is_listed = PySet_Contains(fit->listed, value);
        if (is_listed != 0) {
            return is_listed;
        }
    }
    if (type == A_NULL || (fit->kind != FIT_UNION && !(fit->possible >> type & 1))) {
        return 0;
    }
    return fit->is_asked ? ask_fit(fit, value, levels) : is_content_fit(fit, value, type, levels);
}

/* What the names of a value tell: how many members are missing, unknown and lacking */

typedef struct {
    Py_ssize_t missing, unknown, lacking;
} Presence;

/* 1; 0 where names do not tell it; -1 and an exception. */
static int add_presence(Fit *fit, PyObject *value, int levels, Presence *presence);

static int add_names(FitTable *table, PyObject *value, Presence *presence)
{
    PyObject *name, *item;
    Py_ssize_t position = 0, there = 0, needed = count_needed(table->needed, value);
    while (needed >= 0 && PyDict_Next(value, &position, &name, &item)) {
        int contains = PyDict_Contains(table->members, name);
        if (contains < 0) {
            return -1;
        }
        there += contains;
    }
    presence->missing += needed < PyTuple_GET_SIZE(table->needed);
    presence->unknown += PyDict_GET_SIZE(value) - there;
    presence->lacking += PyDict_GET_SIZE(table->members) - there;
    return needed < 0 ? -1 : 1;
}

static int add_items(Fit *fit, PyObject *value, int levels, Presence *presence)
{
    PyObject *item = first_of(fit), *name, *member;
    int status = item == NULL ? -1 : Py_IS_TYPE(item, &Fit_Type);
    Py_ssize_t position = 0, size = PyList_CheckExact(value) ? PyList_GET_SIZE(value) : 0;
    for (Py_ssize_t index = 0; status == 1 && index < size && index < MOST_ITEMS; index++) {
        status = add_presence((Fit *)item, PyList_GET_ITEM(value, index), levels - 1, presence);
    }
    for (int count = 0; status == 1 && PyDict_CheckExact(value) && count < MOST_ITEMS
         && PyDict_Next(value, &position, &name, &member);
         count++) {
        status = add_presence((Fit *)item, member, levels - 1, presence);
    }
    Py_XDECREF(item);
    return status;
}

static int add_presence(Fit *fit, PyObject *value, int levels, Presence *presence)
{
    int type = type_of(value);
    if (type != A_DICT && type != A_LIST) {
        return 1;
    }
    if (fit->kind == FIT_ANY) {
        presence->lacking += FREE;
        return 1;
    }
    if (fit->kind == FIT_MODEL && type == A_DICT) {
        PyObject *table = first_of(fit);
        int status = table == NULL ? -1 : 1; /* None: a class of the user's, with a hook */
        if (table != NULL && Py_IS_TYPE(table, &FitTable_Type)) {
            status = add_names((FitTable *)table, value, presence);
        }
        Py_XDECREF(table);
        return status;
    }
    if (fit->kind == FIT_UNION || fit->kind == FIT_UNSURE) {
        return 0;
    }
    if (!(fit->possible >> type & 1)) {
        presence->missing += 1;
        return 1;
    }
    presence->lacking += type == A_DICT ? FREE : 0;
    return levels == 0 ? 1 : add_items(fit, value, levels, presence);
}

static int is_less(const Presence *presence, const Presence *other)
{
    if (presence->missing != other->missing) {
        return presence->missing < other->missing;
    }
    return presence->unknown != other->unknown ? presence->unknown < other->unknown : presence->lacking < other->lacking;
}

/* Choices */

static Fit *fit_at(ChoicePlan *plan, Py_ssize_t index)
{
    return (Fit *)PyTuple_GET_ITEM(plan->fits, index);
}

/* The first of those with the least members missing, unknown and lacking; -1: the names do not tell. */
static Py_ssize_t option_by_names(ChoicePlan *plan, PyObject *candidates, PyObject *value)
{
    Py_ssize_t best = -1;
    Presence least = {0, 0, 0};
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(candidates); index++) {
        Py_ssize_t candidate = PyLong_AsSsize_t(PyTuple_GET_ITEM(candidates, index));
        Presence presence = {0, 0, 0};
        if (add_presence(fit_at(plan, candidate), value, MOST_LEVELS, &presence) <= 0) {
            return -1;
        }
        if (best < 0 || is_less(&presence, &least)) {
            best = candidate;
            least = presence;
        }
    }
    return best;
}

static Py_ssize_t option_by_value(ChoicePlan *plan, PyObject *value)
{
    PyObject *text = PyDict_GetItemWithError(value, plan->telling);
    if (text == NULL || !PyUnicode_CheckExact(text)) {
        return -1;
    }
    PyObject *index = PyDict_GetItemWithError(plan->by_value, text);
    return index == NULL ? -1 : PyLong_AsSsize_t(index);
}

/* The index of the alternative that a value is meant for, for certain; -1 with or without an exception. */
static Py_ssize_t certain_option(ChoicePlan *plan, PyObject *candidates, PyObject *value, int type)
{
    Py_ssize_t index = -1;
    if (type == A_DICT && plan->telling != Py_None) {
        index = option_by_value(plan, value);
    } else if (type == A_DICT || type == A_LIST) {
        index = option_by_names(plan, candidates, value);
    }
    return index >= 0 && is_fit(fit_at(plan, index), value, MOST_LEVELS) == 1 ? index : -1;
}

/* A scalar: the first alternative that fits reads it. */
static PyObject *chosen_scalar(ChoicePlan *plan, PyObject *candidates, PyObject *value)
{
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(candidates); index++) {
        Py_ssize_t candidate = PyLong_AsSsize_t(PyTuple_GET_ITEM(candidates, index));
        int status = is_fit(fit_at(plan, candidate), value, MOST_LEVELS);
        if (status != 0) {
            return status < 0 ? NULL : grown((Place *)PyTuple_GET_ITEM(plan->places, candidate), value);
        }
    }
    return NULL;
}

static PyObject *chosen_by_tag(ChoicePlan *plan, PyObject *value)
{
    PyObject *text = PyDict_GetItemWithError(value, plan->tag);
    PyObject *place = text == NULL || !PyUnicode_CheckExact(text) ? NULL : PyDict_GetItemWithError(plan->by_text, text);
    return place == NULL ? NULL : grown((Place *)place, value);
}

PyObject *chosen(PyObject *choice, PyObject *value)
{
    ChoicePlan *plan = (ChoicePlan *)choice;
    int type = type_of(value);
    if (type < 0) {
        return NULL;
    }
    if (type == A_DICT && plan->tag != Py_None) {
        return chosen_by_tag(plan, value);
    }
    PyObject *candidates = PyTuple_GET_ITEM(plan->candidates, type);
    if (PyTuple_GET_SIZE(candidates) == 1) {
        return grown((Place *)PyTuple_GET_ITEM(plan->places, PyLong_AsSsize_t(PyTuple_GET_ITEM(candidates, 0))), value);
    }
    if (type != A_DICT && type != A_LIST) {
        PyObject *result = chosen_scalar(plan, candidates, value);
        if (result == NULL && PyErr_ExceptionMatches(PyExc_Exception)) {
            PyErr_Clear(); /* another alternative may read it */
        }
        return result;
    }
    Py_ssize_t index = certain_option(plan, candidates, value, type);
    return index < 0 ? NULL : grown((Place *)PyTuple_GET_ITEM(plan->places, index), value);
}

/* Fit */

static int Fit_traverse(Fit *self, visitproc visit, void *arg)
{
    Py_VISIT(self->needed);
    Py_VISIT(self->listed);
    Py_VISIT(self->first);
    Py_VISIT(self->slow);
    return 0;
}

static int Fit_clear(Fit *self)
{
    Py_CLEAR(self->needed);
    Py_CLEAR(self->listed);
    Py_CLEAR(self->first);
    Py_CLEAR(self->slow);
    return 0;
}

static void Fit_dealloc(Fit *self)
{
    PyObject_GC_UnTrack(self);
    Fit_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *Fit_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"kind", "plain", "possible", "is_asked", "listed", "first", "slow", "least", "most", "needed", NULL};
    int kind, plain, possible, is_asked;
    Py_ssize_t least = 0, most = -1;
    PyObject *listed, *first, *slow, *needed = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "iiipO!OO|nnO!", names, &kind, &plain, &possible, &is_asked,
                                     &PyFrozenSet_Type, &listed, &first, &slow, &least, &most, &PyTuple_Type, &needed)) {
        return NULL;
    }
    if (kind < FIT_SLOW || kind > FIT_INTEGER || !PyCallable_Check(slow) || (first != Py_None && !PyCallable_Check(first))) {
        PyErr_SetString(PyExc_TypeError, "no such kind, or no functions");
        return NULL;
    }
    Fit *self = (Fit *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->least = least;
        self->most = most;
        self->needed = needed == NULL ? PyTuple_New(0) : Py_NewRef(needed);
        self->kind = (FitKind)kind;
        self->plain = plain;
        self->possible = possible;
        self->is_asked = is_asked;
        self->listed = Py_NewRef(listed);
        self->first = Py_NewRef(first);
        self->slow = Py_NewRef(slow);
        if (self->needed == NULL) {
            Py_CLEAR(self);
        }
    }
    return (PyObject *)self;
}

static PyTypeObject Fit_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bindwright_accelerator.json_values.Fit",
    .tp_doc = "What a schema says of the values of a place.",
    .tp_basicsize = sizeof(Fit),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = Fit_new,
    .tp_dealloc = (destructor)Fit_dealloc,
    .tp_traverse = (traverseproc)Fit_traverse,
    .tp_clear = (inquiry)Fit_clear,
};

/* FitTable */

static int FitTable_traverse(FitTable *self, visitproc visit, void *arg)
{
    Py_VISIT(self->members);
    Py_VISIT(self->needed);
    Py_VISIT(self->required);
    return 0;
}

static int FitTable_clear(FitTable *self)
{
    Py_CLEAR(self->members);
    Py_CLEAR(self->needed);
    Py_CLEAR(self->required);
    return 0;
}

static void FitTable_dealloc(FitTable *self)
{
    PyObject_GC_UnTrack(self);
    FitTable_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *FitTable_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"members", "needed", "required", "is_simple", "is_closed", NULL};
    PyObject *members, *needed, *required, *name, *fit;
    int is_simple, is_closed;
    Py_ssize_t position = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!O!O!pp", names, &PyDict_Type, &members, &PyTuple_Type, &needed,
                                     &PyFrozenSet_Type, &required, &is_simple, &is_closed)) {
        return NULL;
    }
    while (PyDict_Next(members, &position, &name, &fit)) {
        if (!Py_IS_TYPE(fit, &Fit_Type)) {
            PyErr_SetString(PyExc_TypeError, "a Fit for each member");
            return NULL;
        }
    }
    FitTable *self = (FitTable *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->members = Py_NewRef(members);
        self->needed = Py_NewRef(needed);
        self->required = Py_NewRef(required);
        self->is_simple = is_simple;
        self->is_closed = is_closed;
    }
    return (PyObject *)self;
}

static PyTypeObject FitTable_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bindwright_accelerator.json_values.FitTable",
    .tp_doc = "What a class says of its members.",
    .tp_basicsize = sizeof(FitTable),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = FitTable_new,
    .tp_dealloc = (destructor)FitTable_dealloc,
    .tp_traverse = (traverseproc)FitTable_traverse,
    .tp_clear = (inquiry)FitTable_clear,
};

/* ChoicePlan */

static int ChoicePlan_traverse(ChoicePlan *self, visitproc visit, void *arg)
{
    Py_VISIT(self->tag);
    Py_VISIT(self->by_text);
    Py_VISIT(self->telling);
    Py_VISIT(self->by_value);
    Py_VISIT(self->fits);
    Py_VISIT(self->places);
    Py_VISIT(self->candidates);
    return 0;
}

static int ChoicePlan_clear(ChoicePlan *self)
{
    Py_CLEAR(self->tag);
    Py_CLEAR(self->by_text);
    Py_CLEAR(self->telling);
    Py_CLEAR(self->by_value);
    Py_CLEAR(self->fits);
    Py_CLEAR(self->places);
    Py_CLEAR(self->candidates);
    return 0;
}

static void ChoicePlan_dealloc(ChoicePlan *self)
{
    PyObject_GC_UnTrack(self);
    ChoicePlan_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int is_index(PyObject *number, Py_ssize_t size)
{
    Py_ssize_t index = PyLong_CheckExact(number) ? PyLong_AsSsize_t(number) : -1;
    return index >= 0 && index < size;
}

/* Whether tables speak of alternatives that are there. */
static int are_indices(PyObject *candidates, PyObject *by_value, Py_ssize_t size)
{
    PyObject *text, *index;
    Py_ssize_t position = 0;
    while (PyDict_Next(by_value, &position, &text, &index)) {
        if (!is_index(index, size)) {
            return 0;
        }
    }
    for (Py_ssize_t type = 0; type < PyTuple_GET_SIZE(candidates); type++) {
        PyObject *indices = PyTuple_GET_ITEM(candidates, type);
        for (Py_ssize_t at = 0; !PyTuple_CheckExact(indices) || at < PyTuple_GET_SIZE(indices); at++) {
            if (!PyTuple_CheckExact(indices) || !is_index(PyTuple_GET_ITEM(indices, at), size)) {
                return 0;
            }
        }
    }
    return PyTuple_GET_SIZE(candidates) == TYPES;
}

static int are_instances(PyObject *items, PyTypeObject *type)
{
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(items); index++) {
        if (!Py_IS_TYPE(PyTuple_GET_ITEM(items, index), type)) {
            return 0;
        }
    }
    return 1;
}

static PyObject *ChoicePlan_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"tag", "by_text", "telling", "by_value", "fits", "places", "candidates", NULL};
    PyObject *tag, *by_text, *telling, *by_value, *fits, *places, *candidates, *text, *place;
    Py_ssize_t position = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OO!OO!O!O!O!", names, &tag, &PyDict_Type, &by_text, &telling,
                                     &PyDict_Type, &by_value, &PyTuple_Type, &fits, &PyTuple_Type, &places, &PyTuple_Type,
                                     &candidates)) {
        return NULL;
    }
    int is_whole = PyTuple_GET_SIZE(fits) == PyTuple_GET_SIZE(places) && are_instances(fits, &Fit_Type)
        && are_instances(places, &Place_Type) && are_indices(candidates, by_value, PyTuple_GET_SIZE(fits));
    while (is_whole && PyDict_Next(by_text, &position, &text, &place)) {
        is_whole = Py_IS_TYPE(place, &Place_Type);
    }
    if (!is_whole) {
        PyErr_SetString(PyExc_TypeError, "a Fit and a Place for each alternative");
        return NULL;
    }
    ChoicePlan *self = (ChoicePlan *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->tag = Py_NewRef(tag);
        self->by_text = Py_NewRef(by_text);
        self->telling = Py_NewRef(telling);
        self->by_value = Py_NewRef(by_value);
        self->fits = Py_NewRef(fits);
        self->places = Py_NewRef(places);
        self->candidates = Py_NewRef(candidates);
    }
    return (PyObject *)self;
}

PyTypeObject ChoicePlan_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bindwright_accelerator.json_values.ChoicePlan",
    .tp_doc = "How an alternative of a choice is found.",
    .tp_basicsize = sizeof(ChoicePlan),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = ChoicePlan_new,
    .tp_dealloc = (destructor)ChoicePlan_dealloc,
    .tp_traverse = (traverseproc)ChoicePlan_traverse,
    .tp_clear = (inquiry)ChoicePlan_clear,
};

static const struct {
    const char *name;
    FitKind kind;
} FITS[] = {
    {"FIT_SLOW", FIT_SLOW},   {"FIT_LIST", FIT_LIST}, {"FIT_MAP", FIT_MAP},       {"FIT_MODEL", FIT_MODEL},
    {"FIT_UNION", FIT_UNION}, {"FIT_ANY", FIT_ANY},   {"FIT_UNSURE", FIT_UNSURE},
    {"FIT_TEXT", FIT_TEXT},   {"FIT_INTEGER", FIT_INTEGER},
};

int choices_ready(PyObject *module)
{
    for (size_t index = 0; index < sizeof(FITS) / sizeof(FITS[0]); index++) {
        if (PyModule_AddIntConstant(module, FITS[index].name, (long)FITS[index].kind) < 0) {
            return -1;
        }
    }
    if (PyType_Ready(&Fit_Type) < 0 || PyType_Ready(&FitTable_Type) < 0 || PyType_Ready(&ChoicePlan_Type) < 0
        || PyModule_AddObjectRef(module, "Fit", (PyObject *)&Fit_Type) < 0
        || PyModule_AddObjectRef(module, "FitTable", (PyObject *)&FitTable_Type) < 0) {
        return -1;
    }
    return PyModule_AddObjectRef(module, "ChoicePlan", (PyObject *)&ChoicePlan_Type);
}
