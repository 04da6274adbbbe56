# SPDX-License-Identifier: MIT
"""Does docs/report.schema.json describe every key that is printed, and nothing that is not?"""

import json
import os
import re
import tempfile

from jsonschema import Draft202012Validator

from formats_run import CORPUS, GOLDEN, ROOT, SAMPLES, samples, scenarios, triage

# Described for what is to come: fleets and their causes are not built yet, and stay empty.
NOT_YET = re.compile(r"^\.(fleet|causes)\[\]")
# Nothing among the inputs of this test has these.
NEVER = set()
# Words that need a server made for them: tests/unit_shape.c, unit_ratio.c, unit_companions.c and unit_words.c have these.
# "known" is a file that a store has already: its report shows it as it was read then.
NEVER_WORDS = {
    ".servers[].growth[].shape": {"burst"},
    ".servers[].correlation.method": {"exact binomial, two-sided"},
    ".servers[].events[].speaks": {"against"},
    ".servers[].exhaustion_events[].decoded.severity": {"success", "informational", "warning"},
    ".servers[].inputs[].status": {"known"},
}


def strict(node):
    """A copy in which no object may hold a key that is not described."""
    if isinstance(node, list):
        return [strict(part) for part in node]
    if not isinstance(node, dict):
        return node
    node = {key: strict(part) for key, part in node.items()}
    if node.get("type") == "object" and "properties" in node:
        node["additionalProperties"] = False
    return node


class Schema:
    """The file, and which of what it describes was seen."""

    def __init__(self):
        with open(os.path.join(ROOT, "docs", "report.schema.json"), encoding="utf-8") as file:
            self.root = json.load(file)
        self.validator = Draft202012Validator(strict(self.root))
        self.seen = {}  # path to the set of its plain values; of keys only those that are not null

    def resolve(self, node):
        """A node with what its $ref names beneath it."""
        while "$ref" in node:
            name = node["$ref"].removeprefix("#/$defs/")
            node = {**self.root["$defs"][name], **{key: part for key, part in node.items() if key != "$ref"}}
        return node

    def described(self, node=None, path=""):
        """Every path with its node: ".servers[].host.os"."""
        node = self.resolve(self.root if node is None else node)
        found = {path: node}
        for key, part in node.get("properties", {}).items():
            found.update(self.described(part, path + "." + key))
        if "items" in node:
            found.update(self.described(node["items"], path + "[]"))
        return found

    def see(self, value, path=""):
        """Remembers what a report holds."""
        if value is None:
            return
        held = self.seen.setdefault(path, set())
        if isinstance(value, dict):
            for key, part in value.items():
                self.see(part, path + "." + key)
        elif isinstance(value, list):
            for part in value:
                self.see(part, path + "[]")
        elif isinstance(value, str):
            held.add(value)

    def errors(self, report):
        """What is wrong with a report, in sentences."""
        return ["%s: %s" % (error.json_path, error.message) for error in self.validator.iter_errors(report)]


def check_report(checks, schema, name, text):
    """One report is JSON, and as the schema says."""
    try:
        report = json.loads(text)
    except ValueError as error:
        checks.check(False, "%s: JSON" % name, error)
        return
    checks.check(not (errors := schema.errors(report)), "%s: as the schema says" % name, *errors)
    schema.see(report)


def check_descriptions(checks, schema):
    """Every key says what it is."""
    for path, node in schema.described().items():
        if path.endswith("[]"):
            continue
        checks.check(not path or node.get("description", "").strip(), "%s: has a description" % path)
        checks.check(node.keys() & {"type", "enum", "const", "anyOf"}, "%s: has a type" % path)


def check_needed(checks, schema):
    """Every key that is described is printed somewhere and known there, and every word of an enumeration too."""
    for path, node in schema.described().items():
        if NOT_YET.match(path):
            checks.check(path not in schema.seen, "%s: not printed yet, says the test" % path)
            continue
        checks.check((path in schema.seen) != (path in NEVER), "%s: is printed and known somewhere" % path)
        words = {word for word in node.get("enum", []) if isinstance(word, str)}
        checks.check(not (lacking := words - schema.seen.get(path, set()) - NEVER_WORDS.get(path, set())),
                     "%s: each of its words is printed somewhere" % path, lacking)


def inputs(work):
    """Everything that is there to be triaged: a name and arguments for each."""
    found = samples()
    found.append(("two servers", ["samples/at-sixty", "samples/toke-leak"]))
    found.append(("told", ["samples/healthy", "--case", "C-1", "--os", "Server 2003", "--arch", "x86", "--ram", "4G",
                           "--paged-pool-max", "343M", "--switch", "/3GB", "--utc-offset", "-05:00"]))
    os.mkdir(os.path.join(work, "unreadable"))
    os.symlink("nowhere", os.path.join(work, "unreadable", "System.xml"))
    found.append(("unreadable", ["samples/healthy", os.path.join(work, "unreadable")]))
    found.append(("all dialects", ["samples/dialects"]))
    for path, _, names in os.walk(os.path.join(SAMPLES, "dialects")):
        for name in sorted(names):
            path_here = os.path.relpath(os.path.join(path, name), ROOT)
            found.append((path_here, [path_here]))
    found += [("scenario " + os.path.basename(arguments[0]), arguments) for arguments in scenarios(work)]
    return found


def corpus():
    """The real captures beside the checkout, each file and all together."""
    if not CORPUS:
        return []
    found = [("corpus", [CORPUS])]
    for path, _, names in os.walk(os.path.join(ROOT, CORPUS)):
        found += [("corpus " + name, [os.path.join(path, name)]) for name in sorted(names)]
    return found


def test(checks):
    """All of it."""
    schema = Schema()
    Draft202012Validator.check_schema(schema.root)
    for name in sorted(os.listdir(GOLDEN)):
        if name.endswith(".json"):
            with open(os.path.join(GOLDEN, name), encoding="utf-8") as file:
                check_report(checks, schema, "golden " + name, file.read())
    with tempfile.TemporaryDirectory(prefix="pooltriage-formats.") as work:
        for name, arguments in inputs(work) + corpus():
            result = triage(arguments, ("json",))
            if result.status == 4:  # nothing usable: there is no report
                continue
            if checks.check("json" in result.files, "%s: a report" % name, result.err):
                check_report(checks, schema, name, result.files["json"])
    if not CORPUS:
        checks.skip("the schema with real captures", "no corpus beside the checkout")
    check_descriptions(checks, schema)
    check_needed(checks, schema)
