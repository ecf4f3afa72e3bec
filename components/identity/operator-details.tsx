import clsx from 'clsx'
import type { Messages } from '@/lib/i18n/messages'
import type { Operator, OperatorDetail } from '@/lib/operator-details'

/** Who runs the service; only what the operator has set. */
export function OperatorDetails({
  details,
  operator,
  words,
  className,
}: {
  details: readonly OperatorDetail[]
  operator: Operator
  words: Messages['shell']['footer']['details']
  className?: string
}) {
  return (
    <dl className={clsx('flex flex-wrap gap-x-4 gap-y-1 text-15 text-quiet', className)}>
      {details.map((detail) => (
        <div key={detail} className="flex gap-1.5">
          <dt className="shrink-0">{words[detail]}</dt>
          <dd className="wrap-anywhere">{operator[detail]}</dd>
        </div>
      ))}
    </dl>
  )
}
