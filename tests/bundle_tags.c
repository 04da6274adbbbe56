/* SPDX-License-Identifier: MIT
 * Which pool tags a 32-bit file server of 2003 holds, how many allocations of what size. Names and pools are
 * those of well-known tags; every number here is made up, so that the sums look like such a server.
 * A size that no pool block can have, not a multiple of 8, stands for the average of many. */
#include "tests/bundle_parts.h"

#include <stdlib.h>
#include <string.h>

#define T(tag, pool, count, each, churn, load, follow) \
	{ \
		BYTES(tag), (pool), (count), (each), (churn), (load), (follow), \
		{ \
			0 \
		} \
	}

static const struct tag_row common[] = {
	/* registry */
	T("CM31", 'P', 4620, 4471, 260, 3, 0),
	T("CM35", 'P', 1980, 4527, 140, 4, 0),
	T("CM25", 'P', 612, 4217, 20, 2, 0),
	T("CM16", 'P', 88, 4096, 8, 0, 0),
	T("CM29", 'P', 41, 4096, 3, 0, 0),
	T("CMkb", 'P', 5340, 88, 42000, 14, 0),
	T("CMnb", 'P', 1190, 64, 5200, 20, 0),
	T("CMDa", 'P', 704, 115, 9100, 10, 0),
	T("CMAl", 'P', 132, 4096, 60, 6, 0),
	T("CMVw", 'P', 318, 48, 900, 0, 0),
	T("Key ", 'P', 5210, 104, 118000, 18, 0),
	/* NTFS, its filters and the file system library */
	T("Ntff", 'P', 12800, 813, 21000, 12, 40),
	T("NtFs", 'P', 36900, 56, 64000, 12, 60),
	T("NtfF", 'P', 1960, 917, 4100, 10, 2),
	T("Ntf0", 'P', 240, 309, 7300, 20, 0),
	T("NtfC", 'P', 2480, 168, 88000, 40, 0),
	T("NtfE", 'P', 17, 416, 51000, 30, 0),
	T("Ntfv", 'P', 9, 640, 2, 0, 0),
	T("FSim", 'P', 15900, 144, 26000, 10, 50),
	T("FSrt", 'P', 860, 72, 14000, 30, 0),
	T("FSro", 'P', 312, 40, 6400, 30, 0),
	T("FSun", 'P', 44, 104, 800, 10, 0),
	T("FMfn", 'P', 9350, 233, 312000, 14, 0),
	T("FMfc", 'P', 61, 496, 12, 0, 0),
	/* memory manager, cache */
	T("MmSm", 'P', 11200, 73, 6200, 8, 640),
	T("MmSg", 'P', 1420, 99, 900, 6, 0),
	T("MmSc", 'P', 480, 48, 1300, 6, 0),
	T("MmPb", 'P', 6, 4096, 0, 0, 0),
	T("MmCi", 'P', 1130, 309, 640, 4, 0),
	T("CcBc", 'P', 1240, 152, 9400, 30, 0),
	/* security, objects */
	T("Toke", 'P', 2480, 2103, 7600, 18, 0),
	T("SeTd", 'P', 2490, 331, 7650, 18, 0),
	T("SeSd", 'P', 6230, 171, 27000, 8, 0),
	T("SeAt", 'P', 410, 101, 24000, 20, 0),
	T("SeAc", 'P', 96, 517, 310000, 10, 0),
	T("ObSc", 'P', 2870, 183, 8800, 6, 0),
	T("ObNm", 'P', 2420, 75, 41000, 6, 0),
	T("ObDi", 'P', 1510, 40, 12000, 4, 0),
	T("ObHd", 'P', 33, 264, 40, 0, 0),
	T("ObSq", 'P', 0, 40, 610000, 0, 0),
	T("Obtb", 'P', 920, 4153, 1900, 9, 0),
	T("Port", 'P', 610, 152, 5200, 8, 0),
	T("LpcM", 'P', 820, 339, 71000, 10, 0),
	T("PsTp", 'P', 530, 16, 9900, 10, 0),
	T("PsJb", 'P', 4, 400, 2, 0, 0),
	T("Sect", 'P', 2240, 104, 23000, 12, 0),
	T("Symt", 'P', 92, 67, 30, 0, 0),
	T("Driv", 'N', 148, 240, 0, 0, 0),
	T("IoNm", 'P', 14100, 187, 168000, 14, 20),
	T("IoSe", 'P', 22, 85, 210000, 0, 0),
	/* SMB server, redirector, shadow copies */
	T("LSmf", 'P', 1740, 232, 21000, 60, 0),
	T("LSpr", 'P', 3260, 136, 24000, 60, 0),
	T("LSsr", 'P', 260, 1037, 52000, 50, 0),
	T("LStc", 'P', 390, 128, 900, 40, 0),
	T("LSac", 'P', 210, 397, 700, 40, 0),
	T("LSas", 'P', 12, 640, 90, 10, 0),
	T("SmMs", 'P', 24, 520, 260, 0, 0),
	T("RxSc", 'P', 6, 816, 30, 0, 0),
	T("RxFc", 'P', 9, 648, 120, 0, 0),
	T("VoSm", 'P', 84, 32768, 2, 0, 0),
	T("VoSh", 'P', 84, 4096, 2, 0, 0),
	T("VoSx", 'P', 31, 264, 40, 0, 0),
	/* sessions, printing */
	T("Gh05", 'P', 890, 3061, 31000, 12, 0),
	T("Gla1", 'P', 420, 497, 2100, 6, 0),
	T("Gla5", 'P', 96, 1240, 900, 6, 0),
	T("Ggb ", 'P', 74, 4096, 1200, 8, 0),
	T("Gtmp", 'P', 3, 2200, 640000, 0, 0),
	T("Gfnt", 'P', 210, 313, 320, 4, 0),
	T("Ttfd", 'P', 1120, 637, 2400, 6, 0),
	T("Uspi", 'P', 62, 781, 300, 10, 0),
	T("Uswd", 'P', 680, 168, 4100, 10, 0),
	T("Ussm", 'P', 40, 72, 180000, 0, 0),
	T("Usti", 'P', 148, 511, 900, 10, 0),
	T("Uscu", 'P', 51, 1317, 20, 0, 0),
	/* the rest of paged pool */
	T("Wmip", 'P', 176, 104, 2600, 0, 0),
	T("Wmit", 'P', 7, 8192, 0, 0, 0),
	T("PfTt", 'P', 5, 61440, 1, 0, 0),
	T("AtmT", 'P', 310, 88, 9000, 0, 0),
	T("DfsF", 'P', 410, 171, 5100, 30, 0),
	T("UlUC", 'P', 21, 320, 40, 0, 0),
	T("Ala4", 'P', 12, 4096, 4, 0, 0),
	T("D851", 'P', 1, 307208, 0, 0, 0),
	T("PcNw", 'P', 9, 272, 0, 0, 0),
	T("None", 'P', 64, 211, 310, 0, 0),
	T("Ddk ", 'P', 18, 904, 40, 0, 0),
	/* nonpaged: objects */
	T("File", 'N', 18400, 152, 460000, 20, 300),
	T("Even", 'N', 8840, 48, 190000, 10, 0),
	T("Thre", 'N', 910, 624, 7700, 8, 0),
	T("Proc", 'N', 64, 632, 180, 6, 0),
	T("Sema", 'N', 1630, 56, 31000, 10, 0),
	T("Muta", 'N', 720, 64, 16000, 8, 0),
	T("Time", 'N', 180, 96, 2100, 4, 0),
	T("IoCo", 'N', 96, 64, 700, 4, 0),
	T("Devi", 'N', 412, 629, 12, 0, 0),
	T("PsTh", 'N', 910, 40, 7700, 8, 0),
	T("Vad ", 'N', 5120, 48, 88000, 6, 0),
	T("VadS", 'N', 4430, 32, 120000, 6, 0),
	T("VadF", 'N', 180, 24, 3000, 6, 0),
	T("Wait", 'N', 33, 264, 290000, 0, 0),
	/* nonpaged: memory manager, cache, file systems */
	T("MmCa", 'N', 12600, 109, 6900, 8, 1120),
	T("Mm  ", 'N', 61, 1160, 400, 0, 0),
	T("MmIn", 'N', 26, 64, 510000, 10, 0),
	T("MmCm", 'N', 31, 61440, 0, 0, 0),
	T("Mmdl", 'N', 12, 264, 24000, 0, 0),
	T("Mdl ", 'N', 120, 181, 260000, 10, 0),
	T("CcSc", 'N', 9800, 272, 41000, 14, 90),
	T("CcWq", 'N', 40, 32, 88000, 0, 0),
	T("CcVp", 'N', 62, 2048, 300, 0, 0),
	T("Ntfr", 'N', 28600, 64, 61000, 12, 120),
	T("Ntfn", 'N', 16900, 40, 38000, 12, 80),
	T("Ntfi", 'N', 38, 208, 390000, 10, 0),
	T("NtfV", 'N', 4, 1024, 0, 0, 0),
	T("FSfm", 'N', 16200, 32, 40000, 12, 70),
	T("FMsl", 'N', 9420, 120, 51000, 14, 0),
	T("FMic", 'N', 61, 192, 720000, 10, 0),
	T("FMdp", 'N', 3, 1088, 2, 0, 0),
	/* nonpaged: I/O, network */
	T("Io  ", 'N', 1240, 717, 880000, 10, 0),
	T("Irp ", 'N', 1180, 443, 26000, 20, 0),
	T("LSwi", 'N', 1, 32768, 0, 0, 0),
	T("LSwn", 'N', 112, 2000, 5100, 40, 0),
	T("LSbf", 'N', 60, 1064, 9100, 40, 0),
	T("LScn", 'N', 190, 744, 800, 40, 0),
	T("AfdB", 'N', 96, 2917, 4100, 10, 0),
	T("AfdC", 'N', 240, 320, 6100, 20, 0),
	T("AfdE", 'N', 310, 288, 6300, 20, 0),
	T("AfdX", 'N', 38, 208, 900, 10, 0),
	T("TCPC", 'N', 410, 64, 6800, 20, 0),
	T("TCPt", 'N', 36, 28616, 14, 0, 0),
	T("TCPc", 'N', 205, 632, 6100, 20, 0),
	T("NDpp", 'N', 22, 41200, 4, 0, 0),
	T("NDPt", 'N', 6, 28672, 0, 0, 0),
	T("NDnd", 'N', 96, 264, 70, 0, 0),
	T("Nbt0", 'N', 74, 1493, 3100, 10, 0),
	T("Ipas", 'N', 14, 184, 20, 0, 0),
	T("ScsP", 'N', 42, 1272, 0, 0, 0),
	T("PCIb", 'N', 61, 656, 0, 0, 0),
	T("AcpD", 'N', 40, 320, 200, 0, 0),
	T("HidC", 'N', 6, 448, 0, 0, 0),
	T("usbp", 'N', 17, 4096, 2, 0, 0),
	T("Wmip", 'N', 149, 32, 300, 0, 0),
	T("EtwB", 'N', 9, 65536, 0, 0, 0),
	T("Pool", 'N', 3, 20480, 0, 0, 0),
	T("None", 'N', 120, 211, 90, 0, 0),
	T("Ddk ", 'N', 52, 1096, 60, 0, 0),
};

static bool same_tag(const struct tag_row *row, const char *tag, char pool)
{
	return row->pool == pool && row->tag.n == 4 && !memcmp(row->tag.p, tag, 4);
}

static bool has_shape(const struct scenario *s, const struct tag_row *row)
{
	for (size_t i = 0; i < s->pool.shapes.n; i++)
		if (same_tag(row, s->pool.shapes.row[i].tag, s->pool.shapes.row[i].pool))
			return true;
	return false;
}

struct tag_table tags_make(const struct scenario *s)
{
	struct tag_table t = { 0 };

	t.row = bundle_room((LEN(common) + s->pool.shapes.n + s->pool.tags.n) * sizeof(*t.row));
	/* Shapes first: the growth of other tags follows that of the first, MmSt. */
	for (size_t i = 0; i < s->pool.shapes.n; i++)
		t.row[t.n++] = (struct tag_row){ .tag = { s->pool.shapes.row[i].tag, 4, 1 },
			.pool = s->pool.shapes.row[i].pool,
			.each = s->pool.shapes.row[i].each,
			.churn = s->pool.shapes.row[i].churn };
	for (size_t i = 0; i < LEN(common); i++) {
		struct tag_row row = common[i];
		unsigned scale = row.pool == 'P' ? s->pool.paged_scale : s->pool.nonpaged_scale;

		if (has_shape(s, &row))
			continue;
		if (row.count > 50)
			row.count = (uint32_t)((uint64_t)row.count * scale / 1000);
		t.row[t.n++] = row;
	}
	for (size_t i = 0; i < s->pool.tags.n; i++)
		t.row[t.n++] = s->pool.tags.row[i];
	return t;
}
