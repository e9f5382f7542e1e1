/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Old name for the memory functions of stdlib.h.
 * It adds nothing to them.
 */
#include <stdlib.h>
