/* SPDX-License-Identifier: MIT
 * What tests/pages.py asks of a page in the browser; each answers with a list of what is wrong, in words. */
"use strict";
globalThis.pages = {
	name(e) {
		const id = e.id ? "#" + e.id : "";
		const near = e.closest("[id]");
		const at = !id && near ? " in #" + near.id : "";
		const says = (e.textContent || "").trim().replace(/\s+/g, " ").slice(0, 50);
		return `<${e.localName}${id} class="${e.getAttribute("class") || ""}">${at} "${says}"`;
	},
	shown(e) {
		return e.getClientRects().length > 0 && e.checkVisibility({ visibilityProperty: true });
	},
	/* Said to readers only: a box of one pixel. */
	aside(e) {
		for (; e; e = e.parentElement)
			if (getComputedStyle(e).clipPath !== "none" && e.offsetWidth <= 1)
				return true;
		return false;
	},
	scripts() {
		return [...document.querySelectorAll("script")].map(pages.name);
	},
	title() {
		return document.title.trim() ? [] : ["document.title is empty"];
	},
	headings() {
		const wrong = [], heads = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")];
		const first = heads.filter(h => h.localName === "h1").length;
		if (first !== 1)
			wrong.push(`${first} h1 elements`);
		let level = 0;
		for (const h of heads) {
			const now = Number(h.localName[1]);
			if (now > level + 1)
				wrong.push(`h${level} is followed by ${pages.name(h)}`);
			if (now > 4)
				wrong.push(`deeper than h4: ${pages.name(h)}`);
			if (!h.textContent.trim())
				wrong.push(`empty: ${pages.name(h)}`);
			level = now;
		}
		return wrong;
	},
	/* All parts of each server, in order. */
	parts(names, servers) {
		const wrong = [], articles = [...document.querySelectorAll("article.server")];
		if (articles.length !== servers)
			wrong.push(`${articles.length} servers, not ${servers}`);
		for (const [i, article] of articles.entries()) {
			const prefix = servers > 1 ? `s${i + 1}-` : "";
			const found = [...article.children].map(e => e.id).filter(id => id);
			const wanted = names.map(n => prefix + n);
			if (found.join() !== wanted.join())
				wrong.push(`parts are ${found.join()}, not ${wanted.join()}`);
		}
		return wrong;
	},
	ids() {
		const seen = new Set(), wrong = [];
		for (const e of document.querySelectorAll("[id]")) {
			if (seen.has(e.id) || !e.id)
				wrong.push(`id twice or empty: ${pages.name(e)}`);
			seen.add(e.id);
		}
		return wrong;
	},
	links() {
		const wrong = [], all = [...document.querySelectorAll("a")];
		if (!all.length)
			wrong.push("there is no link");
		for (const a of all) {
			const to = a.getAttribute("href") || "";
			if (to[0] === "#" && !document.getElementById(to.slice(1)))
				wrong.push(`leads nowhere: ${to} ${pages.name(a)}`);
		}
		return wrong;
	},
	/* Nothing lies outside of the screen but in a frame that scrolls, and nothing is cut off. */
	fits() {
		const wrong = [], root = document.documentElement, width = root.clientWidth, scrolls = new Set();
		if (root.scrollWidth > width)
			wrong.push(`the page is ${root.scrollWidth} wide on a screen of ${width}`);
		for (const e of document.body.querySelectorAll("*")) {
			if (scrolls.has(e.parentElement)) {
				scrolls.add(e);
				continue;
			}
			if (!pages.shown(e) || e.closest("svg") && e.localName !== "svg")
				continue;
			const how = getComputedStyle(e).overflowX, box = e.getBoundingClientRect();
			const outside = box.right > width + 1 || box.left < -1;
			if (outside && !pages.aside(e))
				wrong.push(`from ${Math.round(box.left)} to ${Math.round(box.right)} on a screen of ${width}: ${pages.name(e)}`);
			if (/auto|scroll/.test(how))
				scrolls.add(e);
			else if (how !== "visible" && e.scrollWidth > e.clientWidth + 1 && !pages.aside(e))
				wrong.push(`cut off: ${pages.name(e)}`);
		}
		return wrong;
	},
	/* A word that would fit into a line is not broken in two; runs without a blank that are longer, as paths are, may be. */
	words() {
		const wrong = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		while (walk.nextNode()) {
			const text = walk.currentNode, e = text.parentElement;
			if (!pages.shown(e) || pages.aside(e) || e.closest("pre,svg"))
				continue;
			for (const run of text.data.matchAll(/\S{2,30}(?!\S)/g))
				for (const word of run[0].matchAll(/[\p{L}\p{N}]{2,}/gu)) {
					const range = document.createRange();
					range.setStart(text, run.index + word.index);
					range.setEnd(text, run.index + word.index + word[0].length);
					const lines = [...range.getClientRects()];
					if (/(^|\s)$/.test(text.data.slice(0, run.index)) && lines.some(l => Math.abs(l.top - lines[0].top) > 4))
						wrong.push(`"${word[0]}" is broken: ${pages.name(e)}`);
				}
		}
		return wrong;
	},
	/* Labels stand inside of their drawing and not on each other. */
	labels() {
		const wrong = [];
		for (const svg of document.querySelectorAll("svg")) {
			if (!pages.shown(svg))
				continue;
			const frame = svg.getBoundingClientRect();
			const texts = [...svg.querySelectorAll("text")].filter(pages.shown);
			const boxes = texts.map(t => t.getBoundingClientRect());
			if (svg.getAttribute("role") === "img" && !texts.length)
				wrong.push(`no label in ${pages.name(svg)}`);
			for (const [i, b] of boxes.entries()) {
				if (b.left < frame.left - 1 || b.right > frame.right + 1 || b.top < frame.top - 1 || b.bottom > frame.bottom + 1)
					wrong.push(`beyond its chart: ${pages.name(texts[i])}`);
				for (let j = 0; j < i; j++) {
					const over = Math.min(b.right, boxes[j].right) - Math.max(b.left, boxes[j].left);
					const deep = Math.min(b.bottom, boxes[j].bottom) - Math.max(b.top, boxes[j].top);
					/* A line's box is higher than its letters. */
					if (over > 1 && deep > 0.25 * Math.min(b.height, boxes[j].height))
						wrong.push(`on each other: ${pages.name(texts[j])} and ${pages.name(texts[i])}`);
				}
			}
		}
		return wrong;
	},
	/* Is the paper as light or dark as asked for? */
	paper(dark) {
		const canvas = document.createElement("canvas").getContext("2d", { colorSpace: "srgb" });
		canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
		canvas.fillRect(0, 0, 1, 1);
		const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
		const light = (r + g + b) / 3;
		return (dark ? light < 64 : light > 224) ? [] : [`the paper's lightness is ${Math.round(light)} of 255`];
	},
	/* The pieces of text that a reader of the screen can get to see, folded ones included; what is of no use on
	 * paper is left out. */
	texts() {
		const closed = [...document.querySelectorAll("details:not([open])")];
		closed.forEach(d => { d.open = true; });
		const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		while (walk.nextNode()) {
			const e = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
			if (text && pages.shown(e) && !pages.aside(e) && !e.closest("nav,.hint,.see,title,desc"))
				found.push(text);
		}
		closed.forEach(d => { d.open = false; });
		return found;
	},
	/* What axe-core does not judge: labels in drawings against their ground, and lines against it. */
	contrast() {
		const wrong = [], pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
		const rgba = colour => {
			pen.clearRect(0, 0, 1, 1);
			pen.fillStyle = colour;
			pen.fillRect(0, 0, 1, 1);
			return [...pen.getImageData(0, 0, 1, 1).data];
		};
		const light = colour => {
			const [r, g, b] = rgba(colour).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
			return 0.2126 * r + 0.7152 * g + 0.0722 * b;
		};
		const ground = e => {
			for (; e; e = e.parentElement)
				if (rgba(getComputedStyle(e).backgroundColor)[3] === 255)
					return light(getComputedStyle(e).backgroundColor);
			return 1;
		};
		for (const e of document.querySelectorAll("svg text, svg tspan, svg .line, svg .level, svg .event")) {
			if (!pages.shown(e))
				continue;
			const text = /^t/.test(e.localName), how = getComputedStyle(e);
			const pair = [light(text ? how.fill : how.stroke), ground(e)].sort((a, b) => a - b);
			const ratio = (pair[1] + 0.05) / (pair[0] + 0.05);
			if (ratio < (text ? 4.5 : 3))
				wrong.push(`contrast ${ratio.toFixed(2)}: ${pages.name(e)}`);
		}
		return wrong;
	},
	/* Shadows at the edges of tables are gradients, on which axe-core does not judge contrast; they are taken away. */
	flat() {
		for (const e of document.body.querySelectorAll("*"))
			if (getComputedStyle(e).backgroundImage !== "none")
				e.style.backgroundImage = "none";
	},
	/* The default rules and best practices; contrast() judges what stands in drawings. */
	async axe() {
		const found = await axe.run(document, { preload: false });
		const told = list => list.flatMap(rule => rule.nodes
			.filter(node => rule.id !== "color-contrast" || !document.querySelector(node.target[0]).closest("svg"))
			.map(node => ({ what: `${rule.id}: ${rule.help}`, where: node.target.join(" "),
				why: (node.failureSummary || "").replace(/\s+/g, " ").replace(/^Fix [a-z]+ of the following: /, "").slice(0, 300) })));
		return { wrong: told(found.violations), open: told(found.incomplete), rules: found.passes.length };
	},
};
