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
