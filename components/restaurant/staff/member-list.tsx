'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { changeStaffRole, removeStaff } from '@/domain/restaurant/staff.actions'
import type { MemberRole, StaffMember } from '@/domain/restaurant/staff.schema'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { GivePin } from './give-pin'

type Words = Messages['settings']['staff']
type Wish = { member: StaffMember; to: MemberRole | 'NOBODY' }

const otherRole = (member: StaffMember): MemberRole => (member.role === 'OWNER' ? 'STAFF' : 'OWNER')

function describeWish({ wish, ownId, words }: { wish: Wish; ownId: string; words: Words }) {
  const { member, to } = wish
  if (to !== 'NOBODY')
    return {
      title: fillIn(words.roleTitle, { name: member.name, role: words[to] }),
      text: words[`roleText${to}`],
      confirm: words.change,
    }
  return {
    title: fillIn(words.removeTitle, { name: member.name }),
    text: member.accountId === ownId ? words.removeOwnText : words.removeText,
    confirm: words.remove,
  }
}

/** The staff, and the owner's acts on each. Each act asks first. */
export function MemberList({
  restaurantId,
  members,
  ownId,
  locale,
  words,
}: {
  restaurantId: string
  members: StaffMember[]
  /** The signed-in account. */
  ownId: string
  locale: Locale
  words: Words
}) {
  const router = useRouter()
  const [wish, setWish] = useState<Wish | null>(null)
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const [asked, setAsked] = useState<Wish | null>(null)
  const carryOut = ({ member: { accountId }, to }: Wish) => {
    setAsked(wish)
    run(
      () =>
        to === 'NOBODY'
          ? removeStaff({ restaurantId, accountId, locale })
          : changeStaffRole({ restaurantId, accountId, role: to, locale }),
      () => {
        setWish(null)
        // An owner who gave up their own rights may not see this page any more.
        if (accountId === ownId) router.replace(localisePath({ path: '/owner', locale }))
      },
    )
  }
  const said = wish && describeWish({ wish, ownId, words })
  return (
    <>
      <ul className="flex flex-col divide-y divide-line rounded-card border border-line bg-raised">
        {members.map((member) => (
          <li key={member.accountId} className="flex flex-col gap-2 p-4">
            <Member member={member} isOneself={member.accountId === ownId} words={words} />
            <div className="-ml-4 flex flex-wrap">
              <Button
                tone="quiet"
                onClick={() => setWish({ member, to: otherRole(member) })}
                aria-label={`${member.name}: ${words[otherRole(member) === 'OWNER' ? 'makeOwner' : 'makeStaff']}`}
              >
                {words[otherRole(member) === 'OWNER' ? 'makeOwner' : 'makeStaff']}
              </Button>
              <GivePin restaurantId={restaurantId} member={member} locale={locale} words={words} />
              <Button
                tone="quiet"
                className="text-refusal"
                onClick={() => setWish({ member, to: 'NOBODY' })}
                aria-label={`${member.name}: ${words.remove}`}
              >
                {words.remove}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={wish !== null}
        title={said?.title}
        confirm={isRunning ? words.working : (said?.confirm ?? words.change)}
        cancel={words.cancel}
        closeLabel={words.close}
        tone={wish?.to === 'OWNER' ? 'main' : 'danger'}
        isRunning={isRunning}
        refusal={asked === wish ? refusal?.words : undefined}
        onConfirm={() => wish && carryOut(wish)}
        onClose={() => setWish(null)}
      >
        {said?.text}
      </ConfirmDialog>
    </>
  )
}

function Member({
  member,
  isOneself,
  words,
}: {
  member: StaffMember
  isOneself: boolean
  words: Words
}) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
      <div className="flex min-w-0 flex-col">
        <span className="font-semibold">
          <bdi>{member.name}</bdi>
          {isOneself && <span className="font-normal text-quiet"> ({words.you})</span>}
        </span>
        <span className="text-15 text-quiet">{member.email}</span>
        {member.isWaiting && <span className="text-15 text-waiting">{words.waiting}</span>}
      </div>
      <span className="rounded-full border border-quiet px-3 text-15 font-medium">
        {words[member.role]}
      </span>
    </div>
  )
}
