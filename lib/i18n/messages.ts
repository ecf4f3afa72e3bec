import enBooking from '@/messages/en/booking.json'
import enOwner from '@/messages/en/owner.json'
import enShell from '@/messages/en/shell.json'
import koBooking from '@/messages/ko/booking.json'
import koOwner from '@/messages/ko/owner.json'
import koShell from '@/messages/ko/shell.json'
import type { Locale } from '../locale'

const ko = { shell: koShell, booking: koBooking, owner: koOwner }
/** Korean is written first; a word that English lacks does not compile. */
const messages: Record<Locale, typeof ko> = {
  ko,
  en: { shell: enShell, booking: enBooking, owner: enOwner },
}
export type Messages = typeof ko

export async function loadMessages(locale: Locale): Promise<Messages> {
  return messages[locale]
}
