import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { CheckField } from '@/components/ui/field'
import { locales } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { AgreementField, readAgreement } from './agreement-field'

const countTicked = (html: string) => html.match(/<input[^>]* checked=""/g)?.length ?? 0

describe.each(locales)('what signing up asks for (%s)', (locale) => {
  const render = async () => {
    const { agreement } = (await loadMessages(locale)).access
    return renderToStaticMarkup(
      <AgreementField isRefused={false} locale={locale} words={agreement} />,
    )
  }

  test('is one box, which is not ticked beforehand', async () => {
    const html = await render()
    expect(html.match(/<input/g)).toHaveLength(1)
    expect(countTicked(html)).toBe(0)
    // Control: a ticked one is found.
    const ticked = renderToStaticMarkup(<CheckField label="x" name="x" defaultChecked />)
    expect(countTicked(ticked)).toBe(1)
  })

  test('names the age, and leads to the terms and to the notice', async () => {
    const html = await render()
    expect(html).toMatch(/14/)
    const prefix = locale === 'ko' ? '' : '/en'
    for (const page of ['terms', 'privacy']) expect(html).toContain(`href="${prefix}/${page}"`)
  })
})

test('an unticked box says neither, a ticked one both', () => {
  const form = new FormData()
  expect(readAgreement(form)).toEqual({ agreesToTerms: false, isFourteenOrOlder: false })
  form.set('agreement', 'on')
  expect(readAgreement(form)).toEqual({ agreesToTerms: true, isFourteenOrOlder: true })
})
