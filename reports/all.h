/* SPDX-License-Identifier: MIT
 * The formats a report can be printed in: one line each, in the order people are told them. */
FORMAT(text)
FORMAT(html)
FORMAT(markdown)
FORMAT(csv)
FORMAT(json)
FORMAT(reg)
FORMAT(undo)
FORMAT(ticket)
