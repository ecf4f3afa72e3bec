import type { Messages } from '@/lib/i18n/messages'

export type TicketWords = Pick<Messages['line'], 'ticket' | 'wait'>
