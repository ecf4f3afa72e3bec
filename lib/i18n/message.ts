declare const places: unique symbol

/**
 * A sentence of `messages/` with places to fill in: `{time}에 열려요`. At run time it is a string;
 * for the compiler it becomes one in `fillIn` only, so that no page shows its braces. A message
 * without places is a `string` from the start. `Counts` are the places that choose between one and
 * other, and take a number.
 */
export interface Message<Name extends string, Counts extends string = never> {
  readonly [places]: { name: Name; counted: Counts }
}

/**
 * A place: `{name}`, or of ICU's plurals what these languages need,
 * `{count, plural, one {# party} other {# parties}}`, where `#` is the number.
 */
export const PLACE = /\{(\w+)(?:, plural, one \{([^{}]*)\} other \{([^{}]*)\})?\}/g
