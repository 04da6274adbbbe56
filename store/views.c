/* SPDX-License-Identifier: MIT
 * Indexes, and the views in which people read the store: times as the stored integer and, in `utc`, as
 * text. */
#include "store/inside.h"

#define UTC(column) "strftime('%Y-%m-%dT%H:%M:%SZ', " column " / 1000000, 'unixepoch') AS utc"

const char *views_sql(void)
{
	return "CREATE INDEX event_key ON event(server, record_id, coalesce(time, -9e18));"
	       "CREATE INDEX event_kind ON event(event_id);"
	       "CREATE INDEX snapshot_when ON snapshot(server, at);"
	       "CREATE INDEX counter_source ON counter(source);"
	       /* Each server asks for its own rows: without these a store of a thousand would read all of
		* them for each. */
	       "CREATE INDEX server_machine ON server(coalesce(same_as, id));"
	       "CREATE INDEX snapshot_source ON snapshot(source);"
	       "CREATE INDEX host_source ON host(source);"
	       "CREATE INDEX registry_source ON registry(source);"
	       "CREATE INDEX note_source ON note(source);"
	       "CREATE INDEX owner_tag ON owner(tag);"

	       "CREATE VIEW v_event AS"
	       " SELECT e.id, s.name AS server, e.time, " UTC(
		       "e.time") ", e.time_text, n.text AS channel, e.record_id, p.text AS provider,"
				 " o.text AS source_name, e.event_id, e.qualifiers, e.level, replace(e.strings, char(31), ' | ') AS strings,"
				 " e.binary, c.name AS source, e.line"
				 " FROM event e JOIN source c ON c.id = e.source LEFT JOIN server s ON s.id = e.server"
				 " LEFT JOIN name n ON n.id = e.channel LEFT JOIN name p ON p.id = e.provider"
				 " LEFT JOIN name o ON o.id = e.source_name;"

				 "CREATE VIEW v_exhaustion AS"
				 " SELECT * FROM v_event WHERE event_id IN (2019, 2020)"
				 " AND (provider = 'srv' COLLATE NOCASE OR source_name = 'srv' COLLATE NOCASE);"

				 "CREATE VIEW v_snapshot AS"
				 " SELECT t.id, s.name AS server, t.at AS time, " UTC(
					 "t.at") ", t.at_source AS time_reason, t.time_text, ts.text AS time_source,"
						 " sc.text AS scope, v.text AS view, t.physical_bytes, t.commit_bytes, t.commit_limit_bytes,"
						 " t.pool_nonpaged_bytes, t.pool_paged_bytes, c.name AS source, t.line"
						 " FROM snapshot t JOIN source c ON c.id = t.source LEFT JOIN server s ON s.id = t.server"
						 " LEFT JOIN name ts ON ts.id = t.time_source LEFT JOIN name sc ON sc.id = t.scope"
						 " LEFT JOIN name v ON v.id = t.view;"

						 "CREATE VIEW v_counter AS"
						 " SELECT s.name AS server, t.at AS time, " UTC(
							 "t.at") ", t.at_source AS time_reason, t.time_text, t.pool_paged_bytes,"
								 " t.paged_resident_bytes, t.pool_nonpaged_bytes, t.free_system_ptes, t.commit_bytes,"
								 " t.commit_limit_bytes, t.available_bytes, t.server_paged_peak_bytes,"
								 " t.server_paged_failures, t.server_nonpaged_failures, c.name AS source, t.line"
								 " FROM counter t JOIN source c ON c.id = t.source LEFT JOIN server s ON s.id = t.server;"

								 "CREATE VIEW v_pool AS"
								 " SELECT s.name AS server, t.at AS time, " UTC(
									 "t.at") ", g.text AS tag, k.text AS pool, p.allocs, p.frees, p.diff, p.bytes,"
										 " d.text AS driver, t.id AS snapshot, c.name AS source, p.line"
										 " FROM pool p JOIN snapshot t ON t.id = p.snapshot JOIN source c ON c.id = t.source"
										 " LEFT JOIN server s ON s.id = t.server JOIN name g ON g.id = p.tag JOIN name k ON k.id = p.pool"
										 " LEFT JOIN name d ON d.id = p.driver;"

										 "CREATE VIEW v_host AS"
										 " SELECT s.name AS server, n.text AS name, h.text, h.number, c.name AS source, h.line"
										 " FROM host h JOIN source c ON c.id = h.source LEFT JOIN server s ON s.id = c.server"
										 " JOIN name n ON n.id = h.name"
										 " UNION ALL SELECT s.name, n.text, r.text, r.number, c.name, r.line"
										 " FROM registry r JOIN source c ON c.id = r.source LEFT JOIN server s ON s.id = c.server"
										 " JOIN name n ON n.id = r.name;"

										 "CREATE VIEW v_source AS"
										 " SELECT c.id, s.name AS server, c.server_reason, c.name, p.text AS parser, c.bytes, hex(c.digest) AS digest,"
										 " c.encoding, c.status, c.records, c.events, c.captures, c.notes, c.first, c.last"
										 " FROM source c LEFT JOIN server s ON s.id = c.server LEFT JOIN name p ON p.id = c.parser;"

										 "CREATE VIEW v_note AS"
										 " SELECT s.name AS server, c.name AS source, n.line, n.text"
										 " FROM note n JOIN source c ON c.id = n.source LEFT JOIN server s ON s.id = c.server;";
}
