import type { Locale } from '@/lib/i18n/locale'
import type { UsualReason } from './usual-reason.types'

const said: Record<Locale, Record<UsualReason, string>> = {
  ko: {
    ASKED: '손님이 전화로 취소를 부탁하셨어요',
    SOLD_OUT: '재료가 떨어졌어요',
    CLOSED: '사정이 생겨 문을 열지 못해요',
    MISTAKE: '예약을 잘못 받았어요',
  },
  en: {
    ASKED: 'You asked us to cancel by phone',
    SOLD_OUT: 'We have no ingredients left',
    CLOSED: 'We can’t open that day',
    MISTAKE: 'We took the booking by mistake',
  },
}

/** The canceller's own words as they stand, or the usual reason in the reader's language. Null: none. */
export function sayReason({
  reason,
  usualReason,
  locale,
}: {
  reason: string | null
  usualReason: UsualReason | null
  locale: Locale
}): string | null {
  return reason ?? (usualReason && said[locale][usualReason])
}
