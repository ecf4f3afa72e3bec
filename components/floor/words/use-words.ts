'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { Block } from '@/domain/floor/grid.rules'
import { countMinutesLate } from '@/domain/floor/party.rules'
import type { DayParty } from '@/domain/floor/schema'

/** The words of the board in the language of the page, with times in the restaurant's zone. */
export function useWords() {
  const t = useTranslations('owner')
  const format = useFormatter()

  /** Of an instant, as ISO 8601 or in milliseconds. */
  const formatTime = (at: string | number) =>
    format.dateTime(new Date(at), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

  /** Of a calendar date, which has no zone: read and written in the same one it stays what it is. */
  const formatDate = (date: string) =>
    format.dateTime(new Date(`${date}T00:00:00Z`), {
      timeZone: 'UTC',
      month: 'short',
      day: 'numeric',
      weekday: 'short',
    })

  const nameParty = (party: Pick<DayParty, 'name' | 'walkIn'>): string => {
    if (party.walkIn) return t('party.walkIn')
    return party.name ? t('party.name', { name: party.name }) : t('party.nameless')
  }

  /** Short, for a cell: a walk-in by what the staff noted, since it has no other name. */
  const nameOnBoard = (party: DayParty): string =>
    (party.walkIn ? party.staffNote?.split('\n')[0] : party.name) ?? nameParty(party)

  const sizeParty = (party: Pick<DayParty, 'partySize'>) =>
    t('party.size', { count: party.partySize })

  /** Its status, or how long it has been awaited in vain. */
  const describeStatus = ({ party, nowMs }: { party: DayParty; nowMs: number }): string => {
    const minutes = countMinutesLate({ party, nowMs })
    return minutes > 0 ? t('party.late', { minutes }) : t(`status.${party.status}`)
  }

  const describeBlock = ({ block, nowMs }: { block: Block; nowMs: number }): string => {
    const { party, kind } = block
    const marks = party && [
      party.allergies && t('party.allergyMark', { allergies: party.allergies }),
      (party.note || party.staffNote) && t('party.noteMark'),
    ]
    const what = party
      ? [
          [nameParty(party), sizeParty(party), describeStatus({ party, nowMs })].join(' '),
          ...(marks ?? []).filter(Boolean),
        ].join(', ')
      : t(`grid.${kind}`)
    return t('grid.slot', {
      table: t('grid.table', { number: block.tableNumber }),
      from: formatTime(block.startsAt),
      to: formatTime(block.endsAt),
      what,
    })
  }

  return {
    t,
    formatTime,
    formatDate,
    nameParty,
    nameOnBoard,
    sizeParty,
    describeStatus,
    describeBlock,
  }
}
