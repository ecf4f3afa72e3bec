import type { Messages } from '@/lib/i18n/messages'

export type JoinWords = Pick<Messages['line'], 'join' | 'wait'>
