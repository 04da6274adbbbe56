# SPDX-License-Identifier: MIT
"""Writes bundles that carry one hostile text wherever a bundle can hold text: names of machines, files, tags and drivers,
strings of events, values of the registry and of systeminfo, lists of tags, performance counters."""

import os
import re

MARK = "Zq7"  # in every hostile text, to see that it arrived

# What each text is for. Characters that XML or a line of text cannot hold are sent raw all the same, in a second log.
TEXTS = {
    "script": "Zq7<script>alert(1)</script>",
    "closing": "Zq7</style></title></pre></textarea></svg></table><svg onload=alert(2)>",
    "quotes": "Zq7\"'><img src=x onerror=alert(3)>` ' \" onmouseover=alert(4)",
    "comment": "Zq7--><!-- <![CDATA[ ]]> <?php ?> <!DOCTYPE x>",
    "entities": "Zq7&lt;b&gt; &amp;amp; &#0; &#x1F; &bogus; &",
    "bidi": "Zq7\u202egpj.exe\u202c \u2066isolate\u2069 \u200f\u200e\u061c",
    "invisible": "Zq7\u200b\u200d\ufeff\u2060\u00ad\u2028line\u2029paragraph\U000e0041\ufe0f\u3164",
    "controls": "Zq7\x01\x02\x07\x08\x0b\x0c\x0e\x1a\x1f\x7f\x80\x85\x9b\x9f",
    "terminal": "Zq7\x1b[31mred\x1b[0m\x1b]0;owned\x07\x1b[2J\x1b[1;1H\x9b31m",
    "formula": "=cmd|'/C calc'!A0 Zq7",
    "formula plus": "+Zq7+1+1",
    "formula minus": "-2+3 Zq7",
    "formula at": "@SUM(Zq7)",
    "formula wide": "\uff1d1\uff0b1 Zq7",
    "link": "[Zq7](javascript:alert(5)) ![i](http://tracker.example/p.png) <http://tracker.example/> [r]: http://x.example",
    "bare link": "Zq7 http://tracker.example/ www.tracker.example mailto:a@tracker.example a@tracker.example @someone #1 tracker.example",
    "markdown": "Zq7 **bold** _em_ ~~gone~~ `code` ``` | a | b | \\| # head > quote 1. one - item --- *** :tada: $x$",
    "html in markdown": "<b>Zq7</b> <a href=http://x.example>x</a> <details open> <!-- --> <?x?>",
    "reference": "Zq7 [x][y] [^1] [ ] [x] &colon; \\[x\\] \\",
    "long": "Zq7" + "A" * 10000,
    "long words": "Zq7 " + "<b>&amp;" * 1500,
    "wide": "Zq7\u6f22\u5b57\uff21e\u0301\u0301\U0001f4a3\U0001f468\u200d\U0001f469",
    "format": "Zq7 %s%n%x%1!s! {0} ${x} $(id) `id` ; | & \\x1b[0m \\u202e <U+202E>",
    "sql": "Zq7'); DROP TABLE event;--",
    "registry": "Zq7\" \r\n[HKEY_LOCAL_MACHINE\\Evil]\r\n\"a\"=dword:00000001",
    "lines": "Zq7\r\nsecond\n\n\tthird\r",
}
# Bytes that are no UTF-8, for what is no text in Python.
BROKEN = b"Zq7\xc3\x28\xff\xfe\xed\xa0\x80\xf0\x28\x8c\x28\xc0\xaf\xf4\x90\x80\x80"

KEY = "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management"
# An I/O error log packet with STATUS_INSUFFICIENT_RESOURCES, as Srv writes it and as a disk driver may.
SRV = "00000400010054000000000000E407C0000000009A0000C0" + "0" * 40
PACKET = "0000040001005400000000003200048000000000" + "9A0000C0" + "0" * 32


def xml(raw):
    """Text in XML; bytes that XML forbids stay."""
    return raw.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;").replace(b"'", b"&apos;").replace(b'"', b"&quot;")


def well_formed(raw):
    """The same without what XML 1.0 forbids."""
    text = raw.decode(errors="replace")
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text).encode()


def one_line(raw):
    """A line of a text file ends at its end."""
    return raw.replace(b"\r", b" ").replace(b"\n", b" ")


def event(record, minute, provider, number, strings, computer, binary="", channel=b"System"):
    """One event as wevtutil writes it."""
    data = b"".join(b"<Data>" + xml(string) + b"</Data>" for string in strings)
    data += b"<Binary>" + binary.encode() + b"</Binary>" if binary else b""
    return (b"<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='%s'/>"
            b"<EventID Qualifiers='49152'>%d</EventID><Level>2</Level>"
            b"<TimeCreated SystemTime='2010-03-04T%02d:%02d:00.000000000Z'/><EventRecordID>%d</EventRecordID>"
            b"<Channel>%s</Channel><Computer>%s</Computer></System><EventData>%s</EventData></Event>\n" %
            (xml(provider), number, 10 + minute // 60, minute % 60, record, xml(channel), xml(computer), data))


def log(raw, first):
    """Events of all the kinds that the report shows, with the text as source and in the strings."""
    lines = [event(first, 0, b"EventLog", 6009, [b"5.02.", b"3790", b"Service Pack 2", b"Multiprocessor Free", raw], raw),
             event(first + 1, 2, raw, 50, [raw, raw], raw, PACKET),
             event(first + 2, 3, b"USER32", 1074, [raw] * 6, raw),
             event(first + 3, 4, b"Application Popup", 26, [raw, b"Insufficient system resources exist " + raw], raw),
             event(first + 4, 5, raw, 8019, [b"Error 1450: Insufficient system resources exist " + raw], raw, channel=b"Application")]
    lines += [event(first + 5 + number, 130 + 40 * number, b"Srv", 2020, [b"\\Device\\LanmanServer", raw], raw, SRV) for number in range(4)]
    return b"".join(lines)


def poolsnap(raw, number):
    """poolmon -b -g with tags and drivers made of the text."""
    tags = [one_line(raw)[at:at + 4].ljust(4) for at in range(0, min(len(raw), 40), 4)]
    mmst = 60000000 + 12000000 * number
    rows = [(b"MmSt", b"Paged", mmst)] + [(tag, b"Paged" if at % 2 == 0 else b"Nonp ", 4000000 - 70000 * at) for at, tag in enumerate(tags)]
    rows += [(b"CM%02d" % at, b"Paged", 3000000 - 60000 * at) for at in range(12)]
    head = (b"%s\r\n\r\n Memory: 2096616K Avail: 1332152K  PageFlts:27286812   InRam Krnl: 4456K P:229856K\r\n"
            b" Commit:1006496K Limit:4074984K Peak:1021764K            Pool N:32412K P:%dK\r\n\r\n"
            b" Tag  Type     Allocs         Frees    Diff   Bytes    Per Alloc    Mapped_Driver\r\n\r\n" %
            (one_line(raw), sum(size for _, pool, size in rows if pool == b"Paged") // 1024 + 9000))
    left, driver = 10000 + number, one_line(raw)[:60]
    return head + b"".join(b" %s %s %9d %9d %8d %9d %8d        [%s]\r\n" % (tag, pool, 20000 + number, 10000, left, size, size // left, driver)
                           for tag, pool, size in rows)


def write(folder, raw):
    """The bundle; returns what was told of it on the command line."""
    def put(name, data):
        name = name.replace(b"/", b"\\").replace(b"\0", b"")
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(data)

    short = raw[:100]
    line = one_line(raw)
    put(b"System.xml", b"<Events>" + log(well_formed(raw), 100) + b"</Events>\n")
    put(short + b"-raw.xml", log(raw, 200))
    for number in range(8):
        put(short + b"_20100304_%02d%02d.txt" % (10 + number // 2, 30 * (number % 2)), poolsnap(raw, number))
    put(short + b".sysinfo", b"Host Name:                 %s\r\nOS Name:                   Microsoft(R) Windows(R) Server 2003, %s\r\n"
        b"OS Version:                5.2.3790 Service Pack 2 Build 3790 %s\r\nOS Manufacturer:           Microsoft Corporation\r\n"
        b"Registered Owner:          %s\r\nSystem Type:               X86-based PC\r\nTime Zone:                 (GMT) %s\r\n"
        b"Total Physical Memory:     2,047 MB\r\nDomain:                    %s\r\n" % ((line,) * 6))
    quoted = line.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    put(short + b".reg", b"REGEDIT4\r\n\r\n[%s]\r\n\"PoolUsageMaximum\"=\"%s\"\r\n\"%s\"=\"%s\"\r\n"
        b"\"PagedPoolSize\"=dword:00000000\r\n\r\n[%s\\%s]\r\n" %
        (KEY.encode(), quoted, quoted, quoted, KEY.encode(), quoted))
    put(short + b".tags", b"rem\r\nrem tags\r\nNtfs - ntfs.sys   - names\r\nCM00 - nt!cm     - %s\r\nMmSt - mm.sys    - %s\r\n"
        b"Zaq1 - acme.sys  - names of open files\r\nCM0* - %s - %s\r\n%s - %s - %s\r\n" % ((line,) * 4 + (line[:4].ljust(4),) + (line,) * 2))
    put(short + b".csv",
        b'"(PDH-CSV 4.0)","\\\\%s\\Memory\\Pool Paged Bytes"\r\n"03/04/2010 10:15:42.069","138870784.000000"\r\n' % line.replace(b'"', b'""'))
    put(short + b".ini", b"[boot loader]\r\ntimeout=30\r\n[operating systems]\r\n"
        b"multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS=\"%s\" /fastdetect /%s\r\n" %
        (line.replace(b'"', b""), line.replace(b" ", b"_")))
    put(short + b".unknown", raw + b"\nTag Type Allocs\n")
    os.symlink(b"nowhere", os.path.join(os.fsencode(folder), short.replace(b"/", b"\\").replace(b"\0", b"") + b".dangling"))
