/* SPDX-License-Identifier: MIT
 * The best-known pool tags as a table. Meanings in our words; remedies with their article, or called general
 * practice where there is none. */
#include "analysis/tag_owner.h"

#include "core/core.h"
#include "core/text.h"

#include <string.h>

/* ---- who says so ---- */

#define LIST     "Microsoft's pooltag.txt"
#define SHOWN    LIST ", as PoolMonX shows it"
#define DEBUGGER LIST ", as !poolused shows it"
#define POOLMON  LIST ", as poolmon /g shows it"
#define BLOG     "medium.com/@clintcolding"
#define PRACTICE "general practice"

/* ---- owners of several tags ---- */

/* clang-format off */
#define AFD     "AFD (afd.sys)"
#define ALPC    "local procedure calls (nt)"
#define ANY     "any driver"
#define CC      "cache manager (nt)"
#define CLFS    "common log file system (clfs.sys)"
#define CM      "registry (configuration manager, nt)"
#define ETW     "event tracing (nt)"
#define FLT     "filter manager (fltmgr.sys)"
#define FSRTL   "file system run-time library (nt)"
#define GDI     "GDI (win32k.sys)"
#define HTTP    "HTTP (http.sys)"
#define IO      "I/O manager (nt)"
#define LPC     "local procedure calls (nt)"
#define MM      "memory manager (nt)"
#define NDIS    "NDIS (ndis.sys)"
#define NETIO   "network I/O (netio.sys)"
#define NPFS    "named pipes (npfs.sys)"
#define NTFS    "NTFS (ntfs.sys)"
#define OB      "object manager (nt)"
#define PNP     "plug and play (nt)"
#define PS      "processes and threads (nt)"
#define RDBSS   "redirector's common part (rdbss.sys)"
#define SE      "security (nt)"
#define SMB     "SMB client (mrxsmb.sys)"
#define SRV     "SMB1 server (srv.sys)"
#define SRV2    "SMB2 server (srv2.sys)"
#define STOR    "storage port (storport.sys)"
#define STORE   "memory store and ReadyBoost (nt, rdyboost.sys)"
#define TCPIP   "TCP/IP (tcpip.sys)"
#define TDX     "transport interface (tdx.sys)"
#define USER    "USER (win32k.sys)"
#define VOLSNAP "volume shadow copies (volsnap.sys)"
#define WMI     "WMI (nt)"

/* ---- remedies, each with its source ---- */

#define NO_REMEDY  NULL, NULL
#define R_AFDB     "Update AFD; two of the articles are about urgent data (MSG_OOB)", "Q293841, KB 931311, KB 927493"
#define R_AFDE     "Read the article when TCPt and Afde rise together", "Q164823"
#define R_DISPLAY  "Update the display driver", PRACTICE
#define R_FILES    "Many open files: look for what opens them", PRACTICE
#define R_FOLDERS  "Many open folders: look for what opens them", PRACTICE
#define R_FSRTL    "On Windows NT 4.0: a leak in this library; on a print server, pop-up notifications: disable NetPopUp", \
	"Q174764 for the leak, Q283102 for the print server"
#define R_GDI      "A program leaks GDI or USER objects: count both per process", PRACTICE
#define R_HANDLE   "A handle leak: find the process with the highest and growing Handle Count", PRACTICE
#define R_HIVES    "A large hive or leaked key handles: look at the sizes of the hives and at the process with the most" \
	" registry handles", PRACTICE
#define R_IMAGES   "Many libraries and drivers are loaded and relocated: look for what loads them", PRACTICE
#define R_IRP      "I/O that hangs in a filter driver: update the filters", PRACTICE
#define R_KEYS     "Leaked registry handles, for instance of profiles (winlogon): find the process that holds them", PRACTICE
#define R_LEOC     "Update SymEvent to 10.3.1.13 or later", "Q272568"
#define R_MDL      "I/O that hangs in a filter driver: update the filters; with remote desktop shadowing it is Tdpipe.sys", \
	"Q315817 for Tdpipe.sys; the rest is general practice"
#define R_MFES     "Update the product: the maker corrected it in 5.6.0", BLOG
#define R_MMDI     "Seen with virtio drivers: update them", "winfsp issue 534"
#define R_MMST     "A rise alone is no fault. Where it exhausted the pool of a 32-bit Windows 2000 or Server 2003:" \
	" PoolUsageMaximum", "KB 312362"
#define R_MOUNT    "A leak at mounting and dismounting volumes: read the article", "Q195541"
#define R_NAMES    "A filter driver holds file names (antivirus, quota, backup): update the filters", PRACTICE
#define R_NDPT     "TCP/IP does not free broadcast packets: read the article", "Q262479"
#define R_NWFW     "Read the article on Routing and Remote Access", "Q224547"
#define R_OPEN     "Many open files, or leaked file handles: find the process with the most", PRACTICE
#define R_PROCESS  "Leaked handles of processes: find the process that holds them; the article is about Internet Explorer 5", \
	"Q257626"
#define R_TCPT     R_AFDE
#define R_TCPU     "Read the article", "Q221926"
#define R_THREAD   "A thread or handle leak: find the process with the most threads and handles", PRACTICE
#define R_TMRL     "Update the driver", "Q317151"
#define R_TOKEN    "A logon or handle leak: find the process with the highest and growing Handle Count. On Exchange 2003 an" \
	" update cuts the memory for tokens by up to a third", \
	"KB 912480 for Exchange 2003; the rest is general practice"
#define R_UNTAGGED "A driver does not tag its memory: find it with Driver Verifier", PRACTICE
#define R_WORK     "Many clients or slow disks: look at Events 2021 and 2022 and at MaxWorkItems", PRACTICE
/* clang-format on */

const struct tag_owner tag_owners[] = {
#include "analysis/tag_owner.inc"
};
const size_t tag_owners_count = LEN(tag_owners);

int tag_open_places(const char *pattern, const char *tag)
{
	int open = 0;

	if (strlen(pattern) != 4 || strlen(tag) != 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		if (pattern[i] == '*' && strspn(pattern + i, "* ") == (size_t)(4 - i))
			return open + 4 - i;
		if (pattern[i] != '?' && pattern[i] != tag[i])
			return -1;
		open += pattern[i] == '?';
	}
	return open;
}

const struct tag_owner *tag_owner_find(const char *tag)
{
	const struct tag_owner *found = NULL;
	int least = 5;

	for (size_t i = 0; i < tag_owners_count; i++) {
		int open = tag_open_places(tag_owners[i].tag, tag);

		if (open >= 0 && open < least) {
			found = &tag_owners[i];
			least = open;
		}
	}
	return found;
}

bool tag_unmarked(const char *tag, char plain[5])
{
	uint8_t last;
	size_t n = 1;

	if (strlen(tag) != strlen("Pro\\xE3") || strncmp(tag + 3, "\\x", 2) != 0 ||
		!text_hex_bytes((struct span){ tag + 5, 2 }, &last, &n) || last < 0x80)
		return false;
	memcpy(plain, tag, 3);
	plain[3] = (char)(last & 0x7F);
	plain[4] = 0;
	return true;
}

const char *tag_pool_words(enum tag_pool pool)
{
	switch (pool) {
	case TAG_PAGED: return "paged";
	case TAG_NONPAGED: return "nonpaged";
	case TAG_EITHER: return "paged or nonpaged";
	case TAG_SESSION: return "session pool (paged)";
	case TAG_UNKNOWN: break;
	}
	return "not known";
}
