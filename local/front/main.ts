/**
 * The front as a process of its own, so that it makes nobody late who shares a process with it. It is
 * forked, takes `{ origins }` whenever they change answers every word with its counts, and ends
 * with its parent.
 */
import { startFront } from '../front'

const front = await startFront({ origins: [] })
process.on('message', (word: { origins?: string[] }) => {
  if (word.origins) front.setOrigins(word.origins)
  process.send?.({ counts: front.readCounts() })
})
process.on('disconnect', () => process.exit())
process.send?.({ url: front.url })
