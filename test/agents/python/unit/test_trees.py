"""Syntax trees are parsed and walked as the module `ast` does it."""

import ast
import os
import unittest

import inside  # noqa: F401
from running import SCRIPTS
from vampira_agent import trees


class Trees(unittest.TestCase):
    def test_a_tree_is_that_of_ast(self):
        with open(os.path.join(SCRIPTS, "constructs.py"), "rb") as file:
            source = file.read()
        tree = trees.parse(source, "constructs.py")
        self.assertEqual(ast.dump(tree, include_attributes=True), ast.dump(ast.parse(source), include_attributes=True))
        leaves = (ast.expr_context, ast.operator, ast.cmpop, ast.unaryop, ast.boolop)
        without = lambda nodes: [node for node in nodes if not isinstance(node, leaves)]  # noqa: E731
        self.assertEqual(list(trees.walk(tree)), without(ast.walk(tree)))
        for node in ast.walk(tree):
            self.assertEqual(list(trees.fields_of(node)), list(ast.iter_fields(node)))
            self.assertEqual(list(trees.children_of(node)), without(ast.iter_child_nodes(node)))

    def test_the_fields_that_a_node_lacks_are_left_out(self):
        self.assertEqual(list(trees.fields_of(ast.Return())), list(ast.iter_fields(ast.Return())))

    def test_an_error_names_the_file(self):
        with self.assertRaises(SyntaxError) as caught:
            trees.parse(b"def\n", "mine.py")
        self.assertEqual(caught.exception.filename, "mine.py")


if __name__ == "__main__":
    unittest.main()
