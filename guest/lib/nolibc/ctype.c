/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Classes of ASCII characters, by comparing.
 * There is no table and no locale.
 */
#include <ctype.h>

static int within(int c, int low, int high)
{
	return c >= low && c <= high;
}

int isascii(int c)
{
	return within(c, 0, 127);
}

int isblank(int c)
{
	return c == ' ' || c == '\t';
}

int iscntrl(int c)
{
	return within(c, 0, 31) || c == 127;
}

int isdigit(int c)
{
	return within(c, '0', '9');
}

int isgraph(int c)
{
	return within(c, '!', '~');
}

int islower(int c)
{
	return within(c, 'a', 'z');
}

int isupper(int c)
{
	return within(c, 'A', 'Z');
}

int isalpha(int c)
{
	return islower(c) || isupper(c);
}

int isalnum(int c)
{
	return isalpha(c) || isdigit(c);
}

int isprint(int c)
{
	return within(c, ' ', '~');
}

int ispunct(int c)
{
	return isgraph(c) && !isalnum(c);
}

int isspace(int c)
{
	return c == ' ' || within(c, '\t', '\r');
}

int isxdigit(int c)
{
	return isdigit(c) || within(c, 'a', 'f') || within(c, 'A', 'F');
}

int tolower(int c)
{
	return isupper(c) ? c + ('a' - 'A') : c;
}

int toupper(int c)
{
	return islower(c) ? c - ('a' - 'A') : c;
}

int toascii(int c)
{
	return c & 127;
}
