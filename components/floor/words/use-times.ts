'use client'

import {
  formatDate as formatDateIn,
  formatDateOfYear,
  formatTime as formatTimeIn,
  formatWeekday,
  nameInstant as nameInstantIn,
  nameMoment as nameMomentIn,
  nameStaffDay,
  nameTimeOn,
  nameTimesOn,
  readLocalDate,
  readTimeOn,
  tellMoment,
} from '@/lib/i18n/moment'
import { useBoardWords } from './words-provider'

/** The board's times: in the page's language and the restaurant's zone. */
export function useTimes() {
  const { locale, timeZone, serviceDate } = useBoardWords()

  /** A time near now. Takes ISO 8601 or milliseconds. */
  const formatTime = (at: string | number) => formatTimeIn({ at, timeZone })

  /** A time of the board's service, which marks one after midnight: '00:30', '다음 날'. */
  const readTime = (at: string) => readTimeOn({ at, date: serviceDate, timeZone, locale })
  /** '19:00', '다음 날 00:30' */
  const nameTime = (at: string, date = serviceDate) => nameTimeOn({ at, date, timeZone, locale })
  const nameTimes = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) =>
    nameTimesOn({ at: startsAt, endsAt, date: serviceDate, timeZone, locale })

  const formatDate = (date: string) => formatDateIn({ date, locale })

  /** The date of an instant with its year, for what is read in other years. */
  const nameLastingDate = (at: string) =>
    formatDateOfYear({ date: readLocalDate({ at, timeZone }), locale })

  /** '오늘 밤', '내일', '월', by the service that runs. */
  const nameDayBriefly = ({ date, ...now }: { date: string; today: string; nowMs: number }) =>
    nameStaffDay({ date, today: now.today, now: now.nowMs, timeZone, locale }) ??
    formatWeekday({ date, locale })

  const nameMoment = (of: { at: string; serviceDate?: string }) =>
    nameMomentIn({ ...of, timeZone, locale })

  /** The same with its year, for what may be long ago. */
  const nameInstant = (of: { at: string; serviceDate?: string }) =>
    nameInstantIn({ ...of, timeZone, locale })

  /** In a sentence, with its date where that is not the board's. */
  const tellTime = (of: { at: string; beside: string }) => tellMoment({ ...of, timeZone, locale })

  return {
    formatTime,
    readTime,
    nameTime,
    nameTimes,
    formatDate,
    nameLastingDate,
    nameDayBriefly,
    nameMoment,
    nameInstant,
    tellTime,
  }
}
