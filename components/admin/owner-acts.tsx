import { fillIn } from '@/components/ui/words'
import {
  approveOwner,
  refuseOwner,
  withdrawApproval,
} from '@/domain/restaurant/owner-approval.actions'
import type { OwnerRequest } from '@/domain/restaurant/owner-approval.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { ActButton } from './act-button'
import { pickActWords } from './act-words'

type Told = { locale: Locale; words: Messages['admin'] }
export type Alone = { id: string; name: string }[]

/** The decisions open to an admin, each sent with the state that the admin saw. */
export function OwnerActs({
  owner,
  alone = [],
  ...told
}: Told & {
  owner: OwnerRequest
  /** Restaurants that would be hidden without this owner. */
  alone?: Alone
}) {
  return (
    <div className="flex flex-wrap gap-2">
      {owner.state !== 'APPROVED' && <Approve owner={owner} {...told} />}
      {owner.state === 'WAITING' && <Refuse owner={owner} {...told} />}
      {owner.state === 'APPROVED' && <Withdraw owner={owner} alone={alone} {...told} />}
    </div>
  )
}

function Approve({ owner, locale, words }: Told & { owner: OwnerRequest }) {
  const say = words.owners
  const { id, name, state } = owner
  return (
    <ActButton
      act={approveOwner}
      input={{ accountId: id, seen: state === 'REFUSED' ? 'REFUSED' : 'WAITING' } as const}
      label={say.approve}
      working={say.approving}
      done={fillIn(say.approved, { name })}
      tone="main"
      isDisabled={owner.isUnconfirmed}
      locale={locale}
      words={pickActWords(words)}
    />
  )
}

function Refuse({ owner, locale, words }: Told & { owner: OwnerRequest }) {
  const say = words.owners
  const { id, name } = owner
  return (
    <ActButton
      act={refuseOwner}
      input={{ accountId: id }}
      label={say.refuse}
      working={say.refusing}
      done={fillIn(say.refused, { name })}
      asking={{
        title: fillIn(say.refuseTitle, { name }),
        text: <p>{say.refuseText}</p>,
        yes: say.refuse,
        needsReason: true,
      }}
      locale={locale}
      words={pickActWords(words)}
    />
  )
}

function Withdraw({ owner, alone, locale, words }: Told & { owner: OwnerRequest; alone: Alone }) {
  const say = words.owners
  const { id, name } = owner
  const text = (
    <>
      <p>{say.withdrawText}</p>
      <p>{alone.length > 0 ? say.withdrawHides : say.withdrawHidesNone}</p>
      {alone.length > 0 && (
        <ul className="list-disc pl-5 font-semibold">
          {alone.map((restaurant) => (
            <li key={restaurant.id}>{restaurant.name}</li>
          ))}
        </ul>
      )}
    </>
  )
  return (
    <ActButton
      act={withdrawApproval}
      input={{ accountId: id }}
      label={say.withdraw}
      working={say.withdrawing}
      done={fillIn(say.withdrawn, { name })}
      tone="danger"
      asking={{
        title: fillIn(say.withdrawTitle, { name }),
        text,
        yes: say.withdraw,
        needsReason: true,
      }}
      locale={locale}
      words={pickActWords(words)}
    />
  )
}
