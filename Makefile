# SPDX-License-Identifier: MIT
# Builds pooltriage without a configure step; everything lands in build/. `make help` lists the targets.
# Local overrides (CC, CFLAGS, PREFIX) go into config.mk, which git ignores. V=1 shows the commands.
-include config.mk

ifneq ($(V),1)
Q := @
endif

VERSION := $(shell sed -n '1s/^\# pooltriage //p' NEWS.md)
BUILD   ?= build
PREFIX  ?= /usr/local
CFLAGS  ?= -O2 -g
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wconversion -Wno-sign-conversion
ifeq ($(WERROR),1)
WARN    += -Werror
endif
ifeq ($(SANITIZE),1)
# Not in CFLAGS: those of the command line would win, and the run would check nothing.
SAN     := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
endif

THREADS    := -pthread
LIBS       := libxml-2.0 libpcre2-8 libpcre2-16 sqlite3 libxxhash
LIB_CFLAGS  = $(shell pkg-config --cflags $(LIBS))
LIB_LDLIBS  = $(shell pkg-config --libs $(LIBS))
# Only the two folders that may use a library see its headers.
INCLUDES_parsers  = $(LIB_CFLAGS) -DPCRE2_CODE_UNIT_WIDTH=8
INCLUDES_store    = $(LIB_CFLAGS)
BASE    := -std=c11 $(THREADS) -I. -I$(BUILD) $(WARN) -DPOOLTRIAGE_VERSION='"$(VERSION)"'

FOLDERS := core store parsers analysis reports
SOURCES := $(filter-out core/os_win.c,$(foreach d,. $(FOLDERS),$(patsubst ./%,%,$(wildcard $(d)/*.c))))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
# What test programs are linked with: everything but the verbs and what writes their files.
LIBRARY := $(filter-out $(addprefix $(BUILD)/,main.o triage.o output.o decode.o dump.o explain.o),$(OBJECTS))
UNITS   := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/unit_*.c tests/corpus_*.c))
# One record per flags: a change of compiler or flags rebuilds everything.
FLAGS    = $(CC) $(BASE) $(CPPFLAGS) $(CFLAGS) $(SAN) $(LDFLAGS)

.PHONY: all demo check check-run bless samples check-formats check-import check-pages asan fuzz soak lint layers headers install uninstall clean help setup FORCE
ifneq ($(word 2,$(MAKECMDGOALS)),)
.NOTPARALLEL: # several goals, like clean and all, run one after another; each is parallel within itself
endif
.DELETE_ON_ERROR:
.SECONDARY: # keeps the object files of tests

all: ## build build/pooltriage
	@NO_INSTALL=1 ./setup.sh
	@$(MAKE) --no-print-directory $(BUILD)/pooltriage

demo: setup ## build, triage a sample bundle, show the report
	@$(MAKE) --no-print-directory $(BUILD)/pooltriage
	@tests/demo.sh $(BUILD)/pooltriage

check: setup ## build and run every test
	@$(MAKE) --no-print-directory check-run

setup:
	@./setup.sh

$(BUILD)/pooltriage: $(OBJECTS)
	@echo "  link $@"
	$(Q)$(CC) $(CFLAGS) $(SAN) $(LDFLAGS) -o $@ $(OBJECTS) $(LIB_LDLIBS) -lm $(THREADS) $(LDLIBS)

$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(FLAGS))' | cmp -s - $@ || echo '$(subst ','\'',$(FLAGS))' > $@

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo "  cc   $<"
	$(Q)$(CC) $(BASE) $(CPPFLAGS) $(CFLAGS) $(SAN) $(INCLUDES_$(patsubst %/,%,$(dir $*))) -MMD -MP -c -o $@ $<

# The style sheet goes into the program, with the hash that lets a browser use it.
$(BUILD)/html_style.h: reports/html_style.css reports/html_style.sh
	@mkdir -p $(@D)
	reports/html_style.sh reports/html_style.css > $@
$(BUILD)/reports/html.o: $(BUILD)/html_style.h

$(BUILD)/tests/bundle: $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/bundle*.c))
	@echo "  link $@"
	$(Q)$(CC) $(CFLAGS) $(SAN) $(LDFLAGS) -o $@ $^

# Tests with servers of their own: their files come from the writers of tests/bundle*.c, which share names with
# the printers of reports/; no printer is needed.
WORLD := $(wildcard tests/world*.c) $(filter-out tests/bundle_main.c tests/bundle_scenarios.c \
	tests/bundle_hostile.c tests/bundle_dialect%.c,$(wildcard tests/bundle*.c))
$(BUILD)/tests/unit_scenarios: $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/scenarios_*.c))
$(BUILD)/tests/unit_properties: $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/properties_*.c))
$(BUILD)/tests/unit_scenarios $(BUILD)/tests/unit_properties: $(BUILD)/tests/%: $(BUILD)/tests/%.o \
		$(WORLD:%.c=$(BUILD)/%.o) $(filter-out $(BUILD)/reports/%,$(LIBRARY))
	@mkdir -p $@.files
	@echo "  link $@"
	$(Q)$(CC) $(CFLAGS) $(SAN) $(LDFLAGS) -o $@ $^ $(LIB_LDLIBS) -lm $(THREADS) $(LDLIBS)

# The same servers as bundles, for tests of the whole program; nothing of it is in this one.
$(BUILD)/tests/write_scenarios: $(patsubst %.c,$(BUILD)/%.o,tests/write_scenarios.c $(wildcard tests/scenarios_*.c) \
		$(filter-out tests/world_judge.c tests/world_random.c,$(WORLD)))
	@echo "  link $@"
	$(Q)$(CC) $(CFLAGS) $(SAN) $(LDFLAGS) -o $@ $^ -lm

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(LIBRARY)
	@echo "  link $@"
	$(Q)$(CC) $(CFLAGS) $(SAN) $(LDFLAGS) -o $@ $^ $(LIB_LDLIBS) -lm $(THREADS) $(LDLIBS)

-include $(OBJECTS:.o=.d) $(UNITS:%=%.d) $(wildcard $(BUILD)/tests/*.d $(BUILD)/tests/fuzz/*.d)

check-run: $(BUILD)/pooltriage $(UNITS) $(BUILD)/tests/bundle
	@BUILD=$(BUILD) CC="$(CC)" tests/run.sh

bless: $(BUILD)/pooltriage ## rewrite the golden files and show what changed
	@BUILD=$(BUILD) tests/run.sh bless

samples: $(BUILD)/tests/bundle ## write samples/ anew
	$(BUILD)/tests/bundle samples

asan: setup ## the same tests under the address and undefined-behaviour sanitizers
	@$(MAKE) --no-print-directory check-run BUILD=build/asan SANITIZE=1

# Everything is built anew with clang, once. What is found lands in build/fuzz/; put it into tests/fuzz/found/, which
# `make check` replays.
SECONDS ?= 60
FUZZ_SAN := -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
fuzz: setup ## libFuzzer over every parser, the data words and the reader: make fuzz SECONDS=60
	@$(MAKE) --no-print-directory BUILD=build/fuzz CC=clang SAN="$(FUZZ_SAN)" build/fuzz/target build/fuzz/tests/unit_fuzz_replay
	@mkdir -p build/fuzz/seeds build/fuzz/corpus
	@build/fuzz/tests/unit_fuzz_replay build/fuzz/seeds >/dev/null
	build/fuzz/target -max_total_time=$(SECONDS) -timeout=20 -rss_limit_mb=1024 -max_len=65536 -dict=tests/fuzz/words.dict \
		-artifact_prefix=build/fuzz/ -print_final_stats=1 build/fuzz/corpus build/fuzz/seeds

$(BUILD)/target: $(BUILD)/tests/fuzz/fuzz.o $(LIBRARY)
	@echo "  link $@"
	$(Q)$(CC) $(CFLAGS) $(SAN) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LIB_LDLIBS) -lm $(THREADS) $(LDLIBS)

soak: $(BUILD)/pooltriage $(BUILD)/tests/unit_cut $(BUILD)/tests/unit_properties ## large inputs, every sample cut everywhere, thousands of servers by chance
	@SOAK=1 $(BUILD)/tests/unit_cut
	@BUILD=$(BUILD) SOAK=1 $(BUILD)/tests/unit_properties
	@BUILD=$(BUILD) SOAK=1 tests/hostile.sh

# Python and packages of its own, so not in `make check`.
check-formats: setup ## every report format, read back by independent parsers
	@tests/need.sh check-formats python3.jsonschema:python3-jsonschema python3.html5lib:python3-html5lib \
		python3.markdown_it:python3-markdown-it
	@$(MAKE) --no-print-directory $(BUILD)/pooltriage $(BUILD)/tests/write_scenarios
	@BUILD=$(BUILD) tests/formats.py

layers: ## the include rules of docs/design.md
	@tests/layers.sh

headers: ## every header compiles alone
	@BUILD=$(BUILD) tests/headers.sh "$(CC)"

# Without npm, and with it without a network, axe-core is skipped by name; npm is not installed where that is refused.
check-pages: setup ## every sample's report in Chromium: errors, widths, print, accessibility
	@tests/need.sh check-pages chromium:chromium /usr/bin/python3:python3 pdftotext:poppler-utils \
		/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf:fonts-liberation
	@tests/need.sh "axe-core's part of check-pages" npm:npm || true
	@$(MAKE) --no-print-directory $(BUILD)/pooltriage
	@BUILD=$(BUILD) tests/pages.py

lint: ## formatting, static analysis
	@tests/lint.sh

check-import: setup ## the .reg files under a real importer (wine64)
	@$(MAKE) --no-print-directory $(BUILD)/pooltriage
	@BUILD=$(BUILD) tests/import.sh

install: all ## into $(DESTDIR)$(PREFIX)
	install -D -m 755 $(BUILD)/pooltriage $(DESTDIR)$(PREFIX)/bin/pooltriage

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/pooltriage

clean: ## remove build/
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 14
