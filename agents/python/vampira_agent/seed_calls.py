"""What the user's code seeds random numbers with: its calls of the functions that take a seed pass it through a hook.

    np.random.seed(SEED)                np.random.seed(hook.see(SEED))
    train_test_split(x, random_state=3) train_test_split(x, random_state=hook.see(3))

Most of these functions are compiled, so that there is no body to rewrite; the argument is looked at where it is given.
It is found by the names that the module imports: a method of an object, or a function that stands in a variable, is not.
"""

import _ast as ast

from .nodes import call_hook, place_at
from .trees import walk

_KEYWORDS = ("seed", "a", "entropy", "x", "key")
_SEEDING = frozenset((
    "random.seed", "random.Random",
    "numpy.random.seed", "numpy.random.default_rng", "numpy.random.RandomState", "numpy.random.SeedSequence",
    "numpy.random.PCG64", "numpy.random.MT19937", "numpy.random.Philox", "numpy.random.SFC64",
    "torch.manual_seed", "torch.random.manual_seed", "torch.cuda.manual_seed", "torch.cuda.manual_seed_all",
    "tensorflow.random.set_seed", "keras.utils.set_random_seed", "tensorflow.keras.utils.set_random_seed",
    "jax.random.PRNGKey", "jax.random.key", "cupy.random.seed",
    "lightning.seed_everything", "pytorch_lightning.seed_everything", "transformers.set_seed",
))  # fmt: skip


def may_seed(source):
    """Whether a text may have such a call: most have none, and are not walked through."""
    return "seed" in source or "random" in source or "PRNGKey" in source


def pass_seeds(tree, mark_for):
    """Change such calls in a parsed module in place. mark_for: gives the mark of a hook for what took the seed."""
    imported = {}
    calls = []
    for node in walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                imported[alias.asname or alias.name.split(".")[0]] = alias.name if alias.asname else alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                imported[alias.asname or alias.name] = node.module + "." + alias.name
        elif isinstance(node, ast.Call):
            calls.append(node)
    for call in calls:
        name = _name_of(call.func, imported)
        if name is None:
            continue
        seeds = name in _SEEDING
        if seeds and call.args and not isinstance(call.args[0], ast.Starred):
            call.args[0] = _seen(call.args[0], mark_for(name))
        for keyword in call.keywords:
            if keyword.arg == "random_state":
                keyword.value = _seen(keyword.value, mark_for(name + " random_state"))
            elif seeds and not call.args and keyword.arg in _KEYWORDS:
                keyword.value = _seen(keyword.value, mark_for(name))


def _name_of(node, imported):
    """The dotted name of what is called, as its module calls it; None where it is of nothing that was imported."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in imported:
        return None
    return ".".join([imported[node.id], *reversed(parts)])


def _seen(node, mark):
    return call_hook(mark, "see", [node], place_at(ast.Pass(), node))
