/**
 * Gathers writes that arrive while a batch is being written into the next batch, so that each
 * process runs one statement at a time however many callers there are. Each caller's promise
 * settles with its batch.
 */
export function createBatches<Item>({
  write,
  most,
}: {
  write: (items: Item[]) => Promise<void>
  most: number
}): (item: Item) => Promise<void> {
  type Waiting = { item: Item; resolve: () => void; reject: (error: unknown) => void }
  const waiting: Waiting[] = []
  let isWriting = false

  async function drain(): Promise<void> {
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most)
      try {
        await write(batch.map(({ item }) => item))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isWriting = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!isWriting) void drain()
    })
}
