import { defineRouting } from 'next-intl/routing'
import { defaultLocale, locales } from './locale'

/**
 * Korean without a prefix, English under /en. Only the address decides the language, never a header
 * or cookie, so that a shared cache can keep a page.
 */
export const routing = defineRouting({
  locales: [...locales],
  defaultLocale,
  localePrefix: 'as-needed',
  localeDetection: false,
  localeCookie: false,
  alternateLinks: false,
})
