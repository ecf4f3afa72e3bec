import type { Messages } from '@/lib/i18n/messages'

export type KioskWords = Messages['kiosk']['page']
