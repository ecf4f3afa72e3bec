import type { Messages } from '@/lib/i18n/messages'

type Words = Messages['admin']

export type ActWords = Pick<
  Words,
  'failed' | 'close' | 'cancel' | 'reason' | 'reasonMissing' | 'decided' | 'someone'
> & { states: Words['owners']['states'] }

/** Picks the messages every act needs, so that a page sends no others. */
export function pickActWords(words: Words): ActWords {
  const { failed, close, cancel, reason, reasonMissing, decided, someone, owners } = words
  return { failed, close, cancel, reason, reasonMissing, decided, someone, states: owners.states }
}
