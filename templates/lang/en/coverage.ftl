# What was read and what was refused.

refused-unreadable = This file is damaged, or it is not what its name says.
refused-no-reader = This tool has no reader for the format of this file.
refused-too-large = This is larger, longer or more deeply nested than the limits of this tool allow.
refused-not-a-file = This is a link, a pipe or a device, or its path leaves the folder, and it was not read.
refused-missing-field = A field that this kind of record cannot do without is missing.
refused-bad-date = A date could not be read, and none was guessed.
refused-duplicate = A record with this id was read before; this one is not counted again.
refused-bad-value = A field holds something that it cannot hold, and nothing was guessed.
refused-missing-object = A part of the repository is missing or damaged.

kind-history = repository history
kind-reviews = review records
kind-incidents = incident records
kind-deployments = deployment records
kind-monitoring = monitoring configurations
kind-register = register
kind-people = people list
kind-notes = git notes about AI use
kind-code-owners = code owners
kind-guardrail-events = guardrail events
kind-more-records = more records
kind-configuration-history = history of the configurations
kind-criterion = agreed criterion
kind-plan = plan
kind-tool = part of this tool not built yet
