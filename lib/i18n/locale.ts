export const locales = ['ko', 'en'] as const
export type Locale = (typeof locales)[number]
export const defaultLocale: Locale = 'ko'

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value)
}

/**
 * The language requested by `Accept-Language` (RFC 9110, 12.5.4); Korean when it names neither of
 * ours.
 */
export function pickLocale(acceptLanguage: string | null): Locale {
  if (!acceptLanguage) return defaultLocale
  const asked = acceptLanguage
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const weight = parameters.find((parameter) => parameter.trim().startsWith('q='))
      return {
        language: tag.split('-')[0],
        weight: weight ? Number(weight.trim().slice(2)) || 0 : 1,
      }
    })
    .sort((a, b) => b.weight - a.weight)
  for (const { language, weight } of asked) if (weight > 0 && isLocale(language)) return language
  return defaultLocale
}

/** The address of a page in a language: Korean without a prefix, as in lib/i18n/routing.ts. */
export function localisePath({ path, locale }: { path: string; locale: Locale }): string {
  if (locale === defaultLocale) return path
  return path === '/' ? `/${locale}` : `/${locale}${path}`
}

/** The same address without its language. */
export function neutralisePath(path: string): string {
  const [, first, ...rest] = path.split('/')
  return isLocale(first) ? `/${rest.join('/')}` : path
}
