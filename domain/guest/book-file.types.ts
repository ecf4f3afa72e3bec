/** The columns of the file, in their order. */
export const bookColumns = [
  ...(['name', 'phone', 'email', 'locale', 'tags', 'note'] as const),
  ...(['allergies', 'dislikes', 'consentWay', 'consentDate'] as const),
] as const
