/* SPDX-License-Identifier: MIT
 * What was read under two names of one machine is there twice. Which copy counts? Names may prove to be two
 * machines later, so that copies are marked, not deleted. */
#include "store/inside.h"

#define NAME(t) "(SELECT lower(s.name) FROM server s WHERE s.id = " t ".server)"

/* Is there, under another name of the same machine, the same that comes first? */
#define TWIN(table, same, first) \
	"UPDATE " table \
	" SET twin = 1 WHERE server IN (SELECT id FROM server WHERE coalesce(same_as, id) IN" \
	" (SELECT same_as FROM server)) AND EXISTS (SELECT 1 FROM " table " o WHERE o.server <> " table \
	".server" \
	" AND o.server IN (SELECT s.id FROM server s WHERE coalesce(s.same_as, s.id) = (SELECT coalesce(m.same_as, m.id)" \
	" FROM server m WHERE m.id = " table ".server)) AND " same \
	" AND " first("o") " < " first(table) ");"

/* The event that says more comes first, as among copies under one name. */
#define FIRST_EVENT(t) \
	"(-length(coalesce(" t ".binary, '')), -length(coalesce(" t ".time_text, ''))," \
	" -length(coalesce(" t ".strings, '')), " NAME(t) ")"
#define FIRST_SNAPSHOT(t) SNAPSHOT_FIRST(t)
#define FIRST_COUNTER(t)  "(" t ".time IS NULL, " NAME(t) ")"

/* The plus keeps the planner from the index of the ids: half of a log may have one. */
void settle_twins(struct store *s)
{
	store_run(s,
		"UPDATE event SET twin = NULL WHERE twin; UPDATE snapshot SET twin = NULL WHERE twin;"
		"UPDATE counter SET twin = NULL WHERE twin;" TWIN("event",
			"o.record_id IS event.record_id AND o.channel IS event.channel AND o.provider IS event.provider"
			" AND +o.event_id IS event.event_id AND " EVENT_AT(
				"o") " BETWEEN coalesce(event.time - 10, -9e18)"
				     " AND coalesce(event.time + 10, -9e18)",
			FIRST_EVENT) TWIN("snapshot", "o.hash = snapshot.hash AND o.scope IS snapshot.scope",
			FIRST_SNAPSHOT) TWIN("counter", "o.hash = counter.hash", FIRST_COUNTER));
}
