"""Numbers of objects: one for a lifetime, never given twice, and nothing kept alive for long."""

import unittest
import weakref

from inside import Recorded
from vampira_agent import identity


class Thing:
    pass


class Identity(Recorded):
    def setUp(self):
        super().setUp()
        for name, fresh in (("_known", {}), ("_ring", type(identity._ring)()), ("_held", 0)):
            self.set(identity, name, fresh)
        self.addCleanup(identity.large.clear)
        identity.large.clear()

    def test_an_object_keeps_its_number(self):
        thing, items = Thing(), [1]
        self.assertEqual((identity.find(thing), identity.find(items)), (None, None))
        first, second = identity.number_weakly(thing), identity.number_strongly(items, 1)
        self.assertEqual(second, first + 1)
        for _ in range(3):
            self.assertEqual((identity.number_weakly(thing), identity.find(thing)), (first, first))
            self.assertEqual((identity.number_strongly(items, 1), identity.find(items)), (second, second))
        self.assertEqual(identity.weak_id(thing), ',"id":%d' % first)

    def test_an_equal_object_is_another(self):
        one, other = [1], [1]
        self.assertNotEqual(identity.number_strongly(one, 1), identity.number_strongly(other, 1))

    def test_an_object_that_cannot_be_watched_has_no_number(self):
        self.assertIsNone(identity.number_weakly(5))
        self.assertEqual(identity.weak_id(5), "")
        self.assertIsNone(identity.find(5))

    def test_an_address_that_is_used_again_means_another_number(self):
        thing = Thing()
        first = identity.number_weakly(thing)
        entry = identity._known[id(thing)]
        other = Thing()
        # As if `other` had got the address of `thing`.
        entry.address = id(other)
        identity._known[id(other)] = entry
        self.assertIsNone(identity.find(other))
        second = identity.number_weakly(other)
        self.assertGreater(second, first)
        self.assertEqual(identity.find(other), second)
        items = [1]
        identity._known[id(items)] = entry
        third = identity.number_strongly(items, 1)
        self.assertGreater(third, second)
        self.assertEqual(identity.find(items), third)

    def test_what_is_only_held_here_is_let_go(self):
        thing = Thing()
        items = [thing]
        identity.number_strongly(items, 1)
        gone = weakref.ref(thing)
        del thing
        address = id(items)
        for n in range(8):
            # Kept while the program holds it.
            identity.number_weakly(Thing())
            self.assertIs(identity._known[address].strong, items)
        self.assertEqual(identity._held, 1)
        del items
        self.assertIsNotNone(gone())
        for n in range(8):
            identity.number_weakly(Thing())
        self.assertIsNone(gone())
        self.assertNotIn(address, identity._known)
        self.assertEqual(identity._held, 0)

    def test_a_watched_object_is_not_held(self):
        thing = Thing()
        gone = weakref.ref(thing)
        identity.number_weakly(thing)
        del thing
        self.assertIsNone(gone())
        for n in range(8):
            identity.number_weakly(Thing())
        # Soon forgotten: each new number looks at three older ones.
        self.assertLessEqual(len(identity._known), 3)
        self.assertLessEqual(len(identity._ring), 3)

    def test_a_loosened_object_has_no_weak_reference_and_keeps_its_number_once_it_is_tied(self):
        for newer in (0, 9):
            thing = Thing()
            number = identity.number_weakly(thing)
            entry = identity.entry_of(thing)
            identity.loosen(thing)
            self.assertEqual(weakref.getweakrefcount(thing), 0)
            self.assertIsNone(identity.find(thing))
            # These look at what is older, and forget it.
            others = [identity.number_weakly(Thing()) for n in range(newer)]
            identity.tie(thing)
            self.assertEqual(identity.find(thing), number)
            self.assertIs(identity.entry_of(thing), entry)
            self.assertEqual(len(others), newer)
            self.assertEqual(identity._loose, {})

    def test_an_object_that_was_not_loosened_is_not_tied_to_anything(self):
        thing, other = Thing(), Thing()
        identity.number_weakly(thing)
        identity.loosen(thing)
        # As if the thing had been freed, and another object without a number got its address.
        identity._loose[id(other)] = identity._loose.pop(id(thing))
        identity.loosen(other)
        identity.tie(other)
        self.assertIsNone(identity.find(other))

    def test_a_held_container_is_released(self):
        items = [1]
        identity.number_strongly(items, 1)
        identity.release([1])
        self.assertEqual(identity._held, 1)
        identity.release(items)
        self.assertEqual((identity.find(items), identity._held), (None, 0))

    def test_objects_that_were_freed_are_forgotten(self):
        things = [Thing() for n in range(200)]
        for thing in things:
            identity.number_weakly(thing)
        del things[:], thing
        # Functions have another size than things, and so do not get their addresses.
        others = [lambda: n for n in range(100)]
        for other in others:
            identity.number_weakly(other)
        self.assertEqual(len(identity._known), 100)

    def test_not_more_than_some_thousand_objects_are_held(self):
        kept = [[n] for n in range(identity.HELD_AT_MOST + 50)]
        for items in kept:
            identity.number_strongly(items, 1)
            self.assertLessEqual(identity._held, identity.HELD_AT_MOST + 1)
        self.assertGreater(identity._held, identity.HELD_AT_MOST - 10)
        self.assertEqual(identity._held, sum(entry.strong is not None for entry in identity._known.values()))

    def test_held_objects_are_let_go_even_if_many_watched_ones_were_looked_at_first(self):
        watched = [Thing() for n in range(900)]
        held = [[n] for n in range(100)]
        for thing in watched:
            identity.number_weakly(thing)
        self.set(identity, "HELD_AT_MOST", 50)
        for items in held:
            identity.number_strongly(items, 1)
        # All that was looked at so far is watched, so none of the hundred is let go.
        self.assertEqual(identity._held, 100)
        for thing in [Thing() for n in range(300)]:
            identity.number_weakly(thing)
        self.assertEqual(identity._held, 50)

    def test_a_large_container_is_let_go_at_the_next_end_of_a_call(self):
        for size, is_large in ((identity.LARGE, False), (identity.LARGE + 1, True)):
            thing = Thing()
            items = [thing]
            gone = weakref.ref(thing)
            del thing
            identity.number_strongly(items, size)
            self.assertEqual(len(identity.large), is_large)
            identity.release_large()
            self.assertEqual(len(identity.large), is_large)
            self.assertIs(identity._known[id(items)].strong, items)
            del items
            identity.release_large()
            self.assertEqual(identity.large, [])
            self.assertEqual(gone() is None, is_large)

    def test_a_large_container_that_was_let_go_otherwise_is_forgotten(self):
        items = [1]
        identity.number_strongly(items, identity.LARGE + 1)
        identity.large[0].strong = None
        identity.release_large()
        self.assertEqual(identity.large, [])


if __name__ == "__main__":
    unittest.main()
