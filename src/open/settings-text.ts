/** The text of a new store's settings. Its comments show what else can be set. */
export function settingsText(base: string): string {
  return `# Base of the names that people give; stored runs keep theirs.
base = ${JSON.stringify(base)}

# Components that make data from nothing (simulations, random fields).
# generators = ["simulate.random_field"]

# Libraries whose public functions and classes are recorded where your code calls them, and modules of yours that are not.
# include = ["sklearn.linear_model"]
# exclude = ["pipeline.plots"]

# Files that are neither sources nor products: names anywhere, or paths from the working directory. A folder stands for all in it.
# ignore = ["*.log", "scratch", "results/**/*.tmp"]

# Contents that are kept: nothing, texts (source files and small texts), or inputs (besides these all files that were read).
# keep = "texts"

# Quality measurements: what a component returns, or what a small file holds that the run wrote.
# [quality]
# completeness = { component = "swep.completeness", unit = "%", better = "more" }
# r2 = "metrics.json#/r2"

# What \`vampira storage\` reckons with: money to keep a gigabyte for a month, and for an hour of one processor.
# [storage]
# keep-cost = 0.023
# compute-cost = 0.048

# Remote stores by name; credentials come from the environment.
# [stores.lab]
# query = "http://localhost:3030/ds/sparql"
# update = "http://localhost:3030/ds/update"
# data = "http://localhost:3030/ds/data"
`
}
