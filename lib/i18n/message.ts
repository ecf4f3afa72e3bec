declare const places: unique symbol

/**
 * A sentence of `messages/` with placeholders: `{time}에 열려요`. At run time it is a string; for the
 * compiler only `fillIn` makes it one, so that no page can show raw braces. A message without
 * placeholders is a plain `string`. `Counts` are the placeholders that choose a plural form and
 * take a number.
 */
export interface Message<Name extends string, Counts extends string = never> {
  readonly [places]: { name: Name; counted: Counts }
}

/**
 * A placeholder: `{name}`, or the part of ICU plurals that these languages need, `{count, plural,
 * one {# party} other {# parties}}`, where `#` is the number.
 */
export const PLACE = /\{(\w+)(?:, plural, one \{([^{}]*)\} other \{([^{}]*)\})?\}/g

/** The number stands where `#` is; `one` means 1 and `other` the rest. */
export type PluralForms = { one: string; other: string }

/** A count and what is counted, `2 guests`: the one place that knows when English says "guest". */
export function pluralise(count: number, { one, other }: PluralForms): string {
  return (count === 1 ? one : other).replaceAll('#', count.toLocaleString('en'))
}
