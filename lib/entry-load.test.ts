import { beforeEach, describe, expect, it, vi } from 'vitest'

const NOW_MS = 1_000_000

/** As a process that has just started. */
async function start() {
  vi.resetModules()
  Reflect.deleteProperty(globalThis, 'bobjoolEntryLoad')
  return await import('./entry-load')
}

let process: Awaited<ReturnType<typeof start>>
beforeEach(async () => {
  process = await start()
})
const read = (nowMs = NOW_MS) => process.readEntryLoad(nowMs)
const noteMany = (note: (nowMs: number) => void, count: number, agoMs: number) => {
  for (let noted = 0; noted < count; noted += 1) note(NOW_MS - agoMs)
}

describe('what a process knows of its entries', () => {
  it('is nothing while nobody enters', () => {
    expect(read()).toEqual({ perSecond: 0, waiting: 0 })
  })

  it('is the rate of the last five seconds, and not what was before', () => {
    noteMany(process.noteTakenEntry, 10_000, 6_000)
    for (const agoMs of [4_500, 3_500, 2_500, 1_500, 500])
      noteMany(process.noteTakenEntry, 90, agoMs)
    expect(read().perSecond).toBe(100)
  })

  it('measures a crowd that has only begun to come from its first second', () => {
    noteMany(process.noteTakenEntry, 400, 500)
    expect(read().perSecond).toBe(400)
    expect(read(NOW_MS + 1_500).perSecond).toBe(200)
  })

  it('counts the refused as waiting until they have come back', () => {
    noteMany(process.noteRefusedEntry, 5, 4_000)
    noteMany(process.noteRefusedEntry, 7, 1_000)
    expect(read().waiting).toBe(7)
    expect(read(NOW_MS + 3_000).waiting).toBe(0)
  })

  it('counts those under way, whatever becomes of them, and takes none that failed', async () => {
    const entered = process.followEntry(async () => 'entered')
    const lost = process.followEntry(async () => Promise.reject(new Error('lost')))
    expect(process.readEntryLoad()).toEqual({ perSecond: 0, waiting: 2 })
    expect(await Promise.allSettled([entered, lost])).toMatchObject([
      { status: 'fulfilled', value: 'entered' },
      { status: 'rejected' },
    ])
    expect(process.readEntryLoad()).toEqual({ perSecond: 1, waiting: 0 })
  })

  it('keeps as little of a million refusals as of a hundred', () => {
    for (let noted = 0; noted < 1_000_000; noted += 1) process.noteRefusedEntry(NOW_MS + noted)
    expect(process.readEntryLoad(NOW_MS + 1_000_000).waiting).toBe(3_000)
    const { bobjoolEntryLoad } = globalThis as typeof globalThis & {
      bobjoolEntryLoad: { refused: Map<number, number> }
    }
    expect(bobjoolEntryLoad.refused.size).toBeLessThanOrEqual(64)
  })

  it('is one for all modules of the process, as the door and the routes have their own', async () => {
    const door = process
    vi.resetModules()
    const route = await import('./entry-load')
    expect(route.noteRefusedEntry).not.toBe(door.noteRefusedEntry)
    door.noteRefusedEntry(NOW_MS)
    expect(route.readEntryLoad(NOW_MS).waiting).toBe(1)
  })
})
