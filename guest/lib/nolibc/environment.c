/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The environment: empty at the boot, and what the program puts into it.
 * What putenv() was given stays the caller's; the rest is on the heap.
 */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct variable {
	char *text;
	/* Whether the text is ours to free. */
	int owned;
};

/*
 * Both hold `used` variables, `environ` with a NULL after the last; it is NULL
 * itself before there was any.
 */
static struct variable *variables;
static size_t used;

char **environ;

static size_t name_length(const char *text)
{
	return strcspn(text, "=");
}

/* Place of a variable, `used` where there is none. */
static size_t find(const char *name, size_t len)
{
	size_t at;

	for (at = 0; at < used; at++)
		if (name_length(variables[at].text) == len &&
		    memcmp(variables[at].text, name, len) == 0)
			break;
	return at;
}

static int make_room(void)
{
	struct variable *more;
	char **list;

	more = realloc(variables, (used + 1) * sizeof(*more));
	if (!more)
		return -1;
	variables = more;
	list = realloc(environ, (used + 2) * sizeof(*list));
	if (!list)
		return -1;
	list[used] = NULL;
	list[used + 1] = NULL;
	environ = list;
	return 0;
}

static int put(char *text, int owned)
{
	size_t at = find(text, name_length(text));

	if (at == used) {
		if (make_room())
			return -1;
		used++;
	} else if (variables[at].owned) {
		free(variables[at].text);
	}
	variables[at] = (struct variable){ text, owned };
	environ[at] = text;
	return 0;
}

static int is_name(const char *name)
{
	return name && *name && !strchr(name, '=');
}

char *getenv(const char *name)
{
	size_t at = find(name, strlen(name));

	return at == used ? NULL : variables[at].text + strlen(name) + 1;
}

int setenv(const char *name, const char *value, int overwrite)
{
	size_t len;
	char *text;

	if (!is_name(name)) {
		errno = EINVAL;
		return -1;
	}
	if (!overwrite && getenv(name))
		return 0;
	len = strlen(name);
	text = malloc(len + strlen(value) + 2);
	if (!text)
		return -1;
	memcpy(text, name, len);
	text[len] = '=';
	strcpy(text + len + 1, value);
	if (put(text, 1)) {
		free(text);
		return -1;
	}
	return 0;
}

int unsetenv(const char *name)
{
	size_t at;

	if (!is_name(name)) {
		errno = EINVAL;
		return -1;
	}
	at = find(name, strlen(name));
	if (at == used)
		return 0;
	if (variables[at].owned)
		free(variables[at].text);
	used--;
	memmove(variables + at, variables + at + 1,
		(used - at) * sizeof(*variables));
	memmove(environ + at, environ + at + 1,
		(used - at + 1) * sizeof(*environ));
	return 0;
}

int putenv(char *text)
{
	if (!strchr(text, '='))
		return unsetenv(text);
	if (*text == '=') {
		errno = EINVAL;
		return -1;
	}
	return put(text, 0);
}

int clearenv(void)
{
	while (used)
		if (variables[--used].owned)
			free(variables[used].text);
	if (environ)
		environ[0] = NULL;
	return 0;
}
