/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Values as files: they are listed, read and written by their names, each
 * error is that of the value, and objects come and go.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uk/alloc.h>
#include <uk/store.h>
#include <uk/test.h>

#define STORE	"/store"

static __s16 depth;
static char title[16];

static int get_depth(void *cookie __unused, __s16 *out)
{
	*out = depth;
	return 0;
}

static int set_depth(void *cookie __unused, __s16 val)
{
	if (val == 99)
		return -EBUSY;
	depth = val;
	return 0;
}

static int set_title(void *cookie __unused, const char *val)
{
	if (strlen(val) >= sizeof(title))
		return -ENAMETOOLONG;
	strcpy(title, val);
	return 0;
}

static int get_failing(void *cookie __unused, __u8 *out __unused)
{
	return -EAGAIN;
}

static int get_port(void *cookie, __u16 *out)
{
	*out = *(__u16 *)cookie;
	return 0;
}

static int set_port(void *cookie, __u16 val)
{
	*(__u16 *)cookie = val;
	return 0;
}

UK_STORE_STATIC_ENTRY(1, depth, s16, get_depth, set_depth);
UK_STORE_STATIC_ENTRY(2, title, charp, NULL, set_title);
UK_STORE_STATIC_ENTRY(3, failing, u8, get_failing, NULL);

static __u16 ports[2];

static struct uk_store_object *listen_on(unsigned int nth, const char *name)
{
	const struct uk_store_entry *entries[] = {
		UK_STORE_ENTRY(1, port, u16, get_port, set_port),
		NULL,
	};
	struct uk_store_object *object;

	ports[nth] = 80 + nth;
	object = uk_store_obj_alloc(uk_alloc_get_default(), nth, name,
				    entries, &ports[nth]);
	return uk_store_obj_add(object) ? NULL : object;
}

/* What a file holds; `?` and errno for one that cannot be read. */
static const char *content(const char *path)
{
	static char text[300];
	int fd = open(path, O_RDONLY);
	ssize_t len = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	int error = errno;

	if (fd >= 0)
		close(fd);
	errno = error;
	text[len < 0 ? 0 : len] = '\0';
	return len < 0 ? "?" : text;
}

/* Writes a file as a shell does; 0, or an errno. */
static int put(const char *path, const char *text, size_t len)
{
	int fd = open(path, O_WRONLY | O_TRUNC);
	int error = 0;

	if (fd < 0)
		return errno;
	if (write(fd, text, len) != (ssize_t)len)
		error = errno;
	close(fd);
	return error;
}

static int put_text(const char *path, const char *text)
{
	return put(path, text, strlen(text));
}

/* Counts the entries of a directory, and those of one name. */
static unsigned int list(const char *path, const char *name,
			 unsigned int *named)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	unsigned int all = 0;

	for (*named = 0; dir && (entry = readdir(dir)); all++)
		if (!strcmp(entry->d_name, name))
			++*named;
	if (dir)
		closedir(dir);
	return all;
}

UK_TESTCASE(storefs, lists_libraries_and_values)
{
	unsigned int named;

	UK_TEST_EXPECT_UNUM_GE(list(STORE, "ukalloc", &named), 5);
	UK_TEST_EXPECT_UNUM_EQ(named, 1);
	list(STORE, "app", &named);
	UK_TEST_EXPECT_UNUM_EQ(named, 1);
	/* With the two that every directory has. */
	UK_TEST_EXPECT_UNUM_EQ(list(STORE "/app", "depth", &named), 5);
	UK_TEST_EXPECT_UNUM_EQ(named, 1);
	UK_TEST_EXPECT_UNUM_EQ(list(STORE "/ukalloc", "cur_mem_use", &named),
			       13);
	UK_TEST_EXPECT_UNUM_EQ(named, 1);
}

UK_TESTCASE(storefs, reads_a_value_as_text)
{
	char part[3];
	int fd;

	depth = -300;
	UK_TEST_EXPECT_STR_EQ(content(STORE "/app/depth"), "-300\n");
	UK_TEST_EXPECT_STR_EQ(content(STORE "/app/../app/depth"), "-300\n");
	fd = open(STORE "/app/depth", O_RDONLY);
	UK_TEST_REQUIRE_SNUM_GE(fd, 0);
	UK_TEST_EXPECT_SNUM_EQ(read(fd, part, 3), 3);
	UK_TEST_EXPECT_BYTES_EQ(part, "-30", 3);
	UK_TEST_EXPECT_SNUM_EQ(read(fd, part, 3), 2);
	UK_TEST_EXPECT_BYTES_EQ(part, "0\n", 2);
	UK_TEST_EXPECT_ZERO(read(fd, part, 3));
	UK_TEST_EXPECT_ZERO(pread(fd, part, 3, 1000));
	close(fd);
}

UK_TESTCASE(storefs, writes_a_value_by_its_setter)
{
	int fd;

	UK_TEST_EXPECT_ZERO(put_text(STORE "/app/depth", "12\n"));
	UK_TEST_EXPECT_SNUM_EQ(depth, 12);
	UK_TEST_EXPECT_ZERO(put_text(STORE "/app/depth", "-7"));
	UK_TEST_EXPECT_SNUM_EQ(depth, -7);
	UK_TEST_EXPECT_ZERO(put_text(STORE "/app/title", "a b\n"));
	UK_TEST_EXPECT_STR_EQ(title, "a b");
	/* Each write is a value, whatever was written before. */
	fd = open(STORE "/app/depth", O_RDWR);
	UK_TEST_REQUIRE_SNUM_GE(fd, 0);
	UK_TEST_EXPECT_SNUM_EQ(write(fd, "1", 1), 1);
	UK_TEST_EXPECT_SNUM_EQ(write(fd, "2\n", 2), 2);
	UK_TEST_EXPECT_SNUM_EQ(depth, 2);
	close(fd);
}

UK_TESTCASE(storefs, says_what_is_wrong_with_a_value)
{
	static const char many[300] = "x";

	depth = 5;
	UK_TEST_EXPECT_SNUM_EQ(put_text(STORE "/app/depth", "x"), EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(put_text(STORE "/app/depth", "\n"), EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(put(STORE "/app/depth", "1\0002", 3), EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(put(STORE "/app/depth", many, 300), EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(put_text(STORE "/app/depth", "32768"), ERANGE);
	UK_TEST_EXPECT_SNUM_EQ(put_text(STORE "/app/depth", "99"), EBUSY);
	UK_TEST_EXPECT_SNUM_EQ(put_text(STORE "/app/title",
					"longer than its room"),
			       ENAMETOOLONG);
	UK_TEST_EXPECT_SNUM_EQ(depth, 5);
	UK_TEST_EXPECT_STR_EQ(content(STORE "/app/failing"), "?");
	UK_TEST_EXPECT_SNUM_EQ(errno, EAGAIN);
}

UK_TESTCASE(storefs, has_the_access_that_a_value_has)
{
	struct stat st;
	int fd;

	UK_TEST_EXPECT_STR_EQ(content(STORE "/app/title"), "?");
	UK_TEST_EXPECT_SNUM_EQ(errno, EACCES);
	UK_TEST_EXPECT_SNUM_EQ(put_text(STORE "/app/failing", "1"), EACCES);
	fd = open(STORE "/app/failing", O_WRONLY);
	UK_TEST_REQUIRE_SNUM_GE(fd, 0);
	UK_TEST_EXPECT_SNUM_EQ(write(fd, "1", 1), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, EACCES);
	close(fd);
	UK_TEST_EXPECT_ZERO(stat(STORE "/app/depth", &st));
	UK_TEST_EXPECT_UNUM_EQ(st.st_mode, S_IFREG | 0644);
	UK_TEST_EXPECT_ZERO(stat(STORE "/app/title", &st));
	UK_TEST_EXPECT_UNUM_EQ(st.st_mode, S_IFREG | 0200);
	UK_TEST_EXPECT_ZERO(stat(STORE "/app", &st));
	UK_TEST_EXPECT_UNUM_EQ(st.st_mode, S_IFDIR | 0555);
}

UK_TESTCASE(storefs, cannot_be_changed_but_for_its_values)
{
	UK_TEST_EXPECT_SNUM_EQ(open(STORE "/app/no", O_RDONLY), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, ENOENT);
	UK_TEST_EXPECT_SNUM_EQ(open(STORE "/no", O_RDONLY), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, ENOENT);
	UK_TEST_EXPECT_SNUM_EQ(open(STORE "/app/depth/no", O_RDONLY), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, ENOTDIR);
	UK_TEST_EXPECT_SNUM_EQ(open(STORE "/app/no", O_CREAT | O_RDWR, 0644),
			       -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, EPERM);
	UK_TEST_EXPECT_SNUM_EQ(mkdir(STORE "/no", 0755), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, EPERM);
	UK_TEST_EXPECT_SNUM_EQ(unlink(STORE "/app/depth"), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, EPERM);
}

UK_TESTCASE(storefs, has_objects_as_long_as_they_are_there)
{
	struct uk_store_object *http = listen_on(0, "http");
	struct uk_store_object *https = listen_on(1, "https");
	unsigned int named;
	int fd;

	UK_TEST_REQUIRE(http && https);
	UK_TEST_EXPECT_UNUM_EQ(list(STORE "/app", "https", &named), 7);
	UK_TEST_EXPECT_UNUM_EQ(named, 1);
	UK_TEST_EXPECT_UNUM_EQ(list(STORE "/app/https", "port", &named), 3);
	UK_TEST_EXPECT_UNUM_EQ(named, 1);
	UK_TEST_EXPECT_STR_EQ(content(STORE "/app/http/port"), "80\n");
	UK_TEST_EXPECT_STR_EQ(content(STORE "/app/http/../https/port"),
			      "81\n");
	UK_TEST_EXPECT_ZERO(put_text(STORE "/app/https/port", "8443\n"));
	UK_TEST_EXPECT_UNUM_EQ(ports[1], 8443);
	UK_TEST_EXPECT_UNUM_EQ(ports[0], 80);
	fd = open(STORE "/app/http/port", O_RDWR);
	UK_TEST_EXPECT_SNUM_GE(fd, 0);
	uk_store_obj_release(http);
	UK_TEST_EXPECT_SNUM_EQ(read(fd, &named, 1), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, ENODEV);
	UK_TEST_EXPECT_SNUM_EQ(write(fd, "1", 1), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, ENODEV);
	close(fd);
	UK_TEST_EXPECT_SNUM_EQ(open(STORE "/app/http", O_RDONLY), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, ENOENT);
	UK_TEST_EXPECT_UNUM_EQ(list(STORE "/app", "http", &named), 6);
	uk_store_obj_release(https);
	UK_TEST_EXPECT_UNUM_EQ(list(STORE "/app", "https", &named), 5);
}

static int mount_store(struct uk_testsuite *suite __unused)
{
	if (mkdir(STORE, 0755) != 0)
		return -errno;
	return mount("", STORE, "storefs", 0, NULL);
}

static void unmount_store(struct uk_testsuite *suite __unused)
{
	/* Nothing of it is in use any more. */
	UK_TEST_EXPECT_ZERO(umount(STORE));
	UK_TEST_EXPECT_ZERO(rmdir(STORE));
}

uk_testsuite_fixture(storefs, NULL, NULL, unmount_store);
uk_testsuite_register(storefs, mount_store);
