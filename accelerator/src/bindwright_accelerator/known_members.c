/* Documents whose root has members that its model does not know: those are looked over and left as text, the rest is read
 * as a document that has none of them.
 *
 * What is left as text is parsed when somebody asks for it, by the reference. So nothing may be wrong with it: it is looked
 * at more strictly than JSON is (RFC 8259), and any document that is not plainly right is for others.
 */
#include "trees.h"

enum {
    MOST_UNKNOWN = 64,  /* unknown members of the root */
    MOST_KNOWN = 256,   /* members of a model */
    MOST_NAMES = 32,    /* names of an object within them: each is compared with those before it */
    MOST_NESTED = 60,
    MOST_DIGITS = 18,
};

static PyObject *NO_MEMBERS; /* the document of an object without members */

/* What an octet is within a string. */
enum { TEXT, MARK, BACKSLASH, CONTROL, LEADING };
static unsigned char KINDS[256];

/* Texts: each function gives where what it is called for ends, or NULL where the document is for others */

static int is_blank(char sign)
{
    return sign == ' ' || sign == '\n' || sign == '\r' || sign == '\t';
}

static const char *past_blanks(const char *text)
{
    while (is_blank(*text)) {
        text++;
    }
    return text;
}

static int is_within(char octet, unsigned char least, unsigned char greatest)
{
    return (unsigned char)octet >= least && (unsigned char)octet <= greatest;
}

/* A character of several octets (RFC 3629, 4). A document ends in a zero, which none of them is. */
static const char *past_character(const char *text)
{
    unsigned char lead = (unsigned char)text[0];
    if (is_within(text[0], 0xc2, 0xdf)) {
        return is_within(text[1], 0x80, 0xbf) ? text + 2 : NULL;
    }
    if (is_within(text[0], 0xe0, 0xef)) {
        unsigned char least = lead == 0xe0 ? 0xa0 : 0x80, greatest = lead == 0xed ? 0x9f : 0xbf;
        return is_within(text[1], least, greatest) && is_within(text[2], 0x80, 0xbf) ? text + 3 : NULL;
    }
    if (is_within(text[0], 0xf0, 0xf4)) {
        unsigned char least = lead == 0xf0 ? 0x90 : 0x80, greatest = lead == 0xf4 ? 0x8f : 0xbf;
        int is_right = is_within(text[1], least, greatest) && is_within(text[2], 0x80, 0xbf) && is_within(text[3], 0x80, 0xbf);
        return is_right ? text + 4 : NULL;
    }
    return NULL;
}

/* An escape, from its backslash; those of code units are for others, for they may be half of a character. */
static const char *past_escape(const char *text)
{
    return text[1] != '\0' && strchr("\"\\/bfnrt", text[1]) != NULL ? text + 2 : NULL;
}

/* A string, from behind its first mark to behind its last one. */
static const char *past_string(const char *text)
{
    while (text != NULL) {
        while (KINDS[(unsigned char)*text] == TEXT) {
            text++;
        }
        switch (KINDS[(unsigned char)*text]) {
        case MARK:
            return text + 1;
        case BACKSLASH:
            text = past_escape(text);
            break;
        case LEADING:
            text = past_character(text);
            break;
        default:
            return NULL;
        }
    }
    return NULL;
}

/* A name, from behind its first mark to behind the colon; one with escapes is for others. */
static const char *past_name(const char *text, Py_ssize_t *size)
{
    const char *start = text;
    text = past_string(text);
    if (text == NULL || memchr(start, '\\', (size_t)(text - start)) != NULL) {
        return NULL;
    }
    *size = text - 1 - start;
    text = past_blanks(text);
    return *text == ':' ? past_blanks(text + 1) : NULL;
}

static const char *past_digits(const char *text)
{
    while (*text >= '0' && *text <= '9') {
        text++;
    }
    return text;
}

/* A number of few digits without an exponent. */
static const char *past_number(const char *text)
{
    const char *start = text + (*text == '-'), *end = past_digits(start);
    if (end == start || (*start == '0' && end > start + 1)) {
        return NULL;
    }
    if (*end == '.') {
        const char *fraction = end + 1;
        end = past_digits(fraction);
        if (end == fraction) {
            return NULL;
        }
    }
    return end - start > MOST_DIGITS || *end == 'e' || *end == 'E' ? NULL : end;
}

static const char *past_word(const char *text, const char *word)
{
    for (; *word != '\0'; word++, text++) {
        if (*text != *word) {
            return NULL;
        }
    }
    return text;
}

typedef struct {
    const char *start;
    Py_ssize_t size;
} Name;

/* The names of an object that have come; `seen` has a bit for each of some properties that a name has. */
typedef struct {
    Name *names;
    Py_ssize_t count;
    Py_ssize_t most;
    uint64_t seen;
} Names;

/* Add a name; 0 where it is there, or there are too many. */
static int add_name(Names *names, const char *start, Py_ssize_t size)
{
    unsigned char first = (unsigned char)start[0], last = (unsigned char)start[size > 0 ? size - 1 : 0];
    uint64_t bit = (uint64_t)1 << ((first * 7 + last * 3 + (size_t)size) & 63);
    if (names->count == names->most) {
        return 0;
    }
    for (Py_ssize_t index = 0; (names->seen & bit) && index < names->count; index++) {
        if (names->names[index].size == size && memcmp(names->names[index].start, start, (size_t)size) == 0) {
            return 0;
        }
    }
    names->seen |= bit;
    names->names[names->count++] = (Name){start, size};
    return 1;
}

static const char *past_value(const char *text, int levels);

/* Behind a value: where the next one begins, or `end` behind the container's last sign; NULL where neither comes. */
static const char *past_comma(const char *text, char last, int *is_end)
{
    text = past_blanks(text);
    *is_end = *text == last;
    return *is_end ? text + 1 : *text == ',' ? past_blanks(text + 1) : NULL;
}

static const char *past_list(const char *text, int levels)
{
    text = past_blanks(text + 1);
    if (*text == ']') {
        return text + 1;
    }
    for (int is_end = 0; text != NULL && !is_end;) {
        text = past_value(text, levels);
        text = text == NULL ? NULL : past_comma(text, ']', &is_end);
    }
    return text;
}

static const char *past_object(const char *text, int levels)
{
    Name storage[MOST_NAMES];
    Names names = {storage, 0, MOST_NAMES, 0};
    text = past_blanks(text + 1);
    if (*text == '}') {
        return text + 1;
    }
    for (int is_end = 0; text != NULL && !is_end;) {
        const char *name = text + 1;
        Py_ssize_t size;
        text = *text == '"' ? past_name(name, &size) : NULL;
        text = text != NULL && add_name(&names, name, size) ? past_value(text, levels) : NULL;
        text = text == NULL ? NULL : past_comma(text, '}', &is_end);
    }
    return text;
}

/* A value in which no object has a name twice. */
static const char *past_value(const char *text, int levels)
{
    switch (*text) {
    case '"':
        return past_string(text + 1);
    case '{':
        return levels == 0 ? NULL : past_object(text, levels - 1);
    case '[':
        return levels == 0 ? NULL : past_list(text, levels - 1);
    case 't':
        return past_word(text, "true");
    case 'f':
        return past_word(text, "false");
    case 'n':
        return past_word(text, "null");
    default:
        return past_number(text);
    }
}

/* The root */

typedef struct {
    TreePlan *plan;
    Py_ssize_t expected;             /* the member that may be next */
    Py_ssize_t known;                /* how many came */
    unsigned char came[MOST_KNOWN];
    Names unknown;
    Name runs[MOST_UNKNOWN + 1];     /* texts of known members that stand beside each other */
    Py_ssize_t count;                /* of them */
    int is_open;                     /* whether the last member was known */
} Root;

static int is_member(TreePlan *plan, Py_ssize_t index, const char *start, Py_ssize_t size)
{
    Py_ssize_t known_size;
    const char *known = PyUnicode_AsUTF8AndSize(PyTuple_GET_ITEM(plan->names, index), &known_size);
    if (known == NULL) {
        PyErr_Clear(); /* a name with half of a character, which no document has */
        return 0;
    }
    return known_size == size && memcmp(known, start, (size_t)size) == 0;
}

/* The index of the member with a name, or -1. They come in their order most often. */
static Py_ssize_t member_index(Root *root, const char *start, Py_ssize_t size)
{
    Py_ssize_t count = PyTuple_GET_SIZE(root->plan->names);
    for (Py_ssize_t step = 0; step < count; step++) {
        Py_ssize_t index = root->expected + step < count ? root->expected + step : root->expected + step - count;
        if (is_member(root->plan, index, start, size)) {
            root->expected = index + 1 < count ? index + 1 : 0;
            return index;
        }
    }
    return -1;
}

/* Note a member of the root; 0 where it is there twice, or there are too many. */
static int add_member(Root *root, const char *name, Py_ssize_t size, const char *end)
{
    Py_ssize_t index = member_index(root, name, size);
    if (index < 0) {
        root->is_open = 0;
        return add_name(&root->unknown, name, size);
    }
    if (root->came[index]) {
        return 0;
    }
    root->came[index] = 1;
    if (!root->is_open) {
        root->runs[root->count++].start = name - 1;
    }
    Name *run = &root->runs[root->count - 1];
    run->size = end - run->start;
    root->is_open = 1;
    return 1;
}

/* Look over a document; 0 where it is for others. */
static int look_over(Root *root, const char *text, const char *end, int levels)
{
    text = past_blanks(text);
    if (*text != '{' || levels == 0 || PyTuple_GET_SIZE(root->plan->names) > MOST_KNOWN) {
        return 0;
    }
    text = past_blanks(text + 1);
    for (int is_end = 0; !is_end;) {
        const char *name = text + 1, *behind;
        Py_ssize_t size;
        text = *text == '"' ? past_name(name, &size) : NULL;
        behind = text == NULL ? NULL : past_value(text, levels - 1);
        if (behind == NULL || !add_member(root, name, size, behind) || (text = past_comma(behind, '}', &is_end)) == NULL) {
            return 0;
        }
    }
    return past_blanks(text) == end && root->unknown.count > 0;
}

/* The document without its unknown members. */
static PyObject *known_text(const Root *root)
{
    if (root->count == 0) {
        return Py_NewRef(NO_MEMBERS);
    }
    Py_ssize_t size = root->count + 1; /* the braces, and commas between the runs */
    for (Py_ssize_t index = 0; index < root->count; index++) {
        size += root->runs[index].size;
    }
    PyObject *result = PyBytes_FromStringAndSize(NULL, size);
    char *text = result == NULL ? NULL : PyBytes_AS_STRING(result);
    for (Py_ssize_t index = 0; result != NULL && index < root->count; index++) {
        *text++ = index == 0 ? '{' : ',';
        memcpy(text, root->runs[index].start, (size_t)root->runs[index].size);
        text += root->runs[index].size;
    }
    if (result != NULL) {
        *text = '}';
    }
    return result;
}

/* Keep what is unknown with a model: the document, and the names that are known. */
static int keep_text(TreePlan *plan, PyObject *object, PyObject *data)
{
    PyObject *source = PyTuple_Pack(2, data, plan->known);
    PyObject *kept = source == NULL ? NULL : plan->unknown->tp_alloc(plan->unknown, 0);
    if (kept == NULL) {
        Py_XDECREF(source);
        return -1;
    }
    SLOT(kept, plan->kept[1]) = Py_NewRef(NO_NAMES);
    SLOT(kept, plan->kept[2]) = source;
    Py_XSETREF(SLOT(object, plan->extra), kept);
    return 0;
}

static PyObject *refused(void)
{
    PyErr_SetString(PyExc_ValueError, "a document that is for the reference");
    return NULL;
}

static PyObject *read_rest(Place *place, TreePlan *plan, PyObject *decode, PyObject *rest, PyObject *data)
{
    PyObject *structure = PyObject_CallOneArg(decode, rest);
    if (structure == NULL) {
        return NULL;
    }
    int is_counted = 0;
    PyObject *value = moved_document(place, structure, rest, &is_counted);
    Py_DECREF(structure);
    if (value != NULL && (!is_counted || !Py_IS_TYPE(value, plan->model))) {
        Py_DECREF(value);
        return refused();
    }
    if (value != NULL && keep_text(plan, value, data) < 0) {
        Py_CLEAR(value);
    }
    return value;
}

PyDoc_STRVAR(read_known_doc,
             "read_known(place, plan, decode, data, levels)\n--\n\n"
             "The model of a document of so many levels at most with members that it does not know, which are kept as text:\n"
             "decode reads the others, whose place it is. Any exception means: read the document another way.");

static PyObject *read_known(PyObject *module, PyObject *const *args, Py_ssize_t size)
{
    if (size != 5 || !Py_IS_TYPE(args[0], &Place_Type) || !Py_IS_TYPE(args[1], &TreePlan_Type)
        || !PyBytes_CheckExact(args[3])) {
        PyErr_SetString(PyExc_TypeError, "read_known(place, plan, decode, data, levels)");
        return NULL;
    }
    TreePlan *plan = (TreePlan *)args[1];
    long levels = PyLong_AsLong(args[4]);
    if (levels < 0 || plan->extra < 0 || plan->additional >= 0) {
        return PyErr_Occurred() ? NULL : refused();
    }
    Name storage[MOST_UNKNOWN];
    Root root = {.plan = plan, .unknown = {storage, 0, MOST_UNKNOWN, 0}};
    const char *text = PyBytes_AS_STRING(args[3]);
    if (!look_over(&root, text, text + PyBytes_GET_SIZE(args[3]), levels < MOST_NESTED ? (int)levels : MOST_NESTED)) {
        return refused();
    }
    PyObject *rest = known_text(&root);
    PyObject *value = rest == NULL ? NULL : read_rest((Place *)args[0], plan, args[2], rest, args[3]);
    Py_XDECREF(rest);
    return value;
}

static PyMethodDef functions[] = {
    {"read_known", (PyCFunction)(void (*)(void))read_known, METH_FASTCALL, read_known_doc},
    {NULL, NULL, 0, NULL},
};

int known_ready(PyObject *module)
{
    for (int octet = 0; octet < 256; octet++) {
        KINDS[octet] = octet == '"' ? MARK : octet == '\\' ? BACKSLASH : octet < 0x20 ? CONTROL : octet < 0x80 ? TEXT : LEADING;
    }
    Py_XSETREF(NO_MEMBERS, PyBytes_FromString("{}"));
    return NO_MEMBERS == NULL ? -1 : PyModule_AddFunctions(module, functions);
}
