"""Seeds of random numbers that the user's code gives."""

import unittest

from running import Workplace
from validator import why_not


class Seeds(unittest.TestCase):
    def seeds(self, text):
        """[by, value] of each line, and the reasons of gaps."""
        found, gaps = [], []
        for line in Workplace(self, scripts=False).record(text):
            self.assertIsNone(why_not(line), line)
            if line["kind"] == "seed":
                found.append([line["by"], line["value"]])
            elif line["kind"] == "gap":
                gaps.append(line["reason"])
        return found, gaps

    def test_a_seed_is_seen_by_the_name_that_its_module_has(self):
        text = "import random, random as r\nfrom random import seed as sow, Random\nSEED = 42\n"
        text += "def main():\n    random.seed(SEED)\n    r.seed(a='x')\n    sow(2.5)\n    return Random(7)\nmain()\n"
        expected = [["random.seed", 42], ["random.seed", "x"], ["random.seed", 2.5], ["random.Random", 7]]
        self.assertEqual(self.seeds(text), (expected, []))

    def test_the_numbers_are_those_without_recording(self):
        text = "import random\nrandom.seed(3)\nassert random.random() == random.Random(3).random()\n"
        self.assertEqual(self.seeds(text), ([["random.seed", 3], ["random.Random", 3]], []))

    def test_random_state_is_seen_in_calls_of_what_was_imported_only(self):
        text = "from json import dumps\ndef own(random_state): pass\nown(random_state=1)\n"
        text += "try: dumps(1, random_state=4)\nexcept TypeError: pass\n"
        self.assertEqual(self.seeds(text), ([["json.dumps random_state", 4]], []))

    def test_neither_none_nor_objects_nor_functions_of_the_users_own_are_seeds(self):
        text = "import random\nclass Own:\n    def seed(self, x): pass\nrandom.seed(None)\nrandom.seed()\nOwn().seed(3)\n"
        self.assertEqual(self.seeds(text), ([], []))

    def test_each_is_written_once_and_of_very_many_the_first(self):
        text = "import random\nfor i in range(100):\n    for _ in range(3):\n        random.seed(i)\n"
        found, gaps = self.seeds(text)
        self.assertEqual(found, [["random.seed", i] for i in range(16)])
        self.assertEqual(gaps, ["random.seed got more than 16 seeds; the first are recorded"])



if __name__ == "__main__":
    unittest.main()
