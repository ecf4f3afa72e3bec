import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { RetentionTable } from '@/components/identity/retention-table'
import { retention } from '@/domain/admin/retention.rules'
import { locales } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'

test.each(locales)(
  'the privacy notice says how long all is kept that the sweep forgets (%s)',
  async (locale) => {
    const words = (await loadMessages(locale)).legal.privacy
    const html = renderToStaticMarkup(<RetentionTable retention={retention} words={words} />)
    expect(html.match(/<dt>/g)).toHaveLength(retention.length + 1)
    for (const { what, keptFor, since } of retention) {
      const row = html.split('<dt>').find((one) => one.startsWith(`${words.kinds[what]}</dt>`))
      expect(row, what).toContain(words.lengths[keptFor])
      expect(row, what).toContain(words.since[since])
    }
  },
)
