/* SPDX-License-Identifier: MIT
 * A bundle that means harm: markup, terminal sequences, formulas, bidirectional overrides, broken bytes and
 * very long names wherever a bundle can hold text, around an otherwise plain case of exhaustion by MmSt. */
#include "tests/bundle_parts.h"

/* No two files may disagree about the name, so it is made of what every encoding of the bundle can hold:
 * U+202E is a numeric reference in the 8-bit log and plain in the others. */
#define COMPUTER "=FS05\"'><script>alert(1)</script></style>&amp;\xe2\x80\xae[x](javascript:alert(2))|a|"

static const struct log_file files[] = {
	{ "System.xml", DIALECT_VIEWER, NULL, "2010-03-04 06:00:00", false },
	{ "System-2.xml", DIALECT_WEVTUTIL, "2010-03-04 06:00:00", NULL, true },
};
static const struct boot boots[] = {
	{ NULL, "2010-02-13 20:12:09", "", 0 },
	{ "2010-03-02 20:11:00", "2010-03-02 20:15:33", "</td></tr></table><script>alert('reason')</script>",
		0x80040001 },
};
static const struct burst bursts[] = {
	{ "2010-03-04 14:41:22", 2020, 4, 380 },
	{ "2010-03-04 16:12:50", 2020, 5, 301 },
};

/* The first file stays well-formed XML; raw controls, NULs and broken UTF-8 are in the second, from 4 March
 * on. */
static const struct said said[] = {
	{ "2010-03-03 09:00:01", BYTES("<script>alert(document.title)</script>"), 1, 16384, 4,
		{ BYTES("</style><script>alert('style')</script>"), BYTES("\"'><img src=x onerror=alert(3)>"),
			BYTES("<!-- <![CDATA[ ]]> -->"),
			BYTES("</Data></EventData></Event><Event><System>") } },
	{ "2010-03-03 09:00:02", BYTES("=cmd|' /C calc'!A0"), 2020, 49152, 2,
		{ BYTES("@SUM(1+1)*cmd|' /C calc'!A0"), BYTES("+1+1"), BYTES("-2+3"), BYTES("\t=1+1") } },
	{ "2010-03-03 09:00:03", BYTES("[click](javascript:alert(4))"), 2, 16384, 4,
		{ BYTES("![x](http://tracker.example/p.png)"), BYTES("| a | b |\n|---|---|\n| c | d |"),
			BYTES("```\n# heading\n```"), BYTES("<http://tracker.example/>") } },
	{ "2010-03-03 09:00:04", BYTES("Evil\xe2\x80\xaegpj.exe"), 3, 16384, 4,
		{ BYTES("\xe2\x80\xae"
			"0202 tnevE\xe2\x80\xac"),
			BYTES("\xe2\x81\xa6isolate\xe2\x81\xa9"),
			BYTES("\xe2\x80\x8b\xef\xbb\xbf\xe2\x80\xa8line\xe2\x80\xa9paragraph"),
			BYTES("\xf0\x9f\x92\xa3\xf3\xa0\x81\x81") } },
	{ "2010-03-03 09:00:05", BYTES("&amp;&lt;b&gt;"), 4, 16384, 4,
		{ BYTES("&amp;lt;script&amp;gt;"), BYTES("&#0;&#x1F;&bogus;&"), BYTES("%s%n%x%1!s!"),
			BYTES("'); DROP TABLE event;--") } },
	{ "2010-03-03 09:00:06", BYTES_TIMES("A", 10000), 5, 16384, 4,
		{ BYTES_TIMES("W", 10000), BYTES_TIMES("<b>", 3334), BYTES_TIMES("\xc3\xa4", 10000),
			{ 0 } } },
	{ "2010-03-03 09:00:07", BYTES("Srv"), 2013, 32768, 3,
		{ BYTES("\\Device\\LanmanServer\"><svg onload=alert(5)>"),
			BYTES("F:\r\n\r\n=====  =====\r\n MmSt Paged"), { 0 }, { 0 } } },
	{ "2010-03-04 07:00:01", BYTES("\x1b[31mred\x1b[0m"), 6, 16384, 4,
		{ BYTES("\x1b]0;owned\x07\x1b[2J\x1b[1;1H"),
			BYTES("\x9b"
			      "31m\x90q\x9c"),
			BYTES("\x08\x08\x08\x0b\x0c\x7f"),
			BYTES("\x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x1a\x1c\x1f") } },
	{ "2010-03-04 07:00:02", BYTES("NUL\0Source"), 7, 16384, 4,
		{ BYTES("before\0after"), BYTES("\0\0\0"), BYTES_TIMES("\0", 300), BYTES("\0</Data>") } },
	{ "2010-03-04 07:00:03", BYTES("\xc3\x28\xff\xfe"), 8, 16384, 4,
		{ BYTES("\xed\xa0\x80\xed\xb0\x80"), BYTES("\xf0\x28\x8c\x28"), BYTES("\xc0\xaf\xe0\x80\xaf"),
			BYTES("\xf4\x90\x80\x80\xf8\x88\x80\x80\x80") } },
};

static const struct snap_plan plans[] = {
	{ .first = "2010-03-04 09:00:01",
		.step = 30,
		.count = 16,
		.file = "poolsnap_%D_%T.txt",
		.drivers = true,
		.head = BYTES(
			"C:\\>echo \x1b[2J\x1b[31m <script>alert('noise')</script> & poolmon -b -r -g -n\r\n"
			"\0\0\0\r\n=cmd|' /C calc'!A0,\"a\r\n | MmSt | Paged |\r\n\xff\xfe\xe2\x80\xae\r\n") },
};
static const struct point mmst[] = { { 0, 53100 }, { 60, 66400 }, { 90, 79800 }, { 150, 96300 },
	{ 210, 113900 }, { 270, 128600 }, { 330, 149200 }, { 390, 178700 }, { 420, 196100 },
	{ 450, 219400 } };
static const struct shape shapes[] = { { "MmSt", 'P', 4400, 9100, 9, ROWS(mmst) } };

#define TAG(tag, pool, count, each, churn, text) \
	{ \
		BYTES(tag), (pool), (count), (each), (churn), 0, 0, text \
	}

static const struct tag_row tags[] = {
	TAG("<b>x", 'P', 41, 4096, 300, BYTES("[<script>alert('driver')</script>]")),
	TAG("</s>", 'P', 40, 4088, 20, BYTES("[</style></pre></table>]")),
	TAG("\"';-", 'N', 39, 4080, 20, BYTES("[\"onmouseover=\"alert(6)]")),
	TAG("&lt;", 'P', 38, 4072, 20, BYTES("[&amp;&lt;&#60;]")),
	TAG("=1+1", 'P', 37, 4064, 20, BYTES("=cmd|' /C calc'!A0")),
	TAG("@SUM", 'N', 36, 4056, 20, BYTES("[+1][-1]")),
	TAG("-->!", 'P', 35, 4048, 20, BYTES("--> <!-- ]]>")),
	TAG("[x](", 'P', 34, 4040, 20, BYTES("[x](javascript:alert(7))")),
	TAG("|a|b", 'P', 33, 4032, 20, BYTES("| a | b |")),
	TAG("\x1b[1m", 'P', 32, 4024, 20, BYTES("\x1b[31m\x1b]0;owned\x07")),
	TAG("\xe2\x80\xae!", 'P', 31, 4016, 20,
		BYTES("[\xe2\x80\xae"
		      "sys.live]")),
	TAG("\xff\xfeZz", 'N', 30, 4008, 20, BYTES("\xc3\x28\xff")),
	TAG("A\tB\n", 'P', 29, 4000, 20, BYTES("[tab and line feed]")),
	TAG("\x01\x02\x03\x04", 'P', 28, 3992, 20, { 0 }),
	TAG("C\x1a"
	    "D ",
		'N', 27, 3984, 20, { 0 }),
	TAG("Ab\0c", 'P', 26, 3976, 20, { 0 }), TAG("\0\0\0\0", 'P', 25, 3968, 20, { 0 }),
	TAG("Nonp", 'P', 24, 3960, 20, BYTES("Nonp 1 1 1 1 1")),
	TAG("Tag ", 'P', 23, 3952, 20, BYTES("Type Allocs Frees Diff Bytes Per Alloc")),
	TAG("Tota", 'N', 22, 3944, 20, { 0 }),
	TAG("mmst", 'P', 21, 3936, 20, BYTES("MmSt Paged 1 0 1 999999999 999999999")),
	TAG("%s%n", 'P', 20, 3928, 20, BYTES("%s%n%x")), TAG("(()(", 'P', 19, 3920, 20, BYTES("( 1) ( 2)")),
	TAG("Long", 'N', 18, 3912, 20, BYTES_TIMES("x", 10000)),
	TAG("Wrap", 'P', 17, 3904, 99000000, { 0 }), /* its counters pass 2^31 and print negative */
};

static const struct loose_file loose[] = { { "notes.txt",
	ROWS(((const struct bytes[]){
		BYTES("<script>alert('notes')</script>\r\n\x1b[31mred\x1b[0m \xe2\x80\xae\xff\xfe\0\r\n"),
		BYTES("=cmd|' /C calc'!A0\r\n[x](javascript:alert(8))\r\n\"PoolUsageMaximum\"=dword:00000028\r\n"),
		BYTES_TIMES("long ", 4000) })) } };

const struct scenario bundle_hostile = {
	.name = "hostile",
	.seed = 5,
	.zone = { 300, 300, "Eastern Standard Time", "(GMT-05:00) Eastern Time (US & Canada)",
		"en-us;English (United States)", false },
	.machine = { .computer = BYTES(COMPUTER),
		.domain = BYTES("</style><script>alert('domain')</script>"),
		.owner = BYTES("\x1b[31mOwner\x1b[0m\0\x07\"'><img src=x onerror=alert(9)>"),
		.organization = BYTES("=HYPERLINK(\"http://tracker.example/\",\"x\")\xe2\x80\xae"),
		.model = BYTES_TIMES("M", 10000),
		.product = "Microsoft(R) Windows(R) Server 2003, Standard Edition",
		.family = "Microsoft Windows Server 2003",
		.version = "5.02.",
		.nt = "5.2",
		.build = "3790",
		.lab = "srv03_sp2_gdr",
		.service_pack = "Service Pack 2",
		.kernel = "Multiprocessor Free",
		.system_type = "X86-based PC",
		.ram_kib = 2096616,
		.processors = 2,
		.mhz = 2992 },
	.log = { .first = "2010-03-02 18:00:00",
		.last = "2010-03-04 16:45:00",
		.first_record = 701,
		.prints = 18,
		.server = "DC01",
		.files = ROWS(files),
		.boots = ROWS(boots),
		.bursts = ROWS(bursts),
		.said = ROWS(said) },
	.pool = { .paged_scale = 1000,
		.nonpaged_scale = 1000,
		.plans = ROWS(plans),
		.shapes = ROWS(shapes),
		.tags = ROWS(tags) },
	/* Text that looks like the values, in a string, in a name, in another key: none of it is the
	 * value. */
	.registry = { .file = "memory-management.reg",
		.pool_usage_maximum = ABSENT,
		.values = BYTES(
			"\"Comment\"=\"first line\r\n\\\"PoolUsageMaximum\\\"=dword:00000028\r\n"
			"PoolUsageMaximum=dword:00000028\r\n[HKEY_LOCAL_MACHINE\\\\SYSTEM] last line\"\r\n"
			"\"\\\"=dword:00000028\"=\"</style><script>alert('reg')</script>\"\r\n"
			"\"=cmd|' /C calc'!A0\"=\"\x1b[31m\xe2\x80\xae[x](javascript:alert(10))\"\r\n"
			"\"Nul\0Name\"=\"be\0fore\"\r\n\"PoolUsageMaximum \"=dword:00000028\r\n"),
		.keys = BYTES("[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\"
			      "Memory Management<script>]\r\n\"PoolUsageMaximum\"=dword:00000028\r\n\r\n") },
	.systeminfo = "systeminfo.txt",
	.systeminfo_at = "2010-03-04 16:38:12",
	.systeminfo_encoding = ENCODING_UTF16,
	.loose = ROWS(loose),
};
