import type { ReactNode } from 'react'
import { PageTitle } from '@/components/ui/page-frame'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDateOfYear } from '@/lib/i18n/moment'
import { type Operator, operatorDetails } from '@/lib/operator-details'
import { OperatorDetails } from './operator-details'

type Section = { title: string; text: string }

/**
 * Terms or privacy notice: what applies here, plainly marked as a template that counsel has to
 * check, with the operator's details.
 */
export function LegalText({
  said,
  version,
  operator,
  locale,
  words,
  details,
  children,
}: {
  said: { title: string; lead: string; sections: Record<string, Section> }
  /** The day it came into force. */
  version: string
  operator: Operator
  locale: Locale
  words: Messages['legal']
  details: Messages['shell']['footer']['details']
  children?: ReactNode
}) {
  const known = operatorDetails.filter((detail) => operator[detail] !== null)
  return (
    <>
      <PageTitle lead={said.lead}>{said.title}</PageTitle>
      <p className="text-15 text-quiet">
        {fillIn(words.inForce, { date: formatDateOfYear({ date: version, locale }) })}
      </p>
      <StatusMessage tone="waiting" title={words.template}>
        <p className="text-quiet">{words.templateText}</p>
      </StatusMessage>
      {Object.entries(said.sections).map(([id, { title, text }]) => (
        <section key={id} aria-labelledby={id} className="flex flex-col gap-2">
          <h2 id={id} className="text-20 font-bold">
            {title}
          </h2>
          {text.split('\n').map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
      ))}
      {children}
      <section aria-labelledby="operator" className="flex flex-col gap-2">
        <h2 id="operator" className="text-20 font-bold">
          {words.operator}
        </h2>
        {known.length > 0 ? (
          <OperatorDetails details={known} operator={operator} words={details} />
        ) : (
          <p className="text-quiet">{words.operatorNone}</p>
        )}
      </section>
    </>
  )
}
