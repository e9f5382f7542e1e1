/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Lists that lead through their elements: order after each way to change it.
 */
#include <uk/list.h>
#include <uk/test.h>

struct item {
	int value;
	struct uk_list_head link;
};

static struct item items[6];

/* A list of the items with these values, the digits of a number. */
static void fill(struct uk_list_head *head, int values)
{
	UK_INIT_LIST_HEAD(head);
	for (; values; values /= 10)
		uk_list_add(&items[values % 10].link, head);
}

/* The values of a list as the digits of a number, read both ways. */
static int read(struct uk_list_head *head)
{
	struct item *item;
	int forwards = 0, backwards = 0, place = 1;

	uk_list_for_each_entry(item, head, link)
		forwards = forwards * 10 + item->value;
	uk_list_for_each_entry_reverse(item, head, link) {
		backwards += item->value * place;
		place *= 10;
	}
	return forwards == backwards ? forwards : -1;
}

static int setup(void)
{
	for (int i = 0; i < 6; i++)
		items[i].value = i;
	return 0;
}

UK_TESTCASE(uklist_testsuite, grows_at_both_ends)
{
	UK_LIST_HEAD(list);

	UK_TEST_EXPECT(uk_list_empty(&list));
	uk_list_add(&items[1].link, &list);
	UK_TEST_EXPECT(uk_list_is_singular(&list));
	uk_list_add(&items[2].link, &list);
	uk_list_add_tail(&items[3].link, &list);
	UK_TEST_EXPECT_SNUM_EQ(read(&list), 213);
	UK_TEST_EXPECT(uk_list_is_first(&items[2].link, &list));
	UK_TEST_EXPECT(uk_list_is_last(&items[3].link, &list));
	UK_TEST_EXPECT_PTR_EQ(uk_list_first_entry(&list, struct item, link),
			      &items[2]);
	UK_TEST_EXPECT_PTR_EQ(uk_list_next_entry(&items[2], link), &items[1]);
}

UK_TESTCASE(uklist_testsuite, loses_and_replaces)
{
	struct uk_list_head list;

	fill(&list, 1234);
	uk_list_del(&items[2].link);
	UK_TEST_EXPECT_SNUM_EQ(read(&list), 134);
	uk_list_replace(&items[3].link, &items[5].link);
	UK_TEST_EXPECT_SNUM_EQ(read(&list), 154);
	uk_list_del_init(&items[1].link);
	UK_TEST_EXPECT(uk_list_empty(&items[1].link));
	uk_list_move(&items[4].link, &list);
	UK_TEST_EXPECT_SNUM_EQ(read(&list), 45);
	uk_list_move_tail(&items[4].link, &list);
	UK_TEST_EXPECT_SNUM_EQ(read(&list), 54);
}

UK_TESTCASE(uklist_testsuite, takes_another_in)
{
	struct uk_list_head list, other;

	fill(&list, 12);
	fill(&other, 34);
	uk_list_splice(&other, &list);
	UK_TEST_EXPECT_SNUM_EQ(read(&list), 3412);
	fill(&list, 12);
	fill(&other, 34);
	uk_list_splice_tail(&other, &list);
	UK_TEST_EXPECT_SNUM_EQ(read(&list), 1234);
	fill(&list, 12);
	fill(&other, 345);
	uk_list_splice_init(&other, &list);
	UK_TEST_EXPECT_SNUM_EQ(read(&list), 34512);
	UK_TEST_EXPECT(uk_list_empty(&other));
	uk_list_splice_tail_init(&other, &list);
	UK_TEST_EXPECT_SNUM_EQ(read(&list), 34512);
}

UK_TESTCASE(uklist_testsuite, is_cut)
{
	struct uk_list_head list, front;

	fill(&list, 1234);
	uk_list_cut_position(&front, &list, &items[2].link);
	UK_TEST_EXPECT_SNUM_EQ(read(&front), 12);
	UK_TEST_EXPECT_SNUM_EQ(read(&list), 34);
	uk_list_cut_position(&front, &list, &list);
	UK_TEST_EXPECT(uk_list_empty(&front));
	UK_TEST_EXPECT_SNUM_EQ(read(&list), 34);
}

UK_TESTCASE(uklist_testsuite, loses_elements_in_a_safe_loop)
{
	struct uk_list_head list;
	struct item *item, *next;

	fill(&list, 12345);
	uk_list_for_each_entry_safe(item, next, &list, link)
		if (item->value % 2)
			uk_list_del(&item->link);
	UK_TEST_EXPECT_SNUM_EQ(read(&list), 24);
}

uk_testsuite_register(uklist_testsuite, setup);
