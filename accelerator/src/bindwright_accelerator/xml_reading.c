/* From documents to models: handlers over the expat of CPython, which follow the plan of a model.
 *
 * What is not as the plan says (an element of a place that is off, a text that its place does not take, a member twice or
 * missing, an attribute where no model is, processing instructions, deep nesting) ends the attempt: the reference reads
 * the document, or says what is wrong with it. Documents with a DTD never come here.
 *
 * A choice that nothing tells is tried as the reference tries it: each alternative gets the element's events. An
 * alternative is refused only for what the reference refuses for certain; anything else ends the attempt here, too.
 */
#include "xml_buffer.h"
#include "xml_read_plans.h"

#include <limits.h>
#include <stddef.h>
#include <string.h>

/* What pyexpat lends (Include/pyexpat.h), whose header needs expat's own. */
typedef struct expat *Parser;
typedef struct {
    void *(*allocate)(size_t size);
    void *(*resize)(void *block, size_t size);
    void (*release)(void *block);
} Memory;
typedef struct {
    char *magic;
    int size, major, minor, micro;
    void *error_string, *error_code, *error_column, *error_line;
    int (*parse)(Parser parser, const char *text, int size, int is_final);
    Parser (*create)(const char *encoding, const Memory *memory, const char *separator);
    void (*free)(Parser parser);
    void (*set_text_handler)(Parser parser, void (*handler)(void *, const char *, int));
    void *set_comment_handler, *set_default_handler;
    void (*set_element_handler)(Parser parser, void (*start)(void *, const char *, const char **),
                                void (*end)(void *, const char *));
    void (*set_namespace_handler)(Parser parser, void (*start)(void *, const char *, const char *),
                                  void (*end)(void *, const char *));
    void (*set_instruction_handler)(Parser parser, void (*handler)(void *, const char *, const char *));
    void *set_unknown_encoding_handler;
    void (*set_user_data)(Parser parser, void *data);
    void (*set_doctype_handler)(Parser parser, void (*handler)(void *, const char *, const char *, const char *, int));
    void *set_encoding, *unknown_encoding_handler;
    int (*set_hash_salt)(Parser parser, unsigned long salt);
} Expat;

static const Expat *EXPAT;
static PyTypeObject *FRAGMENT_TYPE; /* an unknown element: tag, attributes, content, prefixes */
static Py_ssize_t FRAGMENT_SLOTS[4];
static PyTypeObject *EXTRA_TYPE; /* what is kept beside members: attributes, fragments; what is empty, what is None */
enum { EXTRA_EMPTY = 2, EXTRA_NONE = 7, EXTRA_COUNT = 9 };
static Py_ssize_t EXTRA_SLOTS[EXTRA_COUNT];
static PyObject *NO_ITEMS; /* the empty tuple */
static unsigned long SALT;

enum { DEEPEST_FRAME = 200, MOST_REPLAYS = 8, MOST_PREFIXES = 32, CHUNK = 1 << 16, AMONG_UNKNOWN = -2,
       LONGEST_NAME = 50000 /* octets of one that libxml2 takes */ };

enum frame_kind {
    FRAME_LEAF, FRAME_NULL, FRAME_MODEL, FRAME_LIST, FRAME_UNKNOWN, FRAME_MAP, FRAME_FREE,
    FRAME_TRIAL, /* around an element that is read from its events; `list`: its value */
};

enum outcome { GOING_ON, GIVEN_UP, REFUSED };

typedef struct {
    int kind;
    ReadPlace *place;
    const Entry *entry; /* what it is in the model around it; NULL: an item of a list, the root, something unknown */
    PyObject *list;     /* items of a list, the content of something unknown, or a dict: what is in a map or free-form */
    PyObject *tag;      /* of something unknown; in a map or what is free-form: the key of the element that is open */
    PyObject *attributes_of; /* of something unknown */
    /* of a model */
    ReadPlan *plan;
    Py_ssize_t first_value, first_index; /* where its members, and the order of its elements, begin */
    Py_ssize_t last, last_entry;
    int has_moved;
    PyObject *type; /* what xsi:type says where it names the model itself, an expanded name; else NULL */
    PyObject *attributes, *fragments, *nulls, *inside; /* what is unknown: lists, or NULL */
} Frame;

typedef struct {
    Buffer events;
    ReadPlace *place;
    const Entry *entry;
    int depth; /* of the element that is read now, below the one that is told apart: 1 */
    int is_telling; /* whether its text is the discriminator */
    int has_attributes;
    Buffer text; /* of the discriminator; of a choice that is tried: what stands directly in it */
    Buffer children; /* of a choice that is tried: the names of the elements directly in it, each with its end */
    Py_ssize_t child_count;
} Recording;

/* Before each block that expat asks for. */
typedef union {
    struct {
        size_t size;
        int is_pooled;
    } block;
    max_align_t aligned;
} Header;

enum { POOL = 1 << 14 /* octets of blocks that are a part of the state, as many as small documents need */ };

typedef struct {
    ReadPlace *root;
    PyObject *names; /* of the root */
    PyObject *result;
    int has_failed, is_lenient, is_spaced, is_started;
    int may_be_long; /* whether the document has room for a name that is too long */
    int depth_limit, attribute_limit, declaration_limit, declarations;
    int depth;
    Buffer text;
    PyObject **values;
    Py_ssize_t value_count, value_capacity;
    Py_ssize_t *indexes;
    Py_ssize_t index_count, index_capacity;
    Recording recording;
    int is_recording, replays;
    Py_ssize_t budget; /* bytes of events that alternatives may still be given: more are the reference's, which tries each once */
    int prefix_count, has_other_prefix; /* other than that of XMLSchema-instance */
    int root_declarations;
    size_t space_size; /* of the root's namespace */
    int binding_count; /* namespace declarations in scope, of which the first MOST_PREFIXES are known */
    /* from here on only what is counted above has a meaning */
    char prefixes[MOST_PREFIXES][32]; /* declared anywhere */
    char space[256];
    struct {
        char prefix[32], space[128];
        int is_long; /* so that it is not known */
    } bindings[MOST_PREFIXES];
    Frame frames[DEEPEST_FRAME + 1];
    size_t pool_used;
    union {
        char octets[POOL];
        Header first; /* for where it begins */
    } pool;
} State;

static const char XSI[] = "http://www.w3.org/2001/XMLSchema-instance";
static const char NIL[] = "http://www.w3.org/2001/XMLSchema-instance\fnil";
static const char TYPE[] = "http://www.w3.org/2001/XMLSchema-instance\ftype";

static int settle_many(State *state, Frame *frame);
static void start_element(void *data, const char *name, const char **attributes);
static void end_element(void *data, const char *name);
static void add_text(void *data, const char *text, int size);

/* End the attempt. */
static void fail(State *state)
{
    if (state->has_failed == GOING_ON) {
        state->has_failed = GIVEN_UP;
    }
}

/* The reference would refuse the element for certain: an alternative that is tried does not fit. */
static void refuse(State *state)
{
    if (state->has_failed == GOING_ON) {
        state->has_failed = REFUSED;
    }
}

/* A text that its place does not take, which is an error of the value; another exception is not foreseen. */
static void refuse_text(State *state)
{
    int is_refused = PyErr_Occurred() != NULL && !PyErr_ExceptionMatches(PyExc_UnicodeError)
        && (PyErr_ExceptionMatches(PyExc_ValueError) || PyErr_ExceptionMatches(PyExc_ArithmeticError));
    if (is_refused) {
        PyErr_Clear();
        refuse(state);
    } else {
        fail(state);
    }
}

/* Memory of expat: two dozen blocks a document, most of which are a part of the state and go with it. */

static State *PARSING; /* whose parser asks: set before expat runs, and when it goes on behind a handler, in which others may */

static void *allocate(size_t size)
{
    State *state = PARSING;
    size_t room = (size + 2 * sizeof(Header) - 1) / sizeof(Header) * sizeof(Header);
    Header *header;
    if (size > PY_SSIZE_T_MAX / 2) {
        return NULL;
    }
    if (room <= sizeof(state->pool) - state->pool_used) {
        header = (Header *)(state->pool.octets + state->pool_used);
        state->pool_used += room;
        header->block.is_pooled = 1;
    } else {
        header = malloc(room);
        if (header == NULL) {
            return NULL;
        }
        header->block.is_pooled = 0;
    }
    header->block.size = size;
    return header + 1;
}

static void release(void *block)
{
    if (block != NULL && !((Header *)block - 1)->block.is_pooled) {
        free((Header *)block - 1);
    }
}

static void *resize(void *block, size_t size)
{
    if (block == NULL) {
        return allocate(size);
    }
    size_t before = ((Header *)block - 1)->block.size;
    void *larger = size <= before ? block : allocate(size);
    if (larger != block && larger != NULL) {
        memcpy(larger, block, before);
        release(block);
    }
    return larger;
}

static const Memory MEMORY = {allocate, resize, release};

/* Stacks */

static int push_values(State *state, Py_ssize_t count)
{
    if (state->value_count > PY_SSIZE_T_MAX / 32 - count) {
        return -1;
    }
    if (state->value_count + count > state->value_capacity) {
        Py_ssize_t capacity = (state->value_count + count) * 2 + 64;
        PyObject **values = PyMem_Realloc(state->values, (size_t)capacity * sizeof(PyObject *));
        if (values == NULL) {
            return -1;
        }
        state->values = values;
        state->value_capacity = capacity;
    }
    memset(state->values + state->value_count, 0, (size_t)count * sizeof(PyObject *));
    state->value_count += count;
    return 0;
}

static int push_index(State *state, Py_ssize_t index)
{
    if (state->index_count == state->index_capacity) {
        if (state->index_capacity > PY_SSIZE_T_MAX / 32) {
            return -1;
        }
        Py_ssize_t capacity = state->index_capacity * 2 + 64;
        Py_ssize_t *indexes = PyMem_Realloc(state->indexes, (size_t)capacity * sizeof(Py_ssize_t));
        if (indexes == NULL) {
            return -1;
        }
        state->indexes = indexes;
        state->index_capacity = capacity;
    }
    state->indexes[state->index_count++] = index;
    return 0;
}

static void clear_frame(Frame *frame)
{
    Py_CLEAR(frame->place);
    Py_CLEAR(frame->plan);
    Py_CLEAR(frame->list);
    Py_CLEAR(frame->tag);
    Py_CLEAR(frame->attributes_of);
    Py_CLEAR(frame->type);
    Py_CLEAR(frame->attributes);
    Py_CLEAR(frame->fragments);
    Py_CLEAR(frame->nulls);
    Py_CLEAR(frame->inside);
}

/* The new innermost frame, or NULL: deeper elements are the reference's. */
static Frame *push_frame(State *state, int kind, ReadPlace *place, const Entry *entry)
{
    if (state->depth >= state->depth_limit || state->depth >= DEEPEST_FRAME) {
        fail(state);
        return NULL;
    }
    Frame *frame = &state->frames[state->depth++];
    memset(frame, 0, sizeof(Frame));
    frame->kind = kind;
    frame->place = (ReadPlace *)Py_XNewRef(place);
    frame->entry = entry;
    state->text.size = 0;
    return frame;
}

/* Names */

static int is_xsi(const char *name, const char *other)
{
    return name[0] == 'h' && strcmp(name, other) == 0;
}

static const char *local_of(const char *name)
{
    const char *separator = strchr(name, SEPARATOR);
    return separator == NULL ? name : separator + 1;
}

/* An expanded name as lxml has it: {namespace}local. */
static PyObject *expanded(const char *name)
{
    const char *local = local_of(name);
    size_t size = strlen(name);
    char text[512];
    if (local == name) {
        return PyUnicode_DecodeUTF8(name, (Py_ssize_t)size, NULL);
    }
    if (size + 1 >= sizeof(text)) {
        PyObject *space = PyUnicode_DecodeUTF8(name, local - 1 - name, NULL);
        PyObject *result = space == NULL ? NULL : PyUnicode_FromFormat("{%U}%s", space, local);
        Py_XDECREF(space);
        return result;
    }
    text[0] = '{';
    memcpy(text + 1, name, size);
    text[local - name] = '}'; /* where the separator stands */
    return PyUnicode_DecodeUTF8(text, (Py_ssize_t)size + 1, NULL);
}

/* The entry of a name: the one behind the last, as documents are mostly in written order, else any. */
static const Entry *entry_of(const Entry *entries, Py_ssize_t count, Py_ssize_t *last, const char *name)
{
    size_t size = strlen(name);
    for (Py_ssize_t turn = 0; turn < count; turn++) {
        Py_ssize_t place = *last + turn < count ? *last + turn : *last + turn - count;
        if (entries[place].size == size && memcmp(entries[place].name, name, size) == 0) {
            *last = place;
            return &entries[place];
        }
    }
    return NULL;
}

/* Whether an unknown name is that of a member but for the namespace, which counts for the same leniently. */
static int may_be_meant(const Entry *entries, Py_ssize_t count, const char *name)
{
    for (Py_ssize_t index = 0; index < count; index++) {
        if (strcmp(local_of(entries[index].name), local_of(name)) == 0) {
            return 1;
        }
    }
    return 0;
}

static int is_one_of(PyObject *names, const char *name)
{
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(names); index++) {
        if (strcmp(PyBytes_AS_STRING(PyTuple_GET_ITEM(names, index)), name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Whether an item of a list may have a name: the list of a map's key has none of its own. */
static int is_item(ReadPlace *list, const char *name)
{
    return PyBytes_GET_SIZE(PyTuple_GET_ITEM(list->names, 0)) == 0 || is_one_of(list->names, name);
}

/* Delivering a value; the reference is taken over */

static int append_new(PyObject **list, PyObject *item)
{
    if (*list == NULL) {
        *list = PyList_New(0);
    }
    int status = *list == NULL || item == NULL ? -1 : PyList_Append(*list, item);
    Py_XDECREF(item);
    return status;
}

static int deliver_member(State *state, Frame *frame, const Entry *entry, PyObject *value)
{
    PyObject **member = &state->values[frame->first_value + entry->number];
    if (entry->is_many) {
        return append_new(member, value);
    }
    if (*member != NULL) { /* a second element of the name */
        Py_DECREF(value);
        return -1;
    }
    *member = value;
    return value == Py_None && entry->null_is_absent ? append_new(&frame->nulls, PyLong_FromSsize_t(entry->index)) : 0;
}

/* What a map has by a key, once; the reference is taken over. */
static int deliver_value(Frame *frame, PyObject *value)
{
    int status = -1, is_there = frame->tag == NULL ? 1 : PyDict_Contains(frame->list, frame->tag);
    if (is_there == 0) {
        status = PyDict_SetItem(frame->list, frame->tag, value);
    }
    Py_DECREF(value);
    return status;
}

/* What is free-form has by a name: several values of one name are a list. */
static int deliver_free(Frame *frame, PyObject *value)
{
    PyObject *there = PyDict_GetItemWithError(frame->list, frame->tag);
    int status = -1;
    if (there != NULL && PyList_CheckExact(there)) {
        status = PyList_Append(there, value);
    } else if (there != NULL) {
        PyObject *both = PyList_New(2);
        if (both != NULL) {
            PyList_SET_ITEM(both, 0, Py_NewRef(there));
            PyList_SET_ITEM(both, 1, Py_NewRef(value));
            status = PyDict_SetItem(frame->list, frame->tag, both);
            Py_DECREF(both);
        }
    } else if (!PyErr_Occurred()) {
        status = PyDict_SetItem(frame->list, frame->tag, value);
    }
    Py_DECREF(value);
    return status;
}

static void deliver(State *state, const Entry *entry, PyObject *value)
{
    int status = -1;
    if (value == NULL) {
        fail(state);
        return;
    }
    if (state->depth == 0) {
        state->result = value;
        return;
    }
    Frame *frame = &state->frames[state->depth - 1];
    if (frame->kind == FRAME_MODEL && entry != NULL) {
        status = deliver_member(state, frame, entry, value);
    } else if (frame->kind == FRAME_LIST) {
        status = append_new(&frame->list, value);
    } else if (frame->kind == FRAME_MAP) {
        status = deliver_value(frame, value);
    } else if (frame->kind == FRAME_FREE) {
        status = deliver_free(frame, value);
    } else if (frame->kind == FRAME_TRIAL && frame->list == NULL) {
        frame->list = value;
        status = 0;
    } else {
        Py_DECREF(value);
    }
    if (status < 0) {
        fail(state);
    }
}

/* Unknown elements */

static PyObject *pairs_of(const char **attributes)
{
    PyObject *pairs = NULL;
    for (; *attributes != NULL; attributes += 2) {
        PyObject *name = expanded(attributes[0]);
        PyObject *value = PyUnicode_FromString(attributes[1]);
        PyObject *pair = name == NULL || value == NULL ? NULL : PyTuple_Pack(2, name, value);
        Py_XDECREF(name);
        Py_XDECREF(value);
        if (append_new(&pairs, pair) < 0) {
            Py_XDECREF(pairs);
            return NULL;
        }
    }
    if (pairs == NULL) {
        return Py_NewRef(NO_ITEMS);
    }
    PyObject *tuple = PyList_AsTuple(pairs);
    Py_DECREF(pairs);
    return tuple;
}

/* Whether a text may use a declared prefix, whose declaration would have to be kept. */
static int uses_prefix(State *state, const char *text, size_t size)
{
    if (memchr(text, ':', size) == NULL) {
        return 0;
    }
    for (int index = 0; index < state->prefix_count; index++) {
        size_t length = strlen(state->prefixes[index]);
        const char *rest = text, *end = text + size;
        while ((rest = memchr(rest, ':', (size_t)(end - rest))) != NULL) {
            if ((size_t)(rest - text) >= length && memcmp(rest - length, state->prefixes[index], length) == 0) {
                return 1;
            }
            rest++;
        }
    }
    return 0;
}

static int are_plain(State *state, const char **attributes)
{
    for (; *attributes != NULL; attributes += 2) {
        if (is_xsi(attributes[0], TYPE) || uses_prefix(state, attributes[1], strlen(attributes[1]))) {
            return 0;
        }
    }
    return 1;
}

/* Take the text before a child, or before the end, into the content of something unknown. */
static int flush_text(State *state, Frame *frame)
{
    if (state->text.size == 0) {
        return 0;
    }
    if (uses_prefix(state, state->text.data, (size_t)state->text.size)) {
        return -1;
    }
    int status = append_new(&frame->list, PyUnicode_DecodeUTF8(state->text.data, state->text.size, NULL));
    state->text.size = 0;
    return status;
}

static void open_unknown(State *state, const char *name, const char **attributes)
{
    Frame *frame = are_plain(state, attributes) ? push_frame(state, FRAME_UNKNOWN, NULL, NULL) : NULL;
    if (frame == NULL) {
        fail(state);
        return;
    }
    frame->tag = expanded(name);
    frame->attributes_of = pairs_of(attributes);
    if (frame->tag == NULL || frame->attributes_of == NULL) {
        fail(state);
    }
}

static PyObject *fragment_of(Frame *frame)
{
    PyObject *content = frame->list == NULL ? Py_NewRef(NO_ITEMS) : PyList_AsTuple(frame->list);
    PyObject *fragment = content == NULL ? NULL : FRAGMENT_TYPE->tp_alloc(FRAGMENT_TYPE, 0);
    if (fragment == NULL) {
        Py_XDECREF(content);
        return NULL;
    }
    SLOT(fragment, FRAGMENT_SLOTS[0]) = Py_NewRef(frame->tag);
    SLOT(fragment, FRAGMENT_SLOTS[1]) = Py_NewRef(frame->attributes_of);
    SLOT(fragment, FRAGMENT_SLOTS[2]) = content;
    SLOT(fragment, FRAGMENT_SLOTS[3]) = Py_NewRef(NO_ITEMS);
    return fragment;
}

/* An unknown element among a model's: behind the member that was last, or among the items of a list that stands there. */
static int keep_fragment(State *state, Frame *frame, PyObject *fragment)
{
    const ReadPlan *plan = frame->plan;
    const Entry *last = &plan->entries[frame->last_entry];
    if (frame->last >= 0 && last->is_many && last->place->kind != READ_ONE_OR_MANY && plan->text == NULL) {
        PyObject *items = state->values[frame->first_value + plan->entries[frame->last_entry].number];
        PyObject *kept = items == NULL
            ? NULL
            : Py_BuildValue("(nnNO)", frame->last, PyList_GET_SIZE(items), fragment, items);
        if (kept == NULL) {
            Py_XDECREF(items == NULL ? fragment : NULL);
            return -1;
        }
        return append_new(&frame->inside, kept);
    }
    if (push_index(state, AMONG_UNKNOWN) < 0) {
        Py_DECREF(fragment);
        return -1;
    }
    return append_new(&frame->fragments, Py_BuildValue("(nN)", frame->last, fragment));
}

static void close_unknown(State *state)
{
    Frame *frame = &state->frames[state->depth - 1];
    PyObject *fragment = flush_text(state, frame) < 0 ? NULL : fragment_of(frame);
    clear_frame(frame);
    state->depth--;
    Frame *outer = &state->frames[state->depth - 1];
    if (fragment == NULL) {
        fail(state);
    } else if (outer->kind == FRAME_UNKNOWN) {
        if (append_new(&outer->list, fragment) < 0) {
            fail(state);
        }
    } else if (outer->plan->kept < 0) { /* a model that keeps nothing */
        Py_DECREF(fragment);
    } else if (keep_fragment(state, outer, fragment) < 0) {
        fail(state);
    }
}

/* Maps and what is free-form */

static int is_blank(const char *text, Py_ssize_t size)
{
    for (Py_ssize_t index = 0; index < size; index++) {
        if (text[index] != ' ' && text[index] != '\n' && text[index] != '\t' && text[index] != '\r') {
            return 0;
        }
    }
    return 1;
}

/* Whether a name is in a namespace, which is given without what separates it. */
static int is_in(const char *name, const char *space, size_t size)
{
    const char *local = local_of(name);
    return local == name ? size == 0 : (size_t)(local - 1 - name) == size && memcmp(name, space, size) == 0;
}

/* A frame around entries, whose dict is there at once where it is a map's. */
static void open_dict(State *state, int kind, ReadPlace *place, const Entry *entry)
{
    Frame *frame = push_frame(state, kind, place, entry);
    if (frame != NULL && kind == FRAME_MAP && (frame->list = PyDict_New()) == NULL) {
        fail(state);
    }
}

/* The key of an element in a map: its name, where nothing is escaped in it. */
static int take_key(Frame *frame, const char *name)
{
    PyObject *space = PyTuple_GET_ITEM(frame->place->names, 0);
    if (!is_in(name, PyBytes_AS_STRING(space), (size_t)PyBytes_GET_SIZE(space))) {
        return -1;
    }
    PyObject *key = PyUnicode_FromString(local_of(name));
    if (key != NULL && strstr(local_of(name), "_x") != NULL) {
        Py_SETREF(key, PyObject_CallOneArg(frame->place->parse, key));
    }
    Py_XSETREF(frame->tag, key);
    return key == NULL ? -1 : 0;
}

/* Whether a name has elements that others stand behind: a dictionary cannot say that order. */
static int stands_apart(Frame *frame, PyObject *name)
{
    return frame->tag != NULL && PyUnicode_Compare(frame->tag, name) != 0 && PyDict_Contains(frame->list, name) != 0;
}

/* An element in what is free-form: names stand there as they are in the document, so that no prefix may be about, and
 * declarations would be values, so that only the root may have them. Elements of one name stand side by side. */
static void open_free(State *state, Frame *frame, const char *name, const char **attributes)
{
    int is_plain = *attributes == NULL && state->declarations == state->root_declarations && !state->has_other_prefix
        && is_in(name, state->space, state->space_size);
    if (frame->kind == FRAME_FREE && is_plain) {
        is_plain = state->text.size == 0 || is_blank(state->text.data, state->text.size);
        frame->list = frame->list == NULL ? PyDict_New() : frame->list;
        PyObject *local = PyUnicode_FromString(local_of(name));
        is_plain = is_plain && frame->list != NULL && local != NULL && !stands_apart(frame, local);
        Py_XSETREF(frame->tag, local);
    }
    if (is_plain) {
        open_dict(state, FRAME_FREE, NULL, NULL);
    } else {
        fail(state);
    }
}

/* The text of what is free-form, as it stands there: of the place's own element, which may have to be an object, or of an
 * element in it, which is nothing where it is empty. */
static PyObject *free_text(Frame *frame, const char *text, Py_ssize_t size)
{
    if (frame->place == NULL && size == 0) {
        return Py_NewRef(Py_None);
    }
    int is_object = frame->place != NULL && frame->place->first == Py_True;
    if (is_object && is_blank(text, size)) {
        return PyDict_New();
    }
    PyObject *string = PyUnicode_DecodeUTF8(text, size, NULL);
    return is_object && string != NULL ? Py_BuildValue("{sN}", "#text", string) : string;
}

static void close_free(State *state)
{
    Frame *frame = &state->frames[state->depth - 1];
    const char *text = state->text.data == NULL ? "" : state->text.data;
    PyObject *value = NULL;
    if (uses_prefix(state, text, (size_t)state->text.size)) {
        fail(state);
        return;
    }
    if (frame->list != NULL) {
        value = is_blank(text, state->text.size) ? Py_NewRef(frame->list) : NULL;
    } else {
        value = free_text(frame, text, state->text.size);
    }
    const Entry *entry = frame->entry;
    clear_frame(frame);
    state->depth--;
    state->text.size = 0;
    deliver(state, entry, value);
}

/* Models */

static PyObject *indexes_of(State *state, Frame *frame)
{
    Py_ssize_t count = state->index_count - frame->first_index;
    PyObject *tuple = PyTuple_New(count);
    for (Py_ssize_t index = 0; tuple != NULL && index < count; index++) {
        PyObject *number = PyLong_FromSsize_t(state->indexes[frame->first_index + index]);
        if (number == NULL) {
            Py_CLEAR(tuple);
        } else {
            PyTuple_SET_ITEM(tuple, index, number);
        }
    }
    return tuple;
}

static PyObject *tuple_of(PyObject *list)
{
    return list == NULL ? Py_NewRef(NO_ITEMS) : PyList_AsTuple(list);
}

/* What nearly all objects keep that keep anything. */
static PyObject *attributes_and_fragments(Frame *frame)
{
    PyObject *attributes = tuple_of(frame->attributes), *fragments = tuple_of(frame->fragments);
    PyObject *extra = attributes == NULL || fragments == NULL ? NULL : EXTRA_TYPE->tp_alloc(EXTRA_TYPE, 0);
    if (extra == NULL) {
        Py_XDECREF(attributes);
        Py_XDECREF(fragments);
        return NULL;
    }
    SLOT(extra, EXTRA_SLOTS[0]) = attributes;
    SLOT(extra, EXTRA_SLOTS[1]) = fragments;
    for (Py_ssize_t index = EXTRA_EMPTY; index < EXTRA_COUNT; index++) {
        SLOT(extra, EXTRA_SLOTS[index]) = Py_NewRef(index < EXTRA_NONE ? NO_ITEMS : Py_None);
    }
    return extra;
}

/* What is kept beside the members, a new reference. */
static PyObject *extra_of(State *state, Frame *frame)
{
    int has_order = frame->has_moved && frame->plan->is_ordered;
    if (!has_order && !frame->attributes && !frame->fragments && !frame->nulls && !frame->inside) {
        return Py_NewRef(Py_None);
    }
    if (!has_order && !frame->nulls && !frame->inside) {
        return attributes_and_fragments(frame);
    }
    PyObject *order = has_order ? indexes_of(state, frame) : Py_NewRef(Py_None);
    PyObject *extra = order == NULL
        ? NULL
        : PyObject_CallFunctionObjArgs(frame->plan->extra_of, frame->attributes ? frame->attributes : Py_None,
                                       frame->fragments ? frame->fragments : Py_None,
                                       frame->nulls ? frame->nulls : Py_None, frame->inside ? frame->inside : Py_None,
                                       order, NULL);
    Py_XDECREF(order);
    return extra;
}

/* The text member of a model without elements. */
static int take_text(State *state, Frame *frame)
{
    const ReadPlan *plan = frame->plan;
    PyObject **member = &state->values[frame->first_value + plan->count - 1];
    int blank = is_blank(state->text.data, state->text.size);
    if (blank && (!plan->text_is_required || plan->text_is_nullable) && (!plan->text_is_string || state->text.size == 0)) {
        *member = plan->text_is_required ? Py_NewRef(Py_None) : NULL;
        return 0;
    }
    *member = value_of(plan->text, state->text.data == NULL ? "" : state->text.data, state->text.size);
    if (*member == NULL) {
        refuse_text(state);
    }
    return *member == NULL ? -1 : 0;
}

/* Move members to the object; what is not there gets its default. */
static int fill(State *state, Frame *frame, PyObject *object)
{
    const ReadPlan *plan = frame->plan;
    for (Py_ssize_t number = 0; number < plan->count; number++) {
        PyObject **member = &state->values[frame->first_value + number];
        PyObject *value = *member == NULL ? default_of(PyTuple_GET_ITEM(plan->defaults, number)) : *member;
        state->values[frame->first_value + number] = NULL; /* the stack may have moved meanwhile */
        if (value == NULL) {
            if (PyTuple_GET_ITEM(plan->defaults, number) == Py_None) {
                refuse(state);
            }
            return -1;
        }
        SLOT(object, plan->offsets[number]) = value;
    }
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(plan->others); index++) {
        PyObject *value = default_of(PyTuple_GET_ITEM(plan->others, index));
        if (value == NULL) {
            return -1;
        }
        SLOT(object, plan->other_offsets[index]) = value;
    }
    if (plan->kept >= 0) {
        PyObject *extra = extra_of(state, frame);
        if (extra == NULL) {
            return -1;
        }
        SLOT(object, plan->kept) = extra;
    }
    return 0;
}

static void drop_values(State *state, Py_ssize_t first)
{
    while (state->value_count > first) {
        Py_XDECREF(state->values[--state->value_count]);
    }
}

static void close_model(State *state)
{
    Frame *frame = &state->frames[state->depth - 1];
    PyTypeObject *model = frame->plan->model;
    PyObject *object = NULL;
    if ((frame->plan->text == NULL || take_text(state, frame) == 0) && settle_many(state, frame) == 0) {
        object = model->tp_alloc(model, 0);
        if (object != NULL && fill(state, frame, object) < 0) {
            Py_CLEAR(object);
        }
    }
    drop_values(state, frame->first_value);
    state->index_count = frame->first_index;
    const Entry *entry = frame->entry;
    clear_frame(frame);
    state->depth--;
    deliver(state, entry, object);
}

static int is_true_or_false(const char *text)
{
    if (strcmp(text, "true") == 0 || strcmp(text, "1") == 0) {
        return 1;
    }
    return strcmp(text, "false") == 0 || strcmp(text, "0") == 0 ? 0 : -1;
}

/* Whether attributes say that an element is null: 1, 0, or -1 where the reference is to look. */
static int is_null(ReadPlace *place, const char **attributes)
{
    int may_be_typed = place->types != NULL || (place->kind == READ_MODEL && place->is_attribute);
    for (; *attributes != NULL; attributes += 2) {
        if (is_xsi(attributes[0], TYPE) && !may_be_typed) {
            return -1;
        }
        if (is_xsi(attributes[0], NIL)) {
            int answer = is_true_or_false(attributes[1]);
            return answer == 1 && !place->nullable ? -1 : answer;
        }
    }
    return 0;
}

/* The expanded name of a QName by the declarations in scope, in `name`; NULL where it has to be looked up otherwise. */
static char *qualified(State *state, const char *text, char *name, size_t size)
{
    const char *colon = strchr(text, ':'), *local = colon == NULL ? text : colon + 1;
    size_t length = colon == NULL ? 0 : (size_t)(colon - text);
    int index = state->binding_count - 1;
    if (state->binding_count > MOST_PREFIXES || strpbrk(text, " \t\r\n") != NULL || strchr(local, ':') != NULL) {
        return NULL;
    }
    while (index >= 0
           && (strlen(state->bindings[index].prefix) != length || memcmp(state->bindings[index].prefix, text, length) != 0)) {
        index--;
    }
    if (index < 0 ? colon != NULL : state->bindings[index].is_long) {
        return NULL;
    }
    const char *space = index < 0 ? "" : state->bindings[index].space;
    int written = *space == 0 ? snprintf(name, size, "%s", local) : snprintf(name, size, "{%s}%s", space, local);
    return written < 0 || (size_t)written >= size ? NULL : name;
}

/* The same as Python's string; an attribute that was recorded has its expanded name already, behind a mark. */
static PyObject *type_name(State *state, const char *text)
{
    char name[512];
    const char *expanded_name = *text == SEPARATOR ? text + 1 : qualified(state, text, name, sizeof(name));
    if (expanded_name == NULL) {
        fail(state);
        return NULL;
    }
    return PyUnicode_FromString(expanded_name);
}

static PyObject *attribute_value(State *state, ReadPlace *place, const char *text)
{
    if (place->kind != READ_QNAME) {
        return value_of(place, text, (Py_ssize_t)strlen(text));
    }
    PyObject *name = type_name(state, text);
    PyObject *value = name == NULL ? NULL : PyObject_CallOneArg(place->parse, name);
    Py_XDECREF(name);
    return value;
}

static int take_attribute(State *state, Frame *frame, const char *name, const char *text)
{
    Py_ssize_t last = 0;
    const ReadPlan *plan = frame->plan;
    const Entry *entry = entry_of(plan->attribute_entries, plan->attribute_count, &last, name);
    if (entry != NULL) {
        PyObject *value = attribute_value(state, entry->place, text);
        Py_XSETREF(state->values[frame->first_value + entry->number], value);
        if (value == NULL) {
            refuse_text(state);
        }
        return value == NULL ? -1 : 0;
    }
    if (is_xsi(name, NIL)) {
        return 0;
    }
    if (is_xsi(name, TYPE)) {
        return frame->type == NULL ? -1 : 0; /* kept behind the others */
    }
    if (state->is_lenient && may_be_meant(plan->attribute_entries, plan->attribute_count, name)) {
        return -1;
    }
    PyObject *key = expanded(name);
    PyObject *pair = key == NULL ? NULL : Py_BuildValue("(Ns)", key, text);
    return append_new(&frame->attributes, pair);
}

static void open_model(State *state, ReadPlace *place, const Entry *entry, const char **attributes, PyObject *type)
{
    ReadPlan *plan = read_plan_of(place);
    Frame *frame = plan == NULL ? NULL : push_frame(state, FRAME_MODEL, place, entry);
    if (frame == NULL) {
        Py_XDECREF(plan);
        fail(state);
        return;
    }
    frame->plan = plan;
    frame->type = Py_XNewRef(type);
    frame->last = -1;
    frame->first_value = state->value_count;
    frame->first_index = state->index_count;
    if (push_values(state, plan->count) < 0) {
        fail(state);
    }
    for (; *attributes != NULL && !state->has_failed; attributes += 2) {
        if (take_attribute(state, frame, attributes[0], attributes[1]) < 0) {
            fail(state);
        }
    }
    if (type != NULL && append_new(&frame->attributes, Py_BuildValue("(NO)", expanded(TYPE), type)) < 0) {
        fail(state);
    }
}

/* Recordings: an element whose discriminator is yet to come */

static void start_recording(State *state, ReadPlace *place, const Entry *entry)
{
    memset(&state->recording, 0, sizeof(Recording));
    state->is_recording = 1;
    state->recording.place = (ReadPlace *)Py_NewRef(place);
    state->recording.entry = entry;
    state->recording.depth = 1;
}

static void clear_recording(Recording *recording)
{
    Py_CLEAR(recording->place);
    PyMem_Free(recording->events.data);
    PyMem_Free(recording->text.data);
    PyMem_Free(recording->children.data);
    memset(recording, 0, sizeof(Recording));
}

/* Types are looked up now, for the declarations in scope are others when events are replayed. */
static int record_start(State *state, Recording *recording, const char *name, const char **attributes)
{
    char buffer[512];
    int status = put(&recording->events, "<", 1);
    status |= put(&recording->events, name, (Py_ssize_t)strlen(name) + 1);
    for (; *attributes != NULL; attributes++) {
        status |= put(&recording->events, attributes[0], (Py_ssize_t)strlen(attributes[0]) + 1);
        if (status != 0) {
            return -1;
        }
        const char *value = attributes[1];
        if (is_xsi(attributes[0], TYPE)) {
            status |= put(&recording->events, "\f", 1);
            value = qualified(state, value, buffer, sizeof(buffer));
            if (value == NULL) {
                return -1;
            }
        }
        attributes++;
        status |= put(&recording->events, value, (Py_ssize_t)strlen(value) + 1);
    }
    return status | put(&recording->events, "", 1);
}

static int record_text(Recording *recording, const char *text, int size)
{
    return put(&recording->events, "t", 1) | put(&recording->events, (const char *)&size, sizeof(size))
        | put(&recording->events, text, size);
}

static void open_place(State *state, ReadPlace *place, const Entry *entry, const char *name, const char **attributes);

/* Let the handlers have what was recorded, its first element as one of the place. */
static void replay(State *state, const char *rest, Py_ssize_t size, ReadPlace *place, const Entry *entry)
{
    const char *end = rest + size;
    const char **attributes = PyMem_Malloc((size_t)(2 * state->attribute_limit + 1) * sizeof(char *));
    if (attributes == NULL) {
        fail(state);
        return;
    }
    int is_first = 1;
    while (rest < end && !state->has_failed) {
        char event = *rest++;
        if (event == 't') {
            int length;
            memcpy(&length, rest, sizeof(length));
            add_text(state, rest + sizeof(length), length);
            rest += sizeof(length) + (size_t)length;
        } else if (event == '>') {
            end_element(state, "");
        } else {
            const char *name = rest;
            int count = 0;
            for (rest += strlen(rest) + 1; *rest != 0; rest += strlen(rest) + 1) {
                attributes[count++] = rest;
                rest += strlen(rest) + 1;
                attributes[count++] = rest;
            }
            rest++;
            attributes[count] = NULL;
            if (is_first && place->kind == READ_MODEL) {
                open_model(state, place, entry, attributes, NULL);
            } else if (is_first) {
                open_place(state, place, entry, name, attributes);
            } else {
                start_element(state, name, attributes);
            }
            is_first = 0;
        }
    }
    PyMem_Free(attributes);
}

static ReadPlace *alternative_of(ReadPlace *choice, const char *text, Py_ssize_t size)
{
    while (size > 0 && is_blank(text, 1)) {
        text++;
        size--;
    }
    while (size > 0 && is_blank(text + size - 1, 1)) {
        size--;
    }
    PyObject *value = PyUnicode_DecodeUTF8(text, size, NULL);
    PyObject *place = value == NULL ? NULL : Py_XNewRef(PyDict_GetItemWithError(choice->first, value));
    if (value != NULL && place == NULL && choice->parse != Py_None && !PyErr_Occurred()) {
        /* Of a base: its classes are described when they first come. */
        place = PyObject_CallOneArg(choice->parse, value);
        if (place != NULL && (!Py_IS_TYPE(place, &ReadPlace_Type) || PyDict_SetItem(choice->first, value, place) < 0)) {
            Py_CLEAR(place);
        }
    }
    Py_XDECREF(value);
    return (ReadPlace *)place;
}

/* The discriminator is there: from now on its element is read as the model that it tells. Choices within choices, each
 * with its discriminator last, would be recorded once for each level: a few levels are as many as there may be. */
static void end_recording(State *state)
{
    Recording recording = state->recording;
    state->is_recording = 0;
    ReadPlace *place = alternative_of(recording.place, recording.text.data == NULL ? "" : recording.text.data,
                                      recording.text.size);
    if (place == NULL || state->replays == MOST_REPLAYS) {
        fail(state);
    } else {
        state->replays++;
        replay(state, recording.events.data, recording.events.size, place, recording.entry);
        state->replays--;
    }
    Py_XDECREF(place);
    clear_recording(&recording);
}

/* Choices that nothing tells */

/* Read a recorded element as one of a place: its value, a new reference; NULL where it does not fit, or the attempt is over. */
static PyObject *value_as(State *state, const char *events, Py_ssize_t size, ReadPlace *place)
{
    int depth = state->depth;
    Py_ssize_t value_count = state->value_count, index_count = state->index_count;
    Frame *frame = state->budget < size ? NULL : push_frame(state, FRAME_TRIAL, NULL, NULL);
    if (frame == NULL) {
        fail(state);
        return NULL;
    }
    state->budget -= size;
    replay(state, events, size, place, NULL);
    PyObject *value = NULL;
    if (state->has_failed == GOING_ON && state->depth == depth + 1 && !state->is_recording) {
        value = Py_XNewRef(frame->list);
    } else if (state->has_failed == GOING_ON) {
        fail(state);
    }
    if (state->has_failed == REFUSED) {
        state->has_failed = GOING_ON;
        if (state->is_recording) {
            clear_recording(&state->recording);
            state->is_recording = 0;
        }
    }
    while (state->depth > depth) {
        clear_frame(&state->frames[--state->depth]);
    }
    drop_values(state, value_count);
    state->index_count = index_count;
    state->text.size = 0;
    return value;
}

static int has_child(Recording *recording, const char *name)
{
    const char *child = recording->children.data, *end = child + recording->children.size;
    for (; child < end; child += strlen(child) + 1) {
        if (strcmp(child, name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Whether elements that a model requires are not among those recorded: it does not have to be tried. */
static int lacks_elements(State *state, Recording *recording, ReadPlace *place)
{
    ReadPlan *plan = place->kind != READ_MODEL || state->is_lenient || recording->child_count > 64 ? NULL : read_plan_of(place);
    int is_lacking = 0;
    if (plan == NULL) {
        return 0;
    }
    for (Py_ssize_t index = 0; index < plan->entry_count && !is_lacking; index++) {
        const Entry *entry = &plan->entries[index];
        if (PyTuple_GET_ITEM(plan->defaults, entry->number) == Py_None) {
            is_lacking = 1;
            for (Py_ssize_t other = 0; other < plan->entry_count && is_lacking; other++) {
                const Entry *same = &plan->entries[other];
                is_lacking = same->number != entry->number || !has_child(recording, same->name);
            }
        }
    }
    Py_DECREF(plan);
    return is_lacking;
}

/* Whether a value keeps something that its model does not know. */
static int keeps_unknown(ReadPlace *place, PyObject *value)
{
    if (place->kind != READ_MODEL || value == Py_None) {
        return 0;
    }
    ReadPlan *plan = (ReadPlan *)place->first;
    return plan->kept >= 0 && SLOT(value, plan->kept) != Py_None;
}

/* What is left of alternatives that were tried; `best` knows all of the element, and its grade is the least. */
typedef struct {
    PyObject *fitting, *best, *grade, *partial;
    int is_closed; /* whether `partial` is of a closed class: what it keeps may be forbidden */
} Tried;

/* Note an alternative's value, whose reference is taken over; whether no further one has to be tried. */
static int note(State *state, Tried *tried, PyObject *alternative, PyObject *value)
{
    ReadPlace *place = (ReadPlace *)PyTuple_GET_ITEM(alternative, 0);
    PyObject *grader = PyTuple_GET_ITEM(alternative, 1);
    if (!keeps_unknown(place, value)) {
        PyObject *grade = grader == Py_None ? Py_NewRef(Py_None) : PyObject_CallOneArg(grader, value);
        if (grade == NULL || grade == Py_None) {
            Py_XSETREF(tried->fitting, value);
            if (grade == NULL) {
                fail(state);
            }
            Py_XDECREF(grade);
            return 1;
        }
        int is_better = tried->best == NULL ? 1 : PyObject_RichCompareBool(grade, tried->grade, Py_LT);
        if (is_better > 0) {
            Py_XSETREF(tried->best, Py_NewRef(value));
            Py_XSETREF(tried->grade, Py_NewRef(grade));
        } else if (is_better < 0) {
            fail(state);
        }
        Py_DECREF(grade);
    }
    if (tried->partial == NULL) {
        tried->partial = value;
        tried->is_closed = PyTuple_GET_ITEM(alternative, 2) == Py_True;
    } else {
        Py_DECREF(value);
    }
    return state->has_failed;
}

static void try_all(State *state, Recording *recording, Tried *tried)
{
    PyObject *alternatives = recording->place->first; /* (place, grader, whether the class is closed) */
    for (Py_ssize_t index = 0; index < PyTuple_GET_SIZE(alternatives); index++) {
        PyObject *alternative = PyTuple_GET_ITEM(alternatives, index);
        ReadPlace *place = (ReadPlace *)PyTuple_GET_ITEM(alternative, 0);
        if (lacks_elements(state, recording, place)) {
            continue;
        }
        PyObject *value = value_as(state, recording->events.data, recording->events.size, place);
        if (state->has_failed || PyErr_Occurred()
            || (value != NULL && note(state, tried, alternative, value))) {
            return;
        }
    }
}

/* What a text without elements says: None, or (value, whether it is certain), a new reference; NULL: the attempt is over. */
static PyObject *reading_of_text(State *state, Recording *recording)
{
    const char *text = recording->text.data == NULL ? "" : recording->text.data;
    if (recording->child_count > 0 || recording->place->parse == Py_None) {
        return Py_NewRef(Py_None);
    }
    PyObject *string = PyUnicode_DecodeUTF8(text, recording->text.size, NULL);
    PyObject *pair = string == NULL ? NULL : PyObject_CallOneArg(recording->place->parse, string);
    Py_XDECREF(string);
    if (pair != NULL && pair != Py_None && (!PyTuple_CheckExact(pair) || PyTuple_GET_SIZE(pair) != 2)) {
        Py_CLEAR(pair);
    }
    if (pair == NULL) {
        fail(state);
    }
    return pair;
}

/* Whether an element may stand for something else than the alternatives' own content. */
static int is_ambiguous(Recording *recording)
{
    return recording->child_count == 1 && is_one_of(recording->place->names, recording->children.data);
}

/* The value of a choice that nothing tells, a new reference; NULL: it is none of them, or the attempt is over. */
static PyObject *tried_value(State *state, Recording *recording)
{
    PyObject *pair = is_ambiguous(recording) ? NULL : reading_of_text(state, recording), *value = NULL;
    Tried tried = {NULL, NULL, NULL, NULL, 0};
    if (pair == NULL) {
        fail(state);
        return NULL;
    }
    int is_certain = pair != Py_None && PyTuple_GET_ITEM(pair, 1) == Py_True;
    if (!is_certain) {
        try_all(state, recording, &tried);
    }
    if (!state->has_failed) {
        PyObject *text_value = pair == Py_None ? NULL : PyTuple_GET_ITEM(pair, 0);
        value = tried.fitting ? tried.fitting : tried.best ? tried.best : text_value ? text_value : tried.partial;
        if (value == text_value && value != NULL && recording->has_attributes) {
            value = NULL; /* they are kept by what is around it */
            fail(state);
        } else if (value == NULL) {
            refuse(state);
        } else if (value == tried.partial && tried.is_closed) {
            value = NULL; /* the reference asks whether another alternative goes before it */
            fail(state);
        }
        Py_XINCREF(value);
    }
    Py_DECREF(pair);
    Py_XDECREF(tried.fitting);
    Py_XDECREF(tried.best);
    Py_XDECREF(tried.grade);
    Py_XDECREF(tried.partial);
    return value;
}

/* An element that was recorded to its end. */
static void end_whole(State *state)
{
    Recording recording = state->recording;
    PyObject *value = NULL;
    state->is_recording = 0;
    if (recording.place->kind == READ_TRIED) {
        value = tried_value(state, &recording);
    } else if (recording.place->kind == READ_ONE_OR_MANY) {
        value = PyBytes_FromStringAndSize(recording.events.data, recording.events.size);
    } /* else a choice without its discriminator */
    deliver(state, recording.entry, value);
    clear_recording(&recording);
}

/* The values of elements that were recorded, each as one of a place, a new list; NULL: one is none, or the attempt is over. */
static PyObject *values_as(State *state, PyObject *elements, PyObject *place)
{
    PyObject *values = PyList_New(0);
    for (Py_ssize_t index = 0; values != NULL && index < PyList_GET_SIZE(elements); index++) {
        PyObject *events = PyList_GET_ITEM(elements, index);
        PyObject *value = value_as(state, PyBytes_AS_STRING(events), PyBytes_GET_SIZE(events), (ReadPlace *)place);
        if (value == NULL || PyList_Append(values, value) < 0) {
            Py_CLEAR(values);
        }
        Py_XDECREF(value);
    }
    return values;
}

/* What the elements of a choice between one and many stand for, a new reference; NULL: the attempt is over. */
static PyObject *one_or_many(State *state, ReadPlace *place, PyObject *elements)
{
    PyObject *single = PyTuple_GET_ITEM(place->first, 0), *values = NULL;
    if (PyList_GET_SIZE(elements) == 1 && single != Py_None) {
        values = values_as(state, elements, single);
        if (values != NULL) {
            Py_SETREF(values, Py_NewRef(PyList_GET_ITEM(values, 0)));
        }
        return values;
    }
    for (Py_ssize_t index = 1; index < PyTuple_GET_SIZE(place->first) && values == NULL && !state->has_failed; index++) {
        values = values_as(state, elements, PyTuple_GET_ITEM(place->first, index));
    }
    return values;
}

/* Read the elements of choices between one and many, which are all there now. */
static int settle_many(State *state, Frame *frame)
{
    const ReadPlan *plan = frame->plan;
    for (Py_ssize_t index = 0; plan->collects && index < plan->entry_count; index++) {
        const Entry *entry = &plan->entries[index];
        Py_ssize_t place = frame->first_value + entry->number;
        PyObject *elements = state->values[place];
        if (entry->place->kind != READ_ONE_OR_MANY || elements == NULL) {
            continue;
        }
        state->values[place] = NULL;
        PyObject *value = one_or_many(state, entry->place, elements);
        state->values[place] = value; /* the stack may have moved meanwhile */
        Py_DECREF(elements);
        if (value == NULL) {
            fail(state);
            return -1;
        }
    }
    return 0;
}

/* Whether elements say what a choice that nothing tells is: they are no text's, and there is only one alternative with
 * elements, which does not stand within the choice's own. */
static int elements_tell(Recording *recording, const char *name)
{
    const ReadPlace *place = recording->place;
    return place->kind == READ_TRIED && recording->depth == 1 && recording->child_count == 0
        && PyTuple_GET_SIZE(place->first) == 1 && !is_one_of(place->names, name);
}

/* Read an element as one of the only alternative with elements, from its first child on. */
static void read_as_only(State *state, const char *name, const char **attributes)
{
    Recording recording = state->recording;
    state->is_recording = 0;
    PyObject *pair = PyTuple_GET_ITEM(recording.place->first, 0);
    replay(state, recording.events.data, recording.events.size, (ReadPlace *)PyTuple_GET_ITEM(pair, 0), recording.entry);
    clear_recording(&recording);
    start_element(state, name, attributes);
}

static void record_element(State *state, Recording *recording, const char *name, const char **attributes)
{
    if (elements_tell(recording, name)) {
        read_as_only(state, name, attributes);
        return;
    }
    PyObject *tag = recording->place->kind == READ_CHOICE ? PyTuple_GET_ITEM(recording->place->names, 0) : NULL;
    if (recording->is_telling || record_start(state, recording, name, attributes) < 0
        || state->depth + recording->depth >= state->depth_limit) {
        fail(state);
        return;
    }
    recording->depth++;
    if (recording->place->kind != READ_CHOICE) {
        if (recording->depth == 2) {
            recording->child_count++;
            if (put(&recording->children, name, (Py_ssize_t)strlen(name) + 1) < 0) {
                fail(state);
            }
        }
    } else if (recording->depth == 2) {
        recording->is_telling = strcmp(PyBytes_AS_STRING(tag), name) == 0;
        if (!recording->is_telling && state->is_lenient
            && strcmp(local_of(PyBytes_AS_STRING(tag)), local_of(name)) == 0) {
            fail(state);
        }
    }
}

static void record_end(State *state, Recording *recording)
{
    if (put(&recording->events, ">", 1) < 0) {
        fail(state);
    } else if (--recording->depth == 0) {
        end_whole(state);
    } else if (recording->is_telling) {
        end_recording(state);
    }
}

/* Elements of any place */

static void open_null(State *state, ReadPlace *place, const Entry *entry, const char **attributes)
{
    if (attributes[2] != NULL) {
        fail(state); /* attributes that are kept elsewhere */
    } else {
        push_frame(state, FRAME_NULL, place, entry);
    }
}

static void record_from(State *state, ReadPlace *place, const Entry *entry, const char *name, const char **attributes)
{
    start_recording(state, place, entry);
    state->recording.has_attributes = *attributes != NULL;
    if (record_start(state, &state->recording, name, attributes) < 0) {
        fail(state);
    }
}

/* A model that xsi:type names; whether there is such an attribute. */
static int open_typed(State *state, ReadPlace *place, const Entry *entry, const char **attributes)
{
    const char **pair = attributes;
    while (*pair != NULL && !is_xsi(pair[0], TYPE)) {
        pair += 2;
    }
    if (*pair == NULL) {
        return 0;
    }
    PyObject *type = type_name(state, pair[1]);
    PyObject *model = type == NULL ? NULL : PyDict_GetItemWithError(place->types, type);
    if (model == NULL) {
        fail(state);
    } else {
        open_model(state, model == Py_True ? place : (ReadPlace *)model, entry, attributes, type);
    }
    Py_XDECREF(type);
    return 1;
}

static void open_choice(State *state, ReadPlace *place, const Entry *entry, const char *name, const char **attributes)
{
    if (!place->is_attribute) {
        record_from(state, place, entry, name, attributes);
        return;
    }
    const char *tag = PyBytes_AS_STRING(PyTuple_GET_ITEM(place->names, 0));
    ReadPlace *alternative = NULL;
    for (const char **pair = attributes; *pair != NULL; pair += 2) {
        if (strcmp(pair[0], tag) == 0) {
            alternative = alternative_of(place, pair[1], (Py_ssize_t)strlen(pair[1]));
        }
    }
    if (alternative == NULL) {
        fail(state);
        return;
    }
    open_model(state, alternative, entry, attributes, NULL);
    Py_DECREF(alternative);
}

static void open_place(State *state, ReadPlace *place, const Entry *entry, const char *name, const char **attributes)
{
    int is_off = place->kind == READ_OFF || (place->kind == READ_ONE_OR_MANY && *attributes != NULL);
    int null = is_off ? -1 : *attributes == NULL ? 0 : is_null(place, attributes);
    if (null != 0) {
        if (null < 0) {
            fail(state);
        } else {
            open_null(state, place, entry, attributes);
        }
    } else if (*attributes != NULL && place->types != NULL && open_typed(state, place, entry, attributes)) {
        return;
    } else if (place->kind == READ_MODEL) {
        open_model(state, place, entry, attributes, NULL);
    } else if (place->kind == READ_TRIED) {
        record_from(state, place, entry, name, attributes);
    } else if (place->kind == READ_CHOICE) {
        open_choice(state, place, entry, name, attributes);
    } else if (*attributes != NULL && !(attributes[2] == NULL && is_xsi(attributes[0], NIL))) {
        fail(state);
    } else if (place->kind == READ_ONE_OR_MANY) {
        record_from(state, place, entry, name, attributes);
    } else if (place->kind == READ_MAP) {
        open_dict(state, FRAME_MAP, place, entry);
    } else if (place->kind == READ_FREE) {
        if (*attributes != NULL || state->declarations != state->root_declarations || state->has_other_prefix) {
            fail(state);
        } else {
            open_dict(state, FRAME_FREE, place, entry);
        }
    } else if (place->kind == READ_LIST) {
        Frame *frame = push_frame(state, FRAME_LIST, place, entry);
        if (frame != NULL && (frame->list = PyList_New(0)) == NULL) {
            fail(state);
        }
    } else {
        push_frame(state, FRAME_LEAF, place, entry);
    }
}

/* The next member of a repeated element's name; NULL where each of them has its value. */
static const Entry *twin_of(State *state, Frame *frame, const char *name)
{
    for (Py_ssize_t index = 0; index < frame->plan->twin_count; index++) {
        const Entry *twin = &frame->plan->twin_entries[index];
        if (strcmp(twin->name, name) == 0 && state->values[frame->first_value + twin->number] == NULL) {
            return twin;
        }
    }
    return NULL;
}

static void open_child(State *state, Frame *frame, const char *name, const char **attributes)
{
    const ReadPlan *plan = frame->plan;
    const Entry *entry = entry_of(plan->entries, plan->entry_count, &frame->last_entry, name);
    if (entry == NULL) {
        if (plan->refuses_unknown || plan->text != NULL
            || (state->is_lenient && may_be_meant(plan->entries, plan->entry_count, name))) {
            fail(state);
        } else {
            open_unknown(state, name, attributes);
        }
        return;
    }
    if (!entry->is_many && state->values[frame->first_value + entry->number] != NULL) {
        entry = twin_of(state, frame, name);
        if (entry == NULL) {
            refuse(state); /* a second element of the name */
            return;
        }
    }
    frame->has_moved |= entry->index < frame->last;
    frame->last = entry->index;
    if (plan->text != NULL || push_index(state, entry->index) < 0) {
        fail(state);
        return;
    }
    open_place(state, entry->place, entry, name, attributes);
}

static void start_root(State *state, const char *name)
{
    state->is_started = 1;
    state->root_declarations = state->declarations;
    size_t size = local_of(name) == name ? 0 : (size_t)(local_of(name) - 1 - name);
    if (size < sizeof(state->space)) {
        memcpy(state->space, name, size);
        state->space_size = size;
    } else {
        state->has_other_prefix = 1;
    }
}

static void open_element(State *state, const char *name, const char **attributes)
{
    Frame *frame = state->depth == 0 ? NULL : &state->frames[state->depth - 1];
    ReadPlace *place = frame == NULL ? state->root : frame->place;
    if (state->depth == 1 && state->is_spaced) {
        fail(state); /* a layout, which the root keeps */
    } else if (frame != NULL && frame->kind == FRAME_MODEL) {
        open_child(state, frame, name, attributes);
    } else if (frame != NULL && frame->kind == FRAME_UNKNOWN) {
        if (flush_text(state, frame) < 0) {
            fail(state);
        } else {
            open_unknown(state, name, attributes);
        }
    } else if (frame != NULL && frame->kind == FRAME_FREE) {
        open_free(state, frame, name, attributes);
    } else if (frame != NULL && frame->kind == FRAME_MAP) {
        if (take_key(frame, name) < 0) {
            fail(state);
        } else {
            open_place(state, (ReadPlace *)place->first, NULL, name, attributes);
        }
    } else if (frame != NULL && frame->kind == FRAME_LEAF && place->kind != READ_CHOSEN) {
        refuse(state); /* an element in a text */
    } else if (frame == NULL ? state->is_started || !is_one_of(state->names, name)
                             : frame->kind != FRAME_LIST || !is_item(place, name)) {
        fail(state);
    } else {
        if (frame == NULL) {
            start_root(state, name);
        }
        open_place(state, frame == NULL ? place : (ReadPlace *)place->first, NULL, name, attributes);
    }
}

/* Handlers */

static int is_too_long(const char *name)
{
    return strlen(local_of(name)) > LONGEST_NAME;
}

static int are_too_long(const char *name, const char **attributes)
{
    int is_long = is_too_long(name);
    for (; !is_long && *attributes != NULL; attributes += 2) {
        is_long = is_too_long(attributes[0]);
    }
    return is_long;
}

static void start_element(void *data, const char *name, const char **attributes)
{
    State *state = data;
    if (state->has_failed) {
        return;
    }
    int count = 0;
    while (attributes[count] != NULL) {
        count++;
    }
    if (count > 2 * state->attribute_limit || (state->may_be_long && are_too_long(name, attributes))) {
        fail(state);
    } else if (state->is_recording) {
        record_element(state, &state->recording, name, attributes);
    } else {
        open_element(state, name, attributes);
    }
}

static void end_element(void *data, const char *name)
{
    State *state = data;
    if (state->has_failed) {
        return;
    }
    if (state->is_recording) {
        record_end(state, &state->recording);
        return;
    }
    Frame *frame = &state->frames[state->depth - 1];
    PyObject *value = NULL;
    const Entry *entry = frame->entry;
    switch (frame->kind) {
    case FRAME_MODEL:
        close_model(state);
        return;
    case FRAME_UNKNOWN:
        close_unknown(state);
        return;
    case FRAME_FREE:
        close_free(state);
        return;
    case FRAME_LIST:
    case FRAME_MAP:
        value = frame->place->build == Py_None ? Py_NewRef(frame->list)
                                               : PyObject_CallOneArg(frame->place->build, frame->list);
        break;
    case FRAME_NULL:
        value = Py_NewRef(Py_None);
        break;
    default:
        value = value_of(frame->place, state->text.data == NULL ? "" : state->text.data, state->text.size);
        if (value == NULL) {
            refuse_text(state);
        }
    }
    clear_frame(frame);
    state->depth--;
    deliver(state, entry, value);
}

static void add_text(void *data, const char *text, int size)
{
    State *state = data;
    if (state->has_failed) {
        return;
    }
    if (state->is_recording) {
        Recording *recording = &state->recording;
        int is_wanted = recording->is_telling || (recording->place->kind == READ_TRIED && recording->depth == 1);
        if (record_text(recording, text, size) < 0 || (is_wanted && put(&recording->text, text, size) < 0)) {
            fail(state);
        }
        return;
    }
    if (state->depth == 0) {
        return;
    }
    Frame *frame = &state->frames[state->depth - 1];
    if (frame->kind == FRAME_LEAF || frame->kind == FRAME_UNKNOWN || frame->kind == FRAME_FREE
        || (frame->kind == FRAME_MODEL && frame->plan->text)) {
        if (put(&state->text, text, size) < 0) {
            fail(state);
        }
    } else if (frame->kind != FRAME_NULL && !is_blank(text, size)) {
        if (frame->kind == FRAME_MODEL || frame->kind == FRAME_MAP) {
            refuse(state); /* text between elements */
        } else {
            fail(state);
        }
    } else if (state->depth == 1) {
        state->is_spaced |= frame->kind == FRAME_MODEL ? state->index_count == 0 && !frame->fragments : 1;
    }
}

/* Handlers that may run Python's functions, and so other documents meanwhile */

static void handle_start(void *data, const char *name, const char **attributes)
{
    start_element(data, name, attributes);
    PARSING = data;
}

static void handle_end(void *data, const char *name)
{
    end_element(data, name);
    PARSING = data;
}

/* A declaration that came into scope; its prefix is a short one. */
static void bind(State *state, int number, const char *prefix, const char *space)
{
    size_t size = space == NULL ? 0 : strlen(space);
    state->bindings[number].is_long = size >= sizeof(state->bindings[0].space);
    strcpy(state->bindings[number].prefix, prefix == NULL ? "" : prefix);
    memcpy(state->bindings[number].space, space == NULL ? "" : space, state->bindings[number].is_long ? 0 : size + 1);
}

static void unbind(void *data, const char *prefix)
{
    State *state = data;
    state->binding_count--;
}

static void declare(void *data, const char *prefix, const char *space)
{
    State *state = data;
    int number = state->binding_count++; /* whatever comes of it: its end will be told */
    if (++state->declarations > state->declaration_limit) {
        fail(state);
    }
    if (prefix != NULL) {
        state->has_other_prefix |= space == NULL || strcmp(space, XSI) != 0;
        if (state->prefix_count == MOST_PREFIXES || strlen(prefix) >= sizeof(state->prefixes[0])) {
            fail(state);
            return;
        }
        strcpy(state->prefixes[state->prefix_count++], prefix);
    }
    if (number < MOST_PREFIXES) {
        bind(state, number, prefix, space);
    }
}

static void refuse_instruction(void *data, const char *target, const char *text)
{
    fail(data);
}

static void refuse_doctype(void *data, const char *name, const char *system, const char *public, int has_subset)
{
    fail(data);
}

/* Documents */

static int parse_all(State *state, const char *text, Py_ssize_t size)
{
    PARSING = state;
    Parser parser = EXPAT->create("utf-8", &MEMORY, "\f");
    if (parser == NULL) {
        return 0;
    }
    if (EXPAT->set_hash_salt != NULL) {
        EXPAT->set_hash_salt(parser, SALT);
    }
    EXPAT->set_user_data(parser, state);
    EXPAT->set_element_handler(parser, handle_start, handle_end);
    EXPAT->set_text_handler(parser, add_text);
    EXPAT->set_namespace_handler(parser, declare, unbind);
    EXPAT->set_instruction_handler(parser, refuse_instruction);
    EXPAT->set_doctype_handler(parser, refuse_doctype);
    int status = 1, is_last = 0;
    while (status == 1 && !is_last && !state->has_failed) {
        Py_ssize_t part = size > CHUNK ? CHUNK : size;
        is_last = part == size;
        status = EXPAT->parse(parser, text, (int)part, is_last);
        text += part;
        size -= part;
    }
    EXPAT->free(parser);
    return status == 1 && is_last && !state->has_failed && state->depth == 0 && !state->is_recording;
}

static void clear_state(State *state)
{
    while (state->depth > 0) {
        clear_frame(&state->frames[--state->depth]);
    }
    if (state->is_recording) {
        clear_recording(&state->recording);
    }
    drop_values(state, 0);
    PyMem_Free(state->values);
    PyMem_Free(state->indexes);
    PyMem_Free(state->text.data);
}

static State *SPARE; /* of a document that was read, for the next: its size is that of many small documents */

/* A state of which what is counted is zero; NULL and an exception where memory ends. */
static State *new_state(void)
{
    State *state = SPARE;
    SPARE = NULL; /* whoever reads another document meanwhile, in a function of the model's or another thread, makes one */
    if (state == NULL && (state = PyMem_Malloc(sizeof(State))) == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    memset(state, 0, offsetof(State, prefixes));
    state->pool_used = 0;
    return state;
}

static void keep_state(State *state)
{
    if (SPARE == NULL) {
        SPARE = state;
    } else {
        PyMem_Free(state);
    }
}

/* read(place, text, names, miss, is_lenient, depth, attributes, declarations): the value, or `miss` for the reference. */
static PyObject *read_document(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    if (count != 8 || !Py_IS_TYPE(args[0], &ReadPlace_Type) || !PyBytes_Check(args[1]) || !PyTuple_Check(args[2])) {
        PyErr_SetString(PyExc_TypeError, "read(place, text, names, miss, is_lenient, depth, attributes, declarations)");
        return NULL;
    }
    PyObject *names = args[2], *miss = args[3];
    int is_lenient = PyObject_IsTrue(args[4]);
    long depth = PyLong_AsLong(args[5]), attributes = PyLong_AsLong(args[6]), declarations = PyLong_AsLong(args[7]);
    if (PyErr_Occurred()) {
        return NULL;
    }
    if (depth < 1 || depth > INT_MAX || attributes < 0 || attributes > 100000 || declarations > INT_MAX
        || declarations < INT_MIN || FRAGMENT_TYPE == NULL || !are_bytes(names)) {
        PyErr_SetString(PyExc_ValueError, "limits of a document");
        return NULL;
    }
    State *state = new_state();
    if (state == NULL) {
        return NULL;
    }
    Py_ssize_t size = PyBytes_GET_SIZE(args[1]);
    state->root = (ReadPlace *)args[0];
    state->names = names;
    state->is_lenient = is_lenient;
    state->depth_limit = (int)depth;
    state->attribute_limit = (int)attributes;
    state->declaration_limit = (int)declarations;
    state->budget = 32 * size + 4096;
    state->may_be_long = size > LONGEST_NAME;
    int is_read = parse_all(state, PyBytes_AS_STRING(args[1]), size) && state->result != NULL;
    PyObject *result = is_read ? Py_NewRef(state->result) : NULL;
    clear_state(state);
    Py_XDECREF(state->result);
    keep_state(state);
    if (result != NULL && !PyErr_Occurred()) {
        return result;
    }
    Py_XDECREF(result);
    if (PyErr_Occurred() && !PyErr_ExceptionMatches(PyExc_Exception)) {
        return NULL; /* an interrupt */
    }
    PyErr_Clear();
    return Py_NewRef(miss);
}

/* Note where a class holds its attributes, whose names are given; their reference is taken over. */
static int find_slots(PyObject *type, PyObject *names, Py_ssize_t *slots)
{
    Py_ssize_t *offsets = names == NULL ? NULL : offsets_of(type, names);
    if (offsets != NULL) {
        memcpy(slots, offsets, (size_t)PyTuple_GET_SIZE(names) * sizeof(Py_ssize_t));
    }
    Py_XDECREF(names);
    PyMem_Free(offsets);
    return offsets == NULL ? -1 : 0;
}

/* configure_reading(fragment, extra, salt): the classes of unknown elements and of what is kept, and a secret for expat's
 * tables. */
static PyObject *configure_reading(PyObject *module, PyObject *args)
{
    PyObject *fragment, *extra;
    unsigned long salt;
    if (!PyArg_ParseTuple(args, "O!O!k", &PyType_Type, &fragment, &PyType_Type, &extra, &salt)
        || find_slots(fragment, Py_BuildValue("(ssss)", "tag", "attributes", "content", "prefixes"), FRAGMENT_SLOTS) < 0
        || find_slots(extra, Py_BuildValue("(sssssssss)", "attributes", "fragments", "on", "inside", "nulls", "null_members",
                                           "text", "order", "layout"), EXTRA_SLOTS) < 0) {
        return NULL;
    }
    SALT = salt;
    Py_XSETREF(FRAGMENT_TYPE, (PyTypeObject *)Py_NewRef(fragment));
    Py_XSETREF(EXTRA_TYPE, (PyTypeObject *)Py_NewRef(extra));
    return Py_NewRef(Py_None);
}

static PyMethodDef functions[] = {
    {"configure_reading", configure_reading, METH_VARARGS, "Take the class of unknown elements, and a secret."},
    {"read", (PyCFunction)(void (*)(void))read_document, METH_FASTCALL, "The value of a document; what is handed in where the reference is to read it."},
    {NULL, NULL, 0, NULL},
};

int reading_ready(PyObject *module)
{
    EXPAT = PyCapsule_Import("pyexpat.expat_CAPI", 0);
    NO_ITEMS = PyTuple_New(0);
    if (EXPAT == NULL || NO_ITEMS == NULL) {
        return -1;
    }
    if (strcmp(EXPAT->magic, "pyexpat.expat_CAPI 1.1") != 0 || EXPAT->size < (int)sizeof(Expat)
        || EXPAT->major < 2) {
        PyErr_SetString(PyExc_ImportError, "another expat");
        return -1;
    }
    if (scalars_ready() < 0 || read_plans_ready(module) < 0) {
        return -1;
    }
    return PyModule_AddFunctions(module, functions);
}
