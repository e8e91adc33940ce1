#include "xml_buffer.h"

#include <string.h>

static int has_room(Buffer *buffer, Py_ssize_t more)
{
    if (more <= buffer->capacity - buffer->size) {
        return 1;
    }
    if (more > PY_SSIZE_T_MAX / 4 - buffer->size) {
        PyErr_NoMemory();
        return 0;
    }
    Py_ssize_t capacity = buffer->capacity < 512 ? 512 : buffer->capacity;
    while (capacity - buffer->size < more) {
        capacity *= 2;
    }
    char *data = PyMem_Realloc(buffer->data, (size_t)capacity);
    if (data == NULL) {
        PyErr_NoMemory();
        return 0;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return 1;
}

int put(Buffer *buffer, const char *text, Py_ssize_t size)
{
    if (!has_room(buffer, size)) {
        return -1;
    }
    if (size > 0) { /* there may be no room at all yet */
        memcpy(buffer->data + buffer->size, text, (size_t)size);
    }
    buffer->size += size;
    return 0;
}

char *put_room(Buffer *buffer, Py_ssize_t size)
{
    if (!has_room(buffer, size < 1 ? 1 : size)) {
        return NULL;
    }
    buffer->size += size;
    return buffer->data + buffer->size - size;
}

int put_bytes(Buffer *buffer, PyObject *bytes)
{
    return put(buffer, PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes));
}

/* What stands for a character: NULL for itself. */
static const char *reference_of(Py_UCS4 character, int where)
{
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\r':
        return "&#xD;";
    case '"':
        return where == IN_ATTRIBUTE ? "&quot;" : NULL;
    case '\t':
        return where == IN_ATTRIBUTE ? "&#x9;" : NULL;
    case '\n':
        return where == IN_ATTRIBUTE ? "&#xA;" : NULL;
    default:
        return NULL;
    }
}

/* XML 1.0, production 2 */
static int is_character(Py_UCS4 character)
{
    return character >= 0x20 ? !(character >= 0xD800 && character <= 0xDFFF) && character != 0xFFFE && character != 0xFFFF
                             : character == '\t' || character == '\n' || character == '\r';
}

static int put_character(Buffer *buffer, Py_UCS4 character)
{
    char text[4];
    if (character < 0x80) {
        text[0] = (char)character;
        return put(buffer, text, 1);
    }
    if (character < 0x800) {
        text[0] = (char)(0xC0 | character >> 6);
        text[1] = (char)(0x80 | (character & 0x3F));
        return put(buffer, text, 2);
    }
    if (character < 0x10000) {
        text[0] = (char)(0xE0 | character >> 12);
        text[1] = (char)(0x80 | (character >> 6 & 0x3F));
        text[2] = (char)(0x80 | (character & 0x3F));
        return put(buffer, text, 3);
    }
    text[0] = (char)(0xF0 | character >> 18);
    text[1] = (char)(0x80 | (character >> 12 & 0x3F));
    text[2] = (char)(0x80 | (character >> 6 & 0x3F));
    text[3] = (char)(0x80 | (character & 0x3F));
    return put(buffer, text, 4);
}

static int put_escaped(Buffer *buffer, Py_UCS4 character, int where)
{
    const char *reference = where == BESIDE_MARKUP ? NULL : reference_of(character, where);
    if (reference != NULL) {
        return put(buffer, reference, (Py_ssize_t)strlen(reference));
    }
    if (!is_character(character)) {
        PyErr_SetString(PyExc_ValueError, "a character that XML 1.0 cannot carry");
        return -1;
    }
    return put_character(buffer, character);
}

/* Whether an ASCII character stands for itself, in text and in attributes. */
static const char PLAIN[128] = {
    [' '] = 1, ['!'] = 1, ['#'] = 1, ['$'] = 1, ['%'] = 1, ['\''] = 1, ['('] = 1, [')'] = 1, ['*'] = 1, ['+'] = 1,
    [','] = 1, ['-'] = 1, ['.'] = 1, ['/'] = 1, ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1,
    ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1, [':'] = 1, [';'] = 1, ['='] = 1, ['?'] = 1, ['@'] = 1, ['A'] = 1,
    ['B'] = 1, ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1, ['K'] = 1,
    ['L'] = 1, ['M'] = 1, ['N'] = 1, ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1, ['U'] = 1,
    ['V'] = 1, ['W'] = 1, ['X'] = 1, ['Y'] = 1, ['Z'] = 1, ['['] = 1, ['\\'] = 1, [']'] = 1, ['^'] = 1, ['_'] = 1,
    ['`'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1, ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1, ['i'] = 1,
    ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1,
    ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1, ['{'] = 1, ['|'] = 1, ['}'] = 1,
    ['~'] = 1,
};

static int put_ascii(Buffer *buffer, const unsigned char *text, Py_ssize_t size, int where)
{
    Py_ssize_t index = 0;
    while (index < size) {
        if (!has_room(buffer, size - index)) {
            return -1;
        }
        char *out = buffer->data + buffer->size;
        Py_ssize_t start = index;
        while (index < size && PLAIN[text[index]]) {
            out[index - start] = (char)text[index];
            index++;
        }
        buffer->size += index - start;
        if (index < size && put_escaped(buffer, text[index++], where) < 0) {
            return -1;
        }
    }
    return 0;
}

int put_string(Buffer *buffer, PyObject *string, int where)
{
    Py_ssize_t size = PyUnicode_GET_LENGTH(string);
    const void *data = PyUnicode_DATA(string);
    if (PyUnicode_IS_ASCII(string)) {
        return where == BESIDE_MARKUP ? put(buffer, data, size) : put_ascii(buffer, data, size, where);
    }
    int kind = (int)PyUnicode_KIND(string);
    for (Py_ssize_t index = 0; index < size; index++) {
        if (put_escaped(buffer, PyUnicode_READ(kind, data, index), where) < 0) {
            return -1;
        }
    }
    return 0;
}
