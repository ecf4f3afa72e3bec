/**
 * The front as a process of its own, so that it delays no other work. It is forked, takes `{
 * origins }` whenever they change, answers every message with its counts, and ends with its parent.
 */
import { startFront } from '../front'

const front = await startFront({ origins: [] })
process.on('message', (word: { origins?: string[] }) => {
  if (word.origins) front.setOrigins(word.origins)
  process.send?.({ counts: front.readCounts() })
})
process.on('disconnect', () => process.exit())
process.send?.({ urls: front.urls })
