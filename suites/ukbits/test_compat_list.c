/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The four kinds of typed lists: what stands in them after each way to add and
 * to remove, at the ends and in between.
 */
#include <uk/compat_list.h>
#include <uk/test.h>

struct entry {
	int number;
	UK_SLIST_ENTRY(struct entry) single;
	UK_STAILQ_ENTRY(struct entry) tailed;
	UK_LIST_ENTRY(struct entry) both;
	UK_TAILQ_ENTRY(struct entry) both_tailed;
};

UK_SLIST_HEAD(singles, struct entry);
UK_STAILQ_HEAD(taileds, struct entry);
UK_COMPAT_LIST_HEAD(boths, struct entry);
UK_TAILQ_HEAD(both_taileds, struct entry);

static struct entry one = { .number = 1 };
static struct entry two = { .number = 2 };
static struct entry three = { .number = 3 };

/* The numbers of a list as the digits of one. */
#define DIGITS(kind, head, field) ({					\
	struct entry *_each;						\
	int _digits = 0;						\
									\
	kind##_FOREACH(_each, head, field)				\
		_digits = 10 * _digits + _each->number;			\
	_digits; })

UK_TESTCASE(uk_compat_list, slist)
{
	struct singles head = UK_SLIST_HEAD_INITIALIZER(head);

	UK_TEST_EXPECT(UK_SLIST_EMPTY(&head));
	UK_SLIST_INSERT_HEAD(&head, &three, single);
	UK_SLIST_INSERT_HEAD(&head, &one, single);
	UK_SLIST_INSERT_AFTER(&one, &two, single);
	UK_TEST_EXPECT_SNUM_EQ(DIGITS(UK_SLIST, &head, single), 123);
	UK_SLIST_REMOVE(&head, &two, struct entry, single);
	UK_TEST_EXPECT_SNUM_EQ(DIGITS(UK_SLIST, &head, single), 13);
	UK_SLIST_REMOVE_AFTER(&one, single);
	UK_SLIST_REMOVE_HEAD(&head, single);
	UK_TEST_EXPECT_NULL(UK_SLIST_FIRST(&head));
}

UK_TESTCASE(uk_compat_list, stailq)
{
	struct taileds head = UK_STAILQ_HEAD_INITIALIZER(head), more;

	UK_STAILQ_INIT(&more);
	UK_TEST_EXPECT_NULL(UK_STAILQ_LAST(&head, struct entry, tailed));
	UK_STAILQ_INSERT_TAIL(&head, &two, tailed);
	UK_STAILQ_INSERT_HEAD(&head, &one, tailed);
	UK_STAILQ_INSERT_AFTER(&head, &two, &three, tailed);
	UK_TEST_EXPECT_SNUM_EQ(DIGITS(UK_STAILQ, &head, tailed), 123);
	UK_TEST_EXPECT_PTR_EQ(UK_STAILQ_LAST(&head, struct entry, tailed),
			      &three);
	UK_STAILQ_REMOVE(&head, &three, struct entry, tailed);
	UK_STAILQ_REMOVE_HEAD(&head, tailed);
	UK_STAILQ_INSERT_TAIL(&more, &three, tailed);
	UK_STAILQ_CONCAT(&head, &more);
	UK_TEST_EXPECT_SNUM_EQ(DIGITS(UK_STAILQ, &head, tailed), 23);
	UK_TEST_EXPECT(UK_STAILQ_EMPTY(&more));
}

UK_TESTCASE(uk_compat_list, list)
{
	struct boths head = UK_LIST_HEAD_INITIALIZER(head);

	UK_LIST_INSERT_HEAD(&head, &two, both);
	UK_LIST_INSERT_BEFORE(&two, &one, both);
	UK_LIST_INSERT_AFTER(&two, &three, both);
	UK_TEST_EXPECT_SNUM_EQ(DIGITS(UK_LIST, &head, both), 123);
	UK_TEST_EXPECT_PTR_EQ(UK_LIST_PREV(&two, &head, struct entry, both),
			      &one);
	UK_TEST_EXPECT_NULL(UK_LIST_PREV(&one, &head, struct entry, both));
	UK_LIST_REMOVE(&two, both);
	UK_TEST_EXPECT_SNUM_EQ(DIGITS(UK_LIST, &head, both), 13);
	UK_LIST_REMOVE(&one, both);
	UK_LIST_REMOVE(&three, both);
	UK_TEST_EXPECT(UK_LIST_EMPTY(&head));
}

UK_TESTCASE(uk_compat_list, tailq)
{
	struct both_taileds head = UK_TAILQ_HEAD_INITIALIZER(head), more;
	struct entry *each;
	int backwards = 0;

	UK_TAILQ_INIT(&more);
	UK_TAILQ_INSERT_TAIL(&head, &two, both_tailed);
	UK_TAILQ_INSERT_BEFORE(&two, &one, both_tailed);
	UK_TAILQ_INSERT_AFTER(&head, &two, &three, both_tailed);
	UK_TEST_EXPECT_SNUM_EQ(DIGITS(UK_TAILQ, &head, both_tailed), 123);
	UK_TAILQ_FOREACH_REVERSE(each, &head, both_taileds, both_tailed)
		backwards = 10 * backwards + each->number;
	UK_TEST_EXPECT_SNUM_EQ(backwards, 321);
	UK_TAILQ_REMOVE(&head, &three, both_tailed);
	UK_TAILQ_REMOVE(&head, &one, both_tailed);
	UK_TEST_EXPECT_PTR_EQ(UK_TAILQ_LAST(&head, both_taileds), &two);
	UK_TAILQ_INSERT_HEAD(&more, &three, both_tailed);
	UK_TAILQ_CONCAT(&head, &more, both_tailed);
	UK_TEST_EXPECT_SNUM_EQ(DIGITS(UK_TAILQ, &head, both_tailed), 23);
	UK_TEST_EXPECT_PTR_EQ(UK_TAILQ_PREV(&three, both_taileds, both_tailed),
			      &two);
}
uk_testsuite_register(uk_compat_list, NULL);
