"""What looks like a secret is not written."""

import unittest

from inside import Recorded
from vampira_agent import redaction

KEY = "AKIA" + "ABCDEFGHIJKLMNOP"


class Redaction(Recorded):
    def test_each_name_of_a_secret_has_a_part_that_is_looked_for_first(self):
        for pattern in redaction.NAMES:
            self.assertTrue(any(hint in pattern for hint in redaction.NAME_HINTS), pattern)
        self.assertTrue(redaction.is_secret_name("Api-KEY"))
        self.assertFalse(redaction.is_secret_name("monkey"))

    def test_names_of_secrets(self):
        for name in ("password", "passwd", "PASSWORD", "db_pwd", "pwd", "secret", "token", "auth_tokens", "apikey", "api_key",
                     "access-key", "privateKey", "signing_key", "credentials", "authorization", "auth", "my_auth", "cookie",
                     "connection_string"):  # fmt: skip
            self.assertTrue(redaction.is_secret_name(name), name)
            self.assertTrue(redaction.is_secret_name(name), name)
        for name in ("n", "tokens", "tokenize", "token_count", "token_ids", "author", "monkey", "key", "keyword", "path", "pwdx1"):
            self.assertFalse(redaction.is_secret_name(name), name)
            self.assertFalse(redaction.is_secret_name(name), name)

    def test_not_too_many_names_are_kept(self):
        self.set(redaction, "_known_names", {})
        for n in range(5000):
            redaction.is_secret_name("name%d" % n)
        self.assertEqual(len(redaction._known_names), 4096)
        self.assertTrue(redaction.is_secret_name("password5000"))

    def test_a_text_is_masked_where_the_secret_is(self):
        for text, masked in (
            ("nothing here", "nothing here"),
            ("use %s now, %s too" % (KEY, KEY), "use [redacted] now, [redacted] too"),
            ("git://user:pass@host/x", "[redacted]host/x"),
            ("http://host/path", "http://host/path"),
            ("Bearer short", "Bearer short"),
        ):
            self.assertEqual(redaction.mask_text(text), masked)
            self.assertEqual(redaction.has_secret(text), text != masked)

    def test_each_hint_leads_to_the_patterns(self):
        for sample in (
            "AKIA" + "A" * 16, "ASIA" + "A" * 16, "ghp_" + "a" * 36, "github_pat_" + "a" * 22, "glpat-" + "a" * 20,
            "sk-" + "a" * 20, "xoxb-" + "1" * 10, "AIza" + "a" * 35, "eyJ" + "a" * 8 + ".eyJ" + "a" * 8 + ".x",
            "-----BEGIN RSA " + "PRIVATE KEY-----", "https://u:p@h", "Bearer " + "a" * 16,
        ):  # fmt: skip
            self.assertEqual(redaction.mask_text("x " + sample + " y"), "x [redacted]%s y" % ("h" if "://" in sample else ""))

    def test_arguments_are_masked(self):
        for given, expected in (
            (["run", "--password", "hunter2", "x"], ["run", "--password", "[redacted]", "x"]),
            (["-p", "hunter2"], ["-p", "hunter2"]),
            (["--token=abc", "n=1"], ["--token=[redacted]", "n=1"]),
            (["password=abc", "password="], ["password=[redacted]", "password="]),
            # An option that follows is not the value of the first one, and the word behind it is not either.
            (["--password", "--verbose", "x"], ["--password", "--verbose", "x"]),
            (["--password", "a", "b"], ["--password", "[redacted]", "b"]),
            (["password", "hunter2"], ["password", "hunter2"]),
            (["--the password is", "x"], ["--the password is", "x"]),
            (["my password=x"], ["my password=x"]),
            (["a", KEY, "k=" + KEY], ["a", "[redacted]", "k=[redacted]"]),
            (["--password=", "x"], ["--password=", "x"]),
            (["--api-key", "v", "--api-key", "w"], ["--api-key", "[redacted]", "--api-key", "[redacted]"]),
        ):
            self.assertEqual(redaction.mask_arguments(given), expected)

    def test_a_command_keeps_everything_else(self):
        self.assertEqual(redaction.mask_command("a  --token=x |  b"), "a  --token=[redacted] |  b")
        self.assertEqual(redaction.mask_command("curl 'https://u:p q@h'"), "curl 'https://u:p q@h'")
        self.assertEqual(redaction.mask_command("-----BEGIN RSA " + "PRIVATE KEY-----"), "[redacted]")


if __name__ == "__main__":
    unittest.main()
