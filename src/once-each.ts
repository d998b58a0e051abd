/** `find` of each key asked once: thousands of rows have few values. */
export function onceEach<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const found = new Map<Key, Value>()
  return (key) => {
    let value = found.get(key)
    if (value === undefined) found.set(key, (value = find(key)))
    return value
  }
}
