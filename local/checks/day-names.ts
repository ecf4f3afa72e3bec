import type { Finding } from './tree'

const product = /^(app|components|domain|emails|lib|messages|public)\/.*\.([cm]?[jt]sx?|json)$/
/** The one module, and the tests that read what it wrote. */
const allowed = /^lib\/i18n\/|\.test\.tsx?$/

const instead = 'lib/i18n/moment.ts names days and times (lib/i18n/number.ts writes numbers)'
const refused: { pattern: RegExp; because: string }[] = [
  { pattern: /\bIntl\.(DateTimeFormat|RelativeTimeFormat|DurationFormat)\b/, because: instead },
  { pattern: /\.toLocale(Date|Time)?String\b/, because: instead },
  { pattern: /\.to(Date|Time|UTC|GMT)String\(/, because: instead },
  { pattern: /\.get(UTC)?(Hours|Minutes|Seconds)\(/, because: instead },
  {
    // `${date} ${time}` in code, "{day} {time}" in a message.
    pattern: /\{[^{}]*(date|Date|day|Day)\b[^{}]*\},?( at)? \$?\{[^{}]*([tT]ime)\b[^{}]*\}/,
    because:
      'a date and a time that are put together may lie on different dates: nameMoment, tellMoment',
  },
]

/** A day, a time or a moment has one place that names it, so that no page calls two days today. */
export function checkDayNames({ file, source }: { file: string; source: string }): Finding[] {
  if (!product.test(file) || allowed.test(file)) return []
  return source.split('\n').flatMap((line, index) =>
    refused.flatMap(({ pattern, because }): Finding[] => {
      const found = pattern.exec(line)?.[0]
      if (found === undefined) return []
      return [{ file, message: `line ${index + 1}: "${found}": ${because}`, severity: 'error' }]
    }),
  )
}
