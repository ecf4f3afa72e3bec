import { Mark, type MarkTone } from '@/components/ui/facts'
import { RowLink, Rows } from '@/components/ui/paged-list'
import type { PersonLine } from '@/domain/identity/people.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

type Words = Messages['admin']

export const ownerTones: Record<'WAITING' | 'APPROVED' | 'REFUSED', MarkTone> = {
  WAITING: 'waiting',
  APPROVED: 'confirmed',
  REFUSED: 'refusal',
}

export function PersonMarks({ person, words }: { person: PersonLine; words: Words }) {
  const { role, ownerState, isUnconfirmed } = person
  return (
    <>
      {isUnconfirmed && <Mark tone="waiting">{words.people.unconfirmed}</Mark>}
      {ownerState && ownerState !== 'APPROVED' && (
        <Mark tone={ownerTones[ownerState]}>{words.owners.states[ownerState]}</Mark>
      )}
      <Mark tone={role === 'ADMIN' ? 'confirmed' : 'quiet'}>{words.people.roles[role]}</Mark>
    </>
  )
}

export function PersonRows({
  people,
  locale,
  words,
}: {
  people: PersonLine[]
  locale: Locale
  words: Words
}) {
  return (
    <Rows>
      {people.map((person) => (
        <RowLink
          key={person.id}
          href={`/admin/people/${person.id}`}
          locale={locale}
          title={<bdi>{person.name}</bdi>}
          aside={<PersonMarks person={person} words={words} />}
        >
          {[person.email, person.phone].filter(Boolean).join(' · ')}
        </RowLink>
      ))}
    </Rows>
  )
}
