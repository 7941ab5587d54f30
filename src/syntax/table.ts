/**
 * A table that is looked up with words of a config: one that inherits nothing, since `constructor` and `toString` are
 * words too.
 */
export function table<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null) as Record<string, T>, entries);
}
