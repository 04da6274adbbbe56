/* SPDX-License-Identifier: MIT
 * What else an administrator sends along: the Memory Management key as regedit or reg.exe of 2003 print it,
 * systeminfo, loose files. Value names: KB 312362, KB 304101 and the key of an ordinary installation. */
#include "tests/bundle_parts.h"

#include <stdio.h>
#include <string.h>

#define MEMORY_KEY \
	"HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management"
#define PAGING_FILES "C:\\pagefile.sys 2046 4092"

struct value {
	const char *name;
	uint32_t data;
};

/* regedit breaks a hexadecimal value before column 80, with a backslash, and indents the rest by two. */
static void put_hex_strings(struct out *o, const char *name, const char *text)
{
	size_t n = strlen(text) + 2; /* the string's end, then the list's */
	int column = (int)strlen(name) + 10;

	out_print(o, "\"%s\"=hex(7):", name);
	for (size_t i = 0; i < n * 2; i++) {
		unsigned byte = i % 2 || i / 2 >= n - 2 ? 0 : (unsigned char)text[i / 2];

		out_print(o, "%02x", byte);
		column += 3;
		if (i + 1 == n * 2)
			break;
		out_text(o, ",");
		if (column > 76) {
			out_text(o, "\\\r\n  ");
			column = 2;
		}
	}
	out_text(o, "\r\n");
}

static void put_values(struct out *o, const struct registry *g, bool query)
{
	const struct value values[] = { { "ClearPageFileAtShutdown", 0 }, { "DisablePagingExecutive", 0 },
		{ "LargeSystemCache", 1 }, { "NonPagedPoolQuota", 0 }, { "NonPagedPoolSize", 0 },
		{ "PagedPoolQuota", g->paged_pool_quota }, { "PagedPoolSize", g->paged_pool_size },
		{ "SecondLevelDataCache", 0 }, { "SystemPages", 0 }, { "PhysicalAddressExtension", 0 },
		{ "WriteWatch", 1 }, { "SessionPoolSize", 4 }, { "SessionViewSize", 0x30 },
		{ "PoolUsageMaximum", g->pool_usage_maximum } };

	for (size_t i = 0; i < LEN(values); i++) {
		const struct value *v = &values[i];

		if (v->data != ABSENT && query)
			out_print(o, "    %s\tREG_DWORD\t0x%x\r\n", v->name, (unsigned)v->data);
		else if (v->data != ABSENT)
			out_print(o, "\"%s\"=dword:%08x\r\n", v->name, (unsigned)v->data);
		if (strcmp(v->name, "SystemPages"))
			continue;
		if (query)
			out_text(o, "    PagingFiles\tREG_MULTI_SZ\t" PAGING_FILES "\\0\\0\r\n");
		else
			put_hex_strings(o, "PagingFiles", PAGING_FILES);
	}
}

static void registry_write(const struct scenario *s, const char *dir)
{
	const struct registry *g = &s->registry;
	bool query = g->form == REGISTRY_QUERY;
	struct out o = { 0 };

	if (query)
		out_text(&o, "\r\n! REG.EXE VERSION 3.0\r\n\r\n" MEMORY_KEY "\r\n");
	else
		out_text(&o, "Windows Registry Editor Version 5.00\r\n\r\n[" MEMORY_KEY "]\r\n");
	put_values(&o, g, query);
	out_times(&o, g->values);
	out_text(&o, "\r\n");
	if (query)
		out_text(&o, MEMORY_KEY "\\PrefetchParameters\r\n");
	else
		out_text(&o, "[" MEMORY_KEY
			     "\\PrefetchParameters]\r\n\"EnablePrefetcher\"=dword:00000002\r\n\r\n");
	out_times(&o, g->keys);
	out_save(&o, dir, g->file, query ? ENCODING_1252 : ENCODING_UTF16);
}

static void put_grouped(struct out *o, unsigned n)
{
	if (n >= 1000)
		out_print(o, "%u,%03u", n / 1000, n % 1000);
	else
		out_print(o, "%u", n);
}

static void put_megabytes(struct out *o, const char *label, unsigned megabytes)
{
	out_print(o, "%-27s", label);
	put_grouped(o, megabytes);
	out_text(o, " MB\r\n");
}

static void put_line(struct out *o, const char *label, const char *text)
{
	out_print(o, "%-27s", label);
	out_text(o, text);
	out_text(o, "\r\n");
}

static void put_bytes_line(struct out *o, const char *label, struct bytes b)
{
	out_print(o, "%-27s", label);
	out_times(o, b);
	out_text(o, "\r\n");
}

static void put_uptime(struct out *o, const struct scenario *s)
{
	int64_t now = clock_utc(&s->zone, s->systeminfo_at);
	int64_t up = now - clock_boot(s, now);

	out_print(o, "%-27s%lld Days, %lld Hours, %lld Minutes, %lld Seconds\r\n",
		"System Up Time:", (long long)(up / 86400), (long long)(up / 3600 % 24),
		(long long)(up / 60 % 60), (long long)(up % 60));
}

static void put_hardware(struct out *o, const struct machine *m)
{
	put_line(o, "System Manufacturer:", "Example Computers");
	put_bytes_line(o, "System Model:", m->model);
	put_line(o, "System Type:", m->system_type);
	out_print(o, "%-27s%u Processor(s) Installed.\r\n", "Processor(s):", m->processors);
	for (unsigned i = 1; i <= m->processors; i++)
		out_print(o, "%-27s[%02u]: x86 Family 15 Model 4 Stepping 3 GenuineIntel ~%u Mhz\r\n", "", i,
			m->mhz);
	put_line(o, "BIOS Version:", "EXMPL  - 1");
}

static void put_place(struct out *o, const struct scenario *s)
{
	put_line(o, "Windows Directory:", "C:\\WINDOWS");
	put_line(o, "System Directory:", "C:\\WINDOWS\\system32");
	put_line(o, "Boot Device:", "\\Device\\HarddiskVolume1");
	put_line(o, "System Locale:", s->zone.locale);
	put_line(o, "Input Locale:", s->zone.locale);
	put_line(o, "Time Zone:", s->zone.display);
}

static void put_memory(struct out *o, const struct machine *m)
{
	unsigned ram = m->ram_kib / 1024;

	put_megabytes(o, "Total Physical Memory:", ram);
	put_megabytes(o, "Available Physical Memory:", ram / 100 * 58);
	put_megabytes(o, "Page File: Max Size:", ram + 1932);
	put_megabytes(o, "Page File: Available:", ram + 1932 - ram / 100 * 41);
	put_megabytes(o, "Page File: In Use:", ram / 100 * 41);
	put_line(o, "Page File Location(s):", "C:\\pagefile.sys");
}

static void systeminfo_write(const struct scenario *s, const char *dir)
{
	static const char *const hotfixes[] = { "File 1", "Q147222", "KB914961 - Service Pack",
		"KB925902 - Update", "KB938464 - Update", "KB958644 - Update" };
	const struct machine *m = &s->machine;
	struct out o = { 0 };

	out_text(&o, "\r\n");
	put_bytes_line(&o, "Host Name:", m->computer);
	put_line(&o, "OS Name:", m->product);
	out_print(
		&o, "%-27s%s.%s %s Build %s\r\n", "OS Version:", m->nt, m->build, m->service_pack, m->build);
	put_line(&o, "OS Manufacturer:", "Microsoft Corporation");
	put_line(&o, "OS Configuration:", "Member Server");
	put_line(&o, "OS Build Type:", m->kernel);
	put_bytes_line(&o, "Registered Owner:", m->owner);
	put_bytes_line(&o, "Registered Organization:", m->organization);
	put_line(&o, "Product ID:", "00000-000-0000000-00000");
	put_line(&o, "Original Install Date:",
		s->zone.day_first ? "18/05/2007, 10:21:44" : "5/18/2007, 10:21:44 AM");
	put_uptime(&o, s);
	put_hardware(&o, m);
	put_place(&o, s);
	put_memory(&o, m);
	put_bytes_line(&o, "Domain:", m->domain);
	out_print(&o, "%-27s\\\\%s\r\n", "Logon Server:", s->log.server);
	out_print(&o, "%-27s%u Hotfix(s) Installed.\r\n", "Hotfix(s):", (unsigned)LEN(hotfixes));
	for (unsigned i = 0; i < LEN(hotfixes); i++)
		out_print(&o, "%-27s[%02u]: %s\r\n", "", i + 1, hotfixes[i]);
	put_line(&o, "Network Card(s):", "1 NIC(s) Installed.");
	put_line(&o, "", "[01]: Gigabit Server Adapter");
	put_line(&o, "", "      Connection Name: Local Area Connection");
	put_line(&o, "", "      DHCP Enabled:    No");
	put_line(&o, "", "      IP address(es)");
	put_line(&o, "", "      [01]: 10.20.1.31");
	out_save(&o, dir, s->systeminfo, s->systeminfo_encoding);
}

void context_write(const struct scenario *s, const char *dir)
{
	if (s->registry.file)
		registry_write(s, dir);
	if (s->systeminfo)
		systeminfo_write(s, dir);
	for (size_t i = 0; i < s->loose.n; i++) {
		const struct loose_file *f = &s->loose.row[i];
		struct out o = { 0 };

		for (size_t k = 0; k < f->parts.n; k++)
			out_times(&o, f->parts.row[k]);
		out_save(&o, dir, f->file, ENCODING_RAW);
	}
}
