import enAccess from '@/messages/en/access.json'
import enAccount from '@/messages/en/account.json'
import enAdmin from '@/messages/en/admin.json'
import enBooking from '@/messages/en/booking.json'
import enGuests from '@/messages/en/guests.json'
import enKiosk from '@/messages/en/kiosk.json'
import enLegal from '@/messages/en/legal.json'
import enLine from '@/messages/en/line.json'
import enNotice from '@/messages/en/notice.json'
import enOpening from '@/messages/en/opening.json'
import enOwner from '@/messages/en/owner.json'
import enPlanning from '@/messages/en/planning.json'
import enPrivacy from '@/messages/en/privacy.json'
import enProof from '@/messages/en/proof.json'
import enRehearsal from '@/messages/en/rehearsal.json'
import enSchedule from '@/messages/en/schedule.json'
import enSettings from '@/messages/en/settings.json'
import enShell from '@/messages/en/shell.json'
import enWaiting from '@/messages/en/waiting.json'
import koAccess from '@/messages/ko/access.json'
import koAccount from '@/messages/ko/account.json'
import koAdmin from '@/messages/ko/admin.json'
import koBooking from '@/messages/ko/booking.json'
import koGuests from '@/messages/ko/guests.json'
import koKiosk from '@/messages/ko/kiosk.json'
import koLegal from '@/messages/ko/legal.json'
import koLine from '@/messages/ko/line.json'
import koNotice from '@/messages/ko/notice.json'
import koOpening from '@/messages/ko/opening.json'
import koOwner from '@/messages/ko/owner.json'
import koPlanning from '@/messages/ko/planning.json'
import koPrivacy from '@/messages/ko/privacy.json'
import koProof from '@/messages/ko/proof.json'
import koRehearsal from '@/messages/ko/rehearsal.json'
import koSchedule from '@/messages/ko/schedule.json'
import koSettings from '@/messages/ko/settings.json'
import koShell from '@/messages/ko/shell.json'
import koWaiting from '@/messages/ko/waiting.json'
import type { Locale } from './locale'

const ko = {
  shell: koShell,
  booking: koBooking,
  line: koLine,
  kiosk: koKiosk,
  waiting: koWaiting,
  notice: koNotice,
  owner: koOwner,
  opening: koOpening,
  access: koAccess,
  account: koAccount,
  admin: koAdmin,
  settings: koSettings,
  schedule: koSchedule,
  planning: koPlanning,
  rehearsal: koRehearsal,
  proof: koProof,
  privacy: koPrivacy,
  guests: koGuests,
  legal: koLegal,
}
/** Korean comes first; `messages/generate.ts` refuses a message that another language lacks. */
const messages: Record<Locale, typeof ko> = {
  ko,
  en: {
    shell: enShell,
    booking: enBooking,
    line: enLine,
    kiosk: enKiosk,
    waiting: enWaiting,
    notice: enNotice,
    owner: enOwner,
    opening: enOpening,
    access: enAccess,
    account: enAccount,
    admin: enAdmin,
    settings: enSettings,
    schedule: enSchedule,
    planning: enPlanning,
    rehearsal: enRehearsal,
    proof: enProof,
    privacy: enPrivacy,
    guests: enGuests,
    legal: enLegal,
  },
}
export type Messages = typeof ko

export async function loadMessages(locale: Locale): Promise<Messages> {
  return messages[locale]
}
