import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { locales } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { TERMS_VERSION } from '@/lib/legal'
import {
  footerDetails,
  listMissingDetails,
  type Operator,
  operatorDetails,
} from '@/lib/operator-details'
import { LegalText } from './legal-text'
import { OperatorDetails } from './operator-details'
import { SiteFooter } from './site-footer'

const operator = {
  name: '주식회사 밥줄',
  representative: '김대표',
  businessNumber: '123-45-67890',
  mailOrderNumber: '2026-서울성동-0001',
  address: '서울 성동구 성수이로 1',
  phone: '02-000-0000',
  email: 'help@bobjool.test',
  hosting: 'Vercel Inc.',
  privacyOfficer: '이보호 privacy@bobjool.test',
}
const nobody: Operator = {
  name: null,
  representative: null,
  businessNumber: null,
  mailOrderNumber: null,
  address: null,
  phone: null,
  email: null,
  hosting: null,
  privacyOfficer: null,
}

describe('the footer', () => {
  test.each(locales)(
    'leads to terms and privacy, and claims nobody who is not set (%s)',
    async (locale) => {
      const { shell } = await loadMessages(locale)
      const html = renderToStaticMarkup(
        <SiteFooter operator={nobody} locale={locale} words={shell} />,
      )
      const prefix = locale === 'ko' ? '' : '/en'
      expect(html).toContain(`href="${prefix}/terms"`)
      expect(html).toContain(`href="${prefix}/privacy"`)
      expect(html).not.toContain('<dl')
    },
  )

  test('says what article 10 asks for: who, where, how to reach them, both numbers and the host', async () => {
    const { shell } = await loadMessages('ko')
    const html = renderToStaticMarkup(
      <OperatorDetails details={footerDetails} operator={operator} words={shell.footer.details} />,
    )
    const { privacyOfficer, ...shown } = operator
    for (const detail of Object.values(shown)) expect(html).toContain(detail)
    for (const word of ['상호', '대표자', '사업자등록번호', '통신판매업 신고번호', '호스팅 서비스'])
      expect(html).toContain(word)
    expect(html).not.toContain(privacyOfficer)
  })
})

test('readiness can name each detail that is missing', () => {
  expect(listMissingDetails(operator)).toEqual([])
  expect(listMissingDetails(nobody)).toHaveLength(operatorDetails.length)
  expect(listMissingDetails({ ...operator, phone: null })).toEqual(['OPERATOR_PHONE'])
})

describe.each(locales)('terms and privacy (%s)', (locale) => {
  const render = async (page: 'terms' | 'privacy', who: Operator) => {
    const { legal, shell } = await loadMessages(locale)
    return renderToStaticMarkup(
      <LegalText
        said={legal[page]}
        version={TERMS_VERSION}
        operator={who}
        locale={locale}
        words={legal}
        details={shell.footer.details}
      />,
    )
  }

  test.each(['terms', 'privacy'] as const)(
    '%s is marked as a template, with all its parts',
    async (page) => {
      const { legal } = await loadMessages(locale)
      const html = await render(page, nobody)
      expect(html).toContain(legal.template)
      expect(html).toContain(legal.operatorNone)
      for (const { title } of Object.values(legal[page].sections)) expect(html).toContain(title)
    },
  )

  test('both name the operator and who answers for privacy', async () => {
    for (const page of ['terms', 'privacy'] as const) {
      const html = await render(page, operator)
      expect(html).toContain(operator.name)
      expect(html).toContain(operator.privacyOfficer)
    }
  })
})
