/* SPDX-License-Identifier: MIT
 * Which month or weekday a word is, in the languages that Windows writes dates in. */
#include "core/text.h"
#include "parsers/stamp.h"

/* English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian and (months)
 * Polish. '?' stands for a letter beyond ASCII. A word may be cut short where that fits no other month. */
static const char *const month_names[12] = {
	"january|januar|janvier|enero|gennaio|janeiro|januari|stycznia",
	"february|februar|f?vrier|fevrier|febrero|febbraio|fevereiro|februari|lutego",
	"march|m?rz|maerz|mars|marzo|mar?o|maart|marts|marca",
	"april|avril|abril|aprile|kwietnia",
	"may|mai|mayo|maggio|maio|mei|maj|maja",
	"june|juni|juin|junio|giugno|junho|czerwca",
	"july|juli|juillet|julio|luglio|julho|lipca",
	"august|ao?t|aout|agosto|augustus|augusti|sierpnia",
	"september|septembre|septiembre|setiembre|settembre|setembro|wrze?nia",
	"october|oktober|octobre|octubre|ottobre|outubro|pa?dziernika",
	"november|novembre|noviembre|novembro|listopada",
	"december|dezember|d?cembre|decembre|diciembre|dicembre|dezembro|desember|grudnia",
};
static const char *const weekday_names[7] = {
	"sunday|sonntag|dimanche|domingo|domenica|zondag|s?ndag",
	"monday|montag|lundi|lunes|luned?|segunda-feira|maandag|m?ndag|mandag",
	"tuesday|dienstag|mardi|martes|marted?|ter?a-feira|dinsdag|tisdag|tirsdag",
	"wednesday|mittwoch|mercredi|mi?rcoles|miercoles|mercoled?|quarta-feira|woensdag|onsdag",
	"thursday|donnerstag|jeudi|jueves|gioved?|quinta-feira|donderdag|torsdag",
	"friday|freitag|vendredi|viernes|venerd?|sexta-feira|vrijdag|fredag",
	"saturday|samstag|sonnabend|samedi|s?bado|sabado|sabato|zaterdag|l?rdag",
};

static bool sign_fits(uint32_t c, char name)
{
	if (c >= 'A' && c <= 'Z')
		c += 'a' - 'A';
	return c >= 0x80 || c == '?' ? name == '?' : c == (unsigned char)name;
}

/* Is the word the name, or its first `least` letters or more? */
static bool word_fits(struct span word, const char *name, size_t name_n, size_t least)
{
	size_t letters = 0, length;
	while (word.n) {
		uint32_t c = text_get_utf8(word, &length);
		word = text_tail(word, length);
		if (letters < name_n && sign_fits(c, name[letters]))
			letters++;
		else if (!(c >= 0x80 && letters &&
				 name[letters - 1] == '?')) /* an accent in UTF-8 read as two signs */
			return false;
	}
	return letters >= least || letters == name_n;
}

/* One bit for each row of the table the word fits. */
static unsigned word_rows(struct span word, const char *const names[], size_t count, size_t least)
{
	unsigned rows = 0;
	for (size_t i = 0; i < count; i++) {
		struct span rest = span_of(names[i]), name;
		while (text_cut(&rest, '|', &name))
			rows |= (unsigned)word_fits(word, name.p, name.n, least) << i;
	}
	return rows;
}

int stamp_month(struct span word)
{
	unsigned rows = word_rows(word, month_names, LEN(month_names), 3);
	for (int month = 1; month <= 12; month++)
		if (rows == 1u << (month - 1))
			return month;
	return 0; /* none, or more than one: "jui" is June or July in French */
}

unsigned stamp_weekdays(struct span word)
{
	return word_rows(word, weekday_names, LEN(weekday_names), 2);
}
