import { defineRouting } from 'next-intl/routing'
import { defaultLocale, locales } from './locale'

/**
 * Korean without a prefix, English under /en. The address alone decides the language, so that a
 * shared cache can keep a page; nothing is guessed from headers or cookies.
 */
export const routing = defineRouting({
  locales: [...locales],
  defaultLocale,
  localePrefix: 'as-needed',
  localeDetection: false,
  localeCookie: false,
  alternateLinks: false,
})
