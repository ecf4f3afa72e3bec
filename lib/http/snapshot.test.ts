import { describe, expect, it } from 'vitest'
import { createSnapshots } from './snapshot'

function makeScene() {
  const scene = { nowMs: 0, isAway: false, content: 'one' }
  const snapshots = createSnapshots({
    of: 'test',
    nowMs: () => scene.nowMs,
    build: async () => {
      if (scene.isAway) throw new Error('Postgres is away')
      const { content } = scene
      return { data: content, content, body: `${content} as of ${scene.nowMs}` }
    },
  })
  return { scene, look: () => snapshots.get('board') }
}

describe('a snapshot while Postgres is away', () => {
  it('is the last one, under a new tag that a page with the same content does not hold', async () => {
    const { scene, look } = makeScene()
    const fresh = await look()
    Object.assign(scene, { nowMs: 1_500, isAway: true })
    const old = await look()
    expect(old.packed).toBe(fresh.packed)
    expect(old.etag).not.toBe(fresh.etag)
    expect(old.etag).toMatch(/-old"$/)

    scene.nowMs = 3_000
    expect((await look()).etag, 'still the same old one').toBe(old.etag)
  })

  it('has its ordinary tag again once Postgres is back, changed or not', async () => {
    const { scene, look } = makeScene()
    const fresh = await look()
    Object.assign(scene, { nowMs: 1_500, isAway: true })
    await look()
    Object.assign(scene, { nowMs: 3_000, isAway: false })
    expect((await look()).etag).toBe(fresh.etag)
  })
})
