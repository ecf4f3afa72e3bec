import { toKey } from '@/lib/text/search'

const keyOf = (name: string) => toKey(name).replaceAll(' ', '')

/** Whether two names are more than two ways of typing one. */
export const areNamesApart = (name: string, other: string) => keyOf(name) !== keyOf(other)

/**
 * Whether a phone that staff typed may have found somebody else than they mean, one digit away: the
 * address they gave is not the known one, or a mail would go to an address of which the other name says
 * nothing. Staff then pick the guest, or correct the phone or the address.
 */
export function isDoubtful({
  known,
  given,
  tells,
}: {
  known: { name: string; email: string | null }
  given: { name: string; email: string | null }
  /** The guest is to be mailed. */
  tells: boolean
}): boolean {
  if (given.email !== null && known.email !== null) return given.email !== known.email
  const isNamedOtherwise = areNamesApart(given.name, known.name)
  return isNamedOtherwise && (given.email !== null || (tells && known.email !== null))
}
