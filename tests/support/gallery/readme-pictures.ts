import { PHONE, TABLET } from '../browser'

export interface ReadmePicture {
  /** In `docs/pictures`. */
  file: string
  /** The name of a view of the gallery. */
  view: string
  look: {
    size: { width: number; height: number }
    locale: 'ko' | 'en'
    colorScheme: 'light' | 'dark'
  }
}

const DESK = { width: 1280, height: 800 }

/** The pictures of the README: `npm run screenshots -- --readme` takes them anew. */
export const readmePictures: ReadmePicture[] = [
  {
    file: 'landing',
    view: 'landing',
    look: { size: DESK, locale: 'ko', colorScheme: 'light' },
  },
  {
    file: 'owner-board',
    view: 'day-board',
    look: { size: TABLET, locale: 'en', colorScheme: 'light' },
  },
  {
    file: 'restaurant',
    view: 'restaurant',
    look: { size: PHONE, locale: 'ko', colorScheme: 'light' },
  },
  {
    file: 'booking',
    view: 'booking-sheet',
    look: { size: PHONE, locale: 'en', colorScheme: 'light' },
  },
  {
    file: 'reservation',
    view: 'reservation-coming',
    look: { size: PHONE, locale: 'ko', colorScheme: 'dark' },
  },
  {
    file: 'ticket',
    view: 'ticket-waiting',
    look: { size: PHONE, locale: 'en', colorScheme: 'light' },
  },
]
